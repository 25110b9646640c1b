import { type Cell, cellText, columnIndex, emptyCell, isBlank, type Sheet } from './cells.ts'
import { cleanText, unescapeFormula } from './clean.ts'
import { footReason, isRepeatedHeader } from './foot.ts'
import type { Header } from './header.ts'
import { SheetProblem } from './problems.ts'
import { isRowNumberLabel } from './suggest.ts'

export interface CellError {
  zh: string
  en: string
  /** One click that mends the cell: its label in both languages and the text to put in. */
  fix?: { zh: string; en: string; value: string }
}

export interface RowContext {
  /** As Excel shows it. */
  rowNumber: number
  /** The cell that the mapping gives to another key; an empty cell when none. */
  get(key: string): Cell
}

export interface ColumnSpec {
  key: string
  zh: string
  en: string
  aliases: readonly string[]
  required?: boolean
  /** Holds the number of a person: pages show both its ends only. */
  secret?: boolean
  /**
   * Called for cells with content only: an empty cell gives null, or an error when required. Cells with
   * a formula error or lost digits are refused before. Must not throw.
   */
  parse(cell: Cell, row: RowContext): { value: unknown } | { error: CellError }
}

/** Column letter → key, or null for not imported. */
export type Mapping = Record<string, string | null>

export interface CellRefusal extends CellError {
  /** Column letter. */
  column: string
  header: string
  /** What stands in the cell, as Excel shows it. */
  text: string
}

/** One per row; further faults of the same row stand in `more`, so that rows can be counted. */
export interface RefusedRow extends CellRefusal {
  rowNumber: number
  more: CellRefusal[]
}

export interface DuplicateRow<T> {
  rowNumber: number
  value: T
  key: string
  /** The row that was accepted under the same key. */
  firstRowNumber: number
  zh: string
  en: string
}

export interface SkippedRow {
  rowNumber: number
  text: string
  zh: string
  en: string
}

export interface Mapped<T> {
  /** read = accepted.length + refused.length + duplicate.length, always. */
  read: number
  accepted: { rowNumber: number; value: T }[]
  refused: RefusedRow[]
  duplicate: DuplicateRow<T>[]
  /** Blank rows between the header and the last row. */
  blank: number
  /** Totals, foot lines, repeated headers, numbered but unfilled rows: not data, not read, but listed. */
  skipped: SkippedRow[]
  /** First and last row of data as Excel shows them; 0 when there is none. */
  firstRow: number
  lastRow: number
}

export interface MappingOptions<T> {
  /** Two rows with the same key are duplicates; null never is one. */
  keyOf?: (value: T) => string | null
  /** A check over the whole row, after all cells were parsed. `key` says which column to point at. */
  check?: (value: T, row: RowContext) => (CellError & { key: string }) | null
}

interface Bound {
  spec: ColumnSpec
  index: number
  letter: string
  header: string
}

function bind(header: Header, mapping: Mapping, specs: readonly ColumnSpec[]): Bound[] {
  const place = { sheet: header.sheetName }
  const bound: Bound[] = []
  for (const [letter, key] of Object.entries(mapping)) {
    if (key === null) continue
    const spec = specs.find(candidate => candidate.key === key)
    const index = columnIndex(letter)
    const detail = `${letter} → ${key}`
    if (spec === undefined || index < 0 || bound.some(other => other.spec === spec))
      throw new SheetProblem('sheets/mapping-conflict', { detail }, { ...place, column: letter })
    const label = header.columns.find(column => column.index === index)?.text ?? ''
    bound.push({ spec, index, letter: letter.toUpperCase(), header: label })
  }
  const missing = specs.filter(spec => spec.required && !bound.some(other => other.spec === spec))
  if (missing.length > 0) {
    const columns = missing.map(spec => spec.zh).join('、')
    const columnsEn = missing.map(spec => spec.en).join(', ')
    throw new SheetProblem('sheets/column-missing', { columns, columnsEn }, place)
  }
  return bound.sort((a, b) => a.index - b.index)
}

/** Our own export puts an apostrophe before a formula sign; it comes off before the cell is parsed. */
function plain(cell: Cell): Cell {
  if (cell.kind !== 'text') return cell
  const text = unescapeFormula(cell.text)
  return text === cell.text ? cell : { ...cell, text }
}

const lostDigits: CellError = {
  zh: '长数字被 Excel 存成了数值，末几位已丢失，不能还原。请把该列设为文本格式，重新填写',
  en: 'Excel stored this long number as a figure and its last digits are lost. Format the column as text and enter it again',
}

function parseCell(bound: Bound, cell: Cell, row: RowContext): { value: unknown } | { error: CellError } {
  const empty = isBlank(cell) || (cell.kind === 'text' && cleanText(cell.text) === '')
  if (empty && bound.spec.required)
    return { error: { zh: `${bound.spec.zh}不能为空`, en: `${bound.spec.en} must not be blank` } }
  if (empty) return { value: null }
  if (cell.kind === 'error')
    return { error: { zh: `公式出错（${cell.text}）`, en: `The formula gives an error (${cell.text})` } }
  if ('numberLostDigits' in cell && cell.numberLostDigits) return { error: lostDigits }
  return bound.spec.parse(cell, row)
}

function parseRow(bounds: Bound[], cells: Cell[], rowNumber: number) {
  const byKey = new Map(bounds.map(bound => [bound.spec.key, bound]))
  const row: RowContext = {
    rowNumber,
    get: key => {
      const bound = byKey.get(key)
      return bound === undefined ? emptyCell : plain(cells[bound.index] ?? emptyCell)
    },
  }
  const value: Record<string, unknown> = {}
  const faults: CellRefusal[] = []
  const point = (bound: Bound, error: CellError): CellRefusal => ({
    column: bound.letter,
    header: bound.header,
    text: cellText(cells[bound.index]),
    ...error,
  })
  for (const bound of bounds) {
    const outcome = parseCell(bound, row.get(bound.spec.key), row)
    if ('error' in outcome) faults.push(point(bound, outcome.error))
    else value[bound.spec.key] = outcome.value
  }
  return { value, faults, row, point, byKey }
}

/** Reads the rows below the header. Every row ends in exactly one of the lists; none vanishes. */
export function applyMapping<T = Record<string, unknown>>(
  sheet: Sheet,
  header: Header,
  mapping: Mapping,
  specs: readonly ColumnSpec[],
  options: MappingOptions<T> = {},
): Mapped<T> {
  const bounds = bind(header, mapping, specs)
  const numberColumns = new Set(
    header.columns.filter(column => isRowNumberLabel(column.text)).map(column => column.index),
  )
  for (const bound of bounds) numberColumns.delete(bound.index)
  const result: Mapped<T> = {
    read: 0,
    accepted: [],
    refused: [],
    duplicate: [],
    blank: 0,
    skipped: [],
    firstRow: 0,
    lastRow: 0,
  }
  const firstByKey = new Map<string, number>()
  let previous = header.lastRow
  let footSeen = false
  sheet.rows.forEach((cells, index) => {
    const rowNumber = sheet.rowNumbers[index]!
    if (rowNumber <= header.lastRow) return
    result.blank += rowNumber - previous - 1
    previous = rowNumber
    const reason = isRepeatedHeader(cells, header) ?? footReason(cells, footSeen, numberColumns)
    if (reason !== null) {
      footSeen ||= reason.foot
      const text = cells.map(cellText).filter(Boolean).join(' ').slice(0, 200)
      result.skipped.push({ rowNumber, text, zh: reason.zh, en: reason.en })
      return
    }
    result.read += 1
    if (result.firstRow === 0) result.firstRow = rowNumber
    result.lastRow = rowNumber
    place(result, firstByKey, bounds, cells, rowNumber, options)
  })
  return result
}

function place<T>(
  result: Mapped<T>,
  firstByKey: Map<string, number>,
  bounds: Bound[],
  cells: Cell[],
  rowNumber: number,
  options: MappingOptions<T>,
): void {
  const { value: raw, faults, row, point, byKey } = parseRow(bounds, cells, rowNumber)
  const value = raw as T
  const failed = faults.length === 0 ? options.check?.(value, row) : null
  if (failed) {
    const { key, ...error } = failed
    faults.push(point(byKey.get(key) ?? bounds[0]!, error))
  }
  const [first, ...more] = faults
  if (first !== undefined) {
    result.refused.push({ rowNumber, ...first, more })
    return
  }
  const key = options.keyOf?.(value) ?? null
  const firstRowNumber = key === null ? undefined : firstByKey.get(key)
  if (key === null || firstRowNumber === undefined) {
    if (key !== null) firstByKey.set(key, rowNumber)
    result.accepted.push({ rowNumber, value })
    return
  }
  const zh = `与第 ${firstRowNumber} 行重复（${key}）`
  const en = `Same as row ${firstRowNumber} (${key})`
  result.duplicate.push({ rowNumber, value, key, firstRowNumber, zh, en })
}
