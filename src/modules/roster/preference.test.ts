import { describe, expect, it } from 'vitest'
import {
  DEFAULT_WEIGHTS,
  type Demand,
  type Officer,
  openDemand,
  type Roster,
  type RosterProblem,
  type RosterWeights,
  solve,
  validate,
} from '../../cores/roster/index.ts'
import { balanced, type Preference, preferenceSteps, presetOf, presets, preferenceText } from './contracts.ts'
import { weightsOf } from './preference.ts'

const all: Preference[] = preferenceSteps.flatMap(even =>
  preferenceSteps.flatMap(steady => preferenceSteps.map(near => ({ even, steady, near }))),
)
const days = 7
const posts = 6
const people = 32
const bands = ['day', 'evening', 'night']

/** Six posts in three bands, of three units; every fourth officer has had twenty nights in ninety days. */
function bureauOf(need: number, previous?: Int32Array): RosterProblem {
  const demands: Demand[] = []
  for (let post = 0; post < posts; post += 1) {
    for (let day = 0; day < days; day += 1) {
      for (const band of bands) {
        const minima = post % 2 === 0 ? [{ skill: 'leader', need: 1 }] : []
        demands.push({ post: `post ${post}`, band, day, need, minima, priority: [2, 1, 0.5][post % 3] ?? 1 })
      }
    }
  }
  const officers = Array.from({ length: people }, (_, at): Officer => {
    const tired = at % 4 === 0
    return {
      id: `officer ${at}`,
      unit: `unit ${at % 3}`,
      skills: at % 2 === 0 ? ['leader'] : [],
      history: {
        ledger: { nights: tired ? 20 : 8, weekends: 10, heavy: 0, minutes: tired ? 28_000 : 24_000 },
      },
    }
  })
  return {
    days,
    patterns: [
      {
        id: '3x8',
        pairing: 'none',
        bands: bands.map((id, at) => ({ id, start: at * 480, end: at * 480 + 480, night: id === 'night' })),
      },
    ],
    posts: Array.from({ length: posts }, (_, at) => ({
      id: `post ${at}`,
      pattern: '3x8',
      unit: `unit ${at % 3}`,
    })),
    demands,
    officers,
    weekendDays: [5, 6],
    ...(previous ? { previous: { cells: previous }, frozenUntil: 0 } : {}),
  }
}

const solved = (problem: RosterProblem, preference: Preference, iterations = 1500): Roster =>
  solve({ ...problem, weights: weightsOf(preference) }, { seed: 3, iterations })
const openOf = (problem: RosterProblem, roster: Roster) =>
  openDemand(problem, roster).reduce((sum, line) => sum + line.missing, 0)

describe('what a roster leans to', () => {
  it('RST240 words become weights: what matters most keeps its own, the others go down from it', () => {
    expect(all).toHaveLength(64)
    expect(weightsOf(balanced)).toEqual(DEFAULT_WEIGHTS)
    for (const step of preferenceSteps) {
      expect(weightsOf({ even: step, steady: step, near: step }), step).toEqual(DEFAULT_WEIGHTS)
    }
    expect(weightsOf(presets.steady)).toMatchObject({ change: 60, changePost: 20, otherPost: 2 })
    expect(weightsOf(presets.steady).nights).toBeCloseTo(1 / 9)
    expect(weightsOf(presets.near)).toMatchObject({ otherUnit: 2 })
    expect(weightsOf(presets.near).change).toBeCloseTo(60 / 9)
    // A step more of one never makes it count less against another.
    for (const one of all) {
      const at = preferenceSteps.indexOf(one.even)
      const more = preferenceSteps[at + 1]
      if (!more) continue
      const [before, after] = [weightsOf(one), weightsOf({ ...one, even: more })]
      expect(after.nights / after.otherUnit).toBeGreaterThan(before.nights / before.otherUnit)
      expect(after.nights / after.change).toBeGreaterThan(before.nights / before.change)
    }
  })

  it('RST240 each preset is told by its name, anything else by its three words', () => {
    expect(Object.values(presets).map(one => preferenceText(one, 'zh'))).toEqual([
      '均衡',
      '少变动',
      '重公平',
      '近岗',
    ])
    const own: Preference = { even: 'strong', steady: 'usual', near: 'minor' }
    expect(presetOf(own)).toBeNull()
    expect(preferenceText(own, 'zh')).toBe('公平：看重 · 稳定：一般 · 本单位：次要')
    expect(preferenceText(own, 'en')).toBe('Even shares: more · Little change: as usual · Own unit: less')
  })

  it('RST241 no choice raises anything against cover, crews and closed loops', () => {
    const asItIs = ['cover', 'minimum', 'over', 'closedLoop', 'blockEntry', 'blockLateDay'] as const
    let looked = 0
    for (const one of all) {
      const weights = weightsOf(one)
      for (const name of Object.keys(DEFAULT_WEIGHTS) as (keyof RosterWeights)[]) {
        expect(weights[name], name).toBeGreaterThan(0)
        expect(weights[name], name).toBeLessThanOrEqual(DEFAULT_WEIGHTS[name])
        looked += 1
      }
      for (const name of asItIs) expect(weights[name]).toBe(DEFAULT_WEIGHTS[name])
    }
    expect(looked).toBe(64 * Object.keys(DEFAULT_WEIGHTS).length)
  })

  const extremes: Preference[] = [
    ...Object.values(presets),
    { even: 'strongest', steady: 'minor', near: 'minor' },
    { even: 'minor', steady: 'strongest', near: 'minor' },
    { even: 'minor', steady: 'minor', near: 'strongest' },
  ]

  it('RST241 in a bureau that can fill every place every choice fills every place, with no rule broken', () => {
    const problem = bureauOf(1)
    for (const one of extremes) {
      const roster = solved(problem, one)
      expect(openOf(problem, roster), preferenceText(one, 'en')).toBe(0)
      expect(validate(problem, roster).breaches).toEqual([])
    }
  })

  it('RST241 nor does one when the published roster has to be changed for it', () => {
    const published = solved(bureauOf(1), balanced)
    const problem = bureauOf(1, published.cells)
    // Four people fall out on the second day.
    for (const at of [1, 5, 9, 14]) problem.officers[at]!.unavailable = [{ from: 1440, until: days * 1440 }]
    for (const one of extremes) {
      const roster = solved(problem, one)
      expect(openOf(problem, roster), preferenceText(one, 'en')).toBe(0)
      const { breaches } = validate(problem, roster)
      expect(breaches.filter(breach => !breach.fixed)).toEqual([])
    }
  })

  it('RST241 where there are too few for all places, every choice leaves the least important ones open', () => {
    const problem = bureauOf(2)
    const importance = new Map(problem.demands.map(line => [line.post, line.priority ?? 1]))
    for (const one of extremes) {
      const short = openDemand(problem, solved(problem, one)).filter(line => line.skill === null)
      expect(short.length, preferenceText(one, 'en')).toBeGreaterThan(0)
      const missing = short.reduce((sum, line) => sum + line.missing * (importance.get(line.post) ?? 1), 0)
      expect(missing, preferenceText(one, 'en')).toBe(30)
    }
  })

  it('RST242 what it leans to shows: evener nights, fewer changes, fewer duties for other units', () => {
    const published = solved(bureauOf(1), balanced)
    const problem = bureauOf(1, published.cells)
    for (const at of [1, 5, 9, 14]) problem.officers[at]!.unavailable = [{ from: 1440, until: days * 1440 }]
    const changed = (roster: Roster) => roster.cells.filter((cell, at) => cell !== published.cells[at]).length
    const [steady, even] = [solved(problem, presets.steady), solved(problem, presets.even)]
    // What fell out is mended before anything else, whatever it leans to, so the two may be alike.
    expect(changed(steady)).toBeLessThanOrEqual(changed(even))
    const fresh = bureauOf(1)
    const abroad = (roster: Roster) =>
      roster.cells.filter((cell, at) => {
        const post = fresh.posts[(cell >> 8) - 1]
        return cell > 0 && post?.unit !== fresh.officers[Math.floor(at / days)]?.unit
      }).length
    /** Squares of nights with those of the ninety days before: least where they are most even. */
    const uneven = (roster: Roster) =>
      fresh.officers.reduce((sum, officer, o) => {
        const row = roster.cells.subarray(o * days, o * days + days)
        const nights = row.filter(cell => cell > 0 && (cell & 4) > 0).length
        return sum + (nights + (officer.history?.ledger?.nights ?? 0)) ** 2
      }, 0)
    const near = solved(fresh, presets.near)
    const shared = solved(fresh, presets.even)
    expect(abroad(near)).toBeLessThan(abroad(shared))
    expect(uneven(shared)).toBeLessThanOrEqual(uneven(near))
  })
})
