/** Seeded numbers for the search: 32-bit integer arithmetic only, so the same on every machine. */
export type Random = {
  /** uniform in [0, 1) */
  next: () => number
  /** uniform integer in [0, n) */
  below: (n: number) => number
}

/** sfc32, seeded from one integer. Passes PractRand; three adds and shifts a number. */
export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9 | 0
  let b = seed | 0
  let c = Math.imul(seed ^ 0x5bd1e995, 0x85ebca6b) | 0
  let d = 1
  const step = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) step()
  return { next: () => step() / 4294967296, below: n => Math.floor((step() / 4294967296) * n) }
}
