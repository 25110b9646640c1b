import type { Compiled } from './compile.ts'

/**
 * How well the demand is met at the moment: counts per (day, slot), the cost of what is missing, and per day the
 * list of slots that still lack somebody. The lists make a move cheap: only open slots can be worth a duty.
 */
export class Cover {
  readonly have: Int32Array
  readonly haveSkill: Int32Array
  /** open slots of day d: openSlots[d·slots + 0 .. openCount[d]−1] */
  readonly openSlots: Int32Array
  readonly openCount: Int32Array
  /** what one more was worth at a slot of late, averaged over the search; steadier than what it is worth this moment */
  readonly worth: Float64Array
  cost = 0
  openTotal = 0
  private readonly place: Int32Array
  private readonly c: Compiled

  constructor(c: Compiled) {
    this.c = c
    const cells = c.days * c.slots
    this.have = new Int32Array(cells)
    this.haveSkill = new Int32Array(c.minimaSkill.length)
    this.openSlots = new Int32Array(cells)
    this.openCount = new Int32Array(c.days)
    this.place = new Int32Array(cells).fill(-1)
    this.worth = new Float64Array(cells)
    for (let at = 0; at < cells; at++) {
      this.cost += c.need[at]! * c.weights.cover * c.priority[at]!
      let most = 0
      for (let m = c.minimaAt[at]!; m < c.minimaAt[at + 1]!; m++) {
        this.cost += c.minimaNeed[m]! * c.weights.minimum * c.priority[at]!
        most = Math.max(most, c.minimaNeed[m]!)
      }
      this.cost += c.over[at]! * Math.max(0, most - c.need[at]!)
      this.refile(at)
    }
  }

  /**
   * Cost change if an officer with these skills came to the slot of that day. A seat that only somebody with a
   * lacking skill can fill counts as taken: whoever takes the last seat without the skill already pays for the
   * one too many who will have to come.
   */
  gain(at: number, skills: number): number {
    const c = this.c
    const w = c.weights
    const have = this.have[at]!
    const need = c.need[at]!
    const first = c.minimaAt[at]!
    if (first === c.minimaAt[at + 1]!) return have < need ? -w.cover * c.priority[at]! : c.over[at]!
    let delta = have < need ? -w.cover * c.priority[at]! : 0
    let before = 0
    let after = 0
    for (let m = first; m < c.minimaAt[at + 1]!; m++) {
      let lack = c.minimaNeed[m]! - this.haveSkill[m]!
      if (lack <= 0) continue
      if (lack > before) before = lack
      if ((c.minimaSkill[m]! & skills) !== 0) {
        delta -= w.minimum * c.priority[at]!
        lack--
      }
      if (lack > after) after = lack
    }
    const overBefore = have + before - need
    const overAfter = have + 1 + after - need
    if (overAfter > 0) delta += c.over[at]! * (overAfter - Math.max(0, overBefore))
    else if (overBefore > 0) delta -= c.over[at]! * overBefore
    return delta
  }

  /** Puts an officer's cell in (`sign` 1) or takes it out (−1). */
  change(officer: number, day: number, cell: number, sign: 1 | -1): void {
    if (cell <= 0) return
    const c = this.c
    const skills = c.skillMask[officer * c.days + day]!
    const base = day * c.slots + c.slotBase[(cell >> 8) - 1]!
    for (let mask = cell & 255, i = 0; mask !== 0; mask >>= 1, i++) {
      if ((mask & 1) === 0) continue
      const at = base + i
      if (sign > 0) {
        this.cost += this.gain(at, skills)
        this.count(at, skills, 1)
      } else {
        this.count(at, skills, -1)
        this.cost -= this.gain(at, skills)
      }
      this.refile(at)
    }
  }

  /** Whether one of the bands (bits, from slot `base`) is looked at anyway: it lacks somebody, or all are. */
  listed(d: number, base: number, bands: number, all: boolean): boolean {
    if (all) return true
    for (let bits = bands, i = 0; bits !== 0; bits >>= 1, i++) {
      if ((bits & 1) === 1 && this.place[d * this.c.slots + base + i]! >= 0) return true
    }
    return false
  }

  /** Takes what one more is worth now into the average, with the share `fresh`. */
  remember(fresh: number): void {
    const { c, have, worth } = this
    for (let at = 0; at < worth.length; at++) {
      const missing = c.need[at]! - have[at]!
      const now =
        missing > 0 ? -c.weights.cover * c.priority[at]! : missing < 0 ? c.over[at]! : c.over[at]! / 2
      worth[at]! += fresh * (now - worth[at]!)
    }
  }

  isOpen(at: number): boolean {
    const c = this.c
    if (this.have[at]! < c.need[at]!) return true
    for (let m = c.minimaAt[at]!; m < c.minimaAt[at + 1]!; m++) {
      if (this.haveSkill[m]! < c.minimaNeed[m]!) return true
    }
    return false
  }

  /** Skills (as bits) of which the slot still lacks somebody. */
  lacking(at: number): number {
    const c = this.c
    let skills = 0
    for (let m = c.minimaAt[at]!; m < c.minimaAt[at + 1]!; m++) {
      if (this.haveSkill[m]! < c.minimaNeed[m]!) skills |= c.minimaSkill[m]!
    }
    return skills
  }

  private count(at: number, skills: number, by: number): void {
    const c = this.c
    this.have[at]! += by
    for (let m = c.minimaAt[at]!; m < c.minimaAt[at + 1]!; m++) {
      if ((c.minimaSkill[m]! & skills) !== 0) this.haveSkill[m]! += by
    }
  }

  private refile(at: number): void {
    const open = this.isOpen(at)
    const place = this.place[at]!
    if (open === place >= 0) return
    const day = Math.floor(at / this.c.slots)
    const base = day * this.c.slots
    if (open) {
      const last = this.openCount[day]!
      this.openSlots[base + last] = at - base
      this.place[at] = last
      this.openCount[day] = last + 1
      this.openTotal++
      return
    }
    const last = this.openCount[day]! - 1
    const moved = this.openSlots[base + last]!
    this.openSlots[base + place] = moved
    this.place[base + moved] = place
    this.place[at] = -1
    this.openCount[day] = last
    this.openTotal--
  }
}
