import type { Compiled } from './compile.ts'
import { constructBlocks } from './construct-blocks.ts'
import type { Inserter } from './insertion.ts'
import { mend } from './mend.ts'
import type { Random } from './random.ts'
import type { State } from './state.ts'

/** Labels a day for a first row; over a long horizon fewer, so that they all have room. */
const WIDE = 2_000
const WIDE_TOTAL = 120_000
const HURRIES = [1, 8, 3, 0.3, 64, 20, 0.1]

/** First roster: what still holds of the published one, then one row after the other over the whole horizon. */
export function construct(state: State, inserter: Inserter, random: Random, start?: Int32Array): void {
  const { c } = state
  if (c.days === 0 || c.officers === 0) return
  const kept = start ?? (c.previous.some(cell => cell >= 0) ? c.previous : undefined)
  if (kept !== undefined) {
    keep(state, inserter, kept)
    if (start === undefined) mend(state, inserter)
    return
  }
  constructBlocks(state, inserter, random)
  inserter.factors = tightness(c)
  for (const o of order(c, random)) place(state, inserter, o, 96)
  inserter.factors = null
}

/** The largest part of each row that keeps every rule as it is now, by the same dynamic program. */
function keep(state: State, inserter: Inserter, rows: Int32Array): void {
  inserter.only = rows
  const { days } = state.c
  for (let o = 0; o < state.c.officers; o++) {
    place(state, inserter, o, 256, rows.slice(o * days, (o + 1) * days))
  }
  inserter.only = null
}

/** Fills the stretches of the row (`kept`: with that, if it may stand) that no closed-loop block of the officer takes. */
function place(
  state: State,
  inserter: Inserter,
  o: number,
  width: number,
  kept: Int32Array | null = null,
): void {
  const { c } = state
  const row = new Int32Array(c.days)
  let from = 0
  for (let d = 0; d <= c.days; d++) {
    const stays = d < c.days && isInBlock(state, o, d)
    if (d < c.days && !stays) continue
    if (from < d && found(inserter, c, o, from, d - 1, row, width, kept)) {
      for (let e = from; e < d; e++) if (c.fixed[o * c.days + e] === -1) state.set(o, e, row[e]!)
    }
    from = d + 1
  }
  state.refresh(o)
}

/** Where duties are asked for there is no easy way out: the first row may take its time, and hurry when it runs late. */
function found(
  inserter: Inserter,
  c: Compiled,
  o: number,
  from: number,
  until: number,
  row: Int32Array,
  width: number,
  kept: Int32Array | null,
): boolean {
  if (!c.limits[o]!.floors) return inserter.insert(o, from, until, row, 0, width, kept)
  const wide = Math.min(WIDE, Math.floor(WIDE_TOTAL / c.days))
  const whole = HURRIES.some(hurry => {
    inserter.hurry = hurry
    // From the second try on a little shaken, or the same dead end is found again.
    const noise = hurry === 1 ? 0 : c.weights.cover
    return inserter.insert(o, from, until, row, noise, wide, kept)
  })
  inserter.hurry = 1
  return whole
}

function isInBlock(state: State, o: number, d: number): boolean {
  const { c } = state
  for (let b = 0; b < c.blockPost.length; b++) {
    if (d >= c.blockFirst[b]! && d <= c.blockLast[b]! && state.isMember(o, b)) return true
  }
  return false
}

/** Those with rare skills last in line for ordinary seats would be wasted, so they choose first. */
function order(c: Compiled, random: Random): number[] {
  const holders = c.skills.map((_, bit) => {
    let n = 0
    for (let o = 0; o < c.officers; o++) if ((c.skillMask[o * c.days]! >> bit) & 1) n++
    return n
  })
  const rank = Array.from({ length: c.officers }, (_, o) => {
    let rarest = c.officers
    holders.forEach((n, bit) => {
      if ((c.skillMask[o * c.days]! >> bit) & 1) rarest = Math.min(rarest, n)
    })
    return rarest + random.next()
  })
  return rank.map((_, o) => o).sort((a, b) => rank[a]! - rank[b]!)
}

/** Days on which many of the available are needed are worth more, so that days off fall on the others. */
function tightness(c: Compiled): Float64Array {
  const factors = new Float64Array(c.days)
  let sum = 0
  for (let d = 0; d < c.days; d++) {
    let minutes = 0
    for (let s = 0; s < c.slots; s++) {
      const p = c.slotPost[s]!
      const masks = c.slotMasks[s]!
      if (masks.length === 0) continue
      const k = c.maskClass[p * 256 + masks[0]!]!
      minutes += c.need[d * c.slots + s]! * Math.min(480, c.classMinutes[k]!)
    }
    let there = 0
    for (let o = 0; o < c.officers; o++) {
      const base = (o * c.days + d) * c.classes
      for (let k = 0; k < c.classes; k++) {
        if (c.allowed[base + k] === 1) {
          there++
          break
        }
      }
    }
    factors[d] = minutes / 480 / Math.max(1, there)
    sum += factors[d]!
  }
  const mean = sum / c.days || 1
  for (let d = 0; d < c.days; d++) factors[d] = 0.5 + 0.5 * (factors[d]! / mean)
  return factors
}
