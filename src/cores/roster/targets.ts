import type { Compiled } from './compile.ts'
import { MINUTES_PER_DAY } from './model.ts'
import type { Random } from './random.ts'
import type { State } from './state.ts'

/** Which officers and which days the next move clears. */
export type Target = { officers: number[]; from: number; until: number }

const SAMPLE = 24

/**
 * Annealing moves mostly clear one to two weeks, for a short window is put back five times as fast. Longer ones bring the
 * minutes of a row from one end to the other, so their share grows with the horizon: all of them this long at 140 days.
 */
const ALL_LONG = 140

/** Share of annealing moves whose window has a day that lacks somebody. */
const AIMED = 0.5

/** Share of repair moves that look for an exchange first; of 0, 0.35 and 0.7 the middle one needed fewest moves. */
const EXCHANGE_SHARE = 0.35

/** Most officers that one move clears; four but for closed-loop teams. */
export const OFFICERS_MOST = 16

/** Chooses targets. First day that may still change bounds every window from the left. */
export class Targets {
  private readonly s: State
  private readonly c: Compiled
  private readonly random: Random
  private readonly firstDay: number
  private readonly openDays: Int32Array

  constructor(state: State, random: Random) {
    this.s = state
    this.c = state.c
    this.random = random
    this.firstDay = firstFreeDay(state.c)
    this.openDays = new Int32Array(state.c.days)
  }

  /** A move aimed at a slot that lacks somebody: one who could fill it and up to three others. */
  repair(): Target | undefined {
    const { c, random } = this
    const cover = this.s.cover
    const day = this.openDay()
    if (day < 0) return undefined
    const slot = cover.openSlots[day * c.slots + random.below(cover.openCount[day]!)]!
    const block = c.blockAt[c.slotPost[slot]! * c.days + day]! - 1
    if (block >= 0) return this.repairBlock(day, slot, block)
    if (random.next() < EXCHANGE_SHARE) {
      const pair = this.exchange(day, slot)
      if (pair !== undefined) return { officers: pair, ...this.window(day) }
    }
    const first = this.candidate(day, slot)
    if (first < 0) return undefined
    const officers = [first]
    for (let i = random.below(4); i > 0; i--) {
      const other = random.next() < 0.7 ? this.relief(first, day) : random.below(c.officers)
      if (other < 0 || officers.includes(other)) continue
      // Who takes over must be put back first: otherwise the officer simply takes his own duty again.
      if (random.next() < 0.75) officers.unshift(other)
      else officers.push(other)
    }
    return { officers, ...this.window(day) }
  }

  /**
   * Somebody at work on the day who could be in the open slot instead, and somebody off who could stand in for
   * him (not in the slot: then there would be no hole). Typically a night is handed to one who had the night before.
   */
  private exchange(day: number, slot: number): number[] | undefined {
    const { c, random } = this
    const p = c.slotPost[slot]!
    const masks = c.slotMasks[slot]!
    if (masks.length === 0) return undefined
    const mask = masks[random.below(masks.length)]!
    const k = c.maskClass[p * 256 + mask]!
    const cell = ((p + 1) << 8) | mask
    const off: number[] = []
    for (let o = 0; o < c.officers; o++) if (this.s.cells[o * c.days + day] === 0) off.push(o)
    if (off.length === 0) return undefined
    const lacking = this.s.cover.lacking(day * c.slots + slot)
    const seatFree = this.s.cover.have[day * c.slots + slot]! < c.need[day * c.slots + slot]!
    for (let i = 0; i < SAMPLE; i++) {
      const busy = random.below(c.officers)
      const now = this.s.cells[busy * c.days + day]!
      if (now <= 0) continue
      if (!seatFree && (lacking & c.skillMask[busy * c.days + day]!) === 0) continue
      if (!this.couldTake(busy, day, cell, k)) continue
      const klass = c.maskClass[((now >> 8) - 1) * 256 + (now & 255)]!
      const start = random.below(off.length)
      for (let j = 0; j < off.length; j++) {
        const other = off[(start + j) % off.length]!
        if (this.couldTake(other, day, now, klass)) return [other, busy]
      }
    }
    return undefined
  }

  /**
   * Somebody who could take over the duty that keeps an officer from the open slot: mostly the one of that day or
   * the day beside it, since rest is what binds. Without this a hole that one exchange would close waits for
   * the right pair of 610 to be drawn.
   */
  private relief(o: number, day: number): number {
    const { c, random } = this
    const reach = random.next() < 0.75 ? 1 : 4
    const e = day - reach + random.below(2 * reach + 1)
    if (e < this.firstDay || e >= c.days) return -1
    const cell = this.s.cells[o * c.days + e]!
    if (cell <= 0) return -1
    const k = c.maskClass[((cell >> 8) - 1) * 256 + (cell & 255)]!
    for (let i = 0; i < 2 * SAMPLE; i++) {
      const other = random.below(c.officers)
      if (other === o || this.s.cells[other * c.days + e] !== 0) continue
      if (this.couldTake(other, e, cell, k)) return other
    }
    return -1
  }

  /** A quick look by post and clock at the days beside; the reinsertion judges the rest. */
  private couldTake(o: number, e: number, cell: number, k: number): boolean {
    const { c } = this
    const at = o * c.days + e
    const p = (cell >> 8) - 1
    if (c.fixed[at]! >= 0 || c.allowed[at * c.classes + k] === 0) return false
    if (c.postAllowed[o * c.posts + p] === 0 || (c.requires[p]! & ~c.skillMask[at]!) !== 0) return false
    const before = e > 0 ? this.classOn(o, e - 1) : -1
    // The duty after may well go to the other officer of the move.
    const after = e + 1 < c.days && this.random.next() < 0.5 ? this.classOn(o, e + 1) : -1
    if (before >= 0 && c.classEnd[before]! + c.classRest[before]! > MINUTES_PER_DAY + c.classStart[k]!)
      return false
    return after < 0 || c.classEnd[k]! + c.classRest[k]! <= MINUTES_PER_DAY + c.classStart[after]!
  }

  private classOn(o: number, d: number): number {
    const cell = this.s.cells[o * this.c.days + d]!
    return cell <= 0 ? -1 : this.c.maskClass[((cell >> 8) - 1) * 256 + (cell & 255)]!
  }

  /** A hole in a closed loop: members are moved about, or somebody new comes in for the rest of the block. */
  private repairBlock(day: number, slot: number, block: number): Target | undefined {
    const { c, random } = this
    const officers: number[] = []
    for (let o = 0; o < c.officers; o++) if (this.s.isMember(o, block)) officers.push(o)
    for (let i = officers.length - 1; i > 0; i--) {
      const j = random.below(i + 1)
      const other = officers[j]!
      officers[j] = officers[i]!
      officers[i] = other
    }
    // The whole team at times: a member more lets another go, and neither step alone is worth its price.
    const most = random.next() < 0.4 ? OFFICERS_MOST - 3 : 1 + random.below(4)
    officers.length = Math.min(officers.length, most)
    for (let i = random.below(4); i > 0; i--) {
      const somebody = i % 2 === 1 ? this.candidate(day, slot) : random.below(c.officers)
      if (somebody < 0 || officers.includes(somebody)) continue
      if (random.next() < 0.5) officers.push(somebody)
      else officers.unshift(somebody)
    }
    if (officers.length === 0) return undefined
    const from = Math.max(this.firstDay, Math.min(day, c.blockFirst[block]!) - random.below(4))
    const until = Math.min(c.days - 1, c.blockLast[block]! + random.below(c.blockRest[block]! + 3))
    return { officers, from, until }
  }

  /** A move that only betters the soft costs: officers with costly rows, somewhere in the horizon. */
  improve(): Target {
    const { c, random } = this
    const day = this.firstDay + random.below(Math.max(1, c.days - this.firstDay))
    const officers: number[] = []
    const wanted = 1 + random.below(Math.min(4, c.officers))
    for (let i = 0; i < wanted; i++) {
      let best = random.below(c.officers)
      if (i === 0) {
        for (let j = 0; j < 2; j++) {
          const other = random.below(c.officers)
          if (this.s.rowCost[other]! > this.s.rowCost[best]!) best = other
        }
      }
      if (!officers.includes(best)) officers.push(best)
    }
    return { officers, ...this.window(day) }
  }

  /** A move of annealing: anybody, over one to four weeks of the days that may change. */
  anneal(): Target {
    const { c, random, firstDay } = this
    const officers: number[] = []
    const wanted = 1 + random.below(Math.min(3, c.officers))
    while (officers.length < wanted) {
      const o = random.below(c.officers)
      if (!officers.includes(o)) officers.push(o)
    }
    const days = c.days - firstDay
    const long = random.next() < c.days / ALL_LONG
    const length = Math.min(days, long ? 10 + random.below(19) : 6 + random.below(9))
    const open = random.next() < AIMED ? this.openDay() : -1
    if (open < 0) {
      const from = firstDay + random.below(days - length + 1)
      return { officers, from, until: from + length - 1 }
    }
    const least = Math.max(firstDay, open - length + 1)
    const from = least + random.below(Math.min(open, c.days - length) - least + 1)
    return { officers, from, until: from + length - 1 }
  }

  /** A day that lacks somebody, −1 if none does. */
  private openDay(): number {
    const { c } = this
    let n = 0
    for (let d = this.firstDay; d < c.days; d++) if (this.s.cover.openCount[d]! > 0) this.openDays[n++] = d
    return n === 0 ? -1 : this.openDays[this.random.below(n)]!
  }

  private window(day: number): { from: number; until: number } {
    const length = 4 + this.random.below(11)
    const from = Math.max(this.firstDay, day - this.random.below(length))
    return { from, until: Math.min(this.c.days - 1, Math.max(day, from + length - 1)) }
  }

  /** Somebody who may work the slot and would help it; of a sample the one with the most room. */
  private candidate(day: number, slot: number): number {
    const { c, random } = this
    const at = day * c.slots + slot
    const seatFree = this.s.cover.have[at]! < c.need[at]!
    const lacking = this.s.cover.lacking(at)
    let best = -1
    let bestScore = Infinity
    for (let i = 0; i < SAMPLE; i++) {
      const o = random.below(c.officers)
      const skills = c.skillMask[o * c.days + day]!
      const helps = (lacking & skills) !== 0
      if (!helps && !seatFree) continue
      if (!this.mayWork(o, day, slot, skills)) continue
      let score = random.next() * 2
      if (this.s.cells[o * c.days + day]! > 0) score += 1
      if (lacking !== 0 && !helps) score += 1
      score += this.s.minutes[o]! / Math.max(1, c.limits[o]!.maxMinutes)
      if (score < bestScore) {
        bestScore = score
        best = o
      }
    }
    return best
  }

  private mayWork(o: number, day: number, slot: number, skills: number): boolean {
    const { c } = this
    const p = c.slotPost[slot]!
    if (c.postAllowed[o * c.posts + p] === 0 || (c.requires[p]! & ~skills) !== 0) return false
    if (c.fixed[o * c.days + day]! >= 0) return false
    const base = (o * c.days + day) * c.classes
    return c.slotMasks[slot]!.some(mask => c.allowed[base + c.maskClass[p * 256 + mask]!] === 1)
  }
}

function firstFreeDay(c: Compiled): number {
  for (let d = 0; d < c.days; d++) {
    for (let o = 0; o < c.officers; o++) if (c.fixed[o * c.days + d] === -1) return d
  }
  return c.days
}
