// Closed loops as they stand today; one's own; and the one read that opens a health reason.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { queriesOn } from '../../kernel/query.ts'
import { addDays, daysBetween, dutyDayOf } from '../../kernel/time.ts'
import { closedLoopTeams, officerNames } from '../people/index.ts'
import { loopMembers, loops, myLoop, objectionHealth, type objectionOutcomes } from './contracts.ts'
import {
  inLoop,
  isInOn,
  type LoopOrder,
  loopRules,
  loopsAround,
  type ObjectionRow,
  objectionsOf,
} from './loop-reads.ts'
import { anyDb, attendanceDb, compare } from './seats.ts'
import type { AttendanceTables } from './tables.ts'
import { teamProblems } from './team-problems.ts'

const on = queriesOn<AttendanceTables>()

const objectionView = (row: ObjectionRow, name: string) => ({
  objectionId: row.objection_id,
  officerId: row.officer_id,
  name,
  text: row.text,
  onHealth: row.health_reason !== null,
  raisedAt: row.raised_at,
  dueAt: row.due_at,
  withdrawnAt: row.withdrawn_at,
  decidedAt: row.decided_at,
  outcome: row.outcome as (typeof objectionOutcomes)[number] | null,
  why: row.why,
  leavesOn: row.leaves_on,
})

function orderView(order: LoopOrder | undefined) {
  if (!order) return null
  const { orderId, orderNumber, approver, basis, reason, beginsOn, endsOn } = order
  return { orderId, orderNumber, approver, basis, reason, beginsOn, endsOn }
}

/** One row per person who was in a closed loop on any of the days. */
export async function membersIn(db: Kysely<AnyTables>, agencyId: string, from: string, until: string) {
  const teams = await closedLoopTeams(db, agencyId, from, until)
  const found = new Map<string, { teams: Set<string>; days: number }>()
  for (const team of teams) {
    for (const { officerId, from: begins, until: ends } of team.members) {
      const one = found.get(officerId) ?? { teams: new Set<string>(), days: 0 }
      const [first, last] = [begins > from ? begins : from, ends !== null && ends < until ? ends : until]
      one.days += daysBetween(first, last) + 1
      one.teams.add(team.name)
      found.set(officerId, one)
    }
  }
  return [...found].sort(([a], [b]) => compare(a, b))
}

export const loopQueries = [
  on(loops, {
    sees: 'agency',
    async run(ownDb, input, meta) {
      const db = anyDb(ownDb)
      const { agencyId } = meta.agency
      const today = input.on ?? dutyDayOf(meta.agency, meta.now)
      const { teams, orders, stays } = await loopsAround(db, agencyId, today)
      const rules = await loopRules(db, agencyId, today)
      const shown = teams.filter(
        team =>
          (input.teamId === undefined || team.teamId === input.teamId) &&
          // Who has left is shown until his rest is over.
          (team.endsOn === null || addDays(team.endsOn, rules.restDays) >= today),
      )
      const objections = await objectionsOf(attendanceDb(db), agencyId, {
        teamIds: shown.map(team => team.teamId),
      })
      const officers = [
        ...shown.flatMap(team => team.members.map(one => one.officerId)),
        ...objections.map(row => row.officer_id),
      ]
      const names = await officerNames(db, agencyId, [...new Set(officers)].sort())
      const name = (id: string) => names.get(id)?.name ?? ''
      return {
        today,
        ...rules,
        rows: shown.map(team => ({
          teamId: team.teamId,
          team: team.name,
          beginsOn: team.beginsOn,
          endsOn: team.endsOn,
          order: orderView(orders.get(team.teamId)),
          members: [...new Set(team.members.map(one => one.officerId))].flatMap(officerId => {
            const stay = (stays.get(officerId) ?? []).findLast(one => one.teamIds.includes(team.teamId))
            return stay ? [{ officerId, name: name(officerId), ...inLoop(stay, today, rules) }] : []
          }),
          objections: objections
            .filter(row => row.team_id === team.teamId)
            .map(row => objectionView(row, name(row.officer_id))),
        })),
      }
    },
  }),

  on(myLoop, {
    // His own only, by the officer of his session.
    sees: 'agency',
    async run(ownDb, _input, meta) {
      const db = anyDb(ownDb)
      const { agencyId } = meta.agency
      const today = dutyDayOf(meta.agency, meta.now)
      const rules = await loopRules(db, agencyId, today)
      const { officerId } = meta.actor
      if (officerId === null) return { today, ...rules, loop: null, objections: [] }
      const { teams, orders, stays } = await loopsAround(db, agencyId, today)
      const stay = (stays.get(officerId) ?? []).findLast(one => one.from <= today)
      const state = stay && inLoop(stay, today, rules)
      const isIn = stay !== undefined && isInOn(stay, today)
      const rests = state?.restsUntil !== null && state !== undefined && today <= (state.restsUntil ?? '')
      const team = teams.find(one => one.teamId === stay?.teamIds.at(-1))
      const rows = await objectionsOf(attendanceDb(db), agencyId, { officerId })
      return {
        today,
        ...rules,
        loop:
          team && state && (isIn || rests)
            ? { team: team.name, isIn, order: orderView(orders.get(team.teamId)), ...state }
            : null,
        objections: rows.map(row => objectionView(row, meta.actor.name)),
      }
    },
  }),

  on(loopMembers, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const found = await membersIn(anyDb(db), agencyId, input.from, input.until)
      const names = await officerNames(
        anyDb(db),
        agencyId,
        found.map(([id]) => id),
      )
      return {
        total: found.length,
        rows: found.map(([officerId, { teams, days }]) => ({
          officerId,
          name: names.get(officerId)?.name ?? '',
          teams: [...teams].sort().join('、'),
          days,
        })),
      }
    },
  }),

  on(objectionHealth, {
    async run(db, input, meta) {
      const [row] = await objectionsOf(db, meta.agency.agencyId, { objectionId: input.objectionId })
      if (!row) throw teamProblems.objectionMissing()
      const [reason] = await meta.open([row.health_reason])
      return { officerId: row.officer_id, reason: reason ?? null }
    },
  }),
]
