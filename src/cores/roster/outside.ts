import type { Compiled } from './compile.ts'
import type { OfficerLimits } from './compile-limits.ts'
import { COUNTED_MOST } from './labels.ts'
import { MINUTES_PER_DAY, UNLIMITED } from './model.ts'
import type { State } from './state.ts'

/**
 * What of an officer's row lies outside a window, or is locked inside it, and so is not ours to choose: where the row
 * stands on the eve, and how much room the rules that count leave for the window.
 */
export class Outside {
  state = 0
  layer = 0
  free = 0
  lastPost = -1
  mask = 0
  m6 = 0
  /** with the ledger */
  nights = 0
  holidays = 0
  heavy = 0
  /** minutes of duties outside */
  minutes = 0
  unitsLeft = 0
  weekendsLeft = 0
  /** whether minutes of seven days, or days off in seven, can bind at all */
  weeks = false
  sevens = false
  /** per post: place beside the label (−1: cannot bind), and how many may still come */
  readonly slotOf: Int32Array
  readonly leftOf: Int32Array
  /** how many posts have a place */
  counted = 0
  /** most units of minutes that any row can hold */
  readonly unitsMost: number
  private readonly s: State
  private readonly c: Compiled
  private readonly unit: number
  private readonly unitsADay: number
  private readonly paid: Uint8Array
  private readonly atPost: Int32Array
  private officer = 0
  private until = 0
  private unitsLow = 0
  private countsMinutes = false
  private countsWeekends = false
  private limits: OfficerLimits

  constructor(state: State) {
    this.s = state
    this.c = state.c
    const { c } = this
    this.limits = c.limits[0]!
    this.unit = Math.max(1, c.classMinutes.reduce(divisor, 0))
    this.unitsADay = Math.max(0, ...c.classMinutes) / this.unit
    const longest = c.days * this.unitsADay
    this.unitsMost = c.limits.reduce(
      (most, l) => Math.max(most, Math.min(longest, Math.floor(l.maxMinutes / this.unit))),
      0,
    )
    this.slotOf = new Int32Array(c.posts)
    this.leftOf = new Int32Array(c.posts)
    this.atPost = new Int32Array(c.posts)
    this.paid = new Uint8Array(c.weekends)
  }

  look(o: number, from: number, until: number): void {
    this.officer = o
    this.limits = this.c.limits[o]!
    this.until = until
    this.onTheEve(from)
    this.count(from, until)
    this.leave(from, until)
  }

  minutesOn(d: number): number {
    if (d < 0) return d >= -6 ? this.limits.minutesByDay[6 + d]! : 0
    const k = this.classOn(d)
    return k < 0 ? 0 : this.c.classMinutes[k]!
  }

  unitsOf(k: number): number {
    return this.countsMinutes ? this.c.classMinutes[k]! / this.unit : 0
  }

  /** Whether a duty on this day begins another weekend; `run` duty days lie just before it. */
  weekendOf(d: number, run: number): number {
    if (!this.countsWeekends) return 0
    const weekend = this.c.weekendOf[d]!
    if (weekend < 0 || this.paid[weekend] === 1) return 0
    return run > 0 && d > 0 && this.c.weekendOf[d - 1] === weekend ? 0 : 1
  }

  /** Minute at which the rest after a block (index + 1) is over. */
  restEnd(layer: number): number {
    return (this.c.blockLast[layer - 1]! + 1 + this.c.blockRest[layer - 1]!) * MINUTES_PER_DAY
  }

  /** Whether the days left of the window cannot bring the minutes that are asked. */
  tooFew(d: number, units: number): boolean {
    return units + Math.max(0, this.until - d) * this.unitsADay < this.unitsLow
  }

  /** Units that the window should bring: as many as are allowed, for what is late at the end is late for good. */
  get pace(): number {
    return Math.max(0, Math.min(this.unitsLeft, this.unitsMost))
  }

  get weekendPace(): number {
    return this.countsWeekends ? this.weekendsLeft : 0
  }

  private classOn(d: number): number {
    const cell = this.s.cells[this.officer * this.c.days + d]!
    return cell <= 0 ? -1 : this.c.maskClass[((cell >> 8) - 1) * 256 + (cell & 255)]!
  }

  private onTheEve(from: number): void {
    const { c, limits: l } = this
    const { next, width } = l.rules
    let state = l.start
    let mask = 0
    this.layer = l.block
    this.lastPost = -1
    this.free = -UNLIMITED
    for (let i = 0; i < 6; i++) mask = (mask << 1) | (l.minutesByDay[i]! > 0 ? 1 : 0)
    for (let i = 0; i < Math.min(6, l.run); i++) mask |= 1 << i
    for (let d = 0; d < from; d++) {
      const k = this.classOn(d)
      state = next[state * width + k + 1]!
      mask = ((mask << 1) | (k >= 0 ? 1 : 0)) & 63
      if (k >= 0) {
        this.lastPost = (this.s.cells[this.officer * c.days + d]! >> 8) - 1
        this.enter(c.blockAt[this.lastPost * c.days + d]!)
      }
      if (this.layer !== 0 && c.blockLast[this.layer - 1] === d) {
        this.owe(this.layer)
        this.layer = 0
      }
    }
    this.state = state
    this.mask = mask
    this.m6 = 0
    for (let d = from - 6; d < from; d++) this.m6 += this.minutesOn(d)
  }

  private enter(block: number): void {
    if (block === 0) return
    if (this.layer !== 0 && block !== this.layer) this.owe(this.layer)
    this.layer = block
  }

  private owe(layer: number): void {
    this.free = Math.max(this.free, this.restEnd(layer))
  }

  /** Minutes, weekends and fairness counts of the cells that are not ours to choose. */
  private count(from: number, until: number): void {
    const { c, limits: l } = this
    this.minutes = 0
    this.nights = l.ledgerNights
    this.holidays = l.ledgerWeekends
    this.heavy = l.ledgerHeavy
    this.paid.fill(0)
    this.atPost.fill(0)
    this.weekendsLeft = l.maxWeekends
    for (let d = 0; d < c.days; d++) {
      if (d >= from && d <= until && c.fixed[this.officer * c.days + d] === -1) continue
      const k = this.classOn(d)
      if (k < 0) continue
      this.minutes += c.classMinutes[k]!
      this.nights += c.classNight[k]!
      this.holidays += c.weekend[d]!
      const p = (this.s.cells[this.officer * c.days + d]! >> 8) - 1
      this.heavy += c.heavy[p]!
      this.atPost[p]!++
      const weekend = c.weekendOf[d]!
      if (weekend < 0 || this.paid[weekend] === 1) continue
      this.paid[weekend] = 1
      this.weekendsLeft--
    }
  }

  private leave(from: number, until: number): void {
    const { c, limits: l } = this
    const days = until - from + 1
    const most = this.minutes + days * this.unitsADay * this.unit
    this.countsMinutes = l.maxMinutes < most || l.minMinutes > this.minutes
    this.unitsLeft = this.countsMinutes ? Math.floor((l.maxMinutes - this.minutes) / this.unit) : UNLIMITED
    this.unitsLow = this.countsMinutes ? Math.ceil((l.minMinutes - this.minutes) / this.unit) : 0
    this.countsWeekends = this.weekendsLeft < Math.ceil(days / 2)
    this.weeks = l.max7 < 7 * this.unitsADay * this.unit
    this.sevens = c.rules.daysOffIn7 > 1 || (c.rules.daysOffIn7 === 1 && l.maxRun > 6)
    this.counted = 0
    if (l.mostOf === null) this.slotOf.fill(-1)
    else this.leaveCounted(l.mostOf, days)
  }

  private leaveCounted(most: Int32Array, days: number): void {
    let slots = 0
    for (let p = 0; p < this.c.posts; p++) {
      const left = most[p]! - this.atPost[p]!
      this.slotOf[p] = -1
      if (left >= days) continue
      this.leftOf[p] = left
      // One too many to be counted waits for a smaller window.
      if (left > 0 && slots === COUNTED_MOST) this.leftOf[p] = 0
      this.slotOf[p] = left > 0 && slots < COUNTED_MOST ? slots++ : 0
    }
    this.counted = Math.max(1, slots)
  }
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
