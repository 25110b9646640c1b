import { execFile, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseRefused, errorCode } from './launcher-refused.ts'

/** The user a process is to run as; undefined means as we are. */
export interface RunAs {
  uid: number
  gid: number
}

/** Options of spawn for that user. libuv wants a signed 32 bit number; macOS calls nobody 4294967294. */
export function spawnAs(runAs: RunAs | undefined): { uid?: number; gid?: number } {
  return runAs ? { uid: runAs.uid | 0, gid: runAs.gid | 0 } : {}
}

/**
 * PostgreSQL reads PG* and the locale from its environment; ours must not decide what a cluster becomes.
 * TZ stays: initdb looks there for the zone of the log.
 */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TZ } = process.env
  return { PATH: PATH ?? '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', LANG: 'C', ...(TZ ? { TZ } : {}) }
}

export interface Ran {
  code: number
  stdout: string
  stderr: string
}

/** Runs a program to its end as the given user. A non-zero exit is an answer; not being able to run it throws. */
export function run(file: string, args: string[], runAs?: RunAs, cwd = '/'): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: cleanEnvironment(), maxBuffer: 16 * 1024 * 1024, ...spawnAs(runAs) }
    try {
      execFile(file, args, options, (error, stdout, stderr) => {
        if (!error) return resolve({ code: 0, stdout, stderr })
        if (typeof error.code === 'number') return resolve({ code: error.code, stdout, stderr })
        if (error.signal) return resolve({ code: 128, stdout, stderr: `${stderr}\nended by ${error.signal}` })
        reject(cannotRun(file, runAs, error))
      })
    } catch (error) {
      reject(cannotRun(file, runAs, error))
    }
  })
}

function cannotRun(file: string, runAs: RunAs | undefined, error: unknown): unknown {
  // A container may give us uid 0 without the right to become another user, or without other users at all.
  if (!runAs || !['EPERM', 'EINVAL'].includes(errorCode(error))) return error
  return new DatabaseRefused(
    `This process is root but may not start ${file} as uid ${runAs.uid}, and PostgreSQL refuses to run as root. Start Fangxian as an ordinary user, or set DATABASE_URL to a server of your own.`,
    `当前进程是 root,但无权以 uid ${runAs.uid} 启动 ${file},而 PostgreSQL 拒绝以 root 运行。请以普通用户启动,或用 DATABASE_URL 指定已有数据库。`,
    { cause: error },
  )
}

/** Whether a process with this number exists in any state, a zombie too. */
export function numberTaken(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/**
 * What tells one process from a later one with the same number: boot and start time. Undefined when it is
 * gone or a zombie (a container's first process often reaps nobody); 'unknown' when it lives but is hidden.
 */
export function processStart(pid: number): string | undefined {
  if (!numberTaken(pid)) return undefined
  if (process.platform !== 'linux') {
    const ps = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
    const [state = '', ...start] = ps.stdout.trim().split(/\s+/)
    return state === '' || state.startsWith('Z') ? undefined : start.join('').replace(/\W/g, '') || 'unknown'
  }
  const stat = processStat(pid)
  if (!stat) return 'unknown'
  return stat.state === 'Z' || stat.state === 'X' ? undefined : `${bootId()}.${stat.start}`
}

function processStat(pid: number): { name: string; state: string; start: string } | undefined {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch (error) {
    // Gone between two looks, or hidden by hidepid: no statement can be made.
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(errorCode(error))) return undefined
    throw error
  }
  // The name stands in parentheses and may itself hold some, so fields are counted from the last one.
  const close = text.lastIndexOf(')')
  const fields = text.slice(close + 2).split(' ')
  return { name: text.slice(text.indexOf('(') + 1, close), state: fields[0] ?? '', start: fields[19] ?? '' }
}

let boot: string | undefined
function bootId(): string {
  const file = '/proc/sys/kernel/random/boot_id'
  boot ??= existsSync(file) ? readFileSync(file, 'utf8').slice(0, 8) : 'boot'
  return boot
}

const programs = ['postgres', 'initdb']

/**
 * The live processes of PostgreSQL and initdb whose current folder is `cluster`. Looked up as the server's user: root in a
 * container without CAP_SYS_PTRACE may not read where another user's process stands, that user may. A
 * person's shell standing in the folder is not among them.
 */
export async function serverProcesses(cluster: string, runAs: RunAs | undefined): Promise<number[]> {
  if (process.platform === 'linux') {
    const script = 'for p in /proc/[0-9]*; do [ "$p/cwd" -ef "$1" ] && echo "${p#/proc/}"; done; true'
    const { stdout } = await run('/bin/sh', ['-c', script, 'sh', cluster], runAs)
    return stdout
      .split('\n')
      .filter(Boolean)
      .map(Number)
      .filter(pid => programs.includes(processStat(pid)?.name ?? '') && processStart(pid) !== undefined)
  }
  const names = programs.flatMap(name => ['-c', name])
  const { stdout } = await run('lsof', ['-a', '-d', 'cwd', ...names, '-F', 'pn'], runAs)
  const found: number[] = []
  let pid = 0
  for (const line of stdout.split('\n')) {
    if (line.startsWith('p')) pid = Number(line.slice(1))
    if (line === `n${cluster}`) found.push(pid)
  }
  return found
}

/** Sends a signal; false when the process is already gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false
    if (errorCode(error) !== 'EPERM') throw error
    throw new DatabaseRefused(
      `PostgreSQL process ${pid} belongs to another user and cannot be stopped from here. Stop it as that user or as root.`,
      `PostgreSQL 进程 ${pid} 属于其他用户,当前用户无法停止它。请用该用户或 root 停止。`,
      { cause: error },
    )
  }
}

/** True when all of them ended within the time. */
export async function waitForEnd(pids: number[], milliseconds: number): Promise<boolean> {
  const starts = new Map(pids.map(pid => [pid, processStart(pid)]))
  const until = Date.now() + milliseconds
  for (let pause = 5; ; pause = Math.min(pause * 2, 50)) {
    if (pids.every(pid => starts.get(pid) === undefined || processStart(pid) !== starts.get(pid))) return true
    if (Date.now() >= until) return false
    await sleep(pause)
  }
}

export interface Claim {
  name: string
  release(): void
}

/**
 * A claim is an empty file named by process, start and chance. Names are never used twice, so removing the
 * file of a dead process can never hit a live one's: that is the race a single lock file with a pid in it
 * has. Nothing has to be cleaned after kill -9.
 */
export function claim(folder: string): Claim {
  const name = `${process.pid}_${processStart(process.pid)}_${randomBytes(6).toString('hex')}`
  writeFileSync(join(folder, name), '', { flag: 'wx', mode: 0o600 })
  return { name, release: () => rmSync(join(folder, name), { force: true }) }
}

/** Names of the claims whose process lives; those of the dead are removed. */
export function liveClaims(folder: string): string[] {
  return readdirSync(folder).filter(name => {
    const [pid = '', start] = name.split('_')
    const now = processStart(Number(pid))
    if (now !== undefined && (now === start || now === 'unknown')) return true
    rmSync(join(folder, name), { force: true })
    return false
  })
}

const lockWaitMilliseconds = 15 * 60_000

/**
 * One at a time, across processes: put up a claim, then look; alone means it is ours, otherwise take it down
 * and try again. Of two that look at once at least one sees the other, so never both hold it. Node has no
 * flock, and a lock on a path of our own needs no library.
 */
export async function takeLock(folder: string, onWait: (pid: number) => void): Promise<Claim> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const until = Date.now() + lockWaitMilliseconds
  let told = Date.now() + 1000
  for (;;) {
    let others = liveClaims(folder)
    if (others.length === 0) {
      const mine = claim(folder)
      others = liveClaims(folder).filter(name => name !== mine.name)
      if (others.length === 0) return mine
      mine.release()
    }
    const holder = Number(others[0]?.split('_')[0])
    if (Date.now() > told) {
      onWait(holder)
      told = Date.now() + 10_000
    }
    if (Date.now() > until) {
      throw new DatabaseRefused(
        `Process ${holder} has been starting or stopping the database for over 15 minutes. Look what it does; end it, then start again.`,
        `进程 ${holder} 启动或停止数据库已超过 15 分钟。请检查该进程,结束后重新启动。`,
      )
    }
    await sleep(10 + Math.random() * 40)
  }
}
