// Phones with the real outbox, whose storage is in memory, before a real server.
import 'fake-indexeddb/auto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, newId } from '../../src/device/client.ts'
import { deviceKey } from '../../src/device/device-key.ts'
import { Outbox } from '../../src/device/outbox/outbox.ts'
import { dexieStore } from '../../src/device/outbox/store.ts'
import { browserTurns } from '../../src/device/outbox/surroundings.ts'
import { trialChannel } from '../../src/device/outbox/trial-browser.ts'
import { addUnit, units } from '../../src/modules/people/contracts.ts'
import type { RealServer } from './real-server.ts'

export interface Tally {
  stated: number
  lost: number
  doubled: number
  /** Not `done` on the phone at the end. */
  undone: number
}

const patienceMs = 30_000

/** Each of the phones states its share, at times a burst; then all is waited for, and the books are compared. */
export async function phonesState(
  server: RealServer,
  base: string,
  { phones, each, minutesMost }: { phones: number; each: number; minutesMost: number },
): Promise<Tally> {
  const { session, cookie } = await server.session()
  const client = new Client({ base, cookie })
  const wanted = new Map<string, string>()
  const made: Outbox[] = []
  for (let n = 0; n < phones; n += 1) {
    const store = dexieStore(`phone ${newId()}`)
    const outbox = new Outbox({
      store,
      keys: {
        current: () => Promise.resolve('browser'),
        of: async () => deviceKey(await store.key()),
      },
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
    await outbox.signedIn(session.accountId, session)
    made.push(outbox)
  }
  const stateAll = made.map(async outbox => {
    for (let n = 0; n < each; n += 1) {
      const unitId = newId()
      const name = `例 ${unitId}`
      const input = {
        unitId,
        name,
        shortName: '例',
        kind: 'team',
        sort: 1,
        lendable: false,
        place: null,
        parentId: null,
      }
      const id = await outbox.state(client.entry(addUnit, input as never), {
        title: addUnit.title,
        about: name,
      })
      wanted.set(id, unitId)
    }
  })
  await Promise.all(stateAll)
  const until = performance.now() + minutesMost * 60_000
  const unsent = () => made.reduce((sum, outbox) => sum + outbox.snapshot().unsent, 0)
  while (unsent() > 0 && performance.now() < until) await sleep(100)
  const turnedDown = made.reduce((sum, outbox) => sum + outbox.snapshot().turnedDown, 0)
  const tally = { stated: wanted.size, lost: 0, doubled: 0, undone: unsent() + turnedDown }
  const times = new Map<string, number>()
  const { rows } = await new Client({ base: server.base, cookie }).ask(units, {})
  for (const { unitId } of rows) times.set(unitId, (times.get(unitId) ?? 0) + 1)
  for (const unitId of wanted.values()) {
    const n = times.get(unitId) ?? 0
    if (n === 0) tally.lost += 1
    if (n > 1) tally.doubled += 1
  }
  for (const outbox of made) outbox.close()
  return tally
}
