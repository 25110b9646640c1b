// The duty log 值班日志: what happened, minute by minute. Entries are never edited.
import { z } from 'zod'
import {
  command,
  day,
  id,
  instant,
  listInput,
  orderInput,
  pageOf,
  query,
  staffText,
} from '../../kernel/contract.ts'
import {
  allEntryKinds,
  deskReaders,
  enclosureRow,
  entryKinds,
  newEnclosures,
  readers,
  recorders,
  some,
} from './contracts-words.ts'

const text = () => staffText(2_000).regex(/\S/)
const links = {
  unitId: id().nullable().default(null),
  postId: id().nullable().default(null),
  zoneId: id().nullable().default(null),
  officerId: id().nullable().default(null),
  directiveId: id().nullable().default(null),
  difficultyId: id().nullable().default(null),
}

export const record = command({
  name: 'commandpost.record',
  title: { zh: '记值班日志', en: 'Enter in the duty log' },
  roles: recorders,
  input: z.strictObject({
    entryId: id(),
    operationId: id(),
    kind: z.enum(entryKinds),
    /** When it happened; not after now. */
    happenedAt: instant(),
    text: text(),
    ...links,
    pinned: z.boolean().default(false),
    enclosures: newEnclosures(),
  }),
})

/** A further entry that stands in place of another; the other is struck through, and both stay. */
export const correct = command({
  name: 'commandpost.correctEntry',
  title: { zh: '更正值班日志', en: 'Correct an entry' },
  roles: recorders,
  input: z.strictObject({
    entryId: id(),
    corrects: id(),
    kind: z.enum(entryKinds),
    happenedAt: instant(),
    text: text(),
    enclosures: newEnclosures(),
  }),
})

export const pin = command({
  name: 'commandpost.pinEntry',
  title: { zh: '置顶值班日志', en: 'Pin an entry' },
  roles: ['commander', 'dutyOfficer'],
  input: z.strictObject({ entryId: id(), pinned: z.boolean() }),
})

/** What the books themselves show: levels, publications, zones, directives, alerts. */
export const recordChange = command({
  name: 'commandpost.recordChange',
  title: { zh: '系统记值班日志', en: 'The system enters in the duty log' },
  roles: ['system'],
  input: z.strictObject({
    operationId: id(),
    entries: z
      .array(
        z.strictObject({
          entryId: id(),
          kind: z.enum(['change', 'alert', 'order', 'report']),
          happenedAt: instant(),
          text: z.string().min(1).max(2_000),
          textEn: z.string().min(1).max(2_000),
          ...links,
        }),
      )
      .min(1)
      .max(50),
  }),
})

export const removeEnclosure = command({
  name: 'commandpost.removeEnclosure',
  title: { zh: '删除附件', en: 'Remove an enclosure' },
  roles: readers,
  input: z.strictObject({ enclosureId: id(), why: staffText(200).min(2) }),
})

export const sweepEnclosures = command({
  name: 'commandpost.sweepEnclosures',
  title: { zh: '清除未使用的附件', en: 'Sweep enclosures that nobody used' },
  roles: ['system'],
  input: z.strictObject({ before: instant() }),
})

// ------------------------------------------------------------------------------------------------------ queries

const named = z.strictObject({ id: z.string(), name: z.string() })
export const entryRow = z.strictObject({
  entryId: z.string(),
  n: z.int(),
  kind: z.enum(allEntryKinds),
  happenedAt: z.string(),
  enteredAt: z.string(),
  /** Entered more than half an hour after it happened. */
  late: z.boolean(),
  text: z.string(),
  /** Of the system's own entries. */
  textEn: z.string().nullable(),
  /** Null: the system. */
  authorName: z.string().nullable(),
  mine: z.boolean(),
  unit: named.nullable(),
  post: named.nullable(),
  zone: named.nullable(),
  officer: named.nullable(),
  directive: named.nullable(),
  difficulty: named.nullable(),
  pinned: z.boolean(),
  /** The number of the entry that this one corrects, and of the one that corrects it. */
  corrects: z.int().nullable(),
  correctedBy: z.int().nullable(),
  enclosures: z.array(enclosureRow),
})

export const logFilters = {
  operationId: id(),
  kinds: some(z.enum(allEntryKinds)).optional(),
  /** The unit and everything below it. */
  unitId: id().optional(),
  postId: id().optional(),
  zoneId: id().optional(),
  directiveId: id().optional(),
  difficultyId: id().optional(),
  /** Duty days, both inclusive. */
  from: day().optional(),
  until: day().optional(),
  pinned: z.boolean().optional(),
}

export const logOrders = ['n', 'happenedAt', 'enteredAt', 'kind'] as const
/** Newest first. A scoped account sees the entries of its units. */
export const log = query({
  name: 'commandpost.log',
  title: { zh: '值班日志', en: 'Duty log' },
  roles: deskReaders,
  input: z.strictObject({
    ...listInput,
    ...orderInput(logOrders),
    ...logFilters,
    entryId: id().optional(),
  }),
  output: pageOf(entryRow),
})

export const logForms = ['zh', 'ics214'] as const
export const logSheetInput = z.strictObject({
  operationId: id(),
  day: day(),
  form: z.enum(logForms).default('zh'),
})
const line = z.array(z.string())
/** One duty day as it goes on paper: 值班日志, or an activity log like form ICS 214. */
export const logSheet = query({
  name: 'commandpost.logSheet',
  title: { zh: '值班日志表', en: 'Sheet of the duty log' },
  roles: deskReaders,
  input: logSheetInput,
  output: z.strictObject({
    form: z.enum(logForms),
    title: z.string(),
    /** Pairs of label and value above the table. */
    head: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    resources: z.strictObject({ title: z.string(), columns: line, rows: z.array(line) }),
    activity: z.strictObject({
      title: z.string(),
      columns: line,
      /** Struck through: a further entry stands in its place. */
      rows: z.array(z.strictObject({ cells: line, struck: z.boolean() })),
    }),
    foot: line,
  }),
})
