import type { ClosedLoopBlock, Demand, Officer, Post, RosterProblem, ShiftPattern } from './model.ts'
import { MINUTES_PER_DAY } from './model.ts'
import { type Random, seededRandom } from './random.ts'

export type TestProblemOptions = {
  seed: number
  officers?: number
  days?: number
  posts?: number
  samplingOfficers?: number
  samplingDays?: number
  hotels?: number
}

const hours = (h: number) => h * 60

export const TEST_PATTERNS: ShiftPattern[] = [
  {
    id: '3x8',
    pairing: 'none',
    bands: [
      { id: 'day', start: hours(0), end: hours(8), night: false },
      { id: 'evening', start: hours(8), end: hours(16), night: false },
      { id: 'night', start: hours(16), end: hours(24), night: true },
    ],
  },
  {
    id: '4x6',
    pairing: 'adjoining',
    bands: [
      { id: 'morning', start: hours(0), end: hours(6), night: false },
      { id: 'afternoon', start: hours(6), end: hours(12), night: false },
      { id: 'evening', start: hours(12), end: hours(18), night: false },
      { id: 'night', start: hours(18), end: hours(24), night: true },
    ],
  },
  { id: 'day-only', pairing: 'none', bands: [{ id: 'day', start: 0, end: hours(8), night: false }] },
]

/**
 * A bureau at the size of the work: by default 610 officers, 24 days, 60 posts in 3×8 and 4×6, sampling sites for
 * 275 officers on 16 days, closed-loop hotels. Duty days begin at 08:00. Made from the seed alone.
 */
export function testProblem(options: TestProblemOptions): RosterProblem {
  const random = seededRandom(options.seed)
  const days = options.days ?? 24
  const postCount = options.posts ?? 60
  const sampling = options.samplingOfficers ?? 275
  const hotelCount = options.hotels ?? 4
  const posts: Post[] = []
  const demands: Demand[] = []
  addPosts(posts, demands, postCount, days, random)
  addSampling(posts, demands, sampling, options.samplingDays ?? 16, days)
  const blocks = addHotels(posts, demands, hotelCount, days)
  const officers = Array.from({ length: options.officers ?? 610 }, (_, i) =>
    makeOfficer(i, days, posts, random),
  )
  const weekendDays = Array.from({ length: days }, (_, d) => d).filter(d => d % 7 >= 5)
  const skills = ['driver', 'leader', 'ppe', 'woman']
  return { days, patterns: TEST_PATTERNS, posts, demands, officers, skills, blocks, weekendDays }
}

function addPosts(posts: Post[], demands: Demand[], count: number, days: number, random: Random): void {
  for (let i = 0; i < count; i++) {
    const four = i % 4 === 3
    const id = `post-${i + 1}`
    posts.push({ id, pattern: four ? '4x6' : '3x8', unit: `unit-${i % 12}` })
    const pattern = TEST_PATTERNS[four ? 1 : 0]!
    const need = four ? 1 : 1 + (random.next() < 0.45 ? 1 : 0)
    const kind = random.below(5)
    for (let day = 0; day < days; day++) {
      for (const band of pattern.bands) {
        const minima = []
        if (kind === 0) minima.push({ skill: 'leader', need: 1 })
        if (kind === 1 && need > 1) minima.push({ skill: 'woman', need: 1 })
        if (kind === 2) minima.push({ skill: 'driver', need: 1 })
        if (kind === 3 && need > 1) minima.push({ skill: 'leader', need: 1 }, { skill: 'ppe', need: 1 })
        demands.push({ post: id, band: band.id, day, need, minima, priority: i < 10 ? 1.5 : 1 })
      }
    }
  }
}

/** Two sampling days of three, so that nobody's day off in seven stands against all of them. */
function addSampling(posts: Post[], demands: Demand[], people: number, most: number, days: number): void {
  const sites = Math.ceil(people / 4)
  for (let i = 0; i < sites; i++) {
    const id = `sampling-${i + 1}`
    posts.push({ id, pattern: 'day-only', heavy: 1, unit: `unit-${i % 12}` })
    const need = Math.min(4, people - i * 4)
    let left = most
    for (let day = 0; day < days && left > 0; day++) {
      if (day % 3 === 2) continue
      left--
      demands.push({
        post: id,
        band: 'day',
        day,
        need,
        minima: i % 3 === 0 ? [{ skill: 'leader', need: 1 }] : [],
      })
    }
  }
}

function addHotels(posts: Post[], demands: Demand[], count: number, days: number): ClosedLoopBlock[] {
  const blocks: ClosedLoopBlock[] = []
  for (let i = 0; i < count; i++) {
    const id = `hotel-${i + 1}`
    posts.push({ id, pattern: '3x8', requires: ['ppe'], heavy: 1 })
    for (let first = 0, n = 0; first < days; first += 8, n++) {
      const lastDay = Math.min(days - 1, first + 7)
      blocks.push({
        id: `${id}-block-${n + 1}`,
        post: id,
        firstDay: first,
        lastDay,
        restDays: 3,
        membersMost: 9,
      })
    }
    for (let day = 0; day < days; day++) {
      for (const band of ['day', 'evening', 'night']) {
        demands.push({ post: id, band, day, need: 2, minima: [{ skill: 'leader', need: 1 }] })
      }
    }
  }
  return blocks
}

function makeOfficer(i: number, days: number, posts: Post[], random: Random): Officer {
  const skills: string[] = []
  if (random.next() < 0.35) skills.push('leader')
  if (random.next() < 0.22) skills.push('woman')
  if (random.next() < 0.45) skills.push('ppe')
  if (random.next() < 0.6) skills.push('driver')
  const officer: Officer = { id: `officer-${i + 1}`, skills, unit: `unit-${i % 12}` }
  if (random.next() < 0.12) {
    const from = random.below(days)
    const until = from + 1 + random.below(5)
    officer.unavailable = [{ from: from * MINUTES_PER_DAY, until: until * MINUTES_PER_DAY }]
  }
  if (random.next() < 0.05) officer.noNight = true
  if (random.next() < 0.5) {
    const want = random.next() < 0.7 ? 'off' : 'day'
    officer.wishes = [{ day: random.below(days), want, weight: 10 }]
  }
  const worked = random.below(4)
  officer.history = {
    workRun: worked,
    nightRun: 0,
    minutesByDay: Array.from({ length: 6 }, (_, d) => (d >= 6 - worked ? 480 : 0)),
    lastEnd: worked > 0 ? -MINUTES_PER_DAY + 480 + random.below(3) * 480 - 480 : undefined,
  }
  if (posts.length > 0) officer.postCosts = { [posts[random.below(posts.length)]!.id]: 0 }
  return officer
}
