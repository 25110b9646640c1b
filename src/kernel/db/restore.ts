// Restore: a backup becomes the database again, wholly or not at all. The file is checked before anything is
// touched; then one transaction drops, builds, fills, compares and commits.
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import {
  columnList,
  copyOut,
  type CopyProgress,
  copySettings,
  keptTables,
  keyCheckValue,
  qualified,
} from './backup.ts'
import {
  type BackupCheck,
  type BackupHeader,
  BackupReader,
  type BackupTable,
  checkBackup,
  CopyMeter,
  nowhere,
} from './backup-format.ts'
import { checkServer } from './launcher-check.ts'
import { DatabaseRefused } from './launcher-refused.ts'
import { clusterRoles, makeRoles, type Migration, migrations } from './migrate.ts'
import { installQueue } from './queue.ts'

export interface RestoreOptions {
  /** Throw away what the database holds now. */
  replace?: boolean
  /** The master key of this machine; with it, restore knows whether sealed values can be opened here. */
  masterKey?: Buffer
  /** Restore although the master key is another: what is sealed stays closed until the right key is put back. */
  acceptOtherKey?: boolean
  /** How the jobs' role connects; then its queue is installed and the follow-ups that had not run are put in. */
  queue?: pg.ClientConfig
  onProgress?: (step: CopyProgress) => void
}

export interface RestoreReport {
  createdAt: string
  tables: number
  rows: number
  /** `other` only with acceptOtherKey; `unknown` when the backup or the caller brought no key. */
  masterKey: 'same' | 'other' | 'unknown'
  /** Goes up with every restore, so that phones see that the server has gone back in time. */
  restoreEpoch: number
  /** Migrations newer than the backup, applied after its rows were in. */
  migratedForward: string[]
  followUps: { put: number; lost: number }
  /** People whose keys were destroyed here after the backup was made, and stay destroyed. */
  keysDestroyedAgain: number
  seconds: number
}

interface DestroyedKey {
  agency_id: string
  owner_id: string
  destroyed_at: string
}

const ourSchemas = ['past', 'app', 'ref', 'sys', 'fangxian_migration']

/** The migrations that the backup had, as this version knows them; refuses what this version does not know. */
export function levelOf(header: BackupHeader, known: readonly Migration[] = migrations()) {
  const level: Migration[] = []
  for (const { name, hash } of header.migrations) {
    const migration = known.find(one => one.name === name)
    if (!migration) {
      throw new DatabaseRefused(
        `The backup is newer than this version of Fangxian: it has ${name}. Update Fangxian, then restore.`,
        `备份由更新的版本生成(含 ${name})。请先升级,再恢复。`,
      )
    }
    if (migration.hash !== hash) {
      throw new DatabaseRefused(
        `The backup was made with another text of ${name}: it belongs to another edition of Fangxian.`,
        `备份所用的 ${name} 与本版本内容不同,属于另一发行版本。`,
      )
    }
    level.push(migration)
  }
  const missing = known.filter(one => !level.includes(one))
  if (missing.some(one => level.some(last => one.name < last.name))) {
    throw new DatabaseRefused(
      'The backup lacks a migration in the middle; it cannot be brought forward.',
      '备份缺少中间的迁移步骤，无法升级。',
    )
  }
  return { level, missing }
}

function judgeKey(header: BackupHeader, options: RestoreOptions): RestoreReport['masterKey'] {
  const { keyCheck } = header
  if (!keyCheck || !options.masterKey) return 'unknown'
  if (keyCheckValue(options.masterKey, keyCheck.nonce) === keyCheck.value) return 'same'
  if (options.acceptOtherKey) return 'other'
  throw new DatabaseRefused(
    'The master key on this machine is not the one of the backup: nothing sealed could be opened. Put the master key of the old installation in place, then restore.',
    '本机主密钥与备份不符，已加密内容将无法打开。请先放入原安装的主密钥，再恢复。',
  )
}

/** Restores a backup file. `owner` connects as the owner of the tables; the server must not be running. */
export async function restoreFrom(
  owner: pg.ClientConfig,
  path: string,
  options: RestoreOptions = {},
): Promise<RestoreReport> {
  const started = performance.now()
  const total = { rows: 0, done: 0 }
  const head = await BackupReader.open(path)
  total.rows = head.header.tables.reduce((sum, table) => sum + table.rows, 0)
  await head.close()
  const { level, missing } = levelOf(head.header)
  const masterKey = judgeKey(head.header, options)
  const check = await checkBackup(path, table => {
    total.done += table.rows
    options.onProgress?.({ phase: 'check', table: nameOf(table), done: total.done, total: total.rows })
  })
  const client = new pg.Client(owner)
  client.on('error', () => undefined)
  await client.connect()
  try {
    await checkServer(client)
    await refuseInUse(client, options.replace ?? false)
    await makeRoles(client)
    if (options.queue) await installQueue(client, options.queue)
    await client.query(copySettings)
    await client.query('begin')
    const result = await inOneTransaction(client, path, check, level, missing, options).catch(async error => {
      await client.query('rollback')
      throw error
    })
    await client.query('commit')
    await client.query('analyze')
    return {
      ...result,
      createdAt: check.header.createdAt,
      tables: check.header.tables.length,
      rows: total.rows,
      masterKey,
      migratedForward: missing.map(one => one.name),
      seconds: (performance.now() - started) / 1000,
    }
  } finally {
    await client.end()
  }
}

const nameOf = (table: { schema: string; name: string }) => `${table.schema}.${table.name}`

async function refuseInUse(client: pg.Client, replace: boolean): Promise<void> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database()
       and pid <> pg_backend_pid() and usename = any ($1)`,
    [[...clusterRoles]],
  )
  if (rows[0]?.n) {
    throw new DatabaseRefused(
      'The server is using this database. Stop it, then restore.',
      '服务正在使用此数据库。请先停止服务，再恢复。',
    )
  }
  const tables = await keptTables(client)
  for (const table of tables.filter(one => one.schema !== 'ref' && one.name !== 'installation')) {
    const found = await client.query(`select 1 from ${qualified(client, table)} limit 1`)
    if (found.rowCount && !replace) {
      throw new DatabaseRefused(
        `The database is not empty (${nameOf(table)} has rows). Nothing was changed. To throw away what it holds, say --replace.`,
        `数据库非空(${nameOf(table)} 中已有数据),未做任何更改。如确认丢弃现有数据,请加 --replace。`,
      )
    }
  }
}

async function inOneTransaction(
  client: pg.Client,
  path: string,
  check: BackupCheck,
  level: readonly Migration[],
  missing: readonly Migration[],
  options: RestoreOptions,
) {
  await client.query("set local lock_timeout = '10s'")
  const before = await remembered(client)
  await client.query(`drop schema if exists ${ourSchemas.join(', ')} cascade`)
  await client.query('create schema fangxian_migration')
  await client.query(
    'create table fangxian_migration.applied (name text primary key, hash text not null, at timestamptz not null default now())',
  )
  await apply(client, level)
  await sameTables(client, check.header)
  const names = check.header.tables.map(table => qualified(client, table)).join(', ')
  await client.query(`truncate ${names}`)
  const putBack = await withoutTriggers(client)
  await fill(client, path, check.header, options)
  await putBack()
  await compare(client, check, options)
  await apply(client, missing)
  const restoreEpoch = await raiseEpoch(client, before.epoch)
  const keysDestroyedAgain = await destroyAgain(client, before.destroyed)
  const followUps = await putFollowUps(client, check.header)
  return { restoreEpoch, keysDestroyedAgain, followUps }
}

/** What must outlive the drop: the epoch, and which keys were destroyed here. */
async function remembered(client: pg.Client): Promise<{ epoch: number; destroyed: DestroyedKey[] }> {
  const found = await client.query("select to_regclass('sys.seal_key') is not null as present")
  if (!found.rows[0]?.present) return { epoch: 0, destroyed: [] }
  const epoch = await client.query("select value from sys.installation where key = 'restore_epoch'")
  const destroyed = await client.query<DestroyedKey>(
    'select agency_id, owner_id, destroyed_at from sys.seal_key where destroyed_at is not null',
  )
  return { epoch: Number(epoch.rows[0]?.value ?? 0), destroyed: destroyed.rows }
}

async function apply(client: pg.Client, list: readonly Migration[]): Promise<void> {
  for (const { name, sql, hash } of list) {
    // A migration is written for the search path that a plain connection has.
    await client.query('reset search_path')
    await client.query(sql)
    await client.query('set search_path = pg_catalog')
    await client.query('insert into fangxian_migration.applied (name, hash) values ($1, $2)', [name, hash])
  }
}

async function sameTables(client: pg.Client, header: BackupHeader): Promise<void> {
  const shape = (tables: readonly Omit<BackupTable, 'rows'>[]) =>
    tables.map(table => `${nameOf(table)} (${table.columns.join(', ')})`).sort()
  const [here, there] = [shape(await keptTables(client)), shape(header.tables)]
  const differing = [...here, ...there].filter(one => !here.includes(one) || !there.includes(one))
  if (differing.length > 0) {
    throw new DatabaseRefused(
      `The tables of the backup are not those that its migrations make: ${differing[0]}. Nothing was changed.`,
      `备份中的表与其迁移步骤不符(${differing[0]}),未做任何更改。`,
    )
  }
}

/**
 * Takes foreign keys and triggers off, and gives the way back. Putting the keys back checks every row; and unlike
 * `session_replication_role` it needs no superuser, so that it is one way for every server.
 */
async function withoutTriggers(client: pg.Client): Promise<() => Promise<void>> {
  const keys = await client.query<{ table: string; name: string; definition: string }>(
    `select k.conrelid::regclass::text as table, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_namespace n on n.oid = k.connamespace
     where k.contype = 'f' and k.conparentid = 0 and n.nspname in ('app', 'ref', 'sys') order by 1, 2`,
  )
  const triggers = await client.query<{ table: string; name: string }>(
    `select t.tgrelid::regclass::text as table, quote_ident(t.tgname) as name from pg_trigger t
       join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and t.tgparentid = 0 and t.tgenabled = 'O' and n.nspname in ('app', 'ref', 'sys') order by 1, 2`,
  )
  for (const { table, name } of keys.rows) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { table, name } of triggers.rows) {
    await client.query(`alter table ${table} disable trigger ${name}`)
  }
  return async () => {
    for (const { table, name, definition } of keys.rows) {
      await client.query(`alter table ${table} add constraint ${name} ${definition}`)
    }
    for (const { table, name } of triggers.rows) {
      await client.query(`alter table ${table} enable trigger ${name}`)
    }
  }
}

async function fill(client: pg.Client, path: string, header: BackupHeader, options: RestoreOptions) {
  const total = header.tables.reduce((sum, table) => sum + table.rows, 0)
  let before = 0
  const reader = await BackupReader.open(path)
  try {
    for (const table of header.tables) {
      const sink = client.query(
        copyFrom(`copy ${qualified(client, table)} (${columnList(client, table.columns)}) from stdin`),
      )
      await reader.table(table, sink, rows =>
        options.onProgress?.({ phase: 'restore', table: nameOf(table), done: before + rows, total }),
      )
      before += table.rows
    }
    await reader.end()
  } finally {
    await reader.close()
  }
}

/** Reads every table back and compares it with the backup, byte by byte through its digest. */
async function compare(client: pg.Client, check: BackupCheck, options: RestoreOptions): Promise<void> {
  const total = check.header.tables.reduce((sum, table) => sum + table.rows, 0)
  let done = 0
  for (const table of check.header.tables) {
    const meter = new CopyMeter()
    await pipeline(copyOut(client, table), meter, nowhere())
    const found = meter.trailer()
    if (found.sha256 !== check.tables.get(nameOf(table))?.sha256) {
      throw new DatabaseRefused(
        `After writing, ${nameOf(table)} is not what the backup says. Nothing was changed.`,
        `写入后 ${nameOf(table)} 与备份不一致,未做任何更改。`,
      )
    }
    done += table.rows
    options.onProgress?.({ phase: 'verify', table: nameOf(table), done, total })
  }
}

async function raiseEpoch(client: pg.Client, before: number): Promise<number> {
  const { rows } = await client.query<{ value: string }>(
    `insert into sys.installation as i (key, value) values ('restore_epoch', $1)
     on conflict (key) do update set value = (greatest(i.value::bigint + 1, excluded.value::bigint))::text
     returning value`,
    [String(before + 1)],
  )
  return Number(rows[0]?.value)
}

/** An erased person stays erased: the backup may hold a key that was destroyed here after it was made. */
async function destroyAgain(client: pg.Client, destroyed: readonly DestroyedKey[]): Promise<number> {
  const { rowCount } = await client.query(
    `update sys.seal_key k set wrapped = null, destroyed_at = d.destroyed_at
     from jsonb_to_recordset($1::jsonb) as d (agency_id uuid, owner_id uuid, destroyed_at timestamptz)
     where k.agency_id = d.agency_id and k.owner_id = d.owner_id and k.destroyed_at is null`,
    [JSON.stringify(destroyed)],
  )
  return rowCount ?? 0
}

async function putFollowUps(client: pg.Client, header: BackupHeader) {
  const found = await client.query(
    "select to_regclass('graphile_worker._private_jobs') is not null as present",
  )
  if (!found.rows[0]?.present) return { put: 0, lost: header.followUps.length }
  await client.query('delete from graphile_worker._private_jobs')
  for (const { hook, agency, command } of header.followUps) {
    await client.query('select sys.enqueue($1, $2, $3)', [hook, agency, command])
  }
  return { put: header.followUps.length, lost: 0 }
}
