// Questions about one draft come in dozens, a click apart. What they rest on is read once and kept until anything in
// the agency's journal moves, so an answer is never older than the books.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'

/** Last sequence number of the agency's journal, as this reader's snapshot sees it. */
async function journalSeq(db: Kysely<AnyTables>, agencyId: string): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    select seq from journal_head where agency_id = ${agencyId} order by seq`.execute(db)
  return Number(rows[0]?.seq ?? 0)
}

export type Keeper = <T>(
  db: Kysely<AnyTables>,
  agencyId: string,
  about: string,
  make: () => Promise<T>,
) => Promise<T>

/**
 * Keeps the newest `most` values. What is kept must be what every reader of the agency would see: it is for answers
 * that see the whole agency.
 */
export function keeper(most: number): Keeper {
  const kept = new Map<string, { seq: number; value: Promise<unknown> }>()
  return async <T>(db: Kysely<AnyTables>, agencyId: string, about: string, make: () => Promise<T>) => {
    const seq = await journalSeq(db, agencyId)
    const key = `${agencyId} ${about}`
    const found = kept.get(key)
    if (found?.seq === seq) return found.value as Promise<T>
    const value = make()
    kept.delete(key)
    kept.set(key, { seq, value })
    // A failure is not worth keeping; the caller hears of it.
    value.catch(() => kept.delete(key))
    while (kept.size > most) kept.delete(kept.keys().next().value ?? '')
    return value
  }
}
