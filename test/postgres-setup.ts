// One PostgreSQL for the whole run, with fsync off; roles once; a template database per hash of the migrations.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { launchDatabase } from '../src/kernel/db/launcher.ts'
import { makeRoles, migrate, migrationsHash } from '../src/kernel/db/migrate.ts'
import { installQueue } from '../src/kernel/db/queue.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: { host: string; port: number; user: string; template: string }
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'fangxian-test-'))
  const launched = await launchDatabase({
    dataDir: join(folder, 'pg'),
    fsync: false,
    settings: { max_connections: '200' },
  })
  const { host, port, user } = launched.owner
  const template = `template_${migrationsHash()}`
  const root = new pg.Client({ host, port, user, database: 'postgres' })
  await root.connect()
  await makeRoles(root)
  await root.query(`create database ${template}`)
  await root.end()
  const owner = new pg.Client({ host, port, user, database: template })
  await owner.connect()
  await migrate(owner)
  await installQueue(owner, { host, port, user: 'fangxian_jobs', database: template })
  await owner.end()
  project.provide('postgres', { host, port, user, template })
  return async () => {
    await launched.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
