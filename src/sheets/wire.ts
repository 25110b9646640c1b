import { type Cell, emptyCell, type Merge, type WorkbookFormat } from './cells.ts'
import type { ProblemDetails, SheetPlace, SheetProblemCode } from './problems.ts'

/**
 * What the worker sends. A cell travels as a bare value where it can: 100,000 rows of objects took three
 * times as long to clone, and the server's only thread pays for it. Rows come in chunks for that reason too.
 */
export type WireCell =
  | null
  | string
  | boolean
  | number
  /** number with a format | date | error */
  | ['n', number, string]
  | ['d', string, string]
  | ['e', string]

export type WireMessage =
  | { type: 'sheet'; name: string; hidden: boolean; merges: Merge[] }
  | { type: 'rows'; numbers: number[]; rows: WireCell[][] }
  | {
      type: 'done'
      format: WorkbookFormat
      encoding?: string
      delimiter?: string
      date1904: boolean
      ignored: { name: string; zh: string; en: string }[]
    }
  | { type: 'problem'; code: SheetProblemCode; details: ProblemDetails; where: SheetPlace }

export interface WireJob {
  bytes: Uint8Array
  fileName: string
  encoding?: string
  maxRows: number
  maxCells: number
}

export const rowsPerChunk = 2_000

/** Excel keeps 15 significant digits: a longer whole number is an ID or card number that was damaged. */
const exactMax = 999_999_999_999_999

/** A number that Excel wrote to a CSV in this form has lost its digits as well. */
const exponentForm = /^[+-]?\d(?:\.\d+)?[eE]\+\d{2,3}$/

function numberCell(value: number, text: string): Cell {
  if (Number.isInteger(value) && Math.abs(value) > exactMax)
    return { kind: 'number', value, text, numberLostDigits: true }
  return { kind: 'number', value, text }
}

/** Excel shows no more than 15 digits, so 0.30000000000000004 reads 0.3. */
function shownNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(15)))
}

function textCell(text: string): Cell {
  if (text.length < 16 && exponentForm.test(text)) return { kind: 'text', text, numberLostDigits: true }
  return { kind: 'text', text }
}

export function decodeCell(wire: WireCell): Cell {
  if (wire === null) return emptyCell
  if (typeof wire === 'string') return textCell(wire)
  if (typeof wire === 'number') return numberCell(wire, shownNumber(wire))
  if (typeof wire === 'boolean') return { kind: 'boolean', value: wire }
  if (wire[0] === 'n') return numberCell(wire[1], wire[2])
  if (wire[0] === 'd') return { kind: 'date', iso: wire[1], text: wire[2] }
  return { kind: 'error', text: wire[1] }
}
