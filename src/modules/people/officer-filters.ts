// Which officers a list, a file or a measure is about. One place, so that a figure and its records cannot differ.
import { type SelectQueryBuilder, sql } from 'kysely'
import type { QueryMeta } from '../../kernel/query.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import type { OfficerKind } from './contracts.ts'
import { anyOf, type PeopleDb, subtreeIds } from './people-db.ts'
import type { OfficerTable, PeopleTables } from './tables.ts'

// The alias `o` stands for the officer in every query that is narrowed here.
export type FromOfficer<O> = SelectQueryBuilder<PeopleTables & { o: OfficerTable }, 'o', O>

/** On the books on any of the days, both inclusive. */
export function onBooks<O>(found: FromOfficer<O>, from: string, until: string): FromOfficer<O> {
  return found
    .where(({ or, eb }) => or([eb('o.begins_on', 'is', null), eb('o.begins_on', '<=', until)]))
    .where(({ or, eb }) => or([eb('o.ends_on', 'is', null), eb('o.ends_on', '>=', from)]))
}

export interface OfficerFilters {
  search?: string | undefined
  unitId?: string | undefined
  kinds?: readonly OfficerKind[] | undefined
  skill?: string | undefined
  availability?: 'available' | 'limited' | 'unavailable' | 'seconded' | undefined
  books?: 'active' | 'retired' | 'all'
  between?: { from: string; until: string } | undefined
  unavailableBetween?: { begins: string; ends: string } | undefined
}

const absent = (state: string, begins: string, ends: string) => sql<boolean>`exists (
  select from availability a where a.agency_id = o.agency_id and a.officer_id = o.officer_id and not a.withdrawn
    and a.state = ${state} and a.begins_at < ${ends}::timestamptz and a.ends_at > ${begins}::timestamptz)`
const seconded = (today: string) => sql<boolean>`exists (
  select from secondment s where s.agency_id = o.agency_id and s.officer_id = o.officer_id and not s.withdrawn
    and s.begins_on <= ${today}::date and s.ends_on >= ${today}::date)`
const skilled = (skill: string, today: string) => sql<boolean>`exists (
  select from officer_skill k where k.agency_id = o.agency_id and k.officer_id = o.officer_id and k.skill = ${skill}
    and coalesce(k.valid_from <= ${today}::date, true) and coalesce(k.valid_until >= ${today}::date, true))`

function searched<O>(found: FromOfficer<O>, text: string): FromOfficer<O> {
  // Names and badges as typed, pinyin in small letters, and the unit's name: one box for all three.
  return found.where(
    sql<boolean>`(o.officer_id in (select sys.search_officers(${text}, 20000))
      or o.officer_id in (select sys.search_officers(${text.toLowerCase().replace(/\s+/g, '')}, 20000))
      or o.unit_id in (select n.unit_id from unit n where n.agency_id = o.agency_id
        and strpos(n.name || ' ' || n.short_name, ${text}) > 0))`,
  )
}

export async function officersFound(
  db: PeopleDb,
  filters: OfficerFilters,
  meta: Pick<QueryMeta, 'agency' | 'now'>,
): Promise<FromOfficer<object>> {
  const { agencyId } = meta.agency
  const today = dutyDayOf(meta.agency, meta.now)
  // One millisecond wide: the moment itself.
  const soon = new Date(Date.parse(meta.now) + 1).toISOString()
  let found: FromOfficer<object> = db.selectFrom('officer as o').where('o.agency_id', '=', agencyId)
  if (filters.between) found = onBooks(found, filters.between.from, filters.between.until)
  else if (filters.books === 'retired') found = found.where('o.ends_on', '<', today)
  else if (filters.books !== 'all') found = onBooks(found, today, today)
  if (filters.unitId) {
    found = found.where('o.unit_id', '=', anyOf(await subtreeIds(db, agencyId, filters.unitId)))
  }
  if (filters.kinds?.length) {
    found = found.where('o.kind', '=', sql<string>`any (${[...filters.kinds]}::text[])`)
  }
  if (filters.skill === 'woman') found = found.where('o.sex', '=', 'female')
  else if (filters.skill) found = found.where(skilled(filters.skill, today))
  if (filters.unavailableBetween) {
    const { begins, ends } = filters.unavailableBetween
    found = found.where(absent('unavailable', begins, ends))
  }
  const gone = absent('unavailable', meta.now, soon)
  const limited = absent('limited', meta.now, soon)
  const away = seconded(today)
  if (filters.availability === 'unavailable') found = found.where(gone)
  if (filters.availability === 'limited') found = found.where(sql<boolean>`${limited} and not ${gone}`)
  if (filters.availability === 'seconded') found = found.where(away)
  if (filters.availability === 'available') {
    found = found.where(sql<boolean>`not ${gone} and not ${limited} and not ${away}`)
  }
  const search = filters.search?.trim()
  return search ? searched(found, search) : found
}
