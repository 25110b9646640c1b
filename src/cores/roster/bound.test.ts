import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askingProblem, publishedProblem, smallProblem } from './arbitrary-problem.ts'
import { boundOf } from './bound.ts'
import { highsSolver } from './linear-highs.ts'
import { cellOf, Checker, readShiftFile, type RosterProblem, solve, validate } from './index.ts'
import { State } from './state.ts'
import { compile } from './compile.ts'
import { testProblem } from './test-problem.ts'

const solver = await highsSolver()
const ROUNDS = 40

/** Public instances that stand beside the project on some machines, with the best results that are known. */
const shared = fileURLToPath(new URL('../../../../shared/benchmarks/', import.meta.url))
const known = existsSync(`${shared}ORIGINS.md`)
  ? readFileSync(`${shared}ORIGINS.md`, 'utf8')
      .split('\n')
      .map(line => line.split('|').map(cell => cell.trim()))
      .map(([, number = '', , best = '']) => ({ number, best: Number(best) }))
      .filter(({ number }) => ['1', '3', '5', '7', '11'].includes(number))
  : []
console.log(`[benchmarks] bounds of ${known.length} public instances`)

describe('the bound', () => {
  it.each([
    ['of every kind', smallProblem],
    ['that ask for days in a row, weekends and posts', askingProblem],
    ['with a published roster', publishedProblem],
  ])(
    'RST220 lies below every roster of problems %s',
    (_, problems) => {
      let near = 0
      let looked = 0
      fc.assert(
        fc.property(problems, fc.integer({ min: 0, max: 99 }), fc.boolean(), (problem, seed, led) => {
          const found = solve(problem, { seed, iterations: 80 })
          const { bound } = boundOf(problem, { rounds: ROUNDS, ...(led ? { solver } : {}) })
          // A roster that breaks a rule, for nobody could keep it, is no roster that the bound speaks of.
          if (validate(problem, found).breaches.some(one => one.rule === 'RST15')) return
          expect(bound).toBeLessThanOrEqual(found.cost + 1e-6 * Math.max(1, found.cost))
          looked++
          if (bound > 0.7 * found.cost) near++
        }),
        { numRuns: 60 },
      )
      expect(looked).toBeGreaterThan(30)
      // It says something: nothing at all would lie below every roster as well.
      expect(near / looked).toBeGreaterThan(0.3)
    },
    120_000,
  )

  it('RST220 lies below the cheapest of all rosters, and mostly meets it where fairness is not weighed', () => {
    let met = 0
    let looked = 0
    fc.assert(
      fc.property(tinyProblem, problem => {
        const least = cheapest(problem)
        const { bound } = boundOf(problem, { rounds: 200, solver })
        expect(bound).toBeLessThanOrEqual(least + 1e-6)
        if (problem.weights?.nights !== 0) return
        looked++
        if (bound > least - 1e-6) met++
      }),
      { numRuns: 60 },
    )
    expect(looked).toBeGreaterThan(15)
    expect(met / looked).toBeGreaterThan(0.5)
  }, 60_000)

  it('RST221 grows from round to round and may be stopped at any of them', () => {
    const problem = testProblem({ seed: 5, officers: 30, days: 14, posts: 3, samplingOfficers: 8, hotels: 1 })
    for (const led of [{ solver }, {}]) {
      const told: number[] = []
      const whole = boundOf(problem, { ...led, rounds: 60, onProgress: ({ bound }) => told.push(bound) })
      expect(told.length).toBe(whole.rounds)
      expect(told).toEqual(told.toSorted((a, b) => a - b))
      expect(told.at(-1)).toBe(whole.bound)
      const short = boundOf(problem, { ...led, rounds: 60, shouldStop: () => told.length > 0 && ++stops > 5 })
      expect(short.bound).toBeLessThanOrEqual(whole.bound)
      stops = 0
    }
  })

  it('RST221 the linear program and the ascent come near each other', () => {
    const problem = testProblem({ seed: 2, officers: 16, days: 10, posts: 3, samplingOfficers: 3, hotels: 0 })
    const led = boundOf(problem, { solver, rounds: 300 })
    const risen = boundOf(problem, { rounds: 300 })
    expect([led.method, risen.method]).toEqual(['columns', 'ascent'])
    expect(risen.bound).toBeGreaterThan(0.9 * led.bound)
    expect(risen.bound).toBeLessThan(1.02 * led.bound)
  })

  it.each(known)(
    'RST223 instance $number: never above the best known, and near it',
    ({ number, best }) => {
      const file = `${shared}shift-scheduling/Instance${number}.txt`
      const { bound, converged } = boundOf(readShiftFile(readFileSync(file, 'utf8')), { solver, rounds: 600 })
      expect(converged).toBe(true)
      expect(bound).toBeLessThanOrEqual(best)
      expect(bound).toBeGreaterThan(0.9 * best)
    },
    60_000,
  )

  it('RST220 refuses an unsound problem', () => {
    const problem = testProblem({ seed: 1, officers: 2, days: 2, posts: 1, samplingOfficers: 0, hotels: 0 })
    problem.posts[0]!.pattern = 'none'
    expect(() => boundOf(problem)).toThrow('unsound')
  })
})

let stops = 0

/** Two officers, three days, two posts of two bands: 5 to the power of 6 rosters. */
const tinyProblem: fc.Arbitrary<RosterProblem> = fc
  .record({
    needs: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 12, maxLength: 12 }),
    minima: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    skilled: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
    wishes: fc.array(fc.record({ o: fc.nat(1), day: fc.nat(2), weight: fc.integer({ min: 1, max: 50 }) })),
    maxMinutes: fc.constantFrom(480, 960, 9600),
    maxRun: fc.integer({ min: 1, max: 3 }),
    fair: fc.boolean(),
  })
  .map(r => {
    const demands: RosterProblem['demands'] = []
    for (let at = 0; at < 12; at++) {
      const need = r.needs[at]!
      const minima = r.minima[at]! && need > 0 ? [{ skill: 'leader', need: 1 }] : []
      demands.push({
        post: `p${at % 2}`,
        band: (at >> 1) % 2 === 0 ? 'day' : 'night',
        day: at >> 2,
        need,
        minima,
      })
    }
    return {
      days: 3,
      patterns: [
        {
          id: '2x8',
          pairing: 'none' as const,
          bands: [
            { id: 'day', start: 0, end: 480, night: false },
            { id: 'night', start: 960, end: 1440, night: true },
          ],
        },
      ],
      posts: [
        { id: 'p0', pattern: '2x8' },
        { id: 'p1', pattern: '2x8' },
      ],
      demands,
      officers: [0, 1].map(o => ({
        id: `officer-${o}`,
        skills: r.skilled[o]! ? ['leader'] : [],
        maxMinutes: r.maxMinutes,
        maxWorkDaysInRow: r.maxRun,
        wishes: r.wishes
          .filter((wish, i) => wish.o === o && r.wishes.findIndex(x => x.o === o && x.day === wish.day) === i)
          .map(({ day, weight }) => ({ day, want: 'off' as const, weight })),
      })),
      skills: ['leader'],
      weekendDays: [2],
      weights: r.fair ? {} : { nights: 0, weekends: 0, heavy: 0, minutes: 0, otherPost: 0 },
    }
  })

/** The cheapest of all rosters that keep the rules, by trying every one. */
function cheapest(problem: RosterProblem): number {
  const cells = [0, cellOf(0, 1), cellOf(0, 2), cellOf(1, 1), cellOf(1, 2)]
  const c = compile(problem)
  const checker = new Checker(problem)
  const rows = Array.from({ length: cells.length ** 3 }, (_, n) =>
    Int32Array.of(cells[n % 5]!, cells[Math.floor(n / 5) % 5]!, cells[Math.floor(n / 25)]!),
  )
  const lawful = problem.officers.map((_, o) => rows.filter(row => checker.row(o, row).length === 0))
  const state = new State(c)
  const put = (o: number, row: Int32Array) => {
    row.forEach((cell, d) => state.set(o, d, cell))
    state.refresh(o)
  }
  let least = Infinity
  for (const one of lawful[0]!) {
    put(0, one)
    for (const two of lawful[1]!) {
      put(1, two)
      least = Math.min(least, state.cost)
    }
  }
  return least
}
