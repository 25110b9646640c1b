// Where the entries lie on the phone. Every change is one durable transaction: it is there as a whole after its
// promise has resolved, or it is not there at all.
import { Dexie, type Table } from 'dexie'
import { newKey } from '../device-key.ts'
import {
  acknowledge,
  append,
  type Change,
  type Installation,
  keptMs,
  type NewEntry,
  type Resealed,
  resealed,
  restored,
  type Row,
  settle,
  type Settling,
  type StoredState,
} from './rows.ts'

export interface OutboxStore {
  installation(): Promise<Installation>
  /** The same id again is the same entry. */
  append(entry: NewEntry): Promise<Row>
  settle(answer: Settling): Promise<void>
  acknowledge(id: string): Promise<void>
  /** What is on the screen: all that waits, all that was turned down, and the last ones besides; in order. */
  shown(accountId: string): Promise<Row[]>
  /** What waits, in the order of stating. */
  waiting(accountId: string): Promise<Row[]>
  /** All that is kept of the account, in order. */
  all(accountId: string): Promise<Row[]>
  /** Puts one under another key, unless it has become another thing meanwhile. */
  reseal(before: Row, after: Resealed): Promise<void>
  /**
   * A revoked device: nothing of the account is left. The key beside the entries goes with the last of them, and with
   * it this life of the storage; what others stated here and have not sent stays theirs.
   */
  destroy(accountId: string): Promise<void>
  /** The key that lies beside them; made at the first call. */
  key(): Promise<CryptoKey>
}

/** Of those that were done, as many as somebody may look through. */
const shownMost = 200
const inOrder = (a: Row, b: Row) => a.sequence - b.sequence

interface Named {
  name: string
  value: unknown
}

class OutboxDatabase extends Dexie {
  declare entry: Table<Row, string>
  declare kept: Table<Named, string>
  constructor(name: string) {
    // Strict: "saved" must not mean "in a buffer of the system that a dead battery empties".
    super(name, { chromeTransactionDurability: 'strict' })
    this.version(1).stores({
      entry: 'id, [accountId+sequence], [accountId+state], [accountId+settledAt]',
      kept: 'name',
    })
  }
}

/** A name of an installation, in any browser that has WebCrypto. */
export const installationName = () => crypto.randomUUID()

async function write(db: OutboxDatabase, { installation: value, put, remove }: Change): Promise<void> {
  await db.kept.put({ name: 'installation', value })
  await db.entry.bulkPut(put)
  await db.entry.bulkDelete(remove)
}

async function keyOf(db: OutboxDatabase): Promise<CryptoKey> {
  const stored = async () => (await db.kept.get('key'))?.value as CryptoKey | undefined
  const found = await stored()
  if (found) return found
  const made = await newKey()
  // Another tab may have made one meanwhile: the first one counts.
  return db.transaction('rw', db.kept, async () => {
    const first = await stored()
    if (!first) await db.kept.add({ name: 'key', value: made })
    return first ?? made
  })
}

/** What is done to entries whatever state they are in. */
function keptRows(db: OutboxDatabase): Pick<OutboxStore, 'all' | 'reseal' | 'destroy'> {
  const of = (accountId: string) => db.entry.where('[accountId+sequence]').between(...everyOf(accountId))
  return {
    all: accountId => of(accountId).toArray(),
    reseal: (before, after) =>
      db.transaction('rw', db.entry, async () => {
        const next = resealed(await db.entry.get(before.id), before, after)
        if (next) await db.entry.put(next)
      }),
    destroy: accountId =>
      db.transaction('rw', db.entry, db.kept, async () => {
        await of(accountId).delete()
        if ((await db.entry.count()) === 0) await db.kept.clear()
      }),
  }
}

const everyOf = (accountId: string) =>
  [
    [accountId, Dexie.minKey],
    [accountId, Dexie.maxKey],
  ] as const

export function dexieStore(name: string): OutboxStore & { close(): void } {
  const db = new OutboxDatabase(name)
  const inOne = <T>(work: () => Promise<T>): Promise<T> => db.transaction('rw', db.entry, db.kept, work)

  async function installation(): Promise<Installation> {
    const found = (await db.kept.get('installation'))?.value as Installation | undefined
    if (found) return found
    // Nothing is left of a life before this one, so this is another.
    const made: Installation = { installationId: installationName(), nextSequence: 1, standings: {} }
    await db.kept.add({ name: 'installation', value: made })
    return made
  }

  const byOrder = (accountId: string) => db.entry.where('[accountId+sequence]').between(...everyOf(accountId))

  const inStates = (accountId: string, states: readonly StoredState[]) =>
    db.entry
      .where('[accountId+state]')
      .anyOf(states.map(state => [accountId, state]))
      .toArray()

  /** The rows that an answer may change; not all, because a busy phone keeps thousands for a week. */
  async function touched(before: Installation, answer: Settling): Promise<Row[]> {
    const { accountId, ids, standing, at } = answer
    if (restored(before.standings[accountId], standing)) return byOrder(accountId).toArray()
    const sent = (await db.entry.bulkGet([...ids])).filter(row => row !== undefined)
    if (at === null) return sent
    const old = db.entry
      .where('[accountId+settledAt]')
      .between([accountId, Dexie.minKey], [accountId, at - keptMs], true, false)
    const known = new Set(ids)
    return [...sent, ...(await old.toArray()).filter(({ id }) => !known.has(id))]
  }

  return {
    installation: () => inOne(installation),
    append: entry =>
      inOne(async () => {
        const known = await db.entry.get(entry.id)
        if (known) return known
        const { installation: value, row } = append(await installation(), entry)
        await db.kept.put({ name: 'installation', value })
        await db.entry.add(row)
        return row
      }),
    settle: answer =>
      inOne(async () => {
        const before = await installation()
        await write(db, settle(before, await touched(before, answer), answer))
      }),
    acknowledge: id =>
      inOne(async () => {
        const row = await db.entry.get(id)
        if (row) await db.entry.put(acknowledge(row))
      }),
    shown: accountId =>
      db.transaction('r', db.entry, async () => {
        const kept = await inStates(accountId, ['waiting', 'unsent', 'refused', 'held'])
        const last = await byOrder(accountId).reverse().limit(shownMost).toArray()
        const rows = new Map([...kept, ...last].map(row => [row.id, row]))
        return [...rows.values()].sort(inOrder)
      }),
    ...keptRows(db),
    waiting: async accountId => (await inStates(accountId, ['waiting', 'unsent'])).sort(inOrder),
    key: () => keyOf(db),
    close: () => db.close(),
  }
}
