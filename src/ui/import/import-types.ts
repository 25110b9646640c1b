import type { Both } from '../../kernel/contract.ts'

export type ImportFault = Both & {
  /** Column letter, as Excel shows it. */
  column: string
  header: string
  field: string | null
  text: string
  /** One click that mends it; `all` mends the word in the whole column. */
  fix: (Both & { value: string; all: boolean }) | null
}
export type ImportColumn = {
  letter: string
  header: string
  sample: string
  field: string | null
  status: string
}
/** What stands in the columns of a sheet and where it goes; a file that is no sheet has none of it. */
export type ImportList = {
  sheet: string
  sheets: { name: string; rows: number }[]
  headerRow: number
  firstRow: number
  lastRow: number
  /** Of a secret field pages show both ends only. */
  fields: (Both & { key: string; secret: boolean })[]
  columns: ImportColumn[]
  /** Fields without which no row can be read. */
  missing: string[]
  remembered: boolean
  passedOver: unknown[]
}
export type ImportPreview = {
  /** read = accepted + duplicate + refused. */
  counts: { read: number; accepted: number; duplicate: number; refused: number }
  refused: (ImportFault & { row: number; more?: ImportFault[] })[]
  list?: ImportList
}
export type RowsTab = 'refused' | 'duplicate' | 'accepted'
/** A row of the duplicates or of what will be written: its number in the file, and what it says. */
export type ImportRow = { row: number; cells: string[] }
/** A fault that is mended by choosing from a list; `apply` may mend the word in the whole column. */
export type MendList = {
  label: string
  options: { value: string; label: string }[]
  apply: (value: string) => void
}
