import type { Compiled, OfficerLimits } from './compile.ts'
import { MINUTES_PER_DAY } from './model.ts'
import { entryCost } from './officer-cost.ts'
import { DayOptions } from './day-options.ts'
import { LabelPool } from './labels.ts'
import type { Random } from './random.ts'
import type { State } from './state.ts'

/** Price per unit of breaking a rule on a cell that cannot be changed: never worth paying, yet never a dead end. */
const BREACH = 1e7

/**
 * Puts one officer back into a window of days by dynamic programming: a label is a partial row with its cost
 * and what the rules need to know of it (run, nights, minutes, end of rest, closed-loop block); labels that cost
 * more and leave less room than another are dropped, and of each run length only the cheapest `width` stay.
 *
 * One label is kept whatever it costs: the row with nothing but what is locked. It breaks no more than must be.
 *
 * The days after the window, as far as any rule looks, are walked as forced. So a run, a rest or a week that
 * reaches over the window's edge is judged by the same code as inside; judging only the window is the mistake
 * that an evaluator written apart found in the prototype.
 */
export class Inserter {
  private readonly s: State
  private readonly c: Compiled
  private readonly labels: LabelPool
  private readonly options: DayOptions
  private limits: OfficerLimits
  private officer = 0
  private from = 0
  private until = 0

  constructor(state: State, random: Random) {
    this.s = state
    this.c = state.c
    const runs = Math.max(1, ...this.c.limits.map(l => l.maxRun)) + 1
    this.labels = new LabelPool(this.c.days, runs, this.c.blockPost.length + 1)
    this.options = new DayOptions(state, random)
    this.limits = this.c.limits[0]!
  }

  /**
   * The officer's free cells in `from..until` must be empty (0) and taken out of the cover. Writes the best row
   * found into `row[from..until]` (absolute day index) and returns true; false if the beam died (keep the old row).
   */
  insert(o: number, from: number, until: number, row: Int32Array, noise: number, width: number): boolean {
    const { c, labels } = this
    this.officer = o
    this.limits = c.limits[o]!
    this.from = from
    this.until = until
    labels.reset(width)
    this.start()
    const end = Math.min(c.days - 1, until + c.memory)
    for (let d = from; d <= end; d++) {
      if (d <= until) this.options.gather(o, d, noise)
      else this.options.force(o, d, this.s.cells[o * c.days + d]!)
      this.stage(d)
      if (labels.count === 0) return false
    }
    let at = labels.cheapest()
    for (let d = end; d >= from; d--) {
      if (d <= until) row[d] = labels.cell[at]!
      at = labels.parent[at]!
    }
    return true
  }

  set only(cells: Int32Array | null) {
    this.options.only = cells
  }

  /** block index + 1 to which options are limited; 0 none */
  set onlyBlock(block: number) {
    this.options.onlyBlock = block
  }

  set factors(factors: Float64Array | null) {
    this.options.factors = factors
  }

  /** First label: the state of the officer on the eve of the window. */
  private start(): void {
    const { c, limits: l, labels } = this
    const row = this.officer * c.days
    const cells = this.s.cells
    let free = l.lastFree
    let run = l.run
    let nrun = l.nights
    let layer = l.block
    let lastPost = -1
    let mask = 0
    for (let i = 0; i < 6; i++) mask = (mask << 1) | (l.minutesByDay[i]! > 0 ? 1 : 0)
    for (let i = 0; i < Math.min(6, l.run); i++) mask |= 1 << i
    for (let d = 0; d < this.from; d++) {
      const cell = cells[row + d]!
      const k = cell > 0 ? c.maskClass[((cell >> 8) - 1) * 256 + (cell & 255)]! : -1
      mask = ((mask << 1) | (k >= 0 ? 1 : 0)) & 63
      if (k < 0) {
        run = 0
        nrun = 0
      } else {
        lastPost = (cell >> 8) - 1
        run++
        nrun = c.classNight[k] === 1 ? nrun + 1 : 0
        free = Math.max(free, d * MINUTES_PER_DAY + c.classEnd[k]! + c.classRest[k]!)
        const b = c.blockAt[lastPost * c.days + d]!
        if (b !== 0 && layer !== 0 && b !== layer) free = Math.max(free, this.restEnd(layer))
        if (b !== 0) layer = b
      }
      if (layer !== 0 && c.blockLast[layer - 1] === d) {
        free = Math.max(free, this.restEnd(layer))
        layer = 0
      }
    }
    const first = labels.first(free, run, nrun, layer, lastPost, mask)
    this.countOutside(first)
    labels.m6[first] = this.minutesBefore(this.from)
  }

  private minutesOn(d: number): number {
    const { c } = this
    if (d < 0) return d >= -6 ? this.limits.minutesByDay[6 + d]! : 0
    const cell = this.s.cells[this.officer * c.days + d]!
    if (cell <= 0) return 0
    const k = c.maskClass[((cell >> 8) - 1) * 256 + (cell & 255)]!
    return k < 0 ? 0 : c.classMinutes[k]!
  }

  private minutesBefore(day: number): number {
    let sum = 0
    for (let d = day - 6; d < day; d++) sum += this.minutesOn(d)
    return sum
  }

  /**
   * Minutes and fairness counts of all cells that are not ours to choose, locked ones in the window included;
   * the others are added arc by arc.
   */
  private countOutside(first: number): void {
    const { c, labels, limits: l } = this
    let minutes = 0
    let nights = l.ledgerNights
    let weekends = l.ledgerWeekends
    let heavy = l.ledgerHeavy
    for (let d = 0; d < c.days; d++) {
      if (d >= this.from && d <= this.until && c.fixed[this.officer * c.days + d] === -1) continue
      const cell = this.s.cells[this.officer * c.days + d]!
      if (cell <= 0) continue
      const p = (cell >> 8) - 1
      const k = c.maskClass[p * 256 + (cell & 255)]!
      if (k < 0) continue
      minutes += c.classMinutes[k]!
      nights += c.classNight[k]!
      weekends += c.weekend[d]!
      heavy += c.heavy[p]!
    }
    labels.minutes[first] = minutes
    labels.nights[first] = nights
    labels.weekends[first] = weekends
    labels.heavy[first] = heavy
  }

  private stage(d: number): void {
    const { labels, options } = this
    labels.open()
    for (let i = 0; i < labels.count; i++) {
      const from = labels.current[i]!
      // Minutes of the day that leaves the seven-day sum when the next day comes in.
      const leaving = this.limits.max7 < 1 << 28 ? this.leaving(from, d) : 0
      if (options.mayRest) this.rest(from, d, leaving)
      for (let n = 0; n < options.count; n++) this.work(from, d, n, leaving)
    }
    labels.close()
  }

  private leaving(from: number, d: number): number {
    const day = d - 6
    if (day < this.from) return this.minutesOn(day)
    let at = from
    for (let e = d - 1; e > day; e--) at = this.labels.parent[at]!
    return this.labels.today[at]!
  }

  private rest(from: number, d: number, leaving: number): void {
    const { c, labels } = this
    let free = labels.free[from]!
    let layer = labels.layer[from]!
    if (layer !== 0 && c.blockLast[layer - 1] === d) {
      free = Math.max(free, this.restEnd(layer))
      layer = 0
    }
    const cost = labels.cost[from]! + this.options.restCost
    const m6 = labels.m6[from]! - leaving
    if (from === labels.line) labels.extendLine(cost, free, 0, 0, layer, labels.minutes[from]!, m6)
    else labels.offer(from, cost, free, 0, 0, layer, labels.minutes[from]!, m6)
    if (labels.placed < 0) return
    labels.fill(0, 0, (labels.mask[from]! << 1) & 63, labels.lastPost[from]!, 0, 0, 0)
  }

  private work(from: number, d: number, n: number, leaving: number): void {
    const { c, labels, options, limits: l } = this
    const k = options.klass[n]!
    const p = options.post[n]!
    const m = c.classMinutes[k]!
    const night = c.classNight[k]!
    const block = options.block[n]!
    const layer = labels.layer[from]!
    const run = labels.run[from]! + 1
    const nrun = night === 1 ? labels.nrun[from]! + 1 : 0
    const inside = d <= this.until && !options.forced
    const minutes = labels.minutes[from]! + (inside ? m : 0)
    const m6 = labels.m6[from]! + m
    const start = d * MINUTES_PER_DAY + c.classStart[k]!
    const joins = block !== 0 && block !== layer
    // By how much, not only whether: beside a locked cell that breaks a rule anyway, more would else be free.
    let broken = Math.max(0, labels.free[from]! - start) / 60
    broken += Math.max(0, run - l.maxRun) + Math.max(0, nrun - l.maxNights)
    broken += (Math.max(0, minutes - l.maxMinutes) + Math.max(0, m6 - l.max7)) / 60
    broken += Math.max(0, bits6(labels.mask[from]!) + 1 + c.rules.daysOffIn7 - 7)
    if (layer !== 0 && block !== layer) broken++
    if (joins && this.isFull(block - 1)) broken++
    if (broken > 0 && !options.lenient) return
    let cost = labels.cost[from]! + options.cost[n]! + broken * BREACH
    if (labels.lastPost[from]! >= 0 && labels.lastPost[from] !== p) cost += c.weights.otherPost
    if (joins) cost += entryCost(c, block - 1, d)
    const weekend = inside ? c.weekend[d]! : 0
    const heavy = inside ? c.heavy[p]! : 0
    if (inside) cost += this.share(from, night, weekend, heavy, m)
    // A locked duty inside a rest does not end the rest.
    let free = Math.max(labels.free[from]!, d * MINUTES_PER_DAY + c.classEnd[k]! + c.classRest[k]!)
    // A locked duty elsewhere does not end a stay, and one in another loop leaves the first one's rest due.
    if (layer !== 0 && block !== 0 && block !== layer) free = Math.max(free, this.restEnd(layer))
    let stays = block !== 0 ? block : layer
    if (stays !== 0 && c.blockLast[stays - 1] === d) {
      free = Math.max(free, this.restEnd(stays))
      stays = 0
    }
    const onLine = from === labels.line && !options.mayRest
    if (onLine) labels.extendLine(cost, free, run, nrun, stays, minutes, m6 - leaving)
    else labels.offer(from, cost, free, run, nrun, stays, minutes, m6 - leaving)
    if (labels.placed < 0) return
    const mask = ((labels.mask[from]! << 1) | 1) & 63
    labels.fill(options.cell[n]!, m, mask, p, inside ? night : 0, weekend, heavy)
  }

  /** Minute at which the rest after a block (index + 1) is over. */
  private restEnd(layer: number): number {
    return (this.c.blockLast[layer - 1]! + 1 + this.c.blockRest[layer - 1]!) * MINUTES_PER_DAY
  }

  private isFull(block: number): boolean {
    return this.s.members[block]! >= this.c.blockMost[block]! && !this.s.isMember(this.officer, block)
  }

  /** Increase of the convex fairness cost by one more duty. */
  private share(from: number, night: number, weekend: number, heavy: number, m: number): number {
    const { labels } = this
    const w = this.c.weights
    let cost = 0
    if (night === 1) cost += w.nights * (2 * labels.nights[from]! + 1)
    if (weekend === 1) cost += w.weekends * (2 * labels.weekends[from]! + 1)
    if (heavy > 0) cost += w.heavy * heavy * (2 * labels.heavy[from]! + heavy)
    const before = (labels.minutes[from]! + this.limits.ledgerMinutes) / 480
    const more = m / 480
    return cost + 0.5 * w.minutes * more * (2 * before + more)
  }
}

function bits6(mask: number): number {
  let n = 0
  for (let m = mask; m !== 0; m &= m - 1) n++
  return n
}
