// How sleepy a roster makes, for whoever plans it. Worked out when it is asked for and kept nowhere: it is advice on a
// plan and says nothing of a person.
import { type AssumedDuty, type ScoredDuty, scoreDuties, sleepy } from '../../cores/fatigue/index.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { addDays } from '../../kernel/time.ts'
import type { planFatigue } from './contracts.ts'
import { publishedDays } from './inputs.ts'
import type { Duty } from './matrix.ts'
import { type BuiltProblem, dutyOf, hasBegun } from './problem.ts'

const day1440 = 1440
/** Duty days before a duty that still tell in it, and behind it that decide when he sleeps. */
const before = 7
const behind = 2

export interface FatigueAdvice {
  peak: number
  at: string
  sleepyMinutes: number
}

/** One row of a roster as the model takes it, in minutes from the midnight of day 0. */
class Row {
  private readonly duties: (AssumedDuty & { day: number })[] = []
  private readonly built: BuiltProblem

  constructor(built: BuiltProblem, dutyAt: (day: number) => Duty | null, fromDay: number, untilDay: number) {
    this.built = built
    for (let day = fromDay; day <= untilDay; day += 1) {
      const duty = dutyAt(day)
      const times = duty && timesOf(built, duty)
      if (!times) continue
      const zero = day * day1440 + built.inputs.agency.handOverMinute
      this.duties.push({ ...times, from: zero + times.from, until: zero + times.until, day })
    }
  }
  /** Day of the span → score. */
  scored(): Map<number, ScoredDuty> {
    const scores = scoreDuties(this.duties)
    return new Map(this.duties.flatMap(({ day }, at) => (scores[at] ? [[day, scores[at]]] : [])))
  }
  adviceOn(day: number): FatigueAdvice | null {
    const score = this.scored().get(day)
    return score ? adviceOf(this.built, score) : null
  }
}

/** Minutes after the hand-over hour. On a standby of 24 hours one may lie down. */
function timesOf({ inputs }: BuiltProblem, duty: Duty): AssumedDuty | null {
  const pattern = inputs.patterns.get(duty.patternId)
  const bands = (pattern?.bands ?? []).filter(band => duty.bands.includes(band.key))
  if (bands.length === 0) return null
  return {
    from: Math.min(...bands.map(band => band.from)),
    until: Math.max(...bands.map(band => band.from + band.minutes)),
    mayLieDown: pattern?.kind === 'standby24',
  }
}

const instantOf = ({ inputs }: BuiltProblem, minute: number) =>
  new Date(inputs.beginsMs + (minute - inputs.agency.handOverMinute) * 60_000).toISOString()
const tenths = (value: number) => Math.round(value * 10) / 10

function adviceOf(built: BuiltProblem, score: ScoredDuty): FatigueAdvice {
  return {
    peak: tenths(score.peak),
    at: instantOf(built, score.peakAt),
    sleepyMinutes: score.sleepyMinutes,
  }
}

function dutiesAt(built: BuiltProblem, cells: Int32Array, officer: number): (day: number) => Duty | null {
  const published = publishedDays(built.inputs, built.inputs.officers[officer]?.officerId ?? '')
  return day => (day < 0 ? published(day) : dutyOf(built, cells[officer * built.horizon + day] ?? 0))
}

/** The duty of an officer on a day; `instead` is what he would do that day. Null: he has none. */
export function adviceAt(
  built: BuiltProblem,
  cells: Int32Array,
  place: { officer: number; day: number; instead?: number },
): FatigueAdvice | null {
  const { officer, day, instead } = place
  const asIs = dutiesAt(built, cells, officer)
  const dutyAt = (at: number) => (at === day && instead !== undefined ? dutyOf(built, instead) : asIs(at))
  const last = Math.min(day + behind, built.horizon - 1)
  return new Row(built, dutyAt, day - before, last).adviceOn(day)
}

const rowsMost = 20

/** The places of a plan that tire most, without the names of those who stand there. What has begun is let be. */
export function fatigueOfPlan(built: BuiltProblem, cells: Int32Array): OutputOf<typeof planFatigue> {
  const { inputs } = built
  const places = new Map<string, { day: number; duty: Duty; heads: number; worst: ScoredDuty }>()
  let [duties, over] = [0, 0]
  inputs.officers.forEach((_one, officer) => {
    const dutyAt = dutiesAt(built, cells, officer)
    for (const [day, score] of new Row(built, dutyAt, -before, built.horizon - 1).scored()) {
      const duty = day >= 0 && day < inputs.days ? dutyAt(day) : null
      if (!duty || hasBegun(built, day, null, duty)) continue
      duties += 1
      if (score.peak < sleepy) continue
      over += 1
      const key = `${day} ${duty.postId} ${duty.patternId} ${duty.bands.join('+')}`
      const place = places.get(key) ?? { day, duty, heads: 0, worst: score }
      place.heads += 1
      if (score.peak > place.worst.peak) place.worst = score
      places.set(key, place)
    }
  })
  const worst = [...places].sort(([a, one], [b, other]) => {
    const peaks = tenths(other.worst.peak) - tenths(one.worst.peak)
    return peaks || other.worst.sleepyMinutes - one.worst.sleepyMinutes || (a < b ? -1 : 1)
  })
  return {
    duties,
    sleepy: over,
    places: places.size,
    rows: worst.slice(0, rowsMost).map(([, { day, duty, heads, worst: score }]) => ({
      day: addDays(inputs.fromDay, day),
      postId: duty.postId,
      postName: inputs.posts.get(duty.postId)?.name ?? '',
      patternId: duty.patternId,
      bands: (inputs.patterns.get(duty.patternId)?.bands ?? [])
        .filter(band => duty.bands.includes(band.key))
        .map(({ key, zh, en }) => ({ key, zh, en })),
      begins: instantOf(built, score.from),
      ends: instantOf(built, score.until),
      heads,
      ...adviceOf(built, score),
    })),
  }
}
