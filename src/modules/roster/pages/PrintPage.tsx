// The sheets as they hang on the wall. The page is the paper: what is on screen is what is printed.
import './print.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useAsk } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  EmptyState,
  LangProvider,
  PlainButton,
  SelectInput,
  SkeletonRows,
  TextInput,
  useWords,
} from '../../../ui/phone.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import { currentOperation } from '../../operations/contracts.ts'
import { postList } from '../../posts/contracts.ts'
import { sheet, sheetKinds } from '../contracts.ts'
import { rosterWords } from './words.ts'

type Sheet = OutputOf<typeof sheet>
type Kind = (typeof sheetKinds)[number]

export default function PrintPage() {
  return (
    <LangProvider>
      <Print />
    </LangProvider>
  )
}

function Print() {
  const t = useWords(rosterWords)
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const current = useAsk(currentOperation, {})
  const operationId = current.data?.operation?.operationId ?? ''
  const kind = (sheetKinds as readonly string[]).includes(search.kind ?? '') ? (search.kind as Kind) : 'daily'
  const fromDay = search.day ?? current.data?.dutyDay ?? ''
  const ready = operationId !== '' && fromDay !== ''
  const found = useAsk(sheet, { kind, operationId, fromDay, unitId: search.unit ?? null }, { enabled: ready })
  const places = useAsk(postList, { operationId, limit: 5_000 }, { enabled: ready && kind !== 'unit' })
  const change = (next: Record<string, string>) =>
    void navigate({
      to: '/roster/print',
      search: { ...search, kind, day: fromDay, ...next } as never,
      replace: true,
    })
  useEffect(() => {
    if (found.data) document.title = found.data.title
  }, [found.data])
  const error = current.error ?? found.error ?? places.error
  return (
    <main className="paper">
      <div className="paper-tools">
        <PlainButton onClick={() => void navigate({ to: '/roster' })}>{t('back')}</PlainButton>
        <SelectInput
          aria-label={t('sheetKind')}
          value={kind}
          onChange={next => change({ kind: next })}
          options={sheetKinds.map(one => ({ value: one, label: t(one) }))}
        />
        <TextInput type="date" aria-label={t('fromDay')} value={fromDay} onChange={day => change({ day })} />
        <PlainButton filled onClick={() => window.print()} disabled={!found.data}>
          {t('print')}
        </PlainButton>
      </div>
      {error ? <ProblemNote error={error} onRetry={() => void found.refetch()} /> : null}
      {found.data ? (
        <SheetTable sheet={withPlaces(found.data, places.data)} />
      ) : error ? null : current.data && operationId === '' ? (
        <NothingToPrint sentence={t('noOperation')} />
      ) : (
        <SkeletonRows rows={14} columns={8} />
      )}
    </main>
  )
}

function NothingToPrint({ sentence }: { sentence: string }) {
  const t = useWords(rosterWords)
  return (
    <>
      <h1 className="fx-hidden">{t('print')}</h1>
      <EmptyState sentence={sentence} />
    </>
  )
}

/** Address and contact stand in the books of the posts. */
function withPlaces(sheet: Sheet, places: OutputOf<typeof postList> | undefined): Sheet {
  const byId = new Map((places?.rows ?? []).map(post => [post.postId, post]))
  const rows = sheet.rows.map(row => {
    const post = byId.get(String(row.postId ?? ''))
    return {
      ...row,
      ...('address' in row ? { address: post?.address ?? '' } : {}),
      ...('head' in row ? { head: post?.contactName ?? '' } : {}),
    }
  })
  return { ...sheet, rows }
}

/** How many rows a cell covers; 0 where the one above covers it. */
function spansOf(sheet: Sheet): Map<string, number[]> {
  const spans = new Map<string, number[]>()
  let breaks = sheet.rows.map((_row, at) => at === 0)
  for (const { key, mergeDown } of sheet.columns) {
    if (!mergeDown) continue
    breaks = breaks.map((broken, at) => broken || sheet.rows[at]?.[key] !== sheet.rows[at - 1]?.[key])
    const counts = breaks.map(() => 0)
    let from = 0
    breaks.forEach((broken, at) => {
      if (broken) from = at
      counts[from] = (counts[from] ?? 0) + 1
    })
    spans.set(key, counts)
  }
  return spans
}

const short = new Set(['band', 'hours', 'leader', 'police', 'auxiliary', 'badge', 'date', 'weekday', 'team'])
const classOf = (column: Sheet['columns'][number]) =>
  column.kind === 'int' ? 'paper-int' : short.has(column.key) ? 'paper-nowrap' : undefined

function SheetTable({ sheet }: { sheet: Sheet }) {
  const t = useWords(rosterWords)
  if (sheet.rows.length === 0) return <NothingToPrint sentence={t('printEmpty')} />
  const spans = spansOf(sheet)
  return (
    <article className="paper-sheet" lang="zh-CN" tabIndex={0}>
      <h1>{sheet.title}</h1>
      <div className="paper-under">
        <span>{sheet.subtitleLeft}</span>
        <span>{sheet.subtitleRight}</span>
      </div>
      <table>
        <thead>
          <tr>
            {sheet.columns.map(column => (
              <th key={column.key} scope="col">
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row, at) => (
            <tr key={sheet.columns.map(column => row[column.key]).join('|') + String(at)}>
              {sheet.columns.map(column => {
                const span = spans.get(column.key)?.[at] ?? 1
                if (span === 0) return null
                const text = row[column.key] ?? ''
                const ground = /^\d{4}-/.test(column.key) ? String(text) : undefined
                return (
                  <td key={column.key} rowSpan={span} data-ground={ground} className={classOf(column)}>
                    {text}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {sheet.foot.map(line => (
        <p key={line}>{line}</p>
      ))}
    </article>
  )
}
