import { checkProblem } from './check-problem.ts'
import { generate } from './bound-columns.ts'
import { type PricedRow, type Prices, RowPricer } from './bound-prices.ts'
import { type Compiled, compile } from './compile.ts'
import type { LinearSolver } from './linear.ts'
import type { Roster, RosterProblem } from './model.ts'
import { State } from './state.ts'

/**
 * Officer's days up to which the linear program leads the prices. It has a row for every officer and every slot of every
 * day; 5,000 officer's days are some 3,000 rows, and past that one solve takes longer than ten rounds of ascent.
 */
export const LED_MOST = 5000
/** First and least step of a price, in prices of one missing officer; rounds in vain after which it is halved. */
const FIRST_STEP = 0.4
const LEAST_STEP = 0.0005
const PATIENCE = 12
const VAIN = 1e-4
/** Part of the way of the round before that is kept; without it the prices swing. */
const HELD = 0.7
/** Part of the bound that is not worth another round. */
const NEARLY = 1e-6

export type BoundProgress = { round: number; seconds: number; bound: number }

export type BoundOptions = {
  /** without it the prices are led by ascent alone */
  solver?: LinearSolver
  /** wall-clock budget; needs `now` */
  seconds?: number
  rounds?: number
  /** milliseconds of any clock that only goes forward */
  now?: () => number
  shouldStop?: () => boolean
  onProgress?: (progress: BoundProgress) => void
  /** cost of a roster that is known; the ascent ends when it has come as near as any number can */
  known?: number
}

export type BoundResult = {
  /** in the units of `RosterResult.cost` */
  bound: number
  rounds: number
  seconds: number
  /** `columns` when the linear program led at last, `ascent` otherwise */
  method: 'columns' | 'ascent'
  /** no better one is to be expected: proven by the linear program, but for fairness, and guessed by the ascent */
  converged: boolean
}

/**
 * What every roster costs at the least, in the units of `RosterResult.cost`: no roster that keeps the hard rules is
 * cheaper. Every officer is given his cheapest row at prices for cover; what the rows cost then, with what the prices
 * promise for the need, is such a bound at every price (Lagrange), so it may be stopped at any round. The prices are
 * raised along the cover that is missing, and where the problem is not too big for it a linear program over the rows
 * found so far brings them to their best (column generation, Dantzig and Wolfe 1960, smoothed by Wentges 1997).
 *
 * Left out, so that the bound is lower than it might be and never too high: staying with a post, what a missing skill
 * adds to one too many, the size of closed-loop teams, minutes and days off of seven days, and everything that locked
 * duties break; of somebody whose rows have no room for them, most duties at a post, most weekends, then minutes (many
 * posts counted at once, horizons of months). Fairness stands in it by tangents.
 *
 * A roster in which somebody's least minutes could not be brought together may cost less: it breaks a hard rule.
 */
export function boundOf(problem: RosterProblem, options: BoundOptions = {}): BoundResult {
  const [fault] = checkProblem(problem)
  if (fault) throw new Error(`roster problem is unsound: ${fault.code} at ${fault.where}`)
  const search = new Bound(compile(problem), options)
  const led = options.solver !== undefined && problem.officers.length * problem.days <= LED_MOST
  const converged = led ? generate(search, options.solver!) : search.ascend()
  return {
    bound: search.told,
    rounds: search.round,
    seconds: search.seconds(),
    method: led ? 'columns' : 'ascent',
    converged,
  }
}

/** Cost of any roster of the problem as the engine counts it, in the units of the bound. */
export function costOf(problem: RosterProblem, { cells }: Pick<Roster, 'cells'>): number {
  const state = new State(compile(problem))
  cells.forEach((cell, at) => state.set(Math.floor(at / problem.days), at % problem.days, cell))
  for (let o = 0; o < problem.officers.length; o++) state.refresh(o)
  return state.cost
}

/** The best bound so far and the prices that gave it. */
export class Bound {
  readonly c: Compiled
  readonly pricer: RowPricer
  readonly best: Prices
  /** the cheapest rows of the last round, by officer */
  rows: PricedRow[] = []
  value = -Infinity
  round = 0
  private readonly options: BoundOptions
  private readonly started: number
  private readonly step: number
  private readonly have: Float64Array
  private readonly haveSkill: Float64Array

  constructor(c: Compiled, options: BoundOptions) {
    this.c = c
    this.options = options
    this.started = options.now?.() ?? 0
    this.pricer = new RowPricer(c)
    this.best = { slot: new Float64Array(c.need.length), skill: new Float64Array(c.minimaNeed.length) }
    this.have = new Float64Array(c.need.length)
    this.haveSkill = new Float64Array(c.minimaNeed.length)
    this.step = grain(c)
  }

  /** The bound as it is told: costs that are all multiples of one step cannot lie between two of them. */
  get told(): number {
    if (this.step === 0 || this.value === -Infinity) return this.value
    return Math.ceil(this.value / this.step - 1e-5) * this.step
  }

  seconds(): number {
    return this.options.now === undefined ? 0 : (this.options.now() - this.started) / 1000
  }

  secondsLeft(): number {
    return (this.options.seconds ?? Infinity) - this.seconds()
  }

  isOver(): boolean {
    const { rounds = Infinity, known = Infinity, shouldStop } = this.options
    return (
      this.round >= rounds ||
      this.secondsLeft() <= 0 ||
      shouldStop?.() === true ||
      this.told >= known - NEARLY
    )
  }

  /** The bound at these prices, which must lie within their limits; keeps them if it is the best. Undefined if stopped. */
  at(prices: Prices): number | undefined {
    const { c, pricer } = this
    let value = this.promised(prices)
    const rows: PricedRow[] = []
    for (let o = 0; o < c.officers; o++) {
      if (o % 16 === 15 && this.isOver()) return undefined
      const row = pricer.cheapest(o, prices)
      value += row.reduced
      rows.push(row)
    }
    this.rows = rows
    this.round++
    if (value > this.value) {
      this.value = value
      this.best.slot.set(prices.slot)
      this.best.skill.set(prices.skill)
    }
    this.options.onProgress?.({ round: this.round, seconds: this.seconds(), bound: this.told })
    return value
  }

  private promised({ slot, skill }: Prices): number {
    const { c } = this
    let sum = 0
    for (let at = 0; at < slot.length; at++) sum += slot[at]! * c.need[at]!
    for (let m = 0; m < skill.length; m++) sum += skill[m]! * c.minimaNeed[m]!
    return sum
  }

  /**
   * Raises the prices of slots that the cheapest rows leave empty and lowers those of slots they crowd. Each price has a
   * step of its own, which gets shorter with what it was moved already (AdaGrad, Duchi 2011): the prices of a slot that
   * nobody can reach and of one that everybody likes differ too much for one step. Where nothing is won any more, all
   * steps are halved and the way goes on from the best. True if no better bound is to be expected.
   */
  ascend(onBetter?: () => void): boolean {
    const { best } = this
    const fresh = (): Prices => ({
      slot: new Float64Array(best.slot.length),
      skill: new Float64Array(best.skill.length),
    })
    const prices = fresh()
    const way = fresh()
    const moved = fresh()
    let step = FIRST_STEP
    let vain = 0
    while (!this.isOver()) {
      const before = this.value
      if (this.at(prices) === undefined) return false
      if (this.value > before) onBetter?.()
      this.rows.forEach((row, o) => this.pricer.touch(o, row.cells, 0.1))
      if (this.value > before + VAIN * Math.abs(before)) vain = 0
      else if (++vain > PATIENCE) {
        step /= 2
        vain = 0
        if (step < LEAST_STEP) return true
        // Not before: at the beginning the best is where it began, and every way leads through a valley.
        if (step < FIRST_STEP / 10) {
          prices.slot.set(best.slot)
          prices.skill.set(best.skill)
        }
      }
      if (!this.turn(way)) return true
      this.move(prices.slot, way.slot, moved.slot, step * this.c.weights.cover)
      this.move(prices.skill, way.skill, moved.skill, step * this.c.weights.minimum)
      this.confine(prices)
    }
    return false
  }

  /** Turns the way toward what the rows of this round miss; false if they miss nothing at all. */
  private turn(way: Prices): boolean {
    const { c, have, haveSkill } = this
    have.fill(0)
    haveSkill.fill(0)
    this.rows.forEach(({ cells }, o) => this.count(o, cells))
    let misses = false
    for (let at = 0; at < have.length; at++) {
      const missing = c.need[at]! - have[at]!
      if (missing !== 0) misses = true
      way.slot[at] = HELD * way.slot[at]! + (1 - HELD) * missing
    }
    for (let m = 0; m < haveSkill.length; m++) {
      const missing = c.minimaNeed[m]! - haveSkill[m]!
      if (missing > 0) misses = true
      way.skill[m] = HELD * way.skill[m]! + (1 - HELD) * missing
    }
    return misses
  }

  private move(prices: Float64Array, way: Float64Array, moved: Float64Array, step: number): void {
    for (let i = 0; i < prices.length; i++) {
      const by = way[i]!
      if (by === 0) continue
      moved[i]! += by * by
      prices[i]! += (step * by) / Math.sqrt(moved[i]!)
    }
  }

  private count(o: number, cells: Int32Array): void {
    const { c, have, haveSkill } = this
    for (let d = 0; d < c.days; d++) {
      const cell = cells[d]!
      if (cell <= 0) continue
      const base = d * c.slots + c.slotBase[(cell >> 8) - 1]!
      const skills = c.skillMask[o * c.days + d]!
      for (let mask = cell & 255, at = base; mask !== 0; mask >>= 1, at++) {
        if ((mask & 1) === 0) continue
        have[at]! += 1
        for (let m = c.minimaAt[at]!; m < c.minimaAt[at + 1]!; m++) {
          if ((c.minimaSkill[m]! & skills) !== 0) haveSkill[m]! += 1
        }
      }
    }
  }

  /** Prices outside their limits would promise more than the cover can cost. */
  confine({ slot, skill }: Prices): void {
    const { c } = this
    for (let at = 0; at < slot.length; at++) {
      const most = c.weights.cover * c.priority[at]!
      slot[at] = Math.min(most, Math.max(-c.over[at]!, slot[at]!))
      for (let m = c.minimaAt[at]!; m < c.minimaAt[at + 1]!; m++) {
        skill[m] = Math.min(c.weights.minimum * c.priority[at]!, Math.max(0, skill[m]!))
      }
    }
  }
}

/** The step of which every cost is a multiple: 1 if all are whole numbers and none is a square, else 0 (none known). */
function grain(c: Compiled): number {
  const w = c.weights
  if (w.nights + w.weekends + w.heavy + w.minutes > 0) return 0
  const lists = [c.over, c.postCost, c.wishOff, c.wishDay, c.wishNight, c.wishPostCost]
  const single = [w.change, w.changePost, w.otherPost, w.blockEntry, w.blockLateDay]
  if (!single.every(Number.isInteger) || lists.some(list => !list.every(Number.isInteger))) return 0
  for (const one of c.priority) {
    if (!Number.isInteger(one * w.cover) || !Number.isInteger(one * w.minimum)) return 0
  }
  return 1
}
