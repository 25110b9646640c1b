// The HTTP door: made of the registry. One list says what is public; everything else answers 401 signed out.
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import staticFiles from '@fastify/static'
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { Problem, problemAnswer } from '../contract.ts'
import type { Kernel } from '../kernel.ts'
import { faultOf } from '../db/fault.ts'
import { plainText } from '../input.ts'
import { everyAgency, type Live } from '../live.ts'
import { kernelProblems } from '../problem.ts'
import { Tasks } from '../tasks.ts'
import { accountRoutes } from './account-routes.ts'
import { openApi } from './openapi.ts'
import { pushRoutes } from './push-routes.ts'
import { capabilityRoutes } from './capability-routes.ts'
import { deviceRoutes, meetDevice } from './device-routes.ts'
import { cookieName, type OpenSession, SignIn } from './sign-in.ts'
import { tileOrigins, tileRoute, type Tiles } from './tiles.ts'

export interface HttpOptions {
  kernel: Kernel
  live: Live
  /** Folder of the built web; absent in tests of the API alone. */
  webFolder?: string
  tls?: { cert: string; key: string }
  trustProxy?: boolean
  /** Absent: maps lie on a plain ground, and no page asks anybody but this server. */
  tiles?: Tiles
  /** Ready only when whatever the process loads at its start is there. */
  ready(): boolean | Promise<boolean>
  version: string
  /** Routes that know a module: only the app adds them. */
  extend?(app: FastifyInstance, signIn: SignIn): void
}

declare module 'fastify' {
  interface FastifyRequest {
    opened: OpenSession | null
    /** It comes from a device that is revoked: what it brings is held, and nothing is done for it. */
    revoked: boolean
  }
}

/** What answers without a session; pages and their files are the rest of what is outside /api. */
export const publicPaths: readonly string[] = [
  '/healthz',
  '/readyz',
  '/api/openapi.json',
  '/api/sign-in',
  '/api/sign-in/reset',
  '/api/sign-in/first',
]
/** Every body of the API; single facts are held to 64 kB besides. */
export const bodyBytesMost = 8 * 1024 * 1024

/** Headers, cookies, compression and the limits of a brought file. */
async function safeguards(app: FastifyInstance, overTls: boolean, strangers: string[]): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...strangers],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...strangers],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Only over TLS, or a county on plain localhost would lock itself out of its own address.
    hsts: overTls ? { maxAge: 15_552_000 } : false,
  })
  await app.register(cookie)
  await app.register(compress, { threshold: 1_024, encodings: ['br', 'gzip'] })
  await app.register(multipart, {
    limits: { files: 1, fields: 5, fieldSize: 2_000_000, fileSize: 30_000_000 },
  })
}

export async function httpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { kernel, tls } = options
  const app = fastify({
    bodyLimit: bodyBytesMost,
    trustProxy: options.trustProxy ?? false,
    // A body that trickles in must not hold a connection for ever.
    requestTimeout: 300_000,
    routerOptions: { maxParamLength: 200 },
    ...(tls ? { https: tls } : {}),
  } as { bodyLimit: number })
  await safeguards(app, Boolean(tls), tileOrigins(options.tiles))
  const signIn = new SignIn(kernel)
  const tasks = new Tasks(kernel)

  options.live.onDoor(() => signIn.forget())
  // An account that was closed or lost a role is looked up anew at once.
  options.live.on(({ names }) => {
    if (names.some(name => name.startsWith('access.'))) signIn.forget()
    if (names.some(name => name.startsWith('devices.'))) kernel.contacts.forget()
  })

  app.decorateRequest('opened', null)
  app.decorateRequest('revoked', false)
  app.addHook('onRequest', async request => guard(request, signIn, kernel))
  app.setErrorHandler((error: FastifyError, request, reply) => answerProblem(kernel, error, request, reply))
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const page = request.method === 'GET' && !path.startsWith('/api/') && !/\.[a-z0-9]+$/i.test(path)
    // Every address of the desk is the shell's; it says itself when there is no such page.
    if (page && options.webFolder) return reply.header('cache-control', 'no-cache').sendFile('index.html')
    if (path.startsWith('/api/') && !request.opened) throw kernelProblems.signedOut()
    throw kernelProblems.notFound({ path: path.slice(0, 200) })
  })

  app.get('/healthz', async () => ({ ok: true, version: options.version }))
  app.get('/readyz', async (_request, reply) => {
    const ready = await options.ready()
    return reply.status(ready ? 200 : 503).send({ ready })
  })
  const description = openApi(kernel.registry, options.version)
  app.get('/api/openapi.json', async () => description)
  accountRoutes(app, kernel, signIn, { secure: Boolean(tls), tiles: options.tiles?.answer ?? null })
  capabilityRoutes(app, kernel, tasks)
  pushRoutes(app, kernel)
  deviceRoutes(app, kernel)
  liveRoute(app, kernel, options.live, signIn)
  options.extend?.(app, signIn)
  if (options.webFolder) {
    await app.register(staticFiles, {
      root: options.webFolder,
      // Names of built files carry a hash of their content; the shell's own page must always be asked for.
      setHeaders: (response, path) => {
        const hashed = path.includes('/assets/')
        response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
    if (options.tiles) tileRoute(app, options.tiles)
  }
  app.addHook('onClose', async () => tasks.cancelAll())
  return app
}

/** Everything under /api needs a session but what the one list names. */
async function guard(request: FastifyRequest, signIn: SignIn, kernel: Kernel): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') refuseOtherOrigin(request)
  const path = request.url.split('?')[0] ?? ''
  // The route that will answer decides, not the text of the address: `/%61pi/…` finds the same route.
  const route = request.routeOptions.url
  const asked = route?.startsWith('/api/') ? route : path
  if (!asked.startsWith('/api/')) return
  const token = request.cookies[cookieName]
  if (token) request.opened = (await signIn.session(token)) ?? null
  if (publicPaths.includes(asked)) return
  if (!request.opened) throw kernelProblems.signedOut()
  if (
    request.opened.mustChangePassword &&
    !['/api/session', '/api/password', '/api/sign-out'].includes(asked)
  ) {
    throw kernelProblems.mustChangePassword()
  }
  await meetDevice(kernel, request, request.opened, asked)
}

/** A browser says where a request comes from; anything that is not this site does nothing here. */
function refuseOtherOrigin(request: FastifyRequest): void {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (origin !== undefined) {
    let host: string | undefined
    try {
      host = new URL(origin).host
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
    if (host !== request.host) throw kernelProblems.wrongOrigin()
  } else if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw kernelProblems.wrongOrigin()
}

function answerProblem(kernel: Kernel, error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const problem = asProblem(kernel, error, request)
  const { status } = problem.entry
  if (status === 503) reply.header('retry-after', '2')
  return reply.status(status).send(problemAnswer(problem))
}

function asProblem(kernel: Kernel, error: FastifyError, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error
  if (error.code === 'FST_REQ_FILE_TOO_LARGE')
    return kernelProblems.tooLarge({ limit: 'of this kind of file' })
  if (error.statusCode === 413) return kernelProblems.tooLarge({ limit: '8 MB' })
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return kernelProblems.badBody({ reason: plainText(error.message) })
  }
  const path = request.routeOptions.url ?? request.method
  if (faultOf(error) === 'elsewhere') {
    kernel.log.warn('database not there', { about: path, message: error.message })
    return kernelProblems.busy()
  }
  return kernelProblems.internal({ reference: kernel.reportBug(error, path) })
}

const beatMs = 20_000
/** A page that does not read what it is sent is cut off; it comes back and looks again. */
const unreadMost = 256 * 1024

function liveRoute(app: FastifyInstance, kernel: Kernel, live: Live, signIn: SignIn): void {
  const open = new Set<() => void>()
  // Streams never end by themselves: the server could not close over them.
  app.addHook('preClose', async () => {
    for (const end of open) end()
  })
  app.get('/api/live', (request, reply) => {
    if (!request.opened) throw kernelProblems.signedOut()
    const { actor } = request.opened
    const token = request.cookies[cookieName] ?? ''
    const headers = reply.getHeaders() as Record<string, string>
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    const write = (text: string) => {
      if (raw.writableEnded || raw.destroyed) return
      raw.write(text)
      if (raw.writableLength > unreadMost) raw.destroy()
    }
    const end = () => raw.end()
    const greet = () => {
      kernel.standing(actor).then(
        standing => write(`event: hello\ndata: ${JSON.stringify(standing)}\n\n`),
        () => end(),
      )
    }
    const stop = live.on(({ agency, seq, names }) => {
      if (agency !== actor.scope.agencyId && agency !== everyAgency) return
      write(`id: ${seq}\nevent: change\ndata: ${JSON.stringify({ seq, names })}\n\n`)
      // The database was out of reach; when it came back it may have been another one.
      if (agency === everyAgency) greet()
    })
    // Proxies close a silent stream, so a comment keeps it open; and a session that has ended ends its stream.
    const beat = setInterval(() => {
      signIn.session(token).then(
        session => (session ? write(': here\n\n') : end()),
        () => end(),
      )
    }, beatMs)
    open.add(end)
    raw.on('close', () => {
      clearInterval(beat)
      stop()
      open.delete(end)
    })
    write('retry: 2000\n\n')
    greet()
  })
}
