import type { Inserter } from './insertion.ts'
import type { Random } from './random.ts'
import type { State } from './state.ts'

const TEAM_MOVES = 60

/**
 * Closed-loop teams are put together before anybody has another duty. Once rows are full, a new member would have
 * to give up a week of duties and three days of rest for one hole, which no small move finds worth while.
 */
export function constructBlocks(state: State, inserter: Inserter, random: Random): void {
  const { c } = state
  const blocks = Array.from(c.blockFirst, (_, b) => b).sort((a, b) => c.blockFirst[a]! - c.blockFirst[b]!)
  for (const b of blocks) {
    const from = Math.max(0, c.blockFirst[b]!)
    const until = Math.min(c.days - 1, c.blockLast[b]!)
    if (from > until || openIn(state, b, from, until) === 0) continue
    inserter.onlyBlock = b + 1
    const team = fill(state, inserter, random, b, from, until)
    for (let i = 0; i < TEAM_MOVES && openIn(state, b, from, until) > 0; i++) {
      rearrange(state, inserter, random, team, from, until)
    }
  }
  inserter.onlyBlock = 0
}

/** Open slots of the block's post in the block. */
export function openIn(state: State, block: number, from: number, until: number): number {
  const { c, cover } = state
  const p = c.blockPost[block]!
  let n = 0
  for (let d = from; d <= until; d++) {
    for (let s = c.slotBase[p]!; s < c.slotBase[p + 1]!; s++) if (cover.isOpen(d * c.slots + s)) n++
  }
  return n
}

function fill(
  state: State,
  inserter: Inserter,
  random: Random,
  block: number,
  from: number,
  until: number,
): number[] {
  const { c } = state
  const row = new Int32Array(c.days)
  const team: number[] = []
  const refused = new Set<number>()
  for (let o = 0; o < c.officers; o++) if (state.isMember(o, block)) team.push(o)
  while (team.length < Math.min(c.blockMost[block]!, c.officers) && openIn(state, block, from, until) > 0) {
    const o = newcomer(state, random, block, from, until, refused)
    if (o < 0) break
    refused.add(o)
    if (!inserter.insert(o, from, until, row, 0, 96)) continue
    place(state, o, row, from, until)
    if (state.isMember(o, block)) team.push(o)
  }
  return team
}

/** Whoever may work at the post and has least in these days, with a lacking skill if there is one. */
function newcomer(
  state: State,
  random: Random,
  block: number,
  from: number,
  until: number,
  refused: Set<number>,
): number {
  const { c } = state
  const p = c.blockPost[block]!
  let lacking = 0
  for (let d = from; d <= until; d++) {
    for (let s = c.slotBase[p]!; s < c.slotBase[p + 1]!; s++) lacking |= state.cover.lacking(d * c.slots + s)
  }
  let best = -1
  let bestScore = Infinity
  for (let o = 0; o < c.officers; o++) {
    const skills = c.skillMask[o * c.days + from]!
    if (refused.has(o) || c.postAllowed[o * c.posts + p] === 0 || (c.requires[p]! & ~skills) !== 0) continue
    let score = random.next() + (lacking !== 0 && (lacking & skills) === 0 ? 3 : 0)
    for (let d = 0; d < c.days; d++) {
      const near = d >= from - 1 && d <= until + c.blockRest[block]!
      if (state.cells[o * c.days + d]! > 0) score += near ? 2 : 0.2
      if (near && !isThere(state, o, d)) score += 1
    }
    if (score < bestScore) {
      bestScore = score
      best = o
    }
  }
  return best
}

function isThere(state: State, o: number, d: number): boolean {
  const { c } = state
  const base = (o * c.days + d) * c.classes
  for (let k = 0; k < c.classes; k++) if (c.allowed[base + k] === 1) return true
  return false
}

function rearrange(
  state: State,
  inserter: Inserter,
  random: Random,
  team: number[],
  from: number,
  until: number,
): void {
  const { c } = state
  if (team.length === 0) return
  const row = new Int32Array(c.days)
  const some = new Set<number>()
  for (let i = 2 + random.below(4); i > 0; i--) some.add(team[random.below(team.length)]!)
  const before = state.cost
  const kept = [...some].map(o => state.cells.slice(o * c.days, (o + 1) * c.days))
  for (const o of some) place(state, o, undefined, from, until)
  let whole = true
  for (const o of some) {
    whole = whole && inserter.insert(o, from, until, row, 80, 96)
    if (whole) place(state, o, row, from, until)
  }
  if (whole && state.cost <= before + 20) return
  ;[...some].forEach((o, i) => {
    place(state, o, undefined, from, until)
    place(state, o, kept[i], from, until)
  })
}

function place(state: State, o: number, row: Int32Array | undefined, from: number, until: number): void {
  const { c } = state
  for (let d = from; d <= until; d++) {
    if (c.fixed[o * c.days + d] === -1) state.set(o, d, row?.[d] ?? 0)
  }
  state.refresh(o)
}
