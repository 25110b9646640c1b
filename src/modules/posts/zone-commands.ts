import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import type { InputOf, Problem } from '../../kernel/contract.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import {
  addCamera,
  addZones,
  changeZone,
  changeZoneKind,
  extendZone,
  liftZone,
  openZone,
  type Position,
  postsProblems,
  redrawZone,
  removeCamera,
  type ZoneKind,
} from './contracts.ts'
import { anyOf, needOpenOperation, requireUnits } from './lower.ts'
import { openRing, pointsMost, ringFault } from './polygon.ts'
import type { PostsTables } from './tables.ts'

const on = commandsOn<PostsTables>()
type Tx = CommandTx<PostsTables>
type NewZone = Omit<InputOf<typeof openZone>, 'operationId'>

function checkOrder(name: string, order: { orderNumber: string; approver: string }): void {
  if (order.orderNumber.trim() === '') throw postsProblems.orderNumberNeeded({ name })
  if (order.approver.trim() === '') throw postsProblems.approverNeeded({ name })
}

/** The problem that a fault of an outline means, for commands and for the import of files alike. */
export function outlineProblem(name: string, points: readonly Position[]): Problem | null {
  const fault = ringFault(points)
  if (!fault) return null
  switch (fault.fault) {
    case 'outside':
      return postsProblems.polygonOutside({ name, n: fault.n, lng: fault.lng, lat: fault.lat })
    case 'tooFewPoints':
      return postsProblems.polygonTooFewPoints({ name, points: fault.points })
    case 'tooManyPoints':
      return postsProblems.polygonTooManyPoints({ name, points: fault.points, limit: pointsMost })
    case 'crosses':
      return postsProblems.polygonCrosses({ name, a: fault.a, b: fault.b })
  }
}

function outline(name: string, given: number[][] | null): string | null {
  if (given === null) return null
  // The contract holds each to two numbers; inputs are not made of tuples.
  const points = given as Position[]
  const problem = outlineProblem(name, points)
  if (problem) throw problem
  return JSON.stringify(openRing(points))
}

const before = (a: string, b: string) => Date.parse(a) < Date.parse(b)

async function openZones(
  tx: Tx,
  meta: CommandMeta,
  operationId: string,
  zones: readonly NewZone[],
): Promise<void> {
  await needOpenOperation(tx.db, meta.agency.agencyId, operationId)
  const rows = zones.map(zone => {
    checkOrder(zone.name, zone)
    if (!before(zone.beginsAt, zone.plannedEndAt)) throw postsProblems.endBeforeStart({ name: zone.name })
    return {
      agency_id: meta.agency.agencyId,
      zone_id: zone.zoneId,
      operation_id: operationId,
      name: zone.name,
      kind: zone.kind,
      opened_as: zone.kind,
      order_number: zone.orderNumber.trim(),
      approver: zone.approver.trim(),
      begins_at: zone.beginsAt,
      planned_end_at: zone.plannedEndAt,
      households: zone.households,
      unit_id: zone.unitId,
      polygon: outline(zone.name, zone.polygon),
    }
  })
  await requireUnits(
    tx.db,
    meta,
    zones.map(zone => zone.unitId),
  )
  tx.write(tx.db.insertInto('zone').values(rows))
  tx.write(
    tx.db.insertInto('zone_stage').values(
      zones.map(zone => ({
        agency_id: meta.agency.agencyId,
        zone_id: zone.zoneId,
        n: 1,
        kind: zone.kind,
        at: zone.beginsAt,
        order_number: zone.orderNumber.trim(),
        approver: zone.approver.trim(),
        reason: zone.reason,
      })),
    ),
  )
}

async function zoneOf(tx: Tx, meta: CommandMeta, zoneId: string) {
  const zone = await tx.db
    .selectFrom('zone')
    .select(['name', 'kind', 'begins_at', 'planned_end_at', 'lifted_at'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('zone_id', '=', zoneId)
    .executeTakeFirst()
  if (!zone) throw kernelProblems.missing({ what: '区域' })
  return zone
}

interface Order {
  zoneId: string
  at: string
  orderNumber: string
  approver: string
  reason: string
}

/** Writes the next stage of a zone that is still under measures, and gives the zone as it stood before. */
async function nextStage(
  tx: Tx,
  meta: CommandMeta,
  order: Order,
  kind: (before: ZoneKind) => ZoneKind | 'lifted',
) {
  const zone = await zoneOf(tx, meta, order.zoneId)
  if (zone.lifted_at !== null) throw postsProblems.zoneLifted({ name: zone.name })
  checkOrder(zone.name, order)
  const last = await tx.db
    .selectFrom('zone_stage')
    .select(['n', 'at'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('zone_id', '=', order.zoneId)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last) throw new Error('invariant: a zone has its first stage')
  if (before(order.at, last.at)) throw postsProblems.stageTooEarly({ name: zone.name })
  tx.write(
    tx.db.insertInto('zone_stage').values({
      agency_id: meta.agency.agencyId,
      zone_id: order.zoneId,
      n: last.n + 1,
      kind: kind(zone.kind as ZoneKind),
      at: order.at,
      order_number: order.orderNumber.trim(),
      approver: order.approver.trim(),
      reason: order.reason,
    }),
  )
  return zone
}

type ZoneChange = Partial<{
  name: string
  kind: string
  planned_end_at: string
  lifted_at: string
  households: number | null
  unit_id: string | null
  polygon: string
}>

function updateZone(tx: Tx, meta: CommandMeta, zoneId: string, set: ZoneChange): void {
  tx.write(
    tx.db
      .updateTable('zone')
      .set(set)
      .where('agency_id', '=', meta.agency.agencyId)
      .where('zone_id', '=', zoneId),
    { rows: 1, otherwise: kernelProblems.missing({ what: '区域' }) },
  )
}

const zoneCommands = [
  on(openZone, {
    async handle(tx, { operationId, ...zone }, meta) {
      await openZones(tx, meta, operationId, [zone])
      return {}
    },
  }),

  on(addZones, {
    async handle(tx, input, meta) {
      await openZones(tx, meta, input.operationId, input.zones)
      return {}
    },
  }),

  on(changeZone, {
    async handle(tx, input, meta) {
      await requireUnits(tx.db, meta, [input.unitId])
      const { name, households, unitId } = input
      updateZone(tx, meta, input.zoneId, { name, households, unit_id: unitId })
      return {}
    },
  }),

  on(changeZoneKind, {
    async handle(tx, input, meta) {
      const zone = await nextStage(tx, meta, input, was => {
        if (was === input.kind) throw postsProblems.zoneKindSame()
        return input.kind
      })
      const end = input.plannedEndAt ?? zone.planned_end_at
      if (input.plannedEndAt && !before(input.at, input.plannedEndAt)) {
        throw postsProblems.endBeforeStart({ name: zone.name })
      }
      updateZone(tx, meta, input.zoneId, { kind: input.kind, planned_end_at: end })
      return {}
    },
  }),

  on(extendZone, {
    async handle(tx, input, meta) {
      const zone = await nextStage(tx, meta, input, was => was)
      if (!before(zone.planned_end_at, input.plannedEndAt)) throw postsProblems.endNotLater()
      updateZone(tx, meta, input.zoneId, { planned_end_at: input.plannedEndAt })
      return {}
    },
  }),

  on(liftZone, {
    async handle(tx, input, meta) {
      await nextStage(tx, meta, input, () => 'lifted')
      updateZone(tx, meta, input.zoneId, { lifted_at: input.at })
      return {}
    },
  }),

  on(redrawZone, {
    async handle(tx, input, meta) {
      const zone = await zoneOf(tx, meta, input.zoneId)
      if (zone.lifted_at !== null) throw postsProblems.zoneLifted({ name: zone.name })
      const polygon = outline(zone.name, input.polygon)
      if (polygon !== null) updateZone(tx, meta, input.zoneId, { polygon })
      return {}
    },
  }),
]

const cameraCommands = [
  on(addCamera, {
    async handle(tx, input, meta) {
      await needOpenOperation(tx.db, meta.agency.agencyId, input.operationId)
      if (input.zoneId !== null) await zonesOfOperation(tx, meta, input.operationId, [input.zoneId])
      tx.write(
        tx.db.insertInto('camera').values({
          agency_id: meta.agency.agencyId,
          camera_id: input.cameraId,
          operation_id: input.operationId,
          name: input.name,
          covers: input.covers,
          zone_id: input.zoneId,
          added_on: input.addedOn,
          lng: input.place?.lng ?? null,
          lat: input.place?.lat ?? null,
        }),
      )
      return {}
    },
  }),

  on(removeCamera, {
    async handle(tx, input, meta) {
      const camera = await tx.db
        .selectFrom('camera')
        .select(['name', 'added_on', 'removed_on'])
        .where('agency_id', '=', meta.agency.agencyId)
        .where('camera_id', '=', input.cameraId)
        .executeTakeFirst()
      if (!camera) throw kernelProblems.missing({ what: '监控点' })
      if (camera.removed_on !== null) throw postsProblems.cameraRemoved()
      if (input.removedOn < camera.added_on) throw postsProblems.endBeforeStart({ name: camera.name })
      tx.write(
        tx.db
          .updateTable('camera')
          .set({ removed_on: input.removedOn })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('camera_id', '=', input.cameraId),
        { rows: 1, otherwise: kernelProblems.changedMeanwhile() },
      )
      return {}
    },
  }),
]

/** Refuses zones that do not exist or belong to another operation. */
export async function zonesOfOperation(
  tx: Tx,
  meta: CommandMeta,
  operationId: string,
  zoneIds: readonly string[],
): Promise<void> {
  const wanted = [...new Set(zoneIds)]
  if (wanted.length === 0) return
  const rows = await tx.db
    .selectFrom('zone')
    .select(['zone_id', 'name', 'operation_id'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('zone_id', '=', anyOf(wanted))
    .orderBy('zone_id')
    .execute()
  if (rows.length < wanted.length) throw kernelProblems.missing({ what: '区域' })
  const stranger = rows.find(row => row.operation_id !== operationId)
  if (stranger) throw postsProblems.otherOperation({ name: stranger.name })
}

export const commands = [...zoneCommands, ...cameraCommands]
