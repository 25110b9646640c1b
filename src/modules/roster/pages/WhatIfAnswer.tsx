// What comes of a what-if: a plain sentence first, then days, hours, skills, people and what would change.
import { Button } from 'antd'
import { useState } from 'react'
import { useSession } from '../../../device/hooks.ts'
import {
  formatDayTime,
  Panel,
  Scroll,
  Signal,
  TrendChart,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { type Figures, figureLinesMost, preferenceText } from '../contracts.ts'
import type { WhatIfAnswer, WhatIfChange } from '../what-if-task.ts'
import { preferenceWords } from './preference-words.ts'
import { openReasons } from './SeatFacts.tsx'
import { skillNames } from './skill-marks.ts'
import type { Asked, Origin } from './use-what-if.ts'
import { WhatIfSave } from './WhatIfSave.tsx'
import { answerText } from './what-if-text.ts'
import { answerWords, whatIfWords } from './what-if-words.ts'
import { rosterWords } from './words.ts'

export interface AnswerProps {
  answer: WhatIfAnswer
  asked: Asked
  /** The suppositions have changed since: what is shown may no longer be saved under them. */
  stale: boolean
  onKept: (origin: Origin) => void
}

export function WhatIfAnswerPanel({ answer, asked, stale, onKept }: AnswerProps) {
  const t = useWords(answerWords)
  const { result, changes, voucher } = answer
  return (
    <>
      <Panel
        title={t('answer')}
        padded
        actions={
          stale ? null : <WhatIfSave asked={asked} result={result} voucher={voucher} onKept={onKept} />
        }
      >
        <Verdict result={result} />
        <DayChart figures={result} />
        <Spreads figures={result} />
      </Panel>
      <Panel title={t('byDay')}>
        <DayTable figures={result} />
      </Panel>
      <Panel title={t('byBand')} note={t('cellNote')}>
        <BandTable figures={result} />
      </Panel>
      <Panel title={t('bySkill')} note={t('skillNote')}>
        <SkillTable figures={result} />
      </Panel>
      <Panel
        title={t('lines')}
        note={result.lines.length >= figureLinesMost ? t('cut', { n: figureLinesMost }) : undefined}
      >
        <LineTable figures={result} />
      </Panel>
      <Panel
        title={t('changes')}
        note={result.changes ? t('changesCount', { ...result.changes }) : undefined}
      >
        <ChangeTable changes={changes} all={result.changes?.cells ?? null} />
      </Panel>
    </>
  )
}

function Verdict({ result }: { result: WhatIfAnswer['result'] }) {
  const t = useWords(answerWords)
  const w = useWords(whatIfWords)
  const p = useWords(preferenceWords)
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  const [first, ...rest] = answerText(result, t, lang, w('comma'))
  const { posts, absent } = result.supposed
  return (
    <div className="wf-verdict">
      <p className="wf-sentence" role="status">
        <Signal kind={result.open > 0 ? 'red' : 'green'} size={20} />
        <strong>{first}</strong>
      </p>
      {rest.map(one => (
        <p key={one}>{one}</p>
      ))}
      <p className="wf-quiet">
        {t('madeAt', { at: formatDayTime(result.madeAt, { lang, timeZone }) })}
        {posts > 0 ? ` · ${t('supposedPosts', { n: posts })}` : ''}
        {absent > 0 ? ` · ${t('supposedAbsent', { n: absent })}` : ''}
        {result.preference ? ` · ${p('title')} ${preferenceText(result.preference, lang)}` : ''}
      </p>
      {result.stopped ? <p className="wf-note">{w('stopped')}</p> : null}
    </div>
  )
}

const shortDay = { weekday: false } as const

function DayChart({ figures }: { figures: Figures }) {
  const t = useWords(answerWords)
  const format = useFormat()
  return (
    <>
      <h3 className="wf-caption">{t('chart')}</h3>
      <TrendChart
        label={t('chart')}
        height={200}
        at={figures.days.map(one => format.day(one.day, shortDay))}
        series={[
          { name: t('peopleNeeded'), values: figures.days.map(one => one.onDuty + one.more), tone: 'red' },
          {
            name: t('peopleAvailable'),
            values: figures.days.map(one => one.onDuty + one.free),
            tone: 'blue',
          },
        ]}
      />
    </>
  )
}

function Spreads({ figures }: { figures: Figures }) {
  const t = useWords(answerWords)
  return (
    <dl className="wf-spreads">
      <div>
        <dt>{t('hours')}</dt>
        <dd>
          {t('spreadOf', { ...figures.hours })} <small>{t('hoursUnit')}</small>
        </dd>
      </div>
      <div>
        <dt>{t('nights')}</dt>
        <dd>
          {t('spreadOf', { ...figures.nights })} <small>{t('nightsUnit')}</small>
        </dd>
      </div>
    </dl>
  )
}

const dayColumns = [
  ['posts', 'posts'],
  ['shortPosts', 'shortPosts'],
  ['needed', 'neededPlaces'],
  ['filled', 'filledPlaces'],
  ['open', 'openPlaces'],
  ['onDuty', 'onDuty'],
  ['away', 'away'],
  ['free', 'free'],
  ['more', 'more'],
  ['changed', 'changed'],
] as const

function DayTable({ figures }: { figures: Figures }) {
  const t = useWords(answerWords)
  const format = useFormat()
  return (
    <Scroll label={t('byDay')}>
      <table className="wf-table">
        <thead>
          <tr>
            <th scope="col">{t('day')}</th>
            {dayColumns.map(([key, word]) => (
              <th key={key} scope="col">
                {t(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.days.map(one => (
            <tr key={one.day} data-open={one.open > 0 ? true : undefined}>
              <th scope="row" className="fx-date">
                {format.day(one.day)}
              </th>
              {dayColumns.map(([key]) => (
                <td key={key} data-bad={isBad(key, one[key]) ? true : undefined}>
                  {one[key] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const isBad = (key: string, value: number | null) =>
  (key === 'open' || key === 'more' || key === 'shortPosts') && (value ?? 0) > 0

interface Matrix {
  label: string
  days: readonly string[]
  rows: {
    key: string
    head: string
    quiet?: string
    cells: { needed: number; available: number; open: number }[]
  }[]
}

function MatrixTable({ label, days, rows }: Matrix) {
  const t = useWords(answerWords)
  const format = useFormat()
  return (
    <Scroll label={label}>
      <table className="wf-table wf-matrix">
        <thead>
          <tr>
            <th scope="col">{label}</th>
            {days.map(day => (
              <th key={day} scope="col" className="fx-date">
                {format.day(day, shortDay)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.key}>
              <th scope="row">
                {row.head}
                {row.quiet ? <span className="wf-small">{row.quiet}</span> : null}
              </th>
              {row.cells.map((cell, at) => (
                <td key={days[at]} data-bad={cell.open > 0 ? true : undefined}>
                  {cell.needed === 0 ? '' : t(cell.open > 0 ? 'cellOpen' : 'cell', { ...cell })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const clockOf = (minute: number) =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

function BandTable({ figures }: { figures: Figures }) {
  const t = useWords(answerWords)
  const { lang } = useLang()
  const { handOverMinute } = useSession().agency
  const rows = figures.bands.map(band => ({
    key: `${band.from} ${band.minutes}`,
    head: band[lang],
    quiet: `${clockOf(handOverMinute + band.from)}—${clockOf(handOverMinute + band.from + band.minutes)}`,
    cells: band.needed.map((needed, at) => ({
      needed,
      available: band.available[at] ?? 0,
      open: needed - (band.filled[at] ?? 0),
    })),
  }))
  return <MatrixTable label={t('band')} days={figures.days.map(one => one.day)} rows={rows} />
}

function SkillTable({ figures }: { figures: Figures }) {
  const t = useWords(answerWords)
  const words = useWords(rosterWords)
  if (figures.skills.length === 0) return <p className="wf-none">{t('noSkills')}</p>
  const rows = figures.skills.map(one => ({
    key: one.skill,
    head: skillNames(words, [one.skill])[0] ?? one.skill,
    cells: one.needed.map((needed, at) => ({
      needed,
      available: one.available[at] ?? 0,
      open: one.open[at] ?? 0,
    })),
  }))
  return <MatrixTable label={t('skill')} days={figures.days.map(one => one.day)} rows={rows} />
}

function LineTable({ figures }: { figures: Figures }) {
  const t = useWords(answerWords)
  const words = useWords(rosterWords)
  const format = useFormat()
  const { lang } = useLang()
  if (figures.lines.length === 0) return <p className="wf-none">{t('noLines')}</p>
  return (
    <Scroll label={t('lines')}>
      <table className="wf-table wf-text">
        <thead>
          <tr>
            {(['day', 'post', 'band', 'skill', 'missing', 'reason'] as const).map(key => (
              <th key={key} scope="col" className={key === 'missing' ? 'wf-number' : undefined}>
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and a supposed post has no id
            <tr key={at}>
              <td className="fx-date">{format.day(line.day)}</td>
              <td>
                {line.postName}
                {line.supposed ? <span className="wf-tag">{t('supposedMark')}</span> : null}
              </td>
              <td>{lang === 'zh' ? line.bandZh : line.bandEn}</td>
              <td>{line.skill === null ? '' : skillNames(words, [line.skill])[0]}</td>
              <td className="wf-number">{line.missing}</td>
              <td>{line.reason === '' ? '' : words(openReasons[line.reason] ?? 'mixed')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const changesAtOnce = 50

/** `all`: how many there are in all; null where nothing is published. */
function ChangeTable({ changes, all }: { changes: readonly WhatIfChange[]; all: number | null }) {
  const t = useWords(answerWords)
  const format = useFormat()
  const { lang } = useLang()
  const [shown, setShown] = useState(changesAtOnce)
  if (all === null) return <p className="wf-none">{t('noPublished')}</p>
  if (changes.length === 0) return <p className="wf-none">{t('noChanges')}</p>
  const duty = (one: WhatIfChange['before']) =>
    one ? `${one.postName} ${one.bands.map(band => band[lang]).join(lang === 'zh' ? '、' : ', ')}` : t('off')
  return (
    <Scroll label={t('changes')}>
      <table className="wf-table wf-text">
        <thead>
          <tr>
            {(['day', 'officer', 'before', 'after'] as const).map(key => (
              <th key={key} scope="col">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.slice(0, shown).map(one => (
            <tr key={`${one.officerId} ${one.day}`}>
              <td className="fx-date">{format.day(one.day)}</td>
              <td>{one.name}</td>
              <td>{duty(one.before)}</td>
              <td>{duty(one.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changes.length > shown ? (
        <Button onClick={() => setShown(changes.length)}>{t('allChanges', { n: changes.length })}</Button>
      ) : changes.length < all ? (
        <p className="wf-none">{t('cut', { n: changes.length })}</p>
      ) : null}
    </Scroll>
  )
}
