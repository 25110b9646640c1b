// The roster as paper: the three sheets that bureaus hang on the wall, and what they are made of.
import { z } from 'zod'
import { day, id, query } from '../../kernel/contract.ts'
import { readers } from './contracts-shapes.ts'

export const sheetKinds = ['daily', 'weekly', 'unit', 'leaders', 'turns'] as const
export const sheetInput = z.strictObject({
  kind: z.enum(sheetKinds),
  operationId: id(),
  /** The day, or the first of seven; of the leaders: a day of the month. */
  fromDay: day(),
  /** Of the sheet by unit: the unit and everything below it; of the turns: the unit alone. */
  unitId: id().nullable().default(null),
  /** Of the sheets by post: only these. */
  postIds: z.array(id()).max(2_000).nullable().default(null),
})

/** A table of texts as it is printed. Rows of posts also carry `postId` and `contact`, which no column shows. */
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
  /** What stands under the table: sums first, then notes, then the line for signatures. */
  foot: z.array(z.string()),
  /** Posts of the sheet whose contact has a number: sealed, until `withPhones` is given what somebody has opened. */
  phonePosts: z.array(z.string()),
  figures: z.strictObject({
    posts: z.int(),
    bands: z.int(),
    police: z.int(),
    auxiliary: z.int(),
    others: z.int(),
  }),
})

type SheetView = z.output<typeof sheetView>

export const sheet = query({
  name: 'roster.sheet',
  title: { zh: '勤务表(打印)', en: 'Roster as a sheet' },
  roles: readers,
  input: sheetInput,
  output: sheetView,
})

/** A sheet is filed and hung up, so numbers are on it only when somebody said why, which is logged. */
export const phonesSealedNote = '注:点位负责人电话加密保存,写明用途后列出;警员个人电话不列。'
export const phonesOpenedNote = '注:点位负责人电话已按用途调取并登记;警员个人电话不列。'

export interface PostPhone {
  postId: string
  phone: string | null
}
/** So many numbers are opened at once. */
export const phonesMost = 2_000

/** Writes the opened numbers of contacts behind their names. */
export function withPhones(view: SheetView, phones: readonly PostPhone[]): SheetView {
  const byPost = new Map(phones.map(one => [one.postId, one.phone]))
  const has = (key: string) => view.columns.some(column => column.key === key)
  const into = has('head') ? 'head' : 'phone'
  const rows = view.rows.map(row => {
    const phone = byPost.get(String(row.postId ?? ''))
    return phone && has(into) ? { ...row, [into]: `${row.contact ?? ''} ${phone}`.trim() } : row
  })
  const foot = view.foot.map(line => (line === phonesSealedNote ? phonesOpenedNote : line))
  return { ...view, rows, foot }
}

/** How many rows each cell of a merged column covers; 0 where the one above covers it. */
export function mergedRows(view: Pick<SheetView, 'columns' | 'rows'>): Map<string, number[]> {
  const spans = new Map<string, number[]>()
  let breaks: boolean[] = view.rows.map((_row, at) => at === 0)
  for (const { key, mergeDown } of view.columns) {
    if (!mergeDown) continue
    breaks = breaks.map((broken, at) => broken || view.rows[at]?.[key] !== view.rows[at - 1]?.[key])
    const counts = breaks.map(() => 0)
    let from = 0
    breaks.forEach((broken, at) => {
      if (broken) from = at
      counts[from] = (counts[from] ?? 0) + 1
    })
    spans.set(key, counts)
  }
  return spans
}

/** Runs of rows that the first merged column holds together, as first and behind the last: no page parts them. */
export function blocksOf(view: Pick<SheetView, 'columns' | 'rows'>): [number, number][] {
  const key = view.columns.find(column => column.mergeDown)?.key
  const spans = (key && mergedRows(view).get(key)) || view.rows.map(() => 1)
  return spans.flatMap((span, at): [number, number][] => (span > 0 ? [[at, at + span]] : []))
}
