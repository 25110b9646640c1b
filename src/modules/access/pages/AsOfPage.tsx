// Any list of the books as it stood at a past moment; a record opens with all that became of it.
import './access.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useEffect } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useClient, useServerNow, useSession } from '../../../device/hooks.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import { administratorsOnly } from '../../../kernel/books/contracts.ts'
import { listAsOf } from '../../../kernel/books/contracts-as-of.ts'
import type { OutputOf, Problem } from '../../../kernel/contract.ts'
import {
  type Column,
  columnWord,
  DetailDrawer,
  type FieldWords,
  formatDayTime,
  instantOf,
  isHidden,
  isNothing,
  type Lang,
  ListPage,
  localOf,
  RecordHistory,
  tableWords,
  TextInput,
  useFieldWords,
  useLang,
  useList,
  useWords,
  writeValue,
} from '../../../ui/index.ts'
import { accessWords } from './words.ts'

type Answer = OutputOf<typeof listAsOf>
type Row = Answer['rows'][number]

const pageSize = 200
const tableFirst = 'officer'
function tablesOf(words: FieldWords, lang: Lang) {
  return Object.values(words)
    .flatMap(module => Object.entries(module))
    .filter(([table]) => !administratorsOnly.includes(table))
    .map(([table, word]) => ({ value: table, label: word[lang] }))
}

/** The list at a moment, page upon page; at now it follows what happens. */
function useAsOf(table: string, at: string | null, search: string) {
  const client = useClient()
  const now = useServerNow()
  const moment = at ?? new Date(now).toISOString()
  return useInfiniteQuery<Answer, Problem>({
    queryKey: [listAsOf.name, table, at, search],
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam as string | null
      const input = { table, at: moment, ...(search ? { search } : {}), ...(after ? { after } : {}) }
      return client.ask(listAsOf, { ...input, limit: pageSize }, signal)
    },
    initialPageParam: null,
    getNextPageParam: page => page.next,
    retry: (count, problem) => problem.code === 'kernel/offline' && count < 2,
  })
}

export default function AsOfPage() {
  const t = useWords(accessWords)
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  const words = useFieldWords()
  const address = useAddress()
  const [search, setSearch] = address
  const list = useList(address, { keep: ['at', 'table'] })
  const tables = tablesOf(words, lang)
  const table = tables.find(one => one.value === search.table)?.value ?? tableFirst
  const at = search.at ? instantOf(search.at, timeZone) : null
  const answer = useAsOf(table, at, list.state.q.slice(0, 100))
  const { isPending, error, refetch } = answer
  const pages = answer.data?.pages ?? []
  const rows = pages.flatMap(page => page.rows)
  const names = Object.assign({}, ...pages.map(page => page.names)) as Record<string, string>
  /** Another list or moment: the record that was open may not be in it. */
  const change = (more: Record<string, string>) => {
    const { open: _open, at: kept, ...rest } = search
    const { at = kept ?? '', ...others } = more
    setSearch({ ...rest, ...others, ...(at ? { at } : {}) })
  }
  const shown = at ? t('asOfPast', { at: formatDayTime(at, { lang, timeZone, year: true }) }) : t('asOfNow')
  const total = pages[0]?.total ?? 0
  return (
    <ListPage
      id={`as-of-${table}`}
      title={t('asOf')}
      counts={`${shown} · ${t('asOfCounts', { n: total })}`}
      answer={{ data: { rows, total }, isPending, error, refetch }}
      rowKey={row => row.rowId}
      columns={columnsOf(rows, table, words, { lang, names, timeZone })}
      {...list.page}
      searchHint={t('asOfSearch')}
      actions={
        <>
          <Select
            aria-label={t('asOfKind')}
            className="access-as-of-table"
            showSearch={{ optionFilterProp: 'label' }}
            value={table}
            options={tables}
            onChange={value => change({ table: value })}
          />
          <Moment value={search.at ?? ''} onChange={at => change({ at })} />
        </>
      }
      empty={{ sentence: t('emptyAsOf'), example: t('emptyAsOfExample') }}
      onOpen={row => list.show(row.rowId)}
      onReachEnd={() => {
        if (answer.hasNextPage && !answer.isFetchingNextPage) void answer.fetchNextPage()
      }}
    >
      {list.open ? (
        <RecordDrawer table={table} rowId={list.open} names={names} onClose={() => list.show(null)} />
      ) : null}
    </ListPage>
  )
}

function Moment({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const t = useWords(accessWords)
  const { timeZone } = useSession().agency
  const now = localOf(new Date(useServerNow()).toISOString(), timeZone)
  return (
    <>
      <TextInput
        type="datetime-local"
        className="access-moment"
        aria-label={t('asOfMoment')}
        max={now}
        value={value || now}
        onChange={onChange}
      />
      {value ? <Button onClick={() => onChange('')}>{t('asOfBack')}</Button> : null}
    </>
  )
}

/** The columns that the rows have, in the order of the module's words; what says nothing to a reader is left out. */
function columnsOf(
  rows: readonly Row[],
  table: string,
  words: FieldWords,
  writing: { lang: Lang; names: Record<string, string>; timeZone: string },
): Column<Row>[] {
  const known = tableWords(words, table)
  const there = new Set(rows.flatMap(row => Object.keys(row.fields)))
  const ordered = [...Object.keys(known.fields), ...[...there].sort()]
  return [...new Set(ordered)]
    .filter(column => (there.size === 0 || there.has(column)) && !isHidden(known, column))
    .map((column, index) => {
      const word = columnWord(known, column)
      return {
        key: column,
        title: word[writing.lang],
        width: 140,
        narrow: index < 2,
        render: row => {
          const value = row.fields[column]
          return isNothing(value) && value !== false ? '' : writeValue(value, word, writing)
        },
      }
    })
}

type RecordDrawerProps = {
  table: string
  rowId: string
  names: Record<string, string>
  onClose: () => void
}

function RecordDrawer({ table, rowId, names, onClose }: RecordDrawerProps) {
  const { lang } = useLang()
  const words = useFieldWords()
  const past = useRecordHistory({ table, rowId })
  const { onOpen } = past
  // The drawer is about nothing else: there is no fold to open.
  useEffect(() => onOpen(true), [onOpen])
  return (
    <DetailDrawer open onClose={onClose} title={names[rowId] ?? tableWords(words, table)[lang]}>
      <RecordHistory {...past} />
    </DetailDrawer>
  )
}
