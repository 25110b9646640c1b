// The books as they stood at an earlier moment, asked by the same texts as the present: in a transaction whose search
// path has `past` before `app`, a table means its view of the past (migration 0014). Tables without such a view answer
// as they are now: names of people and units are those of today.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from './db/connection.ts'

/**
 * Reads with the books as they were at an instant: after the last command received until then. Nothing else may be
 * asked on this connection until it ends; when the reading fails, so does its transaction, and the settings with it.
 */
export async function booksAsOf<R>(
  db: Kysely<AnyTables>,
  at: string,
  read: (db: Kysely<AnyTables>) => Promise<R>,
): Promise<R> {
  // Not awaited: it travels with what is asked next, on the same connection and in order.
  const entered = sql`
    select set_config('app.as_of_seq', sys.seq_at(${at}::timestamptz)::text, true),
      set_config('app.as_of', ${at}::text, true),
      set_config('search_path', 'past, app, ref, public', true) order by 1`.execute(db)
  entered.catch(() => undefined)
  const found = await read(db)
  await entered
  await sql`select set_config('search_path', 'app, ref, public', true) order by 1`.execute(db)
  return found
}
