import 'fake-indexeddb/auto'
import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { FieldStore } from './field-store.ts'
import { DeviceLock, type Release, triesMost } from './unlock.ts'

const account = '01900000-0000-7000-8000-000000000001'
const hour = 3_600_000
const began = Date.parse('2021-11-03T00:00:00Z')

let n = 0
const stores: FieldStore[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.delete()
})

/** A phone of 周示一's and the server that he signs in to. */
function phoneOf() {
  n += 1
  const store = new FieldStore(`phone ${n}`)
  stores.push(store)
  const time = { now: began }
  const lock = new DeviceLock(store, () => time.now)
  const serverOf =
    (master: string): Release =>
    async device => {
      const secret = (what: string) =>
        createHmac('sha256', master)
          .update(what + device)
          .digest('base64url')
      const until = new Date(time.now + 16 * hour).toISOString()
      return { half: secret('half'), recovery: secret('recovery'), until }
    }
  return { store, lock, time, server: serverOf('master'), serverOf }
}

const said = new TextEncoder().encode('东门封控点')
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const keyOf = (found: Awaited<ReturnType<DeviceLock['find']>>) => {
  if (found.state !== 'open') throw new Error(`it is ${found.state}`)
  return found.key
}

describe('the key of a phone', () => {
  it('FLD21 without a PIN it opens until the session ends, and no script can read the key out', async () => {
    const { lock, time, server, store } = phoneOf()
    expect(await lock.find(account)).toEqual({ state: 'closed' })
    const sealed = await (await lock.release(account, server)).seal(said)
    expect(text(sealed)).not.toContain('东门')
    expect(text(await keyOf(await lock.find(account)).open(sealed))).toBe('东门封控点')
    expect((await store.keys.get(account))?.unlocked?.key.extractable).toBe(false)
    time.now += 17 * hour
    expect(await lock.find(account)).toEqual({ state: 'closed' })
  })

  it('FLD28 a PIN is changed and taken away with the server’s help; the key stays the same', async () => {
    const { lock, server } = phoneOf()
    const sealed = await (await lock.release(account, server)).seal(said)
    await lock.setPin(account, '2580', server)
    await lock.setPin(account, '1470', server)
    const tried = await lock.unlock(account, '1470')
    expect(tried.key && text(await tried.key.open(sealed))).toBe('东门封控点')
    await lock.removePin(account, server)
    expect(await lock.hasPin(account)).toBe(false)
    expect(text(await keyOf(await lock.find(account)).open(sealed))).toBe('东门封控点')
    const offline: Release = () => Promise.reject(new Error('no network'))
    await lock.setPin(account, '2580', server)
    await expect(lock.removePin(account, offline)).rejects.toThrow('no network')
    expect(await lock.find(account)).toEqual({ state: 'locked' })
  })

  it('DEV23 destroyed, nothing opens what was sealed, the password neither', async () => {
    const { lock, server, store } = phoneOf()
    const sealed = await (await lock.setPin(account, '2580', server)).seal(said)
    await lock.destroy(account)
    expect(await store.keys.count()).toBe(0)
    expect(await lock.find(account)).toEqual({ state: 'closed' })
    await expect((await lock.release(account, server)).open(sealed)).rejects.toThrow()
  })

  it('FLD22 a PIN opens it without the server; another does not; nothing stored opens it alone', async () => {
    const { lock, server, store } = phoneOf()
    const sealed = await (await lock.setPin(account, '2580', server)).seal(said)
    expect(await lock.find(account)).toEqual({ state: 'locked' })
    expect(await lock.unlock(account, '2581')).toEqual({ key: null, triesLeft: triesMost - 1 })
    const tried = await lock.unlock(account, '2580')
    expect(text((await tried.key?.open(sealed)) ?? new Uint8Array())).toBe('东门封控点')
    // A right one counts the wrong ones no longer.
    expect(await lock.unlock(account, '2581')).toEqual({ key: null, triesLeft: triesMost - 1 })
    const kept = await store.keys.get(account)
    expect(kept?.unlocked).toBe(null)
    expect(kept?.byPin?.iterations).toBeGreaterThanOrEqual(100_000)
  })

  it('FLD23 the half goes with the shift: then the PIN alone opens nothing', async () => {
    const { lock, time, server } = phoneOf()
    await lock.setPin(account, '2580', server)
    time.now += 17 * hour
    expect(await lock.find(account)).toEqual({ state: 'closed' })
    expect(await lock.unlock(account, '2580')).toEqual({ key: null, triesLeft: 0 })
  })

  it('FLD24 after five wrong tries the half is gone; a sign-in opens what was sealed before', async () => {
    const { lock, server, store } = phoneOf()
    const sealed = await (await lock.setPin(account, '2580', server)).seal(said)
    const left: number[] = []
    for (let wrong = 0; wrong < triesMost; wrong += 1) {
      const tried = await lock.unlock(account, `111${wrong}`)
      if (tried.key === null) left.push(tried.triesLeft)
    }
    expect(left).toEqual([4, 3, 2, 1, 0])
    expect((await store.keys.get(account))?.half).toBe(null)
    expect(await lock.unlock(account, '2580')).toEqual({ key: null, triesLeft: 0 })
    expect(text(await (await lock.release(account, server)).open(sealed))).toBe('东门封控点')
    expect((await lock.unlock(account, '2580')).key).not.toBe(null)
  })

  it('FLD24 a try is counted before it is made: ending the app in between wins none', async () => {
    const { lock, server, store } = phoneOf()
    await lock.setPin(account, '2580', server)
    const trying = lock.unlock(account, '1111')
    await expect.poll(async () => (await store.keys.get(account))?.tries).toBe(1)
    await trying
    await store.keys.update(account, { tries: triesMost })
    expect(await lock.find(account)).toEqual({ state: 'closed' })
    expect(await lock.unlock(account, '2580')).toEqual({ key: null, triesLeft: 0 })
  })

  it('FLD25 signed out nothing opens it, and the next sign-in opens what waited', async () => {
    const { lock, server } = phoneOf()
    const sealed = await (await lock.release(account, server)).seal(said)
    await lock.shutAll()
    expect(await lock.find(account)).toEqual({ state: 'closed' })
    expect(text(await (await lock.release(account, server)).open(sealed))).toBe('东门封控点')
  })

  it('FLD25 what was changed, or sealed under the master key of another server, is not opened', async () => {
    const { lock, server, serverOf } = phoneOf()
    const key = await lock.release(account, server)
    const sealed = await key.seal(said)
    const changed = sealed.slice()
    changed[20] = (changed[20] ?? 0) ^ 1
    await expect(key.open(changed)).rejects.toThrow()
    const other = await lock.release(account, serverOf('another'))
    await expect(other.open(sealed)).rejects.toThrow()
  })
})
