// What makes lines of demand fit: posts, patterns and rounds that exist together, days that come, and never two lines
// for the same people.
import type { CommandMeta, CommandTx } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { addDays } from '../../kernel/time.ts'
import { type Band, postsProblems, type setDemand } from './contracts.ts'
import { daysOfLine } from './expand.ts'
import { anyOf } from './lower.ts'
import { linesOf } from './reads.ts'
import type { PostsTables } from './tables.ts'

export type Tx = CommandTx<PostsTables>
export type NewLine = InputOf<typeof setDemand>

type Days = { beginsOn: string; endsOn: string; weekdays: readonly number[] | null; roundDay: string | null }
export type PlacedLine = Days &
  Pick<NewLine, 'demandId' | 'postId' | 'patternId' | 'skill'> & { bands: readonly string[] }

/** The first duty day on which both lines apply, or null. */
export function firstCommonDay(a: Days, b: Days): string | null {
  const first = a.beginsOn > b.beginsOn ? a.beginsOn : b.beginsOn
  const last = a.endsOn < b.endsOn ? a.endsOn : b.endsOn
  const fixed = a.roundDay ?? b.roundDay
  const applies = (line: Days, day: string) => daysOfLine(line, day, day).length > 0
  if (fixed !== null) {
    return fixed >= first && fixed <= last && applies(a, fixed) && applies(b, fixed) ? fixed : null
  }
  // Weekdays repeat after a week; nothing new comes later.
  for (let step = 0; step < 7; step += 1) {
    const day = addDays(first, step)
    if (day > last) return null
    if (applies(a, day) && applies(b, day)) return day
  }
  return null
}

interface PostFacts {
  name: string
  operationId: string
}

async function postFacts(tx: Tx, meta: CommandMeta, postIds: readonly string[]) {
  const wanted = [...new Set(postIds)]
  const rows = await tx.db
    .selectFrom('post')
    .select(['post_id', 'operation_id', 'name', 'state'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('post_id', '=', anyOf(wanted))
    .orderBy('post_id')
    .execute()
  if (rows.length < wanted.length) throw kernelProblems.missing({ what: '点位' })
  const closed = rows.find(row => row.state === 'closed')
  if (closed) throw postsProblems.postClosed({ name: closed.name })
  return new Map<string, PostFacts>(
    rows.map(row => [row.post_id, { name: row.name, operationId: row.operation_id }]),
  )
}

async function checkPatterns(tx: Tx, meta: CommandMeta, lines: readonly NewLine[]): Promise<void> {
  const wanted = [...new Set(lines.map(line => line.patternId))]
  const rows = await tx.db
    .selectFrom('shift_pattern')
    .select(['pattern_id', 'name', 'bands', 'active'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('pattern_id', '=', anyOf(wanted))
    .orderBy('pattern_id')
    .execute()
  if (rows.length < wanted.length) throw kernelProblems.missing({ what: '班制' })
  const byId = new Map(
    rows.map(row => [row.pattern_id, { ...row, keys: new Set((row.bands as Band[]).map(band => band.key)) }]),
  )
  for (const line of lines) {
    const pattern = byId.get(line.patternId)
    if (!pattern) continue
    if (!pattern.active) throw postsProblems.patternRetired({ pattern: pattern.name })
    const unknown = line.bands.find(band => !pattern.keys.has(band))
    if (unknown !== undefined) throw postsProblems.unknownBand({ pattern: pattern.name, band: unknown })
  }
}

async function roundDays(
  tx: Tx,
  meta: CommandMeta,
  lines: readonly NewLine[],
  posts: ReadonlyMap<string, PostFacts>,
): Promise<Map<string, string>> {
  const wanted = [...new Set(lines.flatMap(line => (line.roundId === null ? [] : [line.roundId])))]
  if (wanted.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('sampling_round')
    .select(['round_id', 'operation_id', 'name', 'day'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('round_id', '=', anyOf(wanted))
    .orderBy('round_id')
    .execute()
  if (rows.length < wanted.length) throw kernelProblems.missing({ what: '采样轮次' })
  const byId = new Map(rows.map(row => [row.round_id, row]))
  for (const line of lines) {
    const round = line.roundId === null ? undefined : byId.get(line.roundId)
    if (round && round.operation_id !== posts.get(line.postId)?.operationId) {
      throw postsProblems.otherOperation({ name: round.name })
    }
  }
  return new Map(rows.map(row => [row.round_id, row.day]))
}

/** Refuses a line that applies on no day, or on a day for which the same people are asked already. */
export function checkDays(
  placed: readonly PlacedLine[],
  standing: readonly PlacedLine[],
  nameOf: (postId: string) => string,
): void {
  const byPlace = new Map<string, PlacedLine[]>()
  const keyOf = (line: PlacedLine) => `${line.postId} ${line.patternId} ${line.skill ?? ''}`
  for (const line of standing) {
    const there = byPlace.get(keyOf(line))
    if (there) there.push(line)
    else byPlace.set(keyOf(line), [line])
  }
  for (const line of placed) {
    const name = nameOf(line.postId)
    if (line.endsOn < line.beginsOn) throw postsProblems.endBeforeStart({ name })
    if (firstCommonDay(line, line) === null) throw postsProblems.daysNever({ name })
    const there = byPlace.get(keyOf(line)) ?? []
    for (const other of there) {
      const band = line.bands.find(key => other.bands.includes(key))
      if (band === undefined) continue
      const day = firstCommonDay(line, other)
      if (day !== null) throw postsProblems.demandOverlaps({ name, band, day })
    }
    byPlace.set(keyOf(line), [...there, line])
  }
}

/** Checks new lines against the books and gives them with the day of their round. */
export async function placeLines(tx: Tx, meta: CommandMeta, lines: readonly NewLine[]): Promise<void> {
  const postIds = lines.map(line => line.postId)
  const posts = await postFacts(tx, meta, postIds)
  await checkPatterns(tx, meta, lines)
  const days = await roundDays(tx, meta, lines, posts)
  const nameOf = (postId: string) => posts.get(postId)?.name ?? ''
  const placed = lines.map(line => {
    if (line.roundId !== null && line.weekdays !== null) throw postsProblems.weekdaysAndRound()
    return { ...line, roundDay: line.roundId === null ? null : (days.get(line.roundId) ?? null) }
  })
  const standing = await linesOf(tx.db, meta.agency.agencyId, { postIds: [...new Set(postIds)] })
  checkDays(placed, standing, nameOf)
}
