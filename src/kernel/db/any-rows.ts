// For tests: rows in every table of app, made from the catalogue, so that a table added tomorrow is looked at too.
// Checks on values are dropped in the scratch database and foreign keys not asked: it is the policies, the copy
// and the fold that are under test, not the meaning of the rows.
import type pg from 'pg'

export interface AnyTable {
  name: string
  columns: { name: string; type: string; required: boolean }[]
  key: string[]
  /** Rows are bound to a unit by the second policy. */
  unitScoped: boolean
}

/** Same seed, same numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function uuidOf(random: () => number): string {
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')
  return `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`
}

export async function appTables(owner: pg.ClientBase): Promise<AnyTable[]> {
  const { rows } = await owner.query<AnyTable>(
    `select c.relname as name,
       (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
          'required', a.attnotnull) order by a.attnum)
         from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       (select jsonb_agg(a.attname order by a.attnum) from pg_constraint k
         join pg_attribute a on a.attrelid = c.oid and a.attnum = any (k.conkey) where k.conrelid = c.oid and k.contype = 'p') as key,
       exists (select 1 from pg_policy p where p.polrelid = c.oid and not p.polpermissive) as "unitScoped"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'app' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  )
  return rows
}

/** Takes the checks on values off, in a scratch database only. */
export async function dropChecks(owner: pg.ClientBase): Promise<void> {
  const { rows } = await owner.query<{ sql: string }>(
    `select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as sql
     from pg_constraint k join pg_namespace n on n.oid = k.connamespace
     where n.nspname = 'app' and k.contype = 'c' and k.conrelid <> 0`,
  )
  for (const { sql } of rows) await owner.query(sql)
}

let counter = 0

function valueOf(type: string, random: () => number): unknown {
  counter += 1
  if (type.endsWith('[]')) return [valueOf(type.slice(0, -2), random), valueOf(type.slice(0, -2), random)]
  const makers: Record<string, () => unknown> = {
    uuid: () => uuidOf(random),
    text: () => `示例 ${counter} \\ "quoted"\n\tline ${random()}`,
    'app.sealed_text': () => `sealed:1:${uuidOf(random)}:${Math.floor(random() * 1e9).toString(36)}_x`,
    '"char"': () => 'i',
    character: () => 'i',
    // Ever later, as instants are: of two dates of a row the second never lies before the first.
    date: () => new Date(Date.UTC(2021, 10, 1 + counter)).toISOString().slice(0, 10),
    integer: () => counter,
    bigint: () => counter,
    'double precision': () => random() * 360 - 180,
    boolean: () => random() < 0.5,
    'timestamp with time zone': () => new Date(Date.UTC(2021, 10, 1) + counter * 1_000).toISOString(),
    tstzrange: () => {
      const from = Date.UTC(2021, 10, 1) + counter * 3_600_000
      return `[${new Date(from).toISOString()},${new Date(from + 3_000_000).toISOString()})`
    },
    jsonb: () => ({ n: counter, 中: ['x', null, random()] }),
    bytea: () =>
      `\\x${Math.floor(random() * 1e9)
        .toString(16)
        .padStart(8, '0')}`,
  }
  const maker = makers[type]
  if (!maker) throw new Error(`no example of type ${type} yet: add one`)
  return maker()
}

export type AnyRow = Record<string, unknown> & { agency_id: string }

/** A row of a table as JSON, in an agency, with its unit among `units` where it has one. */
export function anyRow(
  table: AnyTable,
  agencyId: string,
  units: readonly string[],
  random: () => number,
): AnyRow {
  const row: AnyRow = { agency_id: agencyId }
  for (const { name, type, required } of table.columns) {
    if (name === 'agency_id') continue
    if (name === 'unit_id' && !table.key.includes('unit_id')) {
      row[name] = units[Math.floor(random() * units.length)] ?? null
    } else row[name] = !required && random() < 0.2 ? null : valueOf(type, random)
  }
  return row
}

export const insertRow = (table: string) =>
  `insert into app.${table} select (jsonb_populate_record(null::app.${table}, $1)).*`

/** Puts rows in without foreign keys and without recording them, as nothing but a test would. */
export async function putRows(owner: pg.ClientBase, table: string, rows: readonly AnyRow[]): Promise<void> {
  await owner.query('begin')
  await owner.query('set local session_replication_role = replica')
  await owner.query(
    `insert into app.${table} select r.* from unnest($1::jsonb[]) j, jsonb_populate_record(null::app.${table}, j) r`,
    [rows.map(row => JSON.stringify(row))],
  )
  await owner.query('commit')
}
