// A PostgreSQL of its own for a bench, with fsync on and everything as an installation has it.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { launchDatabase } from '../../src/kernel/db/launcher.ts'
import { makeRoles, migrate } from '../../src/kernel/db/migrate.ts'
import { installQueue } from '../../src/kernel/db/queue.ts'

export interface BenchDatabase {
  /** The owner's connection. */
  owner: pg.Client
  as(user: string): pg.ClientConfig
  close(): Promise<void>
}

export async function benchDatabase(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'fangxian-bench-'))
  // mkdtemp closes it to the user that PostgreSQL runs as when we are root; the cluster would then lie elsewhere, and
  // stay there.
  chmodSync(folder, 0o711)
  const launched = await launchDatabase({ dataDir: join(folder, 'pg') })
  const { host, port, user } = launched.owner
  const root = new pg.Client({ host, port, user, database: 'postgres' })
  await root.connect()
  await makeRoles(root)
  await root.query('create database bench')
  await root.end()
  const as = (name: string): pg.ClientConfig => ({ host, port, user: name, database: 'bench' })
  const owner = new pg.Client(as(user))
  await owner.connect()
  await migrate(owner)
  await installQueue(owner, as('fangxian_jobs'))
  return {
    owner,
    as,
    close: async () => {
      await owner.end()
      await launched.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
