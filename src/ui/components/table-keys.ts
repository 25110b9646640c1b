import { type KeyboardEvent, useRef, useState } from 'react'
import type { DataTableProps } from './DataTable.tsx'

type Options<Row> = DataTableProps<Row> & { scrollTo: (index: number) => void }

const pageRows = 15

/** Where a key leads from `cursor`; null when the key is not one of ours. Exported for its test. */
export function cursorAfter(key: string, cursor: number, count: number): number | null {
  const last = count - 1
  if (last < 0) return null
  const moves: Record<string, number> = {
    ArrowDown: cursor + 1,
    ArrowUp: cursor < 0 ? 0 : cursor - 1,
    PageDown: cursor + pageRows,
    PageUp: cursor - pageRows,
    Home: 0,
    End: last,
  }
  const to = moves[key]
  return to === undefined ? null : Math.max(0, Math.min(last, to))
}

/** Keyboard and pointer of a list: one cursor row, ranges with Shift. */
export function useTableKeys<Row>(options: Options<Row>) {
  const { rows, rowKey, selected, onSelect, onOpen, scrollTo } = options
  const [wanted, setCursor] = useState(-1)
  const anchor = useRef(-1)
  const cursor = Math.min(wanted, rows.length - 1)

  const pick = (index: number, range: boolean) => {
    if (!onSelect) return
    const next = new Set(selected)
    const from = range && anchor.current >= 0 ? anchor.current : index
    const row = rows[index]
    if (row === undefined) return
    const add = range || !next.has(rowKey(row))
    for (let at = Math.min(from, index); at <= Math.max(from, index); at += 1) {
      const each = rows[at]
      if (each === undefined) continue
      if (add) next.add(rowKey(each))
      else next.delete(rowKey(each))
    }
    anchor.current = index
    setCursor(index)
    onSelect(next)
  }

  const open = (index: number) => {
    const row = rows[index]
    if (row !== undefined) onOpen?.(row)
  }

  const click = (index: number) => {
    setCursor(index)
    open(index)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // Keys pressed inside a cell's own control belong to it.
    if (event.target !== event.currentTarget) return
    const to = cursorAfter(event.key, cursor, rows.length)
    if (to !== null) {
      setCursor(to)
      scrollTo(to)
    } else if (event.key === 'Enter') open(cursor)
    else if (event.key === ' ') pick(cursor, event.shiftKey)
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && onSelect) {
      onSelect(new Set(rows.map(rowKey)))
    } else return
    event.preventDefault()
  }

  return { cursor, pick, click, onKeyDown }
}
