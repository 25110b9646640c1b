// Which sites work in which rounds, for the modules above.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { anyOf, postsDb as own } from './lower.ts'

export interface RoundSite {
  roundId: string
  operationId: string
  n: number
  name: string
  day: string
  postId: string
  lanes: number
}

export interface RoundChoice {
  operationId?: string | undefined
  roundId?: string | undefined
  day?: string | undefined
  postIds?: readonly string[] | undefined
}

/** By round and site, in the order of the rounds and of the sites' codes. */
export async function roundSites(
  db: Kysely<AnyTables>,
  agencyId: string,
  choice: RoundChoice,
): Promise<RoundSite[]> {
  let found = own(db)
    .selectFrom('round_site as s')
    .innerJoin('sampling_round as r', join =>
      join.onRef('r.agency_id', '=', 's.agency_id').onRef('r.round_id', '=', 's.round_id'),
    )
    .innerJoin('post as p', join =>
      join.onRef('p.agency_id', '=', 's.agency_id').onRef('p.post_id', '=', 's.post_id'),
    )
    .where('s.agency_id', '=', agencyId)
  if (choice.operationId) found = found.where('r.operation_id', '=', choice.operationId)
  if (choice.roundId) found = found.where('s.round_id', '=', choice.roundId)
  if (choice.day) found = found.where('r.day', '=', choice.day)
  if (choice.postIds) found = found.where('s.post_id', '=', anyOf([...choice.postIds]))
  return found
    .select(['r.round_id as roundId', 'r.operation_id as operationId', 'r.n', 'r.name', 'r.day'])
    .select(['s.post_id as postId', 's.lanes'])
    .orderBy('r.day')
    .orderBy('r.n')
    .orderBy('r.round_id')
    .orderBy('p.code')
    .orderBy('s.post_id')
    .execute()
}

/** Whether a site works in a round: one look, for a fact that is stated thousands of times a day. */
export async function isInRound(
  db: Kysely<AnyTables>,
  agencyId: string,
  roundId: string,
  postId: string,
): Promise<boolean> {
  const row = await own(db)
    .selectFrom('round_site')
    .select(sql<number>`1`.as('one'))
    .where('agency_id', '=', agencyId)
    .where('round_id', '=', roundId)
    .where('post_id', '=', postId)
    .executeTakeFirst()
  return row !== undefined
}
