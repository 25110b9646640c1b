import './table.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useWords } from '../i18n.ts'
import { size } from '../tokens.ts'
import { uiWords } from '../ui-words.ts'
import type { ListSort } from './list-state.ts'
import { useTableKeys } from './table-keys.ts'
import { TableHead } from './TableHead.tsx'
import { type RowHands, TableRow } from './TableRow.tsx'

export type Column<Row> = {
  key: string
  title: string
  /** Least width in px (default 96). */
  width?: number
  /** Share of what is left over (default 1; 0 keeps the column at its width). */
  grow?: number
  /** Numbers stand right. */
  align?: 'start' | 'end'
  sortable?: boolean
  /** Not shown until chosen. */
  hidden?: boolean
  /** Shown on a narrow screen. With none marked, the first three are. */
  narrow?: boolean
  render: (row: Row, index: number) => ReactNode
}

export type DataTableProps<Row> = {
  label: string
  rows: Row[]
  rowKey: (row: Row) => string
  /** Names the row for its checkbox. */
  rowName?: (row: Row) => string
  columns: Column<Row>[]
  /** Total on the server when more than `rows` exist. */
  total?: number
  sort?: ListSort
  onSort?: (key: string) => void
  /** With `onSelect`, rows have checkboxes. */
  selected?: ReadonlySet<string>
  onSelect?: (next: Set<string>) => void
  onOpen?: (row: Row) => void
  /** The row whose drawer is open. */
  openKey?: string
  /** Called near the end of what is loaded. */
  onReachEnd?: () => void
  onRange?: (from: number, to: number) => void
  /** 36 at the desk; 44 for two-line rows. */
  rowHeight?: number
  /** The group of a row, in words. Rows of one group stand together; the words stand above the first. */
  group?: (row: Row) => string
}

const headHeight = 28
/** Words above the row of an index, where its group begins. */
function groupHeads<Row>(rows: Row[], group?: (row: Row) => string): ReadonlyMap<number, string> {
  const heads = new Map<number, string>()
  if (!group) return heads
  let before: string | undefined
  rows.forEach((row, index) => {
    const name = group(row)
    if (name !== before) heads.set(index, name)
    before = name
  })
  return heads
}

/** Which rows are drawn, and word to whoever waits for the end or for the range in sight. */
function useTableWindow<Row>(
  props: DataTableProps<Row>,
  scroller: RefObject<HTMLDivElement | null>,
  heads: ReadonlyMap<number, string>,
) {
  const { rows, onReachEnd, onRange, rowHeight = size.row } = props
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: index => rowHeight + (heads.has(index) ? headHeight : 0),
    overscan: 8,
    scrollPaddingStart: rowHeight,
  })
  // Where groups begin is part of the heights, and the virtualizer keeps those it has reckoned once.
  const begins = [...heads.keys()].join()
  useEffect(() => virtual.measure(), [begins, rowHeight])
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (last >= rows.length - 8 && rows.length) onReachEnd?.()
  }, [last, rows.length, onReachEnd])
  const seen = virtual.range
  useEffect(() => {
    if (seen) onRange?.(seen.startIndex, seen.endIndex)
  }, [seen?.startIndex, seen?.endIndex, onRange])
  return { virtual, items }
}

/** Rows are memoised: what they call must not change with every scroll. */
function useLastingHands(keys: RowHands): RowHands {
  const latest = useRef(keys)
  latest.current = keys
  const [hands] = useState<RowHands>(() => ({
    pick: (index, range) => latest.current.pick(index, range),
    click: index => latest.current.click(index),
  }))
  return hands
}

/** Thousands of rows on a virtual grid. The grid holds the focus; arrows move a cursor row through it. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, columns, onSelect, rowHeight = size.row } = props
  const t = useWords(uiWords)
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const heads = useMemo(() => groupHeads(props.rows, props.group), [props.rows, props.group])
  const { virtual, items } = useTableWindow(props, scroller, heads)
  const keys = useTableKeys({ ...props, scrollTo: index => virtual.scrollToIndex(index) })
  const hands = useLastingHands(keys)
  const template = gridTemplate(columns, Boolean(onSelect))
  const least = columns.reduce((sum, column) => sum + (column.width ?? 96), onSelect ? 44 : 12)
  const shown = items.some(item => item.index === keys.cursor)
  return (
    <div
      ref={scroller}
      className="fx-table"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={(props.total ?? rows.length) + 1}
      aria-multiselectable={onSelect ? true : undefined}
      aria-activedescendant={shown ? `${id}-${keys.cursor}` : undefined}
      onKeyDown={keys.onKeyDown}
    >
      <div className="fx-table-inner" role="presentation" style={{ minWidth: least }}>
        <TableHead {...props} template={template} />
        <div role="rowgroup" className="fx-table-body" style={{ height: virtual.getTotalSize() }}>
          {items.map(item => {
            const row = rows[item.index]
            if (row === undefined) return null
            const key = props.rowKey(row)
            const head = heads.get(item.index)
            const line = (
              <TableRow
                key={key}
                row={row}
                index={item.index}
                id={`${id}-${item.index}`}
                top={item.start + (head === undefined ? 0 : headHeight)}
                height={rowHeight}
                template={template}
                columns={columns}
                cursor={item.index === keys.cursor}
                open={key === props.openKey}
                opens={Boolean(props.onOpen)}
                picked={onSelect ? (props.selected?.has(key) ?? false) : undefined}
                pickLabel={onSelect ? t('selectRow', { name: props.rowName?.(row) ?? key }) : ''}
                hands={hands}
              />
            )
            if (head === undefined) return line
            return [<GroupHead key={`${key} head`} top={item.start} words={head} />, line]
          })}
        </div>
      </div>
    </div>
  )
}

function GroupHead({ top, words }: { top: number; words: string }) {
  return (
    <div
      role="row"
      className="fx-table-group"
      style={{ transform: `translateY(${top}px)`, height: headHeight }}
    >
      <span role="gridcell">{words}</span>
    </div>
  )
}

function gridTemplate<Row>(columns: Column<Row>[], selectable: boolean): string {
  const tracks = columns.map(column => {
    const width = column.width ?? 96
    return column.grow === 0 ? `${width}px` : `minmax(${width}px, ${column.grow ?? 1}fr)`
  })
  return [selectable ? '44px' : '12px', ...tracks].join(' ')
}
