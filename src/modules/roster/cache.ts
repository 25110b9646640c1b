// Questions about a roster come in dozens, a click apart, while the journal goes on moving for reasons that have
// nothing to do with it: a sheet is acknowledged, a mask is handed out. What an answer rests on is therefore kept
// until a row of one of the tables that it was read from has changed. The change rows tell, because nothing in `app`
// is written without one; so an answer is never older than the books, whoever wrote them.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'

/** Commands that one look goes through; after a longer sleep everything is read anew. */
const commandsMost = 500

/** What is known of an agency's changes, up to `seq`. */
interface Changes {
  seq: number
  /** Table → last command known to have changed a row of it. */
  last: Map<string, number>
  /** Changes up to here were not looked at: every table may have one. */
  floor: number
}
const changesOf = new Map<string, Changes>()

/**
 * Last command that the reader's snapshot holds, with the changes up to it. The commands are gone through one by one
 * behind `offset 0`: a join would now and then be planned as a scan of the whole history.
 */
async function lookAt(db: Kysely<AnyTables>, agencyId: string): Promise<number> {
  const known = changesOf.get(agencyId)
  const from = known?.seq ?? Number.MAX_SAFE_INTEGER
  const { rows } = await sql<{ table_name: string | null; seq: number | null }>`
    with head as (select seq from journal_head where agency_id = ${agencyId})
    select null as table_name, (select seq from head) as seq
    union all
    select c.table_name, max(j.seq) from journal j cross join lateral (
      select table_name from change where agency_id = j.agency_id and command_id = j.id offset 0) c
    where j.agency_id = ${agencyId} and j.seq > ${from}::bigint
      and (select seq from head) - ${from}::bigint <= ${commandsMost}
    group by c.table_name order by table_name nulls first`.execute(db)
  const seq = Number(rows[0]?.seq ?? 0)
  const changes = changesOf.get(agencyId) ?? { seq: 0, last: new Map<string, number>(), floor: 0 }
  if (!known || seq - from > commandsMost) changes.floor = Math.max(changes.floor, seq)
  for (const { table_name: table, seq: at } of rows.slice(1)) {
    if (table !== null) changes.last.set(table, Math.max(Number(at), changes.last.get(table) ?? 0))
  }
  changes.seq = Math.max(changes.seq, seq)
  changesOf.set(agencyId, changes)
  return seq
}

/** One look a transaction: its snapshot stands still. */
const looks = new WeakMap<object, Promise<number>>()
function seqOf(db: Kysely<AnyTables>, agencyId: string): Promise<number> {
  let look = looks.get(db)
  if (!look) {
    look = lookAt(db, agencyId)
    looks.set(db, look)
  }
  return look
}

function lastChange(agencyId: string, tables: readonly string[]): number {
  const changes = changesOf.get(agencyId)
  return Math.max(changes?.floor ?? 0, ...tables.map(table => changes?.last.get(table) ?? 0))
}

/** What is kept: whose, about what, and the tables that it is read from. */
export interface Kept {
  agencyId: string
  about: string
  tables: readonly string[]
}
export type Keeper = <T>(db: Kysely<AnyTables>, what: Kept, make: () => Promise<T>) => Promise<T>

/**
 * Keeps the newest `most` values. A value must be what every reader of the agency would see, and nobody may change it.
 * `db` must be a reading transaction, whose snapshot stands still.
 */
export function keeper(most: number): Keeper {
  const kept = new Map<string, { seq: number; value: Promise<unknown> }>()
  return async <T>(db: Kysely<AnyTables>, { agencyId, about, tables }: Kept, make: () => Promise<T>) => {
    const seq = await seqOf(db, agencyId)
    const key = `${agencyId} ${about}`
    const found = kept.get(key)
    // Between the older and the newer of the two snapshots nothing may have happened to the tables.
    if (found && lastChange(agencyId, tables) <= Math.min(found.seq, seq)) {
      kept.delete(key)
      kept.set(key, found)
      // Whoever is making it may be broken off, which is no reason for this reader to fail.
      return (found.value as Promise<T>).catch(() => make())
    }
    const value = make()
    // A reader who began earlier must not put back what newer ones have already replaced.
    if (found && found.seq > seq) return value
    const mine = { seq, value }
    kept.delete(key)
    kept.set(key, mine)
    value.catch(() => {
      // A failure is not worth keeping; the caller hears of it.
      if (kept.get(key) === mine) kept.delete(key)
    })
    while (kept.size > most) kept.delete(kept.keys().next().value ?? '')
    return value
  }
}
