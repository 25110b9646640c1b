// Teams on the ground: which posts a team is given to hold, who of it stands there, and what it has worked.
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
  staffName,
} from '../../kernel/contract.ts'
import { count, deskReaders, readers } from './contracts-words.ts'

const keepers = ['administrator', 'commander', 'dutyOfficer', 'system'] as const
export const orderNumber = () => staffName(60).min(1).regex(/\S/)

export const giveTeamPost = command({
  name: 'attendance.giveTeamPost',
  title: { zh: '点位交由队伍值守', en: 'Give a post to a team' },
  roles: keepers,
  input: z.strictObject({
    teamPostId: id(),
    teamId: id(),
    postId: id(),
    /** Duty days, both inclusive; open until it is ended. */
    beginsOn: day(),
    endsOn: day().nullable().default(null),
    orderNumber: orderNumber(),
    /** Who ordered it. */
    approver: staffName(60).min(1).regex(/\S/),
  }),
})

export const endTeamPost = command({
  name: 'attendance.endTeamPost',
  title: { zh: '队伍撤离点位', en: 'A team leaves a post' },
  roles: keepers,
  /** The last duty day; before the first one, the team never takes the post over. */
  input: z.strictObject({ teamPostId: id(), endsOn: day() }),
})

const span = { from: day(), until: day(), teamId: id().optional() }
const page = { offset: listInput.offset, limit: listInput.limit }

/** One row per commando team, two zones and unbroken stretch, by check-ins; the longest first. */
export const teamHoldsWorked = query({
  name: 'attendance.teamHolds',
  title: { zh: '突击队坚守两区时段', en: 'Stretches for which a commando team held two zones' },
  roles: readers,
  input: z.strictObject({ ...span, ...page }),
  output: pageOf(
    z.strictObject({
      teamId: z.string(),
      team: z.string(),
      zoneIds: z.array(z.string()),
      /** Names of the two zones, joined. */
      zones: z.string(),
      begins: instant(),
      ends: instant(),
      /** Whole hours by the clock, and whole duty days inside. */
      hours: count(),
      days: count(),
      /** Members who stood there, and their check-ins. */
      officers: count(),
      presences: count(),
    }),
  ),
})

const teamPostRow = z.strictObject({
  teamPostId: z.string(),
  teamId: z.string(),
  team: z.string(),
  postId: z.string(),
  postCode: z.string(),
  postName: z.string(),
  /** Of the zone that the post belongs to. */
  zone: z.string(),
  beginsOn: z.string(),
  endsOn: z.string().nullable(),
  orderNumber: z.string(),
  approver: z.string(),
  /** Whole hours by the clock for which a member stood there, and bands worked there by members. */
  hours: count(),
  deployments: count(),
})

/** Posts that teams were given to hold on any of the days, with what was worked there in these days. */
export const teamPosts = query({
  name: 'attendance.teamPosts',
  title: { zh: '队伍值守点位', en: 'Posts held by teams' },
  roles: readers,
  input: z.strictObject({ ...span, ...page }),
  output: pageOf(teamPostRow),
})

/** One row per band that a member worked at a post that his team holds. */
export const teamDeployments = query({
  name: 'attendance.teamDeployments',
  title: { zh: '队伍投入警力记录', en: 'Deployments of teams' },
  roles: readers,
  input: z.strictObject({ ...span, ...page }),
  output: pageOf(
    z.strictObject({
      presenceId: z.string(),
      team: z.string(),
      officerId: z.string(),
      officerName: z.string(),
      postName: z.string(),
      day: z.string(),
      band: z.string(),
      cameAt: instant(),
      leftAt: instant().nullable(),
    }),
  ),
})

export const teamDutyOrders = ['name', 'posts', 'there', 'hours', 'deployments'] as const

/** Teams of today with the posts that they hold: who of them is there now, and where nobody is. */
export const teamDuty = query({
  name: 'attendance.teamDuty',
  title: { zh: '队伍在岗', en: 'Teams on the ground' },
  roles: [...deskReaders, 'healthOfficer'],
  input: z.strictObject({
    operationId: id(),
    teamId: id().optional(),
    kind: z.string().max(20).optional(),
    ...orderInput(teamDutyOrders),
    ...listInput,
  }),
  output: pageOf(
    z.strictObject({
      teamId: z.string(),
      name: z.string(),
      kind: z.string(),
      leaderName: z.string(),
      /** Today. */
      memberCount: count(),
      beginsOn: z.string(),
      endsOn: z.string().nullable(),
      there: count(),
      /** Sums over its posts, since the operation began. */
      hours: count(),
      deployments: count(),
      /** Where somebody is needed and nobody of the team stands. */
      gaps: count(),
      posts: z.array(
        teamPostRow.extend({
          there: z.array(z.strictObject({ officerId: z.string(), name: z.string(), cameAt: instant() })),
          /** Since when nobody of the team is there, where somebody is needed; null: covered, or nobody is needed. */
          gapSince: instant().nullable(),
        }),
      ),
    }),
  ).extend({ now: instant(), today: z.string() }),
})
export type TeamOnDuty = z.output<typeof teamDuty.output>['rows'][number]
