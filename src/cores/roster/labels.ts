const LABELS_MOST = 1 << 18
/** Posts whose duties are counted that fit beside a label. */
export const COUNTED_MOST = 12
/** A weekend off the pace weighs as many units of minutes. */
const WEEKEND_PACE = 6

/**
 * Partial rows of the dynamic program as a structure of arrays, day after day. Two labels of a day that stand in the
 * same place (state of the rules, minutes, weekends, closed loop) can go on in the same ways, so the cheaper one is
 * kept. Made once, used for every insertion.
 */
export class Labels {
  readonly cost = new Float64Array(LABELS_MOST)
  readonly parent = new Int32Array(LABELS_MOST)
  /** option of the day that led here, −1 for a day off */
  readonly option = new Int32Array(LABELS_MOST)
  readonly state = new Int32Array(LABELS_MOST)
  /** minutes inside the window, in the problem's unit */
  readonly minutes = new Int32Array(LABELS_MOST)
  readonly weekends = new Int16Array(LABELS_MOST)
  readonly layer = new Int16Array(LABELS_MOST)
  /** first minute after the rest that a closed loop is owed */
  readonly free = new Int32Array(LABELS_MOST)
  readonly lastPost = new Int32Array(LABELS_MOST)
  /** duty days among the last six as bits, and their minutes */
  readonly mask = new Int32Array(LABELS_MOST)
  readonly m6 = new Int32Array(LABELS_MOST)
  readonly today = new Int32Array(LABELS_MOST)
  /** duties at counted posts inside the window: count `slot` of label `at` lies at slot·LABELS_MOST + at */
  private readonly counts = new Int16Array(COUNTED_MOST * LABELS_MOST)
  /** how many posts are counted in this window */
  counted = 0
  /** minutes inside the window, also where no rule counts them */
  readonly worked = new Int32Array(LABELS_MOST)
  readonly nights = new Int16Array(LABELS_MOST)
  readonly holidays = new Int16Array(LABELS_MOST)
  readonly heavy = new Float64Array(LABELS_MOST)
  /** labels of the finished day: `current[0 .. count−1]` */
  current = new Int32Array(1024)
  count = 0
  /** what the last offer was given */
  placed = -1
  /** the row with nothing but what is locked; −1 if even that cannot be */
  line = -1
  /** minutes that a label should have by the end of the day, and what it costs in its standing to be off by one */
  pace = 0
  weekendPace = 0
  paceCost = 0
  private lineNext = -1
  private dayBase = 0
  private made = new Int32Array(1024)
  private madeCount = 0
  private next = 0
  private looks = new Float64Array(1024)
  private readonly place: Int32Array
  private readonly stamp: Int32Array
  private day = 0

  /** `places` is how many different places labels of one day can stand in. */
  constructor(places: number) {
    this.place = new Int32Array(places)
    this.stamp = new Int32Array(places)
  }

  /** Begins an insertion; returns the label before the first day. */
  reset(): number {
    this.next = 1
    this.current[0] = 0
    this.count = 1
    this.day++
    this.madeCount = 0
    this.dayBase = 1
    this.line = 0
    this.lineNext = -1
    return 0
  }

  /** Duties so far at the counted post of `slot`. */
  taken(at: number, slot: number): number {
    return this.counts[slot * LABELS_MOST + at]!
  }

  take(at: number, slot: number, duties: number): void {
    this.counts[slot * LABELS_MOST + at] = duties
  }

  /** Slot for a label at `place`, −1 if one as cheap stands there or there is no room. */
  slot(place: number, cost: number): number {
    if (this.stamp[place] === this.day) {
      const at = this.place[place]!
      this.placed = this.cost[at]! <= cost ? -1 : at
      return this.placed
    }
    const at = this.fresh()
    if (at < 0) return -1
    this.stamp[place] = this.day
    this.place[place] = at
    return at
  }

  /** Slot for the row with nothing but what is locked, which stays whatever it costs. */
  lineSlot(): number {
    const at = this.fresh()
    if (at >= 0) this.lineNext = at
    return at
  }

  private fresh(): number {
    if (this.next >= LABELS_MOST) return -1
    if (this.madeCount >= this.made.length) this.made = doubled(this.made)
    this.placed = this.next++
    this.made[this.madeCount++] = this.placed
    return this.placed
  }

  /** Goes on from one label alone. */
  only(at: number): void {
    this.current[0] = at
    this.count = 1
    this.madeCount = 0
    this.day++
    this.dayBase = this.next
    this.line = -1
    this.lineNext = -1
  }

  /** What a day off or a duty leaves as it was. */
  copy(at: number, from: number): void {
    this.parent[at] = from
    this.minutes[at] = this.minutes[from]!
    this.weekends[at] = this.weekends[from]!
    this.lastPost[at] = this.lastPost[from]!
    for (let i = 0, base = 0; i < this.counted; i++, base += LABELS_MOST) {
      this.counts[base + at] = this.counts[base + from]!
    }
    this.worked[at] = this.worked[from]!
    this.nights[at] = this.nights[from]!
    this.holidays[at] = this.holidays[from]!
    this.heavy[at] = this.heavy[from]!
  }

  /** Ends the day. Of more than `width` labels those stay that look cheapest with what is still to come (`ahead`, by state). */
  close(width: number, ahead: Float64Array, base: number): void {
    const { made } = this
    this.made = this.current.length < made.length ? new Int32Array(made.length) : this.current
    this.current = made
    this.count = this.madeCount
    this.madeCount = 0
    this.day++
    this.line = this.lineNext
    this.lineNext = -1
    const began = this.dayBase
    this.dayBase = this.next
    if (this.count <= width) return
    this.dayBase = began
    if (this.looks.length < this.count) this.looks = new Float64Array(this.current.length)
    const { looks, current } = this
    for (let i = 0; i < this.count; i++) looks[i] = this.look(current[i]!, ahead, base)
    const limit = smallest(looks, this.count, width)
    let kept = 0
    for (let i = 0; i < this.count; i++) {
      const at = current[i]!
      const stays = kept < width && this.look(at, ahead, base) <= limit
      if (stays || at === this.line) current[kept++] = at
    }
    this.count = kept
    this.pack()
    this.dayBase = this.next
  }

  /** Labels that did not stay give their room back: those that did move up to where the day began. */
  private pack(): void {
    const { current } = this
    this.next = this.dayBase
    for (let i = 0; i < this.count; i++) {
      const at = current[i]!
      const to = this.next++
      current[i] = to
      if (at === this.line) this.line = to
      if (at === to) continue
      this.copy(to, at)
      this.parent[to] = this.parent[at]!
      this.cost[to] = this.cost[at]!
      this.option[to] = this.option[at]!
      this.state[to] = this.state[at]!
      this.layer[to] = this.layer[at]!
      this.free[to] = this.free[at]!
      this.mask[to] = this.mask[at]!
      this.m6[to] = this.m6[at]!
      this.today[to] = this.today[at]!
    }
  }

  /** Cheapest with what is still to come; on a long way also near the pace at which the minutes are to come together. */
  private look(at: number, ahead: Float64Array, base: number): number {
    const cost = this.cost[at]! + ahead[base + this.state[at]!]!
    if (this.paceCost === 0) return cost
    const off = Math.abs(this.minutes[at]! - this.pace)
    return cost + this.paceCost * (off + WEEKEND_PACE * Math.abs(this.weekends[at]! - this.weekendPace))
  }
}

/** The `nth` smallest of the first `count`; they come out in another order. */
function smallest(list: Float64Array, count: number, nth: number): number {
  let from = 0
  let until = count - 1
  while (from < until) {
    const pivot = list[(from + until) >> 1]!
    let i = from
    let j = until
    while (i <= j) {
      while (list[i]! < pivot) i++
      while (list[j]! > pivot) j--
      if (i > j) break
      const other = list[i]!
      list[i++] = list[j]!
      list[j--] = other
    }
    if (nth - 1 <= j) until = j
    else if (nth - 1 >= i) from = i
    else break
  }
  return list[nth - 1]!
}

function doubled(list: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(list.length * 2)
  longer.set(list)
  return longer
}
