// A board in few bytes: what stands where, against what is needed. The same shape for the published roster and for
// drafts, so that one page shows both.
import { type Kysely, sql } from 'kysely'
import type { z } from 'zod'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, daysBetween, instantAt } from '../../kernel/time.ts'
import { officerNames, type RosterOfficer, rosterOfficers, unitNames } from '../people/index.ts'
import { type DayDemand, demandFor, type patternsOf, postsFor, zonesFor } from '../posts/index.ts'
import type { boardView } from './contracts.ts'
import { keeper } from './cache.ts'
import { inputTables, keptPatterns, partsKept } from './inputs.ts'
import { maskOf } from './matrix.ts'
import { newestVersion, type RosterDb } from './published.ts'

export type BoardView = z.output<typeof boardView>

export interface BoardSpan {
  agency: AgencySettings
  operationId: string
  fromDay: string
  untilDay: string
}

/** People who do the same thing on the same day. `officers` is null where only their number is known. */
export interface BoardGroup {
  postId: string
  patternId: string
  day: number
  bands: readonly string[]
  officers: readonly string[] | null
  count: number
  /** Beside `officers`: flags of each. */
  flags?: readonly number[]
}

/** The published roster by post, day and bands; names joined by the database, since rows of the driver are dear. */
export async function publishedGroups(db: RosterDb, span: BoardSpan, names: boolean): Promise<BoardGroup[]> {
  const { rows } = await sql<{
    post_id: string
    pattern_id: string
    day: number
    bands: string
    people: string
    n: number
  }>`
    select post_id, pattern_id, day - ${span.fromDay}::date as day, array_to_string(bands, '+') as bands,
      ${names ? sql`string_agg(officer_id::text, '' order by officer_id)` : sql`''`} as people, count(*)::int as n
    from assignment
    where agency_id = ${span.agency.agencyId} and operation_id = ${span.operationId}
      and day between ${span.fromDay}::date and ${span.untilDay}::date
    group by 1, 2, 3, 4 order by 3, 1, 2, 4`.execute(db)
  return rows.map(row => ({
    postId: row.post_id,
    patternId: row.pattern_id,
    day: row.day,
    bands: row.bands.split('+'),
    officers: names ? idsIn(row.people) : null,
    count: row.n,
  }))
}

function idsIn(text: string): string[] {
  const ids: string[] = []
  for (let at = 0; at < text.length; at += 36) ids.push(text.slice(at, at + 36))
  return ids
}

interface Surroundings {
  posts: Awaited<ReturnType<typeof postsFor>>
  patterns: Awaited<ReturnType<typeof patternsOf>>
  zones: Awaited<ReturnType<typeof zonesFor>>
  units: Awaited<ReturnType<typeof unitNames>>
  demand: DayDemand[]
  officers: RosterOfficer[]
}

/** A board's own tables, beside those of the inputs that it shares. */
const ownTables = { zones: ['zone'], units: ['unit'] } as const
const {
  posts: postTables,
  patterns: patternTables,
  demand: demandTables,
  officers: officerTables,
} = inputTables
export const surroundingTables: readonly string[] = [
  ...new Set([
    ...Object.values(ownTables).flat(),
    ...postTables,
    ...patternTables,
    ...demandTables,
    ...officerTables,
  ]),
]

/** Boards are asked again and again, by everybody and at every live event: each part is kept until it changes. */
async function surroundings(db: Kysely<AnyTables>, span: BoardSpan): Promise<Surroundings> {
  const { agency, operationId, fromDay, untilDay } = span
  const { agencyId, timeZone, handOverMinute } = agency
  const begins = instantAt(timeZone, fromDay, handOverMinute)
  const ends = instantAt(timeZone, addDays(untilDay, 1), handOverMinute)
  const kept = <T>(about: string, tables: readonly string[], read: () => Promise<T>) =>
    partsKept(db, { agencyId, about, tables }, read)
  const [posts, patterns, zones, units, demand, officers] = await Promise.all([
    kept(`posts ${operationId}`, postTables, () => postsFor(db, agencyId, operationId)),
    keptPatterns(db, agencyId),
    kept(`zones ${operationId}`, ownTables.zones, () => zonesFor(db, agencyId, operationId)),
    kept('units', ownTables.units, () => unitNames(db, agencyId)),
    kept(`demand ${operationId} ${fromDay} ${untilDay}`, demandTables, () =>
      demandFor(db, agencyId, operationId, fromDay, untilDay),
    ),
    kept(`officers ${begins} ${ends}`, officerTables, () => rosterOfficers(db, agencyId, begins, ends)),
  ])
  return { posts, patterns, zones, units, demand, officers }
}

const boardsKept = keeper(12)

/** The published board of a span, kept until one of its rows changes. */
export function publishedBoard(db: RosterDb, span: BoardSpan): Promise<BoardView> {
  const { agency, operationId, fromDay, untilDay } = span
  const { agencyId, timeZone, handOverMinute } = agency
  const about = `${operationId} ${fromDay} ${untilDay} ${timeZone} ${handOverMinute}`
  const tables = [...surroundingTables, 'assignment', 'roster_version']
  const any = db as unknown as Kysely<AnyTables>
  return boardsKept(any, { agencyId, about, tables }, async () => {
    const [groups, version] = await Promise.all([
      publishedGroups(db, span, true),
      newestVersion(db, agencyId, operationId, fromDay, untilDay),
    ])
    return boardOf(any, span, groups, null, version)
  })
}

export async function boardOf(
  db: Kysely<AnyTables>,
  span: BoardSpan,
  groups: readonly BoardGroup[],
  plan: { planId: string; revision: number } | null,
  version: number | null,
): Promise<BoardView> {
  const found = await surroundings(db, span)
  const board = new BoardMaker(span, found)
  const known = new Set(found.officers.map(officer => officer.officerId))
  const gone = new Set<string>()
  for (const group of groups) for (const id of group.officers ?? []) if (!known.has(id)) gone.add(id)
  board.addGone(await officerNames(db, span.agency.agencyId, [...gone].sort()))
  for (const group of groups) board.addGroup(group)
  for (const line of found.demand) board.addDemand(line)
  return board.view(plan, version)
}

interface Need {
  row: number
  day: number
  band: number
  need: number
  have: number
  /** Skill bit → how many are needed and there. */
  minima: Map<number, { need: number; have: number }> | null
}

/** Gathers a board. Places are numbers, so that fifteen thousand cells are five small numbers each. */
class BoardMaker {
  private readonly span: BoardSpan
  private readonly found: Surroundings
  private readonly postAt: Map<string, number>
  private readonly patternAt: Map<string, number>
  private readonly bandsOf: string[][]
  private readonly skills: string[] = []
  private readonly rows: [number, number][] = []
  private readonly rowAt = new Map<number, number>()
  private readonly asks: number[] = []
  private readonly dayAt: Map<string, number>
  private readonly officers: BoardView['officers'] = []
  private readonly officerAt = new Map<string, number>()
  private readonly needs = new Map<number, Need>()
  private readonly cells: number[] = []

  constructor(span: BoardSpan, found: Surroundings) {
    this.span = span
    this.found = found
    this.postAt = new Map(found.posts.map((post, at) => [post.postId, at]))
    this.patternAt = new Map(found.patterns.map((pattern, at) => [pattern.patternId, at]))
    this.bandsOf = found.patterns.map(pattern => pattern.bands.map(band => band.key))
    const days = daysBetween(span.fromDay, span.untilDay) + 1
    this.dayAt = new Map(Array.from({ length: days }, (_, at) => [addDays(span.fromDay, at), at]))
    for (const officer of found.officers) {
      const mask = this.skillMask(officer)
      const { officerId, name, badge, kind, unitId } = officer
      this.officerAt.set(officerId, this.officers.push([officerId, name, badge, kind, unitId, mask]) - 1)
    }
  }

  /** Skills that count on some day of the span. */
  private skillMask(officer: RosterOfficer): number {
    let mask = 0
    for (const { skill, validFrom, validUntil } of officer.skills) {
      const before = validUntil !== null && validUntil < this.span.fromDay
      const after = validFrom !== null && validFrom > this.span.untilDay
      if (!before && !after) mask |= 1 << this.skillBit(skill)
    }
    return mask
  }
  /** Whether the skill counts on that very day; who is no longer on the books has none. */
  private holds(officer: number, skill: string, day: string): boolean {
    return (this.found.officers[officer]?.skills ?? []).some(
      one =>
        one.skill === skill &&
        (one.validFrom === null || one.validFrom <= day) &&
        (one.validUntil === null || one.validUntil >= day),
    )
  }
  private skillBit(skill: string): number {
    const found = this.skills.indexOf(skill)
    // Thirty names fit; a bureau grants a handful.
    return found >= 0 ? found : Math.min(30, this.skills.push(skill) - 1)
  }

  /** People who are named in the roster but no longer on the books. */
  addGone(names: Awaited<ReturnType<typeof officerNames>>): void {
    for (const [officerId, { name, badge, kind, unitId }] of names) {
      this.officerAt.set(officerId, this.officers.push([officerId, name, badge, kind, unitId, 0]) - 1)
    }
  }

  private row(post: number, pattern: number): number {
    const key = post * 1_000 + pattern
    let row = this.rowAt.get(key)
    if (row === undefined) {
      row = this.rows.push([post, pattern]) - 1
      this.asks.push(0)
      this.rowAt.set(key, row)
    }
    return row
  }

  private need(row: number, day: number, band: number): Need {
    const key = (row * 64 + day) * 8 + band
    let need = this.needs.get(key)
    if (!need) {
      need = { row, day, band, need: 0, have: 0, minima: null }
      this.needs.set(key, need)
    }
    return need
  }

  private readonly there = new Map<number, number[]>()

  addGroup(group: BoardGroup): void {
    const post = this.postAt.get(group.postId)
    const pattern = this.patternAt.get(group.patternId)
    if (post === undefined || pattern === undefined) return
    const row = this.row(post, pattern)
    const bands = this.bandsOf[pattern] ?? []
    const mask = maskOf(bands, group.bands)
    const at = (group.officers ?? []).map(id => this.officerAt.get(id) ?? -1)
    for (let band = 0; band < bands.length; band += 1) {
      if (((mask >> band) & 1) === 0) continue
      const need = this.need(row, group.day, band)
      need.have += group.count
      if (at.length === 0) continue
      const key = (row * 64 + group.day) * 8 + band
      const list = this.there.get(key)
      if (list) list.push(...at)
      else this.there.set(key, [...at])
    }
    at.forEach((officer, index) => {
      if (officer >= 0) this.cells.push(row, group.day, mask, officer, group.flags?.[index] ?? 0)
    })
  }

  addDemand(line: DayDemand): void {
    const post = this.postAt.get(line.postId)
    const pattern = this.patternAt.get(line.patternId)
    const day = this.dayAt.get(line.day)
    if (post === undefined || pattern === undefined || day === undefined) return
    const band = (this.bandsOf[pattern] ?? []).indexOf(line.band)
    if (band < 0) return
    const row = this.row(post, pattern)
    const need = this.need(row, day, band)
    if (line.skill === null) {
      need.need = line.heads
      return
    }
    const bit = this.skillBit(line.skill)
    this.asks[row] = (this.asks[row] ?? 0) | (1 << bit)
    const there = this.there.get((row * 64 + day) * 8 + band) ?? []
    const have = there.filter(officer => this.holds(officer, line.skill ?? '', line.day)).length
    need.minima ??= new Map()
    need.minima.set(bit, { need: line.heads, have })
  }

  view(plan: { planId: string; revision: number } | null, version: number | null): BoardView {
    const { span, found } = this
    const [needs, lacks]: [number[], number[]] = [[], []]
    for (const { row, day, band, need, have, minima } of this.needs.values()) {
      let [missing, most] = [0, 0]
      for (const [bit, least] of minima ?? []) {
        if (least.have < least.need) missing |= 1 << bit
        most = Math.max(most, least.need - least.have)
      }
      needs.push(row, day, band, need, have, missing)
      lacks.push(most)
    }
    // A thousand sampling sites rest today: only posts with a row travel.
    const kept = [...new Set(this.rows.map(([post]) => post))].sort((a, b) => a - b)
    const placeOf = new Map(kept.map((post, at) => [post, at]))
    return {
      operationId: span.operationId,
      planId: plan?.planId ?? null,
      revision: plan?.revision ?? null,
      version,
      begins: instantAt(span.agency.timeZone, span.fromDay, span.agency.handOverMinute),
      days: [...this.dayAt.keys()],
      patterns: found.patterns.map(({ patternId, name, kind, bands }) => ({
        patternId,
        name,
        kind,
        bands: bands.map(({ key, zh, en, from, minutes }) => ({ key, zh, en, from, minutes })),
      })),
      zones: found.zones.map(({ zoneId, name, kind, liftedAt }) => ({
        zoneId,
        name,
        kind: liftedAt === null ? kind : 'lifted',
      })),
      posts: kept.flatMap(at => {
        const post = found.posts[at]
        if (!post) return []
        const { postId, code, name, kind, zoneId, unitId } = post
        return [{ postId, code, name, kind, zoneId, unitId }]
      }),
      rows: this.rows.map(([post, pattern]) => [placeOf.get(post) ?? 0, pattern] as [number, number]),
      asks: this.asks,
      skills: this.skills,
      units: [...found.units].map(([unitId, { shortName }]) => [unitId, shortName] as [string, string]),
      officers: this.officers,
      need: needs,
      lacks,
      cells: this.cells,
    }
  }
}
