// Reading requests: the row, its duties, and how it looks now.
import { type Kysely, sql } from 'kysely'
import type { z } from 'zod'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { officerNames, unitNames } from '../people/index.ts'
import { patternsOf, postsByIds } from '../posts/index.ts'
import {
  type SwapKind,
  type SwapState,
  type swapDuty,
  swapProblems,
  type swapRow,
  swapStateTitles,
} from './contracts.ts'
import type { Duty } from './matrix.ts'
import { type Handed, judgeHanded, type MovesBook, openMoves } from './moves.ts'
import type { PublishedDuty, RosterDb } from './published.ts'
import type { SwapRequestTable } from './tables.ts'

export type SwapView = z.output<typeof swapRow>
export type SwapDutyView = z.output<typeof swapDuty>
export type Request = SwapRequestTable

export const any = (db: RosterDb) => db as unknown as Kysely<AnyTables>
const anyOf = (ids: readonly string[]) => sql<string>`any (${[...ids]}::uuid[])`
const begins = sql<string>`lower(period)`
const ends = sql<string>`upper(period)`

export interface SwapDuty extends Omit<PublishedDuty, 'version' | 'officerId'> {
  side: 'given' | 'returned'
}

export async function requestById(db: RosterDb, agencyId: string, swapId: string): Promise<Request> {
  const row = await db
    .selectFrom('swap_request')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('swap_id', '=', swapId)
    .executeTakeFirst()
  if (!row) throw swapProblems.swapMissing()
  return row
}

/** Duties of requests, by request; what is given stands first. */
export async function dutiesOf(
  db: RosterDb,
  agencyId: string,
  swapIds: readonly string[],
): Promise<Map<string, SwapDuty[]>> {
  const rows = await db
    .selectFrom('swap_duty')
    .select(['swap_id', 'side', 'assignment_id', 'post_id', 'day', 'pattern_id', 'bands'])
    .select([begins.as('begins'), ends.as('ends')])
    .where('agency_id', '=', agencyId)
    .where('swap_id', '=', anyOf(swapIds))
    .orderBy('swap_id')
    .orderBy('side')
    .execute()
  const found = new Map<string, SwapDuty[]>()
  for (const row of rows) {
    const duty: SwapDuty = {
      side: row.side as SwapDuty['side'],
      assignmentId: row.assignment_id,
      day: row.day,
      postId: row.post_id,
      patternId: row.pattern_id,
      bands: row.bands,
      begins: row.begins,
      ends: row.ends,
    }
    found.set(row.swap_id, [...(found.get(row.swap_id) ?? []), duty])
  }
  return found
}

export interface OwnedDuty extends PublishedDuty {
  operationId: string
}

/** Published duties by id; one that was published away is not among them. */
export async function assignmentsById(
  db: RosterDb,
  agencyId: string,
  ids: readonly string[],
): Promise<Map<string, OwnedDuty>> {
  const rows = await db
    .selectFrom('assignment')
    .select(['assignment_id', 'operation_id', 'officer_id', 'day', 'post_id', 'pattern_id', 'bands'])
    .select(['version', begins.as('begins'), ends.as('ends')])
    .where('agency_id', '=', agencyId)
    .where('assignment_id', '=', anyOf(ids))
    .orderBy('assignment_id')
    .execute()
  return new Map(
    rows.map(row => [
      row.assignment_id,
      {
        assignmentId: row.assignment_id,
        operationId: row.operation_id,
        officerId: row.officer_id,
        day: row.day,
        postId: row.post_id,
        patternId: row.pattern_id,
        bands: row.bands,
        begins: row.begins,
        ends: row.ends,
        version: row.version,
      },
    ]),
  )
}

/** Duties of an officer that have not begun. */
export async function dutiesAhead(
  db: RosterDb,
  agencyId: string,
  officerId: string,
  now: string,
): Promise<OwnedDuty[]> {
  const rows = await db
    .selectFrom('assignment')
    .select('assignment_id')
    .where('agency_id', '=', agencyId)
    .where('officer_id', '=', officerId)
    .where(sql<boolean>`lower(period) > ${now}::timestamptz`)
    .orderBy(begins)
    .orderBy('assignment_id')
    .limit(60)
    .execute()
  const ids = rows.map(row => row.assignment_id)
  const found = await assignmentsById(db, agencyId, ids)
  return ids.flatMap(id => found.get(id) ?? [])
}

/** 08:00, where the bureau is. */
export const timeIn = (agency: AgencySettings, at: string): string =>
  new Date(at).toLocaleTimeString('en-GB', { timeZone: agency.timeZone, hour: '2-digit', minute: '2-digit' })

export const isOpen = (state: string) => state === 'asked' || state === 'agreed'

/** Over when the first of its duties begins, whether or not somebody has written it down yet. */
export function stateAt(row: Pick<Request, 'state' | 'due_at'>, now: string): SwapState {
  return isOpen(row.state) && row.due_at <= now ? 'lapsed' : (row.state as SwapState)
}

export function settled(state: SwapState) {
  const { zh, en } = swapStateTitles[state]
  return swapProblems.swapSettled({ state, stateZh: zh, stateEn: en })
}

/** Days that a book must hold to judge some duties. */
export function spanOf(operationId: string, days: readonly string[]) {
  const sorted = [...days].sort()
  return { operationId, fromDay: sorted[0] ?? '', untilDay: sorted.at(-1) ?? '' }
}

type OneDuty = Duty & { day: string }
const bare = ({ postId, patternId, bands }: Duty): Duty => ({ postId, patternId, bands })

/** Who gives what to whom, judged by the rules that hold for every roster. */
export async function judgeSwap(
  db: RosterDb,
  agency: AgencySettings,
  sides: {
    operationId: string
    askerId: string
    partnerId: string
    given: OneDuty
    returned: OneDuty | null
  },
  kept: boolean,
): Promise<{ book: MovesBook } & ReturnType<typeof judgeHanded>> {
  const { operationId, askerId, partnerId, given, returned } = sides
  const days = [given.day, ...(returned ? [returned.day] : [])]
  const book = await openMoves(any(db), agency, spanOf(operationId, days), kept)
  const all: Handed[] = [{ from: askerId, to: partnerId, day: given.day, duty: bare(given) }]
  if (returned) all.push({ from: partnerId, to: askerId, day: returned.day, duty: bare(returned) })
  return { book, ...judgeHanded(book, all) }
}

// -------------------------------------------------------------------------------------------------------- views

type Timed = Pick<SwapDuty, 'assignmentId' | 'day' | 'begins' | 'ends' | 'postId' | 'patternId' | 'bands'>

/** Duties with the names of post and bands. */
export async function dutyViews(
  db: RosterDb,
  agencyId: string,
  duties: readonly Timed[],
): Promise<SwapDutyView[]> {
  const [posts, patterns] = await Promise.all([
    postsByIds(any(db), agencyId, [...new Set(duties.map(one => one.postId))].sort()),
    patternsOf(any(db), agencyId),
  ])
  const bandAt = new Map(
    patterns.flatMap(one => one.bands.map(band => [`${one.patternId} ${band.key}`, band] as const)),
  )
  return duties.map(one => ({
    assignmentId: one.assignmentId,
    day: one.day,
    begins: one.begins,
    ends: one.ends,
    postId: one.postId,
    postName: posts.get(one.postId)?.name ?? '',
    bands: one.bands.map(key => {
      const band = bandAt.get(`${one.patternId} ${key}`)
      return { zh: band?.zh ?? key, en: band?.en ?? key }
    }),
  }))
}

async function reasonsOf(db: RosterDb, agencyId: string, swapIds: readonly string[]) {
  const rows = await db
    .selectFrom('swap_step')
    .select(['swap_id', 'text'])
    .where('agency_id', '=', agencyId)
    .where('swap_id', '=', anyOf(swapIds))
    .where('kind', '=', 'refused')
    .orderBy('swap_id')
    .orderBy('n')
    .execute()
  return new Map(rows.map(row => [row.swap_id, row.text]))
}

/** As they stand at `now`. The caller sees the whole agency and limits the rows himself. */
export async function swapViews(
  db: RosterDb,
  agencyId: string,
  rows: readonly Request[],
  now: string,
): Promise<SwapView[]> {
  if (rows.length === 0) return []
  const ids = rows.map(row => row.swap_id)
  const people = [...new Set(rows.flatMap(row => [row.asker_id, row.partner_id ?? row.asker_id]))].sort()
  const [duties, names, units, reasons] = await Promise.all([
    dutiesOf(db, agencyId, ids),
    officerNames(any(db), agencyId, people),
    unitNames(any(db), agencyId),
    reasonsOf(db, agencyId, ids),
  ])
  const flat = [...duties.values()].flat()
  const views = await dutyViews(db, agencyId, flat)
  const viewOf = new Map(flat.map((one, at) => [one, views[at]]))
  const person = (officerId: string) => ({
    officerId,
    name: names.get(officerId)?.name ?? '',
    unitName: units.get(names.get(officerId)?.unitId ?? '')?.shortName ?? '',
  })
  return rows.map(row => {
    const own = duties.get(row.swap_id) ?? []
    const side = (which: SwapDuty['side']) => {
      const duty = own.find(one => one.side === which)
      return duty ? (viewOf.get(duty) ?? null) : null
    }
    const given = side('given')
    if (!given) throw new Error('invariant: a request gives a duty')
    const state = stateAt(row, now)
    return {
      swapId: row.swap_id,
      operationId: row.operation_id,
      kind: row.kind as SwapKind,
      state,
      named: row.named,
      asker: person(row.asker_id),
      partner: row.partner_id ? person(row.partner_id) : null,
      given,
      returned: side('returned'),
      askedAt: row.asked_at,
      dueAt: row.due_at,
      settledAt: row.settled_at ?? (state === 'lapsed' ? row.due_at : null),
      version: row.version,
      reason: reasons.get(row.swap_id) ?? '',
    }
  })
}
