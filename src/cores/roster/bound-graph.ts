import type { GraphFrame, RowKind } from './bound-kinds.ts'
import { UNLIMITED } from './model.ts'

/** Places a graph may have on one day; past that a rule that counts is left out. */
const PLACES_MOST = 1 << 23

/**
 * Every row that one kind of officer may have, as a graph: a way from the first day to the end is a row. What it keeps
 * are the rules on days in a row, nights, rest and succession, closed loops, minutes of the horizon, weekends and the
 * counted posts. What it leaves out (minutes and days off of seven days, size of a team, duties that a lock makes
 * unlawful) only lets more rows in, so the cheapest way is never dearer than the cheapest row.
 */
export class RowGraph {
  /** places of day d: dayAt[d] .. dayAt[d + 1] − 1; the last day's end is day `days` */
  readonly dayAt: Int32Array
  /** arcs of place i: arcAt[i] .. arcAt[i + 1] − 1 */
  arcAt = new Int32Array(1024)
  to = new Int32Array(1024)
  choice = new Int16Array(1024)
  arcs = 0
  /** false if the row cannot be gone on with to the end */
  readonly possible: boolean
  /** a rule was left out to find room, or because with it there was no row at all */
  weaker = false
  private readonly f: GraphFrame
  private readonly kind: RowKind
  private readonly weekPlaces: number
  private readonly minutePlaces: number
  private readonly layers: number
  private readonly countPlaces: number
  /** free days after a day */
  private readonly freeAfter: Int32Array
  private keys = new Float64Array(1024)
  private nodes = 0

  private constructor(frame: GraphFrame, kind: RowKind) {
    this.f = frame
    this.kind = kind
    this.weekPlaces = kind.weekendsLeft === UNLIMITED ? 1 : kind.weekendsLeft + 1
    this.minutePlaces = kind.unitsLeft === UNLIMITED ? 1 : kind.unitsLeft + 1
    this.layers = frame.c.blockPost.length + 1
    this.countPlaces = kind.left.reduce((places, left) => places * (left + 1), 1)
    this.dayAt = new Int32Array(frame.c.days + 2)
    this.freeAfter = new Int32Array(frame.c.days)
    for (let d = frame.c.days - 2; d >= 0; d--) {
      this.freeAfter[d] = this.freeAfter[d + 1]! + (kind.forced[d + 1]! < 0 ? 1 : 0)
    }
    this.possible = this.build()
    this.keys = new Float64Array(0)
    this.to = this.to.slice(0, this.arcs)
    this.choice = this.choice.slice(0, this.arcs)
  }

  /** The graph with as many rules as there is room for. Undefined if not even the rules of days in a row have any. */
  static of(frame: GraphFrame, kind: RowKind): RowGraph | undefined {
    const weaker: RowKind[] = [
      kind,
      { ...kind, counted: [], left: [] },
      { ...kind, counted: [], left: [], weekendsLeft: UNLIMITED },
      { ...kind, counted: [], left: [], weekendsLeft: UNLIMITED, unitsLow: 0, unitsLeft: UNLIMITED },
    ]
    for (const one of weaker) {
      const graph = new RowGraph(frame, one)
      if (!graph.possible) continue
      graph.weaker = one !== kind
      return graph
    }
    return undefined
  }

  private build(): boolean {
    const { c } = this.f
    const { kind } = this
    const places = kind.rules.size * this.weekPlaces * this.minutePlaces * this.layers * this.countPlaces
    if (places > PLACES_MOST) return false
    const place = new Int32Array(places)
    const start = kind.start * this.weekPlaces * this.minutePlaces * this.layers + kind.layer
    this.node(start * this.countPlaces)
    this.dayAt[1] = 1
    for (let d = 0; d < c.days; d++) {
      const from = this.dayAt[d]!
      const until = this.dayAt[d + 1]!
      for (let i = from; i < until; i++) {
        this.arcAt[i] = this.arcs
        this.leave(i, d, place, until)
        if (this.arcs > this.f.arcsMost) return false
      }
      this.dayAt[d + 2] = this.nodes
      if (this.nodes === until) return false
    }
    const last = this.dayAt[c.days]!
    for (let i = last; i <= this.nodes; i++) {
      this.arcAt = grown(this.arcAt, i)
      this.arcAt[i] = this.arcs
    }
    return true
  }

  private node(key: number): number {
    this.keys = grownFloat(this.keys, this.nodes)
    this.arcAt = grown(this.arcAt, this.nodes + 1)
    this.keys[this.nodes] = key
    return this.nodes++
  }

  private arc(choice: number, key: number, place: Int32Array, first: number): void {
    let node = place[key]! - 1
    // What stands there from an earlier day is an earlier number.
    if (node < first) {
      node = this.node(key)
      place[key] = node + 1
    }
    this.to = grown(this.to, this.arcs)
    if (this.choice.length <= this.arcs) {
      const longer = new Int16Array(this.choice.length * 2)
      longer.set(this.choice)
      this.choice = longer
    }
    this.to[this.arcs] = node
    this.choice[this.arcs++] = choice
  }

  private leave(i: number, d: number, place: Int32Array, first: number): void {
    const { kind, f } = this
    const { choices, open } = f
    const forced = kind.forced[d]!
    if (forced >= 0) {
      const base = forced === 0 ? 0 : choices.of(forced - 1, kind.forcedBlock[d]!)
      this.take(i, d, Math.max(0, base), true, place, first)
      return
    }
    for (let choice = 0; choice < choices.count; choice++) {
      if (choice === 0 || open[d * choices.count + choice] === 1) {
        this.take(i, d, choice, false, place, first)
      }
    }
  }

  /** The arc of one choice, if the rules allow it. At a locked day every rule is let go. */
  private take(
    i: number,
    d: number,
    choice: number,
    lenient: boolean,
    place: Int32Array,
    first: number,
  ): void {
    const { kind, f } = this
    const { c, choices } = f
    let key = this.keys[i]!
    let counts = key % this.countPlaces
    key = (key - counts) / this.countPlaces
    let layer = key % this.layers
    key = (key - layer) / this.layers
    let minutes = key % this.minutePlaces
    key = (key - minutes) / this.minutePlaces
    let weekends = key % this.weekPlaces
    const state = (key - weekends) / this.weekPlaces
    const k = choices.klass[choice]!
    const arc = state * kind.rules.width + k + 1
    if (kind.rules.over[arc]! > 0 && !lenient) return
    const block = choices.block[choice]!
    let used = choice
    if (k >= 0) {
      if (lenient) used = block !== 0 && block !== layer ? choice + 1 : choice
      else if (layer !== 0 && (block !== layer || c.blockLast[layer - 1]! < d)) return
      else if (block !== 0 && (choices.enters[choice] === 1) === (block === layer)) return
      if (block !== 0) layer = block
      if (!lenient) {
        if (kind.unitsLeft !== UNLIMITED) minutes += c.classMinutes[k]! / f.unit
        weekends += this.weekend(d, kind.rules.run[state]!)
        if (minutes > kind.unitsLeft || weekends > kind.weekendsLeft) return
        counts = this.counted(counts, k)
        if (counts < 0) return
      }
    }
    if (kind.unitsLow > 0 && minutes + this.freeAfter[d]! * f.unitsADay < kind.unitsLow) return
    if (layer !== 0 && d >= c.blockLast[layer - 1]! + c.blockRest[layer - 1]!) layer = 0
    const next = kind.rules.next[arc]!
    const to = ((next * this.weekPlaces + weekends) * this.minutePlaces + minutes) * this.layers + layer
    this.arc(used, to * this.countPlaces + counts, place, first)
  }

  /**
   * 1 where a duty begins another weekend. Of three days and more in a row only the first two are looked at: whether one
   * before them was worked is not known after a day off, and counting a weekend twice would forbid a lawful row.
   */
  private weekend(d: number, run: number): number {
    const { c } = this.f
    const weekend = c.weekendOf[d]!
    if (this.kind.weekendsLeft === UNLIMITED || weekend < 0 || this.kind.paid[weekend] === 1) return 0
    if (d === 0 || c.weekendOf[d - 1] !== weekend) return 1
    if (d >= 2 && c.weekendOf[d - 2] === weekend) return 0
    return run > 0 ? 0 : 1
  }

  /** Counts with one more duty of the class; −1 if that is one too many. */
  private counted(counts: number, k: number): number {
    const post = this.f.countedPost[k]!
    if (post < 0) return counts
    const { counted, left } = this.kind
    for (let n = 0, step = 1; n < counted.length; n++) {
      const places = left[n]! + 1
      if (counted[n] === post) {
        return Math.floor(counts / step) % places < left[n]! ? counts + step : -1
      }
      step *= places
    }
    return counts
  }
}

/** A row of {@link WayFinder}: choices by day, 0 for a day off, and what they cost. */
export type Way = { cost: number; choices: Int16Array }

/** Working room of the search for the cheapest way, kept from one officer to the next. */
export class WayFinder {
  private cost = new Float64Array(1024)
  private by = new Int32Array(1024)
  private from = new Int32Array(1024)

  /** The cheapest way at `prices[day·choices + choice]`; Infinity where none is left. Cost is one look at every arc. */
  find(graph: RowGraph, days: number, choices: number, prices: Float64Array): Way {
    const nodes = graph.dayAt[days + 1]!
    if (this.cost.length < nodes) {
      this.cost = new Float64Array(nodes * 2)
      this.by = new Int32Array(nodes * 2)
      this.from = new Int32Array(nodes * 2)
    }
    const { cost, by, from } = this
    const { arcAt, to, choice, dayAt } = graph
    cost.fill(Infinity, 0, nodes)
    cost[0] = 0
    for (let d = 0; d < days; d++) {
      const base = d * choices
      for (let i = dayAt[d]!; i < dayAt[d + 1]!; i++) {
        const here = cost[i]!
        if (here === Infinity) continue
        const last = arcAt[i + 1]!
        for (let a = arcAt[i]!; a < last; a++) {
          const there = here + prices[base + choice[a]!]!
          const node = to[a]!
          if (there < cost[node]!) {
            cost[node] = there
            by[node] = choice[a]!
            from[node] = i
          }
        }
      }
    }
    const way = new Int16Array(days)
    let best = -1
    for (let i = dayAt[days]!; i < nodes; i++) if (best < 0 || cost[i]! < cost[best]!) best = i
    if (best < 0 || cost[best] === Infinity) return { cost: Infinity, choices: way }
    for (let d = days - 1, i = best; d >= 0; d--, i = from[i]!) way[d] = by[i]!
    return { cost: cost[best]!, choices: way }
  }
}

function grown(list: Int32Array<ArrayBuffer>, at: number): Int32Array<ArrayBuffer> {
  if (at < list.length) return list
  const longer = new Int32Array(Math.max(at + 1, list.length * 2))
  longer.set(list)
  return longer
}

function grownFloat(list: Float64Array<ArrayBuffer>, at: number): Float64Array<ArrayBuffer> {
  if (at < list.length) return list
  const longer = new Float64Array(list.length * 2)
  longer.set(list)
  return longer
}
