// The outbox over what a browser has: its storage, its locks, its network.
import { appVersion } from './app-version.ts'
import type { Client } from './client.ts'
import { type DeviceKey, deviceKey } from './device-key.ts'
import type { SealedBy } from './outbox/keys.ts'
import { Outbox, type Told } from './outbox/outbox.ts'
import type { Answered } from './outbox/sender.ts'
import { dexieStore, type OutboxStore } from './outbox/store.ts'
import { browserTurns, browserWord } from './outbox/surroundings.ts'

/** No answer after this is as good as none: the same ids are sent again. */
const patienceMs = 30_000
const name = 'fangxian-outbox'

export const outboxStore = (): OutboxStore & { close(): void } => dexieStore(name)

/** What every request says of the device that it comes from. */
export function deviceHeaders(told: Omit<Told, 'accountId'>): Record<string, string> {
  const { installationId, unsent, oldest } = told
  return {
    'x-device-id': installationId,
    'x-device-unsent': String(unsent),
    ...(oldest === null ? {} : { 'x-device-oldest': oldest }),
    'x-app-version': appVersion,
  }
}

/** Where the outbox finds the key that a PIN opens. */
export interface PinKey {
  /** Whether it counts now. */
  counts(): Promise<boolean>
  /** Null where it is not at hand. */
  key(): Promise<DeviceKey | null>
}

export function browserOutbox(client: Client, pin: PinKey): Outbox {
  const store = outboxStore()
  return new Outbox({
    store,
    keys: {
      current: async (): Promise<SealedBy> => ((await pin.counts()) ? 'pin' : 'browser'),
      of: async by => (by === 'pin' ? pin.key() : deviceKey(await store.key())),
    },
    async post(entries, told): Promise<Answered> {
      const headers = { 'x-account-id': told.accountId, ...deviceHeaders(told) }
      const answer = await client.batch(entries, headers, AbortSignal.timeout(patienceMs))
      // Whoever answers for the server, such as the door of a foreign network, knows no verdicts.
      if (!Array.isArray(answer.verdicts)) throw new SyntaxError('an answer without verdicts')
      const { verdicts, restoreEpoch, headSeq, at } = answer
      return { verdicts, standing: { restoreEpoch, headSeq }, at }
    },
    turns: browserTurns(name),
    word: browserWord(name),
    roll: () => Math.random(),
  })
}
