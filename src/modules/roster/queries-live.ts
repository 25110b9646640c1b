// The published roster as it is lived.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { queriesOn } from '../../kernel/query.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { officerNames, unitSubtree } from '../people/index.ts'
import { patternsOf, postsFor, zonesFor } from '../posts/index.ts'
import {
  acknowledgements,
  byOfficer,
  coverage,
  duties,
  my,
  onNow,
  rosterProblems,
  versions,
} from './contracts.ts'
import { coverageAt, onDutyPosts } from './on-duty.ts'
import { aheadByOfficer, askedOf, chasedFor } from './pending.ts'
import { needSpan } from './plans.ts'
import { type PublishedDuty, publishedDuties, type RosterDb } from './published.ts'
import { isNight } from './rest.ts'
import type { RosterTables } from './tables.ts'

const on = queriesOn<RosterTables>()
const any = (db: RosterDb) => db as unknown as Kysely<AnyTables>
const begins = sql<string>`lower(period)`
const ends = sql<string>`upper(period)`

const dutyView = (row: PublishedDuty, postName: string) => ({
  assignmentId: row.assignmentId,
  day: row.day,
  begins: row.begins,
  ends: row.ends,
  postId: row.postId,
  postName,
  bands: [...row.bands],
})

export const liveQueries = [
  on(versions, {
    async run(db, input, meta) {
      const rows = await db
        .selectFrom('roster_version')
        .selectAll()
        .where('agency_id', '=', meta.agency.agencyId)
        .where('operation_id', '=', input.operationId)
        .orderBy('version', 'desc')
        .limit(input.limit)
        .execute()
      return rows.map(row => ({
        version: row.version,
        planId: row.plan_id,
        cause: row.cause as 'plan' | 'swap' | 'repair',
        fromDay: row.from_day,
        untilDay: row.until_day,
        publishedAt: row.published_at,
        assignments: row.assignments,
        added: row.added,
        removed: row.removed,
      }))
    },
  }),

  on(byOfficer, {
    sees: 'agency',
    async run(db, input, meta) {
      needSpan(input.fromDay, input.untilDay)
      const { agencyId, handOverMinute } = meta.agency
      const [rows, posts, patterns] = await Promise.all([
        publishedDuties(db, agencyId, input.operationId, input.fromDay, input.untilDay),
        postsFor(any(db), agencyId, input.operationId),
        patternsOf(any(db), agencyId),
      ])
      const names = await officerNames(any(db), agencyId, [...new Set(rows.map(row => row.officerId))].sort())
      const units = input.unitId ? new Set(await unitSubtree(any(db), agencyId, input.unitId)) : null
      const wanted = input.officerIds ? new Set(input.officerIds) : null
      const postNames = new Map(posts.map(post => [post.postId, post.name]))
      const bandOf = new Map(
        patterns.flatMap(one => one.bands.map(band => [`${one.patternId} ${band.key}`, band] as const)),
      )
      const people = new Map<string, PublishedDuty[]>()
      for (const row of rows) {
        const person = names.get(row.officerId)
        if (!person || (units && !units.has(person.unitId)) || (wanted && !wanted.has(row.officerId)))
          continue
        const list = people.get(row.officerId)
        if (list) list.push(row)
        else people.set(row.officerId, [row])
      }
      const ids = [...people.keys()].sort()
      return {
        total: ids.length,
        rows: ids.slice(input.offset, input.offset + input.limit).map(officerId => {
          const own = people.get(officerId) ?? []
          const person = names.get(officerId)
          const bands = own.map(row => row.bands.flatMap(key => bandOf.get(`${row.patternId} ${key}`) ?? []))
          return {
            officerId,
            name: person?.name ?? '',
            badge: person?.badge ?? '',
            kind: person?.kind ?? '',
            unitId: person?.unitId ?? '',
            minutes: bands.flat().reduce((sum, band) => sum + band.minutes, 0),
            nights: bands.filter(list => list.some(band => isNight(handOverMinute, band))).length,
            duties: own.map(row => dutyView(row, postNames.get(row.postId) ?? '')),
          }
        }),
      }
    },
  }),

  on(duties, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const operations = await db
        .selectFrom('assignment')
        .select('operation_id')
        .distinct()
        .where('agency_id', '=', agencyId)
        .where('day', '>=', input.from)
        .where('day', '<=', input.until)
        .orderBy('operation_id')
        .execute()
      const kept: { row: PublishedDuty; postName: string; postKind: string }[] = []
      for (const { operation_id: operationId } of operations) {
        const [rows, posts, zones] = await Promise.all([
          publishedDuties(db, agencyId, operationId, input.from, input.until),
          postsFor(any(db), agencyId, operationId),
          zonesFor(any(db), agencyId, operationId),
        ])
        const zoneKinds = new Map(zones.map(zone => [zone.zoneId, zone.openedAs as string]))
        const postAt = new Map(posts.map(post => [post.postId, post]))
        for (const row of rows) {
          const post = postAt.get(row.postId)
          const inKinds = !input.kinds || (post && input.kinds.includes(post.kind))
          const inZones =
            input.zoneKinds && post?.zoneId && input.zoneKinds.includes(zoneKinds.get(post.zoneId) ?? '')
          const named = input.kinds !== undefined || input.zoneKinds !== undefined
          if (named && !(input.kinds && inKinds) && !inZones) continue
          kept.push({ row, postName: post?.name ?? '', postKind: post?.kind ?? '' })
        }
      }
      kept.sort((a, b) =>
        a.row.begins < b.row.begins
          ? -1
          : a.row.begins > b.row.begins
            ? 1
            : a.row.assignmentId < b.row.assignmentId
              ? -1
              : 1,
      )
      const shown = kept.slice(input.offset, input.offset + input.limit)
      const names = await officerNames(
        any(db),
        agencyId,
        [...new Set(shown.map(one => one.row.officerId))].sort(),
      )
      return {
        total: kept.length,
        rows: shown.map(({ row, postName, postKind }) => ({
          ...dutyView(row, postName),
          officerId: row.officerId,
          officerName: names.get(row.officerId)?.name ?? '',
          postKind,
        })),
      }
    },
  }),

  on(my, {
    sees: 'agency',
    async run(db, input, meta) {
      const { officerId } = meta.actor
      if (!officerId) throw rosterProblems.noOfficerAccount()
      const { agencyId } = meta.agency
      const today = dutyDayOf(meta.agency, meta.now)
      const own = await ownDuties(
        db,
        agencyId,
        officerId,
        addDays(today, -1),
        addDays(today, input.days),
        meta.now,
      )
      const operationIds = [...new Set(own.map(row => row.operation_id))].sort()
      const ids = own.map(row => row.assignment_id)
      const [patterns, posts, mates, acked, chased, swapsToAnswer] = await Promise.all([
        patternsOf(any(db), agencyId),
        Promise.all(operationIds.map(operationId => postsFor(any(db), agencyId, operationId))),
        matesOf(db, agencyId, officerId, ids),
        acknowledgedBy(db, agencyId, officerId),
        chasedFor(db, agencyId, officerId, meta.now),
        askedOf(db, agencyId, officerId, meta.now),
      ])
      const postAt = new Map(posts.flat().map(post => [post.postId, post]))
      const bandAt = new Map(
        patterns.flatMap(one => one.bands.map(band => [`${one.patternId} ${band.key}`, band] as const)),
      )
      const mateIds = [...new Set(mates.map(one => one.officer_id))].sort()
      const names = await officerNames(any(db), agencyId, mateIds)
      const nameOf = (id: string) => ({ name: names.get(id)?.name ?? '', kind: names.get(id)?.kind ?? '' })
      return {
        now: meta.now,
        dutyDay: today,
        chased,
        swapsToAnswer,
        shifts: own.map(row => ({
          assignmentId: row.assignment_id,
          operationId: row.operation_id,
          day: row.day,
          begins: row.begins,
          ends: row.ends,
          postId: row.post_id,
          postName: postAt.get(row.post_id)?.name ?? '',
          postKind: postAt.get(row.post_id)?.kind ?? '',
          bands: row.bands,
          bandNames: row.bands.map(key => {
            const band = bandAt.get(`${row.pattern_id} ${key}`)
            return { zh: band?.zh ?? key, en: band?.en ?? key }
          }),
          version: row.version,
          acknowledged: (acked.get(row.operation_id) ?? 0) >= row.version,
          mates: mates
            .filter(one => one.assignment_id === row.assignment_id)
            .map(one => nameOf(one.officer_id)),
        })),
      }
    },
  }),

  on(onNow, {
    sees: 'agency',
    run: (db, input, meta) => onDutyPosts(any(db), meta.agency, input.operationId, input.at ?? meta.now),
  }),

  on(coverage, {
    sees: 'agency',
    async run(db, input, meta) {
      const at = input.at ?? meta.now
      const found = await coverageAt(any(db), meta.agency, input.operationId, at)
      return {
        at,
        need: found.reduce((sum, one) => sum + one.need, 0),
        have: found.reduce((sum, one) => sum + one.have, 0),
        posts: found.map(({ begins: _begins, ends: _ends, ...one }) => one),
      }
    },
  }),

  on(acknowledgements, {
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const rows = await aheadByOfficer(db, agencyId, input.operationId, meta.now)
      // Within the actor's scope: whoever is outside has no name here.
      const names = await officerNames(any(db), agencyId, rows.map(row => row.officerId).sort())
      const posts = await postsFor(any(db), agencyId, input.operationId)
      const postNames = new Map(posts.map(post => [post.postId, post.name]))
      const seen = rows.filter(row => names.has(row.officerId))
      const wanted = input.pending ? seen.filter(row => row.at === null) : seen
      return {
        total: wanted.length,
        acknowledged: seen.filter(row => row.at !== null).length,
        rows: wanted.slice(input.offset, input.offset + input.limit).map(row => {
          const person = names.get(row.officerId)
          return {
            officerId: row.officerId,
            name: person?.name ?? '',
            badge: person?.badge ?? '',
            kind: person?.kind ?? '',
            unitId: person?.unitId ?? '',
            next: row.next,
            postName: postNames.get(row.postId) ?? '',
            version: row.version,
            at: row.at,
            chased: row.chased,
            chasedAt: row.chasedAt,
          }
        }),
      }
    },
  }),
]

/** Who stands at the same post while one of these duties runs. */
async function matesOf(db: RosterDb, agencyId: string, officerId: string, assignmentIds: readonly string[]) {
  const { rows } = await sql<{ assignment_id: string; officer_id: string }>`
    select a.assignment_id, b.officer_id from assignment a
    join assignment b on b.agency_id = a.agency_id and b.operation_id = a.operation_id
      and b.day between a.day - 1 and a.day + 1 and b.post_id = a.post_id
      and b.period && a.period and b.officer_id <> a.officer_id
    where a.agency_id = ${agencyId} and a.officer_id = ${officerId} and a.assignment_id = any (${assignmentIds}::uuid[])
    order by a.assignment_id, b.officer_id`.execute(db)
  return rows
}

/** An officer's duties of some days that have not ended. */
async function ownDuties(
  db: RosterDb,
  agencyId: string,
  officerId: string,
  fromDay: string,
  beforeDay: string,
  now: string,
) {
  return db
    .selectFrom('assignment')
    .select(['assignment_id', 'operation_id', 'day', 'post_id', 'pattern_id', 'bands', 'version'])
    .select([begins.as('begins'), ends.as('ends')])
    .where('agency_id', '=', agencyId)
    .where('officer_id', '=', officerId)
    .where('day', '>=', fromDay)
    .where('day', '<', beforeDay)
    .where(sql<boolean>`upper(period) > ${now}::timestamptz`)
    .orderBy('day')
    .orderBy('assignment_id')
    .execute()
}

/** Operation → the newest version that the officer has acknowledged. */
async function acknowledgedBy(
  db: RosterDb,
  agencyId: string,
  officerId: string,
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('acknowledgement')
    .select(({ fn }) => ['operation_id', fn.max('version').as('version')])
    .where('agency_id', '=', agencyId)
    .where('officer_id', '=', officerId)
    .groupBy('operation_id')
    .orderBy('operation_id')
    .execute()
  return new Map(rows.map(row => [row.operation_id, Number(row.version)]))
}
