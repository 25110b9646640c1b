import type { Compiled } from './compile.ts'
import type { Inserter } from './insertion.ts'
import type { State } from './state.ts'

/** Band of a post on a day. */
export type Seat = { d: number; slot: number }

/** Labels of a day where every cell is said; each may be left out as well. */
const WIDTH = 8
/** Minutes of seven whole days, which no limit is needed for. */
const WEEK_FULL = 7 * 1440

/**
 * A glance at who could take a seat as the roster stands: skills, rest and runs, minutes, and whose seat it is in a
 * closed loop. Some of what it turns down the rules would allow (nobody joins a team by it), and what it lets pass only
 * {@link admits} says for certain, which asks the {@link Inserter}. It costs a thousandth of that.
 */
export class Glance {
  readonly s: State
  private readonly c: Compiled
  private readonly inserter: Inserter
  /** state of the rules before each day: eve[o·(days + 1) + d] */
  private readonly eve: Int32Array
  /** the cells that the inserter may put in, among zeros */
  private readonly wanted: Int32Array
  private readonly row: Int32Array
  private readonly found: Int32Array

  constructor(state: State, inserter: Inserter) {
    this.s = state
    this.c = state.c
    this.inserter = inserter
    const { officers, days } = state.c
    this.eve = new Int32Array(officers * (days + 1))
    this.wanted = new Int32Array(officers * days)
    this.row = new Int32Array(days)
    this.found = new Int32Array(days)
    for (let o = 0; o < officers; o++) {
      this.eve[o * (days + 1)] = state.c.limits[o]!.start
      this.follow(o, 0)
    }
  }

  /** Changes a cell; the soft cost of the row is left as it was. */
  put(o: number, d: number, cell: number): void {
    this.s.set(o, d, cell)
    this.follow(o, d)
  }

  /**
   * Duty by which the officer would bring each of its bands nearer to what it needs, if he gave up the one on day `e` (−1:
   * none) and is off on the day of the seat otherwise; 0 if there is none.
   */
  cellFor(o: number, { d, slot }: Seat, e = -1): number {
    const { c, s } = this
    const at = o * c.days + d
    if ((e !== d && s.cells[at] !== 0) || c.fixed[at] !== -1) return 0
    const p = c.slotPost[slot]!
    const skills = c.skillMask[at]!
    if (c.postAllowed[o * c.posts + p] === 0 || (c.requires[p]! & ~skills) !== 0) return 0
    const base = d * c.slots + c.slotBase[p]!
    const masks = c.slotMasks[slot]!
    for (let i = 0; i < masks.length; i++) {
      const k = c.maskClass[p * 256 + masks[i]!]!
      if (c.allowed[at * c.classes + k] === 0 || !this.helps(base, masks[i]!, skills)) continue
      if (this.fits(o, d, k, e) && this.mayStay(o, d, p)) return ((p + 1) << 8) | masks[i]!
    }
    return 0
  }

  /** Whether all rules let the officer, off that day, have the duty. */
  admits(o: number, d: number, cell: number): boolean {
    this.row[d] = cell
    return this.stands(o, d, d, this.row)
  }

  /** Whether all rules let the officer, off on the days `from` to `until`, have these cells of `row` there. */
  stands(o: number, from: number, until: number, row: Int32Array): boolean {
    const { wanted, inserter, c } = this
    const base = o * c.days
    wanted.set(row.subarray(from, until + 1), base + from)
    inserter.only = wanted
    let whole = inserter.insert(o, from, until, this.found, 0, WIDTH)
    inserter.only = null
    wanted.fill(0, base + from, base + until + 1)
    for (let d = from; d <= until; d++) whole &&= this.found[d] === row[d]
    return whole
  }

  private helps(base: number, mask: number, skills: number): boolean {
    const { c, s } = this
    for (let m = mask, i = 0; m !== 0; m >>= 1, i++) {
      if ((m & 1) === 0) continue
      const at = base + i
      if (!s.cover.isOpen(at)) return false
      // One who brings a lacking skill alone is worth something; one who fills a seat must not need another one more.
      const due = s.cover.have[at]! < c.need[at]! ? c.weights.cover * c.priority[at]! : 1
      if (s.cover.gain(at, skills) > -due) return false
    }
    return true
  }

  private fits(o: number, d: number, k: number, e: number): boolean {
    const { c, s, eve } = this
    const limits = c.limits[o]!
    const m = c.classMinutes[k]!
    const less = e < 0 ? 0 : this.minutesOn(o, e, -1)
    if (s.minutes[o]! + m - less > limits.maxMinutes) return false
    const { next, over, width } = limits.rules
    const row = o * (c.days + 1)
    const first = e < 0 || e > d ? d : e
    const last = Math.max(d, e)
    let state = eve[row + first]!
    for (let day = first; day < c.days; day++) {
      if (day > last && state === eve[row + day]) break
      const arc = state * width + (day === d ? k : day === e ? -1 : this.classOn(o, day)) + 1
      if (over[arc]! > 0) return false
      state = next[arc]!
    }
    return limits.max7 >= WEEK_FULL || this.roomInWeek(o, d, e, limits.max7 - m)
  }

  /** Whether the seven days of every week around the day hold at most so many minutes without it and without day `e`. */
  private roomInWeek(o: number, d: number, e: number, most: number): boolean {
    let sum = 0
    for (let day = d - 6; day < d; day++) sum += this.minutesOn(o, day, e)
    for (let first = d - 6; first <= d; first++) {
      if (sum > most) return false
      sum += this.minutesOn(o, first + 7, e)
      if (first < d) sum -= this.minutesOn(o, first, e)
    }
    return true
  }

  private minutesOn(o: number, d: number, without: number): number {
    const { c } = this
    if (d < 0) return c.limits[o]!.minutesByDay[6 + d]!
    const k = d < c.days && d !== without ? this.classOn(o, d) : -1
    return k < 0 ? 0 : c.classMinutes[k]!
  }

  /** A closed loop's seat is for those in its team, and they are for no other until the rest after it is over. */
  private mayStay(o: number, d: number, p: number): boolean {
    const { c, s } = this
    const own = c.blockAt[p * c.days + d]! - 1
    if (own >= 0 ? !s.isMember(o, own) : c.closedLoop[p] === 1) return false
    for (let b = 0; b < c.blockPost.length; b++) {
      const past = d < c.blockFirst[b]! || d > c.blockLast[b]! + c.blockRest[b]!
      if (b !== own && !past && s.isMember(o, b)) return false
    }
    return true
  }

  private follow(o: number, from: number): void {
    const { c, eve } = this
    const { next, width } = c.limits[o]!.rules
    const row = o * (c.days + 1)
    for (let d = from; d < c.days; d++) {
      eve[row + d + 1] = next[eve[row + d]! * width + this.classOn(o, d) + 1]!
    }
  }

  private classOn(o: number, d: number): number {
    const cell = this.s.cells[o * this.c.days + d]!
    return cell <= 0 ? -1 : this.c.maskClass[((cell >> 8) - 1) * 256 + (cell & 255)]!
  }
}
