// Publishing a few days of a few officers: one version with its difference, so that nobody else is asked again.
import type { CommandMeta } from '../../kernel/command.ts'
import { daysBetween } from '../../kernel/time.ts'
import { rosterProblems } from './contracts.ts'
import type { RosterTx } from './drafting.ts'
import { sameDuty } from './matrix.ts'
import type { DayCell, MovesBook } from './moves.ts'
import { clockOf, insert, type NewDuty, nextVersion, remove } from './publish.ts'
import { publishedDuties } from './published.ts'

export interface PublishedMoves {
  version: number
  /** Assignments that are no more. */
  removed: string[]
}

export async function publishMoves(
  tx: RosterTx,
  meta: CommandMeta,
  book: MovesBook,
  { cause, after }: { cause: 'swap' | 'repair'; after: readonly DayCell[] },
): Promise<PublishedMoves> {
  const { agencyId } = meta.agency
  const { built } = book
  const { operationId } = built.inputs
  const days = after.map(one => one.day).sort()
  const [fromDay = '', untilDay = ''] = [days[0], days.at(-1)]
  const rows = await publishedDuties(tx.db, agencyId, operationId, fromDay, untilDay)
  const becomes = new Map(after.map(one => [`${one.officerId} ${one.day}`, one]))
  const stays = new Set<string>()
  const removed = rows.filter(row => {
    const key = `${row.officerId} ${row.day}`
    const cell = becomes.get(key)
    if (!cell) return false
    if (sameDuty(cell.duty, row)) stays.add(key)
    return !stays.has(key)
  })
  const clock = clockOf(built)
  const added = after.flatMap(({ officerId, day, duty }): NewDuty[] => {
    if (!duty || stays.has(`${officerId} ${day}`)) return []
    return [{ officerId, day, duty, ...clock(daysBetween(built.inputs.fromDay, day), duty) }]
  })
  const begun = [...removed, ...added].find(one => one.begins <= meta.receivedAt)
  if (begun) throw rosterProblems.begun({ day: begun.day })
  const version = await nextVersion(tx, agencyId, operationId)
  if (removed.length > 0) remove(tx, agencyId, removed)
  if (added.length > 0) insert(tx, meta, operationId, version, added)
  tx.write(
    tx.db.insertInto('roster_version').values({
      agency_id: agencyId,
      operation_id: operationId,
      version,
      plan_id: null,
      cause,
      from_day: fromDay,
      until_day: untilDay,
      published_at: meta.receivedAt,
      published_by: meta.actor.accountId,
      assignments: rows.length - removed.length + added.length,
      added: added.length,
      removed: removed.length,
    }),
  )
  return { version, removed: removed.map(row => row.assignmentId) }
}
