// Two rosters side by side: drafts, publications, and the one in force. Who gains and loses what, by officer and day.
import { z } from 'zod'
import { day, id, query } from '../../kernel/contract.ts'
import { preference } from './contracts-preference.ts'
import { count, planners } from './contracts-shapes.ts'

export const rosterSide = z.discriminatedUnion('kind', [
  /** The published roster as it stands. */
  z.strictObject({ kind: z.literal('live') }),
  /** The same as it stood after a publication. */
  z.strictObject({ kind: z.literal('version'), version: z.int().min(1).max(1_000_000) }),
  /** A draft, or what became of one. */
  z.strictObject({ kind: z.literal('plan'), planId: id() }),
])
export type RosterSide = z.output<typeof rosterSide>

/** What becomes of an officer's day from the first to the second. */
export const dayChanges = ['gained', 'lost', 'moved', 'retimed'] as const
export type DayChange = (typeof dayChanges)[number]

const sideView = z.strictObject({
  /** As the plan is called; empty for a publication, which has its number. */
  name: z.string(),
  version: z.int().nullable(),
  fromDay: z.string().nullable(),
  untilDay: z.string().nullable(),
  /** What the solver leaned to when it made the plan; null for publications, and for plans it did not make. */
  preference: preference.nullable(),
  duties: z.int(),
})

const dutyWords = z.strictObject({
  postName: z.string(),
  bands: z.array(z.strictObject({ zh: z.string(), en: z.string() })),
})
/** First and second. */
const pair = z.tuple([z.int(), z.int()])

const changeOfDay = z.strictObject({
  day: z.string(),
  kind: z.enum(dayChanges),
  before: dutyWords.nullable(),
  after: dutyWords.nullable(),
  /**
   * Why, where it can be told: a rule that what stood before would break in the second roster, a place that the first
   * left open, or one that nobody is needed at any more.
   */
  reason: z
    .strictObject({
      kind: z.enum(['rule', 'fillsOpen', 'notNeeded']),
      rule: z.string(),
      zh: z.string(),
      en: z.string(),
    })
    .nullable(),
})

const comparedOfficer = z.strictObject({
  officerId: z.string(),
  name: z.string(),
  badge: z.string(),
  unitName: z.string(),
  duties: pair,
  nights: pair,
  /** Duties on a Saturday or Sunday. */
  weekends: pair,
  minutes: pair,
  changes: z.array(changeOfDay),
})

export const comparison = query({
  name: 'roster.comparison',
  title: { zh: '方案比较', en: 'Two rosters compared' },
  roles: planners,
  input: z.strictObject({
    operationId: id(),
    a: rosterSide,
    b: rosterSide,
    offset: z.int().min(0).max(10_000_000).default(0),
    limit: z.int().min(1).max(5_000).default(100),
  }),
  output: z.strictObject({
    a: sideView,
    b: sideView,
    /** The days that are compared. */
    fromDay: day(),
    untilDay: day(),
    days: z.array(
      z.strictObject({
        day: z.string(),
        ...(Object.fromEntries(dayChanges.map(kind => [kind, count(1_000_000)])) as Record<
          DayChange,
          ReturnType<typeof count>
        >),
        duties: pair,
        nights: pair,
      }),
    ),
    /** Over all officers and days; `same` are duties in both. */
    totals: z.strictObject({
      gained: z.int(),
      lost: z.int(),
      moved: z.int(),
      retimed: z.int(),
      same: z.int(),
      officers: z.int(),
    }),
    /** How many officers get more and how many fewer of each. */
    shifts: z.strictObject({ nights: pair, weekends: pair, minutes: pair }),
    /** Officers whose days differ, by unit and name. */
    rows: z.array(comparedOfficer),
    total: z.int(),
  }),
})
