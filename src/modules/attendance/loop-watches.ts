// Closed loops that near their most days or pass them, that rest on no order, and objections that wait.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Sighting, Watch } from '../../kernel/module.ts'
import { addDays, dutyDayOf, instantAt } from '../../kernel/time.ts'
import { officerNames, type TeamWithMembers } from '../people/index.ts'
import { inLoop, isInOn, loopRules, loopsAround, objectionsOf } from './loop-reads.ts'
import { agencyOf } from './scope.ts'
import { attendanceDb, type DutyAgency } from './seats.ts'

/** So many days before the most days a group is told of: so long it takes to find who relieves it. */
export const noticeDays = 2
const linkOf = (teamId: string) => `/team-duty?team=${teamId}`
const endOf = (agency: DutyAgency, day: string) =>
  instantAt(agency.timeZone, addDays(day, 1), agency.handOverMinute)

async function around(db: Kysely<AnyTables>, now: string) {
  const agency = await agencyOf(db)
  const today = dutyDayOf(agency, now)
  const rules = await loopRules(db, agency.agencyId, today)
  return { agency, today, rules, ...(await loopsAround(db, agency.agencyId, today)) }
}

const membersOn = (team: TeamWithMembers, day: string): ReadonlySet<string> =>
  new Set(
    team.members
      .filter(one => one.from <= day && (one.until === null || day <= one.until))
      .map(one => one.officerId),
  )

/** One alert a group: how many of it are near the most days, or past them. */
async function nearMost(db: Kysely<AnyTables>, now: string): Promise<Sighting[]> {
  const { agency, today, rules, teams, stays } = await around(db, now)
  return teams.flatMap((team): Sighting[] => {
    const days = [...membersOn(team, today)].flatMap(officerId => {
      const stay = stays.get(officerId)?.find(one => isInOn(one, today))
      return stay ? [inLoop(stay, today, rules).daysIn] : []
    })
    const over = days.filter(one => one > rules.daysMost).length
    const near = days.filter(one => one >= rules.daysMost - noticeDays).length
    if (near === 0) return []
    const most = Math.max(...days)
    const { daysMost } = rules
    return [
      {
        subject: team.teamId,
        title:
          over > 0
            ? {
                zh: `${team.name} ${over} 人闭环超过 ${daysMost} 天，最长 ${most} 天`,
                en: `${team.name}: ${over} in a closed loop for more than ${daysMost} days, ${most} at the most`,
              }
            : {
                zh: `${team.name} ${near} 人闭环已 ${most} 天，最多 ${daysMost} 天`,
                en: `${team.name}: ${near} in a closed loop for ${most} days of at most ${daysMost}`,
              },
        severity: over > 0 ? 'red' : 'amber',
        link: linkOf(team.teamId),
        unitId: null,
        dueAt: endOf(agency, over > 0 ? today : addDays(today, Math.max(0, daysMost - most))),
      },
    ]
  })
}

/** People are kept apart today, and no order says by whose right. */
async function withoutOrder(db: Kysely<AnyTables>, now: string): Promise<Sighting[]> {
  const { agency, today, teams, orders } = await around(db, now)
  return teams.flatMap((team): Sighting[] => {
    const inIt = membersOn(team, today)
    const order = orders.get(team.teamId)
    if (inIt.size === 0 || (order && order.beginsOn <= today && today <= order.endsOn)) return []
    return [
      {
        subject: team.teamId,
        title: {
          zh: `${team.name} ${inIt.size} 人在闭环，今天没有命令依据`,
          en: `${team.name}: ${inIt.size} in a closed loop today without an order`,
        },
        severity: 'red',
        link: linkOf(team.teamId),
        unitId: null,
        dueAt: endOf(agency, today),
      },
    ]
  })
}

async function waiting(db: Kysely<AnyTables>, now: string, onHealth: boolean): Promise<Sighting[]> {
  const { agencyId } = await agencyOf(db)
  const open = (await objectionsOf(attendanceDb(db), agencyId, 'open')).filter(
    row => (row.health_reason !== null) === onHealth,
  )
  const names = await officerNames(db, agencyId, [...new Set(open.map(row => row.officer_id))].sort())
  return open.map(row => {
    const name = names.get(row.officer_id)?.name ?? ''
    const late = row.due_at <= now
    return {
      subject: row.objection_id,
      title: {
        zh: late ? `${name}对闭环的异议超时未答复` : `${name}对闭环提出异议，待答复`,
        en: late
          ? `The objection of ${name} to the closed loop is overdue`
          : `${name} objects to the closed loop`,
      },
      severity: late ? 'red' : 'amber',
      link: linkOf(row.team_id),
      unitId: null,
      dueAt: row.due_at,
    } as const
  })
}

export const loopWatches: readonly Watch[] = [
  {
    key: 'loops.nearMost',
    title: { zh: '闭环接近或超过最多天数', en: 'A closed loop near its most days, or past them' },
    owner: 'commander',
    detect: nearMost,
  },
  {
    key: 'loops.withoutOrder',
    title: { zh: '闭环没有命令', en: 'A closed loop without an order' },
    owner: 'commander',
    detect: withoutOrder,
  },
  {
    key: 'loops.objection',
    title: { zh: '闭环异议待答复', en: 'An objection to a closed loop waits' },
    owner: 'commander',
    detect: (db, now) => waiting(db, now, false),
  },
  {
    key: 'loops.objectionOnHealth',
    title: { zh: '闭环异议待答复（健康原因）', en: 'An objection for reasons of health waits' },
    owner: 'healthOfficer',
    detect: (db, now) => waiting(db, now, true),
  },
]
