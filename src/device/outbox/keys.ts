// Under which key what lies in the outbox is sealed. Each entry says it of itself, so that they can be put under another
// key one after another: a phone that dies half way has some under the one and some under the other, and both are there.
import type { DeviceKey } from '../device-key.ts'

/** `browser`: a key beside the entries that no script can read out. `pin`: the phone's own, which a PIN opens. */
export type SealedBy = 'browser' | 'pin'

export interface OutboxKeys {
  /** What counts now. */
  current(): Promise<SealedBy>
  /** Null where it is not at hand: what it sealed waits. */
  of(by: SealedBy): Promise<DeviceKey | null>
}

/** Of an entry from before there were two. */
export const sealedBy = (by: SealedBy | undefined): SealedBy => by ?? 'browser'

/**
 * Keys once asked for stay in memory as long as the page: the lock is drawn over a page that goes on sending, because
 * what an officer stated must not wait for his PIN.
 */
export function rememberedKeys(keys: OutboxKeys): OutboxKeys {
  const known = new Map<SealedBy, Promise<DeviceKey | null>>()
  const forget = (by: SealedBy) => known.delete(by)
  return {
    current: () => keys.current(),
    of(by) {
      const before = known.get(by)
      if (before) return before
      const asked = keys.of(by)
      known.set(by, asked)
      // Asked for again the next time: storage may have been refused, or the PIN not given, for a moment only.
      asked.then(
        key => (key === null ? forget(by) : undefined),
        () => forget(by),
      )
      return asked
    },
  }
}
