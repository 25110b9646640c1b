const MOST_LABELS = 300_000

/**
 * Labels of the dynamic program as a structure of arrays, with the beam of the day in the making: per
 * (closed-loop block, run length) at most `width` labels sorted by cost. Made once, used for every insertion.
 */
export class LabelPool {
  readonly cost: Float64Array
  readonly free: Int32Array
  readonly minutes: Int32Array
  readonly m6: Int32Array
  readonly run: Int16Array
  readonly nrun: Int16Array
  readonly layer: Int16Array
  readonly lastPost: Int16Array
  readonly mask: Int32Array
  readonly nights: Int32Array
  readonly weekends: Int32Array
  readonly heavy: Float64Array
  readonly today: Int32Array
  readonly parent: Int32Array
  readonly cell: Int32Array
  /** labels of the finished day */
  readonly current: Int32Array
  count = 0
  /** slot of the label that the last offer was given, −1 if it was refused */
  placed = -1
  /** label of the row with forced cells only, −1 if even that cannot be */
  line = -1
  private lineNext = -1
  private readonly runs: number
  private readonly buckets: Int32Array
  private readonly sizes: Int32Array
  private readonly used: Int32Array
  private usedCount = 0
  private next = 0
  private width = 8
  private readonly widest = 16
  private readonly roomForBeam: number
  private from = -1

  constructor(days: number, runs: number, layers: number) {
    this.runs = runs + 1
    const keys = this.runs * layers
    const size = Math.min(MOST_LABELS, (days + 2) * keys * this.widest) + days + 2
    // The forced row needs one label a day, come what may.
    this.roomForBeam = size - days - 2
    this.cost = new Float64Array(size)
    this.free = new Int32Array(size)
    this.minutes = new Int32Array(size)
    this.m6 = new Int32Array(size)
    this.run = new Int16Array(size)
    this.nrun = new Int16Array(size)
    this.layer = new Int16Array(size)
    this.lastPost = new Int16Array(size)
    this.mask = new Int32Array(size)
    this.nights = new Int32Array(size)
    this.weekends = new Int32Array(size)
    this.heavy = new Float64Array(size)
    this.today = new Int32Array(size)
    this.parent = new Int32Array(size)
    this.cell = new Int32Array(size)
    this.current = new Int32Array(keys * this.widest + 1)
    this.buckets = new Int32Array(keys * this.widest)
    this.sizes = new Int32Array(keys)
    this.used = new Int32Array(keys)
  }

  reset(width: number): void {
    this.width = Math.min(width, this.widest)
    this.next = 0
    this.count = 0
  }

  first(free: number, run: number, nrun: number, layer: number, lastPost: number, mask: number): number {
    const at = this.next++
    this.cost[at] = 0
    this.free[at] = free
    this.run[at] = run
    this.nrun[at] = nrun
    this.layer[at] = layer
    this.lastPost[at] = lastPost
    this.mask[at] = mask
    this.parent[at] = -1
    this.current[0] = at
    this.count = 1
    this.line = at
    return at
  }

  /** Begins the next day's beam. */
  open(): void {
    for (let i = 0; i < this.usedCount; i++) this.sizes[this.used[i]!] = 0
    this.usedCount = 0
    this.lineNext = -1
  }

  /**
   * Offers a label; `placed` tells where it went. Dominated when a cheaper label of the same bucket is free no
   * later with no more nights in a row, minutes and week. (The counts of fairness are left out: exact in cost,
   * a heuristic in dominance.)
   */
  offer(
    from: number,
    cost: number,
    free: number,
    run: number,
    nrun: number,
    layer: number,
    minutes: number,
    m6: number,
  ): void {
    this.placed = -1
    const key = layer * this.runs + Math.min(run, this.runs - 1)
    const base = key * this.widest
    const size = this.sizes[key]!
    if (size === this.width && cost >= this.cost[this.buckets[base + size - 1]!]!) return
    let at = 0
    while (at < size) {
      const e = this.buckets[base + at]!
      if (this.cost[e]! > cost) break
      const room = this.free[e]! <= free && this.nrun[e]! <= nrun
      if (room && this.minutes[e]! <= minutes && this.m6[e]! <= m6) return
      at++
    }
    if (size === 0) this.used[this.usedCount++] = key
    const full = size === this.width
    const slot = full ? this.buckets[base + size - 1]! : this.next
    if (!full) {
      if (this.next >= this.roomForBeam) return
      this.next++
      this.sizes[key] = size + 1
    }
    for (let i = full ? size - 1 : size; i > at; i--) this.buckets[base + i] = this.buckets[base + i - 1]!
    this.buckets[base + at] = slot
    this.write(slot, from, cost, free, run, nrun, layer, minutes, m6)
  }

  /** Carries the forced row on by one day, outside the beam. */
  extendLine(
    cost: number,
    free: number,
    run: number,
    nrun: number,
    layer: number,
    minutes: number,
    m6: number,
  ): void {
    const slot = this.next++
    this.lineNext = slot
    this.write(slot, this.line, cost, free, run, nrun, layer, minutes, m6)
  }

  private write(
    slot: number,
    from: number,
    cost: number,
    free: number,
    run: number,
    nrun: number,
    layer: number,
    minutes: number,
    m6: number,
  ): void {
    this.cost[slot] = cost
    this.free[slot] = free
    this.run[slot] = run
    this.nrun[slot] = nrun
    this.layer[slot] = layer
    this.minutes[slot] = minutes
    this.m6[slot] = m6
    this.parent[slot] = from
    this.placed = slot
    this.from = from
  }

  /** The rest of the label just placed: what only a survivor needs. */
  fill(
    cell: number,
    today: number,
    mask: number,
    lastPost: number,
    night: number,
    weekend: number,
    heavy: number,
  ): void {
    const at = this.placed
    const from = this.from
    this.cell[at] = cell
    this.today[at] = today
    this.mask[at] = mask
    this.lastPost[at] = lastPost
    this.nights[at] = this.nights[from]! + night
    this.weekends[at] = this.weekends[from]! + weekend
    this.heavy[at] = this.heavy[from]! + heavy
  }

  /** Ends the day: its beam becomes the current labels. */
  close(): void {
    let n = 0
    for (let i = 0; i < this.usedCount; i++) {
      const key = this.used[i]!
      const base = key * this.widest
      for (let j = 0; j < this.sizes[key]!; j++) this.current[n++] = this.buckets[base + j]!
    }
    if (this.lineNext >= 0) this.current[n++] = this.lineNext
    this.line = this.lineNext
    this.count = n
  }

  cheapest(): number {
    let best = this.current[0]!
    for (let i = 1; i < this.count; i++) {
      if (this.cost[this.current[i]!]! < this.cost[best]!) best = this.current[i]!
    }
    return best
  }
}
