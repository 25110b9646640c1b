import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { deviceKey, sealText } from './device-key.ts'
import { draftKey } from './draft-store.ts'
import { dexieStore } from './outbox/store.ts'
import { wipe } from './wipe.ts'

/** A text store of a browser, as far as it is used. */
function texts(entries: Record<string, string>) {
  const map = new Map(Object.entries(entries))
  return {
    get length() {
      return map.size
    },
    key: (index: number) => [...map.keys()][index] ?? null,
    removeItem: (key: string) => void map.delete(key),
    keys: () => [...map.keys()],
  }
}
const occurredAt = '2021-11-05T06:05:00.000Z'

describe('what is destroyed on a revoked device', () => {
  it('DEV23 keys first, then entries and texts; the language of the screen stays', async () => {
    const done: string[] = []
    const field = {
      destroy: (accountId: string) => {
        done.push(`keys of ${accountId}`)
        return Promise.resolve()
      },
    }
    const outbox = {
      destroy: (accountId: string) => {
        done.push(`entries of ${accountId}`)
        return Promise.resolve()
      },
    }
    const store = texts({
      ...{ 'fangxian.lang': 'en', 'fangxian.passers': 'x', [draftKey('zhou', 'form')]: 'x' },
      [draftKey('zheng', 'form')]: 'x',
    })
    await wipe('zhou', { field, outbox, texts: [store] })
    expect(done).toEqual(['keys of zhou', 'entries of zhou'])
    expect(store.keys()).toEqual(['fangxian.lang', draftKey('zheng', 'form')])
  })

  it('DEV23 with the last entry the key beside them goes, and this life of the storage', async () => {
    const store = dexieStore('wipe-alone')
    const before = await store.installation()
    const key = deviceKey(await store.key())
    const body = await sealText(key, 'a', { text: '东门' })
    await store.append({ id: 'a', accountId: 'zhou', occurredAt, bytes: 9, body })
    await store.destroy('zhou')
    expect(await store.all('zhou')).toEqual([])
    expect((await store.installation()).installationId).not.toBe(before.installationId)
    await expect(deviceKey(await store.key()).open(body)).rejects.toThrow()
  })

  it('DEV24 what another account stated there and has not sent stays, and can be sent', async () => {
    const store = dexieStore('wipe-shared')
    const before = await store.installation()
    const key = deviceKey(await store.key())
    for (const [id, accountId] of [
      ['a', 'zhou'],
      ['b', 'zheng'],
    ] as const) {
      const body = await sealText(key, id, { text: '东门' })
      await store.append({ id, accountId, occurredAt, bytes: 9, body })
    }
    await store.destroy('zhou')
    expect([await store.all('zhou'), (await store.waiting('zheng')).map(({ id }) => id)]).toEqual([[], ['b']])
    expect((await store.installation()).installationId).toBe(before.installationId)
  })
})
