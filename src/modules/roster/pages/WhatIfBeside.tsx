// Two or three what-ifs, the published roster or a draft among them, side by side: figures, a chart and a table by day.
import { useState } from 'react'
import { useAsk } from '../../../device/hooks.ts'
import {
  Panel,
  ProblemNote,
  Scroll,
  SelectInput,
  SkeletonPanel,
  TrendChart,
  type TrendSeries,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { type Figures, planFigures, whatIf, type WhatIfResult } from '../contracts.ts'
import type { SavedRow } from './WhatIfSaved.tsx'
import { daysText, suppositionText } from './what-if-text.ts'
import { besideWords, whatIfWords } from './what-if-words.ts'
import { rosterWords } from './words.ts'

export const columnsMost = 3

interface BesideProps {
  operationId: string
  chosen: string[]
  rows: SavedRow[]
  names: Record<string, string>
  others: { id: string; name: string }[]
}

interface Column {
  id: string
  name: string
  suppositions: string[]
  figures: Figures & Partial<WhatIfResult>
}

/** One column's figures; a slot without one asks nothing. */
function useColumn(props: BesideProps, at: number) {
  const { chosen, rows, operationId } = props
  const id = chosen[at]
  const row = rows.find(one => one.whatIfId === id)
  // What stands is counted for the days of the first what-if; a draft has days of its own.
  const span = rows.find(one => chosen.includes(one.whatIfId)) ?? rows[0]
  const saved = useAsk(whatIf, { whatIfId: row?.whatIfId ?? '' }, { enabled: row !== undefined })
  const planId = id === undefined || id === 'live' ? null : id
  const { fromDay = '', untilDay = '' } = span ?? {}
  const stands = { operationId, fromDay, untilDay, planId }
  const standing = useAsk(planFigures, stands, { enabled: id !== undefined && row === undefined })
  const asked = row ? saved : standing
  const data: Figures | undefined = row ? saved.data?.result : standing.data
  // While another one loads, the last answer is kept by the page; it must not stand under this name.
  const mine = !asked.isPlaceholderData
  return {
    id,
    row,
    figures: id === undefined || !mine ? undefined : data,
    error: id === undefined ? null : asked.error,
    refetch: asked.refetch,
  }
}

export function WhatIfBeside(props: BesideProps) {
  const t = useWords(besideWords)
  const w = useWords(whatIfWords)
  const words = useWords(rosterWords)
  const { lang } = useLang()
  const slots = [useColumn(props, 0), useColumn(props, 1), useColumn(props, 2)]
  const wrong = slots.find(one => one.error)
  if (wrong) return <ProblemNote error={wrong.error} onRetry={() => void wrong.refetch()} />
  const columns = slots.flatMap(({ id, row, figures }): Column[] => {
    if (id === undefined || !figures) return []
    const name = row?.name ?? props.others.find(one => one.id === id)?.name ?? ''
    const say = { t: w, words, lang, names: props.names }
    return [
      { id, name, suppositions: (row?.suppositions ?? []).map(one => suppositionText(one, say)), figures },
    ]
  })
  if (columns.length < props.chosen.length) return <SkeletonPanel lines={8} />
  return (
    <>
      <Panel title={t('beside')}>
        <BesideTable columns={columns} />
      </Panel>
      <BesideDays columns={columns} />
    </>
  )
}

/** The head of both tables: what stands beside what. */
function NamesRow({ first, columns }: { first: string; columns: Column[] }) {
  return (
    <tr>
      <th scope="col">{first}</th>
      {columns.map(one => (
        <th key={one.id} scope="col">
          {one.name}
        </th>
      ))}
    </tr>
  )
}

function BesideTable({ columns }: { columns: Column[] }) {
  const t = useWords(besideWords)
  const w = useWords(whatIfWords)
  const { lang } = useLang()
  const none = t('none')
  const sum = (figures: Figures, key: 'needed' | 'shortPosts') =>
    figures.days.reduce((all, one) => all + one[key], 0)
  const lines: [string, (column: Column) => string | number][] = [
    [t('days'), one => daysText(one.figures, lang)],
    [t('officers'), one => one.figures.officers],
    [t('needed'), one => sum(one.figures, 'needed')],
    [t('open'), one => one.figures.open],
    [t('more'), one => moreOf(one, t('notTried'))],
    [t('spare'), one => one.figures.spare?.people ?? none],
    [t('shortPosts'), one => sum(one.figures, 'shortPosts')],
    [t('hours'), one => `${one.figures.hours.median} / ${one.figures.hours.p90}`],
    [t('nights'), one => `${one.figures.nights.median} / ${one.figures.nights.p90}`],
    [
      t('changes'),
      one => (one.figures.changes ? `${one.figures.changes.cells} / ${one.figures.changes.officers}` : none),
    ],
  ]
  return (
    <Scroll label={t('beside')}>
      <table className="wf-table wf-beside">
        <thead>
          <NamesRow first={t('figure')} columns={columns} />
        </thead>
        <tbody>
          <tr>
            <th scope="row">{w('suppositions')}</th>
            {columns.map(one => (
              <td key={one.id} className="wf-words">
                {one.suppositions.length === 0 ? none : one.suppositions.join(w('comma'))}
              </td>
            ))}
          </tr>
          {lines.map(([word, value]) => (
            <tr key={word}>
              <th scope="row">{word}</th>
              {columns.map(one => (
                <td key={one.id}>{value(one)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

/** Of what stands, and of what was ended early, no second search was made. */
const moreOf = ({ figures }: Column, notTried: string) =>
  figures.open === 0 ? 0 : (figures.more?.people ?? notTried)

type Day = Figures['days'][number]
const measures: Record<string, (day: Day) => number> = {
  measureOpen: day => day.open,
  measureNeeded: day => day.onDuty + day.more,
  measureAvailable: day => day.onDuty + day.free,
  measureOnDuty: day => day.onDuty,
}
const tones = ['blue', 'red', 'mark'] as const satisfies readonly NonNullable<TrendSeries['tone']>[]

function BesideDays({ columns }: { columns: Column[] }) {
  const t = useWords(besideWords)
  const format = useFormat()
  const [measure, setMeasure] = useState('measureOpen')
  const days = [...new Set(columns.flatMap(one => one.figures.days.map(each => each.day)))].sort()
  const byDay = columns.map(one => new Map(one.figures.days.map(each => [each.day, each])))
  const value = measures[measure] ?? (() => 0)
  return (
    <Panel
      title={t('dayTable')}
      actions={
        <SelectInput
          aria-label={t('measure')}
          value={measure}
          options={Object.keys(measures).map(key => ({ value: key, label: t(key as 'measureOpen') }))}
          onChange={setMeasure}
        />
      }
    >
      <TrendChart
        label={t(measure as 'measureOpen')}
        height={200}
        at={days.map(day => format.day(day, { weekday: false }))}
        series={columns.map((one, at) => ({
          name: one.name,
          tone: tones[at] ?? 'mark',
          dashed: at > 0,
          values: days.map(day => {
            const there = byDay[at]?.get(day)
            return there ? value(there) : null
          }),
        }))}
      />
      <Scroll label={t('dayTable')}>
        <table className="wf-table">
          <thead>
            <NamesRow first={t('days')} columns={columns} />
          </thead>
          <tbody>
            {days.map(day => (
              <tr key={day}>
                <th scope="row" className="fx-date">
                  {format.day(day)}
                </th>
                {columns.map((one, at) => (
                  <DayCell key={one.id} day={byDay[at]?.get(day)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  )
}

function DayCell({ day }: { day: Day | undefined }) {
  const t = useWords(besideWords)
  if (!day) return <td>{t('none')}</td>
  return (
    <td data-bad={day.open > 0 ? true : undefined}>
      {[day.open, day.onDuty + day.more, day.onDuty + day.free].join(' / ')}
    </td>
  )
}
