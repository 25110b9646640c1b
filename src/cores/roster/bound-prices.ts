import { RowGraph, type Way, WayFinder } from './bound-graph.ts'
import { ALL_ARCS_MOST, type Counts, frameOf, type GraphFrame, keyOf, kindOf } from './bound-kinds.ts'
import type { Compiled } from './compile.ts'
import { UNLIMITED } from './model.ts'
import { cellCost, entryCost } from './officer-cost.ts'

/** Posts counted in one graph; the places grow with the product of their counts. */
const COUNTED_MOST = 4

/**
 * Prices: what one officer is worth in a slot (`slot[day·slots + slot]`, from −over to cover × priority) and what one
 * with the skill is worth beside it (`skill[minimum]`, from 0 to minimum × priority).
 */
export type Prices = { slot: Float64Array; skill: Float64Array }

/** The cheapest row of one officer at some prices. */
export type PricedRow = {
  /** cost less what the row earns; never more than that of any row the rules allow */
  reduced: number
  /** cells by day */
  cells: Int32Array
  /** the row's own cost without the prices, fairness whole and not by its tangents */
  cost: number
}

/**
 * Least priced rows, officer by officer. The row's cost has changes, wishes, nearness, closed-loop entries, and fairness
 * by its tangents at `shares`: a square lies above each of its tangents. Staying with a post is left out (it costs 0 or more).
 */
export class RowPricer {
  readonly c: Compiled
  readonly frame: GraphFrame
  /** nights, weekend days, heavy and minutes at which an officer's fairness is touched: 4 numbers an officer */
  readonly shares: Float64Array
  private readonly graphs = new Map<string, RowGraph | null>()
  private readonly machines = new Map<object, number>()
  private readonly counts: Counts[]
  /** officers of whom not every rule that counts has room */
  readonly full: boolean[]
  private readonly keys: string[] = []
  private keptArcs = 0
  private readonly finder = new WayFinder()
  private readonly prices: Float64Array
  private readonly cells: Int32Array
  private readonly own: Float64Array
  private readonly day: Float64Array
  /** posts and masks that may be given out on any day */
  private readonly duties: { p: number; mask: number; k: number }[] = []

  constructor(c: Compiled) {
    this.c = c
    this.frame = frameOf(c)
    const size = c.days * this.frame.choices.count
    this.prices = new Float64Array(size)
    this.own = new Float64Array(size)
    this.cells = new Int32Array(size)
    this.day = new Float64Array(c.days)
    this.shares = new Float64Array(c.officers * 4)
    this.counts = Array.from({ length: c.officers }, () => ({ minutes: false, weekends: false, posts: [] }))
    this.full = Array.from({ length: c.officers }, () => false)
    this.shareOut()
    for (let p = 0; p < c.posts; p++) {
      for (let mask = 1; mask < 256; mask++) {
        if (c.offered[p * 256 + mask] === 1) this.duties.push({ p, mask, k: c.maskClass[p * 256 + mask]! })
      }
    }
  }

  /** The least priced row. A rule that it breaks for want of counting is counted from then on, if there is room. */
  cheapest(o: number, prices: Prices): PricedRow {
    this.fill(o, prices)
    const { c, frame } = this
    for (;;) {
      const graph = this.graphOf(o)
      const way = graph && this.finder.find(graph, c.days, frame.choices.count, this.prices)
      const found = way && way.cost < Infinity ? this.rowOf(o, way) : this.loose(o)
      if (graph === null || !this.countsMore(o, found.cells)) return this.orLocked(o, found, prices)
      this.keys[o] = ''
    }
  }

  /** Tangents begin where everybody has an equal part of the need. */
  private shareOut(): void {
    const { c } = this
    const all = [0, 0, 0, 0]
    for (let at = 0; at < c.need.length; at++) {
      const d = Math.floor(at / c.slots)
      const slot = at % c.slots
      const p = c.slotPost[slot]!
      const mask = Math.min(256, ...c.slotMasks[slot]!)
      const k = mask < 256 ? c.maskClass[p * 256 + mask]! : -1
      if (k < 0) continue
      // A pair of bands is one duty: half of it for each band.
      const need = c.need[at]! / bits(mask)
      all[0]! += need * c.classNight[k]!
      all[1]! += need * c.weekend[d]!
      all[2]! += need * c.heavy[p]!
      all[3]! += (need * c.classMinutes[k]!) / 480
    }
    for (let o = 0; o < c.officers; o++) {
      const l = c.limits[o]!
      const ledger = [l.ledgerNights, l.ledgerWeekends, l.ledgerHeavy, l.ledgerMinutes / 480]
      ledger.forEach((count, n) => {
        this.shares[o * 4 + n] = count + all[n]! / c.officers
      })
    }
  }

  /** What fairness costs at the tangents before any duty. */
  base(o: number): number {
    const { c, shares } = this
    const w = c.weights
    const l = c.limits[o]!
    const [nights = 0, weekends = 0, heavy = 0, duties = 0] = shares.subarray(o * 4, o * 4 + 4)
    const at = (touch: number, ledger: number) => touch * (2 * ledger - touch)
    return (
      w.nights * at(nights, l.ledgerNights) +
      w.weekends * at(weekends, l.ledgerWeekends) +
      w.heavy * at(heavy, l.ledgerHeavy) +
      0.5 * w.minutes * at(duties, l.ledgerMinutes / 480)
    )
  }

  /** Nights, weekend days, heavy and duties of 8 h of a row, with the ledger. */
  private counted(o: number, cells: Int32Array): [number, number, number, number] {
    const { c } = this
    const l = c.limits[o]!
    let [nights, weekends, heavy, minutes] = [
      l.ledgerNights,
      l.ledgerWeekends,
      l.ledgerHeavy,
      l.ledgerMinutes,
    ]
    for (let d = 0; d < c.days; d++) {
      const cell = cells[d]!
      const p = (cell >> 8) - 1
      const k = cell > 0 ? c.maskClass[p * 256 + (cell & 255)]! : -1
      if (k < 0) continue
      nights += c.classNight[k]!
      weekends += c.weekend[d]!
      heavy += c.heavy[p]!
      minutes += c.classMinutes[k]!
    }
    return [nights, weekends, heavy, minutes / 480]
  }

  /** Moves the tangents toward the counts of a row; any point is right, the nearer the better. */
  touch(o: number, cells: Int32Array, share: number): void {
    this.counted(o, cells).forEach((count, n) => {
      this.shares[o * 4 + n]! += share * (count - this.shares[o * 4 + n]!)
    })
  }

  /** How far the squares of fairness lie above their tangents for a row. */
  private aboveTangents(o: number, cells: Int32Array): number {
    const w = this.c.weights
    const weights = [w.nights, w.weekends, w.heavy, 0.5 * w.minutes]
    return this.counted(o, cells).reduce(
      (sum, count, n) => sum + weights[n]! * (count - this.shares[o * 4 + n]!) ** 2,
      0,
    )
  }

  /** What the cell earns at the prices. */
  earned(o: number, d: number, cell: number, { slot, skill }: Prices): number {
    if (cell <= 0) return 0
    const { c } = this
    const base = d * c.slots + c.slotBase[(cell >> 8) - 1]!
    const skills = c.skillMask[o * c.days + d]!
    let sum = 0
    for (let mask = cell & 255, i = 0; mask !== 0; mask >>= 1, i++) {
      if ((mask & 1) === 0) continue
      const at = base + i
      sum += slot[at]!
      for (let m = c.minimaAt[at]!; m < c.minimaAt[at + 1]!; m++) {
        if ((c.minimaSkill[m]! & skills) !== 0) sum += skill[m]!
      }
    }
    return sum
  }

  /** Cost of a cell with its share of fairness. */
  private costOf(o: number, d: number, cell: number): number {
    const { c, shares } = this
    let cost = cellCost(c, o, d, cell)
    const p = (cell >> 8) - 1
    const k = cell > 0 ? c.maskClass[p * 256 + (cell & 255)]! : -1
    if (k < 0) return cost
    const w = c.weights
    const at = o * 4
    if (c.classNight[k] === 1) cost += 2 * w.nights * shares[at]!
    if (c.weekend[d] === 1) cost += 2 * w.weekends * shares[at + 1]!
    cost += 2 * w.heavy * c.heavy[p]! * shares[at + 2]!
    return cost + (w.minutes * shares[at + 3]! * c.classMinutes[k]!) / 480
  }

  /** The cheapest duty of every choice of every day. */
  private fill(o: number, prices: Prices): void {
    const { c, frame, duties } = this
    const { choices } = frame
    this.prices.fill(Infinity)
    for (let d = 0; d < c.days; d++) {
      const at = o * c.days + d
      const base = d * choices.count
      const fixed = c.fixed[at]!
      if (fixed >= 0) {
        const p = (fixed >> 8) - 1
        const k = fixed > 0 ? c.maskClass[p * 256 + (fixed & 255)]! : -1
        const block = k < 0 ? 0 : c.blockAt[p * c.days + d]!
        const choice = k < 0 ? 0 : Math.max(0, choices.of(k, block))
        this.offer(o, d, base + choice, fixed, prices, block)
        continue
      }
      this.offer(o, d, base, 0, prices, 0)
      const skills = c.skillMask[at]!
      for (const { p, mask, k } of duties) {
        if (c.allowed[at * c.classes + k] === 0 || c.postAllowed[o * c.posts + p] === 0) continue
        if ((c.requires[p]! & ~skills) !== 0) continue
        const block = c.blockAt[p * c.days + d]!
        if (c.closedLoop[p] === 1 && block === 0) continue
        this.offer(o, d, base + choices.of(k, block), ((p + 1) << 8) | mask, prices, block)
      }
    }
  }

  private offer(o: number, d: number, at: number, cell: number, prices: Prices, block: number): void {
    const own = this.costOf(o, d, cell)
    const price = own - this.earned(o, d, cell, prices)
    if (price >= this.prices[at]!) return
    this.prices[at] = price
    this.own[at] = own
    this.cells[at] = cell
    if (block === 0) return
    const entry = entryCost(this.c, block - 1, d)
    this.prices[at + 1] = price + entry
    this.own[at + 1] = own + entry
    this.cells[at + 1] = cell
  }

  private graphOf(o: number): RowGraph | null {
    const { frame, machines } = this
    const known = this.keys[o]
    if (known !== undefined && known !== '' && this.graphs.has(known)) return this.graphs.get(known)!
    const kind = kindOf(frame, o, this.counts[o]!)
    if (!machines.has(kind.rules)) machines.set(kind.rules, machines.size)
    const key = keyOf(kind, machines.get(kind.rules)!)
    this.keys[o] = key
    const kept = this.graphs.get(key)
    if (kept !== undefined) return kept
    const graph = RowGraph.of(frame, kind) ?? null
    // Counting one post more would not have found room either.
    if (graph === null || graph.weaker) this.full[o] = true
    if (graph === null || this.keptArcs + graph.arcs <= ALL_ARCS_MOST) {
      this.keptArcs += graph?.arcs ?? 0
      this.graphs.set(key, graph)
    }
    return graph
  }

  /** Whether the row breaks a rule that is not counted as yet; from now on it is. */
  private countsMore(o: number, cells: Int32Array): boolean {
    const { c } = this
    const counts = this.counts[o]!
    const l = c.limits[o]!
    if (this.full[o]) return false
    const minutes = minutesOf(c, cells)
    if (!counts.minutes && (minutes > l.maxMinutes || minutes < l.minMinutes)) counts.minutes = true
    else if (!counts.weekends && weekendsOf(c, cells) > l.maxWeekends) counts.weekends = true
    else {
      const post = counts.posts.length < COUNTED_MOST ? this.overcounted(o, cells) : -1
      if (post < 0) return false
      counts.posts = [...counts.posts, post].sort((a, b) => a - b)
    }
    return true
  }

  /** Whether the row keeps the rules that count; the others it keeps by its making. */
  keepsCounts(o: number, cells: Int32Array): boolean {
    const { c } = this
    const l = c.limits[o]!
    const minutes = minutesOf(c, cells)
    if (minutes > l.maxMinutes || minutes < l.minMinutes || weekendsOf(c, cells) > l.maxWeekends) return false
    return this.overcounted(o, cells, []) < 0
  }

  /** A post of which the row has more duties than allowed, or −1. */
  private overcounted(o: number, cells: Int32Array, known = this.counts[o]!.posts): number {
    const { c } = this
    const most = c.limits[o]!.mostOf
    if (most === null) return -1
    const taken = new Int32Array(c.posts)
    for (let d = 0; d < c.days; d++) {
      const cell = cells[d]!
      if (cell <= 0) continue
      const p = (cell >> 8) - 1
      taken[p]!++
      if (taken[p]! > most[p]! && most[p]! < UNLIMITED && !known.includes(p)) return p
    }
    return -1
  }

  private rowOf(o: number, way: Way): PricedRow {
    const { c, frame, day } = this
    const cells = new Int32Array(c.days)
    let cost = this.base(o)
    for (let d = 0; d < c.days; d++) {
      const at = d * frame.choices.count + way.choices[d]!
      cells[d] = this.cells[at]!
      day[d] = this.own[at]!
      cost += day[d]!
    }
    return { reduced: way.cost + this.base(o), cells, cost: cost + this.aboveTangents(o, cells) }
  }

  /** Where no row keeps the rules, or they have no room: each day for itself, which no row can undercut. */
  private loose(o: number): PricedRow {
    const { c, frame } = this
    const { count } = frame.choices
    const choices = new Int16Array(c.days)
    let cost = 0
    for (let d = 0; d < c.days; d++) {
      let best = 0
      for (let n = 1; n < count; n++) {
        if (this.prices[d * count + n]! < this.prices[d * count + best]!) best = n
      }
      choices[d] = best
      cost += this.prices[d * count + best]!
    }
    return this.rowOf(o, { cost, choices })
  }

  /** The row with nothing but what is locked stands in a roster even where the locks break rules. */
  private orLocked(o: number, found: PricedRow, prices: Prices): PricedRow {
    const { c } = this
    let locked = false
    const cells = new Int32Array(c.days)
    let cost = this.base(o)
    let earned = 0
    for (let d = 0; d < c.days; d++) {
      const fixed = c.fixed[o * c.days + d]!
      if (fixed > 0) {
        locked = true
        cells[d] = fixed
        earned += this.earned(o, d, fixed, prices)
      }
      cost += this.costOf(o, d, cells[d]!)
    }
    return locked && cost - earned < found.reduced
      ? { reduced: cost - earned, cells, cost: cost + this.aboveTangents(o, cells) }
      : found
  }
}

function bits(mask: number): number {
  let count = 0
  for (let m = mask; m !== 0; m &= m - 1) count++
  return count
}

function minutesOf(c: Compiled, cells: Int32Array): number {
  let minutes = 0
  for (const cell of cells) {
    const k = cell > 0 ? c.maskClass[((cell >> 8) - 1) * 256 + (cell & 255)]! : -1
    if (k >= 0) minutes += c.classMinutes[k]!
  }
  return minutes
}

function weekendsOf(c: Compiled, cells: Int32Array): number {
  let weekends = 0
  let last = -1
  for (let d = 0; d < c.days; d++) {
    const weekend = c.weekendOf[d]!
    if (cells[d]! <= 0 || weekend < 0 || weekend === last) continue
    weekends++
    last = weekend
  }
  return weekends
}
