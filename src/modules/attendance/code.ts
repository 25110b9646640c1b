// The code of a post: an HMAC of the minute under the post's secret, as a picture's token and as six digits. Pure, so
// that the same command is judged alike whenever it is run.
import { createHmac } from 'node:crypto'

export const turnMs = 60_000
/** So many turns before and after are taken: a display and a phone are seldom at the same second. */
export const turnsAside = 2
/** So far back a code that is no longer taken is still recognised, to say when it was shown. */
export const turnsKnown = 24 * 60

export interface TurnCode {
  token: string
  digits: string
}

const mac = (secret: string, text: string) =>
  createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest()

/** Number of the minute since 1970 in which an instant (milliseconds) lies. */
export const turnOf = (ms: number): number => Math.floor(ms / turnMs)

export function turnCode(secret: string, postId: string, turn: number): TurnCode {
  const bytes = mac(secret, `${postId} ${turn}`)
  return {
    token: bytes.subarray(0, 12).toString('base64url'),
    digits: String(bytes.readUInt32BE(16) % 1_000_000).padStart(6, '0'),
  }
}

/** What the printed sheet carries. It never turns, so it is marked wherever it was used. */
export function printedToken(secret: string, postId: string): string {
  return mac(secret, `${postId} printed`).subarray(0, 12).toString('base64url')
}

export type Found =
  | { kind: 'printed' }
  | { kind: 'turn'; turn: number }
  | { kind: 'old'; turn: number }
  | { kind: 'none' }

const is = (code: string, made: TurnCode) => code === made.token || code === made.digits

/**
 * What a code is: the printed one, that of one of the turns around the instants given, an older one of the same post,
 * or none of it. Six digits may by chance be those of an older minute; nothing but the words depends on that.
 */
export function findCode(secret: string, postId: string, code: string, aroundMs: readonly number[]): Found {
  if (code === printedToken(secret, postId)) return { kind: 'printed' }
  for (const ms of aroundMs) {
    const middle = turnOf(ms)
    for (let aside = 0; aside <= turnsAside; aside += 1) {
      for (const turn of aside === 0 ? [middle] : [middle - aside, middle + aside]) {
        if (is(code, turnCode(secret, postId, turn))) return { kind: 'turn', turn }
      }
    }
  }
  const newest = turnOf(Math.max(...aroundMs))
  for (let turn = newest; turn > newest - turnsKnown; turn -= 1) {
    if (is(code, turnCode(secret, postId, turn))) return { kind: 'old', turn }
  }
  return { kind: 'none' }
}
