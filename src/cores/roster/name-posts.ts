import { Assignment } from './assign.ts'
import type { Compiled } from './compile.ts'
import { placeCost } from './officer-cost.ts'
import type { State } from './state.ts'

/** What standing where one stands is worth, so that nobody is moved for nothing: far below weights, above rounding. */
const STAYING = 1e-6

/** Most officers in one assignment: its work grows with the square at least. A bureau's biggest group has some 340. */
const TOGETHER_MOST = 400

/** A post and its bands, with the skills (as bits) of which its crews lack nobody as long as he who stands here has them. */
type Place = { cell: number; skills: number }

/** Officers who work the same hours of a day, and the places that they hold together. */
type Group = {
  day: number
  klass: number
  officers: number[]
  places: Place[]
  assignment: Assignment
  /** rows of officers whose costs have changed */
  due: Set<number>
}

/**
 * Names the posts anew: of each day, those who work the same hours get the posts that they hold together by the cheapest
 * assignment: nearness, staying with a post over the duties before and after, what is published, wishes, heavy posts. It
 * goes over the days until none gets cheaper. The search picks posts officer by officer and swaps pairs at random; rings
 * of three and more are found here alone. 610 officers for 24 days after 12 s of search: a fortieth less cost, for 0.2 to
 * 0.4 s of processor time. Groups of at most 60 took a third of that and won half as much.
 *
 * No clock time moves and every place keeps its heads, so of the hard rules only skill and post can be touched. A skill
 * that a crew needs stays with the heads that bring it at the start, and whoever comes in their stead must have it.
 */
export function namePosts(state: State): void {
  const naming = new Naming(state)
  while (naming.sweep());
}

class Naming {
  private readonly state: State
  private readonly c: Compiled
  private readonly groups: Group[] = []
  /** by officer and day: group and row in it; −1 where the cell is not to be changed */
  private readonly groupAt: Int32Array
  private readonly rowAt: Int32Array

  constructor(state: State) {
    this.state = state
    this.c = state.c
    this.groupAt = new Int32Array(state.cells.length).fill(-1)
    this.rowAt = new Int32Array(state.cells.length)
    for (let d = 0; d < this.c.days; d++) this.group(d)
  }

  /** Goes once over the groups in which something has changed; false if there is none. */
  sweep(): boolean {
    let any = false
    /** by cell: what a place was worth the last time, which it is on other days nearly */
    const known = new Map<number, number>()
    for (const group of this.groups) {
      if (group.due.size === 0) continue
      any = true
      this.assign(group, known)
      this.settle(group)
    }
    return any
  }

  private group(d: number): void {
    const { c, state } = this
    const byClass: number[][] = Array.from({ length: c.classes }, () => [])
    for (let o = 0; o < c.officers; o++) {
      const cell = state.cells[o * c.days + d]!
      if (cell <= 0 || c.fixed[o * c.days + d] !== -1) continue
      const p = (cell >> 8) - 1
      const k = c.maskClass[p * 256 + (cell & 255)]!
      // Who is in a team of a closed loop is decided by the reinsertion only.
      if (k >= 0 && c.closedLoop[p] === 0) byClass[k]!.push(o)
    }
    const spare = spareSkills(state, d)
    byClass.forEach((all, klass) => {
      const parts = Math.ceil(all.length / TOGETHER_MOST)
      // Neighbours in the list are mostly of one unit, and have more to exchange with others than with each other.
      for (let n = 0; n < parts; n++) {
        const officers = all.filter((_, i) => i % parts === n)
        this.open(d, klass, officers, spare)
      }
    })
  }

  private open(d: number, klass: number, officers: number[], spare: Map<number, number>): void {
    const { c, state } = this
    const places = new Map<number, Place & { room: number }>()
    for (const o of officers) {
      const cell = state.cells[o * c.days + d]!
      const skills = boundSkills(c, o, d, cell, spare)
      const key = cell * 2 ** 32 + (skills >>> 0)
      const known = places.get(key)
      if (known) known.room++
      else places.set(key, { cell, skills, room: 1 })
    }
    if (places.size < 2) return
    const list = [...places.values()]
    const assignment = new Assignment(
      officers.length,
      list.map(place => place.room),
    )
    officers.forEach((o, row) => {
      this.groupAt[o * c.days + d] = this.groups.length
      this.rowAt[o * c.days + d] = row
    })
    this.groups.push({ day: d, klass, officers, places: list, assignment, due: new Set(officers.keys()) })
  }

  private assign(group: Group, known: Map<number, number>): void {
    const { assignment, places, due, officers } = group
    if (due.size === officers.length)
      places.forEach((one, j) => (assignment.prices[j] = known.get(one.cell) ?? 0))
    for (const row of due) {
      assignment.takeOut(row)
      this.price(group, row)
    }
    for (const row of due) assignment.putIn(row)
    due.clear()
    places.forEach((one, j) => known.set(one.cell, assignment.prices[j]!))
  }

  /** What each place costs one officer, in so far as places differ; Infinity where he may not stand. */
  private price({ day, klass, officers, places, assignment }: Group, row: number): void {
    const { c, state } = this
    const o = officers[row]!
    const own = state.cells[o * c.days + day]!
    const has = c.skillMask[o * c.days + day]!
    const before = this.postBeside(o, day, -1)
    const after = this.postBeside(o, day, 1)
    const heavy = this.heavyBeside(o, day)
    const { heavy: heavyWeight, otherPost } = c.weights
    const at = o * c.days + day
    // Most days have neither; asking for each of a hundred places took half of the time.
    const personal = c.previous[at] !== -1 || c.wishPostAt[at] !== c.wishPostAt[at + 1]
    for (let j = 0, i = row * places.length; j < places.length; j++, i++) {
      const { cell, skills } = places[j]!
      const p = (cell >> 8) - 1
      if (c.postAllowed[o * c.posts + p] === 0 || ((skills | c.requires[p]!) & ~has) !== 0) {
        assignment.cost[i] = Infinity
        continue
      }
      const place = personal ? placeCost(c, o, day, cell, klass) : c.postCost[o * c.posts + p]!
      let cost = place + heavyWeight * (heavy + c.heavy[p]!) ** 2
      if (before >= 0 && before !== p) cost += otherPost
      if (after >= 0 && after !== p) cost += otherPost
      assignment.cost[i] = cell === own ? cost - STAYING : cost
    }
  }

  /** Writes what the assignment says; who has moved makes the duties beside it dearer or cheaper. */
  private settle({ day, officers, places, assignment }: Group): void {
    const { c, state } = this
    const moved: { o: number; row: number; cell: number; old: number }[] = []
    officers.forEach((o, row) => {
      const { cell } = places[assignment.columnOf[row]!]!
      const old = state.cells[o * c.days + day]!
      if (cell !== old) moved.push({ o, row, cell, old })
    })
    for (const { o } of moved) state.set(o, day, 0)
    for (const { o, cell } of moved) state.set(o, day, cell)
    for (const { o, row, cell, old } of moved) {
      state.refresh(o)
      places.forEach((place, j) => {
        if (place.cell === old) assignment.cost[row * places.length + j]! += STAYING
      })
      assignment.favour(row, -STAYING)
      this.markDue(o, day, c.heavy[(cell >> 8) - 1] !== c.heavy[(old >> 8) - 1])
    }
  }

  private markDue(o: number, day: number, all: boolean): void {
    const { c, groupAt, rowAt } = this
    const mark = (d: number) => {
      const at = o * c.days + d
      if (d >= 0 && groupAt[at]! >= 0) this.groups[groupAt[at]!]!.due.add(rowAt[at]!)
    }
    for (let d = 0; d < c.days && all; d++) if (d !== day) mark(d)
    mark(this.dayBeside(o, day, -1))
    mark(this.dayBeside(o, day, 1))
  }

  /** The nearest day with a duty on one side, −1 where there is none. */
  private dayBeside(o: number, day: number, step: 1 | -1): number {
    const { c, state } = this
    for (let d = day + step; d >= 0 && d < c.days; d += step) if (state.cells[o * c.days + d]! > 0) return d
    return -1
  }

  private postBeside(o: number, day: number, step: 1 | -1): number {
    const d = this.dayBeside(o, day, step)
    return d < 0 ? -1 : (this.state.cells[o * this.c.days + d]! >> 8) - 1
  }

  private heavyBeside(o: number, day: number): number {
    const { c, state } = this
    let heavy = c.limits[o]!.ledgerHeavy
    for (let d = 0; d < c.days; d++) {
      const cell = state.cells[o * c.days + d]!
      if (d !== day && cell > 0) heavy += c.heavy[(cell >> 8) - 1]!
    }
    return heavy
  }
}

/** By minimum of the day: how many more of a skill a crew has than it needs. */
function spareSkills({ c, cover }: State, d: number): Map<number, number> {
  const spare = new Map<number, number>()
  for (let m = c.minimaAt[d * c.slots]!; m < c.minimaAt[(d + 1) * c.slots]!; m++) {
    spare.set(m, Math.max(0, cover.haveSkill[m]! - c.minimaNeed[m]!))
  }
  return spare
}

/** Skills that an officer's crews cannot do without; who is more than enough is taken off what is spare. */
function boundSkills(c: Compiled, o: number, d: number, cell: number, spare: Map<number, number>): number {
  const has = c.skillMask[o * c.days + d]!
  const base = d * c.slots + c.slotBase[(cell >> 8) - 1]!
  let skills = 0
  for (let mask = cell & 255, i = 0; mask !== 0; mask >>= 1, i++) {
    if ((mask & 1) === 0) continue
    for (let m = c.minimaAt[base + i]!; m < c.minimaAt[base + i + 1]!; m++) {
      const skill = c.minimaSkill[m]! & has
      if (skill === 0) continue
      if (spare.get(m)! > 0) spare.set(m, spare.get(m)! - 1)
      else skills |= skill
    }
  }
  return skills
}
