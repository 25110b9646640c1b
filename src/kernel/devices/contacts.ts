// The devices that are heard of, and which of them are revoked. Kept in memory and written now and then as upkeep: a
// request costs a look into two maps, and the books are not filled with who was there at what minute.
import type { Actor } from '../command.ts'
import type { Pool } from '../db/connection.ts'
import type { Scope } from '../db/scope.ts'
import type { Log } from '../log.ts'
import { reading } from '../query.ts'
import { platformOf } from './platform.ts'
import type { ToldByDevice } from './told.ts'

interface Engine {
  reads: Pool
  log: Log
  now(): Date
}

export interface Contact extends ToldByDevice {
  sessionId: string
  /** As the browser names itself; read when it is written, which is seldom. */
  agent: string
}

interface Kept extends Contact {
  agencyId: string
  accountId: string
  seenAt: string
  acknowledged: number
  wipedAt: string | null
  /** In milliseconds; 0 where it was never written by this process. */
  writtenAt: number
  dirty: boolean
}

interface Revoked {
  /** `performance.now()` from which it is asked for again. */
  until: number
  /** By device and account, and by session: when. */
  since: ReadonlyMap<string, string>
}

/** A device that says nothing new is written as often as this. */
const writeMs = 60_000
/** What is to be written gathers for so long. */
const gatherMs = 1_000
/** As long as a session is believed without asking; what another process revoked is told by the live channel besides. */
const believedMs = 3_000
const rememberedMost = 20_000
/** Of one account; whose older ones are dropped. */
export const devicesOfAccountMost = 40

const pair = (deviceId: string, accountId: string) => `${deviceId} ${accountId}`

export class Contacts {
  private readonly engine: Engine
  private readonly known = new Map<string, Kept>()
  private readonly revoked = new Map<string, Promise<Revoked>>()
  private readonly standing = new Map<string, Revoked>()
  private timer: NodeJS.Timeout | undefined
  private writing: Promise<void> = Promise.resolve()

  constructor(engine: Engine) {
    this.engine = engine
  }

  // -------------------------------------------------------------------------------------------------- heard of

  /** A request came from it. */
  note({ accountId, scope: { agencyId } }: Actor, contact: Contact): void {
    if (accountId === null) return
    const key = `${agencyId} ${pair(contact.deviceId, accountId)}`
    const before = this.known.get(key)
    const now = this.engine.now()
    const isNews =
      !before ||
      before.unsent !== contact.unsent ||
      before.sessionId !== contact.sessionId ||
      before.appVersion !== contact.appVersion ||
      now.getTime() - before.writtenAt >= writeMs
    const rest = before ?? { acknowledged: 0, writtenAt: 0, dirty: false }
    const seenAt = now.toISOString()
    const { writtenAt, acknowledged } = rest
    const dirty = rest.dirty || isNews
    // With what it says last it leaves; heard of by another session, it is in use again.
    const wipedAt = before?.sessionId === contact.sessionId ? before.wipedAt : null
    const kept = { ...contact, agencyId, accountId, seenAt, acknowledged, wipedAt, writtenAt, dirty }
    this.known.set(key, kept)
    if (dirty) this.later()
    if (this.known.size > rememberedMost) this.shrink()
  }

  /** So many of its entries were answered for good. Written with the next thing that is. */
  acknowledge({ accountId, deviceId, scope }: Actor, count: number): void {
    if (accountId === null || deviceId === null || count === 0) return
    const kept = this.known.get(`${scope.agencyId} ${pair(deviceId, accountId)}`)
    if (kept) kept.acknowledged += count
  }

  /** It has said that nothing is left on it. */
  wiped({ accountId, scope }: Actor, deviceId: string): void {
    const kept = this.known.get(`${scope.agencyId} ${pair(deviceId, accountId ?? '')}`)
    if (!kept) return
    Object.assign(kept, { wipedAt: kept.seenAt, unsent: 0, oldestUnsentAt: null, dirty: true })
    this.later()
  }

  private shrink(): void {
    for (const [key, { dirty }] of this.known) if (!dirty) this.known.delete(key)
  }

  private later(): void {
    this.timer ??= setTimeout(() => void this.flush(), gatherMs).unref()
  }

  /** Writes what is new now. */
  flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    this.writing = this.writing.then(() => this.write())
    return this.writing
  }

  close(): Promise<void> {
    return this.flush()
  }

  private async write(): Promise<void> {
    const byAgency = new Map<string, Kept[]>()
    for (const kept of this.known.values()) {
      if (kept.dirty) byAgency.set(kept.agencyId, [...(byAgency.get(kept.agencyId) ?? []), kept])
    }
    for (const [agencyId, list] of byAgency) {
      // Taken off before it is written: what is noted meanwhile is written the next time.
      const rows = list.map(kept => ({ ...kept }))
      for (const kept of list) {
        Object.assign(kept, { dirty: false, acknowledged: 0, writtenAt: this.engine.now().getTime() })
      }
      try {
        await this.store(agencyId, rows)
      } catch (error) {
        // The next contact says it again; only the count of what was answered would be short.
        for (const [index, kept] of list.entries()) {
          Object.assign(kept, {
            dirty: true,
            acknowledged: kept.acknowledged + (rows[index]?.acknowledged ?? 0),
          })
        }
        this.engine.log.warn('devices not noted', { devices: rows.length, message: (error as Error).message })
      }
    }
  }

  private async store(agencyId: string, rows: readonly Kept[]): Promise<void> {
    const column = <K extends keyof Kept>(key: K) => rows.map(row => row[key])
    const platforms = rows.map(row => platformOf(row.agent))
    const values = [
      ...[column('deviceId'), column('accountId'), column('sessionId'), column('seenAt'), column('unsent')],
      ...[column('oldestUnsentAt'), column('appVersion'), platforms, column('acknowledged')],
      ...[column('wipedAt'), devicesOfAccountMost],
    ]
    await reading(
      this.engine.reads,
      { agencyId, unitIds: '*' },
      connection =>
        connection.send('select sys.note_devices($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', values),
      true,
    )
  }

  // --------------------------------------------------------------------------------------------------- revoked

  /** Since when this device of this account is revoked, or the session was opened on one that is; null: it is not. */
  async revokedSince(actor: Actor, deviceId: string | null, sessionId: string): Promise<string | null> {
    const { since } = await this.revokedNow(actor.scope.agencyId)
    if (since.size === 0) return null
    return (
      since.get(sessionId) ??
      (deviceId === null ? undefined : since.get(pair(deviceId, actor.accountId ?? ''))) ??
      null
    )
  }

  /** Nothing that was known counts any more: something was revoked or restored. */
  forget(): void {
    this.revoked.clear()
    this.standing.clear()
  }

  private async revokedNow(agencyId: string): Promise<Revoked> {
    const now = this.standing.get(agencyId)
    if (now && now.until > performance.now()) return now
    let asked = this.revoked.get(agencyId)
    if (!asked) {
      asked = this.askRevoked(agencyId)
      this.revoked.set(agencyId, asked)
      const done = () => {
        if (this.revoked.get(agencyId) === asked) this.revoked.delete(agencyId)
      }
      asked.then(found => {
        // Forgotten meanwhile, it may be from before what is to be known.
        if (this.revoked.get(agencyId) === asked) this.standing.set(agencyId, found)
        done()
      }, done)
    }
    return asked
  }

  private async askRevoked(agencyId: string): Promise<Revoked> {
    interface Row {
      device_id: string
      account_id: string
      session_id: string | null
      revoked_at: string
    }
    const scope: Scope = { agencyId, unitIds: '*' }
    const { rows } = await reading(this.engine.reads, scope, connection =>
      connection.send<Row>('select * from sys.revoked_devices()', []),
    )
    const since = new Map<string, string>()
    for (const row of rows) {
      const at = new Date(row.revoked_at).toISOString()
      since.set(pair(row.device_id, row.account_id), at)
      if (row.session_id !== null) since.set(row.session_id, at)
    }
    return { until: performance.now() + believedMs, since }
  }
}
