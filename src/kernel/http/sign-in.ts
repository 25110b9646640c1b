// Signing in: badge number and password, argon2id, sessions kept as hashes, throttled per account and per address.
import { type Argon2Parameters, argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Actor } from '../command.ts'
import type { Role } from '../contract.ts'
import type { Connection } from '../db/connection.ts'
import { uuidv7 } from '../ids.ts'
import type { Kernel } from '../kernel.ts'
import { doorChannel } from '../live.ts'
import { kernelProblems } from '../problem.ts'
import { Turns } from './turns.ts'

export const cookieName = 'fangxian'
export const passwordLeast = 10
const sessionHours = 16
// 19 MiB and two passes: the least that is advised for argon2id, 42 ms here.
const cost = { parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 }

function derive(password: string, nonce: Buffer): Promise<Buffer> {
  const parameters: Argon2Parameters = { message: Buffer.from(password.normalize('NFKC')), nonce, ...cost }
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const key = await derive(password, nonce)
  return `argon2id:1:${nonce.toString('base64url')}:${key.toString('base64url')}`
}

async function matches(stored: string, password: string): Promise<boolean> {
  const [, , nonce, key] = stored.split(':')
  if (!nonce || !key) throw new Error('invariant: a stored password hash has four parts')
  const expected = Buffer.from(key, 'base64url')
  const derived = await derive(password, Buffer.from(nonce, 'base64url'))
  return expected.length === derived.length && timingSafeEqual(expected, derived)
}

/** What is compared when there is no such account, so that the answer takes the same time. */
const nobody = `argon2id:1:${randomBytes(16).toString('base64url')}:${randomBytes(32).toString('base64url')}`

export function refuseWeak(fresh: string, badge: string): void {
  const length = [...fresh].length
  if (length < passwordLeast || length > 200 || fresh === badge) {
    throw kernelProblems.weakPassword({ least: passwordLeast })
  }
}

export interface OpenSession {
  sessionId: string
  actor: Actor
  badge: string
  mustChangePassword: boolean
}

export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** When a session was opened, in milliseconds: its id is of that moment. */
export const sessionBegan = (sessionId: string): number =>
  Number.parseInt(sessionId.replaceAll('-', '').slice(0, 12), 16)

/** When it ends by itself. */
export function sessionEnds(sessionId: string): string {
  return new Date(sessionBegan(sessionId) + sessionHours * 3_600_000).toISOString()
}

export class SignIn {
  private readonly kernel: Kernel
  private readonly cache = new Map<string, { session: OpenSession; until: number }>()
  private readonly byAccount = new Turns(1)
  private readonly byAddress = new Turns(4)

  constructor(kernel: Kernel) {
    this.kernel = kernel
  }

  private sql<R = Record<string, unknown>>(text: string, values: readonly unknown[]): Promise<R[]> {
    return this.kernel.reads.with(
      async (connection: Connection) => (await connection.send<R>(text, values)).rows,
    )
  }

  // ------------------------------------------------------------------------------------------------ throttling

  private async refuseLocked(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const [row] = await this.sql<{ until: string | null }>('select sys.throttle_check($1, $2) as until', [
        key,
        this.kernel.now().toISOString(),
      ])
      if (row?.until) {
        const minutes = Math.max(1, Math.ceil((Date.parse(row.until) - this.kernel.now().getTime()) / 60_000))
        throw kernelProblems.tooManyTries({ minutes })
      }
    }
  }

  private async countFailure(account: string, address: string): Promise<void> {
    const at = this.kernel.now().toISOString()
    const fail = (key: string, most: number) =>
      this.sql("select sys.throttle_fail($1, $2, $3, interval '15 minutes', interval '15 minutes')", [
        key,
        at,
        most,
      ])
    await fail(account, 5)
    // An address may be a whole station behind one router, so it bears more.
    await fail(address, 60)
  }

  // --------------------------------------------------------------------------------------------------- sessions

  signIn(
    agencyId: string,
    badge: string,
    password: string,
    address: string,
    agent: string,
  ): Promise<{ token: string; session: OpenSession }> {
    const accountKey = `account:${agencyId}:${badge}`
    const addressKey = `address:${address}`
    return this.inTurn(accountKey, addressKey, async () => {
      await this.refuseLocked([accountKey, addressKey])
      const [account] = await this.sql<{
        account_id: string
        active: boolean
        password_hash: string | null
      }>('select * from sys.account_for_sign_in($1, $2)', [agencyId, badge])
      const right = await matches(account?.password_hash ?? nobody, password)
      if (!account?.active || !account.password_hash || !right) {
        await this.countFailure(accountKey, addressKey)
        throw kernelProblems.wrongPassword()
      }
      await this.sql('select sys.throttle_clear($1)', [accountKey])
      return this.open(agencyId, account.account_id, address, agent)
    })
  }

  private inTurn<T>(account: string, address: string, work: () => Promise<T>): Promise<T> {
    return this.byAccount.take(account, () => this.byAddress.take(address, work))
  }

  private async open(agencyId: string, accountId: string, address: string, agent: string) {
    const token = randomBytes(32).toString('base64url')
    const now = this.kernel.now()
    await this.sql('select sys.add_session($1, $2, $3, $4, $5, $6, $7, $8)', [
      hashOf(token),
      uuidv7(now.getTime()),
      agencyId,
      accountId,
      now.toISOString(),
      new Date(now.getTime() + sessionHours * 3_600_000).toISOString(),
      address.slice(0, 100),
      agent.slice(0, 200),
    ])
    const session = await this.session(token)
    if (!session) throw new Error('invariant: a session just opened is open')
    return { token, session }
  }

  /** The open session of a token; looked up again after three seconds, so that a sign-out elsewhere is soon felt. */
  async session(token: string): Promise<OpenSession | undefined> {
    const known = this.cache.get(token)
    if (known && known.until > Date.now()) return known.session
    const [row] = await this.sql<{
      session_id: string
      agency_id: string
      account_id: string
      officer_id: string | null
      name: string
      badge: string
      roles: Role[]
      unit_ids: string[]
      agency_wide: boolean
      must_change: boolean
    }>('select * from sys.open_session($1, $2)', [hashOf(token), this.kernel.now().toISOString()])
    if (!row) {
      this.cache.delete(token)
      return undefined
    }
    const session: OpenSession = {
      sessionId: row.session_id,
      badge: row.badge,
      mustChangePassword: row.must_change,
      actor: {
        accountId: row.account_id,
        officerId: row.officer_id,
        name: row.name,
        roles: row.roles,
        scope: { agencyId: row.agency_id, unitIds: row.agency_wide ? '*' : row.unit_ids },
        deviceId: null,
      },
    }
    if (this.cache.size > 5_000) this.cache.clear()
    this.cache.set(token, { session, until: Date.now() + 3_000 })
    return session
  }

  async sessions(session: OpenSession) {
    const rows = await this.sql<{
      session_id: string
      created_at: string
      seen_at: string
      address: string
      agent: string
    }>('select * from sys.sessions_of($1, $2, $3)', [
      session.actor.scope.agencyId,
      session.actor.accountId,
      this.kernel.now().toISOString(),
    ])
    return rows.map(row => ({
      sessionId: row.session_id,
      createdAt: row.created_at,
      seenAt: row.seen_at,
      address: row.address,
      agent: row.agent,
      current: row.session_id === session.sessionId,
    }))
  }

  /** Ends one session, or all but the kept one. Says how many ended. */
  async end(session: OpenSession, sessionId: string | null, keep: string | null): Promise<number> {
    const { agencyId } = session.actor.scope
    return this.endAll(agencyId, session.actor.accountId ?? '', sessionId, keep)
  }

  private async endAll(agencyId: string, accountId: string, sessionId: string | null, keep: string | null) {
    const [row] = await this.sql<{ n: number }>('select sys.end_sessions($1, $2, $3, $4) as n', [
      agencyId,
      accountId,
      sessionId,
      keep,
    ])
    await this.tellDoors()
    return row?.n ?? 0
  }

  /** Nothing that was known of a session counts any more. */
  forget(): void {
    this.cache.clear()
  }

  /** Other processes forget too, at once rather than after three seconds. */
  private async tellDoors(): Promise<void> {
    this.forget()
    await this.sql(`select pg_notify('${doorChannel}', '')`, [])
  }

  // -------------------------------------------------------------------------------------------------- passwords

  async changePassword(session: OpenSession, old: string, fresh: string, address: string): Promise<void> {
    const { agencyId } = session.actor.scope
    const accountKey = `account:${agencyId}:${session.badge}`
    const addressKey = `address:${address}`
    await this.inTurn(accountKey, addressKey, async () => {
      await this.refuseLocked([accountKey])
      const [account] = await this.sql<{ password_hash: string | null }>(
        'select * from sys.account_for_sign_in($1, $2)',
        [agencyId, session.badge],
      )
      if (!account?.password_hash || !(await matches(account.password_hash, old))) {
        await this.countFailure(accountKey, addressKey)
        throw kernelProblems.wrongPassword()
      }
    })
    if (fresh === old) throw kernelProblems.weakPassword({ least: passwordLeast })
    await this.setPassword(agencyId, session.actor.accountId ?? '', session.badge, fresh, false)
    await this.end(session, null, session.sessionId)
  }

  /** Sets a password, for the first administrator, a reset or the demonstration. */
  async setPassword(
    agencyId: string,
    accountId: string,
    badge: string,
    fresh: string,
    mustChange: boolean,
  ): Promise<void> {
    refuseWeak(fresh, badge)
    await this.sql('select sys.set_password($1, $2, $3, $4, $5)', [
      agencyId,
      accountId,
      await hashPassword(fresh),
      mustChange,
      this.kernel.now().toISOString(),
    ])
    await this.tellDoors()
  }

  /** A one-time code, given by an administrator, sets a new password once. */
  async reset(agencyId: string, badge: string, code: string, fresh: string, address: string): Promise<void> {
    const codeKey = `code:${agencyId}:${badge}`
    const addressKey = `address:${address}`
    // Before the code is looked at: a password that will not do must not use it up.
    refuseWeak(fresh, badge)
    const accountId = await this.inTurn(codeKey, addressKey, async () => {
      await this.refuseLocked([codeKey, addressKey])
      const [account] = await this.sql<{ account_id: string; active: boolean }>(
        'select * from sys.account_for_sign_in($1, $2)',
        [agencyId, badge],
      )
      const used = account?.active
        ? await this.sql<{ account_id: string }>('select * from sys.use_code($1, $2, $3, $4)', [
            hashOf(code.trim().toUpperCase()),
            'reset',
            account.account_id,
            this.kernel.now().toISOString(),
          ])
        : []
      if (!account || used.length === 0) {
        await this.countFailure(codeKey, addressKey)
        throw kernelProblems.wrongCode()
      }
      return account.account_id
    })
    await this.setPassword(agencyId, accountId, badge, fresh, false)
    await this.endAll(agencyId, accountId, null, null)
    await this.sql('select sys.throttle_clear($1)', [`account:${agencyId}:${badge}`])
  }
}
