// Reading the turns of a station, and who of it is on duty when.
import type { Kysely } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, instantAt } from '../../kernel/time.ts'
import type { RosterOfficer } from '../people/index.ts'
import type { TurnKind } from './contracts.ts'
import { dutiesOfOfficers } from './duties-of.ts'
import { officersOn } from './lead-reads.ts'
import type { RosterDb } from './published.ts'
import type { Present, Turn } from './turn-rotation.ts'

export interface NamedTurn extends Turn {
  unitId: string
  name: string
  ended: boolean
}

/** In the order of the day. */
export async function turnsOf(db: Kysely<AnyTables>, agencyId: string, unitId: string): Promise<NamedTurn[]> {
  const rows = await (db as unknown as RosterDb)
    .selectFrom('station_turn')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', unitId)
    .orderBy('kind', 'desc')
    .orderBy('from_minute')
    .orderBy('turn_id')
    .execute()
  return rows.map(row => ({
    turnId: row.turn_id,
    unitId: row.unit_id,
    kind: row.kind as TurnKind,
    name: row.name,
    fromMinute: row.from_minute,
    minutes: row.minutes,
    heads: row.heads,
    ended: row.ended,
  }))
}

export interface Goer {
  turnId: string
  day: string
  officerId: string
  byHand: boolean
}

export async function goersOf(
  db: Kysely<AnyTables>,
  agencyId: string,
  unitId: string,
  fromDay: string,
  untilDay: string,
): Promise<Goer[]> {
  const rows = await (db as unknown as RosterDb)
    .selectFrom('station_turn_officer')
    .select(['turn_id', 'day', 'officer_id', 'by_hand'])
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', unitId)
    .where('day', '>=', fromDay)
    .where('day', '<=', untilDay)
    .orderBy('day')
    .orderBy('turn_id')
    .orderBy('officer_id')
    .execute()
  return rows.map(row => ({
    turnId: row.turn_id,
    day: row.day,
    officerId: row.officer_id,
    byHand: row.by_hand,
  }))
}

/** People of a unit with published duty, by day, in the order of name. */
export async function presentOn(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  unitId: string,
  days: { fromDay: string; untilDay: string },
): Promise<{ officers: Map<string, RosterOfficer>; byDay: Map<string, Present[]> }> {
  const { fromDay, untilDay } = days
  const all = await officersOn(db, agency, fromDay, untilDay)
  const officers = new Map([...all].filter(([, one]) => one.unitId === unitId))
  const duties = await dutiesOfOfficers(db, agency.agencyId, [...officers.keys()].sort(), fromDay, untilDay)
  const byDay = new Map<string, Present[]>()
  for (const officerId of officers.keys()) {
    const own = duties.filter(one => one.officerId === officerId)
    for (const day of new Set(own.map(one => one.day))) {
      const start = Date.parse(instantAt(agency.timeZone, day, agency.handOverMinute))
      const minute = (at: string) => Math.round((Date.parse(at) - start) / 60_000)
      const spans = own
        .filter(one => one.day === day)
        .map(one => ({ from: minute(one.begins), until: minute(one.ends) }))
      const list = byDay.get(day)
      if (list) list.push({ officerId, spans })
      else byDay.set(day, [{ officerId, spans }])
    }
  }
  return { officers, byDay }
}

export const daysOf = (fromDay: string, many: number): string[] =>
  Array.from({ length: many }, (_, at) => addDays(fromDay, at))
