import type { Compiled } from './compile.ts'
import { Cover } from './cover.ts'
import { officerCost } from './officer-cost.ts'

/** The roster under the search's hands, with everything that follows from the cells kept up to date. */
export class State {
  readonly c: Compiled
  readonly cells: Int32Array
  readonly cover: Cover
  /** soft cost per officer; refreshed by {@link refresh} */
  readonly rowCost: Float64Array
  readonly minutes: Int32Array
  /** members of each closed-loop block */
  readonly members: Int32Array
  private readonly memberDuties: Int32Array
  softTotal = 0

  constructor(c: Compiled) {
    this.c = c
    this.cells = new Int32Array(c.officers * c.days)
    this.cover = new Cover(c)
    this.rowCost = new Float64Array(c.officers)
    this.minutes = new Int32Array(c.officers)
    this.members = new Int32Array(c.blockPost.length)
    this.memberDuties = new Int32Array(c.officers * c.blockPost.length)
    for (let o = 0; o < c.officers; o++) {
      const standing = c.limits[o]!.block - 1
      if (standing >= 0) {
        this.members[standing]!++
        this.memberDuties[o * this.members.length + standing]!++
      }
      for (let d = 0; d < c.days; d++) {
        const fixed = c.fixed[o * c.days + d]!
        if (fixed > 0) this.set(o, d, fixed)
      }
      this.refresh(o)
    }
  }

  get cost(): number {
    return this.cover.cost + this.softTotal
  }

  set(o: number, d: number, cell: number): void {
    const at = o * this.c.days + d
    const old = this.cells[at]!
    if (old === cell) return
    this.cover.change(o, d, old, -1)
    this.cover.change(o, d, cell, 1)
    this.cells[at] = cell
    this.tally(o, d, old, -1)
    this.tally(o, d, cell, 1)
  }

  /** Recomputes the soft cost of an officer's row after its cells changed. */
  refresh(o: number): void {
    const cost = officerCost(this.c, o, this.cells)
    this.softTotal += cost - this.rowCost[o]!
    this.rowCost[o] = cost
  }

  /** True if the officer already belongs to the block. */
  isMember(o: number, block: number): boolean {
    return this.memberDuties[o * this.members.length + block]! > 0
  }

  private tally(o: number, d: number, cell: number, by: 1 | -1): void {
    if (cell <= 0) return
    const c = this.c
    const p = (cell >> 8) - 1
    const k = c.maskClass[p * 256 + (cell & 255)]!
    if (k >= 0) this.minutes[o]! += by * c.classMinutes[k]!
    const b = c.blockAt[p * c.days + d]! - 1
    if (b < 0) return
    const at = o * this.members.length + b
    if (by > 0 && this.memberDuties[at] === 0) this.members[b]!++
    this.memberDuties[at]! += by
    if (by < 0 && this.memberDuties[at] === 0) this.members[b]!--
  }
}
