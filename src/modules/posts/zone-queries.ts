import { sql } from 'kysely'
import { kernelProblems } from '../../kernel/problem.ts'
import { queriesOn } from '../../kernel/query.ts'
import { dutyDayOf, spanOf } from '../../kernel/time.ts'
import {
  cameraList,
  mapAt,
  type Position,
  type PostKind,
  type PostState,
  zoneDetail,
  zoneKinds,
  type ZoneKind,
  zoneList,
  type zoneOrders,
} from './contracts.ts'
import { type PostsDb, unitsOf } from './lower.ts'
import { existedIn } from './existed.ts'
import { groundAt, kindAt, overdueAt, type StageKind, zonesAt } from './ground-at.ts'
import type { PostsTables } from './tables.ts'

const on = queriesOn<PostsTables>()
function zoneColumns(query: ReturnType<typeof zonesAt>, at: string) {
  return query
    .selectAll('zone')
    .select(kindAt(at).as('kind_at'))
    .select(overdueAt(at).as('overdue'))
    .select(({ selectFrom }) => [
      selectFrom('post')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .whereRef('post.agency_id', '=', 'zone.agency_id')
        .whereRef('post.zone_id', '=', 'zone.zone_id')
        .where('post.state', '<>', 'closed')
        .as('posts'),
      selectFrom('post')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .whereRef('post.agency_id', '=', 'zone.agency_id')
        .whereRef('post.zone_id', '=', 'zone.zone_id')
        .where('post.kind', '=', 'zoneGate')
        .where('post.state', '=', 'active')
        .as('gates'),
    ])
}

type ZoneRow = Awaited<ReturnType<ReturnType<typeof zoneColumns>['execute']>>[number]
type Units = Awaited<ReturnType<typeof unitsOf>>

function zoneAnswer(row: ZoneRow, units: Units) {
  return {
    zoneId: row.zone_id,
    operationId: row.operation_id,
    name: row.name,
    kind: row.kind_at,
    openedAs: row.opened_as as ZoneKind,
    orderNumber: row.order_number,
    approver: row.approver,
    beginsAt: row.begins_at,
    plannedEndAt: row.planned_end_at,
    liftedAt: row.lifted_at,
    overdue: row.overdue,
    households: row.households,
    unitId: row.unit_id,
    unitName: row.unit_id === null ? null : (units.get(row.unit_id)?.shortName ?? null),
    drawn: row.polygon !== null,
    posts: row.posts ?? 0,
    gates: row.gates ?? 0,
  }
}

type Order = (typeof zoneOrders)[number]
const orderOf = (order: Order, at: string, units: Units) =>
  ({
    name: sql`zone.name`,
    kind: sql`array_position(${[...zoneKinds, 'lifted']}::text[], ${kindAt(at)})`,
    orderNumber: sql`zone.order_number`,
    approver: sql`zone.approver`,
    beginsAt: sql`zone.begins_at`,
    plannedEndAt: sql`coalesce(zone.lifted_at, zone.planned_end_at)`,
    households: sql`coalesce(zone.households, -1)`,
    gates: sql`gates`,
    unit: sql`array_position(${[...units.keys()]}::uuid[], zone.unit_id)`,
  })[order]

const list = on(zoneList, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const at = input.at ?? meta.now
    let found = zonesAt(db, agencyId)
    if (input.operationId) found = found.where('operation_id', '=', input.operationId)
    if (input.openedAs) found = found.where('opened_as', '=', input.openedAs)
    if (input.kind) found = found.where(sql<boolean>`${kindAt(at)} = ${input.kind}`)
    if (input.overdue !== undefined) found = found.where(sql<boolean>`${overdueAt(at)} = ${input.overdue}`)
    const from = input.existedFrom ?? input.existedUntil
    const until = input.existedUntil ?? input.existedFrom
    if (from && until) found = found.where(existedIn(spanOf(meta.agency, from, until)))
    const search = input.search?.trim()
    if (search) found = found.where(sql<boolean>`strpos(name || ' ' || order_number, ${search}) > 0`)
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const units = await unitsOf(db, agencyId)
    const rows = await zoneColumns(found, at)
      .$if(input.order !== undefined, all =>
        all.orderBy(orderOf(input.order ?? 'name', at, units), input.descending ? 'desc' : 'asc'),
      )
      .orderBy('zone.begins_at')
      .orderBy('zone.name')
      .orderBy('zone.zone_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    return { total, rows: rows.map(row => zoneAnswer(row, units)) }
  },
})

const detail = on(zoneDetail, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const row = await zoneColumns(
      zonesAt(db, agencyId).where('zone.zone_id', '=', input.zoneId),
      input.at ?? meta.now,
    ).executeTakeFirst()
    if (!row) throw kernelProblems.missing({ what: '区域' })
    const stages = await db
      .selectFrom('zone_stage')
      .select(['n', 'kind', 'at', 'order_number as orderNumber', 'approver', 'reason'])
      .where('agency_id', '=', agencyId)
      .where('zone_id', '=', input.zoneId)
      .orderBy('n')
      .execute()
    const posts = await db
      .selectFrom('post')
      .select(['post_id as postId', 'code', 'name', 'kind', 'state'])
      .where('agency_id', '=', agencyId)
      .where('zone_id', '=', input.zoneId)
      .orderBy('code')
      .orderBy('post_id')
      .execute()
    return {
      ...zoneAnswer(row, await unitsOf(db, agencyId)),
      polygon: row.polygon as Position[] | null,
      stages: stages.map(stage => ({ ...stage, kind: stage.kind as StageKind })),
      postRows: posts.map(post => ({
        ...post,
        kind: post.kind as PostKind,
        state: post.state as PostState,
      })),
    }
  },
})

const cameras = on(cameraList, {
  async run(db, input, meta) {
    let found = db
      .selectFrom('camera')
      .leftJoin('zone', join =>
        join.onRef('zone.agency_id', '=', 'camera.agency_id').onRef('zone.zone_id', '=', 'camera.zone_id'),
      )
      .where('camera.agency_id', '=', meta.agency.agencyId)
    if (input.operationId) found = found.where('camera.operation_id', '=', input.operationId)
    if (input.zoneId) found = found.where('camera.zone_id', '=', input.zoneId)
    if (input.addedFrom) found = found.where('camera.added_on', '>=', input.addedFrom)
    if (input.addedUntil) found = found.where('camera.added_on', '<=', input.addedUntil)
    const search = input.search?.trim()
    if (search) found = found.where(sql<boolean>`strpos(camera.name || ' ' || camera.covers, ${search}) > 0`)
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await found
      .select([
        'camera.camera_id as cameraId',
        'camera.name',
        'camera.covers',
        'camera.zone_id as zoneId',
        'zone.name as zoneName',
        'camera.added_on as addedOn',
        'camera.removed_on as removedOn',
        'camera.lng',
        'camera.lat',
      ])
      .orderBy('camera.added_on')
      .orderBy('camera.name')
      .orderBy('camera.camera_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    return { total, rows }
  },
})

const map = on(mapAt, {
  async run(db, input, meta) {
    const at = input.at ?? meta.now
    const { day, zones, posts, cameras } = await groundAt(db, meta.agency, input.operationId, at)
    return {
      at,
      day,
      zones: zones.map(({ unitId: _unitId, ...zone }) => zone),
      posts: posts.map(({ unitId: _unitId, ...post }) => post),
      cameras: cameras.map(({ zoneId: _zoneId, ...camera }) => camera),
    }
  },
})

export const queries = [list, detail, cameras, map]
