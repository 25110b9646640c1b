// Who is on duty at an instant, and against what need. The situation page reads these functions too.
import { type Kysely, sql } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, dutyDayOf, instantAt } from '../../kernel/time.ts'
import { officerNames } from '../people/index.ts'
import { demandFor, patternsOf, postsFor } from '../posts/index.ts'
import type { RosterDb } from './published.ts'

export interface PostCoverage {
  postId: string
  patternId: string
  band: string
  /** Of the band. */
  begins: string
  ends: string
  need: number
  have: number
}

export interface OnDutyRow {
  assignmentId: string
  officerId: string
  postId: string
  patternId: string
  bands: string[]
  begins: string
  ends: string
}

/** Assignments in progress at an instant, by post and officer. */
export async function onDutyAt(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  operationId: string,
  at: string,
): Promise<OnDutyRow[]> {
  const db = anyDb as unknown as RosterDb
  const rows = await db
    .selectFrom('assignment')
    .select(['assignment_id', 'officer_id', 'post_id', 'pattern_id', 'bands'])
    .select([sql<string>`lower(period)`.as('begins'), sql<string>`upper(period)`.as('ends')])
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    // The index on the start bounds the look: no duty is longer than a day.
    .where(sql<boolean>`lower(period) <= ${at}::timestamptz`)
    .where(sql<boolean>`lower(period) > ${at}::timestamptz - interval '24 hours'`)
    .where(sql<boolean>`upper(period) > ${at}::timestamptz`)
    .orderBy('post_id')
    .orderBy('officer_id')
    .orderBy('assignment_id')
    .execute()
  return rows.map(row => ({
    assignmentId: row.assignment_id,
    officerId: row.officer_id,
    postId: row.post_id,
    patternId: row.pattern_id,
    bands: row.bands,
    begins: row.begins,
    ends: row.ends,
  }))
}

/** Need and people of every post and band in progress at an instant, in the order of post, pattern and band. */
export async function coverageAt(
  anyDb: Kysely<AnyTables>,
  agency: Pick<AgencySettings, 'agencyId' | 'timeZone' | 'handOverMinute'>,
  operationId: string,
  at: string,
): Promise<PostCoverage[]> {
  const { agencyId, timeZone, handOverMinute } = agency
  const today = dutyDayOf(agency, at)
  // A band may pass the hand-over, so yesterday's are looked at too.
  const [demand, patterns, rows] = await Promise.all([
    demandFor(anyDb, agencyId, operationId, addDays(today, -1), today),
    patternsOf(anyDb, agencyId),
    onDutyAt(anyDb, agencyId, operationId, at),
  ])
  const bands = new Map(
    patterns.flatMap(one => one.bands.map(band => [`${one.patternId} ${band.key}`, band] as const)),
  )
  const begins = new Map(
    [addDays(today, -1), today].map(day => [day, Date.parse(instantAt(timeZone, day, handOverMinute))]),
  )
  const now = Date.parse(at)
  interface Period {
    begins: string
    ends: string
  }
  /** Of the band, where the instant lies in it. */
  const runningOf = (day: string, patternId: string, key: string): Period | null => {
    const band = bands.get(`${patternId} ${key}`)
    const begin = begins.get(day)
    if (!band || begin === undefined) return null
    const from = begin + band.from * 60_000
    const until = from + band.minutes * 60_000
    if (now < from || now >= until) return null
    return { begins: new Date(from).toISOString(), ends: new Date(until).toISOString() }
  }
  const found = new Map<string, PostCoverage>()
  const place = (postId: string, patternId: string, band: string, period: Period) => {
    const key = `${postId} ${patternId} ${band}`
    const there = found.get(key) ?? { postId, patternId, band, ...period, need: 0, have: 0 }
    found.set(key, there)
    return there
  }
  for (const line of demand) {
    const period = line.skill === null ? runningOf(line.day, line.patternId, line.band) : null
    if (period) place(line.postId, line.patternId, line.band, period).need += line.heads
  }
  for (const row of rows) {
    const day = dutyDayOf(agency, row.begins)
    for (const band of row.bands) {
      const period = runningOf(day, row.patternId, band)
      if (period) place(row.postId, row.patternId, band, period).have += 1
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

export interface OnDutyPost {
  postId: string
  code: string
  name: string
  kind: string
  ends: string
  need: number
  officers: { officerId: string; name: string; badge: string; kind: string }[]
}

/** Who stands where at an instant, by the code of the post; posts that should have somebody and have nobody too. */
export async function onDutyPosts(
  anyDb: Kysely<AnyTables>,
  agency: Pick<AgencySettings, 'agencyId' | 'timeZone' | 'handOverMinute'>,
  operationId: string,
  at: string,
): Promise<OnDutyPost[]> {
  const [rows, coverage, posts] = await Promise.all([
    onDutyAt(anyDb, agency.agencyId, operationId, at),
    coverageAt(anyDb, agency, operationId, at),
    postsFor(anyDb, agency.agencyId, operationId),
  ])
  const names = await officerNames(
    anyDb,
    agency.agencyId,
    [...new Set(rows.map(row => row.officerId))].sort(),
  )
  const need = new Map<string, number>()
  const bandEnds = new Map<string, string>()
  for (const one of coverage) {
    need.set(one.postId, (need.get(one.postId) ?? 0) + one.need)
    const known = bandEnds.get(one.postId)
    if (!known || one.ends < known) bandEnds.set(one.postId, one.ends)
  }
  const here = new Map<string, OnDutyRow[]>()
  for (const row of rows) here.set(row.postId, [...(here.get(row.postId) ?? []), row])
  return posts
    .filter(post => here.has(post.postId) || (need.get(post.postId) ?? 0) > 0)
    .map(post => {
      const crew = here.get(post.postId) ?? []
      return {
        postId: post.postId,
        code: post.code,
        name: post.name,
        kind: post.kind,
        ends: crew.map(row => row.ends).sort()[0] ?? bandEnds.get(post.postId) ?? at,
        need: need.get(post.postId) ?? 0,
        officers: crew.map(({ officerId }) => {
          const known = names.get(officerId)
          return { officerId, name: known?.name ?? '', badge: known?.badge ?? '', kind: known?.kind ?? '' }
        }),
      }
    })
}
