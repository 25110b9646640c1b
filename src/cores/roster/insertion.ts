import { BREACH, fillAhead } from './ahead.ts'
import type { Compiled } from './compile.ts'
import type { OfficerLimits } from './compile-limits.ts'
import { DayOptions } from './day-options.ts'
import { Labels } from './labels.ts'
import { MINUTES_PER_DAY } from './model.ts'
import { entryCost } from './officer-cost.ts'
import { Outside } from './outside.ts'
import type { Random } from './random.ts'
import type { State } from './state.ts'

/** Final labels whose way through the days after the window is looked at before the window is left as it was. */
const FINALS_MOST = 24
const FINALS_KEPT = 4096
/** What it costs to be off the pace by one unit of minutes, in prices of one missing officer. */
const PACE = 0.05
/** Costs are sums in another order: equal ones may differ by this much. */
const NEARLY = 1e-6

/**
 * Puts one officer back into a window of days by dynamic programming. The rules on runs, rest and succession are a
 * machine of states ({@link RowRules}), so first the cheapest way from every state of every day to the end is found
 * without the rules that count (minutes, weekends, sevens); then labels go forward, and one that with the cheapest way
 * ahead cannot beat the row that stood there before goes no further. An insertion takes some 70 to 200 labels.
 *
 * The days after the window, as far as any rule looks, are walked as they stand. So a run, a rest or a week that
 * reaches over the window's edge is judged by the same code as inside.
 */
export class Inserter {
  private readonly s: State
  private readonly c: Compiled
  private readonly labels: Labels
  private readonly options: DayOptions
  private readonly out: Outside
  /** cheapest way from the state to the end: ahead[d·states + state] */
  private readonly ahead: Float64Array
  private readonly states: number
  private readonly weekPlaces: number
  private readonly minutePlaces: number
  private readonly layers: number
  private readonly shares: boolean
  /** how much more than usual it costs to be off the pace of the minutes asked for */
  hurry = 1
  private limits: OfficerLimits
  private officer = 0
  private from = 0
  private until = 0
  private bound = Infinity
  private readonly finals = new Int32Array(FINALS_KEPT)

  constructor(state: State, random: Random) {
    this.s = state
    this.c = state.c
    const { c } = this
    const { nights, weekends, heavy, minutes } = c.weights
    this.shares = nights + weekends + heavy + minutes > 0
    this.states = Math.max(...c.limits.map(l => l.rules.size))
    this.out = new Outside(state)
    const limited = c.limits.some(l => l.maxWeekends < c.weekends)
    this.weekPlaces = limited ? c.weekends + 1 : 1
    this.minutePlaces = this.out.unitsMost + 1
    this.layers = c.blockPost.length + 1
    this.labels = new Labels(this.states * this.weekPlaces * this.minutePlaces * this.layers)
    this.options = new DayOptions(state, random)
    this.ahead = new Float64Array((c.days + 1) * this.states)
    this.limits = c.limits[0]!
  }

  /**
   * The officer's free cells in `from..until` must be empty (0) and taken out of the cover. Writes the best row found
   * into `row[from..until]` (absolute day index) and returns true. With `kept`, the row that stood there before (same
   * index), nothing dearer than that is looked at, and it is the answer when nothing better is found; without it,
   * false when no row was found. At most `width` labels go on from one day to the next.
   */
  insert(
    o: number,
    from: number,
    until: number,
    row: Int32Array,
    noise: number,
    width: number,
    kept: Int32Array | null = null,
  ): boolean {
    const { c, labels } = this
    this.officer = o
    this.limits = c.limits[o]!
    this.from = from
    this.until = until
    const end = Math.min(c.days - 1, until + c.memory)
    for (let d = from; d <= end; d++) {
      if (d <= until) this.options.gather(o, d, noise)
      else this.options.force(o, d, this.s.cells[o * c.days + d]!)
    }
    this.out.look(o, from, until)
    fillAhead(this.ahead, this.states, this.limits.rules, this.options, from, end)
    this.bound = Infinity
    if (kept !== null) this.bound = this.costOf(kept, end)
    const known = this.bound < Infinity
    this.start()
    // Without a row that already keeps them, the minutes asked for must be found.
    labels.paceCost = known || !this.limits.floors ? 0 : c.weights.cover * PACE * this.hurry
    for (let d = from; d <= until && labels.count > 0; d++) this.stage(d, width)
    labels.paceCost = 0
    const best = this.cheapest(end)
    if (best >= 0) this.write(best, row)
    else if (kept === null || !known) return false
    else for (let d = from; d <= until; d++) row[d] = kept[d]!
    return true
  }

  set only(cells: Int32Array | null) {
    this.options.only = cells
  }

  /** block index + 1 to which options are limited; 0 none */
  set onlyBlock(block: number) {
    this.options.onlyBlock = block
  }

  set memory(share: number) {
    this.options.memory = share
  }

  set prices(prices: Float64Array | null) {
    this.options.prices = prices
  }

  set factors(factors: Float64Array | null) {
    this.options.factors = factors
  }

  /** Upper bound: what the row that stood there costs at the prices of now; Infinity when it is not on offer any more. */
  private costOf(kept: Int32Array, end: number): number {
    const { labels, options, c } = this
    this.start()
    let at = 0
    for (let d = this.from; d <= this.until; d++) {
      const cell = kept[d]!
      const p = (cell >> 8) - 1
      const k = cell > 0 ? c.maskClass[p * 256 + (cell & 255)]! : -1
      const block = cell > 0 ? c.blockAt[p * c.days + d]! : 0
      labels.placed = -1
      const leaving = this.leaving(at, d)
      if (k < 0) {
        if (options.mayRest[d] === 1) this.rest(at, d, leaving)
      } else {
        const first = options.from(d)
        for (let i = first; i < first + options.count[d]!; i++) {
          if (options.klass[i] === k && options.block[i] === block) this.work(at, d, i, leaving)
        }
      }
      if (labels.placed < 0) return Infinity
      at = labels.placed
      labels.close(Infinity, this.ahead, 0)
    }
    return this.after(at, end) + NEARLY
  }

  /** Cost of a label with the days after the window, which stand as they are. */
  private after(at: number, end: number): number {
    const { labels } = this
    labels.only(at)
    for (let d = this.until + 1; d <= end && labels.count > 0; d++) this.stage(d, 1)
    return labels.count > 0 ? labels.cost[labels.current[0]!]! : Infinity
  }

  private start(): void {
    const { labels, out } = this
    const first = labels.reset()
    labels.cost[first] = 0
    labels.parent[first] = -1
    labels.state[first] = out.state
    labels.minutes[first] = 0
    labels.weekends[first] = 0
    labels.layer[first] = out.layer
    labels.free[first] = out.free
    labels.lastPost[first] = out.lastPost
    labels.mask[first] = out.mask
    labels.m6[first] = out.m6
    labels.today[first] = 0
    labels.counted = out.counted
    for (let slot = 0; slot < out.counted; slot++) labels.take(first, slot, 0)
    labels.worked[first] = 0
    labels.nights[first] = out.nights
    labels.holidays[first] = out.holidays
    labels.heavy[first] = out.heavy
  }

  private stage(d: number, width: number): void {
    const { labels, options } = this
    const first = options.from(d)
    const last = first + options.count[d]!
    const mayRest = options.mayRest[d] === 1
    for (let i = 0; i < labels.count; i++) {
      const at = labels.current[i]!
      const leaving = this.leaving(at, d)
      if (mayRest) this.rest(at, d, leaving)
      for (let n = first; n < last; n++) this.work(at, d, n, leaving)
    }
    if (labels.paceCost > 0) {
      const share =
        this.options.daysWithDuty(this.from, d) /
        Math.max(1, this.options.daysWithDuty(this.from, this.until))
      labels.pace = this.out.pace * share
      labels.weekendPace = Math.ceil(this.out.weekendPace * share)
    }
    labels.close(width, this.ahead, (d + 1) * this.states)
  }

  /** Minutes of the day that leaves the seven-day sum when the next day comes in. */
  private leaving(from: number, d: number): number {
    if (!this.out.weeks) return 0
    const day = d - 6
    if (day < this.from) return this.out.minutesOn(day)
    let at = from
    for (let e = d - 1; e > day; e--) at = this.labels.parent[at]!
    return this.labels.today[at]!
  }

  private rest(from: number, d: number, leaving: number): void {
    const { c, labels, options, limits } = this
    const { rules } = limits
    const arc = labels.state[from]! * rules.width
    const broken = rules.over[arc]!
    if (broken > 0 && options.lenient[d] === 0) return
    const state = rules.next[arc]!
    const cost = labels.cost[from]! + options.restCost[d]! + broken * BREACH
    if (cost + this.ahead[(d + 1) * this.states + state]! > this.bound) return
    if (this.out.tooFew(d, labels.minutes[from]!)) return
    let layer = labels.layer[from]!
    let free = labels.free[from]!
    if (layer !== 0 && c.blockLast[layer - 1] === d) {
      free = Math.max(free, this.out.restEnd(layer))
      layer = 0
    }
    const place = this.place(state, labels.weekends[from]!, labels.minutes[from]!, layer)
    const at = from === labels.line ? labels.lineSlot() : labels.slot(place, cost)
    if (at < 0) return
    labels.copy(at, from)
    labels.cost[at] = cost
    labels.option[at] = -1
    labels.state[at] = state
    labels.layer[at] = layer
    labels.free[at] = free
    labels.mask[at] = (labels.mask[from]! << 1) & 63
    labels.m6[at] = labels.m6[from]! - leaving
    labels.today[at] = 0
  }

  private place(state: number, weekends: number, minutes: number, layer: number): number {
    return ((state * this.weekPlaces + weekends) * this.minutePlaces + minutes) * this.layers + layer
  }

  private work(from: number, d: number, i: number, leaving: number): void {
    const { c, labels, options, out, limits } = this
    const { rules } = limits
    const k = options.klass[i]!
    const arc = labels.state[from]! * rules.width + k + 1
    const state = rules.next[arc]!
    let cost = labels.cost[from]! + options.cost[i]!
    if (cost + this.ahead[(d + 1) * this.states + state]! > this.bound) return
    const lenient = options.lenient[d] === 1
    let broken = rules.over[arc]!
    if (broken > 0 && !lenient) return
    // Locked cells are counted with what is outside the window.
    const inside = options.forced[d] === 0
    const m = c.classMinutes[k]!
    const m6 = labels.m6[from]! + m
    const minutes = labels.minutes[from]! + (inside ? out.unitsOf(k) : 0)
    const weekends = labels.weekends[from]! + (inside ? out.weekendOf(d, rules.run[labels.state[from]!]!) : 0)
    broken += Math.max(0, m6 - limits.max7) / 60
    if (out.sevens) broken += Math.max(0, bits6(labels.mask[from]!) + 1 + c.rules.daysOffIn7 - 7)
    if (inside && (minutes > out.unitsLeft || weekends > out.weekendsLeft || out.tooFew(d, minutes))) return
    const slot = inside ? out.slotOf[options.post[i]!]! : -1
    if (slot >= 0 && labels.taken(from, slot) >= out.leftOf[options.post[i]!]!) return
    const block = options.block[i]!
    const layer = labels.layer[from]!
    broken += this.loopBroken(layer, block, labels.free[from]!, d * MINUTES_PER_DAY + c.classStart[k]!)
    if (broken > 0 && !lenient) return
    cost += broken * BREACH + this.joining(from, d, i)
    if (this.shares && inside) cost += this.share(from, d, k, options.post[i]!)
    if (cost + this.ahead[(d + 1) * this.states + state]! > this.bound) return
    let free = labels.free[from]!
    // A locked duty elsewhere does not end a stay, and one in another loop leaves the first one's rest due.
    if (layer !== 0 && block !== 0 && block !== layer) free = Math.max(free, this.out.restEnd(layer))
    let stays = block !== 0 ? block : layer
    if (stays !== 0 && c.blockLast[stays - 1] === d) {
      free = Math.max(free, this.out.restEnd(stays))
      stays = 0
    }
    const onLine = from === labels.line && !inside
    const at = onLine ? labels.lineSlot() : labels.slot(this.place(state, weekends, minutes, stays), cost)
    if (at < 0) return
    labels.copy(at, from)
    labels.cost[at] = cost
    labels.option[at] = i
    labels.state[at] = state
    labels.minutes[at] = minutes
    labels.weekends[at] = weekends
    labels.layer[at] = stays
    labels.free[at] = free
    labels.lastPost[at] = options.post[i]!
    labels.mask[at] = ((labels.mask[from]! << 1) | 1) & 63
    labels.m6[at] = m6 - leaving
    labels.today[at] = m
    if (!inside) return
    if (slot >= 0) labels.take(at, slot, labels.taken(from, slot) + 1)
    labels.worked[at] = labels.worked[from]! + m
    labels.nights[at] = labels.nights[from]! + c.classNight[k]!
    labels.holidays[at] = labels.holidays[from]! + c.weekend[d]!
    labels.heavy[at] = labels.heavy[from]! + c.heavy[options.post[i]!]!
  }

  private loopBroken(layer: number, block: number, free: number, start: number): number {
    if (layer === 0 && block === 0 && free <= start) return 0
    let broken = Math.max(0, free - start) / 60
    if (layer !== 0 && block !== layer) broken++
    if (block !== 0 && block !== layer && this.isFull(block - 1)) broken++
    return broken
  }

  /** Changing the post, or coming into a closed loop. */
  private joining(from: number, d: number, i: number): number {
    const { c, labels, options } = this
    const block = options.block[i]!
    const last = labels.lastPost[from]!
    let cost = last >= 0 && last !== options.post[i]! ? c.weights.otherPost : 0
    if (block !== 0 && block !== labels.layer[from]!) cost += entryCost(c, block - 1, d)
    return cost
  }

  private isFull(block: number): boolean {
    return this.s.members[block]! >= this.c.blockMost[block]! && !this.s.isMember(this.officer, block)
  }

  /** Increase of the convex fairness cost by one more duty. */
  private share(from: number, d: number, k: number, p: number): number {
    const { c, labels, out } = this
    const w = c.weights
    const heavy = c.heavy[p]!
    let cost = 0
    if (c.classNight[k] === 1) cost += w.nights * (2 * labels.nights[from]! + 1)
    if (c.weekend[d] === 1) cost += w.weekends * (2 * labels.holidays[from]! + 1)
    if (heavy > 0) cost += w.heavy * heavy * (2 * labels.heavy[from]! + heavy)
    const before = (labels.worked[from]! + out.minutes + this.limits.ledgerMinutes) / 480
    const more = c.classMinutes[k]! / 480
    return cost + 0.5 * w.minutes * more * (2 * before + more)
  }

  /** The label at the window's end that is cheapest with the days after it; −1 if none may go on. */
  private cheapest(end: number): number {
    const { labels, finals } = this
    const { line } = labels
    let left = Math.min(labels.count, finals.length)
    finals.set(labels.current.subarray(0, left))
    let best = -1
    let bestCost = this.bound
    for (let tries = 0; tries < FINALS_MOST && left > 0; tries++) {
      const first = this.mostHopeful(left)
      const at = finals[first]!
      if (this.lookOf(at) > bestCost) break
      finals[first] = finals[--left]!
      if (this.out.tooFew(this.until, labels.minutes[at]!)) continue
      const cost = this.after(at, end)
      if (cost < bestCost || (cost === bestCost && best < 0 && cost < Infinity)) {
        best = at
        bestCost = cost
      }
    }
    // All that looked cheap may run into a locked duty behind the window. The row without them has its turn as well.
    if (line < 0 || this.out.tooFew(this.until, labels.minutes[line]!)) return best
    return this.lookOf(line) < bestCost && this.after(line, end) < bestCost ? line : best
  }

  private mostHopeful(count: number): number {
    let first = 0
    for (let i = 1; i < count; i++) {
      if (this.lookOf(this.finals[i]!) < this.lookOf(this.finals[first]!)) first = i
    }
    return first
  }

  private lookOf(at: number): number {
    return this.labels.cost[at]! + this.ahead[(this.until + 1) * this.states + this.labels.state[at]!]!
  }

  private write(best: number, row: Int32Array): void {
    const { labels, options } = this
    for (let d = this.until, at = best; d >= this.from; d--, at = labels.parent[at]!) {
      const i = labels.option[at]!
      row[d] = i < 0 ? 0 : options.cell[i]!
    }
  }
}

function bits6(mask: number): number {
  let n = 0
  for (let m = mask; m !== 0; m &= m - 1) n++
  return n
}
