// What of a query's records a person is shown, and what it is called.
import { type FieldWord, type FieldWords, inputWord, isNothing } from '../../../ui/index.ts'
import { recordFields, recordsOfQuery } from './record-words.ts'

type Row = Record<string, unknown>

/** The rows of any query's answer: an array, or a page with `rows` and `total`. */
export function rowsOf(answer: unknown): { rows: Row[]; total: number } {
  if (Array.isArray(answer)) return { rows: answer as Row[], total: answer.length }
  const page = (answer ?? {}) as { rows?: Row[]; total?: number }
  const rows = page.rows ?? []
  return { rows, total: page.total ?? rows.length }
}

export interface RecordColumn {
  key: string
  word: FieldWord
  number: boolean
  long: boolean
}

const plain = (value: unknown) =>
  typeof value !== 'object' ||
  value === null ||
  (Array.isArray(value) && value.every(one => typeof one === 'string'))

/** Columns that tell a reader something: no ids, no coordinates, nothing nested, nothing that is empty throughout. */
export function columnsOf(rows: readonly Row[], query: string, words: FieldWords): RecordColumn[] {
  const [first] = rows
  if (!first) return []
  return Object.keys(first)
    .filter(key => !/Ids?$|^(lng|lat|revision)$/.test(key))
    .filter(key => rows.every(row => plain(row[key])) && rows.some(row => !isNothing(row[key])))
    .map(key => {
      const values = rows.map(row => row[key])
      return {
        key,
        word: recordWord(words, query, key, values),
        number: values.some(value => typeof value === 'number'),
        long: values.some(value => typeof value === 'string' && value.length > 12),
      }
    })
}

/** Fields whose values are called as those of another. */
const like: Record<string, string> = { postKind: 'kind', openedAs: 'kind' }

/** What a field of a query's records is called, and what its values are. */
function recordWord(words: FieldWords, query: string, field: string, values: unknown[]): FieldWord {
  const value = values.flat().find(one => !isNothing(one))
  const known = inputWord(words, query, like[field] ?? field, value)
  return { ...known, ...recordFields[field], ...recordsOfQuery[query]?.[field] }
}
