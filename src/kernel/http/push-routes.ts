// Where a browser says that it wants to be told of alerts, and takes it back. Outside the journal, as sessions are.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseInput } from '../input.ts'
import type { Kernel } from '../kernel.ts'
import { kernelProblems } from '../problem.ts'
import type { Push } from '../push/push.ts'
import type { OpenSession } from './sign-in.ts'

const base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]+={0,2}$/)
/** As `PushSubscription.toJSON()` gives it, with whatever a browser adds left out by the page. */
const subscribeBody = z.strictObject({
  endpoint: z.string().min(1).max(1_000),
  keys: z.strictObject({ p256dh: base64url(100), auth: base64url(40) }),
})
const unsubscribeBody = z.strictObject({ endpoint: z.string().min(1).max(1_000) })

function opened(request: FastifyRequest): OpenSession {
  if (!request.opened) throw kernelProblems.signedOut()
  return request.opened
}

export function pushRoutes(app: FastifyInstance, kernel: Kernel): void {
  const needed = (): Push => {
    if (!kernel.push) throw kernelProblems.pushOff()
    return kernel.push
  }

  /** Whether it is on, by which key to subscribe, and which devices this account has. */
  app.get('/api/push', async request => {
    const { actor } = opened(request)
    if (!kernel.push) return { on: false, publicKey: null, devices: [] }
    const [publicKey, devices] = await Promise.all([
      kernel.push.publicKey(actor.scope),
      kernel.push.devicesOf(actor),
    ])
    return { on: true, publicKey, devices }
  })

  app.post('/api/push/subscribe', async request => {
    const { actor } = opened(request)
    const body = parseInput(subscribeBody, request.body) as z.output<typeof subscribeBody>
    await needed().subscribe(actor, body, String(request.headers['user-agent'] ?? ''))
    return {}
  })

  app.post('/api/push/unsubscribe', async request => {
    const { actor } = opened(request)
    const { endpoint } = parseInput(unsubscribeBody, request.body) as z.output<typeof unsubscribeBody>
    return { gone: await needed().unsubscribe(actor, endpoint) }
  })
}
