// Which published duties a rule forbids by now, and who takes them so that every one of them is legal beside the others.
import type { Kysely } from 'kysely'
import type { Breach } from '../../cores/roster/index.ts'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { breachesOf, effective, inWords } from './check.ts'
import { publishedAt, readInputs, type RosterInputs } from './inputs.ts'
import { PlanCells } from './matrix.ts'
import { type BrokenRule, type Handed, judgeHanded, type MovesBook, type Taker } from './moves.ts'
import { type BuiltProblem, buildProblem } from './problem.ts'
import { type PublishedDuty, publishedDuties, type RosterDb } from './published.ts'

/** Duty days from today on that are looked through. */
export const breakDays = 14

/** What of the published roster breaks a rule that somebody could still keep. */
export async function publishedBreaches(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  operationId: string,
  now: string,
  days: number,
): Promise<{ inputs: RosterInputs; built: BuiltProblem; breaches: Breach[] }> {
  const today = dutyDayOf(agency, now)
  const inputs = await readInputs(db, agency, operationId, today, addDays(today, days - 1), now)
  const cells = new PlanCells(inputs.days)
  for (const { officerId } of inputs.officers) {
    for (let day = 0; day < inputs.days; day += 1)
      cells.set(officerId, day, publishedAt(inputs, officerId, day))
  }
  const built = buildProblem(inputs, { cells })
  return { inputs, built, breaches: breachesOf(built, effective(built, cells).roster) }
}

export interface Break {
  duty: PublishedDuty
  broken: BrokenRule
}

/** Each duty once, with the first rule that forbids it, what begins soonest first. */
export async function breaksOf(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  operationId: string,
  now: string,
): Promise<Break[]> {
  const today = dutyDayOf(agency, now)
  const { built, breaches } = await publishedBreaches(db, agency, operationId, now, breakDays)
  if (breaches.length === 0) return []
  const rows = await publishedDuties(
    db as unknown as RosterDb,
    agency.agencyId,
    operationId,
    today,
    addDays(today, breakDays - 1),
  )
  const ahead = Map.groupBy(
    rows.filter(row => row.begins > now),
    row => row.officerId,
  )
  const found = new Map<string, Break>()
  for (const breach of breaches) {
    const { rule, officerId, name, day, zh, en } = inWords(built, breach)
    // A sum over days is told on one of them; what can still be given away is the last duty up to it, or the next.
    const own = ahead.get(officerId) ?? []
    const duty = own.findLast(row => row.day <= day) ?? own[0]
    if (!duty || found.has(duty.assignmentId)) continue
    found.set(duty.assignmentId, { duty, broken: { rule, officerId, name, day, zh, en } })
  }
  return [...found.values()].sort(
    (a, b) =>
      (a.duty.begins < b.duty.begins ? -1 : a.duty.begins > b.duty.begins ? 1 : 0) ||
      (a.duty.assignmentId < b.duty.assignmentId ? -1 : 1),
  )
}

export const handedOf = (
  { officerId, day, postId, patternId, bands }: PublishedDuty,
  to: string,
): Handed => ({
  from: officerId,
  to,
  day,
  duty: { postId, patternId, bands },
})

/** Looks so many times at most whether one more may be taken; a dozen duties need a few hundred looks. */
const looksMost = 2_000

/**
 * Who takes which, so that all are legal together: each its best that still may, and where one would be left over, the
 * choices before it are gone through again. The most that was found within the looks.
 */
export function takenTogether(
  book: MovesBook,
  all: readonly { duty: PublishedDuty; takers: readonly Taker[] }[],
): (Taker | null)[] {
  let looks = 0
  let best: (Taker | null)[] = all.map(() => null)
  let most = 0
  const chosen: (Taker | null)[] = []
  const handed: Handed[] = []
  const goOn = (at: number, taken: number): boolean => {
    if (taken > most) {
      most = taken
      best = all.map((_one, n) => (n < at ? (chosen[n] ?? null) : null))
    }
    const one = all[at]
    if (!one) return taken === all.length
    // Nothing better can come of this.
    if (taken + all.length - at <= most) return false
    for (const taker of one.takers) {
      looks += 1
      if (looks > looksMost) return true
      const next = handedOf(one.duty, taker.officerId)
      if (judgeHanded(book, [...handed, next]).broken.length > 0) continue
      chosen[at] = taker
      handed.push(next)
      const done = goOn(at + 1, taken + 1)
      handed.pop()
      if (done) return true
    }
    chosen[at] = null
    return goOn(at + 1, taken)
  }
  goOn(0, 0)
  return best
}
