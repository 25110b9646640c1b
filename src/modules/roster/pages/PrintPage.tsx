// The sheets as they hang on the wall. The page is the paper: what is on screen is what is printed.
import './print.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useAsk, useClient, useMay } from '../../../device/hooks.ts'
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
import { contactPhones } from '../../posts/contracts.ts'
import {
  blocksOf,
  mergedRows,
  phonesMost,
  type PostPhone,
  sheet,
  sheetKinds,
  withPhones,
} from '../contracts.ts'
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
  const unitId = search.unit ?? null
  const found = useAsk(sheet, { kind, operationId, fromDay, unitId }, { enabled: ready })
  const [opened, setOpened] = useState<Opened | null>(null)
  const phones = opened && opened.about === `${kind} ${fromDay}` ? opened : null
  const change = (next: Record<string, string>) =>
    void navigate({
      to: '/roster/print',
      search: { ...search, kind, day: fromDay, ...next } as never,
      replace: true,
    })
  useEffect(() => {
    if (found.data) document.title = found.data.title
  }, [found.data])
  const error = current.error ?? found.error
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
        <ExcelButton input={{ kind, operationId, fromDay, unitId }} purpose={phones?.purpose} ready={ready} />
        {found.data && found.data.phonePosts.length > 0 && !phones ? (
          <PhonesForm
            key={`${kind} ${fromDay}`}
            postIds={found.data.phonePosts}
            onOpened={(list, purpose) => setOpened({ about: `${kind} ${fromDay}`, phones: list, purpose })}
          />
        ) : null}
      </div>
      {error ? <ProblemNote error={error} onRetry={() => void found.refetch()} /> : null}
      {found.data ? (
        <SheetTable sheet={phones ? withPhones(found.data, phones.phones) : found.data} />
      ) : error ? null : current.data && operationId === '' ? (
        <NothingToPrint sentence={t('noOperation')} />
      ) : (
        <SkeletonRows rows={14} columns={8} />
      )}
    </main>
  )
}

interface Opened {
  /** Sheet and day that they were opened for. */
  about: string
  phones: PostPhone[]
  purpose: string
}

function ExcelButton(props: { input: object; purpose: string | undefined; ready: boolean }) {
  const t = useWords(rosterWords)
  const client = useClient()
  const input = { ...props.input, format: 'xlsx', ...(props.purpose ? { purpose: props.purpose } : {}) }
  return (
    <PlainButton
      disabled={!props.ready}
      onClick={() => location.assign(client.fileUrl('roster.sheet', input))}
    >
      {t('toExcel')}
    </PlainButton>
  )
}

/** Numbers stay sealed until somebody says why they are needed; asked once, because each look is logged. */
function PhonesForm(props: {
  postIds: string[]
  onOpened: (phones: Opened['phones'], purpose: string) => void
}) {
  const t = useWords(rosterWords)
  const client = useClient()
  const may = useMay(contactPhones)
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const purpose = typed.trim()
  if (!may) return null
  const open = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const found: PostPhone[] = []
      for (let at = 0; at < props.postIds.length; at += phonesMost) {
        const postIds = props.postIds.slice(at, at + phonesMost)
        found.push(...(await client.ask(contactPhones, { postIds, purpose })).phones)
      }
      props.onOpened(found, purpose)
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return (
    <form
      className="paper-phones"
      onSubmit={event => {
        event.preventDefault()
        if (purpose.length >= 2) void open()
      }}
    >
      <TextInput
        aria-label={t('phonesWhy')}
        placeholder={t('phonesWhy')}
        value={typed}
        maxLength={500}
        onChange={setTyped}
      />
      <PlainButton type="submit" disabled={purpose.length < 2 || busy}>
        {t('phonesShow')}
      </PlainButton>
      {problem ? <ProblemNote error={problem} /> : null}
    </form>
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

const short = new Set(['band', 'hours', 'date', 'weekday', 'team'])
const lists = new Set(['leader', 'badge', 'police', 'auxiliary', 'names', 'partners', 'equipment', 'note'])
const classOf = (column: Sheet['columns'][number]) =>
  column.kind === 'int' ? 'paper-int' : short.has(column.key) ? 'paper-nowrap' : undefined

/** Sheets of a week are set smaller: seven columns of days leave little for the names. */
const kindOf = (sheet: Sheet) => (sheet.columns.some(column => isDay(column.key)) ? 'week' : undefined)
const isDay = (key: string) => /^\d{4}-/.test(key)

function SheetTable({ sheet }: { sheet: Sheet }) {
  const t = useWords(rosterWords)
  if (sheet.rows.length === 0) return <NothingToPrint sentence={t('printEmpty')} />
  const spans = mergedRows(sheet)
  return (
    <article className="paper-sheet" data-kind={kindOf(sheet)} lang="zh-CN" tabIndex={0}>
      <h1>{sheet.title}</h1>
      <div className="paper-under">
        <span>{sheet.subtitleLeft}</span>
        <span>{sheet.subtitleRight}</span>
      </div>
      <table>
        <thead>
          <tr>
            {sheet.columns.map(column => (
              <th key={column.key} scope="col" data-key={isDay(column.key) ? 'day' : column.key}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        {blocksOf(sheet).map(([from, until]) => (
          <tbody key={from}>
            {sheet.rows.slice(from, until).map((row, at) => (
              <SheetRow key={from + at} sheet={sheet} row={row} spans={spans} at={from + at} />
            ))}
          </tbody>
        ))}
      </table>
      {sheet.foot.map(line => (
        <p key={line}>{line}</p>
      ))}
    </article>
  )
}

function SheetRow(props: {
  sheet: Sheet
  row: Sheet['rows'][number]
  spans: ReturnType<typeof mergedRows>
  at: number
}) {
  const { sheet, row, spans, at } = props
  return (
    <tr>
      {sheet.columns.map(column => {
        const span = spans.get(column.key)?.[at] ?? 1
        if (span === 0) return null
        const text = String(row[column.key] ?? '')
        const ground = isDay(column.key) ? text : undefined
        return (
          <td key={column.key} rowSpan={span} data-ground={ground} className={classOf(column)}>
            {lists.has(column.key) ? <List text={text} /> : text}
          </td>
        )
      })}
    </tr>
  )
}

/** Breaks behind a comma only: a name and its days stay together. A sentence breaks as it likes. */
function List({ text }: { text: string }) {
  const parts = text.split(/(?<=、)/u)
  return parts.map((part, at) => (part.length > 16 ? part : <span key={String(at)}>{part}</span>))
}
