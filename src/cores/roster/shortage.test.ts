import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askingProblem, smallProblem } from './arbitrary-problem.ts'
import {
  type OpenDemand,
  type RosterProblem,
  type Shortage,
  ShortageProofs,
  solve,
  validate,
} from './index.ts'

const bands = [
  { id: 'day', start: 0, end: 480, night: false },
  { id: 'evening', start: 480, end: 960, night: false },
  { id: 'night', start: 960, end: 1440, night: true },
]

/** So many officers, of whom the first `women` are women, and a line a post for each need of the night of day 1. */
function night(officers: number, women: number, needs: number[], more: Partial<RosterProblem> = {}) {
  const problem: RosterProblem = {
    days: 3,
    patterns: [{ id: '3x8', pairing: 'none', bands }],
    posts: needs.map((_, p) => ({ id: `gate-${p}`, pattern: '3x8' })),
    demands: needs.map((need, p) => ({
      post: `gate-${p}`,
      band: 'night',
      day: 1,
      need,
      minima: [{ skill: 'woman', need }],
    })),
    officers: Array.from({ length: officers }, (_, o) => ({
      id: `officer-${o}`,
      skills: o < women ? ['woman'] : [],
    })),
    ...more,
  }
  return problem
}

const asked = { post: 'gate-0', band: 'night', day: 1, skill: 'woman' }

describe('why a place must stay open', () => {
  it('RST224 more are needed at one moment than there are, over all posts', () => {
    const problem = night(20, 9, [4, 4, 4])
    expect(new ShortageProofs(problem).of(asked)).toEqual({
      code: 'moment',
      ...asked,
      needed: 12,
      exist: 9,
      at: 1440 + 960,
    })
    // Two of the nine are away in the small hours, and one works no nights.
    problem.officers[0]!.unavailable = [{ from: 2700, until: 2800 }]
    problem.officers[1]!.unavailable = [{ from: 2700, until: 2800 }]
    problem.officers[2]!.noNight = true
    expect(new ShortageProofs(problem).of(asked)).toMatchObject({ code: 'moment', needed: 12, exist: 6 })
    expect(new ShortageProofs(night(20, 12, [4, 4, 4])).of(asked)).toBeNull()
  })

  it('RST224 bands of other hours that run at the same time count as well', () => {
    const problem = night(20, 9, [4, 4])
    problem.patterns.push({
      id: 'late',
      pairing: 'none',
      bands: [{ id: 'late', start: 1200, end: 1600, night: true }],
    })
    problem.posts.push({ id: 'desk', pattern: 'late', requires: ['woman'] })
    problem.demands.push({ post: 'desk', band: 'late', day: 1, need: 2 })
    expect(new ShortageProofs(problem).of(asked)).toMatchObject({
      code: 'moment',
      needed: 10,
      exist: 9,
      at: 1440 + 1200,
    })
    // Of the desk only the heads are open, but everybody there must have the skill.
    expect(new ShortageProofs(problem).of({ post: 'desk', band: 'late', day: 1, skill: null })).toMatchObject(
      {
        code: 'moment',
        skill: 'woman',
        needed: 10,
        exist: 9,
      },
    )
  })

  it('RST224 at the post itself, on the day, and over all days', () => {
    const only = night(20, 9, [4, 4])
    for (const officer of only.officers) officer.posts = officer.id === 'officer-1' ? ['gate-0'] : ['gate-1']
    expect(new ShortageProofs(only).of(asked)).toMatchObject({ code: 'post', needed: 4, exist: 1 })
    const heads = { post: 'gate-0', band: 'night', day: 1, skill: null }
    const day = night(5, 0, [2])
    day.demands = bands.map(band => ({ post: 'gate-0', band: band.id, day: 1, need: 2 }))
    expect(new ShortageProofs(day).of(heads)).toMatchObject({ code: 'day', needed: 6, exist: 5, at: null })
    const all = night(3, 0, [2])
    all.demands = [0, 1, 2].flatMap(d => [{ post: 'gate-0', band: 'night', day: d, need: 3 }])
    for (const officer of all.officers) officer.maxMinutes = 960
    expect(new ShortageProofs(all).of(heads)).toMatchObject({
      code: 'horizon',
      needed: 9 * 480,
      exist: 6 * 480,
    })
  })

  it('RST224 a place that the problem does not have, and a skill that nobody has', () => {
    const proofs = new ShortageProofs(night(2, 0, [1]))
    expect(proofs.of({ ...asked, band: 'day' })).toBeNull()
    expect(proofs.of({ ...asked, post: 'nowhere' })).toBeNull()
    expect(proofs.of(asked)).toMatchObject({ code: 'post', needed: 1, exist: 0 })
  })

  it('RST225 every proof holds in every roster that keeps the rules', () => {
    const seen: Record<string, number> = {}
    fc.assert(
      fc.property(fc.oneof(askingProblem, smallProblem), fc.integer({ min: 0, max: 99 }), (problem, seed) => {
        for (const officer of problem.officers) delete officer.fixed
        const found = solve(problem, { seed, iterations: 40 })
        const { breaches, open } = validate(problem, found)
        if (breaches.length > 0) return
        const proofs = new ShortageProofs(problem)
        for (const line of open.slice(0, 20)) {
          const proof = proofs.of(line)
          if (proof === null) continue
          seen[proof.code] = (seen[proof.code] ?? 0) + 1
          expect(openOf(problem, open, proof)).toBeGreaterThanOrEqual(proof.needed - proof.exist)
        }
      }),
      { numRuns: 150 },
    )
    expect(Object.keys(seen).toSorted()).toEqual(['day', 'horizon', 'moment', 'post'])
  }, 60_000)
})

/** How much of what the proof counts is open in the roster. */
function openOf(problem: RosterProblem, open: readonly OpenDemand[], proof: Shortage): number {
  let sum = 0
  for (const line of open) {
    const post = problem.posts.find(one => one.id === line.post)!
    const band = problem.patterns
      .find(one => one.id === post.pattern)!
      .bands.find(one => one.id === line.band)!
    const whole = proof.skill !== null && (post.requires ?? []).includes(proof.skill)
    if (line.skill !== (whole ? null : proof.skill)) continue
    const [from, until] = [line.day * 1440 + band.start, line.day * 1440 + band.end]
    const here = line.post === proof.post && line.band === proof.band && line.day === proof.day
    if (proof.code === 'post' && !here) continue
    if (proof.code === 'moment' && !(from <= proof.at! && proof.at! < until)) continue
    if (proof.code === 'day' && line.day !== proof.day) continue
    sum += line.missing * (proof.code === 'horizon' ? until - from : 1)
  }
  return sum
}
