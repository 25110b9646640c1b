import type { Compiled } from './compile.ts'
import type { Glance } from './glance.ts'
import type { Inserter } from './insertion.ts'

/** Labels that go on from one day to the next in a newcomer's row. */
const WIDTH = 24
/** What one changed cell takes from a seat that a newcomer fills. */
const CELL_COST = 0.12

type Newcomer = { o: number; row: Int32Array; worth: number }

/**
 * Brings newcomers into closed-loop teams that lack somebody, each for at least `seats` seats: those who fill most and
 * have least to give up for it, for a newcomer is bound to the team and to the rest after it. Returns whether any came.
 */
export function reinforce(glance: Glance, inserter: Inserter, seats: number): boolean {
  const { c } = glance.s
  let any = false
  for (let b = 0; b < c.blockPost.length; b++) {
    for (let best = bestFor(glance, inserter, b, seats); best !== undefined; ) {
      const { o, row } = best
      for (let d = 0; d < c.days; d++) if (c.fixed[o * c.days + d] === -1) glance.put(o, d, row[d]!)
      glance.s.refresh(o)
      any = true
      best = bestFor(glance, inserter, b, seats)
    }
  }
  return any
}

function bestFor(glance: Glance, inserter: Inserter, b: number, seats: number): Newcomer | undefined {
  const { c } = glance.s
  const from = firstOpen(glance, b)
  if (from < 0) return undefined
  const until = Math.min(c.days - 1, c.blockLast[b]! + c.blockRest[b]!)
  const requires = c.requires[c.blockPost[b]!]!
  let best: Newcomer | undefined
  for (let o = 0; o < c.officers; o++) {
    if ((requires & ~c.skillMask[o * c.days + from]!) !== 0 || isBound(glance, o, from, until)) continue
    const row = joined(glance, inserter, o, b, from, until)
    const worth = row === undefined ? 0 : worthOf(c, glance.s.cells, o, row, seats)
    if (row !== undefined && worth > (best?.worth ?? 0)) best = { o, row, worth }
  }
  return best
}

/** First day on which the team lacks somebody; −1 if none. */
function firstOpen({ s }: Glance, b: number): number {
  const { c, cover } = s
  for (let d = Math.max(0, c.blockFirst[b]!); d <= c.blockLast[b]! && d < c.days; d++) {
    for (let i = 0; i < cover.openCount[d]!; i++) {
      if (c.slotPost[cover.openSlots[d * c.slots + i]!] === c.blockPost[b]) return d
    }
  }
  return -1
}

/** Whether a team holds the officer, or its rest does. */
function isBound({ s }: Glance, o: number, from: number, until: number): boolean {
  const { c } = s
  for (let b = 0; b < c.blockPost.length; b++) {
    if (c.blockFirst[b]! <= until && c.blockLast[b]! + c.blockRest[b]! >= from && s.isMember(o, b))
      return true
  }
  return false
}

/** The officer's row if he joined the team: as it is up to his first duty there if that may be, then the team alone. */
function joined(
  glance: Glance,
  inserter: Inserter,
  o: number,
  b: number,
  from: number,
  until: number,
): Int32Array | undefined {
  const { s } = glance
  const { c } = s
  const had = s.cells.slice(o * c.days, (o + 1) * c.days)
  for (let d = from; d <= until; d++) if (c.fixed[o * c.days + d] === -1) s.set(o, d, 0)
  inserter.onlyBlock = b + 1
  const found = had.slice()
  const whole = inserter.insert(o, from, until, found, 0, WIDTH)
  inserter.onlyBlock = 0
  const row = found.slice()
  for (let d = from; d <= until && found[d] === 0; d++) row[d] = had[d]!
  const keeps = whole && glance.stands(o, from, until, row)
  for (let d = from; d <= until; d++) s.set(o, d, had[d]!)
  if (!whole) return undefined
  return keeps ? row : found
}

/** Seats filled, less what it changes: the officer's own cells, and those of others who take what he gives up. */
function worthOf(c: Compiled, cells: Int32Array, o: number, row: Int32Array, seats: number): number {
  let filled = 0
  let changed = 0
  for (let d = 0; d < c.days; d++) {
    const now = cells[o * c.days + d]!
    if (row[d] === now) continue
    changed += now > 0 ? 2 : 1
    if (row[d]! > 0) filled++
  }
  return filled < seats ? 0 : filled - CELL_COST * changed
}
