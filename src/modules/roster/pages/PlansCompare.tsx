// Two rosters side by side: drafts, publications, the one in force. By units and names, never by who gains.
import { Button } from 'antd'
import { useNavigate } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { useAsk, useClient, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  EmptyState,
  formatDayTime,
  Icon,
  Panel,
  ProblemNote,
  Scroll,
  SelectInput,
  SkeletonRows,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { comparison, dayChanges, plans, preferenceText, type RosterSide, versions } from '../contracts.ts'
import { preferenceWords } from './preference-words.ts'
import { daysText } from './what-if-text.ts'
import { answerWords, besideWords } from './what-if-words.ts'

type Compared = OutputOf<typeof comparison>
type Row = Compared['rows'][number]
const rowsAtOnce = 100

export interface PlansCompareProps {
  operationId: string
  a: string
  b: string
  onChoose: (sides: { a: string; b: string }) => void
}

/** As it stands in the address: `live`, `v3`, or the id of a draft. */
function sideOf(text: string): RosterSide | null {
  if (text === 'live') return { kind: 'live' }
  const version = /^v(\d{1,6})$/.exec(text)
  if (version) return { kind: 'version', version: Number(version[1]) }
  return /^[0-9a-f-]{36}$/.test(text) ? { kind: 'plan', planId: text } : null
}

function useSides(operationId: string) {
  const t = useWords(besideWords)
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  const drafts = useAsk(plans, { operationId })
  const published = useAsk(versions, { operationId })
  const error = drafts.error ?? published.error
  const causes = { plan: t('causePlan'), swap: t('causeSwap'), repair: t('causeRepair') }
  const options =
    drafts.data && published.data
      ? [
          ...(published.data.length > 0 ? [{ value: 'live', label: t('live') }] : []),
          ...drafts.data.map(one => ({
            value: one.planId,
            label: `${t('draft', { name: one.name })} ${daysText(one, lang)}`,
          })),
          ...published.data.map(one => ({
            value: `v${one.version}`,
            label: t('versionAt', {
              n: one.version,
              at: formatDayTime(one.publishedAt, { lang, timeZone }),
              cause: causes[one.cause],
            }),
          })),
        ]
      : null
  return { options, error, refetch: published.refetch }
}

export function PlansCompare({ operationId, a, b, onChoose }: PlansCompareProps) {
  const t = useWords(besideWords)
  const navigate = useNavigate()
  const { options, error, refetch } = useSides(operationId)
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!options) return <SkeletonRows rows={6} columns={4} />
  if (options.length === 0) {
    return (
      <Panel padded>
        <EmptyState
          sentence={t('plansNone')}
          action={{ label: t('toRoster'), onClick: () => void navigate({ to: '/roster' }) }}
          example={t('plansExample')}
        />
      </Panel>
    )
  }
  const [first, second] = [sideOf(a), sideOf(b)]
  return (
    <>
      <Panel>
        <div className="wf-sides">
          <label>
            <span>{t('first')}</span>
            <SelectInput
              value={a}
              placeholder={t('plansHint')}
              options={options}
              onChange={next => onChoose({ a: next, b })}
            />
          </label>
          <label>
            <span>{t('second')}</span>
            <SelectInput
              value={b}
              placeholder={t('plansHint')}
              options={options}
              onChange={next => onChoose({ a, b: next })}
            />
          </label>
        </div>
        {first && second ? null : <EmptyState sentence={t('plansHint')} example={t('plansExample')} />}
      </Panel>
      {first && second ? (
        <ComparedPanels key={`${a} ${b}`} operationId={operationId} a={first} b={second} />
      ) : null}
    </>
  )
}

function ComparedPanels(input: { operationId: string; a: RosterSide; b: RosterSide }) {
  const t = useWords(besideWords)
  const client = useClient()
  const [limit, setLimit] = useState(rowsAtOnce)
  const { lang } = useLang()
  const found = useAsk(comparison, { ...input, limit })
  if (found.error) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <SkeletonRows rows={8} columns={6} />
  const { data } = found
  const { totals, shifts } = data
  const shift = (what: string, [more, fewer]: readonly [number, number]) => t('shift', { what, more, fewer })
  return (
    <>
      <Panel
        title={daysText(data, lang)}
        padded
        actions={
          <Button
            onClick={() => location.assign(client.fileUrl('roster.exportComparison', input))}
            icon={<Icon name="download" size={14} />}
          >
            {t('excel')}
          </Button>
        }
      >
        <ul className="wf-totals">
          {([...dayChanges, 'same'] as const).map(key => (
            <li key={key}>
              <strong>{totals[key]}</strong> {t(key)}
            </li>
          ))}
        </ul>
        {totals.officers === 0 ? (
          <p>{t('equal')}</p>
        ) : (
          <ul className="wf-shifts">
            <li>{shift(t('nightsWord'), shifts.nights)}</li>
            <li>{shift(t('weekendsWord'), shifts.weekends)}</li>
            <li>{shift(t('hoursWord'), shifts.minutes)}</li>
          </ul>
        )}
        <Leanings data={data} />
      </Panel>
      {totals.officers === 0 ? null : (
        <>
          <Panel title={t('byDay')}>
            <ComparedDays data={data} />
          </Panel>
          <Panel title={t('byOfficer', { n: data.total })}>
            <ComparedOfficers rows={data.rows} />
            {data.total > data.rows.length ? (
              <Button className="wf-more" onClick={() => setLimit(limit + rowsAtOnce)}>
                {t('showMore', { n: Math.min(rowsAtOnce, data.total - data.rows.length) })}
              </Button>
            ) : null}
          </Panel>
        </>
      )}
    </>
  )
}

/** What each side was made to lean to, as far as a solver made it. */
function Leanings({ data }: { data: Compared }) {
  const t = useWords(besideWords)
  const p = useWords(preferenceWords)
  const { lang } = useLang()
  const sides = [
    { side: t('first'), chosen: data.a.preference },
    { side: t('second'), chosen: data.b.preference },
  ]
  if (sides.every(one => one.chosen === null)) return null
  return (
    <ul className="wf-shifts">
      {sides.map(({ side, chosen }) =>
        chosen ? <li key={side}>{p('compared', { side, what: preferenceText(chosen, lang) })}</li> : null,
      )}
    </ul>
  )
}

const arrow = ([a, b]: readonly [number, number], digits = (n: number) => n) =>
  a === b ? String(digits(a)) : `${digits(a)} → ${digits(b)}`
const hours = (minutes: number) => Math.round(minutes / 6) / 10

function ComparedDays({ data }: { data: Compared }) {
  const t = useWords(besideWords)
  const format = useFormat()
  return (
    <Scroll label={t('byDay')}>
      <table className="wf-table">
        <thead>
          <tr>
            <th scope="col">{t('days')}</th>
            <th scope="col">{t('dutiesWord')}</th>
            <th scope="col">{t('nightsWord')}</th>
            {dayChanges.map(key => (
              <th key={key} scope="col">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.days.map(one => (
            <tr key={one.day}>
              <th scope="row" className="fx-date">
                {format.day(one.day)}
              </th>
              <td>{arrow(one.duties)}</td>
              <td>{arrow(one.nights)}</td>
              {dayChanges.map(key => (
                <td key={key}>{one[key]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function ComparedOfficers({ rows }: { rows: readonly Row[] }) {
  const t = useWords(besideWords)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) => {
    const next = new Set(open)
    if (!next.delete(id)) next.add(id)
    setOpen(next)
  }
  return (
    <Scroll label={t('officer')}>
      <table className="wf-table wf-text">
        <thead>
          <tr>
            {(
              ['officer', 'unit', 'changed', 'dutiesWord', 'nightsWord', 'weekendsWord', 'hoursWord'] as const
            ).map((key, at) => (
              <th key={key} scope="col" className={at > 1 ? 'wf-number' : undefined}>
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <Fragment key={row.officerId}>
              <tr>
                <th scope="row">
                  <button
                    type="button"
                    className="wf-open"
                    aria-expanded={open.has(row.officerId)}
                    aria-label={t('show', { name: row.name })}
                    onClick={() => toggle(row.officerId)}
                  >
                    <Icon name={open.has(row.officerId) ? 'down' : 'right'} size={14} /> {row.name}
                  </button>
                </th>
                <td>{row.unitName}</td>
                <td className="wf-number">{row.changes.length}</td>
                <td className="wf-number">{arrow(row.duties)}</td>
                <td className="wf-number">{arrow(row.nights)}</td>
                <td className="wf-number">{arrow(row.weekends)}</td>
                <td className="wf-number">{arrow(row.minutes, hours)}</td>
              </tr>
              {open.has(row.officerId) ? (
                <tr>
                  <td colSpan={7}>
                    <Changes row={row} />
                  </td>
                </tr>
              ) : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Changes({ row }: { row: Row }) {
  const t = useWords(besideWords)
  const a = useWords(answerWords)
  const { lang } = useLang()
  const format = useFormat()
  type Change = Row['changes'][number]
  const duty = (one: Change['before']) =>
    one ? `${one.postName} ${one.bands.map(band => band[lang]).join(lang === 'zh' ? '、' : ', ')}` : a('off')
  const why = (one: Change) => {
    if (!one.reason) return ''
    return one.reason.kind === 'rule' ? one.reason[lang] : t(one.reason.kind)
  }
  return (
    <ul className="wf-changes">
      {row.changes.map(one => (
        <li key={one.day}>
          <span className="fx-date">{format.day(one.day)}</span>
          <span>{t(one.kind)}</span>
          <span>
            {duty(one.before)} → {duty(one.after)}
          </span>
          {one.reason ? <span className="wf-tag">{why(one)}</span> : null}
        </li>
      ))}
    </ul>
  )
}
