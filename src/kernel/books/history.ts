// What became of one record: every change of its rows and of those that belong to it, newest first. Knows no module:
// keys and what belongs to what are read from the catalogue, names from the books themselves.
import { type Kysely, sql } from 'kysely'
import type { Actor } from '../command.ts'
import type { Both, InputOf, OutputOf } from '../contract.ts'
import { kernelProblems } from '../problem.ts'
import { queriesOn } from '../query.ts'
import { isSealed } from '../seal.ts'
import type { KernelTables } from '../tables.ts'
import { alertSeen } from './alerts/rules.ts'
import { administratorsOnly, history } from './contracts.ts'

/** With the accounts, whose names stand beside what they did. */
export interface BooksTables extends KernelTables {
  account: { agency_id: string; account_id: string; name: string }
}
type BooksDb = Kysely<BooksTables>
type Asked = InputOf<typeof history>
type Row = OutputOf<typeof history>['rows'][number]

/** A value that is longer than this as JSON is only counted: a plan's matrix would be a megabyte. */
const valueMost = 1_000

// ------------------------------------------------------------------------------------------------------- values

/** A value as a page may show it: what is sealed is said to be so, what is large is counted. */
export function shownValue(value: unknown): unknown {
  if (isSealed(value)) return { sealed: true }
  if (value === null || typeof value !== 'object') return value
  if (JSON.stringify(value).length > valueMost) {
    return { many: Array.isArray(value) ? value.length : Object.keys(value).length }
  }
  if (Array.isArray(value)) return value.map(shownValue)
  return shownFields(value)
}

export function shownFields(fields: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries((fields ?? {}) as Record<string, unknown>).map(([key, value]) => [key, shownValue(value)]),
  )
}

/** Input that could not be parsed stands in the journal as one sealed text. */
export function isSealedWhole(input: unknown): boolean {
  return isSealed((input as { sealedWhole?: unknown } | null)?.sealedWhole)
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function idsIn(value: unknown, found: Set<string>): void {
  if (typeof value === 'string' && uuid.test(value)) found.add(value)
  else if (value !== null && typeof value === 'object')
    for (const inner of Object.values(value)) idsIn(inner, found)
}

/**
 * The names of whatever ids stand in these values: the last name that each had in the books. Asked table by table,
 * because the books are kept by table and id.
 */
export async function namesIn(
  db: BooksDb,
  agencyId: string,
  values: readonly unknown[],
): Promise<Record<string, string>> {
  const ids = new Set<string>()
  for (const value of values) idsIn(value, ids)
  ids.delete(agencyId)
  if (ids.size === 0) return {}
  const { rows } = await sql<{ row_id: string; name: string }>`
    select distinct on (c.row_id) c.row_id, c.after ->> 'name' as name
    from (select k.relname::text as table_name from pg_class k join pg_attribute a on a.attrelid = k.oid
      where k.relnamespace = 'app'::regnamespace and k.relkind in ('r', 'p') and a.attname = 'name') as t
    join change c on c.agency_id = ${agencyId} and c.table_name = t.table_name
      and c.row_id = any (${[...ids].sort()}::text[])
    where c.after ->> 'name' is not null
    order by c.row_id, c.table_name, c.n desc`.execute(db)
  return Object.fromEntries(rows.map(row => [row.row_id, row.name]))
}

// ------------------------------------------------------------------------------------------------------- tables

interface TableKey {
  name: string
  /** The columns that make the id of its rows in the books. */
  key: string[]
  columns: string[]
  /** Its rows are seen by their unit only. */
  bound: boolean
}

/** The protected tables asked for, and all that are bound to units. */
export async function tableKeys(db: BooksDb, tables: readonly string[]): Promise<Map<string, TableKey>> {
  const { rows } = await sql<TableKey>`
    select * from (select k.relname::text as name,
      (select array_agg(convert_from(decode(x.text, 'escape'), 'UTF8') order by x.n)
       from unnest(string_to_array(encode(t.tgargs, 'escape'), '\\000')) with ordinality as x (text, n)
       where x.n between 2 and t.tgnargs) as key,
      array(select a.attname::text from pg_attribute a where a.attrelid = k.oid and a.attnum > 0) as columns,
      exists (select 1 from pg_policy y where y.polrelid = k.oid and not y.polpermissive) as bound
    from pg_class k join pg_trigger t on t.tgrelid = k.oid and t.tgname = 'change' and t.tgparentid = 0
    where k.relnamespace = 'app'::regnamespace) as every
    where bound or name = any (${[...tables]}::text[]) order by name`.execute(db)
  return new Map(rows.map(row => [row.name, row]))
}

/** Rows of the books to look at: exact ids, and beginnings of ids, by table. */
interface Wanted {
  table: string
  ids: string[]
  /** `id:` for every row whose key begins with the record's own. */
  begins: string | null
}

/** The rows of a part that belong to the record: by the beginning of their id, or by the column named after its key. */
async function partOf(
  db: BooksDb,
  agencyId: string,
  asked: Asked,
  whole: TableKey,
  part: TableKey | undefined,
): Promise<Wanted> {
  const [column = ''] = whole.key
  if (!part || whole.key.length !== 1 || !part.columns.includes(column)) {
    throw kernelProblems.badInput({ field: 'parts', reason: `no part of ${asked.table}` })
  }
  if (part.key[0] === column) return { table: part.name, ids: [], begins: `${asked.rowId}:` }
  // A part with a key of its own is found while it is there: such rows are withdrawn and not deleted.
  const id = part.key.map(one => sql`${sql.ref(one)}::text`)
  const { rows } = await sql<{ id: string }>`
    select ${sql.join(id, sql` || ':' || `)} as id from ${sql.table(part.name)}
    where agency_id = ${agencyId} and ${sql.ref(column)}::text = ${asked.rowId} order by 1 limit 500`.execute(
    db,
  )
  return { table: part.name, ids: rows.map(row => row.id), begins: null }
}

/**
 * The books stand under the agency's policy alone. Whoever is bound to a unit is told only of records that he could
 * see: the row itself where its table is bound to units, else the row that it is about.
 */
async function needInScope(
  db: BooksDb,
  agencyId: string,
  actor: Actor,
  asked: Asked,
  tables: ReadonlyMap<string, TableKey>,
): Promise<void> {
  const secret = [asked.table, ...asked.parts].some(table => administratorsOnly.includes(table))
  if (secret && !actor.roles.includes('administrator')) {
    throw kernelProblems.noRight({ what: history.title.zh })
  }
  if (actor.scope.unitIds === '*') return
  const first = await db
    .selectFrom('change')
    .select('after')
    .where('agency_id', '=', agencyId)
    .where('table_name', '=', asked.table)
    .where('row_id', '=', asked.rowId)
    .orderBy('n')
    .limit(1)
    .executeTakeFirst()
  const about = (first?.after ?? {}) as Record<string, unknown>
  // Alerts have no policy of units, because they can be handed past them.
  const alertId = asked.table === 'alert' ? asked.rowId : about.alert_id
  if (typeof alertId === 'string') {
    const { rows } = await sql`select 1 from alert
      where agency_id = ${agencyId} and alert_id::text = ${alertId} and ${alertSeen(actor)}`.execute(db)
    if (rows.length === 0) throw kernelProblems.missing({ what: history.title.zh })
  }
  for (const { name, key, bound } of tables.values()) {
    const [column = ''] = key
    const value = name === asked.table ? asked.rowId : about[column]
    if (!bound || key.length !== 1 || typeof value !== 'string') continue
    const { rows } = await sql`
      select 1 from ${sql.table(name)} where agency_id = ${agencyId} and ${sql.ref(column)}::text = ${value}`.execute(
      db,
    )
    if (rows.length === 0) throw kernelProblems.missing({ what: history.title.zh })
  }
}

// ------------------------------------------------------------------------------------------------------ the query

interface ChangeFound {
  table_name: string
  row_id: string
  n: number
  op: string
  before: unknown
  after: unknown
  seq: number
  command_id: string
  name: string
  caller: string | null
  received_at: string
  actor: string | null
}

/** The changes of the newest commands before a place in the journal; one command more than asked tells of the rest. */
async function changesOf(
  db: BooksDb,
  agencyId: string,
  wanted: readonly Wanted[],
  asked: Asked,
): Promise<ChangeFound[]> {
  const conditions = wanted.map(({ table, ids, begins }) =>
    begins === null
      ? sql`(c.table_name = ${table} and c.row_id = any (${ids}::text[]))`
      : sql`(c.table_name = ${table} and c.row_id like ${`${begins.replace(/[\\%_]/g, '\\$&')}%`})`,
  )
  const { rows } = await sql<ChangeFound>`
    with found as (
      select c.table_name, c.row_id, c.n, c.op, c.before, c.after, c.command_id, j.seq, j.name, j.received_at,
        p.name as caller, a.name as actor, dense_rank() over (order by j.seq desc) as place
      from change c
      join journal j on j.agency_id = c.agency_id and j.id = c.command_id
      left join journal p on p.agency_id = j.agency_id and p.id = j.parent_id
      left join account a on a.agency_id = j.agency_id and a.account_id = j.actor_id
      where c.agency_id = ${agencyId} and (${sql.join(conditions, sql` or `)})
        and (${asked.before ?? null}::bigint is null or j.seq < ${asked.before ?? null}::bigint)
    )
    select * from found where place <= ${asked.limit + 1} order by seq desc, table_name, row_id, n desc`.execute(
    db,
  )
  return rows
}

/** `titleOf` gives the title of a command by its name. */
export function historyQuery(titleOf: (name: string) => Both) {
  return queriesOn<BooksTables>()(history, {
    async run(db, input, meta) {
      const { agencyId } = meta.agency
      const tables = await tableKeys(db, [input.table, ...input.parts])
      const whole = tables.get(input.table)
      if (!whole) throw kernelProblems.missing({ what: history.title.zh })
      await needInScope(db, agencyId, meta.actor, input, tables)
      const wanted: Wanted[] = [{ table: input.table, ids: [input.rowId], begins: null }]
      for (const part of [...new Set(input.parts)].sort())
        wanted.push(await partOf(db, agencyId, input, whole, tables.get(part)))
      const found = await changesOf(db, agencyId, wanted, input)
      const seqs = [...new Set(found.map(row => row.seq))]
      const more = seqs.length > input.limit
      const rows = found
        .filter(row => !more || row.seq !== seqs.at(-1))
        .map((row): Row => {
          const title = titleOf(row.name)
          const caller = row.caller === null ? null : titleOf(row.caller)
          return {
            table: row.table_name,
            rowId: row.row_id,
            n: row.n,
            op: row.op as Row['op'],
            commandId: row.command_id,
            command: row.name,
            titleZh: title.zh,
            titleEn: title.en,
            callerZh: caller?.zh ?? null,
            callerEn: caller?.en ?? null,
            actor: row.actor,
            at: row.received_at,
            before: row.before === null ? null : shownFields(row.before),
            after: row.after === null ? null : shownFields(row.after),
          }
        })
      const names = await namesIn(
        db,
        agencyId,
        rows.flatMap(row => [row.before, row.after]),
      )
      return { rows, names, next: more ? (seqs.at(-2) ?? null) : null }
    },
  })
}
