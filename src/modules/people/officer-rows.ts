// Officers as every list shows them: with skills valid today and whether they are there now, never why not.
import { sql } from 'kysely'
import type { z } from 'zod'
import type { QueryMeta } from '../../kernel/query.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { demandSkills, officerKinds, type officerOrders, type officerRow } from './contracts.ts'
import type { FromOfficer } from './officer-filters.ts'
import { anyOf, type PeopleDb } from './people-db.ts'

export type OfficerRow = z.output<typeof officerRow>
type Now = Pick<QueryMeta, 'agency' | 'now'>

async function absencesNow(db: PeopleDb, meta: Now, ids: readonly string[]) {
  const rows = await db
    .selectFrom('availability')
    .select(['officer_id', 'state', 'no_nights', 'ends_at'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('officer_id', '=', anyOf(ids))
    .where('withdrawn', '=', false)
    .where('begins_at', '<=', meta.now)
    .where('ends_at', '>', meta.now)
    // What counts for more comes last and so stays: unavailable over limited, the later end over the earlier.
    .orderBy('state')
    .orderBy('ends_at')
    .orderBy('availability_id')
    .execute()
  return new Map(rows.map(row => [row.officer_id, row]))
}

async function secondedNow(db: PeopleDb, meta: Now, ids: readonly string[]): Promise<Map<string, string>> {
  const today = dutyDayOf(meta.agency, meta.now)
  const rows = await db
    .selectFrom('secondment')
    .select(['officer_id', 'to_whom'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('officer_id', '=', anyOf(ids))
    .where('withdrawn', '=', false)
    .where('begins_on', '<=', today)
    .where('ends_on', '>=', today)
    .orderBy('secondment_id')
    .execute()
  return new Map(rows.map(row => [row.officer_id, row.to_whom]))
}

async function skillsNow(db: PeopleDb, meta: Now, ids: readonly string[]): Promise<Map<string, string[]>> {
  const today = dutyDayOf(meta.agency, meta.now)
  const rows = await db
    .selectFrom('officer_skill')
    .select(['officer_id', 'skill'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('officer_id', '=', anyOf(ids))
    .where(({ or, eb }) => or([eb('valid_from', 'is', null), eb('valid_from', '<=', today)]))
    .where(({ or, eb }) => or([eb('valid_until', 'is', null), eb('valid_until', '>=', today)]))
    .orderBy('officer_id')
    .orderBy('skill')
    .execute()
  const skills = new Map<string, string[]>()
  for (const row of rows) skills.set(row.officer_id, [...(skills.get(row.officer_id) ?? []), row.skill])
  return skills
}

type Order = (typeof officerOrders)[number]
/** Names as they sound, kinds and units in the order that people know. */
const ordered: Record<Order, ReturnType<typeof sql>> = {
  name: sql`o.name_sort`,
  badge: sql`o.badge`,
  kind: sql`array_position(${[...officerKinds]}::text[], o.kind)`,
  unit: sql`(u.sort, u.name)`,
  title: sql`o.title`,
  homeAgency: sql`coalesce(o.home_agency, '')`,
  beginsOn: sql`coalesce(o.begins_on, '-infinity')`,
  endsOn: sql`coalesce(o.ends_on, 'infinity')`,
}

/** One page of the officers found, in the order asked for, then by unit, name and id. */
export async function officerRows(
  db: PeopleDb,
  found: FromOfficer<object>,
  page: { offset: number; limit: number; order?: Order | undefined; descending?: boolean },
  meta: Now,
): Promise<OfficerRow[]> {
  const rows = await found
    .innerJoin('unit as u', join =>
      join.onRef('u.agency_id', '=', 'o.agency_id').onRef('u.unit_id', '=', 'o.unit_id'),
    )
    .selectAll('o')
    .select('u.short_name')
    .$if(page.order !== undefined, all =>
      all.orderBy(ordered[page.order ?? 'name'], page.descending ? 'desc' : 'asc'),
    )
    .orderBy('u.sort')
    .orderBy('u.name')
    .orderBy('o.name_sort')
    .orderBy('o.officer_id')
    .offset(page.offset)
    .limit(page.limit)
    .execute()
  const ids = rows.map(row => row.officer_id)
  const [absences, away, skills] = await Promise.all([
    absencesNow(db, meta, ids),
    secondedNow(db, meta, ids),
    skillsNow(db, meta, ids),
  ])
  return rows.map(row => {
    const absence = absences.get(row.officer_id)
    const granted = skills.get(row.officer_id) ?? []
    const held = new Set(row.sex === 'female' ? [...granted, 'woman'] : granted)
    return {
      officerId: row.officer_id,
      badge: row.badge,
      name: row.name,
      kind: row.kind as OfficerRow['kind'],
      sex: row.sex as OfficerRow['sex'],
      unitId: row.unit_id,
      unitName: row.short_name,
      title: row.title,
      homeAgency: row.home_agency,
      beginsOn: row.begins_on,
      endsOn: row.ends_on,
      active: row.active,
      hasPhone: row.phone !== null,
      skills: demandSkills.filter(skill => held.has(skill)),
      availability: {
        state: (absence?.state ?? 'available') as OfficerRow['availability']['state'],
        noNights: absence?.no_nights ?? false,
        until: absence?.ends_at ?? null,
        secondedTo: away.get(row.officer_id) ?? null,
      },
    }
  })
}
