// Somebody on duty of whose phone nothing is heard, or on which entries have waited too long. What he states may then be
// nowhere but in his hand.
import type { Sighting, Watch } from '../../kernel/module.ts'
import { agencyOf } from '../attendance/index.ts'
import { type DeviceRow, type GapKind, silentMinutes, unsentMinutes } from './contracts.ts'
import { deviceRows, silentSince } from './device-rows.ts'

/** A unit with more than these is told of in one line: a dead mast is one thing to do, not forty. */
const apartMost = 4
const limitOf: Record<GapKind, number> = { silent: silentMinutes, unsent: unsentMinutes }
const later = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()

interface Gap {
  row: DeviceRow
  kind: GapKind
  since: string
}

/** Amber from the limit on, red after twice as long. */
const isRed = ({ kind, since }: Gap, now: string) => later(since, 2 * limitOf[kind]) <= now

function oneGap(gap: Gap, now: string): Sighting {
  const { row, kind, since } = gap
  const minutes = Math.floor((Date.parse(now) - Date.parse(since)) / 60_000)
  return {
    subject: `${row.key} ${kind}`,
    title:
      kind === 'silent'
        ? {
            zh: `${row.unitName}${row.name}在岗，手机已 ${minutes} 分钟无联系`,
            en: `${row.name} (${row.unitName}) is on duty; nothing heard of the phone for ${minutes} min`,
          }
        : {
            zh: `${row.unitName}${row.name}手机有 ${row.unsent} 条未报，最早的已等 ${minutes} 分钟`,
            en: `${row.name} (${row.unitName}): ${row.unsent} unsent, the oldest for ${minutes} min`,
          },
    severity: isRed(gap, now) ? 'red' : 'amber',
    link: `/devices?only=gap&open=${row.key}`,
    unitId: row.unitId,
    dueAt: later(since, 2 * limitOf[kind]),
  }
}

function manyGaps(unitId: string, gaps: readonly Gap[], now: string): Sighting {
  const unit = gaps[0]?.row.unitName ?? ''
  const due = gaps.map(({ kind, since }) => later(since, 2 * limitOf[kind])).sort()[0] ?? now
  return {
    subject: unitId,
    title: {
      zh: `${unit} ${gaps.length} 名在岗人员手机失联或积压未报`,
      en: `${unit}: phones of ${gaps.length} on duty are silent or hold entries`,
    },
    severity: gaps.some(gap => isRed(gap, now)) ? 'red' : 'amber',
    link: '/devices?only=gap',
    unitId,
    dueAt: due,
  }
}

/** What waits says more than that nothing is heard: of both, it is told. */
function gapOf(row: DeviceRow): Gap | undefined {
  if (row.gaps.includes('unsent') && row.oldestUnsentAt !== null)
    return { row, kind: 'unsent', since: row.oldestUnsentAt }
  if (!row.gaps.includes('silent') || row.onDutySince === null) return undefined
  return { row, kind: 'silent', since: silentSince(row.lastSeenAt, row.onDutySince) }
}

const deviceSilent: Watch = {
  key: 'devices.silent',
  title: { zh: '设备失联', en: 'Device silent' },
  owner: 'dutyOfficer',
  async detect(db, now) {
    const { agencyId } = await agencyOf(db)
    const rows = await deviceRows(db, agencyId, now, { unitIds: '*' })
    const byUnit = new Map<string, Gap[]>()
    for (const row of rows) {
      const gap = gapOf(row)
      const unit = row.unitId ?? ''
      if (gap) byUnit.set(unit, [...(byUnit.get(unit) ?? []), gap])
    }
    return [...byUnit]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([unitId, gaps]) =>
        gaps.length > apartMost ? [manyGaps(unitId, gaps, now)] : gaps.map(gap => oneGap(gap, now)),
      )
  },
}

export const watches: readonly Watch[] = [deviceSilent]
