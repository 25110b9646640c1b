// Rest that was granted, as it stands in the books.
import type { RosterDb } from './published.ts'

export interface Granted {
  officerId: string
  begins: string
  ends: string
}

/** Rests that touch a stretch and were not cut short by an order. */
export async function restsGranted(
  db: RosterDb,
  agencyId: string,
  fromInstant: string,
  untilInstant: string,
): Promise<Granted[]> {
  const rows = await db
    .selectFrom('rest_grant')
    .select(['officer_id', 'begins_at', 'ends_at'])
    .where('agency_id', '=', agencyId)
    .where('ended_at', 'is', null)
    .where('begins_at', '<', untilInstant)
    .where('ends_at', '>', fromInstant)
    .orderBy('officer_id')
    .orderBy('begins_at')
    .orderBy('grant_id')
    .execute()
  return rows.map(row => ({ officerId: row.officer_id, begins: row.begins_at, ends: row.ends_at }))
}
