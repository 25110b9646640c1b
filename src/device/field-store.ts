// What a phone keeps for the length of a shift: who is signed in, the answers that the shift needs, and the key that
// both are sealed with. What waits to be sent has a store of its own.
import { Dexie, type Table } from 'dexie'

/** The session of this phone; there is one at a time. */
export interface KeptSession {
  slot: 'session'
  accountId: string
  /** Milliseconds since 1970 by the server's clock: when the server ends it. */
  until: number
  /** The server's clock less this device's, when it was last heard. */
  clockOffsetMs: number
  /** The session as the server gave it. */
  sealed: Uint8Array
}

export interface KeptAnswer {
  accountId: string
  /** Name and input of the query. */
  query: string
  /** Milliseconds since 1970 by this device's clock. */
  at: number
  sealed: Uint8Array
}

/** How the key of an account on this phone is kept; the key itself in clear nowhere. */
export interface KeptKey {
  accountId: string
  /** Random; the server derives its half from it. */
  device: string
  /** The key under what the server gives at a sign-in and nobody keeps: for a forgotten PIN, and after a sign-out. */
  byRecovery: Uint8Array
  /** The key under PIN and half together. */
  byPin: { salt: Uint8Array; iterations: number; sealed: Uint8Array } | null
  /** The server's half. Gone after a sign-out, after too many wrong PINs, and when its time is over. */
  half: { value: string; until: number } | null
  /** Counted before a PIN is tried, so that ending the app in between wins no try. */
  tries: number
  /** Without a PIN: the key, which no script can read out, for the length of the session. */
  unlocked: { key: CryptoKey; until: number } | null
}

export class FieldStore extends Dexie {
  declare readonly sessions: Table<KeptSession, string>
  declare readonly answers: Table<KeptAnswer, [string, string]>
  declare readonly keys: Table<KeptKey, string>

  constructor(name = 'fangxian-field') {
    super(name)
    this.version(1).stores({ sessions: 'slot', answers: '[accountId+query], accountId', keys: 'accountId' })
  }
}
