import type { Random } from './random.ts'
import type { State } from './state.ts'

/**
 * Two officers who work the same hours of a day change posts if that is no dearer: nearness, staying with a post,
 * and skills where they are lacking. No clock time moves, so of the hard rules only skill and post can be touched.
 */
export function swapPosts(state: State, random: Random): boolean {
  const { c, cells } = state
  const d = random.below(c.days)
  const a = random.below(c.officers)
  const one = cells[a * c.days + d]!
  if (one <= 0 || c.fixed[a * c.days + d] !== -1) return false
  const k = c.maskClass[((one >> 8) - 1) * 256 + (one & 255)]!
  for (let tries = 0; tries < 8; tries++) {
    const b = random.below(c.officers)
    const other = cells[b * c.days + d]!
    if (other <= 0 || other === one || c.fixed[b * c.days + d] !== -1) continue
    if (c.maskClass[((other >> 8) - 1) * 256 + (other & 255)] !== k) continue
    if (!mayTake(state, a, d, other) || !mayTake(state, b, d, one)) continue
    const before = state.cost
    put(state, a, b, d, other, one)
    if (state.cost <= before) return true
    put(state, a, b, d, one, other)
    return false
  }
  return false
}

function put(state: State, a: number, b: number, d: number, cellA: number, cellB: number): void {
  state.set(a, d, 0)
  state.set(b, d, 0)
  state.set(a, d, cellA)
  state.set(b, d, cellB)
  state.refresh(a)
  state.refresh(b)
}

function mayTake(state: State, o: number, d: number, cell: number): boolean {
  const { c } = state
  const p = (cell >> 8) - 1
  // Closed-loop teams do not mix; who is in one is decided by the reinsertion only.
  if (c.closedLoop[p] === 1) return false
  if (c.postAllowed[o * c.posts + p] === 0) return false
  return (c.requires[p]! & ~c.skillMask[o * c.days + d]!) === 0
}
