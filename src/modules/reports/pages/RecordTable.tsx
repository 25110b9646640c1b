import { useSession } from '../../../device/hooks.ts'
import {
  EmptyState,
  type FieldWord,
  isNothing,
  useFieldWords,
  useLang,
  useWords,
  writeValue,
} from '../../../ui/index.ts'
import { columnsOf, type RecordColumn, rowsOf } from './record-columns.ts'
import { reportWords } from './words.ts'

export function RecordTable({ answer, query }: { answer: unknown; query: string }) {
  const t = useWords(reportWords)
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  const words = useFieldWords()
  const { rows, total } = rowsOf(answer)
  if (rows.length === 0) return <EmptyState sentence={t('noRecords')} />
  const columns = columnsOf(rows, query, words)
  const text = (value: unknown, word: FieldWord) =>
    isNothing(value) && value !== 0 ? '' : writeValue(value, word, { lang, names: {}, timeZone })
  const classOf = ({ number, long }: RecordColumn) =>
    number ? 'figures-number' : long ? 'figures-long' : undefined
  return (
    <div className="figures-records">
      <p>{rows.length < total ? t('shownOf', { n: rows.length, total }) : t('shownAll', { n: total })}</p>
      <table>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.key} scope="col" className={column.number ? 'figures-number' : undefined}>
                {column.word[lang]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // Records need not bear a key of their own, and their order does not change.
            <tr key={index}>
              {columns.map(column => (
                <td key={column.key} className={classOf(column)}>
                  {text(row[column.key], column.word)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
