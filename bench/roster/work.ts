// Rosters at the size of the work: a bureau for 24 days, a city for a month, and twenty people lost.
import {
  DEFAULT_RULES,
  type RosterProblem,
  solve,
  validate,
  whoElse,
  whyOpen,
} from '../../src/cores/roster/index.ts'
import { testProblem } from '../../src/cores/roster/test-problem.ts'
import { type BenchOptions, median, type Row, rounded } from '../bench.ts'

const now = () => performance.now()
const horizon = { lostFrom: 8, lostUntil: 22 }

export async function rows({ quick, say }: BenchOptions): Promise<Row[]> {
  const seeds = Array.from({ length: quick ? 3 : 10 }, (_, n) => n + 1)
  const found = seeds.map(seed => {
    say(`roster: 610 × 24, seed ${seed} of ${seeds.length}`)
    const problem = testProblem({ seed })
    const first = solve(problem, { seed, seconds: 30, now, stopWhenCovered: true })
    const judged = validate(problem, first)
    return { problem, first, open: judged.open.length, broken: judged.breaches.length }
  })
  const most = (of: (one: (typeof found)[number]) => number) => Math.max(...found.map(of))
  const better = found.map(({ problem, first }, n) => {
    say(`roster: a published roster, seed ${n + 1}`)
    return { problem, cells: solve(problem, { seed: n + 1, seconds: quick ? 2 : 4, now }).cells, first }
  })
  return [
    { name: '610x24 seconds', value: rounded(median(found.map(one => one.first.seconds))), unit: 's' },
    { name: '610x24 open', value: most(one => one.open), unit: 'places' },
    { name: '610x24 broken', value: most(one => one.broken), unit: 'breaches' },
    ...replans(better, say),
    ...explaining(better[0]!),
    ...city(say),
  ]
}

interface Published {
  problem: RosterProblem
  cells: Int32Array
}

/** Twenty officers fall out for fourteen days; what is past or begins within 24 hours stays. */
function replan({ problem, cells: published }: Published, seed: number) {
  const { days } = problem
  const { lostFrom, lostUntil } = horizon
  const later = structuredClone(problem)
  later.previous = { cells: published }
  later.frozenUntil = lostFrom * 1440
  const lost = new Set(Array.from({ length: 20 }, (_, i) => (i * 29 + 7) % problem.officers.length))
  let shifts = 0
  for (const o of lost) {
    const officer = later.officers[o]!
    officer.unavailable = [...(officer.unavailable ?? []), { from: lostFrom * 1440, until: lostUntil * 1440 }]
    for (let d = lostFrom; d < lostUntil; d++) if (published[o * days + d]! > 0) shifts++
  }
  const result = solve(later, { seed, seconds: 10, now, stopWhenCovered: true })
  const judged = validate(later, result)
  let past = 0
  let others = 0
  result.cells.forEach((cell, at) => {
    if (cell === published[at]) return
    if (at % days < lostFrom) past++
    if (!lost.has(Math.floor(at / days))) others++
  })
  const broken = judged.breaches.filter(breach => !breach.fixed).length
  return { seconds: result.seconds, shifts, others, past, open: judged.open.length, broken }
}

function replans(all: readonly Published[], say: (line: string) => void): Row[] {
  const found = all.map((one, n) => {
    say(`roster: twenty people lost, seed ${n + 1} of ${all.length}`)
    return replan(one, n + 1)
  })
  const most = (of: (one: (typeof found)[number]) => number) => Math.max(...found.map(of))
  const perShift = median(found.map(one => one.others / Math.max(1, one.shifts)))
  return [
    { name: 'replan seconds', value: rounded(median(found.map(one => one.seconds))), unit: 's' },
    { name: 'replan seconds, longest', value: rounded(most(one => one.seconds)), unit: 's' },
    { name: 'replan open', value: most(one => one.open), unit: 'places' },
    { name: 'replan broken', value: most(one => one.broken), unit: 'breaches' },
    { name: 'replan changed cells of others per lost shift', value: rounded(perShift), unit: 'cells' },
    { name: 'replan cells changed that were past', value: most(one => one.past), unit: 'cells' },
  ]
}

function explaining({ problem, cells }: Published): Row[] {
  const roster = { days: problem.days, cells }
  const seat = { post: 'post-1', band: 'night', day: 9, skill: 'leader' }
  const asked = {
    'who else could': () => whoElse(problem, roster, seat),
    'why open': () => whyOpen(problem, roster, { ...seat, missing: 1 }),
    'validator over the whole roster': () => validate(problem, roster),
  }
  return Object.entries(asked).map(([name, ask]) => {
    const times = Array.from({ length: 9 }, () => {
      const began = now()
      ask()
      return now() - began
    })
    return { name: `610x24 ${name}, p50`, value: rounded(median(times)), unit: 'ms' }
  })
}

/** A city whose posts ask for 94 % of the minutes that its people may work in the month; the bureau above for 85 to 90 %. */
function city(say: (line: string) => void): Row[] {
  say('roster: 3,000 × 31')
  const problem = testProblem({
    seed: 1,
    officers: 3_000,
    days: 31,
    posts: 270,
    samplingOfficers: 1_250,
    hotels: 16,
  })
  const result = solve(problem, { seed: 1, seconds: 60, now, stopWhenCovered: true })
  const { open, breaches } = validate(problem, result)
  return [
    { name: '3000x31 seconds', value: rounded(result.seconds), unit: 's' },
    { name: '3000x31 open', value: open.length, unit: 'places' },
    { name: '3000x31 broken', value: breaches.length, unit: 'breaches' },
    { name: '3000x31 minutes asked of those allowed', value: rounded(askedShare(problem)), unit: '%' },
    { name: '3000x31 memory of the process', value: Math.round(process.memoryUsage().rss / 1e6), unit: 'MB' },
  ]
}

function askedShare({ patterns, posts, demands, officers }: RosterProblem): number {
  const bands = new Map(
    patterns.map(({ id, bands }) => [id, new Map(bands.map(b => [b.id, b.end - b.start]))]),
  )
  const patternOf = new Map(posts.map(post => [post.id, post.pattern]))
  const minutes = demands.reduce(
    (sum, { post, band, need }) => sum + need * bands.get(patternOf.get(post)!)!.get(band)!,
    0,
  )
  return (100 * minutes) / (officers.length * DEFAULT_RULES.maxMinutes)
}
