import { escapeFormula } from './clean.ts'
import { SheetProblem, type SheetPlace } from './problems.ts'
import type { ColumnKind } from './write.ts'

/** Days as `YYYY-MM-DD`, times as `YYYY-MM-DDTHH:mm(:ss)`: a Date would drag a time zone in. */
export type WrittenValue = string | number | boolean | null | undefined

/** Not allowed in XML 1.0, so no workbook can hold them; DEL is allowed, but exceljs drops it. */
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/gu
/** Excel reads `_x0041_` as the letter A; the underscore is written in the same way to keep the text. */
const escapeLookalike = /_(?=x[0-9A-Fa-f]{4}_)/g

const cellTextMax = 32_767

/**
 * Text as it may stand in a cell: what XML cannot hold taken out, CRLF and CR to LF (XML does so anyway),
 * formulas disarmed.
 */
export function safeText(text: string): string {
  // First what cannot be written, or `\0=1+1` would become a formula when the control character goes.
  const possible = text.replace(notInXml, '').replace(/\r\n?/g, '\n')
  return escapeFormula(possible).replace(escapeLookalike, '_x005F_')
}

const isoDay = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/

function asDate(value: string): Date | null {
  const match = isoDay.exec(value)
  if (match === null) return null
  const [year, month, day, hour, minute, second] = match.slice(1).map(part => Number(part ?? 0))
  const date = new Date(Date.UTC(year!, month! - 1, day!, hour, minute, second))
  return date.getUTCDate() === day ? date : null
}

/** A value that does not fit the kind of its column is written as text, so that it is seen and not lost. */
export function cellValue(
  value: WrittenValue,
  kind: ColumnKind,
  place: SheetPlace,
): string | number | Date | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (kind === 'date' || kind === 'dateTime') {
    const date = typeof value === 'string' ? asDate(value) : null
    if (date !== null) return date
  } else if (kind !== 'text') {
    const number = typeof value === 'number' ? value : Number.NaN
    if (Number.isFinite(number)) return number
  }
  const text = safeText(String(value))
  if (text.length > cellTextMax)
    throw new SheetProblem('sheets/text-too-long', { size: text.length, limit: cellTextMax }, place)
  return text
}
