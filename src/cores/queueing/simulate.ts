// A sampling site by the event: people come in groups, queue in one line and go to the first lane that is free. Seeded,
// so that the same site always says the same.
import { seededRandom } from '../roster/random.ts'
import type { Load } from './erlang.ts'

/** Groups of `size` make up this share of all groups; the shares add up to 1. */
export interface Group {
  size: number
  share: number
}
export const oneByOne: readonly Group[] = [{ size: 1, share: 1 }]
/** Households as they come to a site in a residential area, 1.75 people on average. */
export const families: readonly Group[] = [
  { size: 1, share: 0.5 },
  { size: 2, share: 0.3 },
  { size: 3, share: 0.15 },
  { size: 4, share: 0.05 },
]
/** Households, and now and then a bus of forty. */
export const familiesAndBuses: readonly Group[] = [
  ...families.map(group => ({ ...group, share: group.share * 0.98 })),
  { size: 40, share: 0.02 },
]

export interface Site extends Load {
  /** People who stand in the line at the beginning; then every lane is busy, too. */
  queue: number
  groups: readonly Group[]
}

export interface Course {
  /** Minutes that each run lasts. */
  minutes: number
  runs: number
  seed: number
  /** Minutes at which the line is looked at. */
  at: readonly number[]
  /** Waits count of people who come after so many minutes. */
  warmUp?: number
}

/** The mean of the runs with its standard error. */
export interface Estimate {
  mean: number
  error: number
}

export interface Simulated {
  /** Minutes that people waited. */
  wait: Estimate
  /** For each of `at`: minutes for somebody who joins the line then, and how many stand in it. */
  looks: { minute: number; wait: Estimate; queue: Estimate }[]
}

function estimate(values: readonly number[]): Estimate {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, error: n > 1 ? Math.sqrt(spread / (n - 1) / n) : Number.POSITIVE_INFINITY }
}

/** Minutes until the next event of a rate, by a number drawn from [0, 1). */
const exponential = (drawn: number, mean: number) => -Math.log(1 - drawn) * mean

function groupSize(groups: readonly Group[], drawn: number): number {
  let passed = 0
  for (const { size, share } of groups) {
    passed += share
    if (drawn < passed) return size
  }
  return groups.at(-1)?.size ?? 1
}

interface Run {
  wait: number
  waits: number[]
  queues: number[]
}

/**
 * One run. Who comes when, and how long each takes, is drawn by person and not by lane: with one lane more the same
 * people come, and nobody waits longer.
 */
function run(site: Site, course: Course, seed: number): Run {
  const { lanes, minutesPerPerson, arrivalsPerMinute, groups } = site
  const { minutes, at, warmUp = 0 } = course
  const coming = seededRandom(seed)
  const taking = seededRandom(seed ^ 0x2545f491)
  const busy = seededRandom(seed ^ 0x61c88647)
  const free = Array.from({ length: lanes }, () =>
    site.queue > 0 ? exponential(busy.next(), minutesPerPerson) : 0,
  )
  const looks = { waits: at.map(() => 0), queues: at.map(() => 0) }
  let [total, people, next] = [0, 0, 0]
  const firstFree = () => {
    let first = 0
    for (let lane = 1; lane < lanes; lane += 1) if ((free[lane] ?? 0) < (free[first] ?? 0)) first = lane
    return first
  }
  const join = (comes: number) => {
    const lane = firstFree()
    const begins = Math.max(comes, free[lane] ?? 0)
    free[lane] = begins + exponential(taking.next(), minutesPerPerson)
    for (const [n, minute] of at.entries()) {
      if (comes <= minute && begins > minute) looks.queues[n] = (looks.queues[n] ?? 0) + 1
    }
    if (comes < warmUp) return
    total += begins - comes
    people += 1
  }
  const lookUntil = (time: number) => {
    for (let minute = at[next]; minute !== undefined && minute < time; minute = at[next]) {
      looks.waits[next] = Math.max(0, (free[firstFree()] ?? 0) - minute)
      next += 1
    }
  }
  for (let person = 0; person < site.queue; person += 1) join(0)
  const meanSize = groups.reduce((sum, { size, share }) => sum + size * share, 0)
  const between = meanSize / arrivalsPerMinute
  for (let time = exponential(coming.next(), between); time < minutes; ) {
    lookUntil(time)
    for (let left = groupSize(groups, coming.next()); left > 0; left -= 1) join(time)
    time += exponential(coming.next(), between)
  }
  lookUntil(Number.POSITIVE_INFINITY)
  return { wait: people === 0 ? 0 : total / people, ...looks }
}

/** Runs the site as often as asked. `at` is in order; every lane is open; at least one. */
export function simulate(site: Site, course: Course): Simulated {
  const runs = Array.from({ length: course.runs }, (_, n) => run(site, course, course.seed + n * 7_919))
  return {
    wait: estimate(runs.map(one => one.wait)),
    looks: course.at.map((minute, n) => ({
      minute,
      wait: estimate(runs.map(one => one.waits[n] ?? 0)),
      queue: estimate(runs.map(one => one.queues[n] ?? 0)),
    })),
  }
}
