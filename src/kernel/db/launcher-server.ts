import { spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Binaries } from './launcher-binaries.ts'
import { endProcesses, startArguments, superuser, writeSettings } from './launcher-cluster.ts'
import { leaveSocketFolder, type Place, port, socketFolder } from './launcher-place.ts'
import {
  cleanEnvironment,
  numberTaken,
  processStart,
  serverProcesses,
  signal,
  spawnAs,
  waitForEnd,
} from './launcher-processes.ts'
import { DatabaseRefused, errorCode, errorText } from './launcher-refused.ts'

export interface Server {
  pid: number
  /** Tells this server from a later process with the same number. */
  start: string
  sockets: string
  port: number
  fsync: boolean
}

interface PidFile {
  pid: number
  port: number
  sockets: string
  status: string
}

/** The server's own note of itself; its lines are described in PostgreSQL's miscadmin.h. */
function readPidFile(cluster: string): PidFile | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  const [pid, , , port, sockets = '', , , status = ''] = lines
  return { pid: Number(pid), port: Number(port), sockets, status: status.trim() }
}

type Answer = { ready: true; fsync: boolean } | { ready: false; why: string }

async function ask(sockets: string, socketPort: number): Promise<Answer> {
  const owner = { host: sockets, port: socketPort, user: superuser, database: 'postgres' }
  const client = new pg.Client({ ...owner, ssl: false, connectionTimeoutMillis: 5000 })
  let lost: Error | undefined
  client.on('error', error => {
    lost = error
  })
  try {
    await client.connect()
    const { rows } = await client.query<{ fsync: string }>('show fsync')
    await client.end()
    if (lost) throw lost
    return { ready: true, fsync: rows[0]?.fsync === 'on' }
  } catch (error) {
    const code = errorCode(error)
    // 57P01 to 57P03: starting up, shutting down, killed; 53300: full. The driver gives most lost connections no code.
    const known = ['57P01', '57P02', '57P03', '53300'].includes(code)
    if (code === 'EACCES' || (error instanceof pg.DatabaseError && !known)) throw error
    return { ready: false, why: `${code} ${errorText(error)}`.trim() }
  }
}

const startMillisecondsMax = 10 * 60_000
const unreachableMilliseconds = 5000

/**
 * Waits until the server answers; false when it ended, is on its way down, or runs but cannot be reached.
 * Recovery after a crash may take minutes, so a server that is alive and starting is waited for.
 */
async function waitUntilReady(
  place: Place,
  pid: number,
  ended: () => boolean,
  onLog: (line: string) => void,
): Promise<Server | { why: string }> {
  const began = Date.now()
  let told = began
  let readySince = 0
  for (let pause = 5; ; pause = Math.min(pause * 1.5, 100)) {
    if (ended()) return { why: 'it ended' }
    const note = readPidFile(place.cluster)
    if (note?.pid === pid && note.status === 'stopping') return { why: 'it is shutting down' }
    if (note?.pid === pid && note.status === 'ready') {
      const answer = await ask(note.sockets, note.port)
      const start = processStart(pid)
      if (answer.ready && start) {
        return { pid, start, sockets: note.sockets, port: note.port, fsync: answer.fsync }
      }
      readySince ||= Date.now()
      if (!answer.ready && Date.now() - readySince > unreachableMilliseconds) return { why: answer.why }
    }
    const waited = Date.now() - began
    if (waited > startMillisecondsMax) return { why: `not ready after ${Math.round(waited / 1000)} s` }
    if (Date.now() - told > 5000) {
      told = Date.now()
      onLog(`the database is starting (${note?.status || 'no status yet'}), ${Math.round(waited / 1000)} s`)
    }
    await sleep(pause)
  }
}

/**
 * A server that already runs on this cluster. One that can no longer be used is stopped, unless another of
 * our processes works with it. Called under the lock.
 */
export async function findServer(
  place: Place,
  otherUsers: () => string[],
  fsync: boolean,
  onLog: (line: string) => void,
): Promise<Server | undefined> {
  const note = readPidFile(place.cluster)
  if (!note) return undefined
  const pids = await serverProcesses(place.cluster, place.runAs)
  if (!pids.includes(Math.abs(note.pid))) {
    await refuseHiddenServer(place, note)
    return undefined
  }
  if (note.pid < 0) {
    throw new DatabaseRefused(
      `Somebody works on ${place.cluster} with PostgreSQL in single-user mode (process ${-note.pid}). End that first.`,
      `有人正以单用户模式操作 ${place.cluster}(进程 ${-note.pid})。请先结束该进程。`,
    )
  }
  const found = await waitUntilReady(place, note.pid, () => processStart(note.pid) === undefined, onLog)
  let why = 'why' in found ? found.why : ''
  if ('pid' in found) {
    // A server of a test keeps nothing safe; data that matters must not be given to it.
    if (found.fsync || !fsync) return found
    why = 'it runs without fsync, as only tests may'
  }
  // Of one that ended or is ending the other users have nothing any more.
  const usable = processStart(note.pid) !== undefined && readPidFile(place.cluster)?.status !== 'stopping'
  const others = usable ? otherUsers() : []
  if (others.length > 0) {
    throw new DatabaseRefused(
      `The running database (process ${note.pid}) cannot be used: ${why}. It is in use by process ${others.map(name => name.split('_')[0]).join(', ')}: end that first, then start again. Log: ${place.log}`,
      `正在运行的数据库(进程 ${note.pid})无法使用,且被其他进程占用。请先结束这些进程再启动。日志:${place.log}`,
      { detail: logTail(place.log, 0) },
    )
  }
  onLog(`the running database (process ${note.pid}) cannot be used: ${why}; stopping it to start it anew`)
  const start = processStart(note.pid)
  if (start) await stopServer(place, { ...note, start, fsync: false }, onLog, 0)
  return undefined
}

/** The noted process is not a server of this cluster as far as can be seen from here. */
async function refuseHiddenServer(place: Place, note: PidFile): Promise<void> {
  if (!note.sockets || !(await ask(note.sockets, note.port)).ready) return
  throw new DatabaseRefused(
    `A PostgreSQL answers in ${note.sockets}, but its process cannot be seen from here: ${place.cluster} is in use by another container or user. Stop that one first; two servers would destroy the data.`,
    `${note.sockets} 处有 PostgreSQL 应答,但在此看不到其进程:${place.cluster} 正被另一个容器或用户使用。请先停止它,否则两个数据库会损坏数据。`,
  )
}

/** The server that runs on the cluster now: not the one we started, when that was killed and another came. */
export async function runningServer(place: Place): Promise<Server | undefined> {
  const note = readPidFile(place.cluster)
  const start = note && processStart(note.pid)
  if (!note || !start) return undefined
  const pids = await serverProcesses(place.cluster, place.runAs)
  return pids.includes(note.pid) ? { ...note, start, fsync: false } : undefined
}

/**
 * Removes the notes of a server that is gone where its number still stands for something: another process
 * (after a restart of a container the numbers begin anew) or a zombie nobody reaps. PostgreSQL would refuse
 * to start. Otherwise they stay, since PostgreSQL finds in them the shared memory to check.
 */
function removeStaleNotes(cluster: string, sockets: string): void {
  for (const file of [join(cluster, 'postmaster.pid'), join(sockets, `.s.PGSQL.${port}.lock`)]) {
    if (existsSync(file) && numberTaken(Math.abs(Number.parseInt(readFileSync(file, 'utf8'), 10))))
      rmSync(file)
  }
}

const logBytesMax = 10 * 1024 * 1024

/** Opens the log for appending; the server writes to it itself, so it goes on when we are gone. */
function openLog(place: Place): { log: number; from: number } {
  if (existsSync(place.log) && statSync(place.log).size > logBytesMax) renameSync(place.log, `${place.log}.1`)
  const log = openSync(place.log, 'a', 0o600)
  if (place.runAs) {
    const { uid, gid } = statSync(place.home)
    chownSync(place.log, uid, gid)
  }
  return { log, from: fstatSync(log).size }
}

export function logTail(file: string, from: number): string {
  if (!existsSync(file)) return ''
  const text = readFileSync(file).subarray(from).toString('utf8')
  return text.trimEnd().split('\n').slice(-20).join('\n')
}

/**
 * Starts a server. Called under the lock, after findServer. Undefined when another one was there first after
 * all: that of a process killed the moment it had started it. Look again then.
 */
export async function startServer(
  place: Place,
  binaries: Binaries,
  options: { fsync: boolean; settings: Record<string, string>; onLog: (line: string) => void },
): Promise<Server | undefined> {
  const { fsync, settings, onLog } = options
  const orphans = await endProcesses(place.cluster, place)
  if (orphans > 0) onLog(`ended ${orphans} processes that a killed database server had left`)
  const sockets = await socketFolder(place)
  removeStaleNotes(place.cluster, sockets)
  const settingsFile = writeSettings(place, fsync, settings)
  const { log, from } = openLog(place)
  const began = Date.now()
  let ended = ''
  let pid = 0
  try {
    // A process group of its own: Ctrl-C reaches everyone in ours, and the database has to be stopped last.
    const child = spawn(binaries.postgres, startArguments(place, settingsFile, sockets, port), {
      // It would go there by itself; standing there from the first moment it can be found, should we be killed.
      cwd: place.cluster,
      env: cleanEnvironment(),
      detached: true,
      stdio: ['ignore', log, log],
      ...spawnAs(place.runAs),
    })
    child.on('error', error => {
      ended = errorText(error)
    })
    child.on('exit', (code, name) => {
      ended = name ? `signal ${name}` : `exit code ${code}`
    })
    child.unref()
    pid = child.pid ?? 0
    const server = await waitUntilReady(place, pid, () => ended !== '', onLog)
    if ('pid' in server) {
      onLog(`database started, process ${pid} (${Date.now() - began} ms); log: ${place.log}`)
      return server
    }
    const start = processStart(pid)
    if (start) await stopServer(place, { pid, start, sockets, port, fsync }, onLog, 0)
    const rival = readPidFile(place.cluster)?.pid ?? pid
    if (rival !== pid && (await serverProcesses(place.cluster, place.runAs)).includes(rival)) return undefined
    throw new DatabaseRefused(
      `PostgreSQL did not start in ${place.cluster}: ${ended || server.why}. The end of its log ${place.log} follows; remove the cause and start again.`,
      `PostgreSQL 未能在 ${place.cluster} 启动(${ended || server.why})。以下是日志 ${place.log} 的结尾;请排除原因后重新启动。`,
      { detail: logTail(place.log, from) },
    )
  } finally {
    closeSync(log)
  }
}

const smartMilliseconds = 3000

/**
 * Stops the server and waits for its end: first letting clients finish, then cutting them off, then without
 * a checkpoint (the next start recovers from the log), then by force.
 */
export async function stopServer(
  place: Place,
  server: Server,
  onLog: (line: string) => void,
  patience = smartMilliseconds,
): Promise<void> {
  const steps: [NodeJS.Signals, number, string][] = [
    ['SIGTERM', patience, 'waiting for its clients'],
    ['SIGINT', 60_000, 'cutting off its clients'],
    ['SIGQUIT', 10_000, 'without a checkpoint'],
    ['SIGKILL', 10_000, 'by force'],
  ]
  for (const [name, milliseconds, how] of steps) {
    if (milliseconds === 0) continue
    if (processStart(server.pid) !== server.start || !signal(server.pid, name)) break
    if (name !== 'SIGTERM') onLog(`stopping the database ${how}`)
    if (await waitForEnd([server.pid], milliseconds)) break
  }
  if (processStart(server.pid) === server.start) {
    throw new DatabaseRefused(
      `The database server (process ${server.pid}) does not end, even when killed (a disk that does not answer?). Log: ${place.log}`,
      `数据库进程 ${server.pid} 无法结束(磁盘可能无响应)。日志:${place.log}`,
      { detail: logTail(place.log, 0) },
    )
  }
  // None after an orderly end; after force, backends may be left.
  await endProcesses(place.cluster, place)
  leaveSocketFolder(place, server.sockets)
}
