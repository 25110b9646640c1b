// One duty day of the log as it goes on paper. The page is the paper: what is on screen is what is printed.
import './log-print.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useAsk, useClient } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { ProblemNote } from '../../../ui/components/ProblemNote.tsx'
import {
  EmptyState,
  LangProvider,
  PlainButton,
  SelectInput,
  SkeletonRows,
  TextInput,
  useWords,
} from '../../../ui/phone.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { logForms, logSheet } from '../contracts.ts'
import { commandWords, logWords } from './words.ts'

type Sheet = OutputOf<typeof logSheet>
type Form = (typeof logForms)[number]
const formWord = (form: Form) => (form === 'zh' ? 'sheetZh' : 'sheetIcs')
const words = { ...commandWords, ...logWords }

export default function LogPrintPage() {
  return (
    <LangProvider>
      <Print />
    </LangProvider>
  )
}

function Print() {
  const t = useWords(words)
  const client = useClient()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const current = useAsk(currentOperation, {})
  const operationId = current.data?.operation?.operationId ?? ''
  const form = logForms.find(one => one === search.form) ?? 'zh'
  const day = search.day ?? current.data?.dutyDay ?? ''
  const input = { operationId, day, form }
  const found = useAsk(logSheet, input, { enabled: operationId !== '' && day !== '' })
  const change = (next: Record<string, string>) =>
    void navigate({ to: '/duty-log/print', search: { form, day, ...next } as never, replace: true })
  useEffect(() => {
    if (found.data) document.title = `${found.data.title} ${day}`
  }, [found.data, day])
  const error = current.error ?? found.error
  return (
    <main className="log-paper">
      <div className="log-paper-tools">
        <PlainButton onClick={() => void navigate({ to: '/duty-log' })}>{t('back')}</PlainButton>
        <SelectInput
          aria-label={t('sheet')}
          value={form}
          onChange={next => change({ form: next })}
          options={logForms.map((one: Form) => ({ value: one, label: t(formWord(one)) }))}
        />
        <TextInput type="date" aria-label={t('day')} value={day} onChange={next => change({ day: next })} />
        <PlainButton
          disabled={!found.data}
          onClick={() => window.location.assign(client.fileUrl('commandpost.exportLog', input))}
        >
          {t('excel')}
        </PlainButton>
        <PlainButton filled onClick={() => window.print()} disabled={!found.data}>
          {t('print')}
        </PlainButton>
      </div>
      {error ? <ProblemNote error={error} onRetry={() => void found.refetch()} /> : null}
      {found.data ? <SheetView sheet={found.data} /> : null}
      {!found.data && !error ? (
        current.data && operationId === '' ? (
          <>
            <h1 className="fx-hidden">{t('log')}</h1>
            <EmptyState sentence={t('noOperation')} />
          </>
        ) : (
          <SkeletonRows rows={14} columns={4} />
        )
      ) : null}
    </main>
  )
}

function SheetView({ sheet }: { sheet: Sheet }) {
  const t = useWords(words)
  const { head, resources, activity, foot } = sheet
  return (
    <article
      className="log-sheet"
      data-form={sheet.form}
      lang={sheet.form === 'zh' ? 'zh-CN' : 'en'}
      tabIndex={0}
    >
      <h1>{sheet.title}</h1>
      <dl className="log-sheet-head">
        {head.map(one => (
          <div key={one.label}>
            <dt>{one.label}</dt>
            <dd>{one.value}</dd>
          </div>
        ))}
      </dl>
      <h2>{resources.title}</h2>
      <Table columns={resources.columns} rows={resources.rows.map(cells => ({ cells, struck: false }))} />
      <h2>{activity.title}</h2>
      {activity.rows.length === 0 ? <p>{t('nothingOnDay')}</p> : null}
      <Table lines columns={activity.columns} rows={activity.rows} noteAt={sheet.form === 'zh' ? 6 : -1} />
      {foot.map(line => (
        <p key={line}>{line}</p>
      ))}
    </article>
  )
}

type TableProps = {
  columns: readonly string[]
  rows: Sheet['activity']['rows']
  lines?: boolean
  /** The column that says what became of a struck line, and is not struck itself. */
  noteAt?: number
}

function Table({ columns, rows, lines, noteAt }: TableProps) {
  return (
    <table className={lines ? 'log-sheet-lines' : undefined}>
      <thead>
        <tr>
          {columns.map(column => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={at}>
            {row.cells.map((cell, column) => (
              <td key={columns[column]}>{row.struck && column !== noteAt ? <s>{cell}</s> : cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
