// What the rosters of an operation lean to, as it is set; balanced where nobody has.
import { balanced, type Preference } from './contracts-preference.ts'
import type { RosterDb } from './published.ts'

export async function standingPreference(
  db: RosterDb,
  agencyId: string,
  operationId: string,
): Promise<{ preference: Preference; setAt: string | null }> {
  const row = await db
    .selectFrom('roster_preference')
    .select(['even', 'steady', 'near', 'set_at'])
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .executeTakeFirst()
  if (!row) return { preference: balanced, setAt: null }
  const { even, steady, near } = row as unknown as Preference
  return { preference: { even, steady, near }, setAt: row.set_at }
}
