// What differs between two rosters of the same days, and why, as far as rules and open places tell. Pure.
import { openDemand, postOfCell, type Roster, bandsOfCell } from '../../cores/roster/index.ts'
import { addDays } from '../../kernel/time.ts'
import { weekdayOf } from '../posts/index.ts'
import { inWords } from './check.ts'
import type { DayChange } from './contracts.ts'
import { EditJudge } from './edit-judge.ts'
import { type Duty, type PlanCells, sameDuty } from './matrix.ts'
import { type BuiltProblem, cellFor } from './problem.ts'
import { isNight } from './rest.ts'

export type Pair = [number, number]
export interface Reason {
  kind: 'rule' | 'fillsOpen' | 'notNeeded'
  rule: string
  zh: string
  en: string
}
export interface ComparedDay {
  day: number
  kind: DayChange
  before: Duty | null
  after: Duty | null
  reason: Reason | null
}
export interface ComparedOfficer {
  officerId: string
  duties: Pair
  nights: Pair
  weekends: Pair
  minutes: Pair
  changes: ComparedDay[]
}
export interface Compared {
  officers: ComparedOfficer[]
  days: (Record<DayChange, number> & { duties: Pair; nights: Pair })[]
  same: number
  duties: Pair
}

/** What a duty counts for its officer; equal duties are looked into once. */
function worthOf({ inputs }: BuiltProblem): (duty: Duty) => { minutes: number; night: boolean } {
  const known = new Map<string, { minutes: number; night: boolean }>()
  return duty => {
    const key = `${duty.patternId} ${duty.bands.join('+')}`
    let worth = known.get(key)
    if (!worth) {
      const bands = inputs.patterns.get(duty.patternId)?.bands.filter(band => duty.bands.includes(band.key))
      worth = {
        minutes: (bands ?? []).reduce((sum, band) => sum + band.minutes, 0),
        night: (bands ?? []).some(band => isNight(inputs.agency.handOverMinute, band)),
      }
      known.set(key, worth)
    }
    return worth
  }
}

function kindOf(before: Duty | null, after: Duty | null): DayChange {
  if (!before) return 'gained'
  if (!after) return 'lost'
  return before.postId === after.postId ? 'retimed' : 'moved'
}

/** The problem must hold every post of both. Days are those of its span. */
export function compared(built: BuiltProblem, a: PlanCells, b: PlanCells): Compared {
  const { inputs } = built
  const worth = worthOf(built)
  const why = reasonsOf(built, a, b)
  const weekend = Array.from(
    { length: inputs.days },
    (_, day) => weekdayOf(addDays(inputs.fromDay, day)) >= 6,
  )
  const days: Compared['days'] = weekend.map(() => ({
    gained: 0,
    lost: 0,
    moved: 0,
    retimed: 0,
    duties: [0, 0],
    nights: [0, 0],
  }))
  const all: Compared = { officers: [], days, same: 0, duties: [0, 0] }
  for (const officerId of new Set([...a.officers(), ...b.officers()])) {
    const officer: ComparedOfficer = {
      officerId,
      duties: [0, 0],
      nights: [0, 0],
      weekends: [0, 0],
      minutes: [0, 0],
      changes: [],
    }
    days.forEach((ofDay, day) => {
      const both = [a.get(officerId, day), b.get(officerId, day)] as const
      both.forEach((duty, side) => {
        if (!duty) return
        const { minutes, night } = worth(duty)
        const at = side as 0 | 1
        officer.duties[at] += 1
        officer.minutes[at] += minutes
        officer.nights[at] += night ? 1 : 0
        officer.weekends[at] += weekend[day] ? 1 : 0
        ofDay.duties[at] += 1
        ofDay.nights[at] += night ? 1 : 0
        all.duties[at] += 1
      })
      const [before, after] = both
      if (sameDuty(before, after)) {
        if (before) all.same += 1
        return
      }
      const kind = kindOf(before, after)
      ofDay[kind] += 1
      officer.changes.push({ day, kind, before, after, reason: why(officerId, day, before, after) })
    })
    if (officer.changes.length > 0) all.officers.push(officer)
  }
  return all
}

const noRule = { rule: '', zh: '', en: '' }

type Why = (officerId: string, day: number, before: Duty | null, after: Duty | null) => Reason | null

/**
 * Why a day differs: first a rule that keeps the officer from what he had, judged in the second roster; then that
 * nobody is needed there any more; then that the place he goes to stood open in the first.
 */
function reasonsOf(built: BuiltProblem, a: PlanCells, b: PlanCells): Why {
  const [first, second] = [rosterOf(built, a), rosterOf(built, b)]
  const judge = new EditJudge(built, second)
  const open = new Set(
    openDemand(built.problem, first).map(line => `${line.post}\n${line.band}\n${line.day}`),
  )
  const needed = new Set(built.problem.demands.map(line => `${line.post}\n${line.band}\n${line.day}`))
  const places = (cell: number, day: number) => {
    const post = built.problem.posts[postOfCell(cell)]
    const pattern = built.problem.patterns.find(one => one.id === post?.pattern)
    return (pattern?.bands ?? [])
      .filter((_band, bit) => (bandsOfCell(cell) >> bit) & 1)
      .map(band => `${post?.id ?? ''}\n${band.id}\n${day}`)
  }
  return (officerId, day, before, after) => {
    // What has begun is what it was; neither need nor rule explains it any more.
    if ((day + 1) * 1440 <= built.nowMinute) return null
    const officer = built.officerAt.get(officerId)
    if (before && officer !== undefined) {
      const cell = cellFor(built, before)
      const [broken] = judge.newlyBroken([{ officer, day, cell }]).filter(one => one.rule !== 'RST13')
      if (broken) {
        const { rule, zh, en } = inWords(built, broken)
        return { kind: 'rule', rule, zh, en }
      }
      if (!places(cell, day).some(place => needed.has(place))) return { kind: 'notNeeded', ...noRule }
    }
    if (after && places(cellFor(built, after), day).some(place => open.has(place))) {
      return { kind: 'fillsOpen', ...noRule }
    }
    return null
  }
}

function rosterOf(built: BuiltProblem, cells: PlanCells): Roster {
  const { horizon, inputs } = built
  const found = new Int32Array(inputs.officers.length * horizon)
  inputs.officers.forEach(({ officerId }, o) => {
    for (let day = 0; day < inputs.days; day += 1) {
      found[o * horizon + day] = cellFor(built, cells.get(officerId, day))
    }
    // Behind the span both have what is published there.
    for (let day = inputs.days; day < horizon; day += 1) {
      found[o * horizon + day] = built.problem.previous?.cells[o * horizon + day] ?? 0
    }
  })
  return { days: horizon, cells: found }
}
