import type { Compiled } from './compile.ts'
import { Fillings } from './fillings.ts'
import { Glance, type Seat } from './glance.ts'
import type { Inserter } from './insertion.ts'
import { reinforce } from './reinforce.ts'
import type { State } from './state.ts'

/** How often a hole may be handed on, and from how many days to either side somebody may be called off another duty. */
type Pass = { depth: number; reach: number }

/** Few changed cells first: a duty handed on within the day changes two, one given up on another day three. */
const PASSES: readonly Pass[] = [
  { depth: 1, reach: 0 },
  { depth: 1, reach: 6 },
  { depth: 2, reach: 0 },
  { depth: 2, reach: 3 },
]
const DEPTH_MOST = 2

/** Seats for which one who joins a closed-loop team is worth what he gives up for it, at first. */
const SEATS_AT_FIRST = 3

/**
 * Fills the holes of a roster that is otherwise to stay as it is, with few changed cells: first by those who are off,
 * then by newcomers to teams that miss a member, then by handing duties on. What is left open is the search's.
 */
export function mend(state: State, inserter: Inserter): void {
  if (state.cover.openTotal === 0) return
  const glance = new Glance(state, inserter)
  const fillings = new Fillings(glance)
  fillings.fill()
  if (reinforce(glance, inserter, SEATS_AT_FIRST)) fillings.fill()
  const chains = new Chains(glance, fillings)
  for (const pass of PASSES) chains.run(pass)
  if (!reinforce(glance, inserter, 1)) return
  fillings.fill()
  for (const pass of PASSES) chains.run(pass)
}

/** Holes handed on: somebody gives up a duty for the seat, somebody else takes that. */
class Chains {
  private readonly c: Compiled
  private readonly s: State
  private readonly glance: Glance
  private readonly fillings: Fillings
  /** by the depth left: seats that nobody can take over as the roster stands */
  private readonly barren = Array.from({ length: DEPTH_MOST + 1 }, () => new Set<number>())

  constructor(glance: Glance, fillings: Fillings) {
    this.c = glance.s.c
    this.s = glance.s
    this.glance = glance
    this.fillings = fillings
  }

  run(pass: Pass): void {
    this.forget()
    for (const seat of this.fillings.openSeats()) {
      while (this.isOpen(seat) && this.filled(seat, pass)) this.forget()
    }
  }

  private forget(): void {
    for (const seats of this.barren) seats.clear()
  }

  private isOpen({ d, slot }: Seat): boolean {
    return this.s.cover.isOpen(d * this.c.slots + slot)
  }

  private filled(seat: Seat, pass: Pass): boolean {
    return this.fillings.direct(seat) || (pass.depth > 0 && this.handedOn(seat, pass))
  }

  private handedOn(seat: Seat, pass: Pass): boolean {
    const { c, s } = this
    for (const e of near(seat.d, pass.reach, c.days)) {
      for (let o = 0; o < c.officers; o++) {
        const at = o * c.days + e
        if (s.cells[at]! > 0 && c.fixed[at] === -1 && this.givesUp(o, e, seat, pass)) return true
      }
    }
    return false
  }

  private givesUp(o: number, e: number, seat: Seat, pass: Pass): boolean {
    const { c, s, glance } = this
    const now = s.cells[o * c.days + e]!
    const left = { d: e, slot: slotOf(c, now) }
    const barren = this.barren[pass.depth]!
    const place = e * c.slots + left.slot
    if (barren.has(place)) return false
    const cell = glance.cellFor(o, seat, e)
    if (cell === 0 || cell === now) return false
    glance.put(o, e, 0)
    if (glance.admits(o, seat.d, cell)) {
      glance.put(o, seat.d, cell)
      s.refresh(o)
      if (!this.isOpen(left) || this.filled(left, { ...pass, depth: pass.depth - 1 })) return true
      barren.add(place)
      glance.put(o, seat.d, 0)
    }
    glance.put(o, e, now)
    s.refresh(o)
    return false
  }
}

/** The day itself, then those beside it, for rest is what binds. */
function near(d: number, reach: number, days: number): number[] {
  const all = [d]
  for (let by = 1; by <= reach; by++) all.push(d - by, d + by)
  return all.filter(e => e >= 0 && e < days)
}

/** The first band of a duty, as a slot. */
function slotOf(c: Compiled, cell: number): number {
  return c.slotBase[(cell >> 8) - 1]! + 31 - Math.clz32(cell & 255 & -(cell & 255))
}
