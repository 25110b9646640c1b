// What the door knows of the device that a request comes from: it is noted as heard of, and one that is revoked gets
// nothing but the way to hand in what it holds and to go.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { toldBy } from '../devices/told.ts'
import type { Kernel } from '../kernel.ts'
import { kernelProblems } from '../problem.ts'
import { type OpenSession, sessionBegan } from './sign-in.ts'

/** Where the outbox of a revoked device brings what waits, by the roads that it knows; only with its account's name. */
const quarantineRoutes: readonly string[] = ['/api/commands', '/api/facts']
/** How it says that nothing is left, and leaves. */
const leavingRoutes: readonly string[] = ['/api/device/wiped', '/api/sign-out']

/** Throws where the device is revoked and asks for anything else. */
export async function meetDevice(
  kernel: Kernel,
  request: FastifyRequest,
  { actor, sessionId }: OpenSession,
  route: string,
): Promise<void> {
  const told = toldBy(request.headers, kernel.now())
  if (told) {
    const agent = (request.headers['user-agent'] ?? '').slice(0, 400)
    kernel.contacts.note(actor, { ...told, sessionId, agent })
  }
  const since = await kernel.contacts.revokedSince(actor, told?.deviceId ?? null, sessionId)
  if (since === null) return
  request.revoked = true
  if (leavingRoutes.includes(route)) return
  if (quarantineRoutes.includes(route) && request.headers['x-account-id'] !== undefined) return
  // Whoever gave the password after it was revoked is its officer: what lies sealed there is opened, to be handed in.
  if (route === '/api/device-key' && sessionBegan(sessionId) > Date.parse(since)) return
  throw kernelProblems.deviceRevoked({ accountId: actor.accountId ?? '' })
}

export function deviceRoutes(app: FastifyInstance, kernel: Kernel): void {
  /** Nothing is asked: the device is here, and says in its headers what it holds. */
  app.post('/api/device', async () => ({}))

  app.post('/api/device/wiped', async request => {
    if (!request.opened) throw kernelProblems.signedOut()
    const told = toldBy(request.headers, kernel.now())
    if (told) kernel.contacts.wiped(request.opened.actor, told.deviceId)
    return {}
  })
}
