// `npm start`: database, pages, server, and on an empty data folder the demonstration.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { httpServer } from '../../kernel/http/server.ts'
import { SignIn } from '../../kernel/http/sign-in.ts'
import { jsonLog } from '../../kernel/log.ts'
import { parseArguments } from '../arguments.ts'
import { begin } from '../demonstration.ts'
import { firstAdministratorRoute } from '../first-administrator.ts'
import { type Installation, openDatabase, openInstallation } from '../installation.ts'
import { type Interruption, listenForInterruption } from '../interruption.ts'
import { openPlace, type Place } from '../place.ts'
import { noticeLine, progressLine } from '../progress.ts'
import { Interrupted, refused } from '../refused.ts'
import { claimRunning, type Running } from '../running.ts'
import { addressOf, cannotListen, refuseTakenPort, type ServeSettings, serveSettings } from '../settings.ts'
import { holdPages } from '../web-folders.ts'
import { webFolderOf } from './build.ts'

const { version } = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../package.json', import.meta.url)), 'utf8'),
) as { version: string }

interface Start {
  settings: ServeSettings
  place: Place
  empty: boolean
  webFolder: string | undefined
  running: Running
  interruption: Interruption
  say(line: string): void
}

export async function run(args: string[]): Promise<number> {
  const parsed = parseArguments(args, { empty: 'switch', 'no-pages': 'switch' })
  const say = progressLine()
  const settings = serveSettings()
  ignoreClosedOutput()
  const interruption = listenForInterruption(() => say('stopping 正在停止'))
  try {
    const place = openPlace()
    const running = await claimRunning(place.dataFolder)
    const webFolder = parsed.flags.has('no-pages') ? undefined : webFolderOf()
    const held = webFolder && holdPages(webFolder)
    try {
      if (webFolder) await buildPages(webFolder, interruption, say)
      await refuseTakenPort(settings)
      interruption.signal.throwIfAborted()
      const empty = parsed.flags.has('empty')
      await serve({ settings, place, empty, webFolder, running, interruption, say })
    } finally {
      if (held) held.release()
      running.release()
    }
  } catch (error) {
    // A pause that was cut short by the signal says so in its own words.
    throw (error as Error).name === 'AbortError' ? new Interrupted() : error
  } finally {
    say('')
    interruption.release()
    // All is closed and written. Whatever still holds the process open, a terminal that asked does not wait for it.
    setTimeout(() => process.exit(), 2_000).unref()
  }
  return 0
}

/** `npm start | head` closes our output; the server goes on. */
function ignoreClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}

/** In a process of its own: what the bundler takes, 300 MB, would stay with the server. */
async function buildPages(
  folder: string,
  interruption: Interruption,
  say: (line: string) => void,
): Promise<void> {
  if (existsSync(folder)) return
  say('building the pages 正在生成页面')
  const cli = fileURLToPath(new URL('../cli.js', import.meta.url))
  const child = spawn(process.execPath, [cli, 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
  const stop = () => child.kill('SIGTERM')
  interruption.signal.addEventListener('abort', stop)
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', () => resolve())
    })
  } finally {
    interruption.signal.removeEventListener('abort', stop)
  }
  interruption.signal.throwIfAborted()
  if (existsSync(folder)) return
  throw refused(
    'The pages could not be built; the reason stands above. "npm start -- --no-pages" serves without them.',
    '页面生成失败，原因见上。可用 npm start -- --no-pages 仅启动接口。',
  )
}

async function serve(start: Start): Promise<void> {
  const { settings, place, interruption, say } = start
  say('starting the database 正在启动数据库')
  const log = jsonLog(noticeLine, () => new Date())
  const addresses = await openDatabase(place, {
    onStep: name => say(`migration ${name}`),
    onLog: noticeLine,
    signal: interruption.signal,
    keep: log,
  })
  let installation: Installation
  try {
    installation = await openInstallation(place, addresses, log, settings.push)
  } catch (error) {
    await addresses.stop()
    throw error
  }
  let ready = false
  let app: FastifyInstance | undefined
  try {
    app = await httpServer({
      kernel: installation.kernel,
      live: installation.live,
      ...(start.webFolder ? { webFolder: start.webFolder } : {}),
      ...(settings.tls ? { tls: settings.tls } : {}),
      ...(settings.tiles ? { tiles: settings.tiles } : {}),
      trustProxy: settings.trustProxy,
      ready: async () => ready && (await installation.answers()),
      version,
      extend: (server, signIn) => firstAdministratorRoute(server, installation.kernel, signIn),
    })
    const cut = connectionsOf(app)
    await listen(app, start)
    await openDoors(app, installation, start)
    ready = true
    await interruption.asked
    // Answers under way may finish; what then still holds on is cut off.
    setTimeout(cut, 2_000).unref()
  } finally {
    ready = false
    await app?.close()
    await installation.close()
  }
}

function connectionsOf(app: FastifyInstance): () => void {
  const open = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  return () => {
    for (const socket of open) socket.destroy()
  }
}

async function listen(app: FastifyInstance, { settings }: Start): Promise<void> {
  const { host, port } = settings
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw cannotListen(error, host, port)
  }
}

async function openDoors(app: FastifyInstance, installation: Installation, start: Start): Promise<void> {
  const { settings, running, interruption, empty, say } = start
  const bound = app.server.address()
  const port = typeof bound === 'object' && bound ? bound.port : settings.port
  const address = addressOf(settings, port)
  running.servesAt(address)
  await begin(installation, new SignIn(installation.kernel), {
    empty,
    signal: interruption.signal,
    address,
    say,
    print: lines => {
      say('')
      process.stdout.write(lines.map(line => `${line}\n`).join(''))
    },
  })
  sayWayIn(settings, port)
  await installation.jobs.start()
}

/** What a phone has to type in, and why it needs HTTPS. */
function sayWayIn(settings: ServeSettings, port: number): void {
  if (settings.host !== '0.0.0.0' && settings.host !== '::') return
  const addresses = Object.values(networkInterfaces())
    .flatMap(list => list ?? [])
    .filter(one => one.family === 'IPv4' && !one.internal)
    .map(one => addressOf({ ...settings, host: one.address }, port))
  noticeLine(`on the network 网络地址  ${addresses.join('  ') || '–'}`)
  if (settings.tls || settings.trustProxy) return
  noticeLine(
    'Without HTTPS passwords cross the network in clear, and phones keep nothing and have no camera: set FANGXIAN_TLS_CERT and FANGXIAN_TLS_KEY. 未启用 HTTPS:口令以明文传输，手机端无法离线保存、无法使用相机。',
  )
}
