// The real program on an empty folder of its own, founded and signed in to, and a bad network before it.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import { createServer as createSocketServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from '../../src/device/client.ts'
import type { Session } from '../../src/device/hooks.ts'

const cli = fileURLToPath(new URL('../../src/app/cli.js', import.meta.url))
const signIn = { badge: '990101', password: 'first-example-1' }

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createSocketServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

export class RealServer {
  private static readonly open = new Set<RealServer>()
  readonly base: string
  private readonly folder: string
  private readonly port: number
  private child: ChildProcess | undefined
  private out = ''

  private constructor(port: number) {
    this.port = port
    this.base = `http://127.0.0.1:${port}`
    this.folder = mkdtempSync(join(tmpdir(), 'fangxian-faults-'))
    // Closed by mkdtemp to the user that PostgreSQL runs as when we are root.
    chmodSync(this.folder, 0o711)
    RealServer.open.add(this)
  }

  static async founded(): Promise<RealServer> {
    const server = new RealServer(await freePort())
    await server.start()
    const [, code] = /first administrator .*\/first#(\S+)$/m.exec(server.out) ?? []
    const form = { code, agencyCode: 'qinghe', agencyName: '青禾县公安局', name: '周示一', ...signIn }
    await new Client({ base: server.base }).post('/api/sign-in/first', form)
    return server
  }

  async start(): Promise<void> {
    const { DATABASE_URL: _database, FANGXIAN_MASTER_KEY: _key, ...rest } = process.env
    const env = {
      ...rest,
      HOST: '127.0.0.1',
      PORT: String(this.port),
      FANGXIAN_DATA: join(this.folder, 'data'),
    }
    const child = spawn(process.execPath, [cli, 'start', '--no-pages', '--empty'], {
      ...{ env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    })
    let said = ''
    child.stdout?.on('data', text => (this.out += text))
    child.stderr?.on('data', text => (said += text))
    this.child = child
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server ended: ${this.out}\n${said}`)
      const answer = await fetch(`${this.base}/readyz`).catch(() => undefined)
      if (answer?.status === 200) return
      await sleep(50)
    }
  }

  /** kill -9 of our own process alone; its database lives on and is adopted by the next. */
  async killed(): Promise<void> {
    const { child } = this
    if (!child?.pid) throw new Error('invariant: a server that was started has a number')
    const gone = new Promise(resolve => child.once('exit', resolve))
    process.kill(child.pid, 'SIGKILL')
    await gone
  }

  async session(): Promise<{ session: Session; cookie: string }> {
    const response = await fetch(`${this.base}/api/sign-in`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(signIn) },
    })
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return { session: (await response.json()) as Session, cookie }
  }

  static async closeAll(): Promise<void> {
    await Promise.all([...RealServer.open].map(server => server.close()))
  }

  async close(): Promise<void> {
    const { child } = this
    RealServer.open.delete(this)
    if (child?.pid && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise(resolve => child.once('exit', resolve))
      process.kill(-child.pid, 'SIGINT')
      await gone
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

export interface BadNetwork {
  base: string
  /** Connections that were cut before the request reached the server, and before its answer reached the phone. */
  cut: { requests: number; answers: number }
  close(): Promise<void>
}

interface Weather {
  /** Whether this request never arrives. */
  request(): boolean
  /** Whether this answer never arrives; the server has committed by then. */
  answer(): boolean | Promise<boolean>
}

/** Passes on to `target` what the weather lets through. */
export async function badNetwork(target: string, weather: Weather): Promise<BadNetwork> {
  const cut = { requests: 0, answers: 0 }
  const server: Server = createServer((incoming, outgoing) => {
    const posts = incoming.method === 'POST'
    if (posts && weather.request()) {
      cut.requests += 1
      incoming.socket.destroy()
      return
    }
    const { method, url, headers } = incoming
    const onward = request(target + url, { method, headers }, answer => {
      const pass = async () => {
        if (posts && (await weather.answer())) {
          cut.answers += 1
          incoming.socket.destroy()
          answer.resume()
          return
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      }
      void pass()
    })
    onward.on('error', () => incoming.socket.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
