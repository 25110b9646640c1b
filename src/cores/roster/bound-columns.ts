import type { Bound } from './bound.ts'
import { Master } from './bound-master.ts'
import type { PricedRow, Prices } from './bound-prices.ts'
import type { LinearSolver } from './linear.ts'

/** How much of the best prices stays in the prices of a round; the program's own jump from one end to the other. */
const HELD = 0.7
/** Part of the bound that is not worth another round. */
const NEARLY = 1e-7
const STEADY = 1e-5

/**
 * Leads the prices by the linear program over the rows found so far: each officer has one whole row as a mixture of his,
 * each slot its need less who is missing plus who is too many. True when no row that is not in it would make it cheaper,
 * so that the bound is the program's optimum.
 */
export function generate(search: Bound, solver: LinearSolver): boolean {
  const master = new Master(search.pricer, solver)
  try {
    search.ascend(() => master.take(numbered(search.rows)))
    return search.rows.length > 0 && lead(search, master)
  } finally {
    master.dispose()
  }
}

function lead(search: Bound, master: Master): boolean {
  const { best } = search
  const prices: Prices = {
    slot: new Float64Array(best.slot.length),
    skill: new Float64Array(best.skill.length),
  }
  let held = HELD
  while (!search.isOver()) {
    const solved = master.solve(search.secondsLeft())
    if (solved === undefined) return false
    if (solved.value - search.value < NEARLY * Math.max(1, Math.abs(solved.value))) return true
    master.touch()
    blend(prices.slot, best.slot, solved.prices.slot, held)
    blend(prices.skill, best.skill, solved.prices.skill, held)
    search.confine(prices)
    const before = search.value
    if (search.at(prices) === undefined) return false
    if (master.take(numbered(search.rows)) > 0) {
      held = HELD
      continue
    }
    // Nothing new: the prices were held too far from the program's own, or fairness was touched beside its place.
    if (held === 0 && search.value <= before + STEADY * Math.abs(before)) return true
    held = held > 0.2 ? held - 0.2 : 0
  }
  return false
}

function numbered(rows: readonly PricedRow[]): { o: number; row: PricedRow }[] {
  return rows.map((row, o) => ({ o, row }))
}

function blend(into: Float64Array, best: Float64Array, fresh: Float64Array, held: number): void {
  for (let i = 0; i < into.length; i++) into[i] = held * best[i]! + (1 - held) * fresh[i]!
}
