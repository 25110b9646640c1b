import { EmptyState, formatNumber, useWords } from '../../../ui/index.ts'
import { reportWords } from './words.ts'

type Row = Record<string, unknown>

/** The rows of any query's answer: an array, or a page with `rows` and `total`. */
export function rowsOf(answer: unknown): { rows: Row[]; total: number } {
  if (Array.isArray(answer)) return { rows: answer as Row[], total: answer.length }
  const page = (answer ?? {}) as { rows?: Row[]; total?: number }
  const rows = page.rows ?? []
  return { rows, total: page.total ?? rows.length }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return formatNumber(value)
  if (typeof value === 'boolean') return value ? '✓' : ''
  if (typeof value === 'object') return Array.isArray(value) ? value.map(cellText).join('、') : ''
  return String(value)
}

/** Columns a person can read: no ids, nothing nested. */
function columnsOf(rows: readonly Row[]): string[] {
  const [first] = rows
  if (!first) return []
  return Object.keys(first).filter(key => !/Id$|^lng$|^lat$/.test(key) && typeof first[key] !== 'object')
}

export function RecordTable({ answer }: { answer: unknown }) {
  const t = useWords(reportWords)
  const { rows, total } = rowsOf(answer)
  if (rows.length === 0) return <EmptyState sentence={t('noRecords')} />
  const columns = columnsOf(rows)
  return (
    <div className="figures-records">
      <p>{t('shownOf', { n: rows.length, total })}</p>
      <table>
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
          {rows.map((row, index) => (
            <tr key={JSON.stringify(row).slice(0, 80) + String(index)}>
              {columns.map(column => (
                <td key={column}>{cellText(row[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
