// What-if 推演: suppositions as data, laid over the books without touching them; what comes of them; and keeping some.
import { z } from 'zod'
import { command, day, id, instant, query, staffText } from '../../kernel/contract.ts'
import { preference } from './contracts-preference.ts'
import { restRules, solveInput } from './contracts-plan.ts'
import { count, planners, skillName, spanDays, spanMost } from './contracts-shapes.ts'

// ----------------------------------------------------------------------------------------------- suppositions

/** Posts that may be supposed at once; more are refused in words. */
export const supposedPostsMost = 300
export const suppositionsMost = 20
/** What the form and the command take at all; beyond `supposedPostsMost` the handler answers in words. */
const many = 100_000

/** Rules of rest that may be supposed to be others: minutes, days or numbers of duties, as in the rules themselves. */
export const supposableRules = [
  'minRestMinutes',
  'minRestAfterNightMinutes',
  'maxMinutesIn7Days',
  'maxMinutesIn30Days',
  'maxNightsInRow',
  'maxWorkDaysInRow',
  'daysOffIn7',
] as const satisfies readonly (keyof z.output<typeof restRules>)[]
export type SupposableRule = (typeof supposableRules)[number]

/** Least and most of a rule, as the rules themselves have it. */
export const ruleLimits: Record<SupposableRule, { least: number; most: number }> = {
  minRestMinutes: { least: 0, most: 2880 },
  minRestAfterNightMinutes: { least: 0, most: 4320 },
  maxMinutesIn7Days: { least: 0, most: 10_080 },
  maxMinutesIn30Days: { least: 0, most: 43_200 },
  maxNightsInRow: { least: 0, most: 30 },
  maxWorkDaysInRow: { least: 1, most: 30 },
  daysOffIn7: { least: 0, most: 6 },
}

export const supposition = z.discriminatedUnion('kind', [
  /** So many more zones like one of the operation, each with the posts of that one and what they need. */
  z.strictObject({
    kind: z.literal('zones'),
    count: z.int().min(1).max(many),
    likeZoneId: id(),
    ...spanDays,
  }),
  /** Sampling on these weekdays at so many sites like one of the operation. ISO weekdays, 1 Monday … 7 Sunday. */
  z.strictObject({
    kind: z.literal('rounds'),
    weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
    sites: z.int().min(1).max(many),
    likePostId: id(),
    ...spanDays,
  }),
  /** So many people absent: of a unit with all below it, or of any; with a skill, or whoever it is. */
  z.strictObject({
    kind: z.literal('absent'),
    people: z.int().min(1).max(many),
    unitId: id().nullable().default(null),
    skill: skillName().nullable().default(null),
    ...spanDays,
  }),
  z.strictObject({ kind: z.literal('closed'), postId: id(), ...spanDays }),
  /** A rule of rest holds for all days, because a rest reaches from one into the next. */
  z.strictObject({
    kind: z.literal('rest'),
    rule: z.enum(supposableRules),
    value: z.int().min(0).max(43_200),
  }),
])
export type Supposition = z.output<typeof supposition>
export const suppositions = z.array(supposition).min(1).max(suppositionsMost)

export const whatIfInput = z.strictObject({
  operationId: id(),
  ...spanDays,
  suppositions,
  seconds: solveInput.shape.seconds,
  seed: solveInput.shape.seed,
  preference: solveInput.shape.preference,
})

// ---------------------------------------------------------------------------------------------------- figures

const tally = () => count(1_000_000)
const tallies = () => z.array(tally()).max(spanMost)
/** The middle one, nine of ten, and the most; in hours or nights. Nobody is named, and nobody ranked. */
export const spread = z.strictObject({
  median: z.number().min(0),
  p90: z.number().min(0),
  most: z.number().min(0),
})

export const figureDay = z.strictObject({
  day: day(),
  /** Places in bands, 人次: needed, filled, and short, a lack of skills included. */
  needed: tally(),
  filled: tally(),
  open: tally(),
  /** Posts that need somebody, and those of them that are short. */
  posts: tally(),
  shortPosts: tally(),
  /** People: on duty, away all day, and off but free to take a duty by every rule. */
  onDuty: tally(),
  away: tally(),
  free: tally(),
  /** People who would be needed for the places that are open. */
  more: tally(),
  /** Officers whose day differs from the published roster; null where nothing is published. */
  changed: tally().nullable(),
})

/** Arrays have an entry for each day. */
export const figureBand = z.strictObject({
  /** Minutes after the hand-over hour. */
  from: count(1439),
  minutes: count(1440),
  zh: z.string().max(20),
  en: z.string().max(30),
  needed: tallies(),
  filled: tallies(),
  /** People who stand in it or could: neither away, at rest nor at a limit, nor on duty at another hour. */
  available: tallies(),
})

export const figureSkill = z.strictObject({
  skill: skillName(),
  /** Places that ask for it, and those of them without. */
  needed: tallies(),
  open: tallies(),
  /** People with the skill who are on duty or free. */
  available: tallies(),
})

/** A place that stays open. A supposed post has no id of its own in the books, so it is told by its name. */
export const figureLine = z.strictObject({
  postName: z.string().max(140),
  supposed: z.boolean(),
  day: day(),
  bandZh: z.string().max(20),
  bandEn: z.string().max(30),
  skill: skillName().nullable(),
  missing: tally(),
  reason: z.string().max(40),
})
export const figureLinesMost = 80

export const figures = z.strictObject({
  ...spanDays,
  officers: tally(),
  days: z.array(figureDay).min(1).max(spanMost),
  bands: z.array(figureBand).max(100),
  skills: z.array(figureSkill).max(31),
  hours: spread,
  nights: spread,
  /** Places open over all days. */
  open: tally(),
  lines: z.array(figureLine).max(figureLinesMost),
  /** Officer's days and officers that differ from the published roster; null where nothing is published. */
  changes: z.strictObject({ cells: tally(), officers: tally() }).nullable(),
  /** The least free people on a day that needs somebody, and the first such day. */
  spare: z.strictObject({ people: tally(), day: day() }).nullable(),
})
export type Figures = z.output<typeof figures>

export const whatIfResult = figures.extend({
  madeAt: instant(),
  /** Digest of the demand as it stands in the books, without what is supposed. */
  demandMark: z.string().regex(/^[0-9a-f]{64}$/),
  /** Publication that the roster began from. */
  rosterVersion: count(1_000_000).nullable(),
  supposed: z.strictObject({ posts: tally(), absent: tally(), closed: tally() }),
  /**
   * Officers who would have to be added so that nothing is open, as a second search with so many has tried; `left` is
   * what even they leave open, because the rules let nobody take it. Null where nothing is open, or it was not tried.
   */
  more: z.strictObject({ people: tally(), left: tally() }).nullable(),
  /** What the search leaned to; results of before there was a choice have none. */
  preference: preference.optional(),
  seed: count(2_147_483_647),
  seconds: z.number().min(0).max(3600),
  /** Ended by a person before its time. */
  stopped: z.boolean(),
})
export type WhatIfResult = z.output<typeof whatIfResult>

// ------------------------------------------------------------------------------------------------------- kept

export const whatIfsMost = 100
/** As the task vouches for it. Of another operation, for other suppositions or with other figures nothing is kept. */
export const whatIfVouched = {
  by: 'roster.whatIf',
  of: (one: { operationId: string; suppositions: Supposition[]; result: WhatIfResult }) => [
    one.operationId,
    one.suppositions,
    one.result,
  ],
}
const whatIfVoucher = () => z.string().max(60)
const whatIfName = () => staffText(60).min(1).regex(/\S/)

export const saveWhatIf = command({
  name: 'roster.saveWhatIf',
  title: { zh: '保存推演', en: 'Save a what-if' },
  roles: planners,
  input: z.strictObject({
    whatIfId: id(),
    operationId: id(),
    name: whatIfName(),
    suppositions,
    result: whatIfResult,
    voucher: whatIfVoucher(),
  }),
  vouched: whatIfVouched,
})

/** What came of it when it was run again, in the place of what stood there. */
export const renewWhatIf = command({
  name: 'roster.renewWhatIf',
  title: { zh: '更新推演结果', en: 'Renew a saved what-if' },
  roles: planners,
  input: z.strictObject({
    whatIfId: id(),
    revision: z.int().min(1),
    operationId: id(),
    suppositions,
    result: whatIfResult,
    voucher: whatIfVoucher(),
  }),
  vouched: whatIfVouched,
})

export const renameWhatIf = command({
  name: 'roster.renameWhatIf',
  title: { zh: '推演改名', en: 'Rename a what-if' },
  roles: planners,
  input: z.strictObject({ whatIfId: id(), revision: z.int().min(1), name: whatIfName() }),
})

export const deleteWhatIf = command({
  name: 'roster.deleteWhatIf',
  title: { zh: '删除推演', en: 'Delete a what-if' },
  roles: planners,
  input: z.strictObject({ whatIfId: id(), revision: z.int().min(1) }),
})

/** Names of what suppositions are about, by id, as far as they are still there. */
const namesById = z.record(z.string(), z.string())

export const whatIfRow = z.strictObject({
  whatIfId: z.string(),
  operationId: z.string(),
  name: z.string(),
  ...spanDays,
  suppositions,
  revision: z.int(),
  madeAt: instant(),
  savedAt: instant(),
  savedBy: z.string().nullable(),
  open: z.int(),
  more: whatIfResult.shape.more,
  spare: figures.shape.spare,
  /** The demand of its days has changed since; so has the published roster. */
  demandChanged: z.boolean(),
  rosterChanged: z.boolean(),
})

export const whatIfs = query({
  name: 'roster.whatIfs',
  title: { zh: '已存推演', en: 'Saved what-ifs' },
  roles: planners,
  input: z.strictObject({ operationId: id() }),
  output: z.strictObject({ rows: z.array(whatIfRow), names: namesById }),
})

export const whatIf = query({
  name: 'roster.whatIf',
  title: { zh: '推演详情', en: 'One what-if' },
  roles: planners,
  input: z.strictObject({ whatIfId: id() }),
  output: z.strictObject({ row: whatIfRow, result: whatIfResult, names: namesById }),
})

/** The same figures of what stands: the published roster, or a draft. For putting beside a what-if. */
export const planFigures = query({
  name: 'roster.planFigures',
  title: { zh: '勤务表指标', en: 'Figures of a roster' },
  roles: planners,
  input: z.strictObject({
    operationId: id(),
    ...spanDays,
    /** A draft, whose own days count; null: the published roster. */
    planId: id().nullable(),
  }),
  output: figures,
})

/** What suppositions may be about: zones and posts with what they usually need, and units with how many there are. */
export const supposables = query({
  name: 'roster.supposables',
  title: { zh: '可推演的对象', en: 'What may be supposed' },
  roles: planners,
  input: z.strictObject({ operationId: id(), ...spanDays }),
  output: z.strictObject({
    zones: z.array(
      z.strictObject({
        zoneId: z.string(),
        name: z.string(),
        kind: z.string(),
        lifted: z.boolean(),
        posts: z.int(),
        /** Places needed on a usual day. */
        heads: z.int(),
      }),
    ),
    posts: z.array(
      z.strictObject({
        postId: z.string(),
        name: z.string(),
        kind: z.string(),
        heads: z.int(),
        /** Whether it needs anybody on the days in question. */
        needed: z.boolean(),
      }),
    ),
    units: z.array(z.strictObject({ unitId: z.string(), name: z.string(), people: z.int() })),
    skills: z.array(z.strictObject({ skill: z.string(), people: z.int() })),
    people: z.int(),
    rules: restRules,
  }),
})
