import { memo } from 'react'
import type { Column } from './DataTable.tsx'

/** What a row can do, through one object that never changes. */
export type RowHands = { pick: (index: number, range: boolean) => void; click: (index: number) => void }

type TableRowProps<Row> = {
  row: Row
  index: number
  id: string
  top: number
  height: number
  template: string
  columns: Column<Row>[]
  cursor: boolean
  open: boolean
  opens: boolean
  /** Undefined: rows have no checkbox. */
  picked: boolean | undefined
  pickLabel: string
  hands: RowHands
}

function Row<R>(props: TableRowProps<R>) {
  const { row, index, columns, picked, hands } = props
  return (
    // The grid takes the keys for its rows.
    <div
      id={props.id}
      role="row"
      className="fx-table-row"
      aria-rowindex={index + 2}
      aria-selected={picked}
      data-cursor={props.cursor || undefined}
      data-open={props.open || undefined}
      data-opens={props.opens || undefined}
      style={{
        gridTemplateColumns: props.template,
        transform: `translateY(${props.top}px)`,
        height: props.height,
      }}
      onClick={() => hands.click(index)}
    >
      <div role={picked === undefined ? 'presentation' : 'gridcell'} className="fx-table-pick">
        {picked === undefined ? null : (
          <input
            type="checkbox"
            aria-label={props.pickLabel}
            checked={picked}
            tabIndex={-1}
            onChange={() => {}}
            onClick={event => {
              event.stopPropagation()
              hands.pick(index, event.shiftKey)
            }}
          />
        )}
      </div>
      {columns.map(column => (
        <div key={column.key} role="gridcell" className="fx-table-cell" data-align={column.align}>
          {column.render(row, index)}
        </div>
      ))}
    </div>
  )
}

// memo forgets that the component is generic.
export const TableRow = memo(Row) as typeof Row
