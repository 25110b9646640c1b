import fc from 'fast-check'
import { cellOf, type RosterProblem, type ShiftPattern } from './model.ts'
import { testProblem } from './test-problem.ts'

const EXTRA_PATTERNS: ShiftPattern[] = [
  { id: '24h', pairing: 'none', bands: [{ id: 'whole', start: 30, end: 1470, night: true }] },
  {
    id: '4x6-pairs',
    pairing: 'adjoining',
    singles: false,
    bands: [
      { id: 'a', start: 0, end: 360, night: false },
      { id: 'b', start: 360, end: 720, night: false },
      { id: 'c', start: 720, end: 1080, night: true },
      { id: 'd', start: 1080, end: 1440, night: true },
    ],
  },
  {
    id: 'broken',
    pairing: 'any',
    bands: [
      { id: 'early', start: 60, end: 300, night: false },
      { id: 'late', start: 540, end: 780, night: false },
      { id: 'small-hours', start: 1200, end: 1620, night: true },
    ],
  },
]

const scope = fc.record({
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  officers: fc.integer({ min: 1, max: 20 }),
  days: fc.integer({ min: 1, max: 16 }),
  posts: fc.integer({ min: 0, max: 4 }),
  samplingOfficers: fc.integer({ min: 0, max: 6 }),
  hotels: fc.integer({ min: 0, max: 2 }),
  membersMost: fc.integer({ min: 0, max: 6 }),
  narrow: fc.integer({ min: 1, max: 9 }),
  extra: fc.subarray(EXTRA_PATTERNS),
  rules: fc.record({
    maxNightsInRow: fc.integer({ min: 0, max: 5 }),
    maxWorkDaysInRow: fc.integer({ min: 1, max: 8 }),
    daysOffIn7: fc.integer({ min: 0, max: 3 }),
    maxMinutes: fc.constantFrom(480, 2400, 9600),
    maxMinutesIn7Days: fc.constantFrom(960, 2400, 3600),
    minRestMinutes: fc.constantFrom(480, 660),
    minRestAfterNightMinutes: fc.constantFrom(660, 1440, 2880),
  }),
  locks: fc.array(fc.tuple(fc.nat(23), fc.nat(15), fc.nat(8), fc.boolean()), { maxLength: 6 }),
  odd: fc.array(fc.tuple(fc.nat(23), fc.nat(6), fc.nat(15)), { maxLength: 8 }),
})

type Scope = typeof scope extends fc.Arbitrary<infer T> ? T : never

function build(r: Scope): RosterProblem {
  const problem: RosterProblem = { ...testProblem(r), rules: r.rules }
  problem.patterns = [...problem.patterns, ...r.extra]
  for (const pattern of r.extra) {
    problem.posts.push({
      id: `at-${pattern.id}`,
      pattern: pattern.id,
      kind: pattern.id === '24h' ? 'dutyLeader' : 'post',
    })
    for (let day = 0; day < r.days; day++) {
      for (const band of pattern.bands)
        problem.demands.push({ post: `at-${pattern.id}`, band: band.id, day, need: 1 })
    }
  }
  problem.blocks = problem.blocks?.map(b => ({ ...b, membersMost: r.membersMost }))
  problem.officers.forEach((officer, o) => {
    if (o % r.narrow === 1) officer.posts = problem.posts.filter((_, i) => i % 2 === o % 2).map(p => p.id)
  })
  for (const [o, kind, day] of r.odd) makeOdd(problem, o % problem.officers.length, kind, day % r.days)
  for (const [o, day, post, off] of r.locks) {
    const officer = problem.officers[o % problem.officers.length]!
    if (problem.posts.length === 0 || officer.fixed?.some(f => f.day === day % r.days)) continue
    const cell = off ? 0 : cellOf(post % problem.posts.length, 1)
    officer.fixed = [...(officer.fixed ?? []), { day: day % r.days, cell }]
  }
  return problem
}

/** Gives an officer one of the things that make him a special case. */
function makeOdd(problem: RosterProblem, o: number, kind: number, day: number): void {
  const officer = problem.officers[o]!
  if (kind === 0) officer.skillEnds = { leader: day, ppe: day - 1 }
  if (kind === 1) officer.maxNightsInRow = day % 3
  if (kind === 2) officer.maxMinutes = day * 480
  if (kind === 3) officer.posts = problem.posts.slice(0, 2).map(p => p.id)
  if (kind === 4) officer.unavailable = [{ from: day * 1440 - 300, until: day * 1440 + 300 }]
  if (kind === 5)
    officer.history = { lastEnd: 200, restAfter: 1440, workRun: 5, nightRun: 2, minutesByDay: [480, 0, 720] }
  if (kind === 6 && problem.blocks?.[0]) officer.history = { block: problem.blocks[0].id, workRun: 2 }
}

/** Small bureaus of every kind: too few people, locked cells, tight rules, hotels, leave, histories. */
export const smallProblem: fc.Arbitrary<RosterProblem> = scope.map(build)

/** Without locked cells, and with people of whom least days in a row, most weekends and most duties at a post are asked. */
export const askingProblem: fc.Arbitrary<RosterProblem> = fc
  .tuple(scope, fc.array(fc.nat(3), { minLength: 24, maxLength: 24 }), fc.boolean())
  .map(([r, kinds, barred]) => {
    const problem = build({ ...r, locks: [], hotels: 0 })
    problem.officers.forEach((officer, o) => {
      const kind = kinds[o % kinds.length]!
      delete officer.history
      officer.minWorkDaysInRow = 1 + (kind % 3)
      officer.minDaysOffInRow = 1 + ((kind + o) % 3)
      officer.maxWeekends = kind
      officer.mostAt = Object.fromEntries(problem.posts.slice(0, kind).map((post, n) => [post.id, n + kind]))
    })
    const [first, second] = problem.posts
    if (barred && first && second) first.notFollowedBy = [second.id]
    return problem
  })

/** The same with a published roster of any quality and a moment up to which it is past. */
export const publishedProblem: fc.Arbitrary<RosterProblem> = fc
  .tuple(scope, fc.integer({ min: -100, max: 16 * 1440 }), fc.infiniteStream(fc.nat(10_000)))
  .map(([r, frozen, stream]) => {
    const problem = build({ ...r, locks: [] })
    const next = () => stream.next().value as number
    const cells = new Int32Array(problem.officers.length * problem.days)
    for (let i = 0; i < cells.length && problem.posts.length > 0; i++) {
      const n = next()
      if (n % 2 === 0) continue
      const post = n % problem.posts.length
      const pattern = problem.patterns.find(p => p.id === problem.posts[post]!.pattern)!
      cells[i] = cellOf(post, 1 << (next() % pattern.bands.length))
    }
    problem.previous = { cells }
    problem.frozenUntil = frozen
    return problem
  })
