import type { PricedRow, Prices, RowPricer } from './bound-prices.ts'
import type { Compiled } from './compile.ts'
import type { LinearColumn, LinearProgram, LinearSolver } from './linear.ts'

/** An amount below this is what the solver's sums leave. */
const TRACE = 1e-9

/**
 * The linear program over rows found so far: each officer has one whole row as a mixture of his, each slot its need less
 * who is missing plus who is too many.
 */
export class Master {
  private readonly c: Compiled
  private readonly pricer: RowPricer
  private readonly program: LinearProgram
  private readonly rowOfSlot: Int32Array
  private readonly rowOfSkill: Int32Array
  private readonly known = new Set<string>()
  readonly cellsOf: Int32Array[] = []
  private readonly officerOf: number[] = []
  private readonly columnsOf: number[][]
  private slack = 0
  private amounts = new Float64Array(0)

  constructor(pricer: RowPricer, solver: LinearSolver) {
    this.pricer = pricer
    this.c = pricer.c
    const { c } = this
    this.columnsOf = Array.from({ length: c.officers }, () => [])
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
  take(rows: readonly { o: number; row: PricedRow }[]): number {
    const fresh: LinearColumn[] = []
    for (const { o, row } of rows) {
      const key = `${o}:${row.cells.join()}`
      if (this.known.has(key)) continue
      this.known.add(key)
      fresh.push(this.columnOf(o, row))
      this.columnsOf[o]!.push(this.cellsOf.length)
      this.officerOf.push(o)
      this.cellsOf.push(row.cells)
    }
    this.program.add(fresh)
    return fresh.length
  }

  /** How much of the row the last solve took. */
  amountOf(column: number): number {
    return this.amounts[this.slack + column] ?? 0
  }

  /** For each officer the row of which the last solve took most, −1 where there is none. */
  mostOf(officers: number): Int32Array {
    const most = new Int32Array(officers).fill(-1)
    for (let i = 0; i < this.cellsOf.length; i++) {
      const o = this.officerOf[i]!
      const amount = this.amountOf(i)
      if (amount > TRACE && (most[o] === -1 || amount > this.amountOf(most[o]!))) most[o] = i
    }
    return most
  }

  /** Leaves the officer this row alone. */
  settle(o: number, column: number): void {
    for (const other of this.columnsOf[o]!) {
      if (other !== column) this.program.confine(this.slack + other, 0, 0)
    }
  }

  private columnOf(o: number, { cells, cost }: PricedRow): LinearColumn {
    const { c } = this
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
    const { pricer, c } = this
    const { nights, weekends, heavy, minutes } = c.weights
    if (nights + weekends + heavy + minutes === 0) return
    const amounts = this.amounts.subarray(this.slack)
    const left = new Float64Array(c.officers).fill(1)
    amounts.forEach((amount, i) => {
      const o = this.officerOf[i]
      const cells = this.cellsOf[i]
      if (amount < TRACE || o === undefined || cells === undefined) return
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
