// Who passed this post before in this shift, so that nothing is typed twice. What is kept is a keyed hash under the
// post's key of the shift and what was answered then; it means nothing elsewhere, and goes with the key.
import type { Entry } from './check-entry.ts'

export interface Seen {
  times: number
  /** Instant of the last time. */
  at: string
  last: Pick<Entry, 'passer' | 'direction' | 'people' | 'codeShown'> & { temperature: number | null }
}

interface Book {
  key: string
  until: string
  seen: Record<string, Seen>
}

const place = 'fangxian.passers'
const most = 5_000

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(text, one => one.charCodeAt(0))
}

function textOf(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}

/** HMAC-SHA-256 of the normalised mark under the post's key, base64url. */
export async function passToken(passKey: string, mark: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytesOf(passKey), algorithm, false, ['sign'])
  return textOf(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(mark))))
}

/** What the phone remembers under one key. Another key, or a time past `until`, finds it empty and wipes it. */
export class Passers {
  private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  constructor(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
    this.storage = storage
  }

  find(key: string, token: string, now: number): Seen | undefined {
    return this.book(key, now)?.seen[token]
  }

  note(key: string, until: string, token: string, seen: Omit<Seen, 'times'>, now: number): void {
    const book = this.book(key, now) ?? { key: mark(key), until, seen: {} }
    const times = (book.seen[token]?.times ?? 0) + 1
    // Put last, so that the oldest are the first to go.
    delete book.seen[token]
    book.seen[token] = { ...seen, times }
    const tokens = Object.keys(book.seen)
    for (const old of tokens.slice(0, Math.max(0, tokens.length - most))) delete book.seen[old]
    try {
      this.storage.setItem(place, JSON.stringify(book))
    } catch {
      // A convenience: with a full storage everything is typed, and the outbox has its own say.
      this.storage.removeItem(place)
    }
  }

  wipe(): void {
    this.storage.removeItem(place)
  }

  private book(key: string, now: number): Book | undefined {
    const text = this.storage.getItem(place)
    if (text === null) return undefined
    const book = read(text)
    if (book && book.key === mark(key) && now < Date.parse(book.until)) return book
    this.wipe()
    return undefined
  }
}

function read(text: string): Book | undefined {
  try {
    return JSON.parse(text) as Book
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Enough of the key to tell it from the next one; the key itself is kept by the kit alone. */
const mark = (key: string) => key.slice(0, 8)
