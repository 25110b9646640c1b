// The demand budget, written down: what every place needs, and what that comes to over 24 days. One band worked is
// one deployment (人次). The scenario's test adds these up and compares them with what the rosters then show.
//
//   place                       heads × bands            days        bands in all
//   15 gates of sealed zones    4 × 4 (6 h)              15 to 24    see `budget`
//   15 gates of control zones   2 × 4 (6 h)              14 to 24
//   9 isolation hotels          4 × 4 (6 h)              22 to 24
//   69 sampling sites a day     2 × 2 (4 h)              16          4,416
//   8 checkpoints               3 × 3 (8 h)              24          1,728
//   4 patrol grids              2 × 2 (8 h, no night)    24            384
//   2 building gates            1 × 4 (6 h)              24            192
//   1 command post              4 × 4 (6 h)              24            384
import { days, type PostPlan, posts, rounds, zones } from './ground.ts'

export type Pattern = 'fourBySix' | 'threeByEight' | 'sampling'
export const bandsOf: Record<Pattern, string[]> = {
  fourBySix: ['morning', 'afternoon', 'evening', 'night'],
  threeByEight: ['early', 'late', 'night'],
  sampling: ['morning', 'afternoon'],
}

export interface LinePlan {
  post: string
  pattern: Pattern
  bands: string[]
  skill: 'leader' | 'ppe' | 'driver' | 'woman' | null
  heads: number
  priority: 1 | 2 | 3
  from: number
  until: number
}

function crew(
  post: PostPlan,
  pattern: Pattern,
  heads: number,
  minima: [LinePlan['skill'], number][],
  priority: LinePlan['priority'],
  bands = bandsOf[pattern],
): LinePlan[] {
  const line = (skill: LinePlan['skill'], many: number): LinePlan => ({
    post: post.key,
    pattern,
    bands,
    skill,
    heads: many,
    priority,
    from: post.opens,
    until: post.closes,
  })
  return [line(null, heads), ...minima.map(([skill, many]) => line(skill, many))]
}

/** Every standing line; the sampling sites have theirs per round. */
export function standingDemand(): LinePlan[] {
  const sealed = new Set(
    zones()
      .filter(zone => zone.kind === 'sealed')
      .map(zone => zone.key),
  )
  return posts().flatMap(post => {
    switch (post.kind) {
      case 'zoneGate':
        return sealed.has(post.zone ?? '')
          ? crew(
              post,
              'fourBySix',
              4,
              [
                ['leader', 1],
                ['ppe', 2],
              ],
              1,
            )
          : crew(post, 'fourBySix', 2, [['leader', 1]], 2)
      case 'isolationHotel':
        return crew(
          post,
          'fourBySix',
          4,
          [
            ['leader', 1],
            ['ppe', 1],
            ['woman', 1],
          ],
          1,
        )
      case 'checkpoint':
        return crew(
          post,
          'threeByEight',
          3,
          [
            ['leader', 1],
            ['driver', 1],
          ],
          2,
        )
      case 'patrolGrid':
        return crew(post, 'threeByEight', 2, [['driver', 1]], 3, ['early', 'late'])
      case 'buildingGate':
        return crew(post, 'fourBySix', 1, [], 3)
      case 'commandPost':
        return crew(post, 'fourBySix', 4, [['leader', 1]], 1)
    }
  })
}

export const samplingHeads = 2

/** Bands that the whole operation needs, by what they are for. */
export function budget(): { zones: number; sampling: number; other: number } {
  let zoneBands = 0
  let other = 0
  const held = new Map(posts().map(post => [post.key, post.kind]))
  for (const line of standingDemand()) {
    if (line.skill !== null) continue
    const bands = line.heads * line.bands.length * (line.until - line.from + 1)
    const kind = held.get(line.post)
    if (kind === 'zoneGate' || kind === 'isolationHotel') zoneBands += bands
    else other += bands
  }
  const sampling = rounds().reduce((sum, round) => sum + round.sites.length, 0) * samplingHeads * 2
  return { zones: zoneBands, sampling, other }
}

export { days }
