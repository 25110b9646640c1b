// Duties of today that nobody fills: what the published roster does not know, because it was seen at the post. (What a
// rule forbids by now the roster tells itself, `roster.breaks`; it lies below this module and cannot ask it.)
import type { Kysely } from 'kysely'
import { type InputOf, type OutputOf, Problem } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { queriesOn, type QueryMeta } from '../../kernel/query.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { type DayDemand, demandFor, type PostOfOperation, postsByIds } from '../posts/index.ts'
import { proposedMost, type replacements, type UnfilledReason, unfilled } from './contracts.ts'
import { namesOf, type RowNames, type SeatRow, seatRows } from './day-rows.ts'
import { replacementsFor } from './replacements.ts'
import { rulesNow } from './rules.ts'
import { anyDb, bandAt, type Bands, bandsOf, compare, periodOf } from './seats.ts'
import type { AttendanceTables } from './tables.ts'

type Row = OutputOf<typeof unfilled>['rows'][number]
const proposalsMost = 5

/** Why nobody is in the seat; null where somebody is, may still come, or was sent. */
function reasonOf(row: SeatRow, now: string, waitMinutes: number): UnfilledReason | null {
  const { seat, state, replacedBy } = row
  if (replacedBy !== null || seat.ends <= now) return null
  if (state === 'absent' || state === 'unavailable') return state
  const waited = Date.parse(seat.begins) + waitMinutes * 60_000 <= Date.parse(now)
  if (state === 'missing') return waited ? 'missing' : null
  return state === 'left' ? 'left' : null
}

interface Place {
  postId: string
  day: string
  patternId: string
  band: string
}
const placeKey = (one: Place) => `${one.postId} ${one.day} ${one.patternId} ${one.band}`

/** Seats that nobody fills; who left counts only where the post then has fewer than it needs. */
function lacking(
  rows: readonly SeatRow[],
  need: ReadonlyMap<string, number>,
  reserves: ReadonlySet<string>,
  now: string,
  waitMinutes: number,
) {
  const filled = new Map<string, number>()
  const found: { row: SeatRow; why: UnfilledReason }[] = []
  for (const row of rows) {
    const why = reasonOf(row, now, waitMinutes)
    // Who was sent from standby is doing what standby is for.
    if (why !== null && !(why === 'left' && reserves.has(row.seat.postId))) found.push({ row, why })
    else if (row.replacedBy === null)
      filled.set(placeKey(row.seat), (filled.get(placeKey(row.seat)) ?? 0) + 1)
  }
  const seats = found.filter(({ row, why }) => {
    const key = placeKey(row.seat)
    return why !== 'left' || (filled.get(key) ?? 0) < (need.get(key) ?? 0)
  })
  const taken = new Map(filled)
  for (const { row } of seats) taken.set(placeKey(row.seat), (taken.get(placeKey(row.seat)) ?? 0) + 1)
  return { seats, taken }
}

const base = (place: Place, post: PostOfOperation | undefined, names: RowNames) => ({
  ...{ postId: place.postId, day: place.day, patternId: place.patternId, band: place.band },
  postCode: post?.code ?? '',
  postName: post?.name ?? '',
  unitName: names.units.get(post?.unitId ?? '')?.shortName ?? '',
  proposals: null,
  first: null,
})

function seatLine({ row, why }: { row: SeatRow; why: UnfilledReason }, names: RowNames): Row {
  const { seat } = row
  const person = names.officers.get(seat.officerId)
  return {
    ...base(seat, names.posts.get(seat.postId), names),
    key: `${placeKey(seat)} ${seat.officerId}`,
    ...{ bandZh: seat.bandZh, bandEn: seat.bandEn, begins: seat.begins, ends: seat.ends },
    ...{ why, officerId: seat.officerId, assignmentId: seat.assignmentId, heads: 1 },
    officerName: person?.name ?? '',
    officerUnit: names.units.get(person?.unitId ?? '')?.shortName ?? '',
  }
}

interface Today {
  meta: QueryMeta
  bands: Bands
  names: RowNames
  posts: ReadonlyMap<string, PostOfOperation>
}

/** Places of a band that nobody was rostered to, or sent to. */
function openLines(
  demand: readonly DayDemand[],
  taken: ReadonlyMap<string, number>,
  { meta, bands, names, posts }: Today,
): Row[] {
  return demand.flatMap(line => {
    const band = bandAt(bands, line.patternId, line.band)
    const heads = line.heads - (taken.get(placeKey(line)) ?? 0)
    if (line.skill !== null || !band || heads <= 0) return []
    const { begins, ends } = periodOf(meta.agency, line.day, band)
    if (ends <= meta.now) return []
    return [
      {
        ...base(line, posts.get(line.postId), names),
        ...{ key: `${placeKey(line)} -`, bandZh: band.zh, bandEn: band.en, begins, ends, heads },
        ...{ why: 'open' as const, officerId: null, officerName: '', officerUnit: '', assignmentId: null },
      },
    ]
  })
}

async function candidates(db: Kysely<AnyTables>, meta: QueryMeta, ask: InputOf<typeof replacements>) {
  try {
    return (await replacementsFor(db, meta.agency, meta.actor, ask)).rows
  } catch (error) {
    // A post that is no more in use by now needs nobody.
    if (error instanceof Problem && error.code === 'roster/unknown-post') return []
    throw error
  }
}

/** Who could stand in, for the first rows; each told first somebody whom no row before is told first. */
async function withProposals(db: Kysely<AnyTables>, meta: QueryMeta, rows: readonly Row[]): Promise<Row[]> {
  const told = new Set<string>()
  const found: Row[] = []
  for (const [n, row] of rows.entries()) {
    if (n >= proposedMost) {
      found.push(row)
      continue
    }
    const { postId, day, patternId, band, officerId } = row
    const ask = { postId, day, patternId, band, replacesOfficerId: officerId }
    const all = await candidates(db, meta, ask)
    const first = all.find(one => !told.has(one.officerId))?.officerId ?? null
    if (first) told.add(first)
    const proposals = all
      .slice(0, proposalsMost)
      .map(({ officerId: id, name, unitName }) => ({ officerId: id, name, unitName }))
    found.push({ ...row, proposals, first })
  }
  return found
}

export const unfilledQueries = [
  queriesOn<AttendanceTables>()(unfilled, {
    sees: 'agency',
    async run(db, { operationId }, meta) {
      const { agency, now, actor } = meta
      const { agencyId } = agency
      const day = dutyDayOf(agency, now)
      // A band of yesterday may run past the hand-over.
      const days = { from: addDays(day, -1), until: day }
      const [rows, demand, bands, { rules }] = await Promise.all([
        seatRows(db, agency, { operationId }, days, now),
        demandFor(anyDb(db), agencyId, operationId, days.from, days.until),
        bandsOf(anyDb(db), agencyId),
        rulesNow(db, agencyId),
      ])
      const posts = await postsByIds(
        anyDb(db),
        agencyId,
        [...new Set(demand.map(line => line.postId))].sort(),
      )
      const reserves = new Set([...posts].filter(([, post]) => post.kind === 'reserve').map(([id]) => id))
      const need = new Map<string, number>()
      for (const line of demand) {
        if (line.skill === null) need.set(placeKey(line), (need.get(placeKey(line)) ?? 0) + line.heads)
      }
      const { seats, taken } = lacking(rows, need, reserves, now, rules.absentMinutes)
      const names = await namesOf(
        anyDb(db),
        agencyId,
        seats.map(one => one.row),
      )
      const { unitIds } = actor.scope
      const mine = (unitId: string | undefined) => unitIds === '*' || unitIds.includes(unitId ?? '')
      const all = [
        ...seats.map(one => seatLine(one, names)),
        ...openLines(demand, taken, { meta, bands, names, posts }),
      ]
        .filter(
          row =>
            mine((posts.get(row.postId) ?? names.posts.get(row.postId))?.unitId) ||
            (row.officerId !== null && mine(names.officers.get(row.officerId)?.unitId)),
        )
        .sort(
          (a, b) => compare(a.begins, b.begins) || compare(a.postCode, b.postCode) || compare(a.key, b.key),
        )
      return { now, day, rows: await withProposals(anyDb(db), meta, all) }
    },
  }),
]
