// The key of this phone. Whoever has the phone needs the PIN and the half that the server gave at sign-in; the half
// goes with the shift, and after too many wrong PINs. A PIN alone would be tried through in minutes: there are only
// a million.
import { type DeviceKey, deviceKey } from './device-key.ts'
import type { FieldStore, KeptKey } from './field-store.ts'

/** As `/api/device-key` answers. */
export interface Released {
  half: string
  recovery: string
  until: string
}
export type Release = (device: string) => Promise<Released>

export const triesMost = 5
export const pinPattern = /^[0-9]{4,6}$/
/** The most iterations that stay under 300 ms; a slow phone goes a little over rather than below the least. */
const stretchMs = 250
const iterationsLeast = 100_000
const iterationsMost = 5_000_000

const text = new TextEncoder()
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const bytesOf = (base64url: string) =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), one => one.charCodeAt(0))
const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, one => ({ '+': '-', '/': '_' })[one] ?? '')

type Bytes = Uint8Array<ArrayBuffer>

const aesOf = (raw: Bytes) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

/** Null where it is not the key that it was sealed with. */
async function openedBy(key: CryptoKey, sealed: Uint8Array): Promise<Bytes | null> {
  try {
    return (await deviceKey(key).open(sealed)) as Bytes
  } catch (error) {
    if ((error as Error).name === 'OperationError') return null
    throw error
  }
}

/** HKDF-SHA-256 over everything that is needed together. */
async function keyFrom(info: string, ...parts: Bytes[]): Promise<CryptoKey> {
  const whole = new Uint8Array(parts.flatMap(part => [...part]))
  const base = await crypto.subtle.importKey('raw', whole, 'HKDF', false, ['deriveKey'])
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: text.encode(info) }
  return crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

async function stretched(pin: string, salt: Uint8Array, iterations: number): Promise<Bytes> {
  const base = await crypto.subtle.importKey('raw', text.encode(pin), 'PBKDF2', false, ['deriveBits'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: salt as Bytes, iterations }
  return new Uint8Array(await crypto.subtle.deriveBits(how, base, 256))
}

/** As many as this phone does in the time that nobody minds. */
async function iterationsHere(): Promise<number> {
  const began = performance.now()
  await stretched('000000', random(16), iterationsLeast)
  const each = Math.max(performance.now() - began, 1) / iterationsLeast
  return Math.round(Math.min(iterationsMost, Math.max(iterationsLeast, stretchMs / each)))
}

const pinKey = async (pin: string, salt: Uint8Array, iterations: number, half: string) =>
  keyFrom('fangxian pin', await stretched(pin, salt, iterations), bytesOf(half))
const recoveryKey = (released: Released) => keyFrom('fangxian recovery', bytesOf(released.recovery))

export type Found =
  | { state: 'open'; key: DeviceKey }
  /** The PIN is asked for. */
  | { state: 'locked' }
  /** Nothing here opens it: the server is needed. */
  | { state: 'closed' }

export type Tried = { key: DeviceKey } | { key: null; triesLeft: number }

export class DeviceLock {
  private readonly store: FieldStore
  /** By the server's clock. */
  private readonly now: () => number
  constructor(store: FieldStore, now: () => number) {
    this.store = store
    this.now = now
  }

  async find(accountId: string): Promise<Found> {
    const kept = await this.store.keys.get(accountId)
    if (!kept) return { state: 'closed' }
    if (kept.byPin) return { state: this.halfOf(kept) === null ? 'closed' : 'locked' }
    const { unlocked } = kept
    if (!unlocked || unlocked.until <= this.now()) return { state: 'closed' }
    return { state: 'open', key: deviceKey(unlocked.key) }
  }

  async hasPin(accountId: string): Promise<boolean> {
    return Boolean((await this.store.keys.get(accountId))?.byPin)
  }

  /** Somebody has just shown the server who he is: opens the key, or makes it at the first time. */
  async release(accountId: string, release: Release): Promise<DeviceKey> {
    const { raw, kept } = await this.recovered(accountId, release)
    const key = await aesOf(raw)
    const until = kept.half?.until ?? 0
    await this.store.keys.put({ ...kept, unlocked: kept.byPin ? null : { key, until } })
    raw.fill(0)
    return deviceKey(key)
  }

  /** From now on this PIN is asked for. Needs the server, as a sign-in does. */
  async setPin(accountId: string, pin: string, release: Release): Promise<DeviceKey> {
    if (!pinPattern.test(pin)) throw new Error('invariant: the page lets only such a PIN through')
    const { raw, kept } = await this.recovered(accountId, release)
    const salt = random(16)
    const iterations = await iterationsHere()
    const sealed = await deviceKey(await pinKey(pin, salt, iterations, kept.half?.value ?? '')).seal(raw)
    await this.store.keys.put({ ...kept, byPin: { salt, iterations, sealed }, unlocked: null })
    const key = deviceKey(await aesOf(raw))
    raw.fill(0)
    return key
  }

  /** The PIN is asked for no more. Needs the server, as setting it does: whoever holds the open phone is not enough. */
  async removePin(accountId: string, release: Release): Promise<DeviceKey> {
    const { raw, kept } = await this.recovered(accountId, release)
    const key = await aesOf(raw)
    await this.store.keys.put({ ...kept, byPin: null, unlocked: { key, until: kept.half?.until ?? 0 } })
    raw.fill(0)
    return deviceKey(key)
  }

  private async recovered(accountId: string, release: Release): Promise<{ raw: Bytes; kept: KeptKey }> {
    const before = await this.store.keys.get(accountId)
    const device = before?.device ?? base64url(random(16))
    const released = await release(device)
    const recovery = await recoveryKey(released)
    const half = { value: released.half, until: Date.parse(released.until) }
    const rest = { accountId, device, half, tries: 0, unlocked: null }
    const found = before ? await openedBy(recovery, before.byRecovery) : null
    if (before && found) return { raw: found, kept: { ...before, ...rest } }
    // The first time, or a server that was set up anew with another master key: what it gave before is lost with that.
    const raw = random(32)
    return { raw, kept: { ...rest, byRecovery: await deviceKey(recovery).seal(raw), byPin: null } }
  }

  /** One try. After the last wrong one the half is destroyed, and only the server can help. */
  async unlock(accountId: string, pin: string): Promise<Tried> {
    const kept = await this.store.transaction('rw', this.store.keys, async () => {
      const found = await this.store.keys.get(accountId)
      if (found) await this.store.keys.update(accountId, { tries: found.tries + 1 })
      return found
    })
    const half = kept ? this.halfOf(kept) : null
    if (!kept?.byPin || half === null) return { key: null, triesLeft: 0 }
    const { salt, iterations, sealed } = kept.byPin
    const wrapping = await pinKey(pin, salt, iterations, half)
    const raw = await openedBy(wrapping, sealed)
    if (raw === null) {
      const triesLeft = Math.max(0, triesMost - kept.tries - 1)
      if (triesLeft === 0) await this.store.keys.update(accountId, { half: null })
      return { key: null, triesLeft }
    }
    await this.store.keys.update(accountId, { tries: 0 })
    const key = deviceKey(await aesOf(raw))
    raw.fill(0)
    return { key }
  }

  private halfOf(kept: KeptKey): string | null {
    const { half, tries } = kept
    return half && half.until > this.now() && tries < triesMost ? half.value : null
  }

  /** Until when what the server gave may lie here. */
  async until(accountId: string): Promise<number> {
    return (await this.store.keys.get(accountId))?.half?.until ?? 0
  }

  /** The device is revoked: nothing ever opens what this account left here. */
  async destroy(accountId: string): Promise<void> {
    await this.store.keys.delete(accountId)
  }

  /** What opens the keys here is gone; they stay, for what waits to be sent and the next sign-in. */
  async shutAll(): Promise<void> {
    await this.store.keys.toCollection().modify({ half: null, unlocked: null, tries: 0 })
  }
}
