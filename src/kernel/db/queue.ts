// The job queue's schema: graphile-worker's own, owned by the role of the jobs and reached only through
// sys.enqueue. Its payload is an agency and a command, so a job carries nothing personal.
import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'

/** Creates the schema for the jobs' role and lets graphile-worker migrate it. */
export async function installQueue(owner: pg.Client, jobs: pg.ClientConfig): Promise<void> {
  await owner.query('create schema if not exists graphile_worker authorization fangxian_jobs')
  const { rows } = await owner.query<{ database: string; owner: string }>(
    'select quote_ident(current_database()) as database, quote_ident(current_user) as owner',
  )
  // graphile-worker runs "create schema if not exists", which asks for CREATE on the database.
  await owner.query(`grant create, connect on database ${rows[0]?.database} to fangxian_jobs`)
  const pool = new pg.Pool({ ...jobs, max: 2 })
  // A connection that breaks while idle is replaced; without listeners it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', client => client.on('error', () => undefined))
  try {
    await runMigrations({ pgPool: pool, logger: quiet })
  } finally {
    await pool.end()
  }
}

export const quiet = new Logger(() => () => undefined)
