// How long somebody has been in closed loops, and until when: from membership, the order and the roster's own rules.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, daysBetween } from '../../kernel/time.ts'
import { closedLoopTeams, type TeamWithMembers } from '../people/index.ts'
import { rulesOn } from '../roster/index.ts'
import { type AttendanceDb, attendanceDb, compare } from './seats.ts'

export interface LoopOrder {
  orderId: string
  teamId: string
  orderNumber: string
  approver: string
  approverId: string | null
  basis: string
  reason: string
  beginsOn: string
  endsOn: string
  orderedBy: string | null
}

export async function loopOrders(
  db: AttendanceDb,
  agencyId: string,
  teamIds: readonly string[],
): Promise<Map<string, LoopOrder>> {
  const rows = await db
    .selectFrom('loop_order')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('team_id', '=', sql<string>`any (${[...teamIds]}::uuid[])`)
    .orderBy('order_id')
    .execute()
  return new Map(
    rows.map(row => [
      row.team_id,
      {
        orderId: row.order_id,
        teamId: row.team_id,
        orderNumber: row.order_number,
        approver: row.approver,
        approverId: row.approver_id,
        basis: row.basis,
        reason: row.reason,
        beginsOn: row.begins_on,
        endsOn: row.ends_on,
        orderedBy: row.ordered_by,
      },
    ]),
  )
}

/** Days without a break that somebody is in closed loops; loops that follow each other are one stay. */
export interface Stay {
  from: string
  /** Null: nothing ends it. */
  until: string | null
  teamIds: string[]
}

/** Each member's stays in the loops of some teams, in order. */
export function staysOf(teams: readonly TeamWithMembers[]): Map<string, Stay[]> {
  const all = teams.flatMap(team => team.members.map(member => ({ ...member, teamId: team.teamId })))
  all.sort((a, b) => compare(a.from, b.from) || compare(a.teamId, b.teamId))
  const stays = new Map<string, Stay[]>()
  for (const { officerId, from, until, teamId } of all) {
    const list = stays.get(officerId) ?? []
    stays.set(officerId, list)
    const last = list.at(-1)
    if (last && (last.until === null || from <= addDays(last.until, 1))) {
      if (last.until !== null && (until === null || until > last.until)) last.until = until
      last.teamIds.push(teamId)
    } else list.push({ from, until, teamIds: [teamId] })
  }
  return stays
}

export interface InLoop {
  /** Today included; 0 before it begins. */
  daysIn: number
  lastDay: string | null
  restsUntil: string | null
}

export interface LoopRules {
  daysMost: number
  restDays: number
}

/** The roster's own rules (RST12): what keeps somebody off the roster and what is shown here never differ. */
export async function loopRules(db: Kysely<AnyTables>, agencyId: string, day: string): Promise<LoopRules> {
  const { rules } = await rulesOn(db as never, agencyId, day)
  return { daysMost: rules.closedLoopDays, restDays: rules.closedLoopRestDays }
}

export function inLoop(stay: Stay, today: string, { restDays }: LoopRules): InLoop {
  const last = stay.until !== null && stay.until < today ? stay.until : today
  return {
    daysIn: Math.max(0, daysBetween(stay.from, last) + 1),
    lastDay: stay.until,
    restsUntil: stay.until === null ? null : addDays(stay.until, restDays),
  }
}

/** Nobody looks further back: the longest loop and rest that the rules allow are shorter. */
const backDays = 120

/** Closed-loop teams around a day, with what came before them. */
export async function loopsAround(db: Kysely<AnyTables>, agencyId: string, today: string) {
  const teams = await closedLoopTeams(db, agencyId, addDays(today, -backDays), addDays(today, 1))
  const orders = await loopOrders(
    attendanceDb(db),
    agencyId,
    teams.map(team => team.teamId),
  )
  return { teams, orders, stays: staysOf(teams) }
}

export const isInOn = (stay: Stay, day: string): boolean =>
  stay.from <= day && (stay.until === null || day <= stay.until)

const objectionColumns = [
  'j.objection_id',
  'j.order_id',
  'j.officer_id',
  'j.text',
  'j.health_reason',
  'j.raised_at',
  'j.due_at',
  'j.withdrawn_at',
  'j.decided_at',
  'j.outcome',
  'j.why',
  'j.leaves_on',
  'o.team_id',
] as const

/** Objections to the orders of some teams or of one officer, the newest first. */
export function objectionsOf(
  db: AttendanceDb,
  agencyId: string,
  whose: { teamIds: readonly string[] } | { officerId: string } | { objectionId: string } | 'open',
) {
  let found = db
    .selectFrom('loop_objection as j')
    .innerJoin('loop_order as o', join =>
      join.onRef('o.agency_id', '=', 'j.agency_id').onRef('o.order_id', '=', 'j.order_id'),
    )
    .select(objectionColumns)
    .where('j.agency_id', '=', agencyId)
  if (whose === 'open') found = found.where('j.decided_at', 'is', null).where('j.withdrawn_at', 'is', null)
  else if ('officerId' in whose) found = found.where('j.officer_id', '=', whose.officerId)
  else if ('objectionId' in whose) found = found.where('j.objection_id', '=', whose.objectionId)
  else found = found.where('o.team_id', '=', sql<string>`any (${[...whose.teamIds]}::uuid[])`)
  return found.orderBy('j.raised_at', 'desc').orderBy('j.objection_id').execute()
}
export type ObjectionRow = Awaited<ReturnType<typeof objectionsOf>>[number]
