// What a part of the bureau usually needs, and what more of the same would need. Nothing of it is written: it is laid
// over the demand of a what-if. Pure but for the reading.
import type { Kysely } from 'kysely'
import { createHash } from 'node:crypto'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, daysBetween } from '../../kernel/time.ts'
import type { DayDemand } from './expand.ts'
import { demandWithLines, type PostForRoster } from './reads.ts'

/** How far from the days in question a day is looked for on which the posts need somebody. */
const lookDays = 60

/** What some posts need on the days around a span: a zone that has been lifted is still a pattern for others. */
export function typicalDemand(
  db: Kysely<AnyTables>,
  agencyId: string,
  { operationId, fromDay, untilDay }: { operationId: string; fromDay: string; untilDay: string },
  postIds: readonly string[],
): Promise<DayDemand[]> {
  const [first, last] = [addDays(fromDay, -lookDays), addDays(untilDay, lookDays)]
  return demandWithLines(db, agencyId, operationId, first, last, postIds)
}

/** The demand of one day: of the day itself where there is some, else of the nearest, the earlier of two as near. */
export function typicalOn(typical: readonly DayDemand[], day: string): DayDemand[] {
  let nearest: string | null = null
  for (const line of typical) {
    if (nearest === null) nearest = line.day
    const [is, was] = [Math.abs(daysBetween(day, line.day)), Math.abs(daysBetween(day, nearest))]
    if (is < was || (is === was && line.day < nearest)) nearest = line.day
  }
  return typical.filter(line => line.day === nearest)
}

export interface Copies {
  /** Posts that are copied together. */
  like: readonly PostForRoster[]
  typical: readonly DayDemand[]
  count: number
  days: readonly string[]
  /** Tells the ids of these copies from those of others. */
  mark: string
}

/** So many more of some posts, with what they usually need on the given days. The copies open with the first day. */
export function copiesOf({ like, typical, count, days, mark }: Copies): {
  posts: PostForRoster[]
  demand: DayDemand[]
} {
  const posts: PostForRoster[] = []
  const demand: DayDemand[] = []
  const idOf = (postId: string, n: number) => `${mark}-${n}-${postId}`
  const perDay = days.map(day => ({ day, lines: typicalOn(typical, day) }))
  for (let n = 1; n <= count; n += 1) {
    for (const post of like) {
      posts.push({
        ...post,
        postId: idOf(post.postId, n),
        code: `${post.code}+${n}`,
        name: `${post.name} +${n}`,
        state: 'active',
        opensOn: days[0] ?? null,
        closesOn: null,
      })
    }
    for (const { day, lines } of perDay) {
      for (const { patternId, postId, band, skill, heads, priority } of lines) {
        demand.push({ postId: idOf(postId, n), day, patternId, band, skill, heads, priority })
      }
    }
  }
  return { posts, demand }
}

/** A digest of what is needed: equal while nothing of it has changed. */
export function demandMark(demand: readonly DayDemand[]): string {
  const hash = createHash('sha256')
  for (const { postId, day, patternId, band, skill, heads, priority } of demand) {
    hash.update(`${postId} ${day} ${patternId} ${band} ${skill ?? ''} ${heads} ${priority}\n`)
  }
  return hash.digest('hex')
}
