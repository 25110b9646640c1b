import type { Compiled } from './compile.ts'
import type { Glance, Seat } from './glance.ts'
import { officerCost } from './officer-cost.ts'
import type { State } from './state.ts'

/** What it costs that an officer could take another open seat as well, in points of the soft cost. */
const USE = 5

/** Seats filled by officers who are off that day, each with one changed cell. */
export class Fillings {
  private readonly glance: Glance
  private readonly s: State
  private readonly c: Compiled

  constructor(glance: Glance) {
    this.glance = glance
    this.s = glance.s
    this.c = glance.s.c
  }

  /** Open seats in the order of days. */
  openSeats(): Seat[] {
    const { c } = this
    const { openCount, openSlots } = this.s.cover
    const seats: Seat[] = []
    for (let d = 0; d < c.days; d++) {
      for (let i = 0; i < openCount[d]!; i++) seats.push({ d, slot: openSlots[d * c.slots + i]! })
    }
    return seats
  }

  /** Fills what those who are off can fill: the seat with the fewest of them first, by the one of least use elsewhere. */
  fill(): void {
    const seats = this.openSeats()
    const able = new Able(this.glance, seats)
    for (let i = able.scarcest(); i >= 0; i = able.scarcest()) {
      const seat = seats[i]!
      let best = -1
      let least = Infinity
      for (const o of able.officers(i)) {
        const price = able.uses[o]! * USE + this.price(o, seat.d, this.glance.cellFor(o, seat))
        if (price >= least) continue
        best = o
        least = price
      }
      if (this.take(best, seat)) able.taken(i, best)
      else able.strike(i, best)
    }
  }

  /** The cheapest of those who are off takes the seat; false when nobody may. */
  direct(seat: Seat): boolean {
    const found: { o: number; price: number }[] = []
    for (let o = 0; o < this.c.officers; o++) {
      const cell = this.glance.cellFor(o, seat)
      if (cell > 0) found.push({ o, price: this.price(o, seat.d, cell) })
    }
    found.sort((a, b) => a.price - b.price || a.o - b.o)
    return found.some(({ o }) => this.take(o, seat))
  }

  private take(o: number, seat: Seat): boolean {
    const cell = this.glance.cellFor(o, seat)
    if (!this.glance.admits(o, seat.d, cell)) return false
    this.glance.put(o, seat.d, cell)
    this.s.refresh(o)
    return true
  }

  /** What the duty costs beside the seat that it fills. */
  private price(o: number, d: number, cell: number): number {
    const { c, s } = this
    const at = o * c.days + d
    const now = s.cells[at]!
    s.cells[at] = cell
    const cost = officerCost(c, o, s.cells) - s.rowCost[o]!
    s.cells[at] = now
    return cost
  }
}

/** Who could take which seat, kept up to date. */
class Able {
  /** how many seats each officer could take */
  readonly uses: Int32Array
  private readonly glance: Glance
  private readonly seats: readonly Seat[]
  private readonly people: number
  /** able[seat·people + officer] */
  private readonly able: Uint8Array
  private readonly count: Int32Array

  constructor(glance: Glance, seats: readonly Seat[]) {
    this.glance = glance
    this.seats = seats
    this.people = glance.s.c.officers
    this.able = new Uint8Array(seats.length * this.people)
    this.count = new Int32Array(seats.length)
    this.uses = new Int32Array(this.people)
    for (let i = 0; i < seats.length; i++) for (let o = 0; o < this.people; o++) this.look(i, o)
  }

  /** The seat that the fewest could take, of those that somebody could; −1 if there is none. */
  scarcest(): number {
    let first = -1
    for (let i = 0; i < this.count.length; i++) {
      if (this.count[i]! > 0 && (first < 0 || this.count[i]! < this.count[first]!)) first = i
    }
    return first
  }

  officers(i: number): number[] {
    const all: number[] = []
    for (let o = 0; o < this.people; o++) if (this.able[i * this.people + o] === 1) all.push(o)
    return all
  }

  /** The officer took the seat: what he can still take, and who else the seat still needs. */
  taken(i: number, officer: number): void {
    for (let n = 0; n < this.seats.length; n++) this.look(n, officer)
    for (let o = 0; o < this.people; o++) this.look(i, o)
  }

  strike(i: number, o: number): void {
    this.note(i, o, 0)
  }

  private look(i: number, o: number): void {
    this.note(i, o, this.glance.cellFor(o, this.seats[i]!) > 0 ? 1 : 0)
  }

  private note(i: number, o: number, now: 0 | 1): void {
    const at = i * this.people + o
    const by = now - this.able[at]!
    this.count[i]! += by
    this.uses[o]! += by
    this.able[at] = now
  }
}
