// Phones of the bureau: heard of when, holding what, revoked by whom. What the page, the phone and the server share.
import { z } from 'zod'
import {
  type Both,
  command,
  everyone,
  id,
  listInput,
  orderInput,
  problems,
  query,
  staffText,
} from '../../kernel/contract.ts'

/** Who may take any device of the bureau, or of his units, out of use. */
export const revokers = ['administrator', 'commander', 'dutyOfficer', 'unitLeader'] as const

/**
 * So long nothing was heard of a device whose holder is checked in. A phone in a pocket is silent; at a post somebody is
 * checked, relieved or told something well within an hour and a half. After twice that it is red.
 */
export const silentMinutes = 90
/** Older than this, what waits on a phone is no longer one bad corner of the street. After twice that it is red. */
export const unsentMinutes = 30

export const gapKinds = ['silent', 'unsent'] as const
export type GapKind = (typeof gapKinds)[number]
export const gapTitles: Record<GapKind, Both> = {
  silent: { zh: '在岗失联', en: 'Silent on duty' },
  unsent: { zh: '积压未报', en: 'Entries wait' },
}

export const deviceStates = ['inUse', 'revoked', 'wiped'] as const
export type DeviceState = (typeof deviceStates)[number]
export const deviceStateTitles: Record<DeviceState, Both> = {
  inUse: { zh: '使用中', en: 'In use' },
  revoked: { zh: '已停用，未清除', en: 'Revoked, not wiped yet' },
  wiped: { zh: '已停用，已清除', en: 'Revoked and wiped' },
}

const why = () => staffText(200).min(2)

export const revoke = command({
  name: 'devices.revoke',
  title: { zh: '停用设备', en: 'Revoke a device' },
  // Everybody his own: whoever loses a phone at night must not look for a leader first.
  roles: everyone,
  input: z.strictObject({ deviceId: id(), accountId: id(), why: why() }),
})

export const restore = command({
  name: 'devices.restore',
  title: { zh: '恢复设备', en: 'Restore a device' },
  roles: revokers,
  input: z.strictObject({ deviceId: id(), accountId: id(), why: why() }),
})

export const deviceRow = z.strictObject({
  /** Of device and account together. */
  key: z.string(),
  deviceId: z.string(),
  accountId: z.string(),
  name: z.string(),
  unitId: z.string().nullable(),
  unitName: z.string(),
  /** '' where nothing is known of it. */
  platform: z.string(),
  appVersion: z.string(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  unsent: z.int(),
  oldestUnsentAt: z.string().nullable(),
  acknowledged: z.int(),
  /** Checked in since; null: is nowhere now. */
  onDutySince: z.string().nullable(),
  gaps: z.array(z.enum(gapKinds)),
  state: z.enum(deviceStates),
  revokedAt: z.string().nullable(),
  revokedBy: z.string().nullable(),
  why: z.string().nullable(),
  wipedAt: z.string().nullable(),
})
export type DeviceRow = z.output<typeof deviceRow>

export const deviceFilters = ['silent', 'unsent', 'gap', 'oldVersion', 'revoked'] as const
export type DeviceFilter = (typeof deviceFilters)[number]

export const deviceOrders = ['name', 'unit', 'platform', 'version', 'lastSeen', 'unsent', 'oldest'] as const

export const deviceList = query({
  name: 'devices.list',
  title: { zh: '设备', en: 'Devices' },
  roles: revokers,
  input: z.strictObject({
    ...listInput,
    ...orderInput(deviceOrders),
    only: z.array(z.enum(deviceFilters)).max(deviceFilters.length).optional(),
    /** The version of the pages that ask: any other is an old one. */
    version: z.string().max(40).optional(),
  }),
  output: z.strictObject({ total: z.int(), rows: z.array(deviceRow) }),
})

export const myDevices = query({
  name: 'devices.mine',
  title: { zh: '我的设备', en: 'My devices' },
  roles: everyone,
  input: z.strictObject({}),
  output: z.strictObject({ rows: z.array(deviceRow) }),
})

export const devicesProblems = problems('devices', {
  notYours: {
    status: 403,
    zh: '此设备的使用人不在您的管辖范围内。',
    en: 'The holder of this device is outside your units.',
    doZh: '请联系其单位负责人或指挥中心。',
    doEn: 'Ask the leader of that unit or the command centre.',
  },
  alreadyRevoked: {
    status: 409,
    zh: '此设备已停用。',
    en: 'This device has been revoked already.',
    doZh: '无须重复操作。',
    doEn: 'Nothing is left to do.',
  },
  notRevoked: {
    status: 409,
    zh: '此设备未停用，无须恢复。',
    en: 'This device is not revoked.',
    doZh: '请刷新列表后查看。',
    doEn: 'Look at the list again.',
  },
})
