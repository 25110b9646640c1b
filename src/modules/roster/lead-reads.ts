// Reading the calendar of leaders: who leads when, and what speaks against it.
import type { Kysely } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, dutyDayOf, instantAt } from '../../kernel/time.ts'
import { officerNames, type RosterOfficer, rosterOfficers, unitNames } from '../people/index.ts'
import type { LeadOffice } from './contracts.ts'
import { dutiesOfOfficers } from './duties-of.ts'
import type { RosterDb } from './published.ts'

export const leadSkill = 'leader'

export interface Lead {
  operationId: string
  day: string
  office: LeadOffice
  officerId: string
}

/** Of every operation, by day. */
export async function leadsIn(
  db: Kysely<AnyTables>,
  agencyId: string,
  fromDay: string,
  untilDay: string,
): Promise<Lead[]> {
  const rows = await (db as unknown as RosterDb)
    .selectFrom('lead_duty')
    .select(['operation_id', 'day', 'office', 'officer_id'])
    .where('agency_id', '=', agencyId)
    .where('day', '>=', fromDay)
    .where('day', '<=', untilDay)
    .orderBy('day')
    .orderBy('office')
    .orderBy('operation_id')
    .execute()
  return rows.map(row => ({
    operationId: row.operation_id,
    day: row.day,
    office: row.office as LeadOffice,
    officerId: row.officer_id,
  }))
}

/** Everybody on the books at some moment of the days, by id. */
export async function officersOn(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  fromDay: string,
  untilDay: string,
): Promise<Map<string, RosterOfficer>> {
  const { agencyId, timeZone, handOverMinute } = agency
  const begins = instantAt(timeZone, fromDay, handOverMinute)
  const ends = instantAt(timeZone, addDays(untilDay, 1), handOverMinute)
  const officers = await rosterOfficers(db, agencyId, begins, ends)
  return new Map(officers.map(one => [one.officerId, one]))
}

/** On the books and with the skill, on that very day. */
export function mayLead(officer: RosterOfficer | undefined, day: string): boolean {
  if (!officer) return false
  if (officer.beginsOn !== null && officer.beginsOn > day) return false
  if (officer.endsOn !== null && officer.endsOn < day) return false
  return officer.skills.some(
    one =>
      one.skill === leadSkill &&
      (one.validFrom === null || one.validFrom <= day) &&
      (one.validUntil === null || one.validUntil >= day),
  )
}

export interface LeadDoubt {
  rule: string
  zh: string
  en: string
  officerId: string
  day: string
}

/**
 * What speaks against who leads on the days: told and not refused, because a bureau of five leaders sometimes has no
 * better answer, and whoever signs the sheet must know it.
 */
export async function doubtsIn(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  operationId: string,
  days: { fromDay: string; untilDay: string },
): Promise<LeadDoubt[]> {
  const { fromDay, untilDay } = days
  const all = await leadsIn(db, agency.agencyId, addDays(fromDay, -1), addDays(untilDay, 1))
  const own = all.filter(one => one.operationId === operationId && one.day >= fromDay && one.day <= untilDay)
  const ids = [...new Set(own.map(one => one.officerId))].sort()
  const [duties, officers] = await Promise.all([
    dutiesOfOfficers(db, agency.agencyId, ids, fromDay, untilDay),
    officersOn(db, agency, fromDay, untilDay),
  ])
  const busy = new Set(duties.map(one => `${one.officerId} ${one.day}`))
  const found: LeadDoubt[] = []
  const seen = new Set<string>()
  for (const { day, office, officerId } of own) {
    const say = (rule: string, zh: string, en: string) => {
      const key = `${rule} ${officerId} ${day} ${en}`
      if (!seen.has(key)) found.push({ rule, zh, en, officerId, day })
      seen.add(key)
    }
    const others = all.filter(one => one.officerId === officerId && one.day === day)
    if (others.some(one => one.operationId === operationId && one.office !== office)) {
      say('RST117', '同日兼任两个带班岗位', 'holds both offices of the day')
    }
    if (others.some(one => one.operationId !== operationId)) {
      say('RST117', '同日在另一专项勤务带班', 'leads another operation that day')
    }
    if (busy.has(`${officerId} ${day}`)) {
      say('RST117', '同日另有已发布班次', 'has published duty that day')
    }
    const officer = officers.get(officerId)
    if (!mayLead(officer, day)) say('RST117', '当日已无带班资质或已不在册', 'may no longer lead that day')
    if (officer && isAway(agency, officer, day)) say('RST117', '当日不可用', 'is unavailable that day')
    const next = [addDays(day, -1), addDays(day, 1)]
    if (all.some(one => one.officerId === officerId && next.includes(one.day))) {
      say('RST118', '与相邻一日带班之间没有休息日', 'has no day between two duties of 24 h')
    }
  }
  return found
}

function isAway(agency: AgencySettings, officer: RosterOfficer, day: string): boolean {
  const begins = instantAt(agency.timeZone, day, agency.handOverMinute)
  const ends = instantAt(agency.timeZone, addDays(day, 1), agency.handOverMinute)
  return officer.unavailable.some(one => !one.noNights && one.from < ends && one.until > begins)
}

export interface Leader {
  office: LeadOffice
  officerId: string
  name: string
  badge: string
  unit: string
}

/** With names; whoever is outside the scope of the asker is left out. */
export async function named(
  db: Kysely<AnyTables>,
  agencyId: string,
  list: readonly Lead[],
): Promise<(Leader & { day: string })[]> {
  const ids = [...new Set(list.map(one => one.officerId))].sort()
  const [names, units] = await Promise.all([officerNames(db, agencyId, ids), unitNames(db, agencyId)])
  return list.flatMap(({ day, office, officerId }) => {
    const person = names.get(officerId)
    if (!person) return []
    const unit = units.get(person.unitId)?.shortName ?? ''
    return [{ day, office, officerId, name: person.name, badge: person.badge, unit }]
  })
}

/** Who leads an operation at a moment, for other modules: a duty day begins at the hand-over hour. */
export async function leadersAt(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  operationId: string,
  at: string,
): Promise<Leader[]> {
  const day = dutyDayOf(agency, at)
  const list = (await leadsIn(db, agency.agencyId, day, day)).filter(one => one.operationId === operationId)
  return (await named(db, agency.agencyId, list)).map(({ day: _day, ...leader }) => leader)
}
