// What other modules may know of people, by plain functions on their own connection. They see what the scope sees.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays } from '../../kernel/time.ts'
import type { OfficerKind } from './contracts.ts'
import { anyOf, dutyClock, dutyInstants, type PeopleDb, peopleDb, subtreeIds } from './people-db.ts'

export interface RosterOfficer {
  officerId: string
  badge: string
  name: string
  kind: OfficerKind
  sex: 'male' | 'female' | 'unknown'
  unitId: string
  /** Whether the unit lends its people to posts of other units. */
  unitLendable: boolean
  /** Days on the books, both inclusive; null where open. */
  beginsOn: string | null
  endsOn: string | null
  /** With `woman` where it follows from sex; days, both inclusive. */
  skills: { skill: string; validFrom: string | null; validUntil: string | null }[]
  /** Instants. `noNights`: only night bands are closed; else the whole stretch is. */
  unavailable: { from: string; until: string; noNights: boolean }[]
}

interface Window {
  from: string
  until: string
  /** A day wider on both sides than any zone moves it; who exactly is on the books the caller sees by the days. */
  firstDay: string
  lastDay: string
}

function officersIn(db: PeopleDb, agencyId: string, { firstDay, lastDay }: Window) {
  return db
    .selectFrom('officer as o')
    .innerJoin('unit as u', join =>
      join.onRef('u.agency_id', '=', 'o.agency_id').onRef('u.unit_id', '=', 'o.unit_id'),
    )
    .select(['o.officer_id', 'o.badge', 'o.name', 'o.kind', 'o.sex', 'o.unit_id', 'u.lendable'])
    .select(['o.begins_on', 'o.ends_on'])
    .where('o.agency_id', '=', agencyId)
    .where(({ or, eb }) => or([eb('o.begins_on', 'is', null), eb('o.begins_on', '<=', lastDay)]))
    .where(({ or, eb }) => or([eb('o.ends_on', 'is', null), eb('o.ends_on', '>=', firstDay)]))
    .orderBy('u.sort')
    .orderBy('u.name')
    .orderBy('o.name_sort')
    .orderBy('o.officer_id')
    .execute()
}

function skillsOf(db: PeopleDb, agencyId: string) {
  return db
    .selectFrom('officer_skill')
    .select(['officer_id', 'skill', 'valid_from', 'valid_until'])
    .where('agency_id', '=', agencyId)
    .orderBy('officer_id')
    .orderBy('skill')
    .execute()
}

function absencesIn(db: PeopleDb, agencyId: string, { from, until }: Window) {
  return db
    .selectFrom('availability')
    .select(['officer_id', 'state', 'no_nights', 'begins_at', 'ends_at'])
    .where('agency_id', '=', agencyId)
    .where('withdrawn', '=', false)
    .where('begins_at', '<', until)
    .where('ends_at', '>', from)
    .orderBy('begins_at')
    .orderBy('availability_id')
    .execute()
}

function secondmentsIn(db: PeopleDb, agencyId: string, { firstDay, lastDay }: Window) {
  return db
    .selectFrom('secondment')
    .select(['officer_id', 'begins_on', 'ends_on'])
    .where('agency_id', '=', agencyId)
    .where('withdrawn', '=', false)
    .where('begins_on', '<=', lastDay)
    .where('ends_on', '>=', firstDay)
    .orderBy('begins_on')
    .orderBy('secondment_id')
    .execute()
}

function rosterOfficer(row: Awaited<ReturnType<typeof officersIn>>[number]): RosterOfficer {
  return {
    officerId: row.officer_id,
    badge: row.badge,
    name: row.name,
    kind: row.kind as OfficerKind,
    sex: row.sex as RosterOfficer['sex'],
    unitId: row.unit_id,
    unitLendable: row.lendable,
    beginsOn: row.begins_on,
    endsOn: row.ends_on,
    skills: row.sex === 'female' ? [{ skill: 'woman', validFrom: null, validUntil: null }] : [],
    unavailable: [],
  }
}

/**
 * Everybody who can be assigned at some moment between two instants, in the order of unit and name. Secondments out
 * count as unavailable. Within the actor's unit scope.
 */
export async function rosterOfficers(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  fromInstant: string,
  untilInstant: string,
): Promise<RosterOfficer[]> {
  const db = peopleDb(anyDb)
  // In UTC as the books write instants, so that they compare as texts.
  const [from, until] = [new Date(fromInstant).toISOString(), new Date(untilInstant).toISOString()]
  const window: Window = {
    from,
    until,
    firstDay: addDays(from.slice(0, 10), -1),
    lastDay: addDays(until.slice(0, 10), 1),
  }
  const [clock, rows, skills, absences, away] = await Promise.all([
    dutyClock(db, agencyId),
    officersIn(db, agencyId, window),
    skillsOf(db, agencyId),
    absencesIn(db, agencyId, window),
    secondmentsIn(db, agencyId, window),
  ])
  const officers = new Map(rows.map(row => [row.officer_id, rosterOfficer(row)]))
  for (const row of skills) {
    const skill = { skill: row.skill, validFrom: row.valid_from, validUntil: row.valid_until }
    officers.get(row.officer_id)?.skills.push(skill)
  }
  for (const row of absences) {
    // `limited` without the limit of the nights cannot be: the command asks for a meaning.
    const noNights = row.state === 'limited' && row.no_nights
    officers.get(row.officer_id)?.unavailable.push({ from: row.begins_at, until: row.ends_at, noNights })
  }
  for (const row of away) {
    const stretch = dutyInstants(clock, row.begins_on, row.ends_on)
    if (stretch.from < until && stretch.until > from) {
      officers.get(row.officer_id)?.unavailable.push({ ...stretch, noNights: false })
    }
  }
  return [...officers.values()]
}

export interface OfficerName {
  name: string
  badge: string
  kind: OfficerKind
  unitId: string
}

/** Names by id; who is outside the scope is not in the map. */
export async function officerNames(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  ids: readonly string[],
): Promise<Map<string, OfficerName>> {
  if (ids.length === 0) return new Map()
  const rows = await peopleDb(anyDb)
    .selectFrom('officer')
    .select(['officer_id', 'name', 'badge', 'kind', 'unit_id'])
    .where('agency_id', '=', agencyId)
    .where('officer_id', '=', anyOf([...new Set(ids)]))
    .orderBy('officer_id')
    .execute()
  return new Map(
    rows.map(row => [
      row.officer_id,
      { name: row.name, badge: row.badge, kind: row.kind as OfficerKind, unitId: row.unit_id },
    ]),
  )
}

/** The unit and everything below it, as ids in order. */
export function unitSubtree(anyDb: Kysely<AnyTables>, agencyId: string, unitId: string): Promise<string[]> {
  return subtreeIds(peopleDb(anyDb), agencyId, unitId)
}

export interface UnitName {
  name: string
  shortName: string
  sort: number
  parentId: string | null
  active: boolean
}

/** All units of the agency by id, in the order of protocol. */
export async function unitNames(anyDb: Kysely<AnyTables>, agencyId: string): Promise<Map<string, UnitName>> {
  const rows = await peopleDb(anyDb)
    .selectFrom('unit')
    .select(['unit_id', 'name', 'short_name', 'sort', 'parent_id', 'active'])
    .where('agency_id', '=', agencyId)
    .orderBy('sort')
    .orderBy('name')
    .orderBy('unit_id')
    .execute()
  return new Map(
    rows.map(row => [
      row.unit_id,
      {
        name: row.name,
        shortName: row.short_name,
        sort: row.sort,
        parentId: row.parent_id,
        active: row.active,
      },
    ]),
  )
}

export interface Away {
  officerId: string
  /** Null: seconded out. */
  availabilityId: string | null
  begins: string
  ends: string
}

/** Who of these is unavailable or seconded out at some moment between two instants; limits do not count. */
export async function awayBetween(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  ids: readonly string[],
  [from, until]: readonly [string, string],
): Promise<Away[]> {
  if (ids.length === 0) return []
  const db = peopleDb(anyDb)
  const [clock, absences, seconded] = await Promise.all([
    dutyClock(db, agencyId),
    db
      .selectFrom('availability')
      .select(['officer_id', 'availability_id', 'begins_at', 'ends_at'])
      .where('agency_id', '=', agencyId)
      .where('officer_id', '=', anyOf(ids))
      .where('withdrawn', '=', false)
      .where('state', '=', 'unavailable')
      .where('begins_at', '<', until)
      .where('ends_at', '>', from)
      .orderBy('begins_at')
      .orderBy('availability_id')
      .execute(),
    db
      .selectFrom('secondment')
      .select(['officer_id', 'begins_on', 'ends_on'])
      .where('agency_id', '=', agencyId)
      .where('officer_id', '=', anyOf(ids))
      .where('withdrawn', '=', false)
      .where('begins_on', '<=', addDays(until.slice(0, 10), 1))
      .where('ends_on', '>=', addDays(from.slice(0, 10), -1))
      .orderBy('begins_on')
      .orderBy('secondment_id')
      .execute(),
  ])
  const out = seconded.flatMap(row => {
    const stretch = dutyInstants(clock, row.begins_on, row.ends_on)
    const covers = stretch.from < until && stretch.until > from
    const one = { officerId: row.officer_id, availabilityId: null, begins: stretch.from, ends: stretch.until }
    return covers ? [one] : []
  })
  const left = absences.map(row => ({
    officerId: row.officer_id,
    availabilityId: row.availability_id,
    begins: row.begins_at,
    ends: row.ends_at,
  }))
  return [...left, ...out]
}
