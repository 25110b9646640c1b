// How much a run looks at, and what it draws by lot.
import { drawn } from '../../src/device/outbox/trial-draw.ts'

export interface Sizes {
  seed: number
  /** The small size, or with --large the other. */
  many(small: number, large: number): number
  /** Evenly from 0 to 1, the same for the same seed. */
  draw(): number
}

export function sizesOf(large: boolean, seed: number): Sizes {
  return { seed, many: (small, much) => (large ? much : small), draw: drawn(seed) }
}

export const picked = <T>(draw: () => number, of: readonly T[]): T => {
  const one = of[Math.floor(draw() * of.length)]
  if (one === undefined) throw new Error('invariant: there is something to draw from')
  return one
}
