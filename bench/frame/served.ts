// The real server in a process of its own, for figures that a person with a watch would read.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { webFolderOf } from '../../src/app/cli/build.ts'

const cli = fileURLToPath(new URL('../../src/app/cli.js', import.meta.url))

export interface Served {
  base: string
  /** From the call until /readyz said yes. */
  seconds: number
  out: string
  /** Highest resident memory since `forgetPeak`, in MB; undefined where the system does not tell. */
  peakMb(): number | undefined
  forgetPeak(): void
  stop(): Promise<void>
}

export function benchFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'fangxian-bench-'))
  // mkdtemp closes it to the user that PostgreSQL runs as when we are root.
  chmodSync(folder, 0o711)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) }
}

export async function served(dataFolder: string, args: string[] = []): Promise<Served> {
  const { DATABASE_URL: _database, HOST: _host, ...rest } = process.env
  const pages = existsSync(webFolderOf()) ? [] : ['--no-pages']
  const begun = performance.now()
  const child = spawn(process.execPath, [cli, 'start', ...pages, ...args], {
    env: { ...rest, PORT: '0', FANGXIAN_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', text => {
    out += text
  })
  child.stderr.on('data', text => {
    err += text
  })
  const ended = new Promise<void>(resolve => child.on('exit', () => resolve()))
  for (;;) {
    const base = /Fangxian 防线 {2}(https?:\S+)/.exec(out)?.[1]
    if (base && (await fetch(`${base}/readyz`)).status === 200) {
      const { pid = 0 } = child
      return {
        base,
        seconds: (performance.now() - begun) / 1000,
        out,
        peakMb: () => peakMb(pid),
        forgetPeak: () => forgetPeak(pid),
        stop: async () => {
          child.kill('SIGINT')
          await ended
        },
      }
    }
    if (child.exitCode !== null) throw new Error(`the server ended:\n${err}`)
    await sleep(10)
  }
}

function peakMb(pid: number): number | undefined {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return undefined
  const kB = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1])
  return Math.round(kB / 1024)
}

/** Where it is not allowed, the peak of the start stands in the figure too. */
function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  } catch (error) {
    if (!['EACCES', 'EPERM', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

export async function post(base: string, path: string, body: unknown, cookie = ''): Promise<Response> {
  const response = await fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${(await response.text()).slice(0, 300)}`)
  return response
}

/** The first administrator of an empty server, as the link of the start makes him; gives his cookie. */
export async function signedIn({ base, out }: Served): Promise<string> {
  const code = /\/first#(\S+)/.exec(out)?.[1]
  const person = { badge: '989001', password: 'bench-example-1' }
  await post(base, '/api/sign-in/first', {
    ...person,
    code,
    agencyCode: 'qinghe',
    agencyName: '青禾县公安局',
    name: '周示一',
  })
  const response = await post(base, '/api/sign-in', person)
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}
