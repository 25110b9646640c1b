// One flush: rows of one agency in one transaction. The rows go in before the agency's lock is taken, so that two flushes
// work side by side; under the lock stand only the counts, the one journal row and the commit.
import { hash } from 'node:crypto'
import type { Standing } from '../contract.ts'
import type { Connection } from '../db/connection.ts'
import { bulkStatement, scopeStatements } from '../db/scope.ts'
import { closeBatch, type JournalRow, standingNow } from '../journal.ts'
import { type BulkRow, columnsOf } from './row.ts'
import { bulkTaken } from './taken.ts'
import type { BulkStore } from './store.ts'

export interface FlushOrder {
  agencyId: string
  /** Name and version of the fact. */
  name: string
  version: number
  store: BulkStore
  commitId: string
  /** When it is flushed, by the installation's clock. */
  at: string
  rows: readonly BulkRow[]
}

export interface Flushed {
  standing: Standing
  /** What became of each row: the number of the journal row that it is part of, or what stands in its place. */
  fates: (number | 'same id' | 'in the books')[]
}

interface Texts {
  insert: string
  earlier: string
  counts: string
}
const texts = new WeakMap<BulkStore, Texts>()

function textsFor(store: BulkStore): Texts {
  const known = texts.get(store)
  if (known) return known
  const { table, key, counts } = store
  const columns = columnsOf(store)
  const arrays = (types: readonly string[], from: number) =>
    types.map((type, n) => `$${n + from}::${type}[]`).join(', ')
  const named = [...counts.keys.map(one => one.name), ...counts.sums]
  const countTypes = [
    'date',
    'timestamptz',
    ...counts.keys.map(one => one.type),
    ...counts.sums.map(() => 'integer'),
  ]
  const made = {
    insert: `insert into ${table} (agency_id, commit_id, ${columns.map(one => one.name).join(', ')})
      select $1, $2, u.* from unnest(${arrays(
        columns.map(one => one.type),
        3,
      )}) as u
      on conflict (agency_id, ${key}) do nothing`,
    earlier: `select t.${key} as id, t.digest, t.commit_id, j.seq from ${table} t
      left join journal j on j.agency_id = t.agency_id and j.id = t.commit_id
      where t.agency_id = $1 and t.${key} = any ($2::uuid[])`,
    counts: `insert into ${counts.table} as c (agency_id, duty_day, hour, ${named.join(', ')}, last_at)
      select $1, u.* from unnest(${arrays([...countTypes, 'timestamptz'], 2)}) as u
      on conflict (agency_id, duty_day, hour, ${counts.keys.map(one => one.name).join(', ')}) do update
      set ${counts.sums.map(one => `${one} = c.${one} + excluded.${one}`).join(', ')},
        last_at = greatest(c.last_at, excluded.last_at)`,
  }
  texts.set(store, made)
  return made
}

const arrayOf = (values: readonly (string | number)[]) => `{${values.join()}}`

interface Earlier {
  id: string
  digest: string
  commit_id: string
  seq: number | null
}

/** Throws what the database says; then nothing of it is stored. */
export async function flush(connection: Connection, order: FlushOrder): Promise<Flushed> {
  try {
    return await written(connection, order)
  } catch (error) {
    await connection.rollback()
    throw error
  }
}

async function written(connection: Connection, order: FlushOrder): Promise<Flushed> {
  const { agencyId, store, commitId, rows } = order
  const { insert, earlier } = textsFor(store)
  const begun = connection.script(
    `begin; set local statement_timeout = '60s'; set local idle_in_transaction_session_timeout = '30s'; ${scopeStatements({ agencyId, unitIds: '*' })}; ${bulkStatement(commitId)}`,
  )
  const ids = arrayOf(rows.map(row => row.id))
  const booked = connection.send<{ id: string }>(
    'select id from journal where agency_id = $1 and id = any ($2::uuid[])',
    [agencyId, ids],
  )
  const [, { rows: inBooks }] = await Promise.all([begun, booked])
  const taken = new Set(inBooks.map(one => one.id))
  const firsts = new Map<string, BulkRow>()
  for (const row of rows) if (!taken.has(row.id) && !firsts.has(row.id)) firsts.set(row.id, row)
  const fresh = [...firsts.values()]
  const arrays = columnsOf(store).map((_, n) => arrayOf(fresh.map(row => row.texts[n] ?? 'NULL')))
  const { rowCount } = await connection.send(insert, [agencyId, commitId, ...arrays])
  const all = rowCount === rows.length
  const found = all
    ? new Map<string, Earlier>()
    : new Map((await connection.send<Earlier>(earlier, [agencyId, ids])).rows.map(one => [one.id, one]))
  const own = all ? fresh : fresh.filter(row => found.get(row.id)?.commit_id === commitId)
  const standing = await booksOf(connection, order, own)
  const fates = rows.map(row => {
    if (all) return standing.headSeq
    const stored = found.get(row.id)
    if (!stored) return 'in the books' as const
    if (stored.digest !== row.digest) return 'same id' as const
    return stored.commit_id === commitId ? standing.headSeq : (stored.seq ?? 0)
  })
  return { standing, fates }
}

/** Counts, journal and commit, under the agency's lock: from here on nobody else of the agency commits. */
async function booksOf(
  connection: Connection,
  { agencyId, name, version, store, commitId, at }: FlushOrder,
  own: readonly BulkRow[],
): Promise<Standing> {
  const locked = connection.script(`select pg_advisory_xact_lock(hashtextextended('${agencyId}', 0))`)
  const [, before] = await Promise.all([locked, standingNow(connection, agencyId)])
  if (own.length === 0) {
    await connection.commit()
    return before
  }
  const seq = before.headSeq + 1
  const digest = commitDigest(own)
  const row: JournalRow = {
    ...{ seq, id: commitId, parentId: null, name: bulkTaken.name, version: 1, kind: 'request' },
    ...{ actorId: null, actor: { roles: ['system'], officerId: null, units: '*' }, deviceId: null },
    ...{ occurredAt: at, receivedAt: at, digest, input: { name, version, rows: own.length, digest } },
    ...{ verdict: 'done', answer: {} },
  }
  await Promise.all([
    connection.send(textsFor(store).counts, [agencyId, ...countArrays(store, own)]),
    ...closeBatch(connection, agencyId, [row]),
    connection.commit(),
  ])
  return { ...before, headSeq: seq }
}

/** Over the digests in the order of the ids, so that the database can work it out again. */
export function commitDigest(rows: readonly BulkRow[]): string {
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return hash('sha256', sorted.map(row => row.digest).join(''), 'hex')
}

/** The sums of the rows, one line for each key, in a fixed order: two flushes never wait for each other crosswise. */
function countArrays({ counts }: BulkStore, rows: readonly BulkRow[]): string[] {
  const lines = new Map<string, { keys: readonly string[]; sums: number[]; lastMs: number }>()
  for (const { count } of rows) {
    const keys = [count.day, count.hour, ...count.keys]
    const key = keys.join()
    const line = lines.get(key)
    if (!line) lines.set(key, { keys, sums: [...count.sums], lastMs: count.lastMs })
    else {
      for (const [n, sum] of count.sums.entries()) line.sums[n] = (line.sums[n] ?? 0) + sum
      line.lastMs = Math.max(line.lastMs, count.lastMs)
    }
  }
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line)
  const width = 2 + counts.keys.length
  return [
    ...Array.from({ length: width }, (_, n) => arrayOf(sorted.map(line => line.keys[n] ?? 'NULL'))),
    ...counts.sums.map((_, n) => arrayOf(sorted.map(line => line.sums[n] ?? 0))),
    arrayOf(sorted.map(line => new Date(line.lastMs).toISOString())),
  ]
}
