import { type Cell, cellText, columnLetter, isBlank, type Sheet } from './cells.ts'
import { cleanText } from './clean.ts'
import type { ColumnSpec } from './mapping.ts'

export interface HeaderColumn {
  /** 0-based, index into `Sheet.rows[i]`. */
  index: number
  /** As Excel shows it. */
  letter: string
  /** The label as written, levels joined by `/`: `外出情况/外出日期`. Empty for data without a label. */
  text: string
  /** The levels from the top; one or two, none for data without a label. */
  parts: string[]
  /** What stands in the first row of data, to show beside the label. */
  sample: string
}

export interface Header {
  sheetName: string
  /** First and last row of the header as Excel shows them; equal when it has one level. */
  firstRow: number
  lastRow: number
  columns: HeaderColumn[]
  /** Title and subtitle rows above. */
  titles: { rowNumber: number; text: string }[]
  /** Same labels in the same order give the same signature: the key for remembering a mapping. */
  signature: string
  /** `labels`: at least two columns (or all) were recognised. `guess`: it only looks like a header. */
  found: 'labels' | 'guess'
}

/** Header labels are looked for in the first rows only; a title, a subtitle and some notes stand above. */
const rowsSearched = 20

/** Compared form of a label: no blanks, no line break, no `*` for required, no punctuation at the ends. */
export function normalLabel(text: string): string {
  return cleanText(text)
    .toLowerCase()
    .replace(/[\s*＊_]+/g, '')
    .replace(/[::;；,，。.]+$/g, '')
    .replace(/[／\\]/g, '/')
}

/** The same without what stands in brackets: `人员类别(民警/辅警)` → `人员类别`. */
export function bareLabel(text: string): string {
  return normalLabel(text).replace(/[([【〔][^)\]】〕]*[)\]】〕]/g, '')
}

export function specLabels(spec: ColumnSpec): string[] {
  return [spec.zh, spec.en, spec.key, ...spec.aliases].map(normalLabel)
}

interface Candidate {
  rowIndex: number
  levels: 1 | 2
  columns: Omit<HeaderColumn, 'sample'>[]
  hits: number
}

function labelsOf(row: Cell[]): Map<number, string> {
  const labels = new Map<number, string>()
  row.forEach((cell, index) => {
    if (!isBlank(cell)) labels.set(index, cleanText(cellText(cell)).replaceAll('\n', ''))
  })
  return labels
}

/** Columns under a wide merged label belong to it: 外出情况 above 具体地址, 外出日期, 停留时间. */
function groupLabels(sheet: Sheet, rowIndex: number, upper: Map<number, string>): Map<number, string> {
  const groups = new Map<number, string>()
  const rowNumber = sheet.rowNumbers[rowIndex]!
  for (const merge of sheet.merges) {
    if (merge.firstRow !== rowNumber || merge.lastRow !== rowNumber) continue
    const label = upper.get(merge.firstColumn)
    // 16,384 columns is the widest sheet there is; a merge cannot be wider.
    for (let at = merge.firstColumn; label !== undefined && at <= Math.min(merge.lastColumn, 16_383); at++)
      groups.set(at, label)
  }
  return groups
}

function oneLevel(sheet: Sheet, rowIndex: number): Omit<HeaderColumn, 'sample'>[] {
  return [...labelsOf(sheet.rows[rowIndex]!)].map(([index, text]) => ({
    index,
    letter: columnLetter(index),
    text,
    parts: [text],
  }))
}

/**
 * Two rows make one header when the upper one has labels merged over several columns, or leaves columns
 * blank that the lower one names (a CSV has no merges), and the lower one holds nothing but text.
 */
function twoLevels(sheet: Sheet, rowIndex: number): Omit<HeaderColumn, 'sample'>[] | null {
  const lowerRow = sheet.rows[rowIndex + 1]
  if (lowerRow === undefined || sheet.rowNumbers[rowIndex + 1] !== sheet.rowNumbers[rowIndex]! + 1)
    return null
  if (lowerRow.some(cell => !isBlank(cell) && cell.kind !== 'text')) return null
  const upper = labelsOf(sheet.rows[rowIndex]!)
  const lower = labelsOf(lowerRow)
  const groups = groupLabels(sheet, rowIndex, upper)
  if (upper.size < 2 || ![...lower.keys()].some(index => !upper.has(index))) return null
  // 序号 or 姓名 stands over both levels. Above a plain header there is only a subtitle, over labels throughout.
  const spansBoth = [...upper].some(([index, label]) => (lower.get(index) ?? label) === label)
  if (!spansBoth) return null
  const columns: Omit<HeaderColumn, 'sample'>[] = []
  let group: string | undefined
  const width = Math.max(sheet.rows[rowIndex]!.length, lowerRow.length)
  for (let index = 0; index < width; index++) {
    const below = lower.get(index)
    if (upper.has(index)) group = upper.get(index)
    const above = upper.get(index) ?? groups.get(index) ?? (below === undefined ? undefined : group)
    const parts = [above, below].filter((part): part is string => part !== undefined && part !== '')
    if (parts.length === 0) continue
    if (parts.length === 2 && parts[0] === parts[1]) parts.pop()
    columns.push({ index, letter: columnLetter(index), text: parts.join('/'), parts })
  }
  return columns
}

function hitsOf(columns: { text: string; parts: string[] }[], known: Set<string>): number {
  const seen = new Set<string>()
  for (const column of columns)
    for (const label of [column.text, column.parts.join(''), column.parts[column.parts.length - 1]!])
      for (const form of [normalLabel(label), bareLabel(label)]) if (known.has(form)) seen.add(form)
  return seen.size
}

/**
 * The row (or two rows) that names the columns. The row with most labels known to `specs` wins; without
 * any, the first row that holds several texts. Null when nothing looks like a header.
 */
export function detectHeader(sheet: Sheet, specs: readonly ColumnSpec[]): Header | null {
  const known = new Set(specs.flatMap(specLabels))
  let best: Candidate | null = null
  const last = Math.min(sheet.rows.length, rowsSearched)
  for (let rowIndex = 0; rowIndex < last; rowIndex++) {
    const single = oneLevel(sheet, rowIndex)
    const double = twoLevels(sheet, rowIndex)
    for (const [levels, columns] of [
      [1, single],
      [2, double],
    ] as const) {
      if (columns === null) continue
      const hits = hitsOf(columns, known)
      if (hits > (best?.hits ?? 0)) best = { rowIndex, levels, columns, hits }
    }
  }
  const enough = best !== null && best.hits >= Math.min(2, specs.length)
  const chosen = enough ? best! : guessed(sheet, last)
  return chosen === null ? null : toHeader(sheet, chosen, enough ? 'labels' : 'guess')
}

function guessed(sheet: Sheet, last: number): Candidate | null {
  const widest = sheet.rows.slice(0, 200).reduce((width, row) => Math.max(width, row.length), 0)
  for (let rowIndex = 0; rowIndex < last; rowIndex++) {
    const row = sheet.rows[rowIndex]!
    const filled = row.filter(cell => !isBlank(cell))
    const texts = new Set(filled.map(cell => cellText(cell).trim()))
    const allText = filled.every(cell => cell.kind === 'text')
    if (allText && texts.size === filled.length && filled.length >= Math.max(1, widest / 2))
      return { rowIndex, levels: 1, columns: oneLevel(sheet, rowIndex), hits: 0 }
  }
  return null
}

/** Columns that hold data under no label are listed too: a column nobody sees is a column lost. */
function unlabelled(sheet: Sheet, from: number, chosen: Candidate): Omit<HeaderColumn, 'sample'>[] {
  const seen = new Set(chosen.columns.map(column => column.index))
  const extra: Omit<HeaderColumn, 'sample'>[] = []
  for (const row of sheet.rows.slice(from))
    row.forEach((cell, index) => {
      if (isBlank(cell) || seen.has(index)) return
      seen.add(index)
      extra.push({ index, letter: columnLetter(index), text: '', parts: [] })
    })
  return extra
}

function toHeader(sheet: Sheet, chosen: Candidate, found: Header['found']): Header {
  const firstData = sheet.rows[chosen.rowIndex + chosen.levels]
  const below = chosen.rowIndex + chosen.levels
  const columns = [...chosen.columns, ...unlabelled(sheet, below, chosen)]
    .sort((a, b) => a.index - b.index)
    .map(column => ({ ...column, sample: cellText(firstData?.[column.index]).trim() }))
  return {
    sheetName: sheet.name,
    firstRow: sheet.rowNumbers[chosen.rowIndex]!,
    lastRow: sheet.rowNumbers[chosen.rowIndex + chosen.levels - 1]!,
    columns,
    titles: sheet.rows.slice(0, chosen.rowIndex).map((row, index) => ({
      rowNumber: sheet.rowNumbers[index]!,
      text: [...labelsOf(row).values()].join('　'),
    })),
    signature: chosen.columns.map(column => `${column.letter}:${normalLabel(column.text)}`).join('|'),
    found,
  }
}
