import { describe, expect, it } from 'vitest'
import { checkProblem, type RosterProblem } from './index.ts'
import { TEST_PATTERNS, testProblem } from './test-problem.ts'

const small = () => testProblem({ seed: 1, officers: 3, days: 3, posts: 2, samplingOfficers: 0, hotels: 1 })

/** Faults of the small bureau after somebody spoilt it. */
function faults(spoil: (p: RosterProblem) => void): string[] {
  const problem = structuredClone(small())
  spoil(problem)
  return checkProblem(problem).map(f => `${f.code} ${f.where}`)
}

describe('checkProblem', () => {
  it('finds nothing wrong with a sound problem, an empty one and one without people', () => {
    expect(checkProblem(small())).toEqual([])
    expect(checkProblem({ days: 0, patterns: [], posts: [], demands: [], officers: [] })).toEqual([])
    expect(checkProblem(testProblem({ seed: 1, officers: 0 }))).toEqual([])
  })

  it('refuses a band of no length, of more than 12 h, and lets a duty leader stay 24 h', () => {
    const band = (start: number, end: number) => (p: RosterProblem) => {
      p.patterns[0]!.bands[0] = { id: 'day', start, end, night: false }
    }
    expect(faults(band(0, 0))).toEqual(['band-length patterns[0].bands[0]'])
    expect(faults(band(0, 721))).toEqual(['band-length patterns[0].bands[0]'])
    expect(faults(band(0, NaN))).toEqual(['band-length patterns[0].bands[0]'])
    expect(faults(band(1440, 1500))).toEqual(['band-start patterns[0].bands[0]'])
    const leader: RosterProblem = {
      days: 1,
      patterns: [{ id: '24h', pairing: 'none', bands: [{ id: 'all', start: 30, end: 1470, night: true }] }],
      posts: [{ id: 'leader', pattern: '24h', kind: 'dutyLeader' }],
      demands: [],
      officers: [],
    }
    expect(checkProblem(leader)).toEqual([])
    leader.posts[0]!.kind = 'post'
    expect(checkProblem(leader)[0]?.code).toBe('band-length')
  })

  it('names what is unknown: pattern, post, band, skill, block', () => {
    expect(faults(p => (p.posts[0]!.pattern = '5x5'))[0]).toContain('unknown-pattern')
    expect(faults(p => (p.demands[0]!.post = 'moon'))).toEqual(['unknown-post demands[0].post'])
    expect(faults(p => (p.demands[0]!.band = 'tea'))).toEqual(['unknown-band demands[0].band'])
    expect(faults(p => (p.demands[0]!.minima = [{ skill: 'diver', need: 1 }]))).toEqual([
      'unknown-skill demands[0].minima',
    ])
    expect(faults(p => (p.officers[0]!.history = { block: 'x' }))).toEqual([
      'unknown-block officers[0].history.block',
    ])
  })

  it('refuses what lies outside the horizon, doubles, overlaps and wrong numbers', () => {
    expect(faults(p => (p.demands[0]!.day = 3))).toEqual(['day-outside demands[0].day'])
    expect(faults(p => (p.demands[0]!.need = -1))[0]).toContain('need')
    expect(faults(p => p.demands.push({ ...p.demands[0]! }))[0]).toContain('double-demand')
    expect(faults(p => (p.officers[1]!.id = p.officers[0]!.id))).toEqual(['duplicate-id officers[1].id'])
    expect(faults(p => p.blocks!.push({ ...p.blocks![0]!, id: 'again' }))).toEqual([
      'block-overlap blocks[1]',
    ])
    expect(faults(p => (p.officers[0]!.unavailable = [{ from: 5, until: 5 }]))[0]).toContain('span')
    expect(faults(p => (p.officers[0]!.fixed = [{ day: 0, cell: 99999 }]))).toEqual([
      'cell officers[0].fixed[0]',
    ])
    expect(faults(p => (p.rules = { maxDutyMinutes: 900 }))).toEqual(['rule rules.maxDutyMinutes'])
    expect(faults(p => (p.previous = { cells: new Int32Array(1) }))).toEqual(['previous-size previous.cells'])
    expect(faults(p => (p.days = 1.5))[0]).toContain('days')
    expect(TEST_PATTERNS.length).toBe(3)
  })
})
