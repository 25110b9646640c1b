// What is on the map at an instant: zones with their measures, posts in use, cameras. The situation reads it too.
import { sql } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import type { Position, PostKind, PostState, ZoneKind } from './contracts.ts'
import type { PostsDb } from './lower.ts'

export type StageKind = ZoneKind | 'lifted'

/** The kind of a zone at an instant is that of its last stage until then; before its first stage there is none. */
export const kindAt = (at: string) => sql<StageKind | null>`(select s.kind from zone_stage s
  where s.agency_id = zone.agency_id and s.zone_id = zone.zone_id and s.at <= ${at}::timestamptz
  order by s.n desc limit 1)`

export const overdueAt = (at: string) =>
  sql<boolean>`coalesce(${kindAt(at)} <> 'lifted' and zone.planned_end_at < ${at}::timestamptz, false)`

export function zonesAt(db: PostsDb, agencyId: string) {
  return db.selectFrom('zone').where('zone.agency_id', '=', agencyId)
}

export async function groundAt(
  db: PostsDb,
  agency: Pick<AgencySettings, 'agencyId' | 'timeZone' | 'handOverMinute'>,
  operationId: string,
  at: string,
) {
  const day = dutyDayOf(agency, at)
  const [zones, posts, cameras] = await Promise.all([
    zonesOn(db, agency.agencyId, operationId, at),
    postsOn(db, agency.agencyId, operationId, day),
    camerasOn(db, agency.agencyId, operationId, day),
  ])
  return { day, zones, posts, cameras }
}

async function zonesOn(db: PostsDb, agencyId: string, operationId: string, at: string) {
  const rows = await zonesAt(db, agencyId)
    .where('operation_id', '=', operationId)
    .select(['zone_id', 'name', 'planned_end_at', 'polygon', 'unit_id'])
    .select(kindAt(at).as('kind_at'))
    .select(overdueAt(at).as('overdue'))
    .orderBy('name')
    .orderBy('zone_id')
    .execute()
  return rows.flatMap(row =>
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
            unitId: row.unit_id,
          },
        ],
  )
}

async function postsOn(db: PostsDb, agencyId: string, operationId: string, day: string) {
  const posts = await db
    .selectFrom('post')
    .select(['post_id as postId', 'code', 'name', 'kind', 'state', 'zone_id as zoneId', 'lng', 'lat'])
    .select('unit_id as unitId')
    .select(
      sql<boolean>`exists (select from round_site rs join sampling_round r
        on r.agency_id = rs.agency_id and r.round_id = rs.round_id
        where rs.agency_id = post.agency_id and rs.post_id = post.post_id and r.day = ${day}::date)`.as(
        'sampling',
      ),
    )
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .where(({ or, eb }) => or([eb('opens_on', 'is', null), eb('opens_on', '<=', day)]))
    .where(({ or, eb }) => or([eb('closes_on', 'is', null), eb('closes_on', '>=', day)]))
    .where(({ or, and, eb }) => or([eb('state', '<>', 'closed'), and([eb('closes_on', 'is not', null)])]))
    .orderBy('code')
    .orderBy('post_id')
    .execute()
  return posts.map(post => ({ ...post, kind: post.kind as PostKind, state: post.state as PostState }))
}

function camerasOn(db: PostsDb, agencyId: string, operationId: string, day: string) {
  return db
    .selectFrom('camera')
    .select(['camera_id as cameraId', 'name', 'lng', 'lat', 'zone_id as zoneId'])
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .where('added_on', '<=', day)
    .where(({ or, eb }) => or([eb('removed_on', 'is', null), eb('removed_on', '>', day)]))
    .orderBy('name')
    .orderBy('camera_id')
    .execute()
}
