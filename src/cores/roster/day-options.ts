import type { Compiled } from './compile.ts'
import { cellCost } from './officer-cost.ts'
import type { Random } from './random.ts'
import type { State } from './state.ts'

/**
 * What an officer may do on each day of a window, one option per duty class (the best post of the class) and one per
 * closed-loop post. Options of day d lie at `from(d) .. from(d) + count[d] − 1`. Only slots that lack somebody are looked
 * at, and a duty that is worth no more than the day off is left out, since it can only take room; of an officer from whom
 * a rule asks duties every slot is looked at.
 */
export class DayOptions {
  readonly cost: Float64Array
  readonly cell: Int32Array
  readonly klass: Int32Array
  readonly post: Int32Array
  readonly block: Int32Array
  readonly count: Int32Array
  readonly restCost: Float64Array
  readonly mayRest: Uint8Array
  /** the cell is not ours to choose: locked, or after the window */
  readonly forced: Uint8Array
  /** the cell is locked: breaking a rule with it is priced, not refused */
  readonly lenient: Uint8Array
  /** if set, a cell may keep this value or become free, nothing else */
  only: Int32Array | null = null
  /** if not 0, only duties of this closed-loop block (index + 1) */
  onlyBlock = 0
  /** how much of what a duty is worth comes from what it was worth of late, 0 to 1 */
  memory = 0
  /** per slot of a day: what one more earns, in place of what cover lacks; every slot is looked at then */
  prices: Float64Array | null = null
  /** per day: multiplies what cover is worth */
  factors: Float64Array | null = null
  private readonly s: State
  private readonly c: Compiled
  private readonly random: Random
  private readonly ofClass: Int32Array
  private readonly room: number

  constructor(state: State, random: Random) {
    this.s = state
    this.c = state.c
    this.random = random
    const { c } = this
    const loops = c.slotMasks.filter((_, slot) => c.closedLoop[c.slotPost[slot]!] === 1)
    this.room = c.classes + loops.reduce((sum, masks) => sum + masks.length, 0) + 1
    const size = c.days * this.room
    this.cost = new Float64Array(size)
    this.cell = new Int32Array(size)
    this.klass = new Int32Array(size)
    this.post = new Int32Array(size)
    this.block = new Int32Array(size)
    this.count = new Int32Array(c.days)
    this.restCost = new Float64Array(c.days)
    this.mayRest = new Uint8Array(c.days)
    this.forced = new Uint8Array(c.days)
    this.lenient = new Uint8Array(c.days)
    this.ofClass = new Int32Array(c.classes)
  }

  from(d: number): number {
    return d * this.room
  }

  /** How many of the days have a duty on offer. */
  daysWithDuty(from: number, until: number): number {
    let days = 0
    for (let d = from; d <= until; d++) if (this.count[d]! > 0) days++
    return days
  }

  /** A day outside the window: what stands is the only way. */
  force(o: number, d: number, cell: number): void {
    const { c } = this
    this.count[d] = 0
    this.restCost[d] = 0
    this.forced[d] = 1
    this.lenient[d] = c.fixed[o * c.days + d]! >= 0 ? 1 : 0
    const p = (cell >> 8) - 1
    const k = cell > 0 ? c.maskClass[p * 256 + (cell & 255)]! : -1
    this.mayRest[d] = k < 0 ? 1 : 0
    if (k >= 0) this.add(d, 0, cell, k, p, c.blockAt[p * c.days + d]!)
  }

  gather(o: number, d: number, noise: number): void {
    const { c } = this
    const at = o * c.days + d
    const fixed = c.fixed[at]!
    if (fixed >= 0) {
      this.force(o, d, fixed)
      return
    }
    this.count[d] = 0
    this.forced[d] = 0
    this.lenient[d] = 0
    this.mayRest[d] = 1
    this.restCost[d] = cellCost(c, o, d, 0)
    if (this.only !== null) {
      this.keepOnly(o, d, this.only[at]!)
      return
    }
    this.ofClass.fill(-1)
    const skills = c.skillMask[at]!
    const { cover } = this.s
    if (c.limits[o]!.floors || this.prices !== null) {
      for (let slot = 0; slot < c.slots; slot++) this.atSlot(o, d, slot, skills, true)
    } else {
      const base = d * c.slots
      for (let i = 0; i < cover.openCount[d]!; i++)
        this.atSlot(o, d, cover.openSlots[base + i]!, skills, false)
    }
    if (noise > 0) this.shake(d, noise)
  }

  private atSlot(o: number, d: number, slot: number, skills: number, floors: boolean): void {
    const { c } = this
    const p = c.slotPost[slot]!
    if (c.postAllowed[o * c.posts + p] === 0 || (c.requires[p]! & ~skills) !== 0) return
    const block = c.blockAt[p * c.days + d]!
    if (c.closedLoop[p] === 1 && block === 0) return
    if (this.onlyBlock !== 0 && block !== this.onlyBlock) return
    const masks = c.slotMasks[slot]!
    const first = slot - c.slotBase[p]!
    for (let n = 0; n < masks.length; n++) {
      const mask = masks[n]!
      // A pair whose other band lacks somebody too is looked at once, from the first of them.
      const before = mask & ((1 << first) - 1)
      if (before === 0 || !this.s.cover.listed(d, slot - first, before, floors))
        this.consider(o, d, p, mask, skills)
    }
  }

  private consider(o: number, d: number, p: number, mask: number, skills: number): void {
    const { c } = this
    const k = c.maskClass[p * 256 + mask]!
    if (c.allowed[(o * c.days + d) * c.classes + k] === 0) return
    const base = d * c.slots + c.slotBase[p]!
    let gain = 0
    for (let m = mask, i = 0; m !== 0; m >>= 1, i++) if ((m & 1) === 1) gain += this.worth(base + i, skills)
    if (this.factors !== null && gain < 0) gain *= this.factors[d]!
    const cell = ((p + 1) << 8) | mask
    const cost = gain + cellCost(c, o, d, cell)
    if (cost >= this.restCost[d]! && !c.limits[o]!.floors) return
    const block = c.blockAt[p * c.days + d]!
    const known = block === 0 ? this.ofClass[k]! : -1
    if (known < 0) {
      if (block === 0) this.ofClass[k] = this.from(d) + this.count[d]!
      this.add(d, cost, cell, k, p, block)
    } else if (cost < this.cost[known]! || (cost === this.cost[known] && this.random.next() < 0.3)) {
      this.cost[known] = cost
      this.cell[known] = cell
      this.post[known] = p
    }
  }

  private worth(at: number, skills: number): number {
    const { cover } = this.s
    if (this.prices !== null) return -this.prices[at]!
    const gain = cover.gain(at, skills)
    return this.memory === 0 ? gain : gain + this.memory * (cover.worth[at]! - gain)
  }

  private keepOnly(o: number, d: number, cell: number): void {
    const { c } = this
    const p = (cell >> 8) - 1
    const k = cell > 0 ? c.maskClass[p * 256 + (cell & 255)]! : -1
    if (k < 0 || c.offered[p * 256 + (cell & 255)] === 0) return
    if (c.allowed[(o * c.days + d) * c.classes + k] === 0) return
    if (c.postAllowed[o * c.posts + p] === 0) return
    if ((c.requires[p]! & ~c.skillMask[o * c.days + d]!) !== 0) return
    const block = c.blockAt[p * c.days + d]!
    if (c.closedLoop[p] === 1 && block === 0) return
    this.add(d, -c.weights.cover, cell, k, p, block)
  }

  private shake(d: number, noise: number): void {
    const from = this.from(d)
    for (let i = from; i < from + this.count[d]!; i++) this.cost[i]! += noise * (this.random.next() - 0.5)
  }

  private add(d: number, cost: number, cell: number, k: number, p: number, block: number): void {
    const i = this.from(d) + this.count[d]!++
    this.cost[i] = cost
    this.cell[i] = cell
    this.klass[i] = k
    this.post[i] = p
    this.block[i] = block
  }
}
