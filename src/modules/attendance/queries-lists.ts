// Lists of the desk, and the records behind the figures.
import { sql } from 'kysely'
import type { InputOf } from '../../kernel/contract.ts'
import { queriesOn, type QueryMeta } from '../../kernel/query.ts'
import { officerNames, unitSubtree } from '../people/index.ts'
import { postsByIds } from '../posts/index.ts'
import {
  type AbsenceKind,
  absences,
  dayList,
  deployments,
  presences,
  presentNow,
  type SeatState,
  type SeatView,
  type Way,
} from './contracts.ts'
import { namesOf, type RowNames, type SeatRow, seatRows, seatViewOf } from './day-rows.ts'
import { deploymentPage } from './deployment-rows.ts'
import { countByPost, presentAt } from './present.ts'
import { type AttendanceDb, anyDb, bandsOf, compare } from './seats.ts'
import type { AttendanceTables } from './tables.ts'

const on = queriesOn<AttendanceTables>()

const ranks: Record<SeatState, number> = {
  missing: 1,
  absent: 2,
  unavailable: 2,
  open: 5,
  replaced: 6,
  present: 7,
  left: 8,
  due: 9,
}
/** What needs somebody's attention first. */
function rankOf(row: SeatView): number {
  if (row.overlaps) return 0
  if (row.presence && row.presence.lateMinutes > 0) return 3
  if (row.presence && row.presence.earlyMinutes > 0) return 4
  return ranks[row.state]
}

const byRank = (a: SeatView, b: SeatView) =>
  rankOf(a) - rankOf(b) ||
  compare(a.begins, b.begins) ||
  compare(a.postCode, b.postCode) ||
  compare(a.key, b.key)

/** Rows that the actor may see: of his units' officers, and of whoever stands at his units' posts. */
function withinScope(rows: readonly SeatRow[], names: RowNames, { actor }: QueryMeta): SeatRow[] {
  const { unitIds } = actor.scope
  if (unitIds === '*') return [...rows]
  return rows.filter(({ seat }) => {
    const [unit, post] = [names.officers.get(seat.officerId)?.unitId, names.posts.get(seat.postId)?.unitId]
    return unitIds.includes(unit ?? '') || unitIds.includes(post ?? '')
  })
}

const isLate = (row: SeatView) => (row.presence?.lateMinutes ?? 0) > 0
const marked: Record<string, (row: SeatView) => boolean> = {
  late: isLate,
  early: row => (row.presence?.earlyMinutes ?? 0) > 0,
  overlap: row => row.overlaps,
  standIn: row => row.standInId !== null,
}

function countsOf(rows: readonly SeatView[]) {
  const many = (test: (row: SeatView) => boolean) => rows.filter(test).length
  return {
    expected: many(row => row.assignmentId !== null || row.standInId !== null),
    present: many(row => row.state === 'present'),
    late: many(isLate),
    missing: many(row => row.state === 'missing'),
    absent: many(row => row.state === 'absent' || row.state === 'unavailable'),
    open: many(row => row.state === 'open'),
    overlaps: many(row => row.overlaps),
    standIns: many(row => row.standInId !== null),
  }
}

type DayInput = InputOf<typeof dayList>

function wantedBy(input: DayInput, units: ReadonlySet<string> | null): (row: SeatView) => boolean {
  const search = input.search?.trim() ?? ''
  // Either narrows: a state, or a mark that may go with several states.
  const chosen = (row: SeatView) => {
    if (!input.states && !input.marks) return true
    return input.states?.includes(row.state) || input.marks?.some(mark => marked[mark]?.(row))
  }
  return row =>
    (!input.bands || input.bands.includes(row.band)) &&
    (!units || units.has(row.unitId)) &&
    (!input.postId || row.postId === input.postId) &&
    chosen(row) === true &&
    (search === '' || `${row.officerName} ${row.badge} ${row.postName} ${row.postCode}`.includes(search))
}

async function bandList(db: AttendanceDb, agencyId: string, rows: readonly SeatView[]) {
  const used = new Set(rows.map(row => row.band))
  const found = new Map<string, { key: string; zh: string; en: string; from: number }>()
  for (const [id, band] of await bandsOf(anyDb(db), agencyId)) {
    const key = id.split(' ')[1] ?? ''
    if (used.has(key) && !found.has(key)) found.set(key, { key, zh: band.zh, en: band.en, from: band.from })
  }
  return [...found.values()]
    .sort((a, b) => a.from - b.from || compare(a.key, b.key))
    .map(({ key, zh, en }) => ({ key, zh, en }))
}

interface TimedRow {
  presence_id: string
  officer_id: string
  post_id: string
  day: string
  band: string
  begins: string
  came_at: string
  late_minutes: number
  way: string
  recorded_at: string
  left_at: string | null
  early_minutes: number
}

/** Those of the officers whom the scope shows; the total counts the same. */
async function named<T extends { officer_id: string; post_id: string }>(
  db: AttendanceDb,
  agencyId: string,
  rows: readonly T[],
  page: { offset: number; limit: number },
) {
  const officers = await officerNames(
    anyDb(db),
    agencyId,
    rows.map(row => row.officer_id),
  )
  const seen = rows.filter(row => officers.has(row.officer_id))
  const shown = seen.slice(page.offset, page.offset + page.limit)
  const posts = await postsByIds(
    anyDb(db),
    agencyId,
    shown.map(row => row.post_id),
  )
  return {
    total: seen.length,
    shown,
    officer: (id: string) => officers.get(id)?.name ?? '',
    post: (id: string) => posts.get(id)?.name ?? '',
  }
}

export const listQueries = [
  on(dayList, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const days = { from: input.day, until: input.day }
      const found = await seatRows(db, meta.agency, { operationId: input.operationId }, days, meta.now)
      const names = await namesOf(anyDb(db), agencyId, found)
      const all = withinScope(found, names, meta).map(row => seatViewOf(row, names))
      const units = input.unitId ? new Set(await unitSubtree(anyDb(db), agencyId, input.unitId)) : null
      const rows = all.filter(wantedBy(input, units)).sort(byRank)
      return {
        now: meta.now,
        total: rows.length,
        rows: rows.slice(input.offset, input.offset + input.limit),
        counts: countsOf(all),
        bands: await bandList(db, agencyId, all),
      }
    },
  }),

  on(deployments, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const { total, rows } = await deploymentPage(anyDb(db), agencyId, input)
      const [names, bands] = await Promise.all([
        officerNames(
          anyDb(db),
          agencyId,
          rows.map(row => row.officerId),
        ),
        bandsOf(anyDb(db), agencyId),
      ])
      return {
        total,
        rows: rows.map(row => ({
          presenceId: row.presenceId,
          officerId: row.officerId,
          officerName: names.get(row.officerId)?.name ?? '',
          postId: row.post.postId,
          postName: row.post.name,
          postKind: row.post.kind,
          day: row.day,
          band: bands.get(`${row.patternId} ${row.band}`)?.zh ?? row.band,
          begins: row.begins,
          ends: row.ends,
        })),
      }
    },
  }),

  on(presences, {
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const { rows } = await sql<TimedRow>`
        select presence_id, officer_id, post_id, day, band, lower(period) as begins, came_at, late_minutes, way,
          recorded_at, left_at, early_minutes
        from presence where agency_id = ${agencyId}::uuid and voided_at is null
          and day between ${input.from}::date and ${input.until}::date and (late_minutes > 0 or not ${input.late})
        order by lower(period), presence_id`.execute(db)
      const { total, shown, officer, post } = await named(db, agencyId, rows, input)
      return {
        total,
        rows: shown.map(row => ({
          presenceId: row.presence_id,
          officerId: row.officer_id,
          officerName: officer(row.officer_id),
          postName: post(row.post_id),
          day: row.day,
          band: row.band,
          begins: row.begins,
          cameAt: row.came_at,
          lateMinutes: row.late_minutes,
          way: row.way as Way,
          recordedAt: row.recorded_at,
          leftAt: row.left_at,
          earlyMinutes: row.early_minutes,
        })),
      }
    },
  }),

  on(absences, {
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const { rows } = await sql<{
        absence_id: string
        officer_id: string
        post_id: string
        day: string
        band: string
        begins: string
        kind: string
        declared_at: string
      }>`
        select absence_id, officer_id, post_id, day, band, lower(period) as begins, kind, declared_at
        from absence where agency_id = ${agencyId}::uuid and ended_at is null
          and day between ${input.from}::date and ${input.until}::date
        order by lower(period), absence_id`.execute(db)
      const { total, shown, officer, post } = await named(db, agencyId, rows, input)
      return {
        total,
        rows: shown.map(row => ({
          absenceId: row.absence_id,
          officerId: row.officer_id,
          officerName: officer(row.officer_id),
          postName: post(row.post_id),
          day: row.day,
          band: row.band,
          begins: row.begins,
          kind: row.kind as AbsenceKind,
          declaredAt: row.declared_at,
        })),
      }
    },
  }),

  on(presentNow, {
    sees: 'agency',
    async run(db, input, meta) {
      const at = input.at ?? meta.now
      const { operationId, knownAt } = input
      const { agencyId } = meta.agency
      const rows = await presentAt(anyDb(db), at, { agencyId, operationId, ...(knownAt ? { knownAt } : {}) })
      const counts = countByPost(rows)
      return {
        at,
        present: [...counts.values()].reduce((sum, n) => sum + n, 0),
        posts: [...counts].map(([postId, present]) => ({ postId, present })),
      }
    },
  }),
]
