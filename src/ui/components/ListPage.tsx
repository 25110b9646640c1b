import './list.css'
import { Button } from 'antd'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useWords } from '../i18n.ts'
import { uiWords } from '../ui-words.ts'
import { type Column, DataTable } from './DataTable.tsx'
import { ListFoot } from './ListFoot.tsx'
import { type FilterDef, ListTools } from './ListTools.tsx'
import { type ListState, emptyListState, isFiltered, nextSort } from './list-state.ts'
import { useFolded } from './media.ts'
import { ProblemNote } from './ProblemNote.tsx'
import { useRangeChannel } from './range-channel.ts'
import { EmptyState, type EmptyStateProps, ProgressNote, SkeletonRows, useSlow } from './states.tsx'
import { useColumns } from './use-columns.ts'

export type ListPageProps<Row> = {
  /** Names what is kept in this browser: columns are stored under it. */
  id: string
  title: string
  /** Behind the title: 610 人 民警 222 辅警 375 */
  counts?: ReactNode
  /** Buttons at the right of the head, before the filled one. */
  actions?: ReactNode
  /** What to do first: the filled button of the head, and the one of an empty page. */
  first?: { label: string; onClick: () => void }
  /** The query's answer; rows, total, loading and error come from it unless they are given. */
  answer?: Answer<Row>
  rows?: Row[]
  rowKey: (row: Row) => string
  rowName?: (row: Row) => string
  columns: Column<Row>[]
  /** Keys of columns that the list can be ordered by, beside those marked sortable. */
  orders?: readonly string[]
  total?: number
  /** What stands in the address; see listStateFromSearch. */
  value: ListState
  onChange: (next: ListState) => void
  /** In the search box; null where there are no words to search by. */
  searchHint?: string | null
  filters?: FilterDef[]
  loading?: boolean
  /** What is being done, shown after two seconds. */
  loadingNote?: string
  error?: ReactNode
  /** With no records at all: a sentence and an example. With a filter set, the page says so itself. */
  empty?: EmptyStateProps | ReactNode
  /** The bar that appears with a selection. Its presence gives rows their checkboxes. */
  bulk?: (selected: Row[], clear: () => void) => ReactNode
  onOpen?: (row: Row) => void
  openKey?: string
  onReachEnd?: () => void
  /** Excel of what is shown: the filters in `value`, the columns given here, in this order. */
  onExport?: (columns: string[]) => void
  /** The same by an address, from which the browser downloads it. */
  file?: (columns: string[]) => string
  exporting?: boolean
  rowHeight?: number
  /** The group of a row in words, which stand above the first of it. */
  group?: (row: Row) => string
  /** Between tools and table: a note, a map strip. */
  above?: ReactNode
  /** The drawer; outside the layout. */
  children?: ReactNode
}
/** With what the answer says. */
export type FullProps<Row> = ListPageProps<Row> & { rows: Row[] }

type Answer<Row> = {
  data?: { rows: Row[]; total?: number }
  isPending: boolean
  error: unknown
  refetch: () => unknown
}

/** What the answer says, where the page does not say it itself. */
function withAnswer<Row>(props: ListPageProps<Row>): FullProps<Row> {
  const { answer, orders = [] } = props
  const retry = answer?.error ? (
    <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />
  ) : undefined
  return {
    ...props,
    rows: props.rows ?? answer?.data?.rows ?? [],
    total: props.total ?? (props.rows ? undefined : answer?.data?.total),
    loading: props.loading ?? answer?.isPending,
    error: props.error ?? retry,
    columns: props.columns.map(column =>
      orders.includes(column.key) ? { ...column, sortable: true } : column,
    ),
  }
}

export function ListPage<Row>(given: ListPageProps<Row>) {
  const props = withAnswer(given)
  const { rows, rowKey, value, onChange, bulk, actions, first } = props
  const folded = useFolded()
  const chooser = useColumns(props.id, props.columns, folded)
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const range = useRangeChannel()
  // What was filtered away is no longer selected: a bulk action touches only what can be seen in the list.
  const chosen = useMemo(() => rows.filter(row => picked.has(rowKey(row))), [rows, rowKey, picked])
  const selected = useMemo(() => new Set(chosen.map(rowKey)), [chosen, rowKey])
  const clear = useCallback(() => setPicked(new Set()), [])
  const onSort = (key: string) => onChange({ ...value, sort: nextSort(value.sort, key) })
  return (
    <section className="fx-panel fx-panel-fill fx-list">
      <header className="fx-list-head">
        <h1>{props.title}</h1>
        {props.counts ? <div className="fx-panel-note fx-list-counts">{props.counts}</div> : null}
        {actions || first ? (
          <div className="fx-panel-actions">
            {actions}
            {first ? (
              <Button type="primary" onClick={first.onClick}>
                {first.label}
              </Button>
            ) : null}
          </div>
        ) : null}
      </header>
      <ListTools {...props} chooser={chooser} />
      {props.above}
      <div className="fx-list-body">
        <ListBody
          {...props}
          columns={chooser.shown}
          selected={selected}
          onSelect={bulk ? setPicked : undefined}
          onSort={onSort}
          onRange={range.report}
        />
      </div>
      <ListFoot
        range={range}
        loaded={rows.length}
        total={props.total ?? rows.length}
        selected={chosen.length}
        onClear={clear}
      >
        {bulk && chosen.length ? bulk(chosen, clear) : null}
      </ListFoot>
      {props.children}
    </section>
  )
}

type ListBodyProps<Row> = FullProps<Row> & {
  selected: ReadonlySet<string>
  onSelect?: (next: Set<string>) => void
  onSort: (key: string) => void
  onRange: (from: number, to: number) => void
}

function ListBody<Row>(props: ListBodyProps<Row>) {
  const { rows, loading, error, empty, value, onChange } = props
  const t = useWords(uiWords)
  const slow = useSlow(Boolean(loading) && rows.length === 0)
  if (error && rows.length === 0) return <div className="fx-list-note">{error}</div>
  if (loading && rows.length === 0) {
    return (
      <>
        {slow ? <ProgressNote doing={props.loadingNote ?? t('loading')} /> : null}
        <SkeletonRows rows={16} columns={props.columns.length} />
      </>
    )
  }
  if (rows.length === 0) {
    if (!isFiltered(value) && empty) {
      const said = typeof empty === 'object' && 'sentence' in empty
      return said ? <EmptyState action={props.first} {...empty} /> : empty
    }
    const undo = {
      label: t('clearFilters'),
      onClick: () => onChange({ ...emptyListState, sort: value.sort }),
    }
    return <EmptyState sentence={t('noMatch')} action={isFiltered(value) ? undo : undefined} />
  }
  // Reading again failed: what was read before stays, with the note above it.
  return (
    <div className="fx-list-rows">
      {error ? <div className="fx-list-note">{error}</div> : null}
      <DataTable
        label={props.title}
        rows={rows}
        rowKey={props.rowKey}
        rowName={props.rowName}
        columns={props.columns}
        total={props.total}
        sort={value.sort}
        onSort={props.onSort}
        selected={props.selected}
        onSelect={props.onSelect}
        onOpen={props.onOpen}
        openKey={props.openKey}
        onReachEnd={props.onReachEnd}
        onRange={props.onRange}
        rowHeight={props.rowHeight}
        group={props.group}
      />
    </div>
  )
}
