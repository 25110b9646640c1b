// Backup: one consistent snapshot of everything that cannot be made anew, while the server goes on working.
import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import {
  type BackupHeader,
  type BackupTable,
  BackupWriter,
  checkBackup,
  CopyMeter,
  formatVersion,
} from './backup-format.ts'
import { DatabaseRefused } from './launcher-refused.ts'

/** Tables of sys that are not kept: who restores signs in anew, and half-done jobs are gone. */
export const notKept: Readonly<Record<string, string>> = {
  session: 'a session stolen with the backup would be valid again',
  throttle: 'counts of failed sign-ins of another day',
  one_time_code: 'codes that were used or taken back would be valid again',
  push_subscription: 'a copy that is tried out elsewhere would ring the phones of the real ones',
  job_progress: 'the jobs it tells of ended with the server',
}

export interface CopyProgress {
  phase: 'backup' | 'check' | 'restore' | 'verify'
  table: string
  /** Rows of all tables. */
  done: number
  total: number
}

export interface BackupOptions {
  /** 32 bytes. It never goes into the file, only a value by which restore knows whether it has the same. */
  masterKey?: Buffer
  now?: Date
  onProgress?: (step: CopyProgress) => void
}

export interface BackupReport {
  path: string
  bytes: number
  tables: number
  rows: number
  createdAt: string
  seconds: number
}

/** COPY text must be the same whoever asks. */
export const copySettings = `set timezone = 'UTC'; set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres';
  set extra_float_digits = 1; set bytea_output = 'hex'; set client_encoding = 'UTF8';
  set synchronize_seqscans = off; set max_parallel_workers_per_gather = 0; set search_path = pg_catalog`

/** By this a master key is recognised: a keyed hash of a nonce, under a key that serves for nothing else. */
export function keyCheckValue(masterKey: Buffer, nonce: string): string {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'fangxian backup key check', 32))
  return createHmac('sha256', key).update(nonce).digest('base64url')
}

/** The tables that a backup holds, with the columns that are stored. */
export async function keptTables(owner: pg.ClientBase): Promise<Omit<BackupTable, 'rows'>[]> {
  const { rows } = await owner.query<Omit<BackupTable, 'rows'>>(
    `select n.nspname as schema, c.relname as name, (select jsonb_agg(a.attname order by a.attnum)
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('app', 'ref', 'sys') and c.relkind in ('r', 'p') and not c.relispartition
       and not (n.nspname = 'sys' and c.relname = any ($1))
     order by n.nspname, c.relname`,
    [Object.keys(notKept)],
  )
  return rows
}

export const qualified = (client: pg.ClientBase, table: { schema: string; name: string }) =>
  `${client.escapeIdentifier(table.schema)}.${client.escapeIdentifier(table.name)}`
export const columnList = (client: pg.ClientBase, columns: readonly string[]) =>
  columns.map(column => client.escapeIdentifier(column)).join(', ')

/** COPY text of a table, through the meter. */
export function copyOut(client: pg.Client, table: Omit<BackupTable, 'rows'>) {
  const columns = columnList(client, table.columns)
  return client.query(copyTo(`copy (select ${columns} from ${qualified(client, table)}) to stdout`))
}

async function followUps(owner: pg.ClientBase): Promise<BackupHeader['followUps']> {
  const found = await owner.query(
    "select to_regclass('graphile_worker._private_jobs') is not null as present",
  )
  if (!found.rows[0]?.present) return []
  const { rows } = await owner.query<BackupHeader['followUps'][number]>(
    `select payload ->> 'hook' as hook, payload ->> 'agency' as agency, payload ->> 'command' as command
     from graphile_worker._private_jobs where payload ->> 'hook' is not null and payload ->> 'command' is not null order by id`,
  )
  return rows
}

async function headerOf(owner: pg.Client, options: BackupOptions): Promise<BackupHeader> {
  const present = await owner.query(
    "select to_regclass('fangxian_migration.applied') is not null as migrated, current_setting('server_version') as version",
  )
  if (!present.rows[0]?.migrated) {
    throw new DatabaseRefused(
      'There is nothing to back up: this database holds no Fangxian data.',
      '没有可备份的内容：此数据库中没有防线的数据。',
    )
  }
  const migrations = await owner.query<{ name: string; hash: string }>(
    'select name, hash from fangxian_migration.applied order by name',
  )
  const tables: BackupTable[] = []
  for (const table of await keptTables(owner)) {
    const counted = await owner.query<{ rows: string }>(
      `select count(*)::text as rows from ${qualified(owner, table)}`,
    )
    tables.push({ ...table, rows: Number(counted.rows[0]?.rows) })
  }
  const nonce = randomBytes(16).toString('base64url')
  return {
    format: formatVersion,
    createdAt: (options.now ?? new Date()).toISOString(),
    postgres: String(present.rows[0]?.version),
    migrations: migrations.rows,
    tables,
    keyCheck: options.masterKey ? { nonce, value: keyCheckValue(options.masterKey, nonce) } : null,
    followUps: await followUps(owner),
  }
}

/**
 * Writes a backup of the database into a new file, and reads it back. `owner` connects as the owner of the tables.
 * Safe while the server runs. The file appears under its name only when it is whole and checked.
 */
export async function backupTo(
  owner: pg.ClientConfig,
  path: string,
  options: BackupOptions = {},
): Promise<BackupReport> {
  const started = performance.now()
  if (existsSync(path)) {
    throw new DatabaseRefused(`The file exists already: ${path}`, `文件已存在:${path}`)
  }
  const part = `${path}.part`
  await rm(part, { force: true })
  const client = new pg.Client(owner)
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(copySettings)
    await client.query('begin isolation level repeatable read read only')
    const header = await headerOf(client, options)
    const bytes = await writeAll(client, part, header, options)
    await client.query('commit')
    const total = header.tables.reduce((sum, table) => sum + table.rows, 0)
    let done = 0
    await checkBackup(part, table => {
      done += table.rows
      options.onProgress?.({ phase: 'check', table: `${table.schema}.${table.name}`, done, total })
    })
    await rename(part, path)
    const seconds = (performance.now() - started) / 1000
    return { path, bytes, tables: header.tables.length, rows: total, createdAt: header.createdAt, seconds }
  } finally {
    await client.end()
    await rm(part, { force: true })
  }
}

async function writeAll(client: pg.Client, path: string, header: BackupHeader, options: BackupOptions) {
  const total = header.tables.reduce((sum, table) => sum + table.rows, 0)
  let before = 0
  const writer = await BackupWriter.create(path, header)
  try {
    for (const table of header.tables) {
      const name = `${table.schema}.${table.name}`
      const report = (rows: number) =>
        options.onProgress?.({ phase: 'backup', table: name, done: before + rows, total })
      const meter = new CopyMeter(report)
      // Level 3 costs a third of the time of level 6 and a tenth more space.
      await pipeline(copyOut(client, table), meter, createGzip({ level: 3 }), writer.tableSink())
      const trailer = meter.trailer()
      if (trailer.rows !== table.rows) throw new Error(`invariant: ${name} changed inside a snapshot`)
      await writer.endTable(trailer)
      before += table.rows
    }
    await writer.finish()
    return writer.bytes
  } finally {
    await writer.close()
  }
}
