// Sign-in, sign-out, sessions and passwords: what stands outside the journal, because it is about the door itself.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseInput } from '../input.ts'
import type { Kernel } from '../kernel.ts'
import { kernelProblems } from '../problem.ts'
import { cookieName, type OpenSession, type SignIn } from './sign-in.ts'

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
const endBody = z.strictObject({ sessionId: z.uuid().optional(), everywhere: z.boolean().optional() })

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

async function describe(kernel: Kernel, { actor, badge, mustChangePassword, sessionId }: OpenSession) {
  const agency = await kernel.agency(actor.scope.agencyId)
  const { code, name, kind, timeZone, handOverMinute } = agency
  return {
    sessionId,
    accountId: actor.accountId,
    officerId: actor.officerId,
    name: actor.name,
    badge,
    roles: actor.roles,
    agency: { code, name, kind, timeZone, handOverMinute },
    mustChangePassword,
  }
}

function opened(request: FastifyRequest): OpenSession {
  if (!request.opened) throw kernelProblems.signedOut()
  return request.opened
}

export function accountRoutes(app: FastifyInstance, kernel: Kernel, signIn: SignIn, secure: boolean): void {
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
    const { token, session } = await signIn.signIn(
      agencyId,
      body.badge.trim(),
      body.password,
      request.ip,
      agent,
    )
    setCookie(reply, request, token)
    return describe(kernel, session)
  })

  app.post('/api/sign-in/reset', async request => {
    const body = parseInput(resetBody, request.body) as z.output<typeof resetBody>
    const agencyId = await agencyOf(kernel, request, body.agency)
    await signIn.reset(agencyId, body.badge.trim(), body.code, body.password, request.ip)
    return {}
  })

  app.get('/api/session', async request => describe(kernel, opened(request)))

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
    const ended = await signIn.end(
      session,
      body.everywhere ? null : (body.sessionId ?? session.sessionId),
      null,
    )
    if (body.everywhere || !body.sessionId || body.sessionId === session.sessionId) {
      reply.clearCookie(cookieName, { path: '/' })
    }
    return { ended }
  })
}
