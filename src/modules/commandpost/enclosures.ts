// Photos and documents joined to a record: a command names what was brought, and from then on it is held.
import type { CommandMeta, CommandTx } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { enclosureFacts, holdEnclosures } from '../../kernel/enclosures.ts'
import { commandpostProblems, type newEnclosures } from './contracts.ts'
import { anyDb, anyId, type CommandpostDb } from './lower.ts'
import type { CommandpostTables, EnclosureTable } from './tables.ts'

export type Holder = 'entry' | 'difficulty' | 'directive' | 'visit' | 'meeting'
type Given = InputOf<{ input: ReturnType<typeof newEnclosures> }>

/** Joins them to a record, or to one step of it. Only who brought bytes may use them: a digest is no secret. */
export async function joinEnclosures(
  tx: CommandTx<CommandpostTables>,
  meta: CommandMeta,
  to: { holder: Holder; holderId: string; step: number | null },
  given: Given,
): Promise<void> {
  if (given.length === 0) return
  const digests = given.map(one => one.digest)
  if (new Set(digests).size < digests.length) throw commandpostProblems.enclosureTwice()
  const facts = await enclosureFacts(anyDb(tx.db), digests)
  const rows = given.map(({ enclosureId, digest, name }) => {
    const found = facts.get(digest)
    if (!found) throw commandpostProblems.enclosureMissing()
    if (found.destroyed) throw commandpostProblems.enclosureRemoved()
    if (found.storedBy !== meta.actor.accountId) throw commandpostProblems.enclosureNotYours()
    return {
      agency_id: meta.agency.agencyId,
      enclosure_id: enclosureId,
      holder: to.holder,
      holder_id: to.holderId,
      step: to.step,
      digest,
      content_type: found.contentType,
      size_bytes: found.size,
      name: name.trim(),
      added_at: meta.receivedAt,
      added_by: meta.actor.accountId,
    }
  })
  tx.write(tx.db.insertInto('enclosure').values(rows))
  tx.write(holdEnclosures(anyDb(tx.db), digests, meta.receivedAt))
}

const enclosureView = (row: EnclosureTable) => ({
  enclosureId: row.enclosure_id,
  name: row.name,
  contentType: row.content_type,
  size: row.size_bytes,
  step: row.step,
  removedWhy: row.removed_why,
})
export type EnclosureView = ReturnType<typeof enclosureView>

/** What is joined to each of the records, in the order in which it came. */
export async function enclosuresOf(
  db: CommandpostDb,
  agencyId: string,
  holderIds: readonly string[],
): Promise<Map<string, EnclosureView[]>> {
  const found = new Map<string, EnclosureView[]>()
  if (holderIds.length === 0) return found
  const rows = await db
    .selectFrom('enclosure')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('holder_id', '=', anyId(holderIds))
    .orderBy('added_at')
    .orderBy('enclosure_id')
    .execute()
  for (const row of rows) found.set(row.holder_id, [...(found.get(row.holder_id) ?? []), enclosureView(row)])
  return found
}
