import { Master } from './bound-master.ts'
import { type PricedRow, RowPricer } from './bound-prices.ts'
import type { Compiled } from './compile.ts'
import { Inserter } from './insertion.ts'
import type { LinearSolver } from './linear.ts'
import { officerCost } from './officer-cost.ts'
import { seededRandom } from './random.ts'
import { State } from './state.ts'

/** Labels of a day where a row is priced by insertion. */
const WIDTH = 200
/** How much of the prices of the round before stays in those of a round. */
const HELD = 0.5
/** Rounds in which the program won less than this part, one after the other, after which it is led no further. */
const LITTLE = 0.0003
const LITTLE_MOST = 12
/** Officers settled in one step: those whose row stands as good as whole, and at the least this part of the others. */
const SURE = 0.9
const STEP = 0.05
/** Rounds of fresh rows between two steps. */
const ROUNDS = 8
/** One solve of the program, in seconds; where it takes longer, the search alone gets further. */
const SOLVE_MOST = 5

/**
 * A roster by diving: rows are found at the prices of a linear program over the rows found so far (column generation),
 * then officer by officer is settled on the row that the program gives most of him, with fresh rows for the others in
 * between. It sees all days and all officers at once, which no move of the search does, and what it leaves crooked the
 * search puts right. Measured in decision 0009.
 */
export class Dive {
  private readonly c: Compiled
  private readonly master: Master
  private readonly pricer: RowPricer
  private readonly inserter: Inserter
  private readonly isOver: () => boolean
  private readonly prices: Float64Array
  /** column on which the officer is settled, −1 while he is not */
  private readonly settled: Int32Array
  /** 1 where the pricer's graph leaves a rule out that counts, so that rows are found by insertion */
  private readonly loose: Uint8Array
  private readonly row: Int32Array
  private readonly whole: Int32Array

  /** `isOver` ends the dive at the next step; it is asked often. */
  constructor(c: Compiled, solver: LinearSolver, seed: number, isOver: () => boolean) {
    this.c = c
    this.pricer = new RowPricer(c)
    this.master = new Master(this.pricer, solver)
    this.inserter = new Inserter(new State(c), seededRandom(seed))
    this.isOver = isOver
    this.prices = new Float64Array(c.need.length)
    this.settled = new Int32Array(c.officers).fill(-1)
    this.loose = new Uint8Array(c.officers)
    this.row = new Int32Array(c.days)
    this.whole = new Int32Array(c.officers * c.days)
  }

  /** Takes the rows of a whole roster in. */
  take(cells: Int32Array): void {
    const { c } = this
    const rows = Array.from({ length: c.officers }, (_, o) =>
      this.priced(o, cells.slice(o * c.days, (o + 1) * c.days)),
    )
    this.master.take(rows.map((row, o) => ({ o, row })))
  }

  /** Finds rows until the program gets no better by them, or `until` says to end. */
  lead(until: () => boolean): void {
    let last = Infinity
    let little = 0
    for (let round = 0; !until() && !this.isOver() && little < LITTLE_MOST; round++) {
      const solved = this.master.solve(SOLVE_MOST)
      if (solved === undefined) return
      const held = round === 0 ? 0 : HELD
      const { slot } = solved.prices
      for (let i = 0; i < slot.length; i++) this.prices[i] = held * this.prices[i]! + (1 - held) * slot[i]!
      if (this.find(slot) === 0) return
      little = solved.value > last - LITTLE * Math.abs(last) ? little + 1 : 0
      last = solved.value
    }
  }

  /** Settles all officers; undefined when the program found no optimum. */
  run(): Int32Array | undefined {
    const { c, master, settled, whole } = this
    for (let left = c.officers; left > 0; ) {
      if (!this.refresh()) return undefined
      const most = master.mostOf(c.officers)
      const free = Array.from({ length: c.officers }, (_, o) => o)
        .filter(o => settled[o]! < 0 && most[o]! >= 0)
        .sort((a, b) => master.amountOf(most[b]!) - master.amountOf(most[a]!))
      if (free.length === 0) return undefined
      const least = this.isOver() ? free.length : Math.ceil(free.length * STEP)
      const sure = free.filter((o, n) => n < least || master.amountOf(most[o]!) >= SURE)
      for (const o of sure) {
        settled[o] = most[o]!
        master.settle(o, most[o]!)
      }
      left -= sure.length
    }
    for (let o = 0; o < c.officers; o++) whole.set(master.cellsOf[settled[o]!]!, o * c.days)
    return whole
  }

  dispose(): void {
    this.master.dispose()
  }

  /** Brings the program to its best for those who are settled by now. */
  private refresh(): boolean {
    for (let round = 1; ; round++) {
      const solved = this.master.solve(SOLVE_MOST)
      if (solved === undefined) return false
      if (round === ROUNDS || this.isOver()) return true
      this.prices.set(solved.prices.slot)
      if (this.find(this.prices) === 0) return true
    }
  }

  /** Takes for each officer who is not settled the cheapest row in; returns how many were new. */
  private find(own: Float64Array): number {
    const { c, master, settled } = this
    const most = master.mostOf(c.officers)
    const fresh: { o: number; row: PricedRow }[] = []
    for (let o = 0; o < c.officers && !this.isOver(); o++) {
      if (settled[o]! >= 0) continue
      const kept = most[o]! < 0 ? null : master.cellsOf[most[o]!]!
      // Held prices miss rows that the program's own show, and the other way round.
      const row = this.rowAt(o, this.prices, kept) ?? this.rowAt(o, own, kept)
      if (row !== undefined) fresh.push({ o, row })
    }
    return master.take(fresh)
  }

  /** The cheapest row at the prices: by the exact graph where it holds every rule that counts, else by insertion. */
  private rowAt(o: number, slot: Float64Array, kept: Int32Array | null): PricedRow | undefined {
    const { c, pricer, inserter, row } = this
    if (this.loose[o] === 0) {
      const found = pricer.cheapest(o, { slot, skill: NO_SKILLS })
      if (pricer.keepsCounts(o, found.cells)) return found
      this.loose[o] = 1
    }
    inserter.prices = slot
    const found = inserter.insert(o, 0, c.days - 1, row, 0, WIDTH, kept)
    inserter.prices = null
    if (!found || (kept !== null && row.every((cell, d) => cell === kept[d]))) return undefined
    return this.priced(o, row.slice())
  }

  private priced(o: number, cells: Int32Array): PricedRow {
    this.whole.set(cells, o * this.c.days)
    return { reduced: 0, cells, cost: officerCost(this.c, o, this.whole) }
  }
}

const NO_SKILLS = new Float64Array(0)
