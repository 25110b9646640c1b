// Where the units are, for whoever asks how far somebody has to go.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { peopleDb } from './people-db.ts'

/** WGS-84 by unit; a unit without a place is not in the map. */
export async function unitPlaces(
  db: Kysely<AnyTables>,
  agencyId: string,
): Promise<Map<string, { lng: number; lat: number }>> {
  const rows = await peopleDb(db)
    .selectFrom('unit')
    .select(['unit_id', 'lng', 'lat'])
    .where('agency_id', '=', agencyId)
    .orderBy('unit_id')
    .execute()
  return new Map(
    rows.flatMap(({ unit_id, lng, lat }) => (lng === null || lat === null ? [] : [[unit_id, { lng, lat }]])),
  )
}
