// What fell to people before the span decides to whom the next night, weekend and heavy duty go.
import { describe, expect, it } from 'vitest'
import { type OfficerHistory, type RosterProblem, solve } from './index.ts'

type Ledger = NonNullable<OfficerHistory['ledger']>

/** One post, one band a day for three days, and two officers who differ in their ledgers alone. */
function problem(night: boolean, ledgers: readonly [Ledger, Ledger]): RosterProblem {
  return {
    days: 3,
    patterns: [
      {
        id: 'one',
        pairing: 'any',
        bands: [{ id: 'only', start: night ? 840 : 0, end: night ? 1320 : 480, night }],
      },
    ],
    posts: [{ id: 'gate', pattern: 'one', heavy: 1 }],
    demands: [1].map(day => ({ post: 'gate', band: 'only', day, need: 1 })),
    officers: ledgers.map((ledger, at) => ({ id: `officer ${at}`, skills: [], history: { ledger } })),
    weekendDays: [1],
  }
}
/** Which of the two it goes to, whatever the seed. */
const taker = (night: boolean, ledgers: readonly [Ledger, Ledger]) => {
  const found = [1, 2, 3, 4, 5].map(seed => {
    const { cells } = solve(problem(night, ledgers), { seed, iterations: 400 })
    return [0, 1].filter(officer => cells[officer * 3 + 1] !== 0).join()
  })
  return [...new Set(found)].join(' or ')
}

describe('the ledger in the engine', () => {
  it('RST158 the next duty goes to whom less has fallen, in each figure', () => {
    let looked = 0
    for (const key of ['nights', 'weekends', 'heavy', 'minutes'] as const) {
      const [more, less] = key === 'minutes' ? [9_600, 4_800] : [9, 4]
      expect(taker(true, [{ [key]: more }, { [key]: less }]), key).toBe('1')
      expect(taker(true, [{ [key]: less }, { [key]: more }]), key).toBe('0')
      looked += 2
    }
    expect(looked).toBe(8)
  })

  it('RST158 only the differences cost: what both have alike is not told as the cost of the plan', () => {
    const cost = (ledgers: readonly [Ledger, Ledger]) =>
      solve(problem(false, ledgers), { seed: 1, iterations: 40 }).cost
    const much = { nights: 30, weekends: 20, heavy: 40, minutes: 40_000 }
    expect(cost([much, much])).toBe(cost([{}, {}]))
    expect(cost([much, { ...much, nights: 31 }])).toBe(cost([{ nights: 0 }, { nights: 1 }]))
  })
})
