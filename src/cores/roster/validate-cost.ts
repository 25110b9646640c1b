import type { Roster, RosterProblem } from './model.ts'
import { bandsOfCell, DEFAULT_WEIGHTS, postOfCell } from './model.ts'

/** The part of the objective that every problem has; `total` is the sum of the others. */
export type SoftCost = { under: number; over: number; wishes: number; total: number }

/**
 * What a roster costs in people too few, people too many and wishes not met, counted from the cells and the problem with
 * nothing of the engine. Team minima, fairness, nearness and changes are not in it.
 */
export function softCost(problem: RosterProblem, roster: Roster): SoftCost {
  const { days, posts, demands, officers } = problem
  const weights = { ...DEFAULT_WEIGHTS, ...problem.weights }
  const crews = new Map<string, number>()
  roster.cells.forEach((cell, at) => {
    const post = posts[postOfCell(cell)]
    const pattern = problem.patterns.find(one => one.id === post?.pattern)
    pattern?.bands.forEach((band, i) => {
      if (((bandsOfCell(cell) >> i) & 1) === 0) return
      const key = JSON.stringify([post!.id, band.id, at % days])
      crews.set(key, (crews.get(key) ?? 0) + 1)
    })
  })
  let under = 0
  let over = 0
  for (const line of demands) {
    const key = JSON.stringify([line.post, line.band, line.day])
    const more = (crews.get(key) ?? 0) - line.need
    crews.delete(key)
    if (more < 0) under -= more * weights.cover * (line.priority ?? 1)
    else over += more * (line.over ?? weights.over)
  }
  // Where nothing was asked for, everybody is one too many.
  for (const crew of crews.values()) over += crew * weights.over
  let wishes = 0
  officers.forEach((officer, o) => {
    for (const wish of officer.wishes ?? []) {
      const cell = roster.cells[o * days + wish.day]!
      if (!isMet(problem, wish, cell)) wishes += wish.weight
    }
  })
  return { under, over, wishes, total: under + over + wishes }
}

type Wish = NonNullable<RosterProblem['officers'][number]['wishes']>[number]

function isMet(problem: RosterProblem, wish: Wish, cell: number): boolean {
  const post = problem.posts[postOfCell(cell)]
  if (wish.want === 'at') return post?.id === wish.post
  if (wish.want === 'notAt') return post?.id !== wish.post
  if (post === undefined) return wish.want !== 'work'
  const bands = problem.patterns.find(pattern => pattern.id === post.pattern)!.bands
  const night = bands.some((band, i) => ((bandsOfCell(cell) >> i) & 1) === 1 && band.night)
  return wish.want === 'work' || wish.want === (night ? 'night' : 'day')
}
