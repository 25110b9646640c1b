// Shift patterns and demand: how a day is cut, and how many people a post needs in each part of it.
import { z } from 'zod'
import { command, day, everyone, id, listInput, query } from '../../kernel/contract.ts'
import {
  commanding,
  count,
  name,
  pageOf,
  patternKinds,
  postKind,
  postKinds,
  skill,
} from './contracts-words.ts'

/** One stretch of a duty day; `from` counts minutes after the hand-over hour, so night bands lie at its end. */
export const band = z.strictObject({
  key: z.string().regex(/^[a-z][a-zA-Z0-9]{0,19}$/),
  zh: name(20),
  en: name(30),
  from: z.int().min(0).max(1_439),
  /** Judged by the handler: above 0, at most 12 h, for standby at most 24 h. */
  minutes: z.int(),
})
export type Band = z.output<typeof band>

const patternFields = {
  patternId: id(),
  name: name(40),
  kind: z.enum(patternKinds),
  bands: z.array(band).min(1).max(8),
  /** Two bands of one officer's day must adjoin; false where a site allows a break between them. */
  adjoining: z.boolean().default(true),
}

export const defineShiftPattern = command({
  name: 'posts.defineShiftPattern',
  title: { zh: '新增班制', en: 'Define a shift pattern' },
  roles: commanding,
  input: z.strictObject(patternFields),
})

/** The usual five; the ids are the client's, so that a scenario can name them. */
export const defineStandardPatterns = command({
  name: 'posts.defineStandardPatterns',
  title: { zh: '启用常用班制', en: 'Define the usual shift patterns' },
  roles: commanding,
  input: z.strictObject({
    fourBySix: id(),
    threeByEight: id(),
    twoByTwelve: id(),
    dayOnly: id(),
    standby: id(),
  }),
})

/** Bands never change: rosters that were published were cut by them. A new cut is a new pattern. */
export const changeShiftPattern = command({
  name: 'posts.changeShiftPattern',
  title: { zh: '修改班制', en: 'Rename or retire a shift pattern' },
  roles: commanding,
  input: z.strictObject({ patternId: id(), name: name(40), active: z.boolean() }),
})

export const patternList = query({
  name: 'posts.patterns',
  title: { zh: '班制', en: 'Shift patterns' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ active: z.boolean().optional() }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({ ...patternFields, adjoining: z.boolean(), active: z.boolean(), lines: count() }),
    ),
  }),
})

const demandLine = {
  demandId: id(),
  postId: id(),
  patternId: id(),
  bands: z.array(z.string().max(20)).min(1).max(8),
  /** null is the whole crew; a line with a skill is a minimum within the crew. */
  skill: skill.nullable().default(null),
  heads: z.int().min(1).max(500),
  /** 1 is filled first. */
  priority: z.int().min(1).max(3).default(2),
  beginsOn: day(),
  endsOn: day(),
  /** ISO weekdays of the duty day, 1 Monday … 7 Sunday; null is every day. */
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).nullable().default(null),
  /** Only on the day of this sampling round; then without weekdays. */
  roundId: id().nullable().default(null),
}

export const setDemand = command({
  name: 'posts.setDemand',
  title: { zh: '设定警力需求', en: 'Set a line of demand' },
  roles: commanding,
  input: z.strictObject(demandLine),
})

export const setDemands = command({
  name: 'posts.setDemands',
  title: { zh: '批量设定警力需求', en: 'Set many lines of demand' },
  roles: commanding,
  input: z.strictObject({ lines: z.array(z.strictObject(demandLine)).min(1).max(5_000) }),
})

const selection = z.array(id()).min(1).max(5_000)

export const withdrawDemands = command({
  name: 'posts.withdrawDemands',
  title: { zh: '撤销警力需求', en: 'Withdraw demand' },
  roles: commanding,
  input: z.strictObject({ demandIds: selection }),
})

export const scaleDemand = command({
  name: 'posts.scaleDemand',
  title: { zh: '批量调整警力需求', en: 'Change the heads of demand' },
  roles: commanding,
  /** `set` to the amount, `add` the amount (may be negative), or take `percent` of what stands, rounded up. */
  input: z.strictObject({
    demandIds: selection,
    how: z.enum(['set', 'add', 'percent']),
    amount: z.int().min(-500).max(10_000),
  }),
  output: z.strictObject({ changed: count() }),
})

export const rescheduleDemand = command({
  name: 'posts.rescheduleDemand',
  title: { zh: '调整需求起止', en: 'Change the days of demand' },
  roles: commanding,
  input: z.strictObject({ demandIds: selection, beginsOn: day().nullable(), endsOn: day().nullable() }),
  output: z.strictObject({ changed: count() }),
})

export const copyDemand = command({
  name: 'posts.copyDemand',
  title: { zh: '复制警力需求', en: 'Copy demand to other posts' },
  roles: commanding,
  /** `replace` withdraws what the other posts have; without it a day that has demand already is refused. */
  input: z.strictObject({
    fromPostId: id(),
    toPostIds: z.array(id()).min(1).max(2_000),
    replace: z.boolean().default(false),
  }),
  output: z.strictObject({ lines: count(), withdrawn: count() }),
})

const demandRow = z.strictObject({
  demandId: z.string(),
  postId: z.string(),
  postCode: z.string(),
  postName: z.string(),
  postKind,
  zoneId: z.string().nullable(),
  patternId: z.string(),
  patternName: z.string(),
  bands: z.array(z.string()),
  skill: skill.nullable(),
  heads: z.int(),
  priority: z.int(),
  beginsOn: z.string(),
  endsOn: z.string(),
  weekdays: z.array(z.int()).nullable(),
  roundId: z.string().nullable(),
  roundName: z.string().nullable(),
  withdrawn: z.boolean(),
})

const choice = {
  operationId: id(),
  kinds: z.array(postKind).max(postKinds.length).optional(),
  zoneId: id().optional(),
  unitId: id().optional(),
}

export const demandLines = query({
  name: 'posts.demand',
  title: { zh: '警力需求', en: 'Demand' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    ...listInput,
    ...choice,
    postIds: z.array(id()).max(2_000).optional(),
    patternId: id().optional(),
    /** Only lines that apply on this duty day. */
    day: day().optional(),
    withdrawn: z.boolean().default(false),
  }),
  output: pageOf(demandRow),
})

export const demandBoard = query({
  name: 'posts.demandBoard',
  title: { zh: '警力需求表', en: 'Demand by post and band' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ ...listInput, ...choice, day: day() }),
  output: pageOf(
    z.strictObject({
      postId: z.string(),
      code: z.string(),
      name: z.string(),
      kind: postKind,
      zoneName: z.string().nullable(),
      unitName: z.string(),
      cells: z.array(
        z.strictObject({
          patternId: z.string(),
          band: z.string(),
          skill: skill.nullable(),
          heads: z.int(),
          priority: z.int(),
          demandIds: z.array(z.string()),
        }),
      ),
    }),
  ),
})

export const demandSummary = query({
  name: 'posts.demandSummary',
  title: { zh: '警力需求汇总', en: 'Demand in sum' },
  roles: [...everyone, 'system'],
  /** At most 62 duty days at once. */
  input: z.strictObject({ operationId: id(), from: day(), until: day() }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        day: z.string(),
        kind: postKind,
        patternId: z.string(),
        band: z.string(),
        posts: count(),
        heads: count(),
      }),
    ),
  }),
})
