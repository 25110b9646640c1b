import { useEffect, useRef } from 'react'
import { useWords } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { uiWords } from '../ui-words.ts'
import type { Column, DataTableProps } from './DataTable.tsx'
import type { ListSort } from './list-state.ts'

export function TableHead<Row>(props: DataTableProps<Row> & { template: string }) {
  const { columns, sort, onSort, template } = props
  return (
    <div role="rowgroup" className="fx-table-head">
      <div
        role="row"
        aria-rowindex={1}
        className="fx-table-headrow"
        style={{ gridTemplateColumns: template }}
      >
        <PickAll {...props} />
        {columns.map(column => (
          <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  )
}

function PickAll<Row>({ rows, rowKey, selected, onSelect }: DataTableProps<Row>) {
  const t = useWords(uiWords)
  const box = useRef<HTMLInputElement>(null)
  const some = (selected?.size ?? 0) > 0
  const all = some && rows.length > 0 && rows.every(row => selected?.has(rowKey(row)))
  useEffect(() => {
    if (box.current) box.current.indeterminate = some && !all
  }, [some, all])
  return (
    <div role={onSelect ? 'columnheader' : 'presentation'} className="fx-table-pick">
      {onSelect ? (
        <input
          ref={box}
          type="checkbox"
          aria-label={t('selectAll')}
          checked={all}
          onChange={() => onSelect(all ? new Set() : new Set(rows.map(rowKey)))}
        />
      ) : null}
    </div>
  )
}

type HeadCellProps<Row> = { column: Column<Row>; sort?: ListSort; onSort?: (key: string) => void }

function HeadCell<Row>({ column, sort, onSort }: HeadCellProps<Row>) {
  const sortable = column.sortable && onSort
  const dir = sortable && sort?.key === column.key ? sort.dir : undefined
  const state = dir === 'asc' ? 'ascending' : dir === 'desc' ? 'descending' : sortable ? 'none' : undefined
  return (
    <div role="columnheader" aria-sort={state} className="fx-table-cell" data-align={column.align}>
      {sortable ? (
        <button type="button" className="fx-table-sort" onClick={() => onSort(column.key)}>
          {column.title}
          {dir ? <Icon name={dir === 'asc' ? 'up' : 'down'} size={12} /> : null}
        </button>
      ) : (
        column.title
      )}
    </div>
  )
}
