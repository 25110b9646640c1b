// Who is held at a post: as the server last said, with what this phone has stated since and not sent yet.
import { isUnsent, type OutboxEntry } from '../../../device/outbox-hooks.ts'
import type { InputOf, OutputOf } from '../../../kernel/contract.ts'
import { holdPerson, releasePerson } from '../contracts.ts'
import type { holdings } from '../contracts-lists.ts'

type Row = Pick<
  OutputOf<typeof holdings>['rows'][number],
  'holdingId' | 'basis' | 'needs' | 'beganAt' | 'endsAt'
>
type Stated = Pick<OutboxEntry, 'id' | 'name' | 'occurredAt' | 'input' | 'state'>

const minuteMs = 60_000

/** Those whose end nobody has told yet, the first to end first. */
export function heldHere(postId: string, rows: readonly Row[], stated: readonly Stated[]): Row[] {
  const told = stated.filter(one => one.state !== 'refused' && one.state !== 'held')
  const ended = new Set(
    told
      .filter(one => one.name === releasePerson.name)
      .map(one => (one.input as InputOf<typeof releasePerson>).holdingId),
  )
  const known = new Set(rows.map(row => row.holdingId))
  const own = told
    .filter(one => one.name === holdPerson.name && isUnsent(one) && !known.has(one.id))
    .map(one => ({ ...one, input: one.input as InputOf<typeof holdPerson> }))
    .filter(one => one.input.postId === postId)
    .map(({ id, occurredAt, input: { basis, needs, minutesMost } }) => ({
      ...{ holdingId: id, basis, needs, beganAt: occurredAt },
      endsAt: new Date(Date.parse(occurredAt) + minutesMost * minuteMs).toISOString(),
    }))
  return [...rows, ...own]
    .filter(row => !ended.has(row.holdingId))
    .sort((a, b) => Date.parse(a.endsAt) - Date.parse(b.endsAt))
}
