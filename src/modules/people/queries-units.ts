import { sql } from 'kysely'
import { queriesOn } from '../../kernel/query.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { type OfficerKind, summary, units } from './contracts.ts'
import { onBooks } from './officer-filters.ts'
import type { PeopleDb } from './people-db.ts'
import type { PeopleTables } from './tables.ts'

const on = queriesOn<PeopleTables>()

type Counts = Record<OfficerKind, number>
const none = (): Counts => ({ police: 0, auxiliary: 0, civilian: 0, attached: 0 })

/** Officers on the books on a day, by unit and kind. */
async function countsByUnit(db: PeopleDb, agencyId: string, day: string): Promise<Map<string, Counts>> {
  const rows = await onBooks(db.selectFrom('officer as o').where('o.agency_id', '=', agencyId), day, day)
    .select(['o.unit_id', 'o.kind'])
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .groupBy(['o.unit_id', 'o.kind'])
    .orderBy('o.unit_id')
    .orderBy('o.kind')
    .execute()
  const counts = new Map<string, Counts>()
  for (const row of rows) {
    const one = counts.get(row.unit_id) ?? none()
    one[row.kind as OfficerKind] = row.n
    counts.set(row.unit_id, one)
  }
  return counts
}

interface TreeUnit {
  unit_id: string
  parent_id: string | null
}

/** A unit, then everything below it; children in the order in which they come. */
function inTreeOrder<U extends TreeUnit>(rows: readonly U[]): { unit: U; depth: number }[] {
  const known = new Set(rows.map(row => row.unit_id))
  const below = new Map<string | null, U[]>()
  for (const row of rows) {
    // Below a closed unit that is not shown a unit stands at the top, so that none is lost.
    const parent = row.parent_id !== null && known.has(row.parent_id) ? row.parent_id : null
    below.set(parent, [...(below.get(parent) ?? []), row])
  }
  const ordered: { unit: U; depth: number }[] = []
  const visit = (parent: string | null, depth: number) => {
    for (const unit of below.get(parent) ?? []) {
      ordered.push({ unit, depth })
      visit(unit.unit_id, depth + 1)
    }
  }
  visit(null, 0)
  return ordered
}

export const unitQueries = [
  on(units, {
    // The tree with its counts is no secret inside the bureau, and every list needs the units' names.
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      let found = db.selectFrom('unit').selectAll().where('agency_id', '=', agencyId)
      if (!input.withClosed) found = found.where('active', '=', true)
      const [rows, counts] = await Promise.all([
        found.orderBy('sort').orderBy('name').orderBy('unit_id').execute(),
        countsByUnit(db, agencyId, dutyDayOf(meta.agency, meta.now)),
      ])
      const ordered = inTreeOrder(rows)
      const all = new Map(rows.map(row => [row.unit_id, { ...(counts.get(row.unit_id) ?? none()) }]))
      // Upwards from the last: everything below a unit stands after it.
      for (const { unit } of [...ordered].reverse()) {
        const mine = all.get(unit.unit_id)
        const parent = unit.parent_id === null ? undefined : all.get(unit.parent_id)
        if (!mine || !parent) continue
        for (const kind of Object.keys(mine) as OfficerKind[]) parent[kind] += mine[kind]
      }
      const search = input.search?.trim() ?? ''
      const wanted = ordered.filter(({ unit }) => `${unit.name} ${unit.short_name}`.includes(search))
      return {
        rows: wanted.map(({ unit, depth }) => ({
          unitId: unit.unit_id,
          parentId: unit.parent_id,
          name: unit.name,
          shortName: unit.short_name,
          kind: unit.kind as 'other',
          sort: unit.sort,
          lendable: unit.lendable,
          place: unit.lng === null || unit.lat === null ? null : { lng: unit.lng, lat: unit.lat },
          active: unit.active,
          depth,
          own: counts.get(unit.unit_id) ?? none(),
          all: all.get(unit.unit_id) ?? none(),
        })),
      }
    },
  }),

  on(summary, {
    sees: 'agency',
    async run(db, _input, meta) {
      const { agencyId } = meta.agency
      const today = dutyDayOf(meta.agency, meta.now)
      const [names, counts, states, partners] = await Promise.all([
        db
          .selectFrom('unit')
          .select(['unit_id', 'short_name'])
          .where('agency_id', '=', agencyId)
          .orderBy('sort')
          .orderBy('name')
          .orderBy('unit_id')
          .execute(),
        countsByUnit(db, agencyId, today),
        sql<{ unavailable: number; limited: number; seconded: number }>`
          select
            count(distinct o.officer_id) filter (where a.state = 'unavailable') as unavailable,
            count(distinct o.officer_id) filter (where a.state = 'limited') as limited,
            count(distinct s.officer_id) as seconded
          from officer o
          left join availability a on a.agency_id = o.agency_id and a.officer_id = o.officer_id and not a.withdrawn
            and a.begins_at <= ${meta.now}::timestamptz and a.ends_at > ${meta.now}::timestamptz
          left join secondment s on s.agency_id = o.agency_id and s.officer_id = o.officer_id and not s.withdrawn
            and s.begins_on <= ${today}::date and s.ends_on >= ${today}::date
          where o.agency_id = ${agencyId}::uuid and coalesce(o.begins_on <= ${today}::date, true)
            and coalesce(o.ends_on >= ${today}::date, true)`.execute(db),
        db
          .selectFrom('partner')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where('agency_id', '=', agencyId)
          .where('active', '=', true)
          .executeTakeFirstOrThrow(),
      ])
      const total = none()
      for (const one of counts.values()) {
        for (const kind of Object.keys(total) as OfficerKind[]) total[kind] += one[kind]
      }
      return {
        officers: total.police + total.auxiliary + total.civilian,
        ...total,
        ...(states.rows[0] ?? { unavailable: 0, limited: 0, seconded: 0 }),
        partners: partners.n,
        units: names
          .filter(({ unit_id }) => counts.has(unit_id))
          .map(({ unit_id, short_name }) => ({
            unitId: unit_id,
            unitName: short_name,
            ...(counts.get(unit_id) ?? none()),
          })),
      }
    },
  }),
]
