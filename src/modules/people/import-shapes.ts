// What the desk sends with a brought list, and what it gets back. Browser-safe, shared by server and page.
import { z } from 'zod'
import type { Both } from '../../kernel/contract.ts'
import { type ImportField, importField, importRowsMost } from './contracts-words.ts'
import type { importRow } from './contracts-import.ts'

const letter = z.string().regex(/^[A-Z]{1,3}$/)

export const readSheetInput = z.strictObject({
  /** Null: the first sheet that looks like a list of officers. */
  sheet: z.string().max(100).nullable().default(null),
  /** The answer to a text file whose encoding cannot be told. */
  encoding: z
    .enum(['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'windows-1252'])
    .nullable()
    .default(null),
  /** Column letter → field, or null for not imported. Left out: as remembered or suggested. */
  mapping: z.record(letter, importField.nullable()).nullable().default(null),
  /** Cells that were corrected on the page. */
  fixes: z
    .array(z.strictObject({ row: z.int().min(1), column: letter, text: z.string().max(300) }))
    .max(importRowsMost)
    .default([]),
  /** Words that were matched for the whole column: 协警 means auxiliary; '' means nothing. */
  words: z
    .array(
      z.strictObject({
        field: z.enum(['kind', 'unit', 'skills']),
        word: z.string().max(200),
        means: z.string().max(80),
      }),
    )
    .max(500)
    .default([]),
  /** What to do with rows whose badge number is on the books. */
  existing: z.enum(['update', 'skip']).default('update'),
})
export type ReadSheetInput = z.output<typeof readSheetInput>

export interface PreviewFault extends Both {
  column: string
  header: string
  field: ImportField | null
  /** As Excel shows the cell. */
  text: string
  /** One click that mends it; `all` says that it matches the word for the whole column. */
  fix: (Both & { value: string; all: boolean }) | null
}
export interface PreviewColumn {
  letter: string
  header: string
  /** First cell; of a phone only both ends. */
  sample: string
  field: ImportField | null
  status: 'remembered' | 'recognised' | 'similar' | 'repeated' | 'row-number' | 'unknown' | 'chosen'
  /** Different values that were understood, where the column is matched against a list. */
  values: number | null
  /** Names that were padded or carried marks and were cleaned. */
  cleaned: number
  /** Words that no meaning is known for, the most frequent first; the rows come in without them. */
  unknown: { word: string; rows: number }[]
}
export type AcceptedRow = Omit<z.input<typeof importRow>, 'officerId'> & {
  /** Null for somebody new: the client makes the id. */
  officerId: string | null
}
export interface Preview {
  fileName: string
  format: string
  encoding: string | null
  sheets: { name: string; hidden: boolean; rows: number }[]
  ignoredSheets: ({ name: string } & Both)[]
  sheet: string
  headerRow: number
  firstRow: number
  lastRow: number
  columns: PreviewColumn[]
  /** Required fields that no column is mapped to; no row is read until they are. */
  missing: ImportField[]
  remembered: boolean
  /** For `people.rememberMapping`. */
  source: string
  signature: string
  /** read = accepted + refused + duplicate; accepted = added + updated. */
  counts: {
    read: number
    accepted: number
    refused: number
    duplicate: number
    added: number
    updated: number
  }
  accepted: { row: number; value: AcceptedRow }[]
  refused: ({ row: number; more: PreviewFault[] } & PreviewFault)[]
  /** `onBooks`: left out because the officer is on the books; else the same badge stood further up. */
  duplicates: ({ row: number; badge: string; name: string; onBooks: boolean } & Both)[]
  /** Totals, signatures and notes: not data, not read. */
  passedOver: ({ row: number; text: string } & Both)[]
}
