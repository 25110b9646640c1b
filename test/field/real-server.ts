// The real program on an empty folder of its own, founded and signed in to; and the process of its database.
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createSocketServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from '../../src/device/client.ts'
import type { Session } from '../../src/device/hooks.ts'
import { processStart, waitForEnd } from '../../src/kernel/db/launcher-processes.ts'

const cli = fileURLToPath(new URL('../../src/app/cli.js', import.meta.url))
export const signIn = { badge: '990101', password: 'first-example-1' }
const patienceMs = 60_000
/** Read by guard.ts. */
const pidsFile = 'pids'

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createSocketServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/** A folder that PostgreSQL's user can walk through when we are root; mkdtemp closes it to others. */
export function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fangxian-faults-'))
  chmodSync(folder, 0o711)
  folders.add(folder)
  // In a group of its own, so that what ends us does not end it.
  const guard = fileURLToPath(new URL('./guard.ts', import.meta.url))
  spawn(process.execPath, [guard, String(process.pid), folder], { detached: true, stdio: 'ignore' }).unref()
  return folder
}

const folders = new Set<string>()
/** Those that were made and are still there. */
export const openFolders = (): string[] => [...folders].filter(folder => existsSync(folder))

export interface Founding {
  /** Where its data lie; else a folder of its own, removed at the end. */
  folder?: string
  pages?: boolean
}

export class RealServer {
  private static readonly open = new Set<RealServer>()
  readonly base: string
  readonly data: string
  private readonly folder: string
  private readonly ownFolder: boolean
  private readonly pages: boolean
  private readonly port: number
  private child: ChildProcess | undefined
  private out = ''
  private said = ''
  private closed = false
  /** We killed it ourselves. */
  private struck = false
  /** Processes that are stopped and must go on, whatever happens. */
  private readonly stopped = new Set<number>()

  private constructor(port: number, { folder, pages = false }: Founding) {
    this.port = port
    this.base = `http://127.0.0.1:${port}`
    this.ownFolder = folder === undefined
    this.folder = folder ?? openFolder()
    this.data = join(this.folder, 'data')
    this.pages = pages
    RealServer.open.add(this)
  }

  static async founded(founding: Founding = {}): Promise<RealServer> {
    const server = new RealServer(await freePort(), founding)
    try {
      await server.start()
      const [, code] = /first administrator .*\/first#(\S+)$/m.exec(server.out) ?? []
      const form = { code, agencyCode: 'qinghe', agencyName: '青禾县公安局', name: '周示一', ...signIn }
      await new Client({ base: server.base }).post('/api/sign-in/first', form)
      return server
    } catch (error) {
      await server.close()
      throw error
    }
  }

  async start(): Promise<void> {
    // Interrupted in the middle of a run, what is restarted would outlive us.
    if (this.closed) throw new Error('the run was ended')
    const { DATABASE_URL: _database, FANGXIAN_MASTER_KEY: _key, ...rest } = process.env
    const env = { ...rest, HOST: '127.0.0.1', PORT: String(this.port), FANGXIAN_DATA: this.data }
    const words = this.pages ? ['start', '--empty'] : ['start', '--no-pages', '--empty']
    const child = spawn(process.execPath, [cli, ...words], {
      ...{ env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    })
    child.stdout?.on('data', text => (this.out += text))
    child.stderr?.on('data', text => (this.said = `${this.said}${text}`.slice(-20_000)))
    // For the guard: it may have to end what has not even claimed its folder yet.
    if (child.pid) appendFileSync(join(this.folder, pidsFile), `${child.pid} ${processStart(child.pid)}\n`)
    this.child = child
    this.struck = false
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the server ended: ${this.out}\n${this.said}`)
      const answer = await fetch(`${this.base}/readyz`).catch(() => undefined)
      if (answer?.status === 200) return
      await sleep(50)
    }
  }

  /** What the program wrote last, where it has ended and nobody had killed it. */
  get diedSaying(): string | undefined {
    const { child } = this
    const ended = child && (child.exitCode !== null || child.signalCode !== null)
    return ended && !this.struck
      ? `${child.signalCode ?? child.exitCode}: ${this.said.slice(-2_000)}`
      : undefined
  }

  // ------------------------------------------------------------------------------------------ what is done to it

  /** kill -9 of our own process alone; its database lives on and is adopted by the next. */
  async killed(): Promise<void> {
    const { child } = this
    if (!child?.pid) throw new Error('invariant: a server that was started has a number')
    const gone = new Promise(resolve => child.once('exit', resolve))
    this.struck = true
    process.kill(child.pid, 'SIGKILL')
    await gone
  }

  private get cluster(): string {
    const home = join(this.data, 'pg')
    const elsewhere = join(home, 'pg-location')
    return join(existsSync(elsewhere) ? readFileSync(elsewhere, 'utf8').trim() : home, 'cluster')
  }

  /** The server's own note of itself: its number, its port and its socket stand on lines 1, 4 and 5. */
  private note(): string[] {
    const file = join(this.cluster, 'postmaster.pid')
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  }

  database(): { host: string; port: number; database: string; ssl: false } {
    const [, , , port, host = ''] = this.note()
    return { host, port: Number(port), database: 'fangxian', ssl: false }
  }

  /** The postmaster that lives; undefined between two. */
  get postmaster(): number | undefined {
    const pid = Number(this.note()[0])
    return pid > 0 && processStart(pid) !== undefined ? pid : undefined
  }

  /** Stops the processes for a while. They go on even where we are interrupted. */
  async paused(pids: readonly number[], ms: number): Promise<void> {
    try {
      for (const pid of pids) if (signal(pid, 'SIGSTOP')) this.stopped.add(pid)
      await sleep(ms)
    } finally {
      this.goOn()
    }
  }

  private goOn(): void {
    for (const pid of this.stopped) signal(pid, 'SIGCONT')
    this.stopped.clear()
  }

  async session(): Promise<{ session: Session; cookie: string }> {
    const response = await fetch(`${this.base}/api/sign-in`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(signIn) },
    })
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return { session: (await response.json()) as Session, cookie }
  }

  // ----------------------------------------------------------------------------------------------------- its end

  static async closeAll(): Promise<void> {
    await Promise.all([...RealServer.open].map(server => server.close()))
  }

  /** Everything ends, and nothing of it is left: the program in order, then what a kill may have left behind. */
  async close(): Promise<void> {
    const { child } = this
    RealServer.open.delete(this)
    this.closed = true
    this.goOn()
    if (child?.pid && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise(resolve => child.once('exit', () => resolve(true)))
      signal(-child.pid, 'SIGINT')
      if (!(await Promise.race([gone, sleep(patienceMs, false, { ref: false })]))) {
        signal(-child.pid, 'SIGKILL')
        await gone
      }
    }
    for (const name of ['SIGINT', 'SIGKILL'] as const) {
      const { postmaster } = this
      if (postmaster === undefined) break
      signal(postmaster, name)
      await waitForEnd([postmaster], patienceMs)
    }
    if (this.ownFolder) rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}
