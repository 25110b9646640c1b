// Visits 检查指导、慰问: leaders and superiors at a post, what they found, and what was promised.
import { z } from 'zod'
import {
  type Both,
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
  count,
  deskReaders,
  difficultyKinds,
  enclosureRow,
  newEnclosures,
  recorders,
  shortName,
  some,
  urgencies,
} from './contracts-words.ts'

const words = (max: number) => staffText(max).regex(/\S/)

export const visitKinds = ['superior', 'leader', 'care'] as const
export type VisitKind = (typeof visitKinds)[number]
export const visitKindTitles: Record<VisitKind, Both> = {
  superior: { zh: '上级检查指导', en: 'Superiors' },
  leader: { zh: '局领导检查', en: 'Our leaders' },
  care: { zh: '慰问', en: 'Care' },
}
export const promiseStates = ['open', 'followed', 'kept'] as const
export type PromiseState = (typeof promiseStates)[number]
export const promiseStateTitles: Record<PromiseState, Both> = {
  open: { zh: '待兑现', en: 'Open' },
  followed: { zh: '已转办', en: 'Followed up' },
  kept: { zh: '已兑现', en: 'Kept' },
}
export const promisesMost = 20

const promise = z.strictObject({
  promiseId: id(),
  text: words(500),
  /** By name or office. */
  byWhom: shortName(60),
  dueAt: instant(),
})

export const recordVisit = command({
  name: 'commandpost.recordVisit',
  title: { zh: '登记检查慰问', en: 'Record a visit' },
  roles: recorders,
  input: z.strictObject({
    visitId: id(),
    operationId: id(),
    kind: z.enum(visitKinds),
    /** Offices and names. */
    visitor: shortName(100),
    visitedAt: instant(),
    postId: id(),
    found: staffText(2_000).default(''),
    promises: z.array(promise).max(promisesMost).default([]),
    enclosures: newEnclosures(),
  }),
})

export const addPromise = command({
  name: 'commandpost.addPromise',
  title: { zh: '补登承诺事项', en: 'Add a promise' },
  roles: recorders,
  input: z.strictObject({ visitId: id(), promise }),
})

export const keepPromise = command({
  name: 'commandpost.keepPromise',
  title: { zh: '登记承诺兑现', en: 'Enter a promise as kept' },
  roles: recorders,
  input: z.strictObject({ promiseId: id(), text: words(500) }),
})

/** Becomes a difficulty of the post, raised by who follows it up. */
export const promiseToDifficulty = command({
  name: 'commandpost.promiseToDifficulty',
  title: { zh: '承诺转为一线困难', en: 'Follow a promise up as a difficulty' },
  roles: recorders,
  input: z.strictObject({
    promiseId: id(),
    difficultyId: id(),
    kind: z.enum(difficultyKinds),
    urgency: z.enum(urgencies),
  }),
})

const addressees = () =>
  z
    .array(z.strictObject({ addresseeId: id(), unitId: id(), postId: id().nullable().default(null) }))
    .min(1)
    .max(500)
/** What a directive needs beside the text that it is made of. */
export const directiveHead = {
  directiveId: id(),
  number: shortName(60),
  fromWhom: shortName(60),
  title: shortName(100),
  dueAt: instant(),
  addressees: addressees(),
}

export const promiseToDirective = command({
  name: 'commandpost.promiseToDirective',
  title: { zh: '承诺转为指令', en: 'Follow a promise up as a directive' },
  roles: recorders,
  input: z.strictObject({ promiseId: id(), ...directiveHead }),
})

// ------------------------------------------------------------------------------------------------------ queries

export const visitRow = z.strictObject({
  visitId: z.string(),
  operationId: z.string(),
  n: z.int(),
  kind: z.enum(visitKinds),
  visitor: z.string(),
  visitedAt: z.string(),
  postId: z.string(),
  postName: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  found: z.string(),
  recordedBy: z.string().nullable(),
  promises: z.strictObject({ all: count(), open: count(), overdue: count() }),
})

export const visitOrders = ['n', 'kind', 'visitor', 'visitedAt'] as const
export const visits = query({
  name: 'commandpost.visits',
  title: { zh: '检查慰问台账', en: 'Visits' },
  roles: deskReaders,
  input: z.strictObject({
    ...listInput,
    ...orderInput(visitOrders),
    operationId: id().optional(),
    kinds: some(z.enum(visitKinds)).optional(),
    unitId: id().optional(),
    postId: id().optional(),
    /** With a promise that is open, or open past its time. */
    promises: z.enum(['open', 'overdue']).optional(),
    /** Duty days, both inclusive. */
    visitedFrom: day().optional(),
    visitedUntil: day().optional(),
  }),
  output: pageOf(visitRow),
})

export const visit = query({
  name: 'commandpost.visit',
  title: { zh: '检查慰问详情', en: 'Visit' },
  roles: deskReaders,
  input: z.strictObject({ visitId: id() }),
  output: z.strictObject({
    ...visitRow.shape,
    mayKeep: z.boolean(),
    promiseRows: z.array(
      z.strictObject({
        promiseId: z.string(),
        n: z.int(),
        text: z.string(),
        byWhom: z.string(),
        dueAt: z.string(),
        state: z.enum(promiseStates),
        overdue: z.boolean(),
        difficulty: z.strictObject({ difficultyId: z.string(), n: z.int() }).nullable(),
        directive: z.strictObject({ directiveId: z.string(), number: z.string() }).nullable(),
        keptAt: z.string().nullable(),
        keptBy: z.string().nullable(),
        keptText: z.string().nullable(),
      }),
    ),
    enclosures: z.array(enclosureRow),
  }),
})
