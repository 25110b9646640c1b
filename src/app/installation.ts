// An installation put together: database, kernel, live events, jobs. The server and the CLI both open it so.
import { join } from 'node:path'
import pg from 'pg'
import { checkServer, launchDatabase, type LaunchedDatabase } from '../kernel/db/launcher.ts'
import { makeRoles, migrate } from '../kernel/db/migrate.ts'
import { installQueue } from '../kernel/db/queue.ts'
import { Jobs } from '../kernel/jobs.ts'
import { Kernel } from '../kernel/kernel.ts'
import { Live } from '../kernel/live.ts'
import type { Log } from '../kernel/log.ts'
import type { PushParts } from '../kernel/push/push.ts'
import { externalAddresses, prepareExternal, type RoleAddresses } from './external-database.ts'
import { keepDatabase } from './keep-database.ts'
import type { Place } from './place.ts'
import { registry } from './registry.ts'

export interface DatabaseAddresses extends RoleAddresses {
  launched: LaunchedDatabase | undefined
  /** Gives the database up: our own one ends when nobody else uses it. */
  stop(): Promise<void>
}

export interface DatabaseOptions {
  fsync?: boolean
  onLog?: (line: string) => void
  onStep?: (name: string) => void
  /** Gives up between two steps. */
  signal?: AbortSignal
  /** Starts our own database again when it ends under us, and says so here. */
  keep?: Log
  /** As it is: a restore brings the database to the level of its file by itself. */
  unmigrated?: boolean
}

const databaseName = 'fangxian'

/** Starts or reaches the database, makes the roles, migrates. */
export async function openDatabase(place: Place, options: DatabaseOptions = {}): Promise<DatabaseAddresses> {
  const url = process.env.DATABASE_URL
  if (url) {
    const addresses = externalAddresses(url, place.masterKey)
    await prepareExternal(addresses)
    options.signal?.throwIfAborted()
    await bringForward(addresses, options)
    return { ...addresses, launched: undefined, stop: async () => undefined }
  }
  return openOwn(place, options)
}

async function openOwn(place: Place, options: DatabaseOptions): Promise<DatabaseAddresses> {
  const launch = () =>
    launchDatabase({
      dataDir: join(place.dataFolder, 'pg'),
      fsync: options.fsync ?? true,
      onLog: options.onLog ?? (() => undefined),
    })
  const launched = await launch().catch((error: unknown) => {
    // Ctrl-C reaches initdb too, which then fails: that is no fault of the folder.
    options.signal?.throwIfAborted()
    throw error
  })
  const { host, port, user } = launched.owner
  const at = (as: string): pg.ClientConfig => ({ host, port, user: as, database: databaseName, ssl: false })
  const addresses = { owner: at(user), app: at('fangxian_app'), jobs: at('fangxian_jobs') }
  try {
    options.signal?.throwIfAborted()
    const root = { ...addresses.owner, database: 'postgres' }
    await withOwner(root, async owner => {
      const found = await owner.query('select 1 from pg_database where datname = $1', [databaseName])
      if (found.rowCount === 0) await owner.query(`create database ${databaseName}`)
    })
    await withOwner(addresses.owner, async owner => {
      await checkServer(owner)
      await makeRoles(owner)
    })
    await bringForward(addresses, options)
  } catch (error) {
    await launched.stop()
    throw error
  }
  const { stop } = options.keep ? keepDatabase(launched, launch, options.keep) : launched
  return { ...addresses, launched, stop }
}

async function bringForward(addresses: RoleAddresses, options: DatabaseOptions): Promise<void> {
  if (options.unmigrated) return
  await withOwner(addresses.owner, async owner => {
    await migrate(owner, name => {
      options.signal?.throwIfAborted()
      options.onStep?.(name)
    })
    await installQueue(owner, addresses.jobs)
  })
}

export async function withOwner<R>(
  config: pg.ClientConfig,
  work: (owner: pg.Client) => Promise<R>,
): Promise<R> {
  const owner = new pg.Client(config)
  // A connection that breaks fails the query under way; without a listener it would end the process too.
  owner.on('error', () => undefined)
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}

export interface Installation {
  kernel: Kernel
  live: Live
  jobs: Jobs
  addresses: DatabaseAddresses
  /** Whether the database answers at this moment. */
  answers(): Promise<boolean>
  /** Ends in order; our own PostgreSQL last. */
  close(): Promise<void>
}

export async function openInstallation(
  place: Place,
  addresses: DatabaseAddresses,
  log: Log,
  push: PushParts | undefined,
  now: () => Date = () => new Date(),
): Promise<Installation> {
  const kernel = new Kernel({
    registry: registry(),
    database: addresses.app,
    masterKey: place.masterKey,
    now,
    log,
    push,
  })
  const live = new Live(addresses.app, log)
  await live.start()
  const jobs = new Jobs(kernel, addresses.jobs, { alone: addresses.launched !== undefined })
  return {
    kernel,
    live,
    jobs,
    addresses,
    answers: askedSeldom(() => answers(addresses.app)),
    close: async () => {
      await jobs.close()
      await live.close()
      await kernel.close()
      await addresses.stop()
    },
  }
}

const probeMs = 2_000

/** Over a connection of its own, because those of the pool may all be at long work. */
async function answers(config: pg.ClientConfig): Promise<boolean> {
  const probe = new pg.Client({ ...config, connectionTimeoutMillis: probeMs, query_timeout: probeMs })
  probe.on('error', () => undefined)
  try {
    await probe.connect()
    await probe.query('select 1')
    return true
  } catch {
    // Why not is in the log already, from those who work with the database; here only the answer counts.
    return false
  } finally {
    await probe.end()
  }
}

const keptMs = 500

/** The address is public: many who ask at once cost one connection. */
function askedSeldom(ask: () => Promise<boolean>): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined
  let until = 0
  return () => {
    if (answer && performance.now() < until) return answer
    until = performance.now() + probeMs * 2
    answer = ask().finally(() => {
      until = performance.now() + keptMs
    })
    return answer
  }
}
