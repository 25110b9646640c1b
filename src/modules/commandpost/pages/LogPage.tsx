// The duty log 值班日志 at the desk.
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient, useMay } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { addDays } from '../../../kernel/time.ts'
import {
  type Column,
  type FilterDef,
  ListPage,
  Signal,
  useFolded,
  useFormat,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import { allEntryKinds, entryKindTitles, log, logOrders, record } from '../contracts.ts'
import { CommandFrame, Moment, type Running, usePostOptions, useUnitOptions } from './CommandFrame.tsx'
import { EntryDrawer } from './EntryDrawer.tsx'
import { EntryForm } from './EntryForm.tsx'
import { commandWords, logWords } from './words.ts'

export type EntryRow = OutputOf<typeof log>['rows'][number]
const words = { ...commandWords, ...logWords }
const pageRows = 200
/** Two lines of text under one of when and where. */
export const foldedRow = 72

export default function LogPage() {
  return <CommandFrame>{running => <Log running={running} />}</CommandFrame>
}

/** What an entry says in the reader's language: the system writes both, people their own. */
export function useEntryText(): (row: Pick<EntryRow, 'text' | 'textEn'>) => string {
  const { lang } = useLang()
  return row => (lang === 'en' && row.textEn !== null ? row.textEn : row.text)
}

/** What two layouts of the list show alike. */
function useCells() {
  const t = useWords(words)
  const { lang } = useLang()
  const textOf = useEntryText()
  const text = (row: EntryRow) => (
    <span className={row.correctedBy === null ? 'cmd-two' : 'cmd-two cmd-struck'}>
      {row.pinned ? <span className="fx-tag">{t('pinned')}</span> : null} {textOf(row)}
    </span>
  )
  const kind = (row: EntryRow) => (
    <span className="cmd-sign">
      {row.kind === 'alert' ? <Signal kind="red" size={14} /> : null}
      {entryKindTitles[row.kind][lang]}
    </span>
  )
  return { text, kind }
}

/** On a narrow screen one column says it all. */
function useFoldedColumns(): Column<EntryRow>[] {
  const t = useWords(words)
  const { text, kind } = useCells()
  return [
    {
      key: 'text',
      title: t('text'),
      width: 240,
      narrow: true,
      render: row => (
        <span className="cmd-folded">
          <small>
            <Moment at={row.happenedAt} /> {kind(row)} {row.post?.name ?? row.unit?.name}
          </small>
          {text(row)}
        </span>
      ),
    },
  ]
}

function useColumns(): Column<EntryRow>[] {
  const t = useWords(words)
  const { text, kind } = useCells()
  const narrow = useFoldedColumns()
  if (useFolded()) return narrow
  return [
    { key: 'n', title: t('number'), width: 64, grow: 0, align: 'end', render: row => row.n },
    {
      key: 'happenedAt',
      title: t('happenedAt'),
      width: 128,
      grow: 0,
      render: row => <Moment at={row.happenedAt} />,
    },
    {
      key: 'kind',
      title: t('kind'),
      width: 88,
      grow: 0,
      render: kind,
    },
    { key: 'text', title: t('text'), width: 240, grow: 4, render: text },
    {
      key: 'about',
      title: t('about'),
      width: 144,
      render: row => (
        <span className="cmd-two">
          {[row.post?.name ?? row.unit?.name, row.zone?.name].filter(Boolean).join(' ') || '—'}
        </span>
      ),
    },
    { key: 'author', title: t('author'), width: 88, grow: 0, render: row => row.authorName ?? t('system') },
    {
      key: 'enteredAt',
      title: t('enteredAt'),
      width: 128,
      grow: 0,
      hidden: true,
      render: row => <Moment at={row.enteredAt} />,
    },
    {
      key: 'files',
      title: t('files'),
      width: 72,
      grow: 0,
      align: 'end',
      render: row => (row.enclosures.length > 0 ? row.enclosures.length : ''),
    },
  ]
}

const daysShown = 31

function useFilters(running: Running): FilterDef[] {
  const t = useWords(words)
  const { lang } = useLang()
  const format = useFormat()
  const days: string[] = []
  for (let day = running.dutyDay; day >= running.beginsOn && days.length < daysShown; day = addDays(day, -1))
    days.push(day)
  return [
    {
      key: 'kind',
      label: t('kind'),
      options: allEntryKinds.map(kind => ({ value: kind, label: entryKindTitles[kind][lang] })),
    },
    {
      key: 'day',
      label: t('day'),
      single: true,
      options: days.map(day => ({ value: day, label: format.day(day) })),
    },
    { key: 'unit', label: t('unit'), single: true, options: useUnitOptions() },
    { key: 'post', label: t('place'), single: true, options: usePostOptions(running.operationId) },
    { key: 'only', label: t('only'), single: true, options: [{ value: 'pinned', label: t('pinned') }] },
  ]
}

const isDay = (text: string | undefined): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '')

function Log({ running }: { running: Running }) {
  const { operationId } = running
  const t = useWords(words)
  const client = useClient()
  const navigate = useNavigate()
  const mayRecord = useMay(record)
  const filters = ['kind', 'day', 'unit', 'post', 'only']
  const list = useList(useAddress(), { filters, orders: logOrders })
  const day = list.id('day')
  const asked = {
    operationId,
    ...list.asked,
    kinds: list.many('kind', allEntryKinds),
    unitId: list.id('unit'),
    postId: list.id('post'),
    pinned: list.one('only', ['pinned']) ? true : undefined,
    ...(isDay(day) ? { from: day, until: day } : {}),
  }
  const [shown, setShown] = useState(pageRows)
  const answer = useAsk(log, { ...asked, limit: Math.min(shown, 5_000) })
  const [writing, setWriting] = useState(false)
  const rows = answer.data?.rows ?? []
  return (
    <ListPage
      id="duty-log"
      title={t('log')}
      counts={answer.data ? t('logCount', { n: answer.data.total }) : undefined}
      answer={answer}
      rowKey={row => row.entryId}
      rowName={row => t('entryNo', { n: row.n })}
      columns={useColumns()}
      rowHeight={useFolded() ? foldedRow : 44}
      {...list.page}
      searchHint={t('searchLog')}
      filters={useFilters(running)}
      empty={{ sentence: t('emptyLog'), example: t('emptyLogExample') }}
      actions={
        <Button
          onClick={() => {
            const search = isDay(day) ? { day } : {}
            void navigate({ to: '/duty-log/print', search: search as never })
          }}
        >
          {t('sheets')}
        </Button>
      }
      first={mayRecord ? { label: t('record'), onClick: () => setWriting(true) } : undefined}
      onOpen={row => list.show(row.entryId)}
      onReachEnd={() => rows.length < (answer.data?.total ?? 0) && setShown(rows.length + pageRows)}
      file={() => client.fileUrl('commandpost.exportEntries', asked)}
    >
      {list.open ? (
        <EntryDrawer entryId={list.open} running={running} onClose={() => list.show(null)} />
      ) : null}
      {writing ? <EntryForm running={running} onClose={() => setWriting(false)} /> : null}
    </ListPage>
  )
}
