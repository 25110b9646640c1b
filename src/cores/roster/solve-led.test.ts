import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askingProblem } from './arbitrary-problem.ts'
import { compile } from './compile.ts'
import { Dive } from './dive.ts'
import { canDive, costOf, type LinearSolver, type RosterProblem, solve, solveLed, validate } from './index.ts'
import { highsSolver } from './linear-highs.ts'
import { testProblem } from './test-problem.ts'

const solver = await highsSolver()

/** Goes on by itself, five milliseconds a look, so that a test hangs on no machine's speed. */
function clock(): () => number {
  let at = 0
  return () => (at += 5)
}

function plain(problem: RosterProblem): RosterProblem {
  return { ...problem, demands: problem.demands.map(line => ({ ...line, minima: [] })) }
}

describe('a search that a dive leads', () => {
  it('RST229 breaks nothing, costs what the counter says and no more than the search it began with', () => {
    let dived = 0
    fc.assert(
      fc.property(askingProblem, fc.integer({ min: 0, max: 99 }), (asked, seed) => {
        const problem = plain(asked)
        if (!canDive(problem)) return
        const costs: number[] = []
        const onProgress = ({ cost }: { cost: number }) => costs.push(cost)
        const result = solveLed(problem, { seed, seconds: 2, now: clock(), solver, onProgress })
        expect(validate(problem, result).breaches).toEqual([])
        expect(result.cost).toBeLessThanOrEqual(result.bestHistory[0]?.cost ?? Infinity)
        expect(costOf(problem, result)).toBeCloseTo(result.cost, 6)
        expect(costs).toEqual([...costs].sort((a, b) => b - a))
        dived++
      }),
      { numRuns: 60 },
    )
    expect(dived).toBeGreaterThan(30)
  })

  it('RST229 makes by its dive a better roster of the rows of others', () => {
    const problem = plain(
      testProblem({ seed: 4, officers: 20, days: 14, posts: 3, samplingOfficers: 4, hotels: 0 }),
    )
    problem.weights = { nights: 0, weekends: 0, heavy: 0, minutes: 0, otherPost: 0 }
    const firsts = Array.from({ length: 10 }, (_, seed) => solve(problem, { seed, iterations: 1 }))
    const least = Math.min(...firsts.map(first => first.cost))
    let looks = 0
    const dive = new Dive(compile(problem), solver, 1, () => ++looks > 4_000)
    for (const { cells } of firsts) dive.take(cells)
    dive.lead(() => looks > 2_000)
    const cells = dive.run()
    dive.dispose()
    if (cells === undefined) throw new Error('the program has an optimum')
    expect(costOf(problem, { cells })).toBeLessThan(least)
  })

  it('RST229 is not for teams, published rosters, skills beside each other or too many people', () => {
    expect(canDive(testProblem({ seed: 4, officers: 24, days: 7, posts: 3, hotels: 1 }))).toBe(false)
    const problem = plain(testProblem({ seed: 4, officers: 24, days: 7, posts: 3, hotels: 0 }))
    expect(canDive(problem)).toBe(true)
    expect(canDive({ ...problem, previous: { cells: new Int32Array(24 * 7) } })).toBe(false)
    const [first, ...others] = problem.demands
    if (!first) throw new Error('the problem asks for somebody')
    const leader = { ...first, minima: [{ skill: 'leader', need: 1 }] }
    expect(canDive({ ...problem, demands: [leader, ...others] })).toBe(false)
    const many = plain(testProblem({ seed: 4, officers: 610, days: 24, posts: 3, hotels: 0 }))
    expect(canDive(many)).toBe(false)
  })

  it('RST229 goes on searching where the program finds no optimum, and stops when asked to', () => {
    const problem = plain(testProblem({ seed: 4, officers: 24, days: 14, posts: 6, hotels: 0 }))
    const failing: LinearSolver = {
      program: () => ({ add: () => {}, confine: () => {}, solve: () => undefined, dispose: () => {} }),
    }
    const result = solveLed(problem, { seed: 1, seconds: 2, now: clock(), solver: failing })
    expect(validate(problem, result).breaches).toEqual([])
    let asked = 0
    const stopped = solveLed(problem, {
      seed: 1,
      seconds: 1e6,
      now: clock(),
      solver,
      shouldStop: () => ++asked > 200,
    })
    expect(validate(problem, stopped).breaches).toEqual([])
  })
})
