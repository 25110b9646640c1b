// Figures of teams, all by check-ins; what was planned is the roster's.
import type { CountUnit } from '../../kernel/contract.ts'
import { everyone, type QueryContract, type Role } from '../../kernel/contract.ts'
import type { Measure } from '../../kernel/module.ts'
import { deskReaders, loopMembers, teamDeployments, teamHoldsWorked, teamPosts } from './contracts.ts'
import { membersIn } from './loop-queries.ts'
import { agencyOf } from './scope.ts'
import { heldPosts, hoursHeld } from './team-work.ts'
import { workedHoldsIn } from './worked-holds.ts'

interface Declared {
  key: string
  zh: string
  en: string
  unit: CountUnit
  roles?: readonly Role[]
  query: QueryContract
  count: Measure['count']
}

const measure = ({ key, zh, en, unit, roles = everyone, query, count }: Declared): Measure => ({
  key,
  title: { zh, en },
  unit,
  roles,
  count,
  records: { query, input: ({ from, until }) => ({ from, until }) },
})

const longest = (key: string, zh: string, en: string, unit: 'hours' | 'days') =>
  measure({
    ...{ key, zh, en, query: teamHoldsWorked },
    unit: unit === 'hours' ? 'hour' : 'day',
    count: async (db, span, now) => (await workedHoldsIn(db, await agencyOf(db), span, now))[0]?.[unit] ?? 0,
  })

export const teamMeasures: readonly Measure[] = [
  longest(
    'roster.longestTeamHours',
    '突击队坚守两区最长时长',
    'Longest that one commando team held two zones without a break',
    'hours',
  ),
  longest(
    'roster.longestTeamDays',
    '突击队坚守两区最长天数',
    'Whole duty days of the longest hold of two zones by one commando team',
    'days',
  ),
  measure({
    key: 'teams.deployments',
    zh: '队伍投入警力',
    en: 'Deployments of teams at the posts that they hold',
    unit: 'person-shift',
    query: teamDeployments,
    count: async (db, span) => {
      const held = await heldPosts(db, (await agencyOf(db)).agencyId, span)
      return held.reduce((sum, one) => sum + one.presences.length, 0)
    },
  }),
  measure({
    key: 'teams.hoursHeld',
    zh: '队伍值守时长',
    en: 'Hours for which teams stood at the posts that they hold',
    unit: 'hour',
    query: teamPosts,
    count: async (db, span, now) => {
      const held = await heldPosts(db, (await agencyOf(db)).agencyId, span)
      return held.reduce((sum, one) => sum + hoursHeld(one.presences, now), 0)
    },
  }),
  measure({
    key: 'loops.members',
    zh: '闭环人员',
    en: 'In closed loops',
    unit: 'person',
    roles: deskReaders,
    query: loopMembers,
    count: async (db, span) =>
      (await membersIn(db, (await agencyOf(db)).agencyId, span.from, span.until)).length,
  }),
]
