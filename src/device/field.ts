// A phone that starts without the server: who is signed in, the key, and the answers of the shift. Loaded on its own,
// because a desk needs none of it at its start.
import type { QueryClient } from '@tanstack/react-query'
import type { Client } from './client.ts'
import type { Session } from './hooks.ts'
import { FieldStore, type KeptSession } from './field-store.ts'
import { keepAnswers, type Keeping, openJson, restoreAnswers, sealJson } from './kept-answers.ts'
import type { DeviceKey } from './device-key.ts'
import { DeviceLock, type Released } from './unlock.ts'

export type Begun =
  /** Nothing is kept here: the server says who it is. */
  | { kind: 'nobody' }
  /** The PIN is asked for. */
  | { kind: 'locked' }
  /** The PIN opens it no more: the password does, and for that the network is needed. */
  | { kind: 'signIn' }
  | { kind: 'open'; session: Session }

export type Unlocked = { session: Session } | { session: null; triesLeft: number }

export interface FieldView {
  /** The key is at hand and the session is kept: the phone's pages open without the server. */
  kept: boolean
  pin: boolean
  locked: boolean
}

/** So far off the clock that was kept may be before it is kept anew. */
const clockMs = 2_000

export class Field {
  private readonly client: Client
  private readonly keeping: Keeping
  private readonly store: FieldStore
  private readonly lock: DeviceLock
  private readonly listeners = new Set<() => void>()
  private key: DeviceKey | null = null
  private stopKeeping: () => void = () => undefined
  private clockKeptMs = Number.NaN
  private shown: FieldView = { kept: false, pin: false, locked: false }

  constructor(client: Client, queries: QueryClient, names: readonly string[], store = new FieldStore()) {
    this.client = client
    this.store = store
    this.keeping = { store, queries, names }
    this.lock = new DeviceLock(store, client.clock.now)
  }

  readonly view = (): FieldView => this.shown
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }
  private show(more: Partial<FieldView>): void {
    this.shown = { ...this.shown, ...more }
    for (const listener of this.listeners) listener()
  }

  private readonly release = (device: string) => this.client.post<Released>('/api/device-key', { device })

  /** What this phone knows by itself, before anybody is asked. */
  async begin(): Promise<Begun> {
    const kept = await this.store.sessions.get('session')
    if (!kept) return { kind: 'nobody' }
    this.client.clock.resume(kept.clockOffsetMs)
    const found = await this.lock.find(kept.accountId)
    const pin = await this.lock.hasPin(kept.accountId)
    this.show({ pin, locked: pin })
    if (found.state === 'locked') return { kind: 'locked' }
    // Not "nobody", however the clock was turned: the cookie alone must not get around the PIN.
    if (found.state === 'closed') return { kind: pin ? 'signIn' : 'nobody' }
    const session = await this.openKept(kept, found.key)
    return session ? { kind: 'open', session } : { kind: 'nobody' }
  }

  private async openKept(kept: KeptSession, key: DeviceKey): Promise<Session | null> {
    const session =
      kept.until > this.client.clock.now() ? await openJson<Session>(key, kept.sealed) : undefined
    if (!session) return null
    await this.hold(session.accountId, key)
    this.show({ kept: true })
    return session
  }

  private async hold(accountId: string, key: DeviceKey): Promise<void> {
    this.stopKeeping()
    this.key = key
    await restoreAnswers(this.keeping, accountId, key)
    this.stopKeeping = keepAnswers(this.keeping, accountId, key, () => void this.keepClock())
    this.show({ locked: false })
  }

  async unlock(pin: string): Promise<Unlocked> {
    const kept = await this.store.sessions.get('session')
    if (!kept) return { session: null, triesLeft: 0 }
    const tried = await this.lock.unlock(kept.accountId, pin)
    if (!tried.key) return { session: null, triesLeft: tried.triesLeft }
    const session = await this.openKept(kept, tried.key)
    return session ? { session } : { session: null, triesLeft: 0 }
  }

  /** The password was given, which counts for more than the PIN. */
  signedIn(session: Session): Promise<void> {
    this.show({ locked: false })
    return this.enter(session)
  }

  /** The server has said who it is: from now on this phone knows it too. While it is locked the PIN comes first. */
  async enter(session: Session): Promise<void> {
    if (this.shown.locked) return
    const { accountId } = session
    const before = await this.store.sessions.get('session')
    if (before && before.accountId !== accountId) await this.forget()
    if (!this.key) await this.hold(accountId, await this.lock.release(accountId, this.release))
    const key = this.keyAtHand()
    const until = await this.lock.until(accountId)
    const clockOffsetMs = this.client.clock.offset()
    const sealed = await sealJson(key, session)
    await this.store.sessions.put({ slot: 'session', accountId, until, clockOffsetMs, sealed })
    this.clockKeptMs = clockOffsetMs
    this.show({ kept: true, pin: await this.lock.hasPin(accountId) })
  }

  private keyAtHand(): DeviceKey {
    if (!this.key) throw new Error('invariant: the key was opened a moment ago')
    return this.key
  }

  /** The key of this phone; made with the server's help where it had none. While it is locked, waits for the PIN. */
  async deviceKey(session: Session): Promise<DeviceKey> {
    await this.opened()
    if (!this.key) await this.enter(session)
    return this.keyAtHand()
  }

  private opened(): Promise<void> {
    return new Promise(resolve => {
      const look = () => {
        if (this.shown.locked) return
        stop()
        resolve()
      }
      const stop = this.subscribe(look)
      look()
    })
  }

  async setPin(accountId: string, pin: string): Promise<void> {
    await this.lock.setPin(accountId, pin, this.release)
    this.show({ pin: true })
  }

  async removePin(accountId: string): Promise<void> {
    await this.lock.removePin(accountId, this.release)
    this.show({ pin: false })
  }

  /**
   * The device is revoked: from now on it starts with nothing to show, and neither PIN nor session opens it. The key
   * stays in memory, if it is there, for what is still to be handed in.
   */
  async shut(): Promise<DeviceKey | null> {
    this.stopKeeping()
    await Promise.all([this.store.sessions.clear(), this.store.answers.clear(), this.lock.shutAll()])
    return this.key
  }

  /** The password was given on a revoked device: opens the key for what is to be handed in, and keeps nothing else. */
  async reopen(accountId: string): Promise<DeviceKey> {
    const key = await this.lock.release(accountId, this.release)
    await this.lock.shutAll()
    this.key = key
    return key
  }

  /** Nothing ever opens what this account left here. */
  async destroy(accountId: string): Promise<void> {
    this.key = null
    await this.lock.destroy(accountId)
    await Promise.all([this.store.sessions.clear(), this.store.answers.clear()])
    this.show({ kept: false, pin: false, locked: false })
  }

  /** Nobody has looked at it for long: the PIN is asked for before anything is shown. */
  lockNow(): void {
    if (!this.shown.pin) return
    this.stopKeeping()
    this.key = null
    this.show({ locked: true })
  }

  /** Signed out, or the server knows the session no more. What waits to be sent lies elsewhere, and stays. */
  async forget(): Promise<void> {
    this.stopKeeping()
    this.key = null
    await Promise.all([this.store.sessions.clear(), this.store.answers.clear(), this.lock.shutAll()])
    this.show({ kept: false, pin: false, locked: false })
  }

  private async keepClock(): Promise<void> {
    const clockOffsetMs = this.client.clock.offset()
    if (Math.abs(clockOffsetMs - this.clockKeptMs) < clockMs) return
    this.clockKeptMs = clockOffsetMs
    await this.store.sessions.update('session', { clockOffsetMs })
  }
}
