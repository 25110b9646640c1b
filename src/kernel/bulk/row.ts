// A bulk fact on its way: every value as the text that stands in an array literal, worked out once.
import { hash } from 'node:crypto'
import type { Actor, AgencySettings } from '../command.ts'
import type { CommandEntry } from '../contract.ts'
import { dutyDayOf } from '../time.ts'
import type { BulkStore } from './store.ts'

/** A claim that lies further back than this, or ahead of the clock by more than `aheadMs`, is not one of a clock that goes. */
const believedMs = 28 * 86_400_000
const aheadMs = 5 * 60_000

export interface BulkRow {
  id: string
  digest: string
  /** The texts of `columnsOf`, in their order. */
  texts: string[]
  count: Counted
}

export interface Counted {
  day: string
  hour: string
  keys: readonly string[]
  sums: readonly number[]
  lastMs: number
}

export interface Arrival {
  actor: Actor
  agency: AgencySettings
  receivedAt: string
  arrivedMs: number
}

export interface StoreColumn {
  name: string
  type: string
}

/** The columns of a flush behind agency_id and commit_id. */
export function columnsOf(store: BulkStore): StoreColumn[] {
  return [
    { name: store.key, type: 'uuid' },
    { name: 'digest', type: 'text' },
    { name: 'occurred_at', type: 'timestamptz' },
    { name: 'claimed_at', type: 'timestamptz' },
    { name: 'received_at', type: 'timestamptz' },
    { name: 'account_id', type: 'uuid' },
    { name: 'device_id', type: 'uuid' },
    ...store.columns.map(({ name, type }) => ({ name, type })),
  ]
}

/** In an array literal a JSON text is quoted, and JSON's own quoting of it is what PostgreSQL reads back. */
const literal = (type: string, value: unknown): string => {
  if (value === null) return 'NULL'
  return type === 'jsonb' ? JSON.stringify(JSON.stringify(value)) : String(value)
}

export function textsOf(
  store: BulkStore,
  entry: Pick<CommandEntry, 'id' | 'occurredAt'>,
  input: unknown,
  { actor, receivedAt, arrivedMs }: Arrival,
): { texts: string[]; digest: string; occurredMs: number } {
  const account = actor.accountId ?? 'NULL'
  const own: string[] = []
  for (const { type, of } of store.columns) own.push(literal(type, of(input as never)))
  // The same person, the same content; not when it was said to have been, as everywhere.
  const digest = hash('sha256', `${account},${own.join()}`, 'base64url').slice(0, 22)
  const claimedMs = Date.parse(entry.occurredAt)
  const believed = claimedMs > arrivedMs - believedMs && claimedMs <= arrivedMs + aheadMs
  const occurredAt = believed ? entry.occurredAt : receivedAt
  return {
    texts: [
      entry.id,
      digest,
      occurredAt,
      believed ? 'NULL' : storable(claimedMs),
      receivedAt,
      account,
      actor.deviceId ?? 'NULL',
      ...own,
    ],
    digest,
    occurredMs: believed ? claimedMs : arrivedMs,
  }
}

/** What no calendar holds is not kept even as a claim. */
function storable(ms: number): string {
  const at = new Date(ms)
  const year = at.getUTCFullYear()
  return year >= 1 && year <= 9_999 ? at.toISOString() : 'NULL'
}

const hourMs = 3_600_000
const minuteMs = 60_000

/** Duty day and hour of an instant; worked out once a minute, because asking the calendar takes longer than all else. */
export class Hours {
  private readonly known = new Map<string, { day: string; hour: string }>()

  at(agency: AgencySettings, ms: number): { day: string; hour: string } {
    const key = `${agency.timeZone} ${agency.handOverMinute} ${Math.floor(ms / minuteMs)}`
    let found = this.known.get(key)
    if (!found) {
      if (this.known.size > 50_000) this.known.clear()
      const hour = new Date(Math.floor(ms / hourMs) * hourMs).toISOString()
      found = { day: dutyDayOf(agency, new Date(ms)), hour }
      this.known.set(key, found)
    }
    return found
  }
}
