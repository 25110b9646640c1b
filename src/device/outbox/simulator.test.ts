import { describe, expect, it } from 'vitest'
import { bugs } from './trial-phone.ts'
import { type Outcome, simulate } from './trial.ts'

const seeds = 2_000

describe('the simulated world', () => {
  it(`OUT20 over ${seeds} seeds nothing is lost, doubled, out of order, silent or stuck`, () => {
    const counts: Partial<Outcome['counts']> = {}
    const faults: string[] = []
    for (let seed = 1; seed <= seeds; seed += 1) {
      const outcome = simulate(seed)
      for (const fault of outcome.faults) faults.push(`seed ${seed}: ${fault}`)
      for (const [what, n] of Object.entries(outcome.counts)) {
        counts[what as keyof Outcome['counts']] = (counts[what as keyof Outcome['counts']] ?? 0) + n
      }
    }
    console.log(`outbox simulator: ${seeds} seeds, ${JSON.stringify(counts)}`)
    expect(faults.slice(0, 5)).toEqual([])
    // A world in which nothing happens would find no fault either.
    for (const [what, least] of Object.entries({
      booked: 20_000,
      posts: 100_000,
      deaths: 2_000,
      restores: 500,
    }))
      expect(counts[what as keyof Outcome['counts']], what).toBeGreaterThan(least)
  })

  it.each(bugs)('OUT21 a planted bug is found within 10 seeds: %s', bug => {
    const found = Array.from({ length: 10 }, (_, n) => n + 1).find(
      seed => simulate(seed, bug).faults.length > 0,
    )
    expect(found).toBeDefined()
  })

  it('OUT22 one seed is one run', () => {
    for (const seed of [1, 77, 4_000_000_000]) {
      expect(simulate(seed)).toEqual(simulate(seed))
      expect(simulate(seed, 'dropOnError')).toEqual(simulate(seed, 'dropOnError'))
    }
    expect(simulate(1).counts).not.toEqual(simulate(2).counts)
  })
})
