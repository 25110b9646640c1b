import { createRequire } from 'node:module'
import type * as Xlsx from '@e965/xlsx'
import type { Merge, WorkbookFormat } from './cells.ts'
import { decodeCsv, detectDelimiter, parseCsv } from './csv.ts'
import { checkExtension, detectContainer, detectZipFormat } from './detect.ts'
import { checkXmlParts, mergesMax } from './parts.ts'
import { SheetProblem } from './problems.ts'
import { rowsPerChunk, type WireCell, type WireJob, type WireMessage } from './wire.ts'
import { repack, unpack } from './zip.ts'

let loaded: typeof Xlsx | undefined

/**
 * Loaded on first use: a CSV does without, and it takes 100 ms. The CommonJS build brings the code pages
 * that old Chinese .xls files need; the ESM build does not.
 */
function sheetJs(): typeof Xlsx {
  loaded ??= createRequire(import.meta.url)('@e965/xlsx') as typeof Xlsx
  return loaded
}

/** Excel's own limit per cell. */
const cellTextMax = 32_767
/** All text together: a shared string of 30,000 characters used in a million cells is small in the file only. */
const allTextMax = 64_000_000

type Send = (message: WireMessage) => void

/** Counts what is handed on and refuses before a limit is passed, so that nothing is ever cut. */
class RowSender {
  private numbers: number[] = []
  private rows: WireCell[][] = []
  private rowsSent = 0
  private cellsSent = 0
  private charactersSent = 0
  private readonly job: WireJob
  private readonly send: Send

  constructor(job: WireJob, send: Send) {
    this.job = job
    this.send = send
  }

  push(sheet: string, rowNumber: number, row: WireCell[]): void {
    while (row.length > 0 && (row[row.length - 1] === null || row[row.length - 1] === '')) row.pop()
    if (row.every(cell => cell === null || (typeof cell === 'string' && cell.trim() === ''))) return
    this.rowsSent += 1
    this.cellsSent += row.length
    if (this.rowsSent > this.job.maxRows)
      throw new SheetProblem('sheets/too-many-rows', { limit: this.job.maxRows }, { sheet })
    if (this.cellsSent > this.job.maxCells)
      throw new SheetProblem('sheets/too-many-cells', { limit: this.job.maxCells }, { sheet })
    for (const cell of row) this.count(typeof cell === 'string' ? cell : '', sheet, rowNumber)
    this.numbers.push(rowNumber)
    this.rows.push(row)
    if (this.rows.length >= rowsPerChunk) this.flush()
  }

  private count(text: string, sheet: string, row: number): void {
    this.charactersSent += text.length
    if (text.length > cellTextMax)
      throw new SheetProblem(
        'sheets/text-too-long',
        { size: text.length, limit: cellTextMax },
        { sheet, row },
      )
    if (this.charactersSent > allTextMax)
      throw new SheetProblem(
        'sheets/text-too-long',
        { size: this.charactersSent, limit: allTextMax },
        { sheet },
      )
  }

  flush(): void {
    if (this.rows.length > 0) this.send({ type: 'rows', numbers: this.numbers, rows: this.rows })
    this.numbers = []
    this.rows = []
  }
}

/** Reads a whole file and sends it sheet by sheet. Runs inside the worker. */
export function sendWorkbook(job: WireJob, send: Send): void {
  const container = detectContainer(job.bytes)
  if (container === 'text') sendCsv(job, send)
  else if (container === 'zip') {
    const parts = unpack(job.bytes)
    const format = detectZipFormat(parts)
    checkExtension(job.fileName, format)
    const { uncalculated } = checkXmlParts(parts, job.maxCells)
    const repacked = repack(parts)
    parts.clear()
    job.bytes = repacked
    sendParsed(repacked, format, job, send, uncalculated > 0)
  } else {
    if (container === 'compound') checkCompound(job.bytes)
    checkExtension(job.fileName, 'xls')
    sendParsed(job.bytes, 'xls', job, send)
  }
}

function sendCsv(job: WireJob, send: Send): void {
  checkExtension(job.fileName, 'csv')
  const { text, encoding } = decodeCsv(job.bytes, job.encoding)
  const delimiter = detectDelimiter(text)
  const name = job.fileName.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '') || 'csv'
  const sender = new RowSender(job, send)
  send({ type: 'sheet', name, hidden: false, merges: [] })
  parseCsv(text, delimiter, (rowNumber, fields) => {
    sender.push(name, rowNumber, fields)
    return true
  })
  sender.flush()
  send({ type: 'done', format: 'csv', encoding, delimiter, date1904: false, ignored: [] })
}

/** An encrypted .xlsx and a .doc are compound files too. */
function checkCompound(bytes: Uint8Array): void {
  let names: string[]
  try {
    names = (sheetJs().CFB.read(bytes, { type: 'buffer' }) as { FullPaths: string[] }).FullPaths
  } catch {
    throw new SheetProblem('sheets/damaged', { detail: 'compound' })
  }
  const has = (pattern: RegExp) => names.some(name => pattern.test(name))
  if (has(/\/EncryptedPackage$/)) throw new SheetProblem('sheets/encrypted')
  if (has(/\/(Workbook|Book)$/i)) return
  const found = has(/\/WordDocument$/) ? 'Word' : has(/\/PowerPoint Document$/) ? 'PowerPoint' : 'OLE'
  throw new SheetProblem('sheets/not-a-workbook', { found })
}

function parse(bytes: Uint8Array, format: WorkbookFormat, formulas: boolean): Xlsx.WorkBook {
  try {
    return sheetJs().read(bytes, {
      type: 'buffer',
      dense: true,
      nodim: true,
      cellNF: true,
      cellText: format === 'ods',
      cellHTML: false,
      // Cost time and memory, and only serve to find formulas without a result.
      sheetStubs: formulas,
      cellFormula: formulas,
    })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (/password|encrypt/i.test(message)) throw new SheetProblem('sheets/encrypted')
    throw new SheetProblem('sheets/damaged', { detail: message.slice(0, 120) })
  }
}

function sendParsed(
  bytes: Uint8Array,
  format: WorkbookFormat,
  job: WireJob,
  send: Send,
  formulas = false,
): void {
  const book = parse(bytes, format, formulas)
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  const ignored: { name: string; zh: string; en: string }[] = []
  const sender = new RowSender(job, send)
  book.SheetNames.forEach((name, index) => {
    const sheet = book.Sheets[name]
    // SheetJS swallows a failure inside one sheet and leaves the sheet out.
    if (sheet === undefined) throw new SheetProblem('sheets/damaged', { detail: name }, { sheet: name })
    const type = (sheet as { '!type'?: string })['!type']
    if (type !== undefined && type !== 'sheet') {
      ignored.push({
        name,
        zh: '不是数据表（图表或宏表），未读取',
        en: 'Not a data sheet (chart or macro); not read',
      })
      return
    }
    const merges = (sheet['!merges'] ?? []).map(toMerge)
    if (merges.length > mergesMax) throw new SheetProblem('sheets/too-many-merges', {}, { sheet: name })
    const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0
    send({ type: 'sheet', name, hidden, merges })
    const reader = new CellReader(date1904)
    const rows = (sheet as unknown as { '!data'?: (Xlsx.CellObject[] | undefined)[] })['!data'] ?? []
    rows.forEach((row, rowIndex) => {
      if (row !== undefined) sender.push(name, rowIndex + 1, reader.row(row))
    })
    sender.flush()
  })
  send({ type: 'done', format, date1904, ignored })
}

function toMerge(range: Xlsx.Range): Merge {
  return { firstRow: range.s.r + 1, lastRow: range.e.r + 1, firstColumn: range.s.c, lastColumn: range.e.c }
}

/** Turns cells of SheetJS into wire cells. Dates are computed here from the serial, without any zone. */
class CellReader {
  private readonly date1904: boolean
  private readonly dateFormats = new Map<string, boolean>()

  constructor(date1904: boolean) {
    this.date1904 = date1904
  }

  row(cells: Xlsx.CellObject[]): WireCell[] {
    const row: WireCell[] = []
    cells.forEach((cell, column) => {
      const wire = cell === undefined ? null : this.cell(cell)
      if (wire === null) return
      while (row.length < column) row.push(null)
      row.push(wire)
    })
    return row
  }

  private cell(cell: Xlsx.CellObject): WireCell {
    // Otherwise the cell would read as empty, and a sum or a name would vanish without a word.
    if (cell.t === 'z' && cell.f !== undefined) return ['e', '#未计算']
    if (cell.t === 's') return typeof cell.v === 'string' && cell.v !== '' ? cell.v : null
    if (cell.t === 'n') return typeof cell.v === 'number' ? this.number(cell, cell.v) : null
    if (cell.t === 'b') return cell.v === true
    if (cell.t === 'e') return ['e', cell.w ?? errorTexts[Number(cell.v)] ?? '#ERROR']
    return null
  }

  private number(cell: Xlsx.CellObject, value: number): WireCell {
    const format = String(cell.z ?? 'General')
    if (format === 'General') return value
    const text = cell.w ?? this.formatted(format, value)
    if (this.isDateFormat(format)) {
      const iso = isoFromSerial(value, this.date1904)
      if (iso !== null) return ['d', iso, text]
    }
    return text === String(value) ? value : ['n', value, text]
  }

  private formatted(format: string, value: number): string {
    try {
      return sheetJs().SSF.format(format, value, { date1904: this.date1904 }) as string
    } catch {
      // A format that SheetJS cannot apply changes only the look; the value is whole.
      return String(value)
    }
  }

  private isDateFormat(format: string): boolean {
    let known = this.dateFormats.get(format)
    if (known === undefined) {
      known = showsDay(format)
      this.dateFormats.set(format, known)
    }
    return known
  }
}

/**
 * True when the format shows a year, month, day or weekday. `hh:mm` alone is a time, and `m` beside
 * hours or seconds is minutes; such a cell stays a number with its text.
 */
export function showsDay(format: string): boolean {
  const bare = format
    .split(';')[0]!
    .replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .replace(/am\/pm|a\/p|上午\/下午|general/gi, 'h')
  if (/[#0?%]/.test(bare.replace(/s\.?0+/gi, 's'))) return false
  if (/[yd]|a{3,4}|e/i.test(bare)) return true
  return /m/i.test(bare) && !/[hs]/i.test(bare)
}

const errorTexts: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
}

const daysMax = 2_958_465

/** Day and time of a serial number; null where the sheet shows no real day (0, the 1900-02-29 of Excel). */
export function isoFromSerial(serial: number, date1904: boolean): string | null {
  const seconds = Math.round(serial * 86_400)
  const day = Math.floor(seconds / 86_400)
  if (day < 0 || day > daysMax || (!date1904 && (day === 0 || day === 60))) return null
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30)
  const iso = new Date(epoch + seconds * 1000).toISOString()
  return seconds % 86_400 === 0 ? iso.slice(0, 10) : iso.slice(0, 19)
}
