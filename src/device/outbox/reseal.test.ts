import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import type { CommandEntry, Verdict } from '../../kernel/contract.ts'
import { Problem } from '../../kernel/contract.ts'
import { deviceKey, newKey, openText, sealText } from '../device-key.ts'
import type { OutboxKeys, SealedBy } from './keys.ts'
import type { Outbox } from './outbox.ts'
import { dexieStore, type OutboxStore } from './store.ts'
import { browserTurns } from './surroundings.ts'
import { trialChannel, trialLocks, trialOutbox, type TrialPosted } from './trial-browser.ts'

const zhou = 'account-zhou'
const title = { zh: '登记', en: 'Note' }
const entry = (text: string): CommandEntry => ({
  id: crypto.randomUUID(),
  name: 'trial.note',
  version: 1,
  occurredAt: '2021-11-05T06:05:00.000Z',
  input: { text },
})
const offline = () =>
  Promise.reject(new Problem('kernel/offline', { status: 0, zh: '', en: '', doZh: '', doEn: '' }))
const done = ({ entries }: TrialPosted): Promise<Verdict[]> =>
  Promise.resolve(entries.map(({ id }) => ({ id, verdict: 'done', seq: 1, answer: { ok: true } })))

/** A phone whose PIN can be set, taken away, asked for and given. */
async function phone(name: string) {
  const store = dexieStore(name)
  const [browserKey, pinKey] = [deviceKey(await store.key()), deviceKey(await newKey())]
  const pin = { counts: false, atHand: true }
  const keys: OutboxKeys = {
    current: () => Promise.resolve<SealedBy>(pin.counts ? 'pin' : 'browser'),
    of: by => Promise.resolve(by === 'browser' ? browserKey : pin.atHand ? pinKey : null),
  }
  const tab = async (answer: (posted: TrialPosted) => Promise<Verdict[]>, over: OutboxStore = store) => {
    const made = trialOutbox(over, {
      ...{ turns: browserTurns('test', trialLocks()), word: trialChannel()(), answer, keys },
    })
    await made.outbox.signedIn(zhou, { restoreEpoch: 0, headSeq: 0 })
    return made
  }
  return { store, browserKey, pinKey, pin, tab }
}
const states = (outbox: Outbox) => outbox.snapshot().entries.map(one => one.state)
const until = (outbox: Outbox, wanted: readonly string[]) =>
  vi.waitFor(() => expect(states(outbox)).toEqual(wanted), { timeout: 20_000, interval: 5 })
const says = (outbox: Outbox) =>
  outbox.snapshot().entries.map(({ input }) => (input as { text: string }).text)

async function statesThree(outbox: Outbox) {
  for (const text of ['一', '二', '三']) await outbox.state(entry(text), { title, about: text })
  await until(outbox, ['unsent', 'unsent', 'unsent'])
}

describe('under which key what waits is sealed', () => {
  it('DEV30 a PIN is set: what waits is put under its key, is read and sent; taken away, back again', async () => {
    const { store, pinKey, browserKey, pin, tab } = await phone('reseal-set')
    const first = await tab(offline)
    await statesThree(first.outbox)
    pin.counts = true
    await first.outbox.reseal()
    for (const row of await store.all(zhou)) {
      expect(row.sealedBy).toBe('pin')
      expect(await openText(pinKey, row.id, row.body)).not.toBeNull()
      expect(await openText(browserKey, row.id, row.body)).toBeNull()
    }
    pin.counts = false
    await first.outbox.reseal()
    for (const row of await store.all(zhou))
      expect(await openText(browserKey, row.id, row.body)).not.toBeNull()
    first.outbox.close()
    const next = await tab(done)
    await until(next.outbox, ['done', 'done', 'done'])
    expect(
      next.posted.flatMap(({ entries }) => entries.map(one => (one.input as { text: string }).text)),
    ).toEqual([...['一', '二', '三']])
    next.outbox.close()
  })

  it('DEV31 killed after any of them, all are readable, and the next start goes on', async () => {
    for (let alive = 0; alive <= 3; alive += 1) {
      const { store, pin, tab } = await phone(`reseal-killed-${alive}`)
      let left = Number.POSITIVE_INFINITY
      const dies: OutboxStore = {
        ...store,
        reseal: (before, after) => {
          if (left === 0) return Promise.reject(new Error('killed'))
          left -= 1
          return store.reseal(before, after)
        },
      }
      const first = await tab(offline, dies)
      await statesThree(first.outbox)
      pin.counts = true
      left = alive
      await first.outbox.reseal().catch(() => undefined)
      first.outbox.close()
      const by = (await store.all(zhou)).map(row => row.sealedBy ?? 'browser')
      expect(by.filter(one => one === 'pin')).toHaveLength(alive)
      const next = await tab(offline)
      await until(next.outbox, ['unsent', 'unsent', 'unsent'])
      expect(says(next.outbox)).toEqual(['一', '二', '三'])
      await next.outbox.reseal()
      expect((await store.all(zhou)).map(row => row.sealedBy)).toEqual(['pin', 'pin', 'pin'])
      next.outbox.close()
    }
  })

  it('DEV32 an entry that was answered while it was put under another key keeps its answer', async () => {
    const { store, pinKey, pin, tab } = await phone('reseal-answered')
    const { outbox } = await tab(done)
    await outbox.state(entry('一'), { title, about: '东门' })
    await until(outbox, ['done'])
    const [before] = await store.all(zhou)
    pin.counts = true
    // As it lay there before the answer came: nothing is put back.
    const body = await sealText(pinKey, before?.id ?? '', {})
    const stale = { ...before, outcome: null } as NonNullable<typeof before>
    await store.reseal(stale, { body, sealedBy: 'pin', outcome: null, outcomeBy: 'pin' })
    expect(await store.all(zhou)).toEqual([before])
    await outbox.reseal()
    const [after] = await store.all(zhou)
    expect(after).toMatchObject({ state: 'done', sealedBy: 'pin', outcomeBy: 'pin' })
    outbox.close()
    const next = await tab(done)
    await until(next.outbox, ['done'])
    expect(next.outbox.snapshot().entries[0]).toMatchObject({ answer: { ok: true }, input: { text: '一' } })
    next.outbox.close()
  })

  it('DEV33 while its key is not at hand an entry is shown as locked, is not sent and holds nothing up', async () => {
    const { pin, tab } = await phone('reseal-locked')
    pin.counts = true
    const first = await tab(offline)
    await first.outbox.state(entry('一'), { title, about: '东门' })
    await until(first.outbox, ['unsent'])
    first.outbox.close()
    Object.assign(pin, { counts: false, atHand: false })
    const { outbox, posted } = await tab(done)
    await outbox.state(entry('二'), { title, about: '西门' })
    await until(outbox, ['waiting', 'done'])
    expect(outbox.snapshot().entries[0]?.problem?.code).toBe('device/locked')
    expect(posted.flatMap(({ entries }) => entries)).toHaveLength(1)
    pin.atHand = true
    outbox.sendNow()
    await outbox.signedIn(zhou, null)
    await until(outbox, ['done', 'done'])
    outbox.close()
  })
})
