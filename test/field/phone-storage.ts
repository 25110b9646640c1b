// The storage of a phone that is full, or is refused: what could not be saved says so, is not half there, and holds
// nothing up.
import { Problem } from '../../src/kernel/contract.ts'
import { booksOf, type Ground, rowsNow } from './ground.ts'
import { newLedger, type Result, resultOf } from './judging.ts'
import { picked, type Sizes } from './sizes.ts'
import { emergencyOf, encounterOf, type Phone, phoneOf, phonesEmpty } from './traffic.ts'

type Operation = 'add' | 'put'
const failures = ['add', 'put', 'commit'] as const

/** The next write of an entry fails: at one of its two writes, or only when it is to be made durable. */
function failNext(
  what: (typeof failures)[number],
  name: 'QuotaExceededError' | 'InvalidStateError',
): () => boolean {
  let failed = false
  const { prototype } = IDBObjectStore
  const kept = { add: prototype.add, put: prototype.put }
  const full = () => new DOMException('planted', name)
  const restore = () => Object.assign(prototype, kept)
  const failing = (operation: Operation) =>
    function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
      failed = true
      restore()
      if (what !== 'commit') throw full()
      // Taken at first, and then there was no room for it after all.
      const request = kept[operation].call(this, value, key)
      this.transaction.abort()
      return request
    }
  prototype[what === 'put' ? 'put' : 'add'] = failing(what === 'put' ? 'put' : 'add') as typeof prototype.add
  return () => {
    restore()
    return failed
  }
}

async function notSaved(phone: Phone, ground: Ground, draw: () => number): Promise<string | undefined> {
  const what = picked(draw, failures)
  const entry = draw() < 0.5 ? encounterOf(ground) : emergencyOf(ground)
  const { nextSequence } = await phone.store.installation()
  const before = await phone.store.shown(ground.session.accountId)
  const end = failNext(what, draw() < 0.5 ? 'QuotaExceededError' : 'InvalidStateError')
  const said = await phone.state(entry).then(
    () => 'saved',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )
  if (!end()) return `${what}: nothing was made to fail`
  if (said !== 'device/not-saved') return `${what}: the officer was told ${said}`
  const after = await phone.store.shown(ground.session.accountId)
  if (after.some(({ id }) => id === entry.id) || after.length < before.length) return `${what}: half written`
  const installation = await phone.store.installation()
  if (installation.nextSequence !== nextSequence) return `${what}: a number was used up`
  return undefined
}

export async function phoneFull(ground: Ground, { many, draw }: Sizes): Promise<Result> {
  const times = many(5, 50)
  const [ledger, before] = [newLedger(), await rowsNow(ground.server)]
  const phone = await phoneOf(ground, ground.server.base, ledger)
  const more: string[] = []
  try {
    for (let n = 0; n < times; n += 1) {
      // Nothing of the queue is under way: the write that fails is that of the entry.
      await phonesEmpty([phone], ledger, Date.now() + 600_000)
      const fault = await notSaved(phone, ground, draw)
      if (fault) more.push(fault)
      await phone.state(encounterOf(ground))
      await phone.state(emergencyOf(ground))
    }
    await phonesEmpty([phone], ledger, Date.now() + 600_000)
  } finally {
    phone.close()
  }
  const happened = `${times} could not be saved and said so`
  return resultOf(ledger, await booksOf(ground.server, ledger, before), happened, { more })
}
