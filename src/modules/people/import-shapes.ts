// What the desk sends with a brought list of officers, and what it gets back.
import { z } from 'zod'
import type { Both } from '../../kernel/contract.ts'
import { type ListAnswer, type ListColumn, listChoices } from '../../sheets/index.ts'
import type { importRow } from './contracts-import.ts'

export const readSheetInput = z.strictObject({
  ...listChoices,
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

export interface PreviewColumn extends ListColumn {
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
export interface Preview extends ListAnswer {
  columns: PreviewColumn[]
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
  /** `onBooks`: left out because the officer is on the books; else the same badge stood further up. */
  duplicates: ({ row: number; badge: string; name: string; onBooks: boolean } & Both)[]
}
