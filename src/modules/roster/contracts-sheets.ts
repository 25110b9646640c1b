// The roster as paper: the three sheets that bureaus hang on the wall, and what they are made of.
import { z } from 'zod'
import { day, id, query } from '../../kernel/contract.ts'
import { readers } from './contracts-shapes.ts'

export const sheetKinds = ['daily', 'weekly', 'unit'] as const
export const sheetInput = z.strictObject({
  kind: z.enum(sheetKinds),
  operationId: id(),
  /** The day, or the first of seven. */
  fromDay: day(),
  /** Of the sheet by unit: the unit and everything below it. */
  unitId: id().nullable().default(null),
  /** Of the sheets by post: only these. */
  postIds: z.array(id()).max(2_000).nullable().default(null),
})

/** A table of texts as it is printed. `postId` lets the reader add what the books of the posts know. */
export const sheetView = z.strictObject({
  title: z.string(),
  subtitleLeft: z.string(),
  subtitleRight: z.string(),
  columns: z.array(
    z.strictObject({
      key: z.string(),
      header: z.string(),
      kind: z.enum(['text', 'int']),
      mergeDown: z.boolean(),
    }),
  ),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
  /** What stands under the table: sums first, then the line for signatures. */
  foot: z.array(z.string()),
  figures: z.strictObject({
    posts: z.int(),
    bands: z.int(),
    police: z.int(),
    auxiliary: z.int(),
    others: z.int(),
  }),
})

export const sheet = query({
  name: 'roster.sheet',
  title: { zh: '勤务表(打印)', en: 'Roster as a sheet' },
  roles: readers,
  input: sheetInput,
  output: sheetView,
})
