import type { Duties } from './compile-duties.ts'
import type { Officer, RosterProblem, RosterRules } from './model.ts'
import { UNLIMITED } from './model.ts'
import { type RowLimits, RowRules } from './row-rules.ts'

/** What the rules allow one officer, and where his row stands before the first day. */
export type OfficerLimits = {
  maxMinutes: number
  max7: number
  maxNights: number
  maxRun: number
  lastFree: number
  run: number
  nights: number
  minutesByDay: number[]
  block: number
  ledgerNights: number
  ledgerWeekends: number
  ledgerHeavy: number
  ledgerMinutes: number
  minMinutes: number
  minRun: number
  minOff: number
  maxWeekends: number
  /** most duties by post, UNLIMITED where they are not counted; null when nowhere */
  mostOf: Int32Array | null
  /** a day off is not always there for the taking: some rule asks for duties */
  floors: boolean
  rules: RowRules
  /** state of the rules before day 0 */
  start: number
}

export function limitsOf(officer: Officer, problem: RosterProblem, rules: RosterRules, rows: Rows) {
  const h = officer.history ?? {}
  const byDay = (h.minutesByDay ?? []).slice(-6)
  while (byDay.length < 6) byDay.unshift(0)
  let run = 0
  while (run < 6 && byDay[5 - run]! > 0) run++
  const block = (problem.blocks ?? []).findIndex(b => b.id === h.block)
  const limits = {
    maxMinutes: officer.maxMinutes ?? rules.maxMinutes,
    max7: officer.maxMinutesIn7Days ?? rules.maxMinutesIn7Days,
    maxNights: officer.maxNightsInRow ?? rules.maxNightsInRow,
    maxRun: officer.maxWorkDaysInRow ?? rules.maxWorkDaysInRow,
    lastFree: h.lastEnd === undefined ? -UNLIMITED : h.lastEnd + (h.restAfter ?? rules.minRestMinutes),
    run: Math.max(run, h.workRun ?? 0),
    nights: h.nightRun ?? 0,
    minutesByDay: byDay,
    block: block + 1,
    ledgerNights: h.ledger?.nights ?? 0,
    ledgerWeekends: h.ledger?.weekends ?? 0,
    ledgerHeavy: h.ledger?.heavy ?? 0,
    ledgerMinutes: h.ledger?.minutes ?? 0,
    minMinutes: officer.minMinutes ?? 0,
    minRun: officer.minWorkDaysInRow ?? 1,
    minOff: officer.minDaysOffInRow ?? 1,
    maxWeekends: officer.maxWeekends ?? UNLIMITED,
    mostOf: mostOf(officer, problem),
  }
  const row = rows(limits)
  return {
    ...limits,
    floors: limits.minMinutes > 0 || limits.minRun > 1 || limits.minOff > 1,
    rules: row,
    start: row.begin({ run: limits.run, nights: limits.nights, free: limits.lastFree }),
  }
}

function mostOf({ mostAt }: Officer, { posts }: RosterProblem): Int32Array | null {
  return mostAt === undefined ? null : Int32Array.from(posts, post => mostAt[post.id] ?? UNLIMITED)
}

type Rows = (limits: RowLimits) => RowRules

/** One machine for all officers with the same limits. */
export function rowRules(duties: Duties): Rows {
  const known = new Map<string, RowRules>()
  return ({ maxRun, minRun, minOff, maxNights }) => {
    const key = [maxRun, minRun, minOff, maxNights].join()
    const row = known.get(key) ?? new RowRules({ maxRun, minRun, minOff, maxNights }, duties)
    known.set(key, row)
    return row
  }
}

/**
 * The ledger counted from the least of the pool. Costs are squares, so what everybody has alike says nothing of
 * fairness and only makes each further duty dearer: left in, ninety days of it would be told as the cost of a plan.
 */
export function fromLeast(limits: OfficerLimits[]): OfficerLimits[] {
  const least = (value: (one: OfficerLimits) => number) =>
    limits.reduce((all, one) => Math.min(all, value(one)), Number.POSITIVE_INFINITY)
  const nights = least(one => one.ledgerNights)
  const weekends = least(one => one.ledgerWeekends)
  const heavy = least(one => one.ledgerHeavy)
  const minutes = least(one => one.ledgerMinutes)
  return limits.map(one => ({
    ...one,
    ledgerNights: one.ledgerNights - nights,
    ledgerWeekends: one.ledgerWeekends - weekends,
    ledgerHeavy: one.ledgerHeavy - heavy,
    ledgerMinutes: one.ledgerMinutes - minutes,
  }))
}
