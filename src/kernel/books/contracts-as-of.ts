// Lists as they stood at a past moment.
import { z } from 'zod'
import { instant, query } from '../contract.ts'
import { namesOfIds, shownFields, tableName } from './contracts.ts'

export const listAsOf = query({
  name: 'journal.listAsOf',
  title: { zh: '某一时刻的台账', en: 'A list as of a moment' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'inspector'],
  input: z.strictObject({
    table: tableName(),
    /** What was known then: the commands received by then. A moment ahead is now. */
    at: instant(),
    /** Any part of what stands in a row as text; sealed values are not looked into. */
    search: z.string().max(100).optional(),
    /** The `next` of the page before. */
    after: z.string().max(200).optional(),
    limit: z.int().min(1).max(500).default(200),
  }),
  output: z.strictObject({
    rows: z.array(z.strictObject({ rowId: z.string(), fields: shownFields })),
    names: namesOfIds,
    /** All rows of that moment that the search leaves. */
    total: z.int(),
    next: z.string().nullable(),
  }),
})
