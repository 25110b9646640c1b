// Zones, cameras, and what the map shows.
import { z } from 'zod'
import {
  command,
  day,
  everyone,
  id,
  instant,
  listInput,
  orderInput,
  place,
  query,
  staffText,
} from '../../kernel/contract.ts'
import {
  approver,
  commanding,
  count,
  name,
  orderNumber,
  pageOf,
  postKind,
  postState,
  ring,
  zoneKind,
  zoneStageKind,
} from './contracts-words.ts'

const newZone = {
  zoneId: id(),
  name: name(80),
  kind: zoneKind,
  orderNumber: orderNumber(),
  approver: approver(),
  reason: staffText(500).default(''),
  beginsAt: instant(),
  plannedEndAt: instant(),
  households: z.int().min(0).max(1_000_000).nullable().default(null),
  unitId: id().nullable().default(null),
  polygon: ring().nullable().default(null),
}

export const openZone = command({
  name: 'posts.openZone',
  title: { zh: '划定区域', en: 'Open a zone' },
  roles: commanding,
  input: z.strictObject({ operationId: id(), ...newZone }),
})

export const addZones = command({
  name: 'posts.addZones',
  title: { zh: '批量划定区域', en: 'Open several zones' },
  roles: commanding,
  input: z.strictObject({ operationId: id(), zones: z.array(z.strictObject(newZone)).min(1).max(200) }),
})

/** The standing facts of a zone; its kind, end and outline have commands of their own. */
export const changeZone = command({
  name: 'posts.changeZone',
  title: { zh: '修改区域资料', en: 'Change a zone' },
  roles: commanding,
  input: z.strictObject({
    zoneId: id(),
    name: name(80),
    households: z.int().min(0).max(1_000_000).nullable(),
    unitId: id().nullable(),
  }),
})

const order = {
  zoneId: id(),
  /** When the order takes effect. */
  at: instant(),
  orderNumber: orderNumber(),
  approver: approver(),
  reason: staffText(500).min(1),
}

export const changeZoneKind = command({
  name: 'posts.changeZoneKind',
  title: { zh: '调整区域类别', en: 'Change the kind of a zone' },
  roles: commanding,
  input: z.strictObject({ ...order, kind: zoneKind, plannedEndAt: instant().nullable().default(null) }),
})

export const extendZone = command({
  name: 'posts.extendZone',
  title: { zh: '延长区域措施', en: 'Extend a zone' },
  roles: commanding,
  input: z.strictObject({ ...order, plannedEndAt: instant() }),
})

export const liftZone = command({
  name: 'posts.liftZone',
  title: { zh: '解除区域', en: 'Lift a zone' },
  roles: commanding,
  input: z.strictObject(order),
})

export const redrawZone = command({
  name: 'posts.redrawZone',
  title: { zh: '重绘区域边界', en: 'Redraw a zone' },
  roles: commanding,
  input: z.strictObject({ zoneId: id(), polygon: ring() }),
})

const position = z.tuple([z.number(), z.number()])
const zoneRow = z.strictObject({
  zoneId: z.string(),
  operationId: z.string(),
  name: z.string(),
  /** At the instant asked for; null before its first stage. */
  kind: zoneStageKind.nullable(),
  openedAs: zoneKind,
  orderNumber: z.string(),
  approver: z.string(),
  beginsAt: z.string(),
  plannedEndAt: z.string(),
  liftedAt: z.string().nullable(),
  /** Its planned end has passed and nobody has lifted it. */
  overdue: z.boolean(),
  households: z.int().nullable(),
  unitId: z.string().nullable(),
  unitName: z.string().nullable(),
  drawn: z.boolean(),
  posts: count(),
  gates: count(),
})

export const zoneOrders = [
  'name',
  'kind',
  'orderNumber',
  'approver',
  'beginsAt',
  'plannedEndAt',
  'households',
  'gates',
  'unit',
] as const

export const zoneList = query({
  name: 'posts.zones',
  title: { zh: '区域列表', en: 'Zones' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    ...listInput,
    ...orderInput(zoneOrders),
    operationId: id().optional(),
    /** Kind at the instant `at` (now when left out). */
    kind: zoneStageKind.optional(),
    openedAs: zoneKind.optional(),
    overdue: z.boolean().optional(),
    at: instant().optional(),
    /** Only zones that existed at some instant of these duty days. */
    existedFrom: day().optional(),
    existedUntil: day().optional(),
  }),
  output: pageOf(zoneRow),
})

export const zoneDetail = query({
  name: 'posts.zone',
  title: { zh: '区域详情', en: 'Zone' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ zoneId: id(), at: instant().optional() }),
  output: z.strictObject({
    ...zoneRow.shape,
    polygon: z.array(position).nullable(),
    stages: z.array(
      z.strictObject({
        n: z.int(),
        kind: zoneStageKind,
        at: z.string(),
        orderNumber: z.string(),
        approver: z.string(),
        reason: z.string(),
      }),
    ),
    postRows: z.array(
      z.strictObject({
        postId: z.string(),
        code: z.string(),
        name: z.string(),
        kind: postKind,
        state: postState,
      }),
    ),
  }),
})

export const addCamera = command({
  name: 'posts.addCamera',
  title: { zh: '登记监控点', en: 'Add a place with video' },
  roles: commanding,
  input: z.strictObject({
    cameraId: id(),
    operationId: id(),
    name: name(80),
    covers: staffText(300).default(''),
    zoneId: id().nullable().default(null),
    addedOn: day(),
    place: place().nullable().default(null),
  }),
})

export const removeCamera = command({
  name: 'posts.removeCamera',
  title: { zh: '拆除监控点', en: 'Remove a place with video' },
  roles: commanding,
  input: z.strictObject({ cameraId: id(), removedOn: day() }),
})

export const cameraList = query({
  name: 'posts.cameras',
  title: { zh: '监控点列表', en: 'Places with video' },
  roles: [...everyone, 'system'],
  input: z.strictObject({
    ...listInput,
    operationId: id().optional(),
    zoneId: id().optional(),
    addedFrom: day().optional(),
    addedUntil: day().optional(),
  }),
  output: pageOf(
    z.strictObject({
      cameraId: z.string(),
      name: z.string(),
      covers: z.string(),
      zoneId: z.string().nullable(),
      zoneName: z.string().nullable(),
      addedOn: z.string(),
      removedOn: z.string().nullable(),
      lng: z.number().nullable(),
      lat: z.number().nullable(),
    }),
  ),
})

export const mapAt = query({
  name: 'posts.map',
  title: { zh: '部署图', en: 'Map' },
  roles: [...everyone, 'system'],
  input: z.strictObject({ operationId: id(), at: instant().optional() }),
  output: z.strictObject({
    at: z.string(),
    day: z.string(),
    zones: z.array(
      z.strictObject({
        zoneId: z.string(),
        name: z.string(),
        kind: zoneStageKind,
        plannedEndAt: z.string(),
        overdue: z.boolean(),
        polygon: z.array(position).nullable(),
      }),
    ),
    posts: z.array(
      z.strictObject({
        postId: z.string(),
        code: z.string(),
        name: z.string(),
        kind: postKind,
        state: postState,
        zoneId: z.string().nullable(),
        /** The site of a sampling round of that duty day. */
        sampling: z.boolean(),
        lng: z.number().nullable(),
        lat: z.number().nullable(),
      }),
    ),
    cameras: z.array(
      z.strictObject({
        cameraId: z.string(),
        name: z.string(),
        lng: z.number().nullable(),
        lat: z.number().nullable(),
      }),
    ),
  }),
})
