import 'fake-indexeddb/auto'
import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { FieldStore } from './field-store.ts'
import { keepAnswers, restoreAnswers } from './kept-answers.ts'
import type { DeviceKey } from './device-key.ts'

const account = '01900000-0000-7000-8000-000000000001'
const names = ['attendance.my', 'posts.detail']
const post = ['posts.detail', { postId: 'gate' }]

/** Turns every byte over: a test of the key itself is in `unlock.test.ts`. */
const turned = (by: number): DeviceKey => {
  const turn = async (bytes: Uint8Array) => bytes.map(byte => byte ^ by)
  return { seal: turn, open: turn }
}
const key = turned(0x5a)

async function kept(name: string, names: readonly string[], ask: readonly unknown[][]) {
  const store = new FieldStore(name)
  const keeping = { store, queries: new QueryClient(), names }
  const stop = keepAnswers(keeping, account, key, () => undefined)
  for (const queryKey of ask)
    await keeping.queries.fetchQuery({ queryKey, queryFn: async () => ({ name: '东门封控点' }) })
  await expect
    .poll(() => store.answers.count())
    .toBe(ask.filter(one => names.includes(String(one[0]))).length)
  stop()
  return store
}

describe('answers of a shift', () => {
  it('FLD11 those of the list are kept sealed and stand again at the next start, as old as they are', async () => {
    const store = await kept('list', names, [post, ['people.officers', {}]])
    const [row] = await store.answers.toArray()
    expect(new TextDecoder().decode(row?.sealed)).not.toContain('东门')
    const queries = new QueryClient()
    await restoreAnswers({ store, queries, names }, account, key)
    expect(queries.getQueryData(post)).toEqual({ name: '东门封控点' })
    expect(queries.getQueryState(post)?.dataUpdatedAt).toBe(row?.at)
    expect(queries.getQueryData(['people.officers', {}])).toBe(undefined)
    // Young or old, a page asks again: it was not there to be told of what changed.
    expect(queries.getQueryState(post)?.isInvalidated).toBe(true)
  })

  it('FLD11 one of another account, one from yesterday and one under another name are not shown', async () => {
    const store = await kept('others', names, [post])
    const shown = async (account: string, now?: number) => {
      const queries = new QueryClient()
      await restoreAnswers({ store, queries, names }, account, key, now)
      return queries.getQueryCache().getAll().length
    }
    expect(await shown('01900000-0000-7000-8000-000000000002')).toBe(0)
    expect(await shown(account)).toBe(1)
    const [row] = await store.answers.toArray()
    if (row) await store.answers.put({ ...row, query: JSON.stringify(['attendance.my', {}]) })
    expect(await shown(account)).toBe(1)
    expect(await store.answers.count()).toBe(1)
    expect(await shown(account, Date.now() + 17 * 3_600_000)).toBe(0)
    expect(await store.answers.count()).toBe(0)
  })
})
