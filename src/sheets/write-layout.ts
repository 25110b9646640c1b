import type { WriteColumn, WriteRow, WriteSheet } from './write.ts'

export interface SheetLayout {
  headerRow: number
  headerHeight: number
  widths: number[]
  rows: AsyncIterable<WriteRow>
  /** Points, or undefined where one line suffices and Excel's own height does. */
  rowHeight(values: WriteRow): number | undefined
}

/** Columns must be known before the first row is written, so the first rows are looked at and then replayed. */
const rowsMeasured = 300
const widthMin = 6
const widthMax = 36
const lineHeight = 16

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}]/gu

/** Width of the longest line in Latin characters; a Chinese character counts two. */
export function textWidth(text: string): number {
  return Math.max(...text.split('\n').map(line => line.length + (line.match(wide)?.length ?? 0)))
}

function shownWidth(value: WriteRow[string], column: WriteColumn): number {
  if (value === null || value === undefined) return 0
  // 2026年11月30日 is written for 2026-11-30.
  if (column.kind === 'date') return 14
  if (column.kind === 'dateTime') return 20
  return textWidth(String(value))
}

/** A header may break into two lines of at least three characters; 联系电话 does not widen a narrow column. */
function headerWidth(header: string): number {
  const width = textWidth(header)
  return width <= 8 ? width : Math.max(8, Math.ceil(width / 2))
}

export async function layoutOf(spec: WriteSheet): Promise<SheetLayout> {
  const iterator = (async function* () {
    yield* spec.rows
  })()
  const first: WriteRow[] = []
  while (first.length < rowsMeasured) {
    const next = await iterator.next()
    if (next.done) break
    first.push(next.value)
  }
  const widths = spec.columns.map(column => {
    if (column.width !== undefined) return column.width
    const content = first.reduce((most, row) => Math.max(most, shownWidth(row[column.key], column)), 0)
    return Math.min(widthMax, Math.max(widthMin, headerWidth(column.header) + 2, content + 2))
  })
  const hasSubtitle = spec.subtitleLeft !== undefined || spec.subtitleRight !== undefined
  const headerLines = spec.columns.map((column, index) => lines(column.header, widths[index]!))
  return {
    headerRow: 1 + (spec.title === undefined ? 0 : 1) + (hasSubtitle ? 1 : 0),
    headerHeight: 8 + lineHeight * Math.max(1, ...headerLines),
    widths,
    rows: (async function* () {
      yield* first
      yield* iterator
    })(),
    rowHeight: values => {
      const most = spec.columns.reduce((count, column, index) => {
        const value = values[column.key]
        return typeof value === 'string' && !column.mergeDown
          ? Math.max(count, lines(value, widths[index]!))
          : count
      }, 1)
      return most > 1 ? 4 + lineHeight * most : undefined
    },
  }
}

function lines(text: string, width: number): number {
  return text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / (width - 1))), 0)
}
