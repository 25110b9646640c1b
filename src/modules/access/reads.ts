// What higher modules may ask of accounts.
import type { Kysely } from 'kysely'
import type { AccessTables } from './tables.ts'

/** Badge numbers that sign in already. */
export async function badgesWithAccount(
  db: Kysely<AccessTables>,
  agencyId: string,
  badges: readonly string[],
): Promise<Set<string>> {
  if (badges.length === 0) return new Set()
  const rows = await db
    .selectFrom('account')
    .select('badge')
    .where('agency_id', '=', agencyId)
    .where('badge', 'in', [...badges])
    .orderBy('badge')
    .execute()
  return new Set(rows.map(row => row.badge))
}
