// A post that a team holds and nobody of it is there: the commando's own gap, whoever else may stand in for it.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Sighting, Watch } from '../../kernel/module.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { agencyOf } from './scope.ts'
import { compare } from './seats.ts'
import { gapMinutes, gapsAt, type HeldPost, heldPosts } from './team-work.ts'

/** A team with more gaps than these gets one alert. */
const gapsApartMost = 4
const later = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()
const linkOf = (one: HeldPost) => `/team-duty?team=${one.teamId}`

async function postWithoutTeam(db: Kysely<AnyTables>, now: string): Promise<Sighting[]> {
  const agency = await agencyOf(db)
  const today = dutyDayOf(agency, now)
  const held = await heldPosts(db, agency.agencyId, { from: addDays(today, -1), until: today })
  const operations = [...new Set(held.map(one => one.operationId))].sort()
  const gaps = new Map<string, string>()
  for (const operationId of operations) {
    const own = held.filter(one => one.operationId === operationId)
    for (const [id, since] of await gapsAt(db, agency, operationId, own, now)) gaps.set(id, since)
  }
  const open = held.filter(one => gaps.has(one.teamPostId))
  const byTeam = new Map<string, HeldPost[]>()
  for (const one of open) byTeam.set(one.teamId, [...(byTeam.get(one.teamId) ?? []), one])
  return [...byTeam]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([teamId, list]): Sighting[] => {
      const since = (one: HeldPost) => gaps.get(one.teamPostId) ?? now
      const [first] = list
      if (first && list.length > gapsApartMost) {
        const begins = list.map(since).sort()[0] ?? now
        return [
          {
            subject: teamId,
            title: {
              zh: `${first.team.name}值守的 ${list.length} 个点位无本队人员在岗`,
              en: `${first.team.name}: nobody of it at ${list.length} of its posts`,
            },
            severity: 'red',
            link: linkOf(first),
            unitId: null,
            dueAt: later(begins, gapMinutes * 2),
          },
        ]
      }
      return list.map(one => ({
        subject: one.teamPostId,
        title: {
          zh: `${one.post.name}由${one.team.name}值守，现无本队人员在岗`,
          en: `${one.post.name} is held by ${one.team.name}, and nobody of it is there`,
        },
        severity: 'red',
        link: linkOf(one),
        unitId: one.post.unitId,
        dueAt: later(since(one), gapMinutes * 2),
      }))
    })
}

export const teamWatches: readonly Watch[] = [
  {
    key: 'teams.gap',
    title: { zh: '队伍值守点位无人', en: 'A post without the team that holds it' },
    owner: 'dutyOfficer',
    detect: postWithoutTeam,
  },
]
