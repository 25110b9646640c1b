import { PassThrough, type Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import exceljs from 'exceljs'
import { columnLetter } from './cells.ts'
import { layoutOf, type SheetLayout, textWidth } from './write-layout.ts'
import { SheetProblem } from './problems.ts'
import { cellValue, safeText, type WrittenValue } from './write-values.ts'

export type ColumnKind = 'text' | 'int' | 'decimal' | 'percent' | 'date' | 'dateTime'

export interface WriteColumn {
  key: string
  header: string
  kind: ColumnKind
  /** In characters of Latin text; a Chinese character takes two. Measured when left out. */
  width?: number
  /** Equal values below each other become one merged cell, within the merged cells of the columns to the left. */
  mergeDown?: boolean
  align?: 'left' | 'center' | 'right'
  /** Number format of Excel, when the one of the kind does not fit: `m"月"d"日"`. */
  format?: string
  /** Grounds by value that survive a grey print: `{中: 'light', 夜: 'dark', 备: 'hatched'}`. */
  grounds?: Record<string, 'light' | 'dark' | 'hatched'>
}

export type WriteRow = Record<string, WrittenValue>

export interface WriteSheet {
  sheetName: string
  title?: string
  subtitleLeft?: string
  subtitleRight?: string
  columns: WriteColumn[]
  rows: Iterable<WriteRow> | AsyncIterable<WriteRow>
  /** `sum` adds up while writing; `values` are written as they are and win. Label 合计 unless given. */
  totals?: { label?: string; sum?: string[]; values?: WriteRow }
  /** `true` for the usual line of 填表人 … 联系电话; else the lines themselves. */
  foot?: true | string | string[]
  orientation?: 'landscape' | 'portrait'
  /** Columns that stay when scrolling to the right. */
  freezeColumns?: number
}

export type WriteSpec = WriteSheet | { creator?: string; sheets: WriteSheet[] }

export const footLine = '填表人:　　　　　　审核人:　　　　　　单位负责人:　　　　　　联系电话:'

/** The whole workbook in memory. 15,000 rows of 12 columns are about 1 MB. */
export async function writeWorkbook(spec: WriteSpec): Promise<Buffer> {
  const sink = new PassThrough()
  const chunks: Buffer[] = []
  sink.on('data', (chunk: Buffer) => chunks.push(chunk))
  await streamWorkbook(spec, sink)
  return Buffer.concat(chunks)
}

/**
 * The same, row by row into a stream: rows may come from a cursor. The stream is ended. On a fault it is
 * destroyed, so that a half-written file does not look whole.
 */
export async function streamWorkbook(spec: WriteSpec, output: Writable): Promise<void> {
  const { creator, sheets } = 'sheets' in spec ? spec : { creator: undefined, sheets: [spec] }
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({
    stream: output,
    useStyles: true,
    useSharedStrings: true,
    zip: { zlib: { level: 6 } },
  })
  workbook.creator = creator ?? '防线'
  workbook.lastModifiedBy = workbook.creator
  const written = (async () => {
    const names = new Set<string>()
    for (const sheet of sheets) await writeSheet(workbook, sheet, uniqueName(sheet.sheetName, names), output)
    await workbook.commit()
  })()
  try {
    // A reader who hangs up closes the stream; exceljs would then wait for ever.
    await Promise.race([written, finished(output, { readable: false }).then(() => written)])
  } catch (error) {
    output.destroy()
    written.catch(() => undefined)
    throw error
  }
}

/** Excel allows 31 characters, none of []:*?/\ and no apostrophe at the ends, and each name once. */
export function uniqueName(wanted: string, taken: Set<string>): string {
  const base =
    safeText(wanted)
      .replace(/[[\]:*?/\\']+/g, '-')
      .slice(0, 31)
      .trim() || '表'
  let name = base
  for (let count = 2; taken.has(name.toLowerCase()); count++) {
    const tail = `(${count})`
    name = base.slice(0, 31 - tail.length) + tail
  }
  taken.add(name.toLowerCase())
  return name
}

const thin = { style: 'thin' as const }
const border = { top: thin, left: thin, bottom: thin, right: thin }
/** Named only: the fonts are the site's, and Excel falls back when one is missing. */
const titleFont = { name: '方正小标宋简体', size: 22 }
const bodyFont = { name: '宋体', size: 11 }
const headFont = { name: '黑体', size: 11 }

async function writeSheet(
  workbook: exceljs.stream.xlsx.WorkbookWriter,
  spec: WriteSheet,
  name: string,
  output: Writable,
): Promise<void> {
  const layout = await layoutOf(spec)
  const worksheet = workbook.addWorksheet(name, {
    pageSetup: {
      paperSize: 9,
      orientation: spec.orientation ?? 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
      printTitlesRow: `${layout.headerRow}:${layout.headerRow}`,
    },
    headerFooter: { oddFooter: '第 &P 页　共 &N 页' },
    views: [{ state: 'frozen', ySplit: layout.headerRow, xSplit: spec.freezeColumns ?? 0 }],
  })
  worksheet.columns = layout.widths.map(width => ({ width }))
  writeHead(worksheet, spec, layout)
  const body = new BodyWriter(worksheet, spec, layout, name)
  for await (const row of layout.rows) {
    if (output.destroyed) return
    body.add(row)
  }
  body.finish()
  worksheet.commit()
}

function writeHead(worksheet: exceljs.Worksheet, spec: WriteSheet, layout: SheetLayout): void {
  const last = spec.columns.length
  let at = 0
  if (spec.title !== undefined) {
    at += 1
    const row = worksheet.getRow(at)
    row.height = 40
    row.getCell(1).value = safeText(spec.title)
    row.getCell(1).font = titleFont
    row.getCell(1).alignment = { horizontal: 'center', vertical: 'middle' }
    if (last > 1) worksheet.mergeCells(at, 1, at, last)
    row.commit()
  }
  if (spec.subtitleLeft !== undefined || spec.subtitleRight !== undefined) {
    at += 1
    writeSubtitle(worksheet, spec, at)
  }
  const header = worksheet.getRow(layout.headerRow)
  header.height = layout.headerHeight
  spec.columns.forEach((column, index) => {
    const cell = header.getCell(index + 1)
    cell.value = safeText(column.header)
    cell.font = headFont
    cell.border = border
    cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true }
  })
  header.commit()
}

function writeSubtitle(worksheet: exceljs.Worksheet, spec: WriteSheet, at: number): void {
  const last = spec.columns.length
  const row = worksheet.getRow(at)
  row.height = 20
  const half = spec.subtitleRight === undefined ? last : Math.max(1, Math.ceil(last / 2))
  row.getCell(1).value = safeText(spec.subtitleLeft ?? '')
  row.getCell(1).font = bodyFont
  row.getCell(1).alignment = { horizontal: 'left', vertical: 'middle' }
  if (half > 1) worksheet.mergeCells(at, 1, at, half)
  if (spec.subtitleRight !== undefined && last > half) {
    row.getCell(half + 1).value = safeText(spec.subtitleRight)
    row.getCell(half + 1).font = bodyFont
    row.getCell(half + 1).alignment = { horizontal: 'right', vertical: 'middle' }
    if (last > half + 1) worksheet.mergeCells(at, half + 1, at, last)
  } else if (spec.subtitleRight !== undefined)
    row.getCell(1).value = safeText([spec.subtitleLeft, spec.subtitleRight].filter(Boolean).join('　'))
  row.commit()
}

const formats: Record<ColumnKind, string> = {
  text: '@',
  int: '0',
  decimal: '0.00',
  percent: '0.0%',
  date: 'yyyy"年"m"月"d"日"',
  dateTime: 'yyyy"年"m"月"d"日" hh:mm',
}

const grounds = {
  light: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEDEDED' } },
  dark: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFBFBFBF' } },
  hatched: {
    type: 'pattern',
    pattern: 'lightUp',
    fgColor: { argb: 'FF7F7F7F' },
    bgColor: { argb: 'FFFFFFFF' },
  },
} as const satisfies Record<string, exceljs.Fill>

/** Excel's own limit. */
const sheetRowsMax = 1_048_576

/**
 * Writes rows as they come and commits them at once, except while a merged block is open: its rows are
 * held back, because a cell can only be merged before its row is written.
 */
class BodyWriter {
  private at: number
  private count = 0
  private readonly sums = new Map<string, number>()
  /** Per mergeDown column: where its open block began and with what. */
  private readonly open = new Map<number, { from: number; value: string }>()
  private held: exceljs.Row[] = []
  private readonly worksheet: exceljs.Worksheet
  private readonly spec: WriteSheet
  private readonly layout: SheetLayout
  private readonly name: string

  constructor(worksheet: exceljs.Worksheet, spec: WriteSheet, layout: SheetLayout, name: string) {
    this.worksheet = worksheet
    this.spec = spec
    this.layout = layout
    this.name = name
    this.at = layout.headerRow
  }

  add(values: WriteRow): void {
    this.at += 1
    this.count += 1
    if (this.at > sheetRowsMax)
      throw new SheetProblem('sheets/too-many-rows', { limit: sheetRowsMax }, { sheet: this.name })
    this.followMerges(values)
    const row = this.worksheet.getRow(this.at)
    this.spec.columns.forEach((column, index) =>
      this.fill(row.getCell(index + 1), column, values[column.key]),
    )
    const height = this.layout.rowHeight(values)
    if (height !== undefined) row.height = height
    for (const key of this.spec.totals?.sum ?? [])
      this.sums.set(key, (this.sums.get(key) ?? 0) + (Number(values[key]) || 0))
    this.held.push(row)
    if (this.open.size === 0) this.release()
  }

  private fill(cell: exceljs.Cell, column: WriteColumn, value: WrittenValue): void {
    const place = { sheet: this.name, row: this.at, column: columnLetter(Number(cell.col) - 1) }
    cell.value = cellValue(value, column.kind, place)
    cell.numFmt = typeof cell.value === 'string' ? '@' : (column.format ?? formats[column.kind])
    cell.font = bodyFont
    cell.border = border
    const align = column.align ?? (column.kind === 'text' ? 'left' : 'center')
    cell.alignment = { horizontal: column.mergeDown ? 'center' : align, vertical: 'middle', wrapText: true }
    const ground = column.grounds?.[String(value ?? '')]
    if (ground !== undefined) cell.fill = grounds[ground]
  }

  /** A block ends when its value changes or when a merged column to the left ends. */
  private followMerges(values: WriteRow): void {
    let broken = false
    this.spec.columns.forEach((column, index) => {
      if (!column.mergeDown) return
      const value = values[column.key] == null ? '' : String(values[column.key])
      const block = this.open.get(index)
      broken ||= block?.value !== value || value === ''
      if (block !== undefined && !broken) return
      this.close(index, this.at - 1)
      if (value !== '') this.open.set(index, { from: this.at, value })
    })
    const starts = [...this.open.values()].map(block => block.from)
    if (starts.length > 0 && starts.every(from => from === this.at)) this.release()
  }

  private close(index: number, last: number): void {
    const block = this.open.get(index)
    this.open.delete(index)
    if (block === undefined || last <= block.from) return
    // The cells below the first keep no value of their own; Excel would drop it with a warning.
    this.worksheet.mergeCells(block.from, index + 1, last, index + 1)
  }

  private release(): void {
    this.held[this.held.length - 1]?.commit()
    this.held = []
  }

  finish(): void {
    for (const index of this.open.keys()) this.close(index, this.at)
    this.release()
    if (this.spec.totals !== undefined) this.writeTotals(this.spec.totals)
    const foot = this.spec.foot === true ? [footLine] : [this.spec.foot ?? []].flat()
    for (const line of foot) this.writeFoot(line)
  }

  private writeTotals(totals: NonNullable<WriteSheet['totals']>): void {
    this.at += 1
    const row = this.worksheet.getRow(this.at)
    this.spec.columns.forEach((column, index) => {
      const cell = row.getCell(index + 1)
      const value = totals.values?.[column.key] ?? this.sums.get(column.key) ?? null
      this.fill(cell, { ...column, mergeDown: false }, index === 0 && value === null ? null : value)
      if (index === 0) cell.value = safeText(totals.label ?? '合计')
      cell.font = { ...bodyFont, bold: true }
    })
    row.commit()
  }

  private writeFoot(line: string): void {
    this.at += 1
    const row = this.worksheet.getRow(this.at)
    const cell = row.getCell(1)
    cell.value = safeText(line)
    cell.font = bodyFont
    cell.alignment = { horizontal: 'left', vertical: 'middle', wrapText: true }
    const width = this.layout.widths.reduce((sum, part) => sum + part, 0)
    row.height = 20 * Math.max(1, Math.ceil(textWidth(line) / width))
    if (this.spec.columns.length > 1) this.worksheet.mergeCells(this.at, 1, this.at, this.spec.columns.length)
    row.commit()
  }
}
