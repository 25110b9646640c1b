// The settings of check-in in force.
import type { z } from 'zod'
import { ruleFields } from './contracts.ts'
import type { AttendanceDb } from './seats.ts'

export type AttendanceRules = z.output<typeof ruleFields>
export const defaultRules: AttendanceRules = ruleFields.parse({})

/** The newest set; without one, what the house starts with. */
export async function rulesNow(
  db: AttendanceDb,
  agencyId: string,
): Promise<{ ruleSet: number; rules: AttendanceRules }> {
  const row = await db
    .selectFrom('attendance_rule')
    .select(['rule_set', 'late_minutes', 'early_minutes', 'absent_minutes', 'near_metres'])
    .where('agency_id', '=', agencyId)
    .orderBy('rule_set', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return { ruleSet: 0, rules: defaultRules }
  return {
    ruleSet: row.rule_set,
    rules: {
      lateMinutes: row.late_minutes,
      earlyMinutes: row.early_minutes,
      absentMinutes: row.absent_minutes,
      nearMetres: row.near_metres,
    },
  }
}
