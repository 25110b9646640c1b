// Sign-in, sign-out, sessions and passwords: what stands outside the journal, because it is about the door itself.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Role, sessionAnswer, tilesAnswer } from '../contract.ts'
import { parseInput } from '../input.ts'
import type { Kernel } from '../kernel.ts'
import { kernelProblems } from '../problem.ts'
import { cookieName, type OpenSession, sessionEnds, type SignIn } from './sign-in.ts'

const signInBody = z.strictObject({
  badge: z.string().min(1).max(40),
  password: z.string().min(1).max(400),
  agency: z.string().max(40).optional(),
})
const resetBody = z.strictObject({
  badge: z.string().min(1).max(40),
  code: z.string().min(4).max(60),
  password: z.string().min(1).max(400),
  agency: z.string().max(40).optional(),
})
const passwordBody = z.strictObject({ old: z.string().min(1).max(400), password: z.string().min(1).max(400) })
const deviceBody = z.strictObject({ device: z.string().regex(/^[A-Za-z0-9_-]{22,44}$/) })
const endBody = z.strictObject({
  sessionId: z.uuid().optional(),
  everywhere: z.boolean().optional(),
  /** Where this browser is pushed to, as it says itself: no table joins a device to a session. */
  endpoint: z.string().min(1).max(1_000).optional(),
})

/** The agency by its code, or by the host's name, or the only one there is. */
async function agencyOf(kernel: Kernel, request: FastifyRequest, code: string | undefined): Promise<string> {
  const list = await kernel.agencyList()
  const host = request.hostname
  const found =
    code !== undefined
      ? list.find(one => one.code === code)
      : (list.find(one => one.hostName === host) ?? (list.length === 1 ? list[0] : undefined))
  // Not "no such agency": the answer for a wrong agency is that of a wrong password.
  if (!found) throw kernelProblems.wrongPassword()
  return found.agencyId
}

async function describe(
  kernel: Kernel,
  { actor, badge, mustChangePassword, sessionId }: OpenSession,
  tiles: z.output<typeof tilesAnswer> | null,
): Promise<z.input<typeof sessionAnswer>> {
  const { accountId, officerId } = actor
  if (accountId === null) throw new Error('invariant: the system does not sign in')
  const agency = await kernel.agency(actor.scope.agencyId)
  const { code, name, kind, timeZone, handOverMinute } = agency
  return {
    sessionId,
    accountId,
    officerId,
    name: actor.name,
    badge,
    roles: [...actor.roles] as Role[],
    agency: { code, name, kind, timeZone, handOverMinute },
    mustChangePassword,
    tiles,
    ...(await kernel.standing(actor)),
  }
}

/**
 * What a phone's own store is opened with. Derived under the master key and kept nowhere: whoever has the phone alone,
 * or the database alone, has nothing. The same account on the same phone gets the same again at its next sign-in, so
 * that what waited there can still be read and sent.
 */
function deviceKey(kernel: Kernel, { actor, sessionId }: OpenSession, device: string) {
  const { agencyId } = actor.scope
  const secret = (what: string) => kernel.sealer.digest(what, agencyId, actor.accountId ?? '', device)
  return { half: secret('device half'), recovery: secret('device recovery'), until: sessionEnds(sessionId) }
}

function deviceKeyRoute(app: FastifyInstance, kernel: Kernel): void {
  app.post('/api/device-key', async request => {
    const { device } = parseInput(deviceBody, request.body) as z.output<typeof deviceBody>
    return deviceKey(kernel, opened(request), device)
  })
}

function opened(request: FastifyRequest): OpenSession {
  if (!request.opened) throw kernelProblems.signedOut()
  return request.opened
}

export interface Door {
  /** Cookies for HTTPS only. */
  secure: boolean
  tiles: z.output<typeof tilesAnswer> | null
}

export function accountRoutes(
  app: FastifyInstance,
  kernel: Kernel,
  signIn: SignIn,
  { secure, tiles }: Door,
): void {
  const setCookie = (reply: FastifyReply, request: FastifyRequest, token: string) =>
    reply.setCookie(cookieName, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: secure || request.protocol === 'https',
    })

  app.get('/api/sign-in', async request => {
    const list = await kernel.agencyList()
    const byHost = list.find(one => one.hostName === request.hostname)
    const shown = byHost ? [byHost] : list
    return { agencies: shown.map(({ code, name, kind }) => ({ code, name, kind })) }
  })

  app.post('/api/sign-in', async (request, reply) => {
    const body = parseInput(signInBody, request.body) as z.output<typeof signInBody>
    const agencyId = await agencyOf(kernel, request, body.agency)
    const agent = String(request.headers['user-agent'] ?? '')
    const badge = body.badge.trim()
    const { token, session } = await signIn.signIn(agencyId, badge, body.password, request.ip, agent)
    setCookie(reply, request, token)
    return describe(kernel, session, tiles)
  })

  app.post('/api/sign-in/reset', async request => {
    const body = parseInput(resetBody, request.body) as z.output<typeof resetBody>
    const agencyId = await agencyOf(kernel, request, body.agency)
    await signIn.reset(agencyId, body.badge.trim(), body.code, body.password, request.ip)
    return {}
  })

  app.get('/api/session', async request => describe(kernel, opened(request), tiles))

  deviceKeyRoute(app, kernel)

  app.post('/api/password', async request => {
    const body = parseInput(passwordBody, request.body) as z.output<typeof passwordBody>
    await signIn.changePassword(opened(request), body.old, body.password, request.ip)
    return {}
  })

  app.get('/api/sessions', async request => ({ rows: await signIn.sessions(opened(request)) }))

  /** Ends this session, a named one, or all of them. */
  app.post('/api/sign-out', async (request, reply) => {
    const body = parseInput(endBody, request.body) as z.output<typeof endBody>
    const session = opened(request)
    const { actor, sessionId } = session
    const here = body.everywhere || !body.sessionId || body.sessionId === sessionId
    // Before the session: whoever reads that he is out is told of nothing any more.
    if (body.everywhere) await kernel.push?.unsubscribeAll(actor)
    else if (here && body.endpoint) await kernel.push?.unsubscribe(actor, body.endpoint)
    const ended = await signIn.end(session, body.everywhere ? null : (body.sessionId ?? sessionId), null)
    if (here) reply.clearCookie(cookieName, { path: '/' })
    return { ended }
  })
}
