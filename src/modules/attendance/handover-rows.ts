// Pages of hand-over books as they stand in the books, and what the commands and watches ask of them.
import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { HandoverCount, HandoverItem, HandoverState } from './contracts.ts'
import type { BandName } from './handover-bands.ts'
import { type AttendanceDb, anyOf } from './seats.ts'
import type { AttendanceTables, HandoverBookTable } from './tables.ts'

export interface Page {
  handoverId: string
  operationId: string
  postId: string
  unitId: string
  day: string
  patternId: string
  band: string
  begins: string
  ends: string
  nextDay: string
  nextPatternId: string
  nextBand: string
  nextBegins: string
  giverId: string
  successorId: string
  round: number
  state: HandoverState
  givenAt: string
  signedAt: string | null
  weather: string
  counts: Record<HandoverCount, number>
  events: string
  orders: string
  mustKnow: string
  items: HandoverItem[]
  settledAt: string | null
  settledWhy: string | null
}

const selected = (db: AttendanceDb, agencyId: string) =>
  db
    .selectFrom('handover')
    .selectAll()
    .select([sql<string>`lower(period)`.as('begins'), sql<string>`upper(period)`.as('ends')])
    .where('agency_id', '=', agencyId)
type Query = ReturnType<typeof selected>
type Row = Query extends SelectQueryBuilder<AttendanceTables, 'handover', infer O> ? O : never

const pageOf = (row: Row): Page => ({
  handoverId: row.handover_id,
  operationId: row.operation_id,
  postId: row.post_id,
  unitId: row.unit_id,
  day: row.day,
  patternId: row.pattern_id,
  band: row.band,
  begins: row.begins,
  ends: row.ends,
  nextDay: row.next_day,
  nextPatternId: row.next_pattern_id,
  nextBand: row.next_band,
  nextBegins: row.next_begins,
  giverId: row.giver_id,
  successorId: row.successor_id,
  round: row.round,
  state: row.state as HandoverState,
  givenAt: row.given_at,
  signedAt: row.signed_at,
  weather: row.weather,
  counts: {
    vehicles: row.vehicles,
    people: row.people,
    vehiclesTurned: row.vehicles_turned,
    peopleTurned: row.people_turned,
    fevers: row.fevers,
    transferred: row.transferred,
  },
  events: row.events,
  orders: row.orders,
  mustKnow: row.must_know,
  items: itemsOf(row.items),
  settledAt: row.settled_at,
  settledWhy: row.settled_why,
})

const itemsOf = (items: unknown): HandoverItem[] =>
  (items as HandoverItem[]).map(({ kind, name, unit, should, counted, condition }) => ({
    ...{ kind, name, unit, should, counted, condition },
  }))

export async function pageById(
  db: AttendanceDb,
  agencyId: string,
  handoverId: string,
): Promise<Page | undefined> {
  const row = await selected(db, agencyId).where('handover_id', '=', handoverId).executeTakeFirst()
  return row && pageOf(row)
}

export async function pageOfBand(
  db: AttendanceDb,
  agencyId: string,
  postId: string,
  name: BandName,
): Promise<Page | undefined> {
  const row = await selected(db, agencyId)
    .where('post_id', '=', postId)
    .where('day', '=', name.day)
    .where('pattern_id', '=', name.patternId)
    .where('band', '=', name.band)
    .executeTakeFirst()
  return row && pageOf(row)
}

/** The newest signed page of the post whose band began before an instant: what should be there follows from it. */
export async function lastSigned(
  db: AttendanceDb,
  agencyId: string,
  postId: string,
  before: string,
): Promise<Page | undefined> {
  const row = await selected(db, agencyId)
    .where('post_id', '=', postId)
    .where('state', '=', 'signed')
    .where(sql<boolean>`lower(period) < ${before}::timestamptz`)
    .orderBy(sql`lower(period)`, 'desc')
    .orderBy('handover_id')
    .limit(1)
    .executeTakeFirst()
  return row && pageOf(row)
}

/** Pages of one post, newest band first. */
export async function pagesOfPost(
  db: AttendanceDb,
  agencyId: string,
  postId: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ total: number; pages: Page[] }> {
  const [counted, rows] = await Promise.all([
    db
      .selectFrom('handover')
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .where('agency_id', '=', agencyId)
      .where('post_id', '=', postId)
      .executeTakeFirst(),
    selected(db, agencyId)
      .where('post_id', '=', postId)
      .orderBy(sql`lower(period)`, 'desc')
      .orderBy('handover_id')
      .offset(offset)
      .limit(limit)
      .execute(),
  ])
  return { total: Number(counted?.n ?? 0), pages: rows.map(pageOf) }
}

/** Pages that name an officer and are not signed, or were signed after an instant; by the band that goes off. */
export async function pagesFor(
  db: AttendanceDb,
  agencyId: string,
  officerId: string,
  signedAfter: string,
): Promise<Page[]> {
  const rows = await selected(db, agencyId)
    .where('successor_id', '=', officerId)
    .where(({ or, eb }) => or([eb('signed_at', 'is', null), eb('signed_at', '>', signedAfter)]))
    .orderBy(sql`lower(period)`)
    .orderBy('handover_id')
    .execute()
  return rows.map(pageOf)
}

/** Pages of duty days, both inclusive, of the posts that the scope's units answer for; by band. */
export async function pagesOfDays(
  db: AttendanceDb,
  agencyId: string,
  days: { from: string; until: string },
): Promise<Page[]> {
  const rows = await selected(db, agencyId)
    .where('day', '>=', days.from)
    .where('day', '<=', days.until)
    .orderBy(sql`lower(period)`)
    .orderBy('handover_id')
    .execute()
  return rows.map(pageOf)
}

export interface Book {
  postId: string
  operationId: string
  unitId: string
  required: boolean
  items: HandoverItem[]
}

interface OpeningItem {
  kind: HandoverItem['kind']
  name: string
  unit: string
  count: number
}
const bookOf = (row: Selectable<HandoverBookTable>): Book => ({
  postId: row.post_id,
  operationId: row.operation_id,
  unitId: row.unit_id,
  required: row.required,
  items: (row.items as OpeningItem[]).map(({ kind, name, unit, count }) => ({
    ...{ kind, name, unit, should: count, counted: count, condition: '' },
  })),
})

export async function bookOfPost(
  db: AttendanceDb,
  agencyId: string,
  postId: string,
): Promise<Book | undefined> {
  const row = await db
    .selectFrom('handover_book')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('post_id', '=', postId)
    .executeTakeFirst()
  return row && bookOf(row)
}

export async function booksOfOperation(
  db: AttendanceDb,
  agencyId: string,
  operationId: string,
): Promise<Book[]> {
  const rows = await db
    .selectFrom('handover_book')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .orderBy('post_id')
    .execute()
  return rows.map(bookOf)
}

/** Whom a leader named to take over, where he did. */
export async function namedFor(
  db: AttendanceDb,
  agencyId: string,
  postId: string,
  name: BandName,
): Promise<{ namingId: string; officerId: string } | undefined> {
  const row = await db
    .selectFrom('handover_naming')
    .select(['naming_id', 'officer_id'])
    .where('agency_id', '=', agencyId)
    .where('post_id', '=', postId)
    .where('day', '=', name.day)
    .where('pattern_id', '=', name.patternId)
    .where('band', '=', name.band)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row && { namingId: row.naming_id, officerId: row.officer_id }
}

export interface Difference {
  handoverId: string
  round: number
  kind: string
  name: string
  stated: number
  found: number
}

export async function differencesOf(
  db: AttendanceDb,
  agencyId: string,
  handoverIds: readonly string[],
): Promise<Difference[]> {
  const rows = await db
    .selectFrom('handover_difference')
    .select(['handover_id as handoverId', 'round', 'kind', 'name', 'stated', 'found'])
    .where('agency_id', '=', agencyId)
    .where('handover_id', '=', anyOf(handoverIds))
    .orderBy('handover_id')
    .orderBy('round')
    .orderBy('kind')
    .orderBy('name')
    .execute()
  return rows
}

/** Who may leave before the signature, by the days of the bands. */
export async function reliefsOf(db: AttendanceDb, agencyId: string, days: { from: string; until: string }) {
  return db
    .selectFrom('handover_relief')
    .select(['officer_id as officerId', 'post_id as postId', 'day', 'pattern_id as patternId', 'band'])
    .where('agency_id', '=', agencyId)
    .where('day', '>=', days.from)
    .where('day', '<=', days.until)
    .orderBy('relief_id')
    .execute()
}
