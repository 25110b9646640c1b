// Which rest is owed, worked out from what was worked. Nobody enters a debt: it arises when a shift began too soon after
// the one before, lasted too long, or left no day off, and it is gone when so much rest was had in one piece. Pure.
import { type RestCause, restCauses } from './contracts.ts'
import type { RestRules } from './rest.ts'
import type { WorkedBand } from './worked.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
/** Coming early and handing over take time; only what is more than this breaks a rule. */
export const slackMinutes = 30
/** Bands that follow each other within it are one shift, whatever they were. */
const breakMinutes = 60

export interface Shift {
  day: string
  from: number
  until: number
  workedMs: number
  night: boolean
  /** On standby or in the command post, where 24 hours are allowed. */
  longAllowed: boolean
  /** He is there still. */
  standing: boolean
}

export interface Known {
  isNight(patternId: string, band: string): boolean
  longAllowed(postId: string, patternId: string): boolean
}

/** Bands in order of coming. Two bands of one rostered duty are one shift, also with a break between them. */
export function shiftsOf(bands: readonly WorkedBand[], known: Known): Shift[] {
  const shifts: (Shift & { places: Set<string> })[] = []
  for (const one of bands) {
    const place = `${one.day} ${one.postId} ${one.patternId}`
    const last = shifts.at(-1)
    const shift =
      last && (one.from - last.until <= breakMinutes * minuteMs || last.places.has(place)) ? last : null
    const night = known.isNight(one.patternId, one.band)
    const longAllowed = known.longAllowed(one.postId, one.patternId)
    if (!shift) {
      shifts.push({
        ...{ day: one.day, from: one.from, until: one.until, workedMs: one.until - one.from },
        ...{ night, longAllowed, standing: one.standing, places: new Set([place]) },
      })
      continue
    }
    // At two posts at once he was there once.
    shift.workedMs += Math.max(0, one.until - Math.max(one.from, shift.until))
    shift.until = Math.max(shift.until, one.until)
    shift.night ||= night
    shift.longAllowed ||= longAllowed
    shift.standing ||= one.standing
    shift.places.add(place)
  }
  return shifts.map(({ places: _places, ...shift }) => shift)
}

/** A published duty that runs or is ahead. */
export interface Ahead {
  from: number
  until: number
}

export interface Debt {
  cause: RestCause
  /** With the cause it names the debt. */
  arisenAt: number
  owedMinutes: number
  /** What was, and what the rule asks for: minutes of rest or on duty, or days in a row. */
  was: number
  rule: number
  /** It is the duty ahead that would begin too soon. */
  ahead: boolean
  /** When the rest can begin: when he left, or when the duty that runs is over. */
  from: number
}

export interface DebtsAsk {
  shifts: readonly Shift[]
  ahead: readonly Ahead[]
  rules: RestRules
  now: number
}

type Arisen = Omit<Debt, 'from'> & { since: number }

/** At most one a cause: the earliest that is not settled, with the most that is owed. */
export function debtsOf({ shifts, ahead, rules, now }: DebtsAsk): Debt[] {
  const last = shifts.at(-1)
  if (!last) return []
  const runs = ahead.find(one => one.from <= now && now < one.until)
  const from = last.standing ? Math.max(runs?.until ?? now, now) : last.until
  const arisen = [
    ...tooLong(shifts, rules),
    ...tooSoon(shifts, rules),
    ...noDayOff(shifts, rules),
    ...soonAgain(last, ahead, rules, now),
  ].filter(one => !rested(shifts, one, now))
  const debts = new Map<RestCause, Debt>()
  for (const { since: _since, ...one } of arisen) {
    const known = debts.get(one.cause)
    if (!known) debts.set(one.cause, { ...one, from })
    else known.owedMinutes = Math.max(known.owedMinutes, one.owedMinutes)
  }
  return restCauses.flatMap(cause => debts.get(cause) ?? [])
}

function restAfter({ night, workedMs, longAllowed }: Shift, rules: RestRules): number {
  const long = longAllowed && workedMs > 720 * minuteMs
  return Math.max(
    rules.minRestMinutes,
    night ? rules.minRestAfterNightMinutes : 0,
    long ? rules.minRestAfterLongMinutes : 0,
  )
}

function tooLong(shifts: readonly Shift[], rules: RestRules): Arisen[] {
  const most = rules.maxDutyMinutes
  return shifts
    .filter(one => !one.longAllowed && one.workedMs > (most + slackMinutes) * minuteMs)
    .map(one => ({
      cause: 'long',
      arisenAt: one.from + most * minuteMs,
      since: one.until,
      owedMinutes: Math.max(rules.minRestAfterLongMinutes, rules.minRestMinutes),
      was: Math.round(one.workedMs / minuteMs),
      rule: most,
      ahead: false,
    }))
}

/** What was missed is had on top of the rest after the shift that came too soon. */
function tooSoon(shifts: readonly Shift[], rules: RestRules): Arisen[] {
  return shifts.flatMap((one, at): Arisen[] => {
    const before = shifts[at - 1]
    if (!before) return []
    const least = restAfter(before, rules)
    const had = Math.round((one.from - before.until) / minuteMs)
    if (had >= least - slackMinutes) return []
    const owedMinutes = restAfter(one, rules) + least - had
    const since = one.until
    return [{ cause: 'short', arisenAt: one.from, since, owedMinutes, was: had, rule: least, ahead: false }]
  })
}

/** He left so late that the next duty would begin too soon: it is owed before the rule is broken. */
function soonAgain(last: Shift, ahead: readonly Ahead[], rules: RestRules, now: number): Arisen[] {
  const next = ahead.filter(one => one.from > now).sort((a, b) => a.from - b.from)[0]
  if (!next || last.standing) return []
  const least = restAfter(last, rules)
  const left = Math.round((next.from - last.until) / minuteMs)
  if (left >= least - slackMinutes) return []
  const since = last.until
  return [{ cause: 'short', arisenAt: since, since, owedMinutes: least, was: left, rule: least, ahead: true }]
}

/** A day off is a day and a night in one piece: twenty-four hours and the rest of every day. */
function noDayOff(shifts: readonly Shift[], rules: RestRules): Arisen[] {
  const days = new Set(shifts.map(one => one.day))
  const most = 7 - rules.daysOffIn7
  return shifts.flatMap((one, at): Arisen[] => {
    if (shifts[at - 1]?.day === one.day) return []
    const week = Array.from({ length: 7 }, (_, back) => dayBefore(one.day, back))
    const worked = week.filter(day => days.has(day)).length
    if (worked <= most) return []
    const owedMinutes = 1440 * Math.max(1, rules.daysOffIn7) + rules.minRestMinutes
    return [
      {
        ...{ cause: 'noDayOff', arisenAt: one.from, since: one.until, owedMinutes },
        ...{ was: worked, rule: most, ahead: false },
      },
    ]
  })
}

const dayBefore = (day: string, back: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - back * dayMs).toISOString().slice(0, 10)

/** Whether so much rest was had in one piece since. */
function rested(shifts: readonly Shift[], { since, owedMinutes }: Arisen, now: number): boolean {
  const owed = owedMinutes * minuteMs
  return shifts.some((one, at) => {
    if (one.until < since) return false
    const next = shifts[at + 1]
    if (!next && one.standing) return false
    return (next?.from ?? now) - one.until >= owed
  })
}
