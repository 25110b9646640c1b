// Destroying what an account left on a device. Keys first: from then on the rest is noise, however far it comes.
import { draftPrefix } from './draft-store.ts'
import type { Field } from './field.ts'
import type { OutboxStore } from './outbox/store.ts'
import { revokedPlace } from './revoked-note.ts'

export interface Wiped {
  field: Pick<Field, 'destroy'>
  outbox: Pick<OutboxStore, 'destroy'>
  /** What pages keep in clear: choices, drafts, who passed a gate. */
  texts: readonly Pick<Storage, 'key' | 'length' | 'removeItem'>[]
}

/** For whoever reads the page that says what happened: its language, and that it did. Both are nobody's secret. */
const stays: readonly string[] = ['fangxian.lang', revokedPlace]

export async function wipe(accountId: string, { field, outbox, texts }: Wiped): Promise<void> {
  await field.destroy(accountId)
  await outbox.destroy(accountId)
  for (const store of texts) {
    const keys = Array.from({ length: store.length }, (_, index) => store.key(index)).filter(
      key => key !== null,
    )
    for (const key of keys) if (!isOthers(key, accountId)) store.removeItem(key)
  }
}

/** What another account of this browser has typed is his. */
const isOthers = (key: string, accountId: string) =>
  stays.includes(key) || (key.startsWith(draftPrefix) && !key.startsWith(`${draftPrefix}${accountId}.`))
