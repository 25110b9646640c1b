// Those who state: posts that send in bulk over the hot road, and phones with the real outbox whose storage is in memory.
import 'fake-indexeddb/auto'
import { setTimeout as sleep } from 'node:timers/promises'
import { entryAt } from '../../bench/ingest/entries.ts'
import { Client } from '../../src/device/client.ts'
import { deviceKey } from '../../src/device/device-key.ts'
import { Outbox } from '../../src/device/outbox/outbox.ts'
import { dexieStore } from '../../src/device/outbox/store.ts'
import { browserTurns } from '../../src/device/outbox/surroundings.ts'
import { trialChannel } from '../../src/device/outbox/trial-browser.ts'
import type { CommandEntry, Verdict } from '../../src/kernel/contract.ts'
import { passEmergency } from '../../src/modules/encounters/contracts.ts'
import { type Ground, newId } from './ground.ts'
import type { Ledger } from './judging.ts'

const patienceMs = 30_000
let made = 0

/** An encounter at one of the posts; `occurredAt` and `id` by a clock of its own where one is given. */
export function encounterOf({ postIds }: Pick<Ground, 'postIds'>): CommandEntry {
  made += 1
  return entryAt(postIds[made % postIds.length] ?? '', made)
}

/** An ordinary fact: an emergency that was let through. */
export function emergencyOf(
  { postIds }: Pick<Ground, 'postIds'>,
  occurredAt = new Date().toISOString(),
): CommandEntry {
  made += 1
  const input = {
    postId: postIds[made % postIds.length] ?? '',
    emergency: 'fire',
    people: 2,
    passer: 'vehicle',
    note: '',
  }
  const { name, version } = passEmergency
  return { id: newId(), name, version, occurredAt, input }
}

/** Enters what was answered. What is still to be sent comes back. */
export function entered(
  ledger: Ledger,
  batch: readonly CommandEntry[],
  verdicts: readonly Verdict[],
): CommandEntry[] {
  const told = new Map(verdicts.map(one => [one.id, one]))
  return batch.filter(({ id }) => {
    const verdict = told.get(id)
    if (verdict?.verdict === 'done') ledger.acknowledged.add(id)
    else if (verdict && verdict.verdict !== 'retry') ledger.turnedDown.set(id, verdict.problem.code)
    else return true
    return false
  })
}

export interface PostsOrder {
  ground: Ground
  base: string
  ledger: Ledger
  /** So many requests are on their way at once. */
  lanes: number
  /** The next batch, or nothing more. */
  next(): CommandEntry[] | undefined
  until: number
  /** Between two batches of a lane. */
  pauseMs?: number
  /** Told of each batch that was answered. */
  answered?(): void
  /** Told of each that is to come again (503). */
  busy?(): void
}

/** Sends each batch again until every entry of it has its verdict, as a phone does, only without its rests. */
export async function postsState(order: PostsOrder): Promise<void> {
  const lane = async (road: '/api/facts' | '/api/commands') => {
    for (let batch = order.next(); batch && Date.now() < order.until; batch = order.next()) {
      for (const { id } of batch) order.ledger.stated.add(id)
      let left = batch
      while (left.length > 0 && Date.now() < order.until) left = await once(order, road, left)
      if (order.pauseMs) await sleep(order.pauseMs)
    }
  }
  await Promise.all(
    Array.from({ length: order.lanes }, (_, n) => lane(n % 4 === 3 ? '/api/commands' : '/api/facts')),
  )
}

async function once(
  { ground, base, ledger, answered, busy }: PostsOrder,
  road: string,
  batch: CommandEntry[],
): Promise<CommandEntry[]> {
  const body = JSON.stringify(road === '/api/facts' ? { facts: batch } : { commands: batch })
  const headers = { 'content-type': 'application/json', cookie: ground.cookie, 'x-fangxian': '1' }
  try {
    const response = await fetch(base + road, {
      ...{ method: 'POST', headers, body, signal: AbortSignal.timeout(patienceMs) },
    })
    const text = await response.text()
    if (response.status === 200) {
      const left = entered(ledger, batch, (JSON.parse(text) as { verdicts: Verdict[] }).verdicts)
      answered?.()
      if (left.length > 0) await sleep(100)
      return left
    }
    const comesAgain = response.status === 503 && response.headers.has('retry-after')
    if (comesAgain) busy?.()
    else ledger.wrong.push(`${response.status} of ${road}: ${text.slice(0, 120)}`)
    await sleep(comesAgain ? 200 : 1_000)
  } catch (error) {
    // Cut off, or nobody listens: what came of it is not known, so it is sent again.
    if (error instanceof SyntaxError) ledger.wrong.push(`an answer of ${road} that is no JSON`)
    await sleep(100)
  }
  return batch
}

/** `rows` encounters in batches. */
export function batches(ground: Ground, rows: number, size = 100): () => CommandEntry[] | undefined {
  let left = rows
  return () => {
    if (left <= 0) return undefined
    const length = Math.min(size, left)
    left -= length
    return Array.from({ length }, () => encounterOf(ground))
  }
}

// -------------------------------------------------------------------------------------------------------- phones

export interface Phone {
  outbox: Outbox
  store: ReturnType<typeof dexieStore>
  client: Client
  accountId: string
  /** Told durable; entered as stated. */
  state(entry: CommandEntry): Promise<void>
  close(): void
}

const spoken = { title: { zh: '记录', en: 'Record' }, about: '' }

export async function phoneOf(ground: Ground, base: string, ledger: Ledger): Promise<Phone> {
  const client = new Client({ base, cookie: ground.cookie })
  const store = dexieStore(`phone ${newId()}`)
  const outbox = new Outbox({
    store,
    keys: { current: () => Promise.resolve('browser'), of: async () => deviceKey(await store.key()) },
    post: async (entries, { accountId, installationId }) => {
      const headers = { 'x-account-id': accountId, 'x-device-id': installationId }
      const answer = await client.batch(entries, headers, AbortSignal.timeout(patienceMs))
      const { verdicts, restoreEpoch, headSeq, at } = answer
      return { verdicts, standing: { restoreEpoch, headSeq }, at }
    },
    turns: browserTurns('one phone', null),
    word: trialChannel()(),
    roll: () => Math.random(),
  })
  await outbox.signedIn(ground.session.accountId, ground.session)
  return {
    outbox,
    store,
    client,
    accountId: ground.session.accountId,
    state: async entry => {
      await outbox.state(entry, spoken)
      ledger.stated.add(entry.id)
    },
    close: () => {
      outbox.close()
      store.close()
    },
  }
}

/** Waits until nothing waits, a hand on 立即发送 now and then; then what the phone was told is entered. */
export async function phonesEmpty(phones: readonly Phone[], ledger: Ledger, until: number): Promise<void> {
  for (let n = 1; !(await told(phones)) && Date.now() < until; n += 1) {
    await sleep(100)
    if (n % 10 === 0) for (const { outbox } of phones) outbox.sendNow()
  }
  for (const { outbox } of phones) {
    for (const { id, state, problem } of outbox.snapshot().entries) {
      if (state === 'done') ledger.acknowledged.add(id)
      if (state === 'refused' || state === 'held') ledger.turnedDown.set(id, problem?.code ?? state)
    }
  }
}

/** Nothing waits in the store, and the screen says so of as many as lie there. */
async function told(phones: readonly Phone[]): Promise<boolean> {
  for (const { outbox, store, accountId } of phones) {
    const { unsent, entries } = outbox.snapshot()
    const stored = await store.shown(accountId)
    if (unsent > 0 || entries.length < stored.length) return false
    if ((await store.waiting(accountId)).length > 0) return false
  }
  return true
}

/** Phones that state their share, each third an ordinary fact, and send it. A phone shows its last 200. */
export async function phonesState(
  { ground, base, ledger, until }: Omit<PostsOrder, 'lanes' | 'next'>,
  { phones, each }: { phones: number; each: number },
): Promise<void> {
  const open = await Promise.all(Array.from({ length: phones }, () => phoneOf(ground, base, ledger)))
  try {
    await Promise.all(
      open.map(async phone => {
        for (let n = 0; n < each; n += 1) {
          await phone.state(n % 3 === 2 ? emergencyOf(ground) : encounterOf(ground))
        }
      }),
    )
    await phonesEmpty(open, ledger, until)
  } finally {
    for (const phone of open) phone.close()
  }
}
