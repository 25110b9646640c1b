// The bureau of attendance with its phones: two units, officers with accounts, and requests as their phones send them.
import { books } from '../../kernel/books/books.ts'
import type { Caller, HttpWorld } from '../../kernel/http/http-world.ts'
import { modules as lower } from '../attendance/test-bureau.ts'
import { devices } from './index.ts'

const all = [...lower.filter(module => module.name !== 'kernel'), devices]
export const modules = [...all, books(all)]

export interface Phone {
  deviceId: string
  accountId: string
  caller: Caller
  /** Any request: here is a phone that holds this. */
  heard(more?: Record<string, string>): ReturnType<Caller['get']>
  /** Its outbox. */
  sends(entries: readonly unknown[], more?: Record<string, string>): ReturnType<Caller['post']>
}

export const userAgent =
  'Mozilla/5.0 (Linux; Android 12; Example 1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36'

export async function phoneOf(w: HttpWorld, badge: string, accountId: string): Promise<Phone> {
  const caller = await w.caller(badge)
  const deviceId = w.newId()
  const headers = (more: Record<string, string> = {}) => ({
    'user-agent': userAgent,
    'x-device-id': deviceId,
    'x-device-unsent': '0',
    'x-app-version': '0.1.0+abcdef12',
    ...more,
  })
  return {
    ...{ deviceId, accountId, caller },
    heard: more => caller.post('/api/device', {}, headers(more)),
    sends: (commands, more) =>
      caller.post('/api/commands', { commands }, headers({ 'x-account-id': accountId, ...more })),
  }
}
