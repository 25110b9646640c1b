import { describe, expect, it } from 'vitest'
import { costOf, solve, validate } from './index.ts'
import { testProblem } from './test-problem.ts'

describe('replan', () => {
  const problem = testProblem({
    seed: 3,
    officers: 210,
    days: 18,
    posts: 20,
    samplingOfficers: 80,
    samplingDays: 12,
    hotels: 1,
  })
  const published = solve(problem, { seed: 1, iterations: 3000 })
  const today = 7

  it('RST22 losing officers is repaired with few changes and the past untouched', () => {
    expect(published.open).toEqual([])
    const later = structuredClone(problem)
    later.previous = { cells: published.cells }
    later.frozenUntil = today * 1440
    const lost = [3, 50, 77, 120, 199]
    for (const o of lost) later.officers[o]!.unavailable = [{ from: today * 1440, until: 18 * 1440 }]
    // No move of the search: whoever is off, and duties handed on, are enough.
    const result = solve(later, { seed: 1, iterations: 0, stopWhenCovered: true })
    const { breaches, open } = validate(later, result)
    expect(breaches).toEqual([])
    expect(open).toEqual([])
    expect(result.cost).toBeCloseTo(costOf(later, result), 3)
    let gone = 0
    let changed = 0
    result.cells.forEach((cell, at) => {
      const old = published.cells[at]!
      const day = at % 18
      const isLost = lost.includes(Math.floor(at / 18))
      if (isLost && old > 0 && day >= today) gone++
      if (cell === old) return
      expect(day).toBeGreaterThanOrEqual(today)
      if (!isLost) changed++
    })
    expect(gone).toBeGreaterThan(20)
    expect(changed).toBeLessThan(gone * 1.5)
  })

  it('RST256 where too few are left the repair ends when its moves close no more holes', () => {
    const later = structuredClone(problem)
    later.previous = { cells: published.cells }
    later.frozenUntil = today * 1440
    for (const officer of later.officers.slice(0, 150)) {
      officer.unavailable = [{ from: today * 1440, until: 18 * 1440 }]
    }
    const result = solve(later, { seed: 1, iterations: 100_000, stopWhenCovered: true })
    expect(result.open.length).toBeGreaterThan(0)
    expect(result.iterations).toBeLessThan(20_000)
    expect(validate(later, result).breaches).toEqual([])
  })

  it('changes nothing when nothing has happened', () => {
    const same = { ...problem, previous: { cells: published.cells }, frozenUntil: 0 }
    const result = solve(same, { seed: 5, iterations: 1, stopWhenCovered: true })
    expect(result.cells).toEqual(published.cells)
  })
})
