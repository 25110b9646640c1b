// The real program on a data folder of its own, as a person at the keyboard has it.
import { execFile, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach } from 'vitest'

const cli = fileURLToPath(new URL('../../src/app/cli.js', import.meta.url))

export interface SignInLine {
  role: string
  badge: string
  password: string
}

export interface StartedServer {
  pid: number
  out(): string
  err(): string
  /** Resolves when what it says matches; fails when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  address(): Promise<string>
  /** Resolves with the address when /readyz says so. */
  ready(): Promise<string>
  signIns(): SignInLine[]
  /** Ctrl-C: to the whole process group. Resolves with the exit code, or the signal's name. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>
  ended: Promise<number | NodeJS.Signals | null>
}

const started = new Set<StartedServer>()
const folders = new Set<string>()
// A test that failed half-way must not leave its server to the next.
afterEach(async () => {
  for (const server of [...started]) await server.stop('SIGTERM')
})
afterAll(() => {
  // Looked at while the folders still tell whose a process is.
  const left = [...folders].flatMap(folder => processesOf(folder))
  for (const { pid } of left) process.kill(pid, 'SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fangxian-start-'))
  // mkdtemp closes it to the user that PostgreSQL runs as when we are root.
  chmodSync(folder, 0o711)
  folders.add(folder)
  return folder
}

function environment(dataFolder: string, more: Record<string, string>): NodeJS.ProcessEnv {
  const { DATABASE_URL: _database, FANGXIAN_MASTER_KEY: _key, HOST: _host, ...rest } = process.env
  return { ...rest, PORT: '0', FANGXIAN_DATA: dataFolder, ...more }
}

/** Pages are left out unless they are asked for: whether they are built is no matter of most of these tests. */
export function start(
  dataFolder: string,
  args: string[] = [],
  more: Record<string, string> = {},
  pages = false,
): StartedServer {
  const child = spawn(process.execPath, [cli, 'start', ...(pages ? [] : ['--no-pages']), ...args], {
    env: environment(dataFolder, more),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', text => (out += text))
  child.stderr.on('data', text => (err += text))
  let over = false
  const ended = new Promise<number | NodeJS.Signals | null>(resolve => {
    child.on('exit', (code, signal) => {
      over = true
      started.delete(server)
      resolve(signal ?? code)
    })
  })
  const says = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(`${out}\n${err}`)
      if (found) return found
      if (over) throw new Error(`it ended and never said ${pattern}:\n${out}\n${err}`)
      await sleep(10)
    }
  }
  const address = async () => (await says(/Fangxian 防线 {2}(https?:\S+)/))[1] ?? ''
  const server: StartedServer = {
    pid: child.pid ?? 0,
    out: () => out,
    err: () => err,
    says,
    address,
    ready: async () => {
      const base = await address()
      while ((await fetch(`${base}/readyz`)).status !== 200) await sleep(20)
      return base
    },
    signIns: () =>
      [...out.matchAll(/^sign-in (\S+) (\S+) (\S+)$/gm)].map(([, role = '', badge = '', password = '']) => ({
        role,
        badge,
        password,
      })),
    stop: signal => {
      if (!over) process.kill(-server.pid, signal ?? 'SIGINT')
      return ended
    },
    ended,
  }
  started.add(server)
  return server
}

export interface Said {
  code: number
  out: string
  err: string
}

/** One word of the command line, to its end. */
export function fangxian(
  dataFolder: string,
  args: string[],
  more: Record<string, string> = {},
): Promise<Said> {
  return new Promise(resolve => {
    execFile(process.execPath, [cli, ...args], { env: environment(dataFolder, more) }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err })
    })
  })
}

export async function post(base: string, path: string, body: object) {
  const response = await fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as { code?: string; roles?: string[] }
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { status: response.status, answer, cookie }
}

/** Processes that name the folder, which are its database's. Where there is no /proc it sees none. */
export function processesOf(folder: string): { pid: number; command: string }[] {
  if (!existsSync('/proc/self/cmdline')) return []
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => ({ pid: Number(name), command: commandOf(name) }))
    .filter(({ command }) => command.includes(folder))
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch (error) {
    // Gone between two looks.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}

/** The database server itself, as against its workers. */
export function databaseOf(folder: string): number {
  const [server] = processesOf(folder).filter(({ command }) => command.includes('postgres -D'))
  if (!server) throw new Error('no database runs')
  return server.pid
}
