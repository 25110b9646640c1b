import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { queriesOn } from '../../kernel/query.ts'
import {
  type DeviceFilter,
  deviceList,
  type deviceOrders,
  type DeviceRow,
  myDevices,
  silentMinutes,
} from './contracts.ts'
import { deviceRows } from './device-rows.ts'
import type { DevicesTables } from './tables.ts'

const on = queriesOn<DevicesTables>()
const anyDb = (db: Kysely<DevicesTables>) => db as unknown as Kysely<AnyTables>

const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0)
const by: Record<(typeof deviceOrders)[number], (row: DeviceRow) => string | number> = {
  name: row => row.name,
  unit: row => row.unitName,
  platform: row => row.platform,
  version: row => row.appVersion,
  lastSeen: row => row.lastSeenAt,
  unsent: row => row.unsent,
  // What waits longest first; without any, last.
  oldest: row => row.oldestUnsentAt ?? '9',
}

const passes: Record<DeviceFilter, (row: DeviceRow, now: string, version: string) => boolean> = {
  silent: (row, now) => Date.parse(now) - Date.parse(row.lastSeenAt) > silentMinutes * 60_000,
  unsent: row => row.unsent > 0,
  gap: row => row.gaps.length > 0,
  oldVersion: (row, _now, version) => row.appVersion !== version,
  revoked: row => row.state !== 'inUse',
}

/** A device that somebody on duty is cut off by first, then by when it was last heard of. */
const ownOrder = (a: DeviceRow, b: DeviceRow) =>
  b.gaps.length - a.gaps.length || compare(b.lastSeenAt, a.lastSeenAt) || compare(a.key, b.key)

export const queries = [
  on(deviceList, {
    async run(db, input, meta) {
      const { only = [], version = '', order, descending } = input
      const { unitIds } = meta.actor.scope
      const all = await deviceRows(anyDb(db), meta.agency.agencyId, meta.now, { unitIds })
      const search = input.search?.trim().toLowerCase() ?? ''
      const found = all.filter(
        row =>
          only.every(filter => passes[filter](row, meta.now, version)) &&
          `${row.name} ${row.unitName} ${row.platform} ${row.deviceId}`.toLowerCase().includes(search),
      )
      const sign = descending ? -1 : 1
      const sorted = found.toSorted(
        (a, b) => (order ? sign * compare(by[order](a), by[order](b)) : 0) || ownOrder(a, b),
      )
      return { total: found.length, rows: sorted.slice(input.offset, input.offset + input.limit) }
    },
  }),

  on(myDevices, {
    sees: 'agency',
    async run(db, _input, meta) {
      const { accountId } = meta.actor
      if (accountId === null) return { rows: [] }
      const rows = await deviceRows(anyDb(db), meta.agency.agencyId, meta.now, { accountId })
      return { rows: rows.toSorted((a, b) => compare(b.lastSeenAt, a.lastSeenAt) || compare(a.key, b.key)) }
    },
  }),
]
