// What the roster shows: boards of the published roster and of drafts, plans, differences, rules and reasons.
import { z } from 'zod'
import { day, id, instant, pageOf, query } from '../../kernel/contract.ts'
import { fatigueAdvice } from './contracts-fatigue.ts'
import { openLine, planMatrix, solverNote } from './contracts-plan.ts'
import { bandKey, planners, readers, skillName, spanDays } from './contracts-shapes.ts'

// ------------------------------------------------------------------------------------------------------ board

const bandView = z.strictObject({
  key: z.string(),
  zh: z.string(),
  en: z.string(),
  /** Minutes after the hand-over hour, and how long. */
  from: z.int(),
  minutes: z.int(),
})
export const headCount = z.strictObject({ need: z.int(), have: z.int() })

/**
 * A board in few bytes: everything is named once and cells are runs of numbers. `rows` are [place in posts, place
 * in patterns]. `need` holds six numbers each: row, day, band, need, have, skills missing as bits of `skills`; beside
 * it `lacks` says how many people the crew is short of one skill, at most. `openPlaces` counts what of it is open.
 * `officers` are [id, name, badge, kind, unit, skills as bits]. `cells` holds five numbers each: row, day, bands
 * as bits, place in officers, flags (1 differs from the published, 2 locked, 4 breaks a rule).
 */
export const boardView = z.strictObject({
  operationId: z.string(),
  planId: z.string().nullable(),
  revision: z.int().nullable(),
  version: z.int().nullable(),
  begins: instant(),
  days: z.array(z.string()),
  patterns: z.array(
    z.strictObject({ patternId: z.string(), name: z.string(), kind: z.string(), bands: z.array(bandView) }),
  ),
  zones: z.array(z.strictObject({ zoneId: z.string(), name: z.string(), kind: z.string() })),
  posts: z.array(
    z.strictObject({
      postId: z.string(),
      code: z.string(),
      name: z.string(),
      kind: z.string(),
      zoneId: z.string().nullable(),
      unitId: z.string(),
    }),
  ),
  rows: z.array(z.tuple([z.int(), z.int()])),
  /** Beside `rows`: skills that the demand of the row asks for, as bits of `skills`. */
  asks: z.array(z.int()),
  skills: z.array(z.string()),
  units: z.array(z.tuple([z.string(), z.string()])),
  officers: z.array(z.tuple([z.string(), z.string(), z.string(), z.string(), z.string(), z.int()])),
  need: z.array(z.int()),
  lacks: z.array(z.int()),
  cells: z.array(z.int()),
})

export const board = query({
  name: 'roster.board',
  title: { zh: '勤务表', en: 'Roster board' },
  roles: readers,
  input: z.strictObject({ operationId: id(), ...spanDays, names: z.boolean().default(true) }),
  output: boardView,
})
export const planBoard = query({
  name: 'roster.planBoard',
  title: { zh: '排班草稿', en: 'Board of a draft' },
  roles: planners,
  input: z.strictObject({ planId: id() }),
  output: boardView,
})

export const dutyView = z.strictObject({
  assignmentId: z.string(),
  day: z.string(),
  begins: instant(),
  ends: instant(),
  postId: z.string(),
  postName: z.string(),
  bands: z.array(z.string()),
})
export const byOfficer = query({
  name: 'roster.byOfficer',
  title: { zh: '人员班次', en: 'Shifts by officer' },
  roles: readers,
  input: z.strictObject({
    operationId: id(),
    ...spanDays,
    unitId: id().optional(),
    officerIds: z.array(id()).max(1000).optional(),
    offset: z.int().min(0).max(1_000_000).default(0),
    limit: z.int().min(1).max(5000).default(100),
  }),
  output: pageOf(
    z.strictObject({
      officerId: z.string(),
      name: z.string(),
      badge: z.string(),
      kind: z.string(),
      unitId: z.string(),
      minutes: z.int(),
      nights: z.int(),
      duties: z.array(dutyView),
    }),
  ),
})

/** One row per published duty: the records behind the roster's figures. */
export const duties = query({
  name: 'roster.duties',
  title: { zh: '班次记录', en: 'Published duties' },
  roles: readers,
  input: z.strictObject({
    from: day(),
    until: day(),
    kinds: z.array(z.string().max(20)).max(8).optional(),
    zoneKinds: z.array(z.string().max(20)).max(4).optional(),
    offset: z.int().min(0).max(10_000_000).default(0),
    limit: z.int().min(1).max(5000).default(100),
  }),
  output: pageOf(dutyView.extend({ officerId: z.string(), officerName: z.string(), postKind: z.string() })),
})

// ------------------------------------------------------------------------------------------------------- plans

const planView = z.strictObject({
  planId: z.string(),
  operationId: z.string(),
  name: z.string(),
  fromDay: z.string(),
  untilDay: z.string(),
  state: z.enum(['draft', 'adopted', 'published', 'superseded', 'discarded']),
  revision: z.int(),
  basedOn: z.int().nullable(),
  /** A newer publication overlaps: it can no longer be published. */
  stale: z.boolean(),
  adoptedAt: instant().nullable(),
  edits: z.int(),
  solver: solverNote.nullable(),
})
export const plans = query({
  name: 'roster.plans',
  title: { zh: '排班方案', en: 'Plans' },
  roles: planners,
  input: z.strictObject({
    operationId: id(),
    states: z.array(planView.shape.state).max(5).default(['adopted']),
    limit: z.int().min(1).max(200).default(50),
  }),
  output: z.array(planView),
})
export const plan = query({
  name: 'roster.plan',
  title: { zh: '排班方案详情', en: 'One plan' },
  roles: planners,
  input: z.strictObject({ planId: id() }),
  output: planView.extend({ matrix: planMatrix, open: z.array(openLine) }),
})

const changeView = z.strictObject({
  officerId: z.string(),
  name: z.string(),
  day: z.string(),
  before: z.strictObject({ postName: z.string(), bands: z.array(z.string()) }).nullable(),
  after: z.strictObject({ postName: z.string(), bands: z.array(z.string()) }).nullable(),
})
export const diff = query({
  name: 'roster.diff',
  title: { zh: '与已发布勤务表的差异', en: 'Difference to the published roster' },
  roles: planners,
  input: z.strictObject({ planId: id(), limit: z.int().min(1).max(20_000).default(500) }),
  output: z.strictObject({
    version: z.int().nullable(),
    added: z.int(),
    removed: z.int(),
    unchanged: z.int(),
    late: z.int(),
    officers: z.int(),
    changes: z.array(changeView),
  }),
})

const breachView = z.strictObject({
  rule: z.string(),
  zh: z.string(),
  en: z.string(),
  officerId: z.string(),
  name: z.string(),
  day: z.string(),
  detail: z.string(),
})
export const check = query({
  name: 'roster.check',
  title: { zh: '规则检查', en: 'Rule check' },
  roles: planners,
  input: z.strictObject({ planId: id() }),
  output: z.strictObject({
    breaches: z.array(breachView),
    /** What the search could still fill, with reasons. */
    open: z.array(openLine),
    /** People missing in bands that have not ended, as the board counts them. */
    openSeats: z.int(),
    changed: z.int(),
    cost: z.number(),
  }),
})

/**
 * More are needed than exist: at the post, at one minute over all posts, on the duty day, or (in minutes) over all days
 * looked at. `minute` counts from the start of the duty day that was asked about.
 */
const shortageProof = z.strictObject({
  code: z.enum(['post', 'moment', 'day', 'horizon']),
  skill: z.string().nullable(),
  needed: z.int(),
  exist: z.int(),
  minute: z.int().nullable(),
})

export const explain = query({
  name: 'roster.explain',
  title: { zh: '为什么是他', en: 'Why this officer' },
  roles: planners,
  input: z.strictObject({
    /** A draft, or null for the published roster. */
    planId: id().nullable(),
    operationId: id(),
    postId: id(),
    patternId: id(),
    band: bandKey(),
    day: day(),
    skill: skillName().nullable().default(null),
    officerId: id().nullable().default(null),
  }),
  output: z.strictObject({
    facts: z
      .strictObject({
        skills: z.array(z.string()),
        /** Skills that the crew needs somebody for, and whether it has them with this officer. */
        required: z.array(z.string()),
        crewMet: z.boolean(),
        restMinutes: z.int().nullable(),
        restLeast: z.int(),
        weekMinutes: z.int(),
        weekMost: z.int(),
        nightsInRow: z.int(),
        nightsMost: z.int(),
        daysInRow: z.int(),
        daysMost: z.int(),
        /** Duties at this post in the last seven days. */
        familiar: z.int(),
        sameUnit: z.boolean(),
        /** From his unit to the post, as the crow flies; null where one of both has no place. */
        kilometres: z.number().nullable(),
        /** Night duties in the span, and the mean of everybody's. */
        nights: z.int(),
        nightsMean: z.number(),
        /** How sleepy this duty makes; null where he has none that day. */
        fatigue: fatigueAdvice.nullable(),
      })
      .nullable(),
    others: z.array(
      z.strictObject({
        officerId: z.string(),
        name: z.string(),
        badge: z.string(),
        kind: z.string(),
        /** Against who stands there now, or against the cheapest. */
        cost: z.number(),
        restMinutes: z.int().nullable(),
        weekMinutes: z.int(),
        kilometres: z.number().nullable(),
        skills: z.array(z.string()),
        reasons: z.array(z.string()),
        bands: z.array(z.string()),
        /** How sleepy the duty would make him whom it is given to. */
        fatigue: fatigueAdvice.nullable(),
      }),
    ),
    forbidden: z.array(
      z.strictObject({
        officerId: z.string(),
        name: z.string(),
        restMinutes: z.int().nullable(),
        rule: z.string(),
        zh: z.string(),
        en: z.string(),
        detail: z.string(),
      }),
    ),
    legal: z.int(),
    barred: z.int(),
    /** Rules that the looked-at duty breaks as it stands. */
    breaks: z.array(breachView),
    why: z
      .strictObject({
        reason: z.string(),
        counts: z.record(z.string(), z.int()),
        /** What counting alone proves of every roster; null where it proves nothing. */
        proof: shortageProof.nullable(),
      })
      .nullable(),
  }),
})
