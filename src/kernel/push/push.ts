// Who wants to be told where, and telling them. Subscriptions and keys stand in sys, because the address of a browser
// is a secret of that device and must not lie in books that are never edited.
import type { Actor } from '../command.ts'
import type { Pool } from '../db/connection.ts'
import type { Log } from '../log.ts'
import { kernelProblems } from '../problem.ts'
import { reading } from '../query.ts'
import type { Sealer } from '../seal.ts'
import { PushDoor, type PushDoorParts } from './push-door.ts'
import { encryptFor, isTarget, makeServerKeys, type ServerKeys, serverKeys, vapidHeader } from './web-push.ts'

export interface PushParts extends PushDoorParts {
  /** Whom a push service may write to about our messages: `mailto:` or `https:`. */
  contact: string
}

interface Engine {
  reads: Pool
  sealer: Sealer
  log: Log
  now(): Date
}

export interface Subscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}
interface Device {
  account_id: string
  endpoint: string
  p256dh: string
  auth: string
  agent: string
  made_at: string
}

/** What is told: one line in both languages, and where it leads. Never a name of a person. */
export interface PushMessage {
  titleZh: string
  titleEn: string
  severity: 'red' | 'amber'
  link: string
  /** A later message of the same tag takes the place of the one before. */
  tag: string
}

export const devicesMost = 8
const atOnce = 16
/** The queue does one thing after another: a push service that hangs must not hold it up. */
const roundMs = 30_000
const keepSeconds = 3_600
const signedHours = 6
type Scope = Actor['scope']

export class Push {
  private readonly engine: Engine
  private readonly door: PushDoor
  private readonly contact: string
  private known: Promise<ServerKeys> | undefined

  constructor(engine: Engine, parts: PushParts) {
    this.engine = engine
    this.door = new PushDoor(parts)
    this.contact = parts.contact
  }

  private sql<R>(scope: Scope, text: string, values: readonly unknown[], writable = false): Promise<R[]> {
    return reading(
      this.engine.reads,
      scope,
      async connection => (await connection.send<R>(text, values)).rows,
      writable,
    )
  }

  // ------------------------------------------------------------------------------------------------------- keys

  /** Made once per installation; of two processes that make them at the same moment, the first ones stay. */
  private keys(scope: Scope): Promise<ServerKeys> {
    this.known ??= this.load(scope).catch(error => {
      this.known = undefined
      throw error
    })
    return this.known
  }

  private async load(scope: Scope): Promise<ServerKeys> {
    const { sealer } = this.engine
    const read = async () =>
      (await this.sql<{ wrapped: string | null }>(scope, 'select sys.push_keys() as wrapped', []))[0]?.wrapped
    let wrapped = await read()
    if (!wrapped) {
      const made = sealer.wrap('push', makeServerKeys().private)
      await this.sql(scope, 'select sys.keep_push_keys($1)', [made], true)
      wrapped = await read()
    }
    if (!wrapped) throw new Error('invariant: keys that were kept a moment ago are there')
    return serverKeys(sealer.unwrap('push', wrapped))
  }

  async publicKey(scope: Scope): Promise<string> {
    return (await this.keys(scope)).public.toString('base64url')
  }

  // ---------------------------------------------------------------------------------------------- subscriptions

  async subscribe(actor: Actor, { endpoint, keys }: Subscription, agent: string): Promise<void> {
    if (!this.door.lets(endpoint) || !isTarget(keys)) throw kernelProblems.pushAddress()
    const values = [actor.accountId, endpoint, keys.p256dh, keys.auth, agent.slice(0, 200)]
    const [row] = await this.sql<{ kept: boolean }>(
      actor.scope,
      'select sys.add_push($1, $2, $3, $4, $5, $6, $7) as kept',
      [...values, this.engine.now().toISOString(), devicesMost],
      true,
    )
    if (!row?.kept) throw kernelProblems.pushTooMany({ most: devicesMost })
  }

  async unsubscribe(actor: Actor, endpoint: string): Promise<boolean> {
    return this.drop(actor.scope, actor.accountId, endpoint)
  }

  /** Of every device of the account. */
  async unsubscribeAll(actor: Actor): Promise<void> {
    for (const { endpoint } of await this.devicesOf(actor)) await this.unsubscribe(actor, endpoint)
  }

  private async drop(scope: Scope, accountId: string | null, endpoint: string): Promise<boolean> {
    const [row] = await this.sql<{ gone: boolean }>(
      scope,
      'select sys.drop_push($1, $2) as gone',
      [accountId, endpoint],
      true,
    )
    return row?.gone ?? false
  }

  private devices(scope: Scope, accountIds: readonly string[]): Promise<Device[]> {
    return this.sql<Device>(scope, 'select * from sys.push_of($1)', [accountIds])
  }

  async devicesOf(actor: Actor): Promise<{ endpoint: string; agent: string; madeAt: string }[]> {
    const rows = await this.devices(actor.scope, [actor.accountId ?? ''])
    return rows.map(({ endpoint, agent, made_at: madeAt }) => ({ endpoint, agent, madeAt }))
  }

  /** Those of the accounts that want to be told at all. */
  async subscribed(scope: Scope, accountIds: readonly string[]): Promise<string[]> {
    const rows = accountIds.length > 0 ? await this.devices(scope, accountIds) : []
    return [...new Set(rows.map(row => row.account_id))]
  }

  // ---------------------------------------------------------------------------------------------------- sending

  /** To every device of each account. What cannot be sent now is not sent later: the page shows what stands. */
  async tell(
    scope: Scope,
    messages: ReadonlyMap<string, PushMessage>,
  ): Promise<{ taken: number; gone: number }> {
    const waiting = await this.devices(scope, [...messages.keys()])
    const told = { taken: 0, gone: 0, failed: 0 }
    const until = performance.now() + roundMs
    const line = async () => {
      for (let device = waiting.shift(); device; device = waiting.shift()) {
        const message = messages.get(device.account_id)
        if (!message || performance.now() > until) {
          told.failed += 1
          continue
        }
        const sent = await this.sendTo(scope, device, message)
        told[sent] += 1
        if (sent === 'gone') await this.drop(scope, null, device.endpoint)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, line))
    if (told.failed > 0) this.engine.log.warn('push not delivered', told)
    return told
  }

  private async sendTo(scope: Scope, device: Device, message: PushMessage) {
    const keys = await this.keys(scope)
    const expires = new Date(this.engine.now().getTime() + signedHours * 3_600_000)
    const { endpoint, p256dh, auth } = device
    const headers = {
      authorization: vapidHeader(keys, endpoint, this.contact, expires),
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: String(keepSeconds),
      urgency: message.severity === 'red' ? 'high' : 'normal',
    }
    return this.door.send(
      endpoint,
      headers,
      encryptFor({ p256dh, auth }, Buffer.from(JSON.stringify(message))),
    )
  }
}
