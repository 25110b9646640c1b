// A PostgreSQL of somebody else's, named by DATABASE_URL: its owner makes the roles, the server works as them.
import { createHmac } from 'node:crypto'
import pg from 'pg'
import { checkServer, DatabaseRefused } from '../kernel/db/launcher.ts'
import { errorCode, errorText } from '../kernel/db/launcher-refused.ts'
import { clusterRoles, makeRoles } from '../kernel/db/migrate.ts'

export interface RoleAddresses {
  owner: pg.ClientConfig
  app: pg.ClientConfig
  jobs: pg.ClientConfig
}

const connectMs = 10_000

/** The parts of the address, read as the driver reads them. */
export function externalAddresses(url: string, masterKey: Buffer): RoleAddresses {
  let shown: Shown
  try {
    // The driver takes any text for an address, and then looks for a machine named “base”.
    if (!/^(postgres|postgresql|socket):\/|^\//.test(url)) throw new Error('no address of PostgreSQL')
    shown = (new pg.Client({ connectionString: url }) as unknown as { connectionParameters: Shown })
      .connectionParameters
  } catch (error) {
    throw new DatabaseRefused(
      'DATABASE_URL is not an address of PostgreSQL. It looks like postgres://user:password@host:5432/database.',
      'DATABASE_URL 不是有效的 PostgreSQL 地址，应形如 postgres://user:password@host:5432/database。',
      { cause: error },
    )
  }
  const { host, port, database, ssl, sslnegotiation } = shown
  const passwords = rolePasswords(masterKey)
  // Not by putting another name into the text of the address: an address without a host drops it silently, and
  // the server would work as the owner, whom row-level security does not bind.
  const as = (user: string): pg.ClientConfig => ({
    host,
    port,
    database,
    ssl,
    ...(sslnegotiation ? { sslnegotiation } : {}),
    user,
    password: passwords[user] ?? '',
    connectionTimeoutMillis: connectMs,
  })
  return {
    owner: { connectionString: url, connectionTimeoutMillis: connectMs },
    app: as('fangxian_app'),
    jobs: as('fangxian_jobs'),
  }
}

interface Shown {
  host: string
  port: number
  database: string
  user: string
  ssl: pg.ClientConfig['ssl']
  sslnegotiation?: 'postgres' | 'direct'
}

/** Passwords of the two roles: derived, so that nothing but the master key need be kept. */
function rolePasswords(masterKey: Buffer): Record<string, string> {
  const given = process.env.FANGXIAN_ROLE_PASSWORD
  return Object.fromEntries(
    clusterRoles.map(role => [
      role,
      given || createHmac('sha256', masterKey).update(`database role ${role}`).digest('base64url'),
    ]),
  )
}

/** Refuses a server that does not serve, and sees to it that both roles can come in. */
export async function prepareExternal(addresses: RoleAddresses): Promise<void> {
  const owner = new pg.Client(addresses.owner)
  try {
    await owner.connect()
  } catch (error) {
    throw unreachable(error, owner)
  }
  try {
    await checkServer(owner)
    const entrances = await Promise.all([addresses.app, addresses.jobs].map(config => entrance(config)))
    // Only where it is needed: an owner who may not alter roles can have them made by an administrator.
    if (entrances.some(one => one !== undefined)) await makeRoles(owner, passwordsOf(addresses))
    await ownQueue(owner)
  } catch (error) {
    throw noRoles(error)
  } finally {
    await owner.end()
  }
  for (const config of [addresses.app, addresses.jobs]) {
    const problem = await entrance(config)
    if (problem) throw roleShutOut(problem, String(config.user))
  }
}

/**
 * The job queue belongs to its role, and the owner makes and backs it up. Whoever makes a role may give it away,
 * but is no member of it; a superuser needs nothing.
 */
async function ownQueue(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ may: boolean; me: string }>(
    "select pg_has_role(current_user, 'fangxian_jobs', 'SET') and pg_has_role(current_user, 'fangxian_jobs', 'USAGE') as may, quote_ident(current_user) as me",
  )
  if (rows[0]?.may) return
  await owner.query(`grant fangxian_jobs to ${rows[0]?.me} with inherit true, set true`)
}

const passwordsOf = ({ app, jobs }: RoleAddresses) =>
  Object.fromEntries([app, jobs].map(({ user, password }) => [String(user), String(password)]))

/** Undefined when the role comes in as itself. */
async function entrance(config: pg.ClientConfig): Promise<unknown> {
  const client = new pg.Client(config)
  try {
    await client.connect()
  } catch (error) {
    return error
  }
  try {
    const { rows } = await client.query<{ name: string }>('select current_user as name')
    // A pooler in between may put everybody in as one user.
    return rows[0]?.name === config.user ? undefined : new Error(`the server takes it for ${rows[0]?.name}`)
  } finally {
    await client.end()
  }
}

function reasonOf(error: unknown): string {
  // A name with several addresses fails with one error for all, without a text of its own.
  if (error instanceof AggregateError && error.errors.length > 0) return errorText(error.errors[0])
  return errorText(error) || errorCode(error)
}

function unreachable(error: unknown, { host, port, database, user }: pg.Client): DatabaseRefused {
  const where = `${host}:${port}, database “${database}”, user “${user ?? ''}”`
  return new DatabaseRefused(
    `The database of DATABASE_URL (${where}) cannot be reached: ${reasonOf(error)}. Check that it runs, that it may be reached from here, and user, password and database name.`,
    `无法连接 DATABASE_URL 指定的数据库(${host}:${port},库 ${database},用户 ${user ?? ''})。请检查数据库是否运行、网络是否可达,以及用户名、口令和库名。`,
    { cause: error },
  )
}

function noRoles(error: unknown): unknown {
  if (errorCode(error) !== '42501') return error
  const statements = [
    ...clusterRoles.map(role => `CREATE ROLE ${role} LOGIN NOINHERIT PASSWORD '…'`),
    'GRANT fangxian_jobs TO (the user of DATABASE_URL)',
  ].join('; ')
  return new DatabaseRefused(
    `The user of DATABASE_URL may not make roles: ${errorText(error)}. Give it CREATEROLE; or let an administrator run: ${statements}; and set FANGXIAN_ROLE_PASSWORD to that password.`,
    `DATABASE_URL 的用户无权建立角色。请授予 CREATEROLE,或由管理员执行:${statements};并将该口令设为 FANGXIAN_ROLE_PASSWORD。`,
    { cause: error },
  )
}

function roleShutOut(error: unknown, role: string): DatabaseRefused {
  return new DatabaseRefused(
    `The role ${role} cannot come in to the database of DATABASE_URL: ${reasonOf(error)}. Allow it in pg_hba.conf with scram-sha-256, and in the pooler if there is one.`,
    `角色 ${role} 无法登录 DATABASE_URL 指定的数据库。请在 pg_hba.conf(及连接池)中以 scram-sha-256 放行。`,
    { cause: error },
  )
}
