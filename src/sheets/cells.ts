import { SheetProblem } from './problems.ts'

/**
 * One cell. Every member is a plain object, so a workbook survives structuredClone and JSON.
 * `text` is what Excel shows; for a number without a format it is the exact value, never 1E+11.
 */
export type Cell =
  | { kind: 'empty' }
  | { kind: 'text'; text: string; numberLostDigits?: true }
  | { kind: 'number'; value: number; text: string; numberLostDigits?: true }
  /** `YYYY-MM-DD`, or `YYYY-MM-DDTHH:mm:ss` when the cell has a time. No zone: sheets have none. */
  | { kind: 'date'; iso: string; text: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'error'; text: string }

/** Rows are 1-based as Excel shows them, columns 0-based as they stand in `Sheet.rows`; all inclusive. */
export interface Merge {
  firstRow: number
  lastRow: number
  firstColumn: number
  lastColumn: number
}

export interface Sheet {
  name: string
  hidden: boolean
  /** Blank rows before the first row with content. */
  rowOffset: number
  /** Only rows with content. `rows[i][0]` is always column A; trailing empty cells are left out. */
  rows: Cell[][]
  /** `rowNumbers[i]` is the row Excel shows for `rows[i]`; a gap is a run of blank rows. */
  rowNumbers: number[]
  merges: Merge[]
}

export type WorkbookFormat = 'xlsx' | 'xls' | 'xlsb' | 'ods' | 'csv'

export interface Workbook {
  format: WorkbookFormat
  /** Only for csv: `utf-8`, `utf-8-bom`, `gb18030`, `utf-16le`, `utf-16be` or the one asked for. */
  encoding?: string
  /** Only for csv. */
  delimiter?: string
  date1904: boolean
  sheets: Sheet[]
  /** Sheets that hold no rows by nature (charts, macros), so that none vanishes without a word. */
  ignored: { name: string; zh: string; en: string }[]
}

export const emptyCell: Cell = Object.freeze({ kind: 'empty' as const })

/** What a person sees in the cell, untrimmed. */
export function cellText(cell: Cell | undefined): string {
  if (cell === undefined || cell.kind === 'empty') return ''
  if (cell.kind === 'boolean') return cell.value ? 'TRUE' : 'FALSE'
  return cell.text
}

/** True also for a cell that holds only spaces, because such a cell looks empty. */
export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || cell.kind === 'empty' || (cell.kind === 'text' && cell.text.trim() === '')
}

/** 0 → A, 26 → AA. */
export function columnLetter(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}

/** A → 0, AA → 26; -1 for anything that is not a column. */
export function columnIndex(letter: string): number {
  if (!/^[A-Za-z]{1,3}$/.test(letter)) return -1
  let index = 0
  for (const character of letter.toUpperCase()) index = index * 26 + character.charCodeAt(0) - 64
  return index - 1
}

/** Index in `rows` of the row Excel shows as `rowNumber`, or of the first row after it. */
export function rowIndexAtOrAfter(sheet: Sheet, rowNumber: number): number {
  let low = 0
  let high = sheet.rowNumbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sheet.rowNumbers[middle]! < rowNumber) low = middle + 1
    else high = middle
  }
  return low
}

/** The row Excel shows as `rowNumber`; an empty one when that row is blank. */
export function rowByNumber(sheet: Sheet, rowNumber: number): Cell[] {
  const index = rowIndexAtOrAfter(sheet, rowNumber)
  return sheet.rowNumbers[index] === rowNumber ? sheet.rows[index]! : []
}

/** More steps than this come only from hostile files: a full sheet merged in pairs needs 1,000,000. */
const fillStepsMax = 2_000_000

/**
 * Gives every row of a vertically merged range the value of its first row, because paper rosters merge
 * 点位 and 单位 down and only the first row holds the text. Of a range that is also wide only the first
 * column is filled: the value belongs to one column. Returns a new sheet; rows that change are copied.
 */
export function fillDown(sheet: Sheet): Sheet {
  const rows = sheet.rows.slice()
  const copied = new Set<number>()
  let steps = 0
  for (const merge of sheet.merges) {
    if (merge.lastRow === merge.firstRow) continue
    const first = rowIndexAtOrAfter(sheet, merge.firstRow)
    if (sheet.rowNumbers[first] !== merge.firstRow) continue
    const value = rows[first]![merge.firstColumn]
    if (isBlank(value)) continue
    for (let index = first + 1; index < rows.length && sheet.rowNumbers[index]! <= merge.lastRow; index++) {
      steps += 1
      if (steps > fillStepsMax) throw new SheetProblem('sheets/too-many-merges', {}, { sheet: sheet.name })
      if (!isBlank(rows[index]![merge.firstColumn])) continue
      if (!copied.has(index)) rows[index] = rows[index]!.slice()
      copied.add(index)
      const row = rows[index]!
      while (row.length < merge.firstColumn) row.push(emptyCell)
      row[merge.firstColumn] = value!
    }
  }
  return { ...sheet, rows }
}
