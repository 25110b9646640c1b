import type { Compiled } from './compile.ts'
import { cellCost } from './officer-cost.ts'
import type { Random } from './random.ts'
import type { State } from './state.ts'

/**
 * What an officer may do on one day, one option per duty class (the best post of the class) and one per
 * closed-loop post. Only slots that lack somebody are looked at; a duty that is worth no more than the day off
 * is left out, since it can only take room.
 */
export class DayOptions {
  readonly cost: Float64Array
  readonly cell: Int32Array
  readonly klass: Int32Array
  readonly post: Int32Array
  readonly block: Int32Array
  count = 0
  restCost = 0
  mayRest = true
  /** the cell is not ours to choose: locked, or after the window */
  forced = false
  /** the cell is locked: breaking a rule with it is priced, not refused */
  lenient = false
  /** if set, a cell may keep this value or become free, nothing else */
  only: Int32Array | null = null
  /** if not 0, only duties of this closed-loop block (index + 1) */
  onlyBlock = 0
  /** per day: multiplies what cover is worth */
  factors: Float64Array | null = null
  private readonly s: State
  private readonly c: Compiled
  private readonly random: Random
  private readonly ofClass: Int32Array

  constructor(state: State, random: Random) {
    this.s = state
    this.c = state.c
    this.random = random
    const room = this.c.classes + this.c.slots * 3 + 1
    this.cost = new Float64Array(room)
    this.cell = new Int32Array(room)
    this.klass = new Int32Array(room)
    this.post = new Int32Array(room)
    this.block = new Int32Array(room)
    this.ofClass = new Int32Array(this.c.classes)
  }

  /** A day outside the window: what stands is the only way. */
  force(o: number, d: number, cell: number): void {
    const { c } = this
    this.count = 0
    this.restCost = 0
    this.forced = true
    this.lenient = c.fixed[o * c.days + d]! >= 0
    const p = (cell >> 8) - 1
    const k = cell > 0 ? c.maskClass[p * 256 + (cell & 255)]! : -1
    this.mayRest = k < 0
    if (k < 0) return
    this.add(0, cell, k, p, c.blockAt[p * c.days + d]!)
  }

  gather(o: number, d: number, noise: number): void {
    const { c } = this
    const at = o * c.days + d
    const fixed = c.fixed[at]!
    if (fixed >= 0) {
      this.force(o, d, fixed)
      return
    }
    this.count = 0
    this.forced = false
    this.lenient = false
    this.mayRest = true
    this.restCost = cellCost(c, o, d, 0)
    if (this.only !== null) {
      this.keepOnly(o, d, this.only[at]!)
      return
    }
    this.ofClass.fill(-1)
    const base = d * c.slots
    const skills = c.skillMask[at]!
    for (let i = 0; i < this.s.cover.openCount[d]!; i++) {
      const slot = this.s.cover.openSlots[base + i]!
      const p = c.slotPost[slot]!
      if (c.postAllowed[o * c.posts + p] === 0 || (c.requires[p]! & ~skills) !== 0) continue
      if (c.closedLoop[p] === 1 && c.blockAt[p * c.days + d] === 0) continue
      if (this.onlyBlock !== 0 && c.blockAt[p * c.days + d] !== this.onlyBlock) continue
      const masks = c.slotMasks[slot]!
      for (let n = 0; n < masks.length; n++) this.consider(o, d, p, masks[n]!, skills)
    }
    this.shake(noise)
  }

  private consider(o: number, d: number, p: number, mask: number, skills: number): void {
    const { c } = this
    const k = c.maskClass[p * 256 + mask]!
    if (c.allowed[(o * c.days + d) * c.classes + k] === 0) return
    const base = d * c.slots + c.slotBase[p]!
    let gain = 0
    for (let m = mask, i = 0; m !== 0; m >>= 1, i++)
      if ((m & 1) === 1) gain += this.s.cover.gain(base + i, skills)
    if (this.factors !== null && gain < 0) gain *= this.factors[d]!
    const cell = ((p + 1) << 8) | mask
    const cost = gain + cellCost(c, o, d, cell)
    if (cost >= this.restCost) return
    const block = c.blockAt[p * c.days + d]!
    const known = block === 0 ? this.ofClass[k]! : -1
    if (known < 0) {
      if (block === 0) this.ofClass[k] = this.count
      this.add(cost, cell, k, p, block)
    } else if (cost < this.cost[known]! || (cost === this.cost[known] && this.random.next() < 0.3)) {
      this.cost[known] = cost
      this.cell[known] = cell
      this.post[known] = p
    }
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
    this.add(-c.weights.cover, cell, k, p, block)
  }

  private shake(noise: number): void {
    if (noise === 0) return
    for (let i = 0; i < this.count; i++) this.cost[i]! += noise * (this.random.next() - 0.5)
  }

  private add(cost: number, cell: number, k: number, p: number, block: number): void {
    const i = this.count++
    this.cost[i] = cost
    this.cell[i] = cell
    this.klass[i] = k
    this.post[i] = p
    this.block[i] = block
  }
}
