import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Binaries } from './launcher-binaries.ts'
import type { Place } from './launcher-place.ts'
import { type Ran, run, serverProcesses, signal, waitForEnd } from './launcher-processes.ts'
import { DatabaseRefused } from './launcher-refused.ts'

export const superuser = 'postgres'

/**
 * Makes the cluster if there is none. It is built under another name and renamed when complete, so that a
 * folder `cluster` is always a whole one and never deleted, and a half-made one always bears the other name.
 */
export async function makeCluster(
  place: Place,
  binaries: Binaries,
  fsync: boolean,
  onLog: (line: string) => void,
): Promise<void> {
  if (existsSync(place.cluster)) return checkCluster(place.cluster, binaries)
  await removeHalfMade(place, onLog)
  const making = `${place.cluster}.making-${randomBytes(4).toString('hex')}`
  mkdirSync(making, { mode: 0o700 })
  if (place.runAs) chownSync(making, place.runAs.uid, place.runAs.gid)
  const began = Date.now()
  const ran = await initdb(place, binaries, making, fsync)
  if (ran.code !== 0) {
    rmSync(making, { recursive: true, force: true, maxRetries: 5 })
    throw new DatabaseRefused(
      `The database could not be created in ${place.place} (initdb ended with ${ran.code}). Nothing is left of it; remove the cause named below and start again.`,
      `无法在 ${place.place} 建立数据库(initdb 退出码 ${ran.code})。未留下残余文件;请排除下列原因后重新启动。`,
      { detail: `${ran.stdout}\n${ran.stderr}`.trim().split('\n').slice(-20).join('\n') },
    )
  }
  renameSync(making, place.cluster)
  if (fsync) syncFolder(place.place)
  onLog(`database created in ${place.cluster} (${Date.now() - began} ms)`)
}

async function initdb(place: Place, binaries: Binaries, making: string, fsync: boolean): Promise<Ran> {
  let ran: Ran = { code: -1, stdout: '', stderr: '' }
  // Without a UTF-8 ctype pg_trgm makes no trigrams of Chinese. C.UTF-8 is missing on older macOS and CentOS.
  for (const ctype of ['C.UTF-8', 'en_US.UTF-8', 'zh_CN.UTF-8']) {
    const locale = [
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      `--lc-ctype=${ctype}`,
    ]
    // Hosts are rejected in pg_hba.conf, so that switching TCP on by hand does not open it to all.
    const access = [`--username=${superuser}`, '--auth-local=trust', '--auth-host=reject']
    const sync = fsync ? [] : ['--no-sync']
    ran = await run(
      binaries.initdb,
      ['-D', making, '-E', 'UTF8', ...locale, ...access, ...sync, '--no-instructions'],
      place.runAs,
      // Standing in the folder it can be found there, should we be killed meanwhile.
      making,
    )
    if (ran.code === 0 || !/invalid locale name|locale name .* is not/i.test(ran.stderr)) break
  }
  return ran
}

function checkCluster(cluster: string, binaries: Binaries): void {
  const file = join(cluster, 'PG_VERSION')
  if (!existsSync(file)) {
    throw new DatabaseRefused(
      `${cluster} is damaged: it has no file PG_VERSION. It is left untouched. Bring the folder back from a backup; or, to begin with an empty database, move it away.`,
      `${cluster} 已损坏:缺少 PG_VERSION 文件,程序未作改动。请从备份恢复;若要从空库开始,请将其移走。`,
    )
  }
  const major = Number(readFileSync(file, 'utf8').trim())
  if (major === binaries.major) return
  throw new DatabaseRefused(
    `${cluster} was made by PostgreSQL ${major}, this Fangxian brings ${binaries.major}. Make a backup with the earlier Fangxian and restore it into a new data folder.`,
    `${cluster} 由 PostgreSQL ${major} 建立,而当前版本附带 ${binaries.major}。请用旧版本备份,再恢复到新的数据目录。`,
  )
}

async function removeHalfMade(place: Place, onLog: (line: string) => void): Promise<void> {
  for (const name of readdirSync(place.place)) {
    if (!name.startsWith('cluster.making-')) continue
    const half = join(place.place, name)
    onLog(`removing ${half}: its making was interrupted, it never held data`)
    // initdb goes on when the process that ran it is killed, and would write into the folder being removed.
    await endProcesses(half, place)
    rmSync(half, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Ends every PostgreSQL process in the folder. After kill -9 of the server, backends that are busy go on,
 * and no new server starts before they are gone. Returns how many there were.
 */
export async function endProcesses(folder: string, place: Place): Promise<number> {
  const pids = await serverProcesses(folder, place.runAs)
  for (const pid of pids) signal(pid, 'SIGTERM')
  if (!(await waitForEnd(pids, 2000))) {
    const left = await serverProcesses(folder, place.runAs)
    for (const pid of left) signal(pid, 'SIGKILL')
    if (!(await waitForEnd(left, 10_000))) {
      throw new DatabaseRefused(
        `PostgreSQL processes ${left.join(', ')} in ${folder} do not end, even when killed (a disk that does not answer?). Restart the computer, then start again.`,
        `${folder} 中的 PostgreSQL 进程 ${left.join(', ')} 无法结束(磁盘可能无响应)。请重启计算机后再启动。`,
      )
    }
  }
  return pids.length
}

const shmBytesMin = 256 * 1024 * 1024

/** `posix` shared memory lives in /dev/shm; a container's 64 MB are used up by one parallel hash join. */
function smallSharedMemory(): boolean {
  if (process.platform !== 'linux') return false
  if (!existsSync('/dev/shm')) return true
  const { bavail, bsize } = statfsSync('/dev/shm')
  return bavail * bsize < shmBytesMin
}

function defaultSettings(fsync: boolean): Record<string, string> {
  return {
    shared_buffers: fsync ? '256MB' : '128MB',
    max_connections: '60',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    // Ours run on solid state disks; the default of 4 makes the planner shun indexes.
    random_page_cost: '1.1',
    jit: 'off',
    // A new operation fills empty tables at once. Planned as if they were empty, an update by its key walked a whole
    // agency's presences, 5 to 8 ms each, until the first statistics came after a minute.
    autovacuum_naptime: '5s',
    synchronous_commit: 'on',
    max_wal_size: '2GB',
    min_wal_size: '256MB',
    wal_compression: 'pglz',
    checkpoint_timeout: '15min',
    timezone: 'UTC',
    lc_messages: 'C',
    log_min_messages: 'warning',
    // An error's detail and statement carry values of rows ("Key (name)=(…)"), and logs are never erased.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] %u@%d ',
    ...(smallSharedMemory() ? { dynamic_shared_memory_type: 'mmap' } : {}),
    ...(fsync
      ? {}
      : {
          fsync: 'off',
          full_page_writes: 'off',
          synchronous_commit: 'off',
          wal_level: 'minimal',
          max_wal_senders: '0',
        }),
  }
}

/**
 * Our settings stand in a file of our own that is written anew at every start. It includes initdb's; ALTER
 * SYSTEM wins over both. What must not be changed by hand is on the command line, see startArguments.
 */
export function writeSettings(place: Place, fsync: boolean, settings: Record<string, string>): string {
  const file = join(place.place, 'fangxian.conf')
  const all = Object.entries({ ...defaultSettings(fsync), ...settings })
  const lines = [
    '# Written by Fangxian at every start. Change settings with ALTER SYSTEM.',
    "include_if_exists = 'cluster/postgresql.conf'",
    ...all.map(([name, value]) => `${name} = '${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`),
  ]
  // Never through a link somebody may have put there: written beside it, then renamed.
  const part = `${file}.${randomBytes(4).toString('hex')}`
  writeFileSync(part, `${lines.join('\n')}\n`, { flag: 'wx', mode: 0o644 })
  if (place.runAs) chownSync(part, place.runAs.uid, place.runAs.gid)
  renameSync(part, file)
  return file
}

export function startArguments(place: Place, settingsFile: string, sockets: string, port: number): string[] {
  const fixed = {
    config_file: settingsFile,
    // Every connection is trusted, so the way in is the folder of the socket and nothing else.
    listen_addresses: '',
    unix_socket_directories: `"${sockets.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    port: String(port),
  }
  return [
    '-D',
    place.cluster,
    ...Object.entries(fixed).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}
