// Devices as they stand at a moment: what the server has heard, whose they are, whether somebody who is on duty is cut
// off, and what was revoked. A bureau has some thousands; they are put together here and not in the database, because
// accounts, people and attendance are other modules'.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { type AccountName, accountNames } from '../access/index.ts'
import { presentAt } from '../attendance/index.ts'
import { officerNames, unitNames } from '../people/index.ts'
import { type DeviceRow, type DeviceState, type GapKind, silentMinutes, unsentMinutes } from './contracts.ts'
import type { DevicesTables } from './tables.ts'

interface Heard {
  device_id: string
  account_id: string
  first_seen_at: string
  last_seen_at: string
  unsent: number
  oldest_unsent_at: string | null
  app_version: string
  platform: string
  acknowledged: string | number
  wiped_at: string | null
}
interface Revoked {
  device_id: string
  account_id: string
  revoked_at: string
  revoked_by: string
  why: string
}

const instant = (at: string) => new Date(at).toISOString()
const minutesSince = (at: string, now: string) => (Date.parse(now) - Date.parse(at)) / 60_000

/** Which officers stand somewhere now, and by what band. */
export async function officersOnDuty(
  db: Kysely<AnyTables>,
  agencyId: string,
  now: string,
): Promise<Map<string, string>> {
  const rows = await presentAt(db, now, { agencyId })
  return new Map(rows.map(row => [row.officerId, row.cameAt]))
}

/** Nothing was heard of him since, at the place where he stands. */
export const silentSince = (lastSeenAt: string, cameAt: string) => (lastSeenAt > cameAt ? lastSeenAt : cameAt)

/**
 * Of an officer on duty: entries that have waited too long on any of his devices, or nothing heard for too long of the
 * one that was heard of last. Who has just come is not silent before he has stood there that long.
 */
export function gapsOf(
  device: Pick<DeviceRow, 'lastSeenAt' | 'oldestUnsentAt'>,
  cameAt: string | undefined,
  isLatest: boolean,
  now: string,
): GapKind[] {
  if (cameAt === undefined) return []
  const gaps: GapKind[] = []
  const since = silentSince(device.lastSeenAt, instant(cameAt))
  if (isLatest && minutesSince(since, now) > silentMinutes) gaps.push('silent')
  if (device.oldestUnsentAt && minutesSince(device.oldestUnsentAt, now) > unsentMinutes) gaps.push('unsent')
  return gaps
}

function revokedRows(db: Kysely<AnyTables>, agencyId: string): Promise<Revoked[]> {
  return (db as unknown as Kysely<DevicesTables>)
    .selectFrom('device_revocation')
    .select(['device_id', 'account_id', 'revoked_at', 'revoked_by', 'why'])
    .where('agency_id', '=', agencyId)
    .where('restored_at', 'is', null)
    .orderBy('device_id')
    .orderBy('account_id')
    .execute()
}

const stateOf = (revoked: Revoked | undefined, heard: Heard): DeviceState =>
  !revoked ? 'inUse' : heard.wiped_at && heard.wiped_at >= revoked.revoked_at ? 'wiped' : 'revoked'

interface Around {
  now: string
  holders: Map<string, AccountName>
  people: Awaited<ReturnType<typeof officerNames>>
  units: Awaited<ReturnType<typeof unitNames>>
  onDuty: Map<string, string>
  revoked: Map<string, Revoked>
  /** By account: the one that was heard of last. */
  latest: Map<string, string>
}

function rowOf(heard: Heard, around: Around): DeviceRow {
  const { now, holders, people, units, onDuty, revoked, latest } = around
  const key = `${heard.device_id}:${heard.account_id}`
  const holder = holders.get(heard.account_id)
  const officerId = holder?.officerId ?? null
  const officer = officerId === null ? undefined : people.get(officerId)
  const cameAt = officerId === null ? undefined : onDuty.get(officerId)
  const gone = revoked.get(key)
  const state = stateOf(gone, heard)
  const seen = {
    lastSeenAt: instant(heard.last_seen_at),
    oldestUnsentAt: heard.oldest_unsent_at === null ? null : instant(heard.oldest_unsent_at),
  }
  return {
    key,
    deviceId: heard.device_id,
    accountId: heard.account_id,
    name: holder?.name ?? '',
    unitId: officer?.unitId ?? null,
    unitName: officer ? (units.get(officer.unitId)?.shortName ?? '') : '',
    platform: heard.platform,
    appVersion: heard.app_version,
    firstSeenAt: instant(heard.first_seen_at),
    ...seen,
    unsent: heard.unsent,
    acknowledged: Number(heard.acknowledged),
    onDutySince: cameAt === undefined ? null : instant(cameAt),
    gaps: gone ? [] : gapsOf(seen, cameAt, latest.get(heard.account_id) === key, now),
    state,
    revokedAt: gone ? instant(gone.revoked_at) : null,
    revokedBy: gone ? (holders.get(gone.revoked_by)?.name ?? '') : null,
    why: gone?.why ?? null,
    wipedAt: state === 'wiped' && heard.wiped_at ? instant(heard.wiped_at) : null,
  }
}

/** By account, the device that was last heard of and is not revoked. */
function latestOf(all: readonly Heard[], revoked: ReadonlyMap<string, Revoked>): Map<string, string> {
  const inOrder = all.toSorted((a, b) => (a.last_seen_at < b.last_seen_at ? -1 : 1))
  const live = inOrder.map(one => [one.account_id, `${one.device_id}:${one.account_id}`] as const)
  return new Map(live.filter(([, key]) => !revoked.has(key)))
}

/** All of the agency, or of one account; the holders that the scope does not see are left out. */
export async function deviceRows(
  db: Kysely<AnyTables>,
  agencyId: string,
  now: string,
  who: { accountId: string } | { unitIds: '*' | readonly string[] },
): Promise<DeviceRow[]> {
  const found = await sql<Heard>`select * from sys.devices()`.execute(db)
  const all = 'accountId' in who ? found.rows.filter(row => row.account_id === who.accountId) : found.rows
  const gone = await revokedRows(db, agencyId)
  const accountIds = [...new Set([...all.map(row => row.account_id), ...gone.map(row => row.revoked_by)])]
  const holders = await accountNames(db as never, agencyId, accountIds)
  const officerIds = [...holders.values()].flatMap(({ officerId }) => (officerId ? [officerId] : []))
  const people = await officerNames(db, agencyId, officerIds)
  const [units, onDuty] = [await unitNames(db, agencyId), await officersOnDuty(db, agencyId, now)]
  const revoked = new Map(gone.map(row => [`${row.device_id}:${row.account_id}`, row]))
  const around = { now, holders, people, units, onDuty, revoked, latest: latestOf(all, revoked) }
  const seesAll = 'accountId' in who || who.unitIds === '*'
  const mine = seesAll ? all : all.filter(row => people.has(holders.get(row.account_id)?.officerId ?? ''))
  return mine.map(row => rowOf(row, around))
}
