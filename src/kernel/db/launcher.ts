import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shippedBinaries, usableBinaries } from './launcher-binaries.ts'
import { makeCluster, superuser } from './launcher-cluster.ts'
import { findPlace, type Place, prepareHome } from './launcher-place.ts'
import { claim, liveClaims, processStart, takeLock } from './launcher-processes.ts'
import { DatabaseRefused } from './launcher-refused.ts'
import { findServer, runningServer, type Server, startServer, stopServer } from './launcher-server.ts'

export { checkServer } from './launcher-check.ts'
export { DatabaseRefused } from './launcher-refused.ts'

export interface LaunchedDatabase {
  /** Connection settings for `pg` as the cluster's superuser over a unix socket (`host` is its folder). */
  owner: { host: string; port: number; user: string; database?: string }
  /** The folder that was asked for, with links resolved. */
  dataDir: string
  /** The cluster itself: below dataDir, or elsewhere as dataDir/pg-location says. */
  cluster: string
  /** The server's log. */
  logFile: string
  pid: number
  /** The server ran already when we came. */
  adopted: boolean
  /**
   * Gives the database up. The last of our processes to do so stops the server and waits for its end; close
   * your connections before, or they are cut off after 3 s. May be called again.
   */
  stop(): Promise<void>
}

export interface LaunchOptions {
  /** A folder for this database alone; made if absent. */
  dataDir: string
  /** False only in tests: a crash of the machine then loses the database. */
  fsync?: boolean
  /** What the launcher does, in lines of English. The server's own log is in a file. */
  onLog?: (line: string) => void
  /** Server settings over ours, by name. */
  settings?: Record<string, string>
  /** Where root puts the cluster of a dataDir that PostgreSQL's user cannot reach. */
  otherPlaces?: string
}

/**
 * Runs the PostgreSQL that npm brought on a folder, creating the cluster the first time. Safe to call after
 * any kill -9, and by several processes at once: one starts the server, the others adopt it. Throws
 * DatabaseRefused with what to do.
 */
export async function launchDatabase(options: LaunchOptions): Promise<LaunchedDatabase> {
  const { dataDir, fsync = true, onLog = () => {}, settings = {} } = options
  // /var/tmp and /tmp are swept after days on many systems; a cluster that is kept cannot lie there.
  const otherPlaces =
    options.otherPlaces ?? (fsync ? '/var/lib/fangxian' : join(tmpdir(), 'fangxian-databases'))
  if (process.platform === 'win32') {
    throw new DatabaseRefused(
      'On Windows Fangxian does not run PostgreSQL itself. Use WSL, or set DATABASE_URL to a PostgreSQL 18 server.',
      'Windows 上不支持自带数据库。请使用 WSL,或用 DATABASE_URL 指定 PostgreSQL 18 数据库。',
    )
  }
  const prepared = prepareHome(dataDir)
  const lock = await lockFor(prepared.home, onLog)
  try {
    const place = await findPlace(prepared, { otherPlaces, throwaway: !fsync }, onLog)
    const user = claim(place.users)
    const others = () => liveClaims(place.users).filter(name => name !== user.name)
    try {
      let running: Server | undefined
      let server: Server | undefined
      while (!server) {
        running = await findServer(place, others, fsync, onLog)
        if (running) onLog(`using the database that already runs, process ${running.pid}; log: ${place.log}`)
        server = running ?? (await start(place, fsync, settings, onLog))
      }
      const found = server
      let stopping: Promise<void> | undefined
      return {
        owner: { host: server.sockets, port: server.port, user: superuser, database: 'postgres' },
        dataDir: place.home,
        cluster: place.cluster,
        logFile: place.log,
        pid: server.pid,
        adopted: running !== undefined,
        stop: () => {
          stopping ??= leave(place, found, user, onLog)
          return stopping
        },
      }
    } catch (error) {
      user.release()
      throw error
    }
  } finally {
    lock.release()
  }
}

const lockFor = (home: string, onLog: (line: string) => void) =>
  takeLock(join(home, 'locks'), pid =>
    onLog(`waiting for process ${pid}, which starts or stops the database`),
  )

async function start(
  place: Place,
  fsync: boolean,
  settings: Record<string, string>,
  onLog: (line: string) => void,
): Promise<Server | undefined> {
  const binaries = await usableBinaries(shippedBinaries(), place.place, place.runAs, onLog)
  await makeCluster(place, binaries, fsync, onLog)
  return startServer(place, binaries, { fsync, settings, onLog })
}

/** The last one out stops the server. Under the lock, so that nobody adopts a server that is about to end. */
async function leave(
  place: Place,
  server: Server,
  user: { release(): void },
  onLog: (line: string) => void,
): Promise<void> {
  // A test may have removed the folder already: nobody else can come then, and the server still has to end.
  const lock = existsSync(place.locks) ? await lockFor(place.home, onLog) : undefined
  try {
    user.release()
    const others = existsSync(place.users) ? liveClaims(place.users) : []
    if (others.length > 0) {
      onLog(`the database goes on: process ${others.map(name => name.split('_')[0]).join(', ')} uses it`)
      return
    }
    const survives = processStart(server.pid) === server.start
    const last = survives ? server : await runningServer(place)
    if (!last) onLog(`the database had already ended; log: ${place.log}`)
    await stopServer(place, last ?? server, onLog)
  } finally {
    lock?.release()
  }
}
