// Verify: the books against the state. The fold of all changes of a row must be the row; every change must belong
// to a command that was done; no command may be missing. Everything is asked of the database in one snapshot,
// table by table, and only what is wrong comes back.
import pg from 'pg'
import { DatabaseRefused } from './db/launcher-refused.ts'
import type { Both } from './contract.ts'

export interface VerifyProblem extends Both {
  code:
    | 'row-differs'
    | 'row-without-change'
    | 'row-missing'
    | 'change-missing'
    | 'change-out-of-order'
    | 'change-does-not-follow'
    | 'change-without-command'
    | 'change-of-refused'
    | 'change-of-unknown-table'
    | 'command-missing'
    | 'head-differs'
    | 'parent-missing'
    | 'bytes-differ'
    | 'bytes-missing'
  /** The table, `journal`, `journal_head` or `enclosure` for the bytes that stand outside the books. */
  table: string
  agencyId: string
  /** How many; `examples` names the first of them, by key or by number. */
  count: number
  examples: string[]
}

export interface VerifyReport {
  /** Tables whose changes were folded. */
  tables: number
  rows: number
  changes: number
  commands: number
  problems: VerifyProblem[]
  seconds: number
}

export interface VerifyProgress {
  table: string
  done: number
  total: number
}

export interface VerifyOptions {
  onProgress?: (step: VerifyProgress) => void
}

/**
 * The command under which an agency is founded, before it has a journal. Only the agency's own first row may come
 * from it.
 */
export const genesisCommandId = '00000000-0000-7000-8000-0000000000ff'

const examplesMost = 5

const texts: Record<VerifyProblem['code'], Both> = {
  'row-differs': { zh: '记录与变更台账不一致', en: 'rows are not what their changes come to' },
  'row-without-change': { zh: '记录没有变更台账', en: 'rows have no changes that made them' },
  'row-missing': { zh: '按变更台账应有的记录不存在', en: 'rows that the changes made are gone' },
  'change-missing': { zh: '变更台账编号有缺', en: 'rows lack a change in the middle or at the start' },
  'change-out-of-order': { zh: '变更顺序不合理', en: 'rows have changes in an impossible order' },
  'change-does-not-follow': {
    zh: '变更前的值与上一次变更不符',
    en: 'changes do not follow from the one before',
  },
  'change-without-command': {
    zh: '变更没有对应的操作记录',
    en: 'changes belong to no command of the journal',
  },
  'change-of-refused': { zh: '被拒绝的操作留有变更', en: 'changes belong to a command that was refused' },
  'change-of-unknown-table': {
    zh: '变更属于未受保护的表',
    en: 'changes are of a table that is not protected',
  },
  'command-missing': { zh: '操作日志编号有缺', en: 'numbers are missing from the journal' },
  'head-differs': { zh: '操作日志末号不符', en: 'the last number of the journal is not its head' },
  'parent-missing': { zh: '子操作找不到上级操作', en: 'commands were called by one that is not there' },
  'bytes-differ': { zh: '附件内容与其摘要不符', en: 'enclosures are not the bytes that were brought' },
  'bytes-missing': { zh: '附件内容不存在', en: 'enclosures without their bytes' },
}

interface Protected {
  name: string
  /** Columns that make the row's id in the books, in order. */
  key: string[]
  /** Columns with a default, as SQL pairs: what a row written before the column came has there. */
  defaults: string
}

const protectedTables = `select c.relname as name,
    (select array_agg(a.argument order by a.n) from (select convert_from(argument, 'UTF8') as argument, n
       from unnest(string_to_array(encode(t.tgargs, 'escape'), '\\000')) with ordinality as x (text, n),
         lateral (select decode(x.text, 'escape')) as y (argument)) a
     where a.n between 2 and t.tgnargs) as key,
    (select string_agg(format('%L, %s', d.attname, coalesce(pg_get_expr(f.adbin, f.adrelid), 'null')), ', ' order by d.attnum)
     from pg_attribute d left join pg_attrdef f on f.adrelid = d.attrelid and f.adnum = d.attnum
     where d.attrelid = c.oid and d.attnum > 0 and not d.attisdropped) as defaults
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where t.tgfoid = 'sys.record_change'::regproc and not t.tgisinternal and t.tgparentid = 0 order by 1`

type Found = Pick<VerifyProblem, 'code' | 'count' | 'examples'> & { agency_id: string }

/** Checks the whole database of the owner's connection. Changes nothing. */
export async function verifyDatabase(
  owner: pg.ClientConfig,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const started = performance.now()
  const client = new pg.Client(owner)
  client.on('error', () => undefined)
  await client.connect()
  try {
    await prepare(client)
    await client.query('begin isolation level repeatable read read only')
    const { rows: tables } = await client.query<Protected>(protectedTables)
    const problems: VerifyProblem[] = []
    const add = (table: string, found: readonly Found[]) => {
      for (const { code, count, examples, agency_id } of found)
        problems.push({ code, ...texts[code], table, agencyId: agency_id, count: Number(count), examples })
    }
    const totals = { rows: 0, changes: 0 }
    for (const [index, table] of tables.entries()) {
      options.onProgress?.({ table: table.name, done: index, total: tables.length })
      const counted = await client.query<{ rows: string; changes: string }>(
        `select (select count(*) from app.${table.name})::text as rows,
           (select count(*) from app.change where table_name = $1)::text as changes`,
        [table.name],
      )
      totals.rows += Number(counted.rows[0]?.rows)
      totals.changes += Number(counted.rows[0]?.changes)
      add(table.name, await foldFaults(client, table))
      add(table.name, await followFaults(client, table))
    }
    add(
      'change',
      await changeFaults(
        client,
        tables.map(table => table.name),
      ),
    )
    add('journal', await journalFaults(client))
    add('enclosure', await enclosureFaults(client))
    const commands = await client.query<{ n: string }>('select count(*)::text as n from app.journal')
    await client.query('commit')
    options.onProgress?.({ table: 'journal', done: tables.length, total: tables.length })
    return {
      tables: tables.length,
      ...totals,
      commands: Number(commands.rows[0]?.n),
      problems,
      seconds: (performance.now() - started) / 1000,
    }
  } finally {
    await client.end()
  }
}

/** The settings under which the trigger wrote, and the fold: later values over earlier ones. */
async function prepare(client: pg.Client): Promise<void> {
  const found = await client.query("select to_regclass('app.change') is not null as present")
  if (!found.rows[0]?.present) {
    throw new DatabaseRefused('This database holds no Fangxian data.', '此数据库中没有防线的数据。')
  }
  await client.query(`set timezone = 'UTC'; set datestyle = 'ISO, MDY'; set extra_float_digits = 1;
    set search_path = pg_catalog; set work_mem = '64MB'; set jit = off`)
  // A temporary aggregate goes with the connection. jsonb_concat is C and strict: a delete's null is passed over.
  await client.query(
    `create or replace aggregate pg_temp.fold_changes (jsonb) (sfunc = jsonb_concat, stype = jsonb, initcond = '{}')`,
  )
}

const rowId = (key: readonly string[]) => key.map(column => `(j.row ->> '${column}')`).join(` || ':' || `)

const summary = (code: string, alias: string) =>
  `select '${code}' as code, agency_id, count(*) as count,
     (array_agg(row_id order by row_id))[1:${examplesMost}] as examples from ${alias} group by agency_id`

/**
 * Folds every row's changes and compares with the row. A column that came after the change was written is filled
 * from its default, as the database filled it; one that went since is left out.
 */
async function foldFaults(client: pg.Client, table: Protected): Promise<Found[]> {
  const { rows } = await client.query<Found>(
    `with folded as materialized (
       select agency_id, row_id, pg_temp.fold_changes(after order by n) as state,
         string_agg(op, '' order by n) as ops, count(*) as changes, max(n) as last
       from app.change where table_name = $1 group by agency_id, row_id
     ), today as (
       select t.agency_id, ${rowId(table.key)} as row_id, j.row
       from app.${table.name} t cross join lateral (select to_jsonb(t) as row offset 0) j
     ), compared as (
       select coalesce(f.agency_id, t.agency_id) as agency_id, coalesce(f.row_id, t.row_id) as row_id,
         case
           when f.row_id is null then 'row-without-change'
           when f.changes <> f.last then 'change-missing'
           when f.ops !~ '^(iu*d)*(iu*)?$' then 'change-out-of-order'
           when t.row_id is null then case when f.ops like '%d' then 'fine' else 'row-missing' end
           when f.ops like '%d' then 'row-without-change'
           when f.state = t.row then 'fine'
           when (select jsonb_object_agg(k, (jsonb_build_object(${table.defaults}) || f.state) -> k)
                 from jsonb_object_keys(t.row) k) = t.row then 'fine'
           else 'row-differs'
         end as code
       from folded f full join today t on t.agency_id = f.agency_id and t.row_id = f.row_id
     )
     select code, agency_id, count(*)::int as count, (array_agg(row_id order by row_id))[1:${examplesMost}] as examples
     from compared where code <> 'fine' group by code, agency_id order by 1, 2`,
    [table.name],
  )
  return rows
}

/** What a change says was there before must be what the changes before it came to. */
async function followFaults(client: pg.Client, table: Protected): Promise<Found[]> {
  const { rows } = await client.query<Found>(
    `with followed as (
       select agency_id, row_id, n, op, before, pg_temp.fold_changes(after) over (partition by agency_id, row_id
         order by n rows between unbounded preceding and 1 preceding) as known
       from app.change c where table_name = $1 and exists (select 1 from app.change u
         where u.agency_id = c.agency_id and u.table_name = $1 and u.row_id = c.row_id and u.op <> 'i')
     ), wrong as (
       select agency_id, row_id || ' #' || n as row_id from followed
       where op <> 'i' and known <> '{}' and (jsonb_build_object(${table.defaults}) || known || before)
         is distinct from (jsonb_build_object(${table.defaults}) || known)
     )
     ${summary('change-does-not-follow', 'wrong')} order by 2`,
    [table.name],
  )
  return rows
}

async function changeFaults(client: pg.Client, tables: readonly string[]): Promise<Found[]> {
  const { rows } = await client.query<Found>(
    `with judged as (
       select c.agency_id, c.table_name || ' ' || c.row_id || ' #' || c.n as row_id,
         case when c.table_name <> all ($1) then 'change-of-unknown-table'
           when j.id is null and not (c.command_id = '${genesisCommandId}' and c.table_name = 'agency' and c.n = 1)
             then 'change-without-command'
           when j.verdict = 'refused' then 'change-of-refused' else 'fine' end as code
       from app.change c left join app.journal j on j.agency_id = c.agency_id and j.id = c.command_id
     )
     select code, agency_id, count(*)::int as count, (array_agg(row_id order by row_id))[1:${examplesMost}] as examples
     from judged where code <> 'fine' group by code, agency_id order by 1, 2`,
    [tables],
  )
  return rows
}

/** Numbers without a gap from 1 to the head, and every called command's caller. */
async function journalFaults(client: pg.Client): Promise<Found[]> {
  const { rows } = await client.query<Found>(
    `with numbered as (
       select agency_id, seq, lag(seq, 1, 0::bigint) over (partition by agency_id order by seq) as before from app.journal
     ), gaps as (
       select agency_id, case when seq - before = 2 then (before + 1)::text else (before + 1) || '–' || (seq - 1) end as row_id
       from numbered where seq <> before + 1
     ), heads as (
       select coalesce(h.agency_id, l.agency_id) as agency_id,
         coalesce(l.seq::text, '-') || ' / ' || coalesce(h.seq::text, '-') as row_id
       from app.journal_head h full join (select agency_id, max(seq) as seq from app.journal group by agency_id) l
         on l.agency_id = h.agency_id
       where l.seq is distinct from h.seq
     ), orphans as (
       select c.agency_id, c.seq::text as row_id from app.journal c
       where c.parent_id is not null and not exists (
         select 1 from app.journal p where p.agency_id = c.agency_id and p.id = c.parent_id)
     )
     ${summary('command-missing', 'gaps')} union all ${summary('head-differs', 'heads')}
     union all ${summary('parent-missing', 'orphans')} order by 1, 2`,
  )
  return rows
}

/** Bytes stand outside the books; their digest is in them. Removed or erased ones are meant to be gone. */
async function enclosureFaults(client: pg.Client): Promise<Found[]> {
  const { rows } = await client.query<Found>(
    `with differing as (
       select agency_id, digest as row_id from sys.enclosure
       where bytes is not null and encode(sha256(bytes), 'hex') <> digest
     ), missing as (
       select a.agency_id, a.enclosure_id::text as row_id from app.enclosure a
       where a.removed_at is null and not exists (select 1 from sys.enclosure s
         where s.agency_id = a.agency_id and s.digest = a.digest
           and (s.bytes is not null or s.destroyed_at is not null) and s.held_at is not null)
     )
     ${summary('bytes-differ', 'differing')} union all ${summary('bytes-missing', 'missing')} order by 1, 2`,
  )
  return rows
}
