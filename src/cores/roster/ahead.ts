import type { DayOptions } from './day-options.ts'
import type { RowRules } from './row-rules.ts'

/** Price per unit of breaking a rule on a cell that cannot be changed: never worth paying, yet never a dead end. */
export const BREACH = 1e7

/**
 * The cheapest way from every state of every day to the end, by the rules that are a machine of states alone:
 * `ahead[d·states + state]` for d = `from` .. `end` + 1, Infinity where there is none. What the other rules add only
 * makes a way dearer, so this is how much a label must still pay at the least.
 */
export function fillAhead(
  ahead: Float64Array,
  states: number,
  rules: RowRules,
  options: DayOptions,
  from: number,
  end: number,
): void {
  const { next, over, width, size } = rules
  ahead.fill(0, (end + 1) * states, (end + 1) * states + size)
  for (let d = end; d >= from; d--) {
    const here = d * states
    const then = here + states
    const first = options.from(d)
    const last = first + options.count[d]!
    const fine = options.lenient[d] === 1 ? BREACH : Infinity
    const mayRest = options.mayRest[d] === 1
    const restCost = options.restCost[d]!
    for (let s = 0; s < size; s++) {
      const base = s * width
      let best = Infinity
      if (mayRest) {
        const broken = over[base]!
        best = restCost + ahead[then + next[base]!]! + (broken > 0 ? broken * fine : 0)
      }
      for (let i = first; i < last; i++) {
        const arc = base + options.klass[i]! + 1
        const broken = over[arc]!
        const cost = options.cost[i]! + ahead[then + next[arc]!]! + (broken > 0 ? broken * fine : 0)
        if (cost < best) best = cost
      }
      ahead[here + s] = best
    }
  }
}
