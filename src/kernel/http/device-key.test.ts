import { describe, expect, it } from 'vitest'
import { access } from '../../modules/access/index.ts'
import { books } from '../books/books.ts'
import { httpWorld } from './http-world.ts'

const modules = [access, books([access])]
const w = await httpWorld(modules)
await w.account('990101', '周示一', ['officer'])
await w.account('990102', '郑例二', ['officer'])
const [here, there] = ['abcdefghijklmnopqrstuv', 'vutsrqponmlkjihgfedcba']

describe('what opens the store of a phone', () => {
  it('FLD26 is given to whoever is signed in, the same for account and phone, and other for any other', async () => {
    const ask = async (badge: string, device: string) =>
      (await (await w.caller(badge)).post('/api/device-key', { device })).body
    const first = await ask('990101', here)
    expect(first.half).toMatch(/^[\w-]{43}$/)
    expect(first.recovery).toMatch(/^[\w-]{43}$/)
    expect(first.recovery).not.toBe(first.half)
    const again = await ask('990101', here)
    expect([again.half, again.recovery]).toEqual([first.half, first.recovery])
    const others = [await ask('990101', there), await ask('990102', here)]
    expect(new Set([first, ...others].flatMap(one => [one.half, one.recovery])).size).toBe(6)
    // As long as the session, and no longer.
    expect(Date.parse(first.until) - w.clock.now.getTime()).toBeLessThanOrEqual(16 * 3_600_000)
    expect(Date.parse(first.until)).toBeGreaterThan(w.clock.now.getTime() + 15 * 3_600_000)
  })

  it('FLD26 signed out there is none, nor for a device without a name', async () => {
    expect((await w.nobody().post('/api/device-key', { device: here })).status).toBe(401)
    const zhou = await w.caller('990101')
    expect((await zhou.post('/api/device-key', { device: 'x' })).status).toBe(422)
    await zhou.post('/api/sign-out', {})
    expect((await zhou.post('/api/device-key', { device: here })).status).toBe(401)
  })
})
