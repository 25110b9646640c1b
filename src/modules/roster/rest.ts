// The rules of rest in force, and what they call a night.
import type { z } from 'zod'
import type { RosterRules } from '../../cores/roster/index.ts'
import { restRules } from './contracts.ts'
import type { RosterDb } from './published.ts'

export type RestRules = z.output<typeof restRules>
export const defaultRules: RestRules = restRules.parse({})

/** The newest set that begins on or before the day; without one, what the house starts with. */
export async function rulesOn(
  db: RosterDb,
  agencyId: string,
  day: string,
): Promise<{ ruleSet: number; beginsOn: string | null; rules: RestRules }> {
  const row = await db
    .selectFrom('rest_rule')
    .select(['rule_set', 'begins_on', 'rules'])
    .where('agency_id', '=', agencyId)
    .where('begins_on', '<=', day)
    .orderBy('rule_set', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return { ruleSet: 0, beginsOn: null, rules: defaultRules }
  return { ruleSet: row.rule_set, beginsOn: row.begins_on, rules: restRules.parse(row.rules) }
}

/** What the solver and the validator take; the cap over 30 days is each officer's own, less what he has worked. */
export function solverRules(rules: RestRules): Partial<RosterRules> {
  const { maxMinutesIn30Days, closedLoopDays: _days, closedLoopRestDays: _rest, ...others } = rules
  return { ...others, maxMinutes: maxMinutesIn30Days }
}

const nightFrom = 22 * 60
const nightUntil = 30 * 60
const nightLeast = 3 * 60

/** Whether at least three hours of a band lie between 22:00 and 06:00 by the clock of the place. */
export function isNight(handOverMinute: number, band: { from: number; minutes: number }): boolean {
  const from = (handOverMinute + band.from) % 1440
  const until = from + band.minutes
  let inside = 0
  for (const shift of [-1440, 0, 1440]) {
    inside += Math.max(0, Math.min(until, nightUntil + shift) - Math.max(from, nightFrom + shift))
  }
  return inside >= nightLeast
}
