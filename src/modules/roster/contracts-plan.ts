// Drafting and publishing: rules of rest, plans and what is done with them. Cells travel as a packed matrix, because
// 15,000 objects would be four megabytes.
import { z } from 'zod'
import { command, day, everyone, id, query } from '../../kernel/contract.ts'
import { preference } from './contracts-preference.ts'
import { bandKey, count, planners, readers, skillName, spanDays } from './contracts-shapes.ts'

// ------------------------------------------------------------------------------------------------------- rest

/** All in minutes, days or numbers of duties; a band is a night when at least three of its hours lie in 22–06. */
export const restRules = z.strictObject({
  minRestMinutes: z.int().min(0).max(2880).default(660),
  minRestAfterNightMinutes: z.int().min(0).max(4320).default(660),
  minRestAfterLongMinutes: z.int().min(0).max(4320).default(1440),
  maxDutyMinutes: z.int().min(60).max(720).default(720),
  maxMinutesIn30Days: z.int().min(0).max(43_200).default(12_000),
  maxMinutesIn7Days: z.int().min(0).max(10_080).default(3600),
  maxNightsInRow: z.int().min(0).max(30).default(5),
  maxWorkDaysInRow: z.int().min(1).max(30).default(6),
  daysOffIn7: z.int().min(0).max(6).default(1),
  closedLoopDays: z.int().min(1).max(60).default(14),
  closedLoopRestDays: z.int().min(0).max(30).default(7),
})

export const setRestRules = command({
  name: 'roster.setRestRules',
  title: { zh: '设定休息规则', en: 'Set the rules of rest' },
  roles: ['administrator', 'commander', 'system'],
  input: z.strictObject({ beginsOn: day(), rules: restRules }),
  output: z.strictObject({ ruleSet: z.int() }),
})

// ------------------------------------------------------------------------------------------------------- plan

/**
 * A plan in few bytes. `cells` is base64 of officers × days unsigned 16-bit numbers, little-endian, a row per
 * officer: 0 is a day off, else 1 + the place in `duties`, whose entries name a place in `posts` and bands as bits.
 */
export const planMatrix = z.strictObject({
  officers: z.array(id()).max(20_000),
  patterns: z.array(z.strictObject({ patternId: id(), bands: z.array(bandKey()).min(1).max(8) })).max(100),
  posts: z.array(z.strictObject({ postId: id(), pattern: count(99) })).max(10_000),
  duties: z.array(z.strictObject({ post: count(9_999), bands: z.int().min(1).max(255) })).max(65_535),
  cells: z
    .string()
    .max(1_800_000)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/),
})

/** A place that stays open, with how many of the able are kept from it by what. */
export const openLine = z.strictObject({
  postId: id(),
  patternId: id(),
  band: bandKey(),
  day: day(),
  skill: skillName().nullable(),
  missing: count(10_000),
  reason: z.string().max(40),
  counts: z.record(z.string().max(20), count(1_000_000)),
})

export const solverNote = z.strictObject({
  version: z.string().max(40),
  seed: count(2_147_483_647),
  seconds: z.number().min(0).max(3600),
  iterations: count(2_147_483_647),
  cost: z.number(),
  /** What the search leaned to; plans of before there was a choice have none. */
  preference: preference.optional(),
})

export const solveInput = z.strictObject({
  operationId: id(),
  ...spanDays,
  seconds: z.int().min(1).max(60).default(20),
  seed: count(2_147_483_647).default(1),
  /** Locks and hand-picked cells of this draft are kept. */
  planId: id().nullable().default(null),
  /** Published duties that begin within so many hours stand as they are. */
  keepHours: count(72).default(0),
  stopWhenCovered: z.boolean().default(false),
  /** Null: as it is set for the operation. */
  preference: preference.nullable().default(null),
})

/** Proves what no roster of the draft's days can undercut. */
export const boundInput = z.strictObject({
  planId: id(),
  seconds: z.int().min(1).max(120).default(30),
})

/** What a search says of itself and of what stays open is taken from it alone, for its own plan. A plan by hand says nothing. */
export const adoptVouched = {
  by: 'roster.solve',
  of: (one: {
    operationId: string
    fromDay: string
    untilDay: string
    matrix: z.output<typeof planMatrix>
    open: z.output<typeof openLine>[]
    solver: z.output<typeof solverNote> | null
  }) =>
    one.solver === null && one.open.length === 0
      ? null
      : [one.operationId, one.fromDay, one.untilDay, one.matrix, one.open, one.solver],
}

export const adopt = command({
  name: 'roster.adopt',
  title: { zh: '采用排班方案', en: 'Adopt a plan' },
  roles: planners,
  input: z.strictObject({
    planId: id(),
    operationId: id(),
    name: z.string().max(80).default(''),
    ...spanDays,
    matrix: planMatrix,
    open: z.array(openLine).max(20_000).default([]),
    solver: solverNote.nullable().default(null),
    /** Of the task that made it. */
    voucher: z.string().max(60).default(''),
    /** Newest publication that overlapped the span when the plan was made. */
    basedOn: count(1_000_000).nullable().default(null),
    /** The draft that this one takes the place of, and the drafts that it stands beside. */
    replaces: id().nullable().default(null),
    beside: z.array(id()).max(50).default([]),
  }),
  output: z.strictObject({ revision: z.int(), duties: z.int(), late: z.int() }),
  vouched: adoptVouched,
})

export const openDraft = command({
  name: 'roster.openDraft',
  title: { zh: '在已发布勤务表上开新稿', en: 'Open a draft of the published roster' },
  roles: planners,
  input: z.strictObject({
    planId: id(),
    operationId: id(),
    name: z.string().max(80).default(''),
    ...spanDays,
    replaces: id().nullable().default(null),
    beside: z.array(id()).max(50).default([]),
  }),
  output: z.strictObject({ revision: z.int(), duties: z.int() }),
})

const cellDuty = z.strictObject({
  postId: id(),
  patternId: id(),
  bands: z.array(bandKey()).min(1).max(2),
})
/** What an officer's duty day becomes: bands of one post, or a day off; and what it was, for whoever takes back. */
const cellEdit = z.strictObject({
  officerId: id(),
  day: day(),
  duty: cellDuty.nullable(),
  was: cellDuty.nullable().optional(),
})
export const editCell = command({
  name: 'roster.editCell',
  title: { zh: '手工调整', en: 'Change by hand' },
  roles: planners,
  input: z.strictObject({ planId: id(), revision: z.int().min(1), edits: z.array(cellEdit).min(1).max(60) }),
  output: z.strictObject({ revision: z.int() }),
})
export const lockCell = command({
  name: 'roster.lockCell',
  title: { zh: '锁定或解锁', en: 'Lock or unlock' },
  roles: planners,
  input: z.strictObject({
    planId: id(),
    revision: z.int().min(1),
    officerId: id(),
    day: day(),
    locked: z.boolean(),
  }),
  output: z.strictObject({ revision: z.int() }),
})

export const discard = command({
  name: 'roster.discard',
  title: { zh: '弃用草稿', en: 'Discard a draft' },
  roles: planners,
  input: z.strictObject({ planId: id(), revision: z.int().min(1) }),
})

export const publish = command({
  name: 'roster.publish',
  title: { zh: '发布勤务表', en: 'Publish the roster' },
  roles: ['administrator', 'commander', 'system'],
  input: z.strictObject({ planId: id(), revision: z.int().min(1) }),
  output: z.strictObject({
    version: z.int(),
    assignments: z.int(),
    added: z.int(),
    removed: z.int(),
    unchanged: z.int(),
    /** Duties of the plan that had begun when it was published and so are not in the roster. */
    late: z.int(),
  }),
})

export const acknowledge = command({
  name: 'roster.acknowledge',
  title: { zh: '签收班次', en: 'Acknowledge my shifts' },
  roles: everyone,
  input: z.strictObject({ operationId: id(), version: z.int().min(1).max(1_000_000) }),
})

export const restRulesInForce = query({
  name: 'roster.restRules',
  title: { zh: '休息规则', en: 'Rules of rest' },
  roles: readers,
  input: z.strictObject({ on: day() }),
  output: z.strictObject({ ruleSet: z.int(), beginsOn: z.string().nullable(), rules: restRules }),
})
