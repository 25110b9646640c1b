import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import { type CommandEntry, Problem, type Verdict } from '../../kernel/contract.ts'
import { deviceKey, newKey, openText, sealText } from '../device-key.ts'
import type { Outbox } from './outbox.ts'
import { dexieStore, type OutboxStore } from './store.ts'
import { browserTurns } from './surroundings.ts'
import { trialChannel, trialLocks, trialOutbox, type TrialPosted } from './trial-browser.ts'
import { trialProblem } from './trial-server.ts'

const zhou = 'account-zhou'
const standing = { restoreEpoch: 0, headSeq: 0 }
const title = { zh: '登记', en: 'Note' }
let n = 0
const fresh = () => dexieStore(`outbox-${(n += 1)}`)
const entry = (text = '东门'): CommandEntry => ({
  id: crypto.randomUUID(),
  name: 'trial.note',
  version: 1,
  occurredAt: '2021-11-05T06:05:00.000Z',
  input: { text },
})
const done = ({ entries }: TrialPosted): Promise<Verdict[]> =>
  Promise.resolve(entries.map(({ id }) => ({ id, verdict: 'done', seq: 1, answer: { ok: true } })))
const offline = () =>
  Promise.reject(new Problem('kernel/offline', { status: 0, zh: '', en: '', doZh: '', doEn: '' }))

/** A tab of 周示一 in a browser of its own. */
async function tab(store: OutboxStore, answer = done, locks = trialLocks(), word = trialChannel()) {
  const made = trialOutbox(store, { turns: browserTurns('test', locks), word: word(), answer })
  await made.outbox.signedIn(zhou, standing)
  return made
}
const states = (outbox: Outbox) => outbox.snapshot().entries.map(one => one.state)
const until = (outbox: Outbox, wanted: readonly string[]) =>
  vi.waitFor(() => expect(states(outbox)).toEqual(wanted), { timeout: 20_000, interval: 5 })

describe('on the phone', () => {
  it('OUT2 a fact that was stated is sent, and its answer stays with it', async () => {
    const { outbox, posted } = await tab(fresh())
    const one = entry()
    expect(await outbox.state(one, { title, about: '东门封控点' })).toBe(one.id)
    await until(outbox, ['done'])
    expect(outbox.snapshot().entries[0]).toMatchObject({
      ...{
        id: one.id,
        name: one.name,
        about: '东门封控点',
        title,
        input: one.input,
        occurredAt: one.occurredAt,
      },
      ...{ answer: { ok: true }, problem: null, acknowledged: true },
    })
    expect([outbox.snapshot().unsent, outbox.snapshot().oldest]).toEqual([0, null])
    expect(posted.flatMap(({ entries }) => entries)).toEqual([one])
    outbox.close()
  })

  it('OUT30 what was saved is there after the page is gone, and is sent by the next', async () => {
    const store = fresh()
    const first = await tab(store, offline)
    const one = entry()
    await first.outbox.state(one, { title, about: '东门' })
    await until(first.outbox, ['unsent'])
    expect(first.outbox.snapshot()).toMatchObject({ unsent: 1, oldest: one.occurredAt })
    first.outbox.close()
    const second = await tab(store)
    await until(second.outbox, ['done'])
    expect(second.posted[0]?.entries).toEqual([one])
    expect(second.posted[0]?.told).toMatchObject({ accountId: zhou, unsent: 1, oldest: one.occurredAt })
    second.outbox.close()
  })

  it('OUT31 where nothing can be stored it says so, and nothing is half written', async () => {
    const store = fresh()
    const { outbox, posted } = await tab(store)
    const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await expect(outbox.state(entry(), { title, about: '东门' })).rejects.toMatchObject({
      code: 'device/not-saved',
    })
    full.mockRestore()
    expect([await store.shown(zhou), posted]).toEqual([[], []])
    const { nextSequence } = await store.installation()
    await outbox.state(entry(), { title, about: '东门' })
    await until(outbox, ['done'])
    // The number of what was not stored was not used up either.
    expect((await store.shown(zhou)).map(row => row.sequence)).toEqual([nextSequence])
    outbox.close()
  })

  it('OUT31 a fact of more than 64 kB is turned away at once', async () => {
    const { outbox } = await tab(fresh())
    const large = entry('长'.repeat(22_000))
    await expect(outbox.state(large, { title, about: '东门' })).rejects.toMatchObject({
      code: 'device/too-large',
    })
    outbox.close()
  })

  it('OUT32 at rest there is ciphertext, under a key that nobody can read out', async () => {
    const store = fresh()
    const { outbox } = await tab(store, offline)
    await outbox.state(entry('冯样三体温异常'), { title, about: '东门封控点' })
    const [row] = await store.shown(zhou)
    const clear = JSON.stringify({ ...row, body: new TextDecoder().decode(row?.body) })
    expect([clear.includes('冯样三'), clear.includes('东门'), clear.includes('trial.note')]).toEqual([
      ...[false, false, false],
    ])
    const key = await store.key()
    expect(key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
    outbox.close()
  })

  it('OUT32 what was sealed for one entry opens for no other, nor under another key, nor changed', async () => {
    const key = deviceKey(await newKey())
    const sealed = await sealText(key, 'a', { text: '东门' })
    expect(await openText(key, 'a', sealed)).toEqual({ text: '东门' })
    expect(await openText(key, 'b', sealed)).toBeNull()
    expect(await openText(deviceKey(await newKey()), 'a', sealed)).toBeNull()
    expect(await openText(key, 'a', sealed.with(20, (sealed[20] ?? 0) ^ 1))).toBeNull()
  })

  it('OUT32 what cannot be opened any more is said, is not sent, and holds nothing up', async () => {
    const store = fresh()
    const lost = await sealText(deviceKey(await newKey()), 'lost', {})
    await store.append({ id: 'lost', accountId: zhou, occurredAt: entry().occurredAt, bytes: 9, body: lost })
    const { outbox, posted } = await tab(store)
    await outbox.state(entry(), { title, about: '东门' })
    await until(outbox, ['waiting', 'done'])
    expect(outbox.snapshot().entries[0]?.problem?.code).toBe('device/unreadable')
    expect(posted.flatMap(({ entries }) => entries)).toHaveLength(1)
    outbox.close()
  })

  it('OUT3 a refusal is shown with its reason until it is read', async () => {
    const store = fresh()
    const refuses = ({ entries }: TrialPosted): Promise<Verdict[]> =>
      Promise.resolve(entries.map(({ id }) => ({ id, verdict: 'refused', seq: 1, problem: trialProblem })))
    const { outbox } = await tab(store, refuses)
    const id = await outbox.state(entry(), { title, about: '东门' })
    await until(outbox, ['refused'])
    expect(outbox.snapshot().entries[0]).toMatchObject({ problem: trialProblem, acknowledged: false })
    await outbox.acknowledge(id)
    expect(outbox.snapshot().entries[0]).toMatchObject({ state: 'refused', acknowledged: true })
    outbox.close()
  })

  it('OUT1 another storage is another installation; the same one keeps its name and its numbers', async () => {
    const [store, other] = [fresh(), fresh()]
    const first = await store.installation()
    expect((await other.installation()).installationId).not.toBe(first.installationId)
    const { outbox } = await tab(store)
    for (const text of ['一', '二', '三']) await outbox.state(entry(text), { title, about: text })
    await until(outbox, ['done', 'done', 'done'])
    expect(await store.installation()).toMatchObject({
      installationId: first.installationId,
      nextSequence: 4,
    })
    outbox.close()
  })

  it('OUT6 what 周示一 stated is not sent while 郑例二 is signed in, and waits for him', async () => {
    const store = fresh()
    const away = await tab(store, offline)
    await away.outbox.state(entry(), { title, about: '东门' })
    await until(away.outbox, ['unsent'])
    away.outbox.close()
    const { outbox, posted } = trialOutbox(store, {
      ...{ turns: browserTurns('test', trialLocks()), word: trialChannel()(), answer: done },
    })
    await outbox.signedIn('account-zheng', standing)
    await outbox.state(entry('西门'), { title, about: '西门' })
    await until(outbox, ['done'])
    expect(posted.map(({ told }) => told.accountId)).toEqual(['account-zheng'])
    await outbox.signedIn(zhou, standing)
    await until(outbox, ['done'])
    expect(posted.map(({ told }) => told.accountId)).toEqual(['account-zheng', zhou])
    outbox.close()
  })

  it('OUT33 of two tabs one sends; when it closes the other goes on, and both show the same', async () => {
    const store = fresh()
    const [locks, word] = [trialLocks(), trialChannel()]
    const [one, two] = [await tab(store, done, locks, word), await tab(store, done, locks, word)]
    await two.outbox.state(entry(), { title, about: '东门' })
    await until(two.outbox, ['done'])
    await until(one.outbox, ['done'])
    expect([one.posted.length, two.posted.length]).toEqual([1, 0])
    one.outbox.close()
    await two.outbox.state(entry(), { title, about: '西门' })
    await until(two.outbox, ['done', 'done'])
    expect([one.posted.length, two.posted.length]).toEqual([1, 1])
    two.outbox.close()
  })

  it('OUT33 without a lock in the browser a tab sends all the same', async () => {
    let mine = false
    browserTurns('test', null).wait(() => {
      mine = true
    })
    expect(mine).toBe(true)
  })
})
