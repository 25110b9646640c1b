/** Sleepiness over the duties of one row of a roster. It scores rosters, not people: advice for whoever plans. */
import { asleepFor, awakeFor, restedAtWaking, sleepiness, sleepy } from './alertness.ts'
import { type AssumedDuty, assumedSleep, type Stretch } from './sleep.ts'

export interface ScoredDuty {
  from: number
  until: number
  /** The highest value while he is awake on duty, and when. */
  peak: number
  peakAt: number
  /** Minutes at 7 or more. */
  sleepyMinutes: number
}

const day = 1440
/** How finely a duty is looked at. A value moves by 0.1 in it at most, once the first hour awake is over. */
const step = 10
/** Days of ordinary nights before the first duty, so that the start does not matter. */
const leadIn = 2

/**
 * Duties in minutes from the midnight of day 0, half-open, in any order; the answer is in the order given. What is
 * before the duties is taken as ordinary nights, so history should come along. A duty of no length has no score of
 * its own and is judged at its only moment.
 */
export function scoreDuties(duties: readonly AssumedDuty[]): ScoredDuty[] {
  if (duties.length === 0) return []
  for (const { from, until } of duties) {
    if (!Number.isFinite(from) || !Number.isFinite(until) || until < from) {
      throw new RangeError(`a duty from ${from} until ${until}`)
    }
  }
  const order = duties.map((duty, at) => ({ duty, at })).sort((a, b) => a.duty.from - b.duty.from)
  const sorted = order.map(one => one.duty)
  const firstDay = Math.floor((sorted[0]?.from ?? 0) / day) - leadIn
  const lastDay = Math.floor(Math.max(...sorted.map(one => one.until)) / day)
  const waking = wakings(assumedSleep(sorted, firstDay, lastDay), firstDay)
  const scored = new Array<ScoredDuty>(duties.length)
  for (const { duty, at } of order) scored[at] = scoreOne(duty, waking)
  return scored
}

/** A stretch awake: from when, and how rested he woke. */
interface Waking {
  from: number
  until: number
  level: number
}

function wakings(sleep: readonly Stretch[], firstDay: number): Waking[] {
  const found: Waking[] = []
  let awake: Waking = { from: firstDay * day + 7 * 60, until: Infinity, level: restedAtWaking }
  for (const { from, until } of sleep) {
    if (from < awake.from) continue
    awake.until = from
    found.push(awake)
    const tired = awakeFor(awake.level, (from - awake.from) / 60)
    awake = { from: until, until: Infinity, level: asleepFor(tired, (until - from) / 60) }
  }
  found.push(awake)
  return found
}

function scoreOne({ from, until }: Stretch, waking: readonly Waking[]): ScoredDuty {
  const scored: ScoredDuty = { from, until, peak: 0, peakAt: from, sleepyMinutes: 0 }
  let at = 0
  for (let minute = from; minute < until || minute === from; minute += step) {
    while (at + 1 < waking.length && (waking[at + 1]?.from ?? Infinity) <= minute) at += 1
    const awake = waking[at]
    if (!awake || minute >= awake.until) continue
    const value = sleepiness({
      atWaking: awake.level,
      hoursAwake: (minute - awake.from) / 60,
      clock: (((minute % day) + day) % day) / 60,
    })
    if (value > scored.peak) [scored.peak, scored.peakAt] = [value, minute]
    if (value >= sleepy) scored.sleepyMinutes += Math.min(step, until - minute)
  }
  return scored
}
