// What higher modules may ask of accounts.
import { type Kysely, sql } from 'kysely'
import type { Role } from '../../kernel/contract.ts'
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

export interface AccountName {
  name: string
  roles: Role[]
  officerId: string | null
}

/** Who did something, by account; closed accounts keep their names. */
export async function accountNames(
  db: Kysely<AccessTables>,
  agencyId: string,
  accountIds: readonly string[],
): Promise<Map<string, AccountName>> {
  if (accountIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('account')
    .select(['account_id', 'name', 'roles', 'officer_id'])
    .where('agency_id', '=', agencyId)
    .where('account_id', '=', sql<string>`any (${accountIds}::uuid[])`)
    .orderBy('account_id')
    .execute()
  return new Map(
    rows.map(row => [
      row.account_id,
      { name: row.name, roles: row.roles as Role[], officerId: row.officer_id },
    ]),
  )
}
