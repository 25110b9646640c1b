import './history.css'
import type { ReactNode } from 'react'
import type { history } from '../../kernel/books/contracts.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { useFormat, useLang, useWords } from '../i18n.ts'
import { uiWords } from '../ui-words.ts'
import {
  columnWord,
  isHidden,
  isNothing,
  tableWords,
  type TableWords,
  useFieldWords,
  type Writing,
  writeValue,
} from './field-words.ts'
import { PlainButton } from './PlainButton.tsx'
import { ProblemNote } from './ProblemNote.tsx'
import { SkeletonPanel } from './states.tsx'

export type HistoryRow = OutputOf<typeof history>['rows'][number]

export type RecordHistoryProps = {
  /** The record itself; rows of other tables are said to be what they are. */
  record: { table: string; rowId: string }
  /** Whether the reader may ask at all; else there is no section. */
  may: boolean
  open: boolean
  onOpen: (open: boolean) => void
  /** Newest first. */
  rows: readonly HistoryRow[]
  names: Readonly<Record<string, string>>
  loading: boolean
  error: unknown
  onRetry: () => void
  /** Absent on the last page. */
  onMore?: () => void
  loadingMore?: boolean
  timeZone?: string
}

const fewFields = 4
const fewRows = 8

/** Who changed what and when, before and after; folded, because most who open a record come for something else. */
export function RecordHistory(props: RecordHistoryProps) {
  const { may, open, onOpen, rows, loading, error, onRetry, onMore, loadingMore } = props
  const t = useWords(uiWords)
  if (!may) return null
  return (
    <details className="fx-past" open={open} onToggle={event => onOpen(event.currentTarget.open)}>
      <summary>
        <h2>{t('history')}</h2>
      </summary>
      {open ? (
        <div className="fx-past-body">
          {error ? <ProblemNote error={error} onRetry={onRetry} /> : null}
          {loading ? <SkeletonPanel lines={5} /> : null}
          {!loading && !error && rows.length === 0 ? (
            <p className="fx-past-quiet">{t('historyEmpty')}</p>
          ) : null}
          <Commands {...props} />
          {onMore ? (
            <PlainButton onClick={onMore}>{loadingMore ? t('loading') : t('historyMore')}</PlainButton>
          ) : null}
        </div>
      ) : null}
    </details>
  )
}

function Commands({ record, rows, names, timeZone }: RecordHistoryProps) {
  const t = useWords(uiWords)
  const { lang } = useLang()
  const format = useFormat(timeZone)
  const groups: HistoryRow[][] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last?.[0]?.commandId === row.commandId) last.push(row)
    else groups.push([row])
  }
  let before = ''
  return (
    <ol className="fx-past-list">
      {groups.map(group => {
        const [first] = group
        if (!first) return null
        const day = format.day(first.at, { year: true })
        const heading = day === before ? null : day
        before = day
        const caller = lang === 'zh' ? first.callerZh : first.callerEn
        return (
          <li key={first.commandId}>
            {heading ? <div className="fx-history-day fx-date">{heading}</div> : null}
            <div className="fx-history-row">
              <time dateTime={first.at}>{format.time(first.at)}</time>
              <div>
                <strong>{lang === 'zh' ? first.titleZh : first.titleEn}</strong>{' '}
                <span className="fx-history-who">{first.actor ?? t('system')}</span>
                {caller ? <span className="fx-past-quiet"> {t('historyVia', { what: caller })}</span> : null}
                {runsOf(group).map(run => (
                  <Run
                    key={`${run[0]?.table} ${run[0]?.rowId} ${run[0]?.n}`}
                    run={run}
                    record={record}
                    writing={{ lang, names, timeZone }}
                  />
                ))}
              </div>
            </div>
          </li>
        )
      })}
    </ol>
  )
}

/** Rows that came or went together, of one table, told as one: the thirty members of a team. */
function runsOf(rows: readonly HistoryRow[]): HistoryRow[][] {
  const runs: HistoryRow[][] = []
  for (const row of rows) {
    const last = runs.at(-1)
    if (last?.[0]?.table === row.table && last[0].op === row.op && row.op !== 'u') last.push(row)
    else runs.push([row])
  }
  return runs
}

type RunProps = { run: readonly HistoryRow[]; record: RecordHistoryProps['record']; writing: Writing }

function Run({ run, record, writing }: RunProps) {
  const t = useWords(uiWords)
  const what = tableWords(useFieldWords(), run[0]?.table ?? '')[writing.lang]
  const rows = run.map(row => (
    <OneRow key={`${row.rowId} ${row.n}`} row={row} record={record} writing={writing} />
  ))
  if (run.length <= fewRows) return rows
  return (
    <details className="fx-past-whole">
      <summary>
        {t(run[0]?.op === 'd' ? 'historyRemoved' : 'historyAdded', { what })}{' '}
        {t('valueMany', { n: run.length })}
      </summary>
      {rows}
    </details>
  )
}

type OneRowProps = { row: HistoryRow; record: RecordHistoryProps['record']; writing: Writing }

function OneRow({ row, record, writing }: OneRowProps) {
  const t = useWords(uiWords)
  const { lang } = writing
  const table = tableWords(useFieldWords(), row.table)
  const own = row.table === record.table && row.rowId === record.rowId
  const what = table[lang]
  const did = row.op === 'u' ? what : t(row.op === 'i' ? 'historyAdded' : 'historyRemoved', { what })
  const which = partName(row, record, table, writing)
  const head = own ? null : (
    <p className="fx-past-part">
      {did} <b>{which}</b>
    </p>
  )
  return (
    <>
      {head}
      {row.op === 'u' ? (
        <Changes row={row} table={table} writing={writing} />
      ) : (
        <Whole row={row} table={table} writing={writing} folded={own} said={which} />
      )}
    </>
  )
}

type ContentProps = { row: HistoryRow; table: TableWords; writing: Writing }

/** All that stood in a row when it came or went: of the record itself folded away, of a part at once where it is little. */
function Whole({ row, table, writing, folded, said }: ContentProps & { folded: boolean; said: string }) {
  const t = useWords(uiWords)
  const whole = row.op === 'i' ? row.after : row.before
  const valueOf = (key: string) => writeValue(whole?.[key], columnWord(table, key), writing)
  // What the head has said already, such as which skill it is, is not said again.
  const fields = columnsOf(table, whole).filter(key => !isNothing(whole?.[key]) && valueOf(key) !== said)
  const list = (
    <dl>
      {fields.map(key => (
        <Line key={key} label={columnWord(table, key)[writing.lang]}>
          {valueOf(key)}
        </Line>
      ))}
    </dl>
  )
  if (fields.length === 0) return null
  if (!folded && fields.length <= fewFields) return list
  return (
    <details className="fx-past-whole">
      <summary>{t(row.op === 'i' ? 'historyBegan' : 'historyEnded', { n: fields.length })}</summary>
      {list}
    </details>
  )
}

function Changes({ row, table, writing }: ContentProps) {
  const t = useWords(uiWords)
  const columns = columnsOf(table, row.after)
  if (columns.length === 0) return <p className="fx-past-quiet">{t('historyInner')}</p>
  return (
    <dl>
      {columns.map(key => {
        const word = columnWord(table, key)
        const [before, after] = [row.before?.[key], row.after?.[key]].map(value =>
          writeValue(value, word, writing),
        )
        return (
          <Line key={key} label={word[writing.lang]}>
            {/* Two sealed values look alike, and yet the one is not the other. */}
            {before === after ? (
              t('historyChanged', { value: after ?? '' })
            ) : (
              <>
                <del>{before}</del> <span aria-hidden>→</span> <ins>{after}</ins>
              </>
            )}
          </Line>
        )
      })}
    </dl>
  )
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What can be shown, in the order of the words; what has none comes last. */
function columnsOf(table: TableWords, fields: HistoryRow['after']): string[] {
  const order = Object.keys(table.fields)
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
  return Object.keys(fields ?? {})
    .filter(key => !isHidden(table, key))
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
}

/** Which one of several: what its key has behind the record's own, such as the skill of an officer's skill. */
function partName(
  row: HistoryRow,
  record: RecordHistoryProps['record'],
  table: TableWords,
  writing: Writing,
) {
  if (!row.rowId.startsWith(`${record.rowId}:`)) return ''
  const [first = ''] = row.rowId.slice(record.rowId.length + 1).split(':')
  const word = Object.values(table.fields).find(one => one.values && first in one.values)
  return writeValue(first, word, writing)
}
