import type { Bound } from './bound.ts'
import type { PricedRow, Prices } from './bound-prices.ts'
import type { LinearColumn, LinearProgram, LinearSolver } from './linear.ts'

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
  const master = new Master(search, solver)
  try {
    search.ascend(() => master.take(search.rows))
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
    if (master.take(search.rows) > 0) {
      held = HELD
      continue
    }
    // Nothing new: the prices were held too far from the program's own, or fairness was touched beside its place.
    if (held === 0 && search.value <= before + STEADY * Math.abs(before)) return true
    held = held > 0.2 ? held - 0.2 : 0
  }
  return false
}

function blend(into: Float64Array, best: Float64Array, fresh: Float64Array, held: number): void {
  for (let i = 0; i < into.length; i++) into[i] = held * best[i]! + (1 - held) * fresh[i]!
}

class Master {
  private readonly search: Bound
  private readonly program: LinearProgram
  private readonly rowOfSlot: Int32Array
  private readonly rowOfSkill: Int32Array
  private readonly known = new Set<string>()
  private readonly officerOf: number[] = []
  private readonly cellsOf: Int32Array[] = []
  private slack = 0
  private amounts = new Float64Array(0)

  constructor(search: Bound, solver: LinearSolver) {
    this.search = search
    const { c } = search
    const sums: number[] = Array.from({ length: c.officers }, () => 1)
    this.rowOfSlot = Int32Array.from(c.need, need => sums.push(need) - 1)
    this.rowOfSkill = Int32Array.from(c.minimaNeed, need => sums.push(need) - 1)
    this.program = solver.program(Float64Array.from(sums))
    const columns: LinearColumn[] = []
    for (let at = 0; at < c.need.length; at++) {
      const row = this.rowOfSlot[at]!
      const priority = c.priority[at]!
      if (c.need[at]! > 0) {
        columns.push({ cost: c.weights.cover * priority, upper: c.need[at]!, rows: [row], values: [1] })
      }
      columns.push({ cost: c.over[at]!, upper: Infinity, rows: [row], values: [-1] })
      for (let m = c.minimaAt[at]!; m < c.minimaAt[at + 1]!; m++) {
        const skill = this.rowOfSkill[m]!
        columns.push({
          cost: c.weights.minimum * priority,
          upper: c.minimaNeed[m]!,
          rows: [skill],
          values: [1],
        })
        // One more with the skill than asked costs nothing.
        columns.push({ cost: 0, upper: Infinity, rows: [skill], values: [-1] })
      }
    }
    this.slack = columns.length
    this.program.add(columns)
  }

  /** Takes the rows in that are not known yet; returns how many. */
  take(rows: readonly PricedRow[]): number {
    const fresh: LinearColumn[] = []
    rows.forEach((row, o) => {
      const key = `${o}:${row.cells.join()}`
      if (this.known.has(key)) return
      this.known.add(key)
      fresh.push(this.columnOf(o, row))
      this.officerOf.push(o)
      this.cellsOf.push(row.cells)
    })
    this.program.add(fresh)
    return fresh.length
  }

  private columnOf(o: number, { cells, cost }: PricedRow): LinearColumn {
    const { c } = this.search
    const rows = [o]
    for (let d = 0; d < c.days; d++) {
      const cell = cells[d]!
      if (cell <= 0) continue
      const base = d * c.slots + c.slotBase[(cell >> 8) - 1]!
      const skills = c.skillMask[o * c.days + d]!
      for (let mask = cell & 255, at = base; mask !== 0; mask >>= 1, at++) {
        if ((mask & 1) === 0) continue
        rows.push(this.rowOfSlot[at]!)
        for (let m = c.minimaAt[at]!; m < c.minimaAt[at + 1]!; m++) {
          if ((c.minimaSkill[m]! & skills) !== 0) rows.push(this.rowOfSkill[m]!)
        }
      }
    }
    return { cost, upper: Infinity, rows, values: rows.map(() => 1) }
  }

  solve(seconds: number): { value: number; prices: Prices } | undefined {
    const solved = this.program.solve(seconds)
    if (solved === undefined) return undefined
    this.amounts = Float64Array.from(solved.amounts)
    const { rowPrices } = solved
    return {
      value: solved.value,
      prices: {
        slot: Float64Array.from(this.rowOfSlot, row => rowPrices[row]!),
        skill: Float64Array.from(this.rowOfSkill, row => rowPrices[row]!),
      },
    }
  }

  /** Fairness is touched where the mixture of each officer's rows stands. */
  touch(): void {
    const { pricer, c } = this.search
    const { nights, weekends, heavy, minutes } = c.weights
    if (nights + weekends + heavy + minutes === 0) return
    const amounts = this.amounts.subarray(this.slack)
    const left = new Float64Array(c.officers).fill(1)
    amounts.forEach((amount, i) => {
      const o = this.officerOf[i]
      const cells = this.cellsOf[i]
      if (amount < 1e-9 || o === undefined || cells === undefined) return
      // Shares of one after the other, so that all together weigh as much as their amounts.
      const share = Math.min(1, amount / Math.max(amount, 1 - left[o]! + amount))
      left[o]! -= amount
      pricer.touch(o, cells, share)
    })
  }

  dispose(): void {
    this.program.dispose()
  }
}
