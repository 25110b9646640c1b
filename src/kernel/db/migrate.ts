// Migrations: numbered files, applied in order, each in a transaction, recorded with a hash. A file that was
// applied and then edited is refused, because the database would no longer be what the files say.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'

const folder = fileURLToPath(new URL('../../../migrations/', import.meta.url))

export interface Migration {
  name: string
  sql: string
  hash: string
}

export function migrations(): Migration[] {
  return readdirSync(folder)
    .filter(name => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort()
    .map(name => {
      const sql = readFileSync(folder + name, 'utf8')
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    })
}

/** One hash over all migrations: the name of the template database of the tests. */
export function migrationsHash(): string {
  const all = createHash('sha256')
  for (const migration of migrations()) all.update(migration.name).update(migration.hash)
  return all.digest('hex').slice(0, 16)
}

export const clusterRoles = ['fangxian_app', 'fangxian_jobs'] as const

/** Roles belong to the cluster, not to the database. Made under a lock, because two databases may start at once. */
export async function makeRoles(owner: pg.Client, passwords?: Record<string, string>): Promise<void> {
  await owner.query('begin')
  await owner.query("select pg_advisory_xact_lock(hashtext('fangxian roles'))")
  for (const role of clusterRoles) {
    const found = await owner.query('select 1 from pg_roles where rolname = $1', [role])
    if (found.rowCount === 0) await owner.query(`create role ${role} login nosuperuser noinherit nobypassrls`)
    const password = passwords?.[role]
    if (password) await owner.query(`alter role ${role} password ${owner.escapeLiteral(password)}`)
  }
  await owner.query('commit')
}

/** Applies what is missing and returns the names applied. */
export async function migrate(owner: pg.Client, onStep?: (name: string) => void): Promise<string[]> {
  await owner.query("select pg_advisory_lock(hashtext('fangxian migrations'))")
  try {
    await owner.query('create schema if not exists fangxian_migration')
    await owner.query(
      'create table if not exists fangxian_migration.applied (name text primary key, hash text not null, at timestamptz not null default now())',
    )
    const known = await owner.query<{ name: string; hash: string }>(
      'select name, hash from fangxian_migration.applied',
    )
    const applied = new Map(known.rows.map(row => [row.name, row.hash]))
    const done: string[] = []
    for (const migration of migrations()) {
      const before = applied.get(migration.name)
      if (before === migration.hash) continue
      if (before)
        throw new Error(`migration ${migration.name} was applied before with other text; add a new file`)
      onStep?.(migration.name)
      await owner.query('begin')
      try {
        await owner.query(migration.sql)
        await owner.query('insert into fangxian_migration.applied (name, hash) values ($1, $2)', [
          migration.name,
          migration.hash,
        ])
        await owner.query('commit')
      } catch (error) {
        await owner.query('rollback')
        throw new Error(`migration ${migration.name} failed: ${(error as Error).message}`, { cause: error })
      }
      done.push(migration.name)
    }
    return done
  } finally {
    await owner.query("select pg_advisory_unlock(hashtext('fangxian migrations'))")
  }
}
