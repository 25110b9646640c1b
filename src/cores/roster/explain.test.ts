import { describe, expect, it } from 'vitest'
import { type RosterProblem, solve, validate, whoElse, whyOpen, writeCell } from './index.ts'
import { TEST_PATTERNS, testProblem } from './test-problem.ts'

/** Zhang works the gate by day, Li had the night before, Wang is away, Zhao is free, Qian has no skill. */
const problem: RosterProblem = {
  days: 3,
  patterns: TEST_PATTERNS,
  posts: [
    { id: 'gate', pattern: '3x8' },
    { id: 'bridge', pattern: '4x6' },
  ],
  demands: [
    { post: 'gate', band: 'day', day: 1, need: 2, minima: [{ skill: 'leader', need: 1 }] },
    { post: 'bridge', band: 'morning', day: 1, need: 1 },
  ],
  officers: [
    { id: 'zhang', skills: ['leader'] },
    { id: 'li', skills: ['leader'] },
    { id: 'wang', skills: ['leader'], unavailable: [{ from: 1440, until: 2880 }] },
    { id: 'zhao', skills: ['leader'] },
    { id: 'qian', skills: [] },
    { id: 'sun', skills: ['leader'] },
  ],
}
const cell = (post: string, band: string) => writeCell(problem, post, [band])
const roster = { days: 3, cells: new Int32Array(18) }
roster.cells[1] = cell('gate', 'day')
roster.cells[3] = cell('gate', 'night')
roster.cells[16] = cell('bridge', 'morning')

describe('whoElse', () => {
  it('ranks who may, and says by which rule the others may not', () => {
    const { candidates, forbidden } = whoElse(problem, roster, {
      post: 'gate',
      band: 'day',
      day: 1,
      skill: 'leader',
    })
    expect(candidates.map(c => c.officerId)).toEqual(['zhao', 'sun'])
    expect(candidates[0]!.reasons).toContain('off-that-day')
    expect(candidates[1]!.reasons).toEqual(expect.arrayContaining(['leaves-other-post', 'opens-hole']))
    expect(forbidden.map(f => `${f.officerId} ${f.rule}`)).toEqual(['li RST3', 'wang RST5', 'qian RST21'])
  })

  it('offers a second band of the same post as a longer duty', () => {
    const { candidates } = whoElse(problem, roster, { post: 'bridge', band: 'afternoon', day: 1 })
    const sun = candidates.find(c => c.officerId === 'sun')!
    expect(sun.reasons).toContain('extends-duty')
    expect(sun.cell).toBe(writeCell(problem, 'bridge', ['morning', 'afternoon']))
  })

  it('says that nobody can for a seat that does not exist', () => {
    expect(whoElse(problem, roster, { post: 'moon', band: 'day', day: 1 }).candidates).toEqual([])
  })

  it('proposes only changes that the validator accepts', () => {
    const big = testProblem({ seed: 4, officers: 80, days: 10, posts: 8, samplingOfficers: 12, hotels: 1 })
    const result = solve(big, { seed: 1, iterations: 200 })
    let tried = 0
    for (const seat of big.demands.filter((_, i) => i % 17 === 0)) {
      for (const c of whoElse(big, result, seat, 5).candidates) {
        const cells = result.cells.slice()
        cells[c.officer * big.days + seat.day] = c.cell
        expect(validate(big, { days: big.days, cells }).breaches).toEqual([])
        tried++
      }
    }
    expect(tried).toBeGreaterThan(20)
  })
})

describe('whyOpen', () => {
  it('counts every officer once, under the first thing that keeps him away', () => {
    const why = whyOpen(problem, roster, { post: 'gate', band: 'day', day: 1, skill: 'leader', missing: 1 })
    expect(why.counts).toMatchObject({
      officers: 6,
      lacksSkill: 1,
      there: 1,
      unavailable: 1,
      busy: 1,
      resting: 1,
      free: 1,
    })
    expect(why).toMatchObject({ able: 5, reason: 'somebody-is-free' })
  })

  it('says when nobody has the skill', () => {
    const why = whyOpen(problem, roster, { post: 'gate', band: 'day', day: 1, skill: 'diver', missing: 1 })
    expect(why.reason).toBe('nobody-has-skill')
  })
})
