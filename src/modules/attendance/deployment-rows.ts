// Deployments of a span: what the figures of effort count, and the records behind them, by one and the same reading.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { postsByIds, type PostOfOperation, zonesFor } from '../posts/index.ts'

export interface DeploymentFilter {
  kinds?: readonly string[] | undefined
  zoneKinds?: readonly string[] | undefined
}

export interface Deployment {
  presenceId: string
  officerId: string
  post: PostOfOperation
  day: string
  patternId: string
  band: string
  begins: string
  ends: string
}

/** Posts with presences in the span that the filter takes; the zone is judged by what it was opened as. */
async function postsTaken(
  db: Kysely<AnyTables>,
  agencyId: string,
  from: string,
  until: string,
  { kinds, zoneKinds }: DeploymentFilter,
): Promise<Map<string, PostOfOperation>> {
  const { rows } = await sql<{ post_id: string }>`
    select distinct post_id from presence where agency_id = ${agencyId}::uuid and voided_at is null
      and day between ${from}::date and ${until}::date order by post_id`.execute(db)
  const posts = await postsByIds(
    db,
    agencyId,
    rows.map(row => row.post_id),
  )
  if (!kinds && !zoneKinds) return posts
  const zoneKind = new Map<string, string>()
  for (const operationId of new Set([...posts.values()].map(post => post.operationId))) {
    for (const zone of await zonesFor(db, agencyId, operationId)) zoneKind.set(zone.zoneId, zone.openedAs)
  }
  return new Map(
    [...posts].filter(([, post]) => {
      const zone = post.zoneId ? (zoneKind.get(post.zoneId) ?? '') : ''
      return kinds?.includes(post.kind) || zoneKinds?.includes(zone)
    }),
  )
}

const within = (agencyId: string, from: string, until: string, postIds: readonly string[]) => sql`
  agency_id = ${agencyId}::uuid and voided_at is null and day between ${from}::date and ${until}::date
    and post_id = any (${[...postIds]}::uuid[])`

/** How many bands were worked. */
export async function deploymentCount(
  db: Kysely<AnyTables>,
  agencyId: string,
  from: string,
  until: string,
  filter: DeploymentFilter = {},
): Promise<number> {
  const posts = await postsTaken(db, agencyId, from, until, filter)
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from presence where ${within(agencyId, from, until, [...posts.keys()])}`.execute(db)
  return Number(rows[0]?.n ?? 0)
}

export async function deploymentPage(
  db: Kysely<AnyTables>,
  agencyId: string,
  asked: { from: string; until: string; offset: number; limit: number } & DeploymentFilter,
): Promise<{ total: number; rows: Deployment[] }> {
  const { from, until, offset, limit } = asked
  const posts = await postsTaken(db, agencyId, from, until, asked)
  const { rows } = await sql<{
    presence_id: string
    officer_id: string
    post_id: string
    day: string
    pattern_id: string
    band: string
    begins: string
    ends: string
  }>`
    select presence_id, officer_id, post_id, day, pattern_id, band, lower(period) as begins, upper(period) as ends
    from presence where ${within(agencyId, from, until, [...posts.keys()])}
    order by lower(period), presence_id offset ${offset}::int limit ${limit}::int`.execute(db)
  const total = await deploymentCount(db, agencyId, from, until, asked)
  return {
    total,
    rows: rows.flatMap(row => {
      const post = posts.get(row.post_id)
      if (!post) return []
      return [
        {
          presenceId: row.presence_id,
          officerId: row.officer_id,
          post,
          day: row.day,
          patternId: row.pattern_id,
          band: row.band,
          begins: row.begins,
          ends: row.ends,
        },
      ]
    }),
  }
}
