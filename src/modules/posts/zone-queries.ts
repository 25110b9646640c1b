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
  type ZoneKind,
  zoneList,
} from './contracts.ts'
import { type PostsDb, unitsOf } from './lower.ts'
import { existedIn } from './existed.ts'
import type { PostsTables } from './tables.ts'

const on = queriesOn<PostsTables>()
type StageKind = ZoneKind | 'lifted'

/** The kind of a zone at an instant is that of its last stage until then; before its first stage there is none. */
const kindAt = (at: string) => sql<StageKind | null>`(select s.kind from zone_stage s
  where s.agency_id = zone.agency_id and s.zone_id = zone.zone_id and s.at <= ${at}::timestamptz
  order by s.n desc limit 1)`

const overdueAt = (at: string) =>
  sql<boolean>`coalesce(${kindAt(at)} <> 'lifted' and zone.planned_end_at < ${at}::timestamptz, false)`

function zonesAt(db: PostsDb, agencyId: string) {
  return db.selectFrom('zone').where('zone.agency_id', '=', agencyId)
}

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
    const rows = await zoneColumns(found, at)
      .orderBy('zone.begins_at')
      .orderBy('zone.name')
      .orderBy('zone.zone_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    const units = await unitsOf(db, agencyId)
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
    const { agencyId } = meta.agency
    const at = input.at ?? meta.now
    const day = dutyDayOf(meta.agency, at)
    const zones = await zonesAt(db, agencyId)
      .where('operation_id', '=', input.operationId)
      .select(['zone_id', 'name', 'planned_end_at', 'polygon'])
      .select(kindAt(at).as('kind_at'))
      .select(overdueAt(at).as('overdue'))
      .orderBy('name')
      .orderBy('zone_id')
      .execute()
    const posts = await db
      .selectFrom('post')
      .select(['post_id as postId', 'code', 'name', 'kind', 'state', 'zone_id as zoneId', 'lng', 'lat'])
      .select(
        sql<boolean>`exists (select from round_site rs join sampling_round r
          on r.agency_id = rs.agency_id and r.round_id = rs.round_id
          where rs.agency_id = post.agency_id and rs.post_id = post.post_id and r.day = ${day}::date)`.as(
          'sampling',
        ),
      )
      .where('agency_id', '=', agencyId)
      .where('operation_id', '=', input.operationId)
      .where(({ or, eb }) => or([eb('opens_on', 'is', null), eb('opens_on', '<=', day)]))
      .where(({ or, eb }) => or([eb('closes_on', 'is', null), eb('closes_on', '>=', day)]))
      .where(({ or, and, eb }) => or([eb('state', '<>', 'closed'), and([eb('closes_on', 'is not', null)])]))
      .orderBy('code')
      .orderBy('post_id')
      .execute()
    const cameras = await db
      .selectFrom('camera')
      .select(['camera_id as cameraId', 'name', 'lng', 'lat'])
      .where('agency_id', '=', agencyId)
      .where('operation_id', '=', input.operationId)
      .where('added_on', '<=', day)
      .where(({ or, eb }) => or([eb('removed_on', 'is', null), eb('removed_on', '>', day)]))
      .orderBy('name')
      .orderBy('camera_id')
      .execute()
    return {
      at,
      day,
      zones: zones.flatMap(row =>
        row.kind_at === null
          ? []
          : [
              {
                zoneId: row.zone_id,
                name: row.name,
                kind: row.kind_at,
                plannedEndAt: row.planned_end_at,
                overdue: row.overdue,
                polygon: row.polygon as Position[] | null,
              },
            ],
      ),
      posts: posts.map(post => ({
        ...post,
        kind: post.kind as PostKind,
        state: post.state as PostState,
      })),
      cameras,
    }
  },
})

export const queries = [list, detail, cameras, map]
