// What higher modules may read: posts, zones, patterns, and demand resolved to duty days.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Band } from './contracts-demand.ts'
import { type DayDemand, type DayDemandOfLines, type DemandLine, expandDemand } from './expand.ts'
import type {
  DemandSkill,
  partnerKinds,
  PatternKind,
  Position,
  PostKind,
  PostState,
  ZoneKind,
} from './contracts-words.ts'
import { anyOf, postsDb as own } from './lower.ts'

type Db = Kysely<AnyTables>
type PartnerKind = (typeof partnerKinds)[number]

/**
 * Lines of demand that are not withdrawn, as they stand in the books, for the posts of an operation (or some of
 * them). `demandFor` resolves them; pages that change lines need them as they are.
 */
export async function linesOf(
  db: Db,
  agencyId: string,
  choice: { operationId?: string; postIds?: readonly string[] },
): Promise<DemandLine[]> {
  let found = own(db)
    .selectFrom('demand')
    .innerJoin('post', join =>
      join.onRef('post.agency_id', '=', 'demand.agency_id').onRef('post.post_id', '=', 'demand.post_id'),
    )
    .leftJoin('sampling_round as round', join =>
      join.onRef('round.agency_id', '=', 'demand.agency_id').onRef('round.round_id', '=', 'demand.round_id'),
    )
    .where('demand.agency_id', '=', agencyId)
    .where('demand.withdrawn', '=', false)
  if (choice.operationId) found = found.where('post.operation_id', '=', choice.operationId)
  if (choice.postIds) {
    const postIds = [...choice.postIds]
    found = found.where('demand.post_id', '=', anyOf(postIds))
  }
  const rows = await found
    .select([
      'demand.demand_id as demandId',
      'demand.post_id as postId',
      'demand.pattern_id as patternId',
      'demand.bands',
      'demand.skill',
      'demand.heads',
      'demand.priority',
      'demand.begins_on as beginsOn',
      'demand.ends_on as endsOn',
      'demand.weekdays',
      'round.day as roundDay',
    ])
    .orderBy('demand.post_id')
    .orderBy('demand.demand_id')
    .execute()
  return rows.map(row => ({ ...row, skill: row.skill as DemandSkill | null }))
}

/** As `demandFor`, with the lines that each entry came from. */
export async function demandWithLines(
  db: Db,
  agencyId: string,
  operationId: string,
  fromDay: string,
  untilDay: string,
  postIds?: readonly string[],
): Promise<DayDemandOfLines[]> {
  const lines = await linesOf(db, agencyId, { operationId, postIds })
  const posts = await postsFor(db, agencyId, operationId)
  return expandDemand(lines, posts, fromDay, untilDay)
}

/** What every post of the operation in use needs, per duty day and band; weekdays and rounds are resolved. */
export async function demandFor(
  db: Db,
  agencyId: string,
  operationId: string,
  fromDay: string,
  untilDay: string,
): Promise<DayDemand[]> {
  const entries = await demandWithLines(db, agencyId, operationId, fromDay, untilDay)
  // Written out, because taking one field off ten thousand entries with a rest pattern costs six times this.
  return entries.map(({ postId, day, patternId, band, skill, heads, priority }) => ({
    postId,
    day,
    patternId,
    band,
    skill,
    heads,
    priority,
  }))
}

export interface Pattern {
  patternId: string
  name: string
  kind: PatternKind
  /** In the order of the duty day. */
  bands: Band[]
  /** Two bands of one officer's day must adjoin. */
  adjoining: boolean
  active: boolean
}

/** Every pattern of the agency, retired ones too, because published rosters were cut by them. */
export async function patternsOf(db: Db, agencyId: string): Promise<Pattern[]> {
  const rows = await own(db)
    .selectFrom('shift_pattern')
    .select(['pattern_id', 'name', 'kind', 'bands', 'adjoining', 'active'])
    .where('agency_id', '=', agencyId)
    .orderBy('name')
    .orderBy('pattern_id')
    .execute()
  return rows.map(row => ({
    patternId: row.pattern_id,
    name: row.name,
    kind: row.kind as PatternKind,
    bands: row.bands as Band[],
    adjoining: row.adjoining,
    active: row.active,
  }))
}

export interface PostForRoster {
  postId: string
  code: string
  name: string
  kind: PostKind
  zoneId: string | null
  unitId: string
  lng: number | null
  lat: number | null
  closedLoop: boolean
  state: PostState
  opensOn: string | null
  closesOn: string | null
}

export async function postsFor(db: Db, agencyId: string, operationId: string): Promise<PostForRoster[]> {
  const rows = await own(db)
    .selectFrom('post')
    .select([
      'post_id as postId',
      'code',
      'name',
      'kind',
      'zone_id as zoneId',
      'unit_id as unitId',
      'lng',
      'lat',
      'closed_loop as closedLoop',
      'state',
      'opens_on as opensOn',
      'closes_on as closesOn',
    ])
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .orderBy('code')
    .orderBy('post_id')
    .execute()
  return rows.map(row => ({ ...row, kind: row.kind as PostKind, state: row.state as PostState }))
}

/** What a sheet of paper says of a post beside who stands there. */
export interface PostOnPaper {
  address: string
  equipment: string
  contactName: string
  /** The number itself is sealed; `posts.contactPhones` opens it with a purpose. */
  hasContactPhone: boolean
  /** In each band, by kind. */
  partnersExpected: Partial<Record<PartnerKind, number>>
}

/** By post. Apart from `postsFor`, which every board and measure reads and which must stay small. */
export async function postsOnPaper(
  db: Db,
  agencyId: string,
  operationId: string,
): Promise<Map<string, PostOnPaper>> {
  const rows = await own(db)
    .selectFrom('post')
    .select([
      'post_id as postId',
      'address',
      'equipment',
      'contact_name as contactName',
      'partners_expected as partnersExpected',
    ])
    .select(eb => eb('contact_phone', 'is not', null).as('hasContactPhone'))
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .orderBy('post_id')
    .execute()
  return new Map(
    rows.map(({ postId, hasContactPhone, partnersExpected, ...row }) => [
      postId,
      {
        ...row,
        hasContactPhone: Boolean(hasContactPhone),
        partnersExpected: partnersExpected as PostOnPaper['partnersExpected'],
      },
    ]),
  )
}

export interface ZoneForRoster {
  zoneId: string
  name: string
  /** As last ordered; a lifted zone keeps its last kind and has `liftedAt`. */
  kind: ZoneKind
  openedAs: ZoneKind
  beginsAt: string
  plannedEndAt: string
  liftedAt: string | null
  unitId: string | null
  /** Outer ring in WGS-84, the first point not repeated. */
  polygon: Position[] | null
}

export async function zonesFor(db: Db, agencyId: string, operationId: string): Promise<ZoneForRoster[]> {
  const rows = await own(db)
    .selectFrom('zone')
    .select([
      'zone_id as zoneId',
      'name',
      'kind',
      'opened_as as openedAs',
      'begins_at as beginsAt',
      'planned_end_at as plannedEndAt',
      'lifted_at as liftedAt',
      'unit_id as unitId',
      'polygon',
    ])
    .where('agency_id', '=', agencyId)
    .where('operation_id', '=', operationId)
    .orderBy('name')
    .orderBy('zone_id')
    .execute()
  return rows.map(row => ({
    ...row,
    kind: row.kind as ZoneKind,
    openedAs: row.openedAs as ZoneKind,
    polygon: row.polygon as Position[] | null,
  }))
}

export interface PostOfOperation extends PostForRoster {
  operationId: string
  address: string
}

/** Some posts by id, of whatever operation; one that is not there is not in the map. */
export async function postsByIds(
  db: Db,
  agencyId: string,
  postIds: readonly string[],
): Promise<Map<string, PostOfOperation>> {
  if (postIds.length === 0) return new Map()
  const rows = await rowsOfPosts(db, agencyId, postIds)
  return new Map(rows.map(row => [row.postId, row]))
}

/** Every post of the agency, of whatever operation and state. */
export const postsOfAgency = (db: Db, agencyId: string): Promise<PostOfOperation[]> =>
  rowsOfPosts(db, agencyId, null)

async function rowsOfPosts(
  db: Db,
  agencyId: string,
  postIds: readonly string[] | null,
): Promise<PostOfOperation[]> {
  let found = own(db).selectFrom('post').where('agency_id', '=', agencyId)
  if (postIds) found = found.where('post_id', '=', anyOf([...new Set(postIds)]))
  const rows = await found
    .select([
      'post_id as postId',
      'operation_id as operationId',
      'code',
      'name',
      'kind',
      'zone_id as zoneId',
      'unit_id as unitId',
      'address',
      'lng',
      'lat',
      'closed_loop as closedLoop',
      'state',
      'opens_on as opensOn',
      'closes_on as closesOn',
    ])
    .orderBy('post_id')
    .execute()
  return rows.map(row => ({ ...row, kind: row.kind as PostKind, state: row.state as PostState }))
}
