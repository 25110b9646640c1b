// The test kit with its HTTP door open: a server on a free port, accounts that sign in, and a plain fetch with a
// cookie. `world()` closes the kernel when the file ends; this closes the door before.
import type { FastifyInstance } from 'fastify'
import { afterAll } from 'vitest'
import type { Role } from '../contract.ts'
import { Live } from '../live.ts'
import { silentLog } from '../log.ts'
import type { Module } from '../module.ts'
import type { PushParts } from '../push/push.ts'
import { world, type World } from '../world.ts'
import { type HttpOptions, httpServer } from './server.ts'
import { hashPassword } from './sign-in.ts'

export interface Reply {
  status: number
  headers: Headers
  // biome-ignore lint: a test looks into whatever came back
  body: any
}

export interface Caller {
  cookie: string | undefined
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  get(path: string, headers?: Record<string, string>): Promise<Reply>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
}

export interface AccountMore {
  mustChange?: boolean
  /** Whose account it is; null: nobody's on the books. */
  officerId?: string | null
  /** The unit that it is bound to. */
  scopeUnitId?: string | null
}

export interface HttpWorld extends World {
  base: string
  app: FastifyInstance
  live: Live
  /** Makes an account with a password that need not be changed (unless asked), and gives its id. */
  account(badge: string, name: string, roles: readonly Role[], more?: AccountMore): Promise<string>
  /** Gives an account that is on the books already the password with which accounts here sign in. */
  letIn(accountId: string, mustChange?: boolean): Promise<void>
  nobody(): Caller
  /** Signs in, or throws what came back. */
  caller(badge: string, password?: string): Promise<Caller>
}

export const password = '青禾县-example-1'

export async function httpWorld(
  modules: readonly Module[],
  more: Partial<Pick<HttpOptions, 'ready' | 'extend' | 'webFolder' | 'trustProxy' | 'tiles'>> = {},
  push?: PushParts,
): Promise<HttpWorld> {
  // Its hook is registered first and so runs last: the door closes before the kernel does.
  const self = (await world(modules, undefined, { push })) as HttpWorld
  const live = new Live({ ...self.databaseConfig, user: 'fangxian_app' }, silentLog)
  await live.start()
  const app = await httpServer({ kernel: self.kernel, live, ready: () => true, version: '0.0.0', ...more })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  afterAll(async () => {
    await app.close()
    await live.close()
  })
  const hash = await hashPassword(password)
  const letIn = async (accountId: string, mustChange = false): Promise<void> => {
    const values = [self.agency.agencyId, accountId, hash, mustChange]
    await self.owner.query('select sys.set_password($1, $2, $3, $4, now())', values)
  }
  return Object.assign(self, {
    base,
    app,
    live,
    letIn,
    nobody: () => callerOf(base),
    caller: async (badge: string, given = password) => {
      const caller = callerOf(base)
      const answer = await caller.post('/api/sign-in', { badge, password: given })
      if (answer.status !== 200) throw new Error(`${badge}: ${answer.status} ${JSON.stringify(answer.body)}`)
      return caller
    },
    account: async (badge: string, name: string, roles: readonly Role[], more: AccountMore = {}) => {
      const { mustChange = false, officerId = null, scopeUnitId = null } = more
      const accountId = self.newId()
      const { agencyId } = self.agency
      const { actor } = await self.kernel.system(agencyId)
      const id = self.newId()
      const occurredAt = self.clock.now.toISOString()
      const input = { accountId, badge, name, roles, officerId, scopeUnitId }
      const entry = { id, name: 'access.addAccount', version: 1, occurredAt, input }
      const [verdict] = await self.kernel.submit(actor, [entry])
      if (verdict?.verdict !== 'done') throw new Error(`no account ${badge}: ${JSON.stringify(verdict)}`)
      await letIn(accountId, mustChange)
      return accountId
    },
  })
}

function callerOf(base: string): Caller {
  const self: Caller = {
    cookie: undefined,
    async send(method, path, body, headers = {}) {
      const response = await fetch(base + path, {
        method,
        redirect: 'manual',
        headers: {
          ...(self.cookie ? { cookie: self.cookie } : {}),
          ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: body instanceof FormData || typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const set = response.headers.getSetCookie()[0]?.split(';')[0]
      if (set) self.cookie = set
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.startsWith('application/json')
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
    },
    get: (path, headers) => self.send('GET', path, undefined, headers),
    post: (path, body = {}, headers = {}) => self.send('POST', path, body, headers),
  }
  return self
}
