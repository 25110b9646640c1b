import { type SqlBool, sql } from 'kysely'
import type { InputOf } from '../../kernel/contract.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { queriesOn } from '../../kernel/query.ts'
import {
  contactPhones,
  type PostKind,
  type PostState,
  partnerKinds,
  postDetail,
  postKinds,
  postList,
  postStates,
  roundDetail,
  roundList,
} from './contracts.ts'
import { inUseIn, sampledIn } from './existed.ts'
import { anyOf, type PostsDb, unitsOf } from './lower.ts'
import type { PostsTables } from './tables.ts'

const on = queriesOn<PostsTables>()
type Units = Awaited<ReturnType<typeof unitsOf>>

const demandLines = sql<number>`(select count(*) from demand d
  where d.agency_id = post.agency_id and d.post_id = post.post_id and not d.withdrawn)`

function postsIn(db: PostsDb, agencyId: string) {
  return db
    .selectFrom('post')
    .leftJoin('zone', join =>
      join.onRef('zone.agency_id', '=', 'post.agency_id').onRef('zone.zone_id', '=', 'post.zone_id'),
    )
    .where('post.agency_id', '=', agencyId)
}

type Choice = Omit<InputOf<typeof postList>, 'offset' | 'limit' | 'order' | 'descending'>

function choose(db: PostsDb, agencyId: string, choice: Choice) {
  let found = postsIn(db, agencyId)
  if (choice.operationId) found = found.where('post.operation_id', '=', choice.operationId)
  if (choice.kinds?.length) found = found.where('post.kind', '=', sql<string>`any (${choice.kinds}::text[])`)
  if (choice.states?.length)
    found = found.where('post.state', '=', sql<string>`any (${choice.states}::text[])`)
  if (choice.zoneId) found = found.where('post.zone_id', '=', choice.zoneId)
  if (choice.unitId) found = found.where('post.unit_id', '=', choice.unitId)
  if (choice.withoutDemand) found = found.where(sql<SqlBool>`${demandLines} = 0`)
  if (choice.withoutPlace) found = found.where('post.lng', 'is', null)
  const inUse = spanOfDays(choice.inUseFrom, choice.inUseUntil)
  if (inUse) found = found.where(inUseIn(...inUse))
  const sampled = spanOfDays(choice.roundsFrom, choice.roundsUntil)
  if (sampled) found = found.where(sampledIn(...sampled))
  const search = choice.search?.trim()
  if (search) {
    found = found.where(
      sql<SqlBool>`strpos(post.name || ' ' || post.code || ' ' || post.address, ${search}) > 0`,
    )
  }
  return found
}

function spanOfDays(from: string | undefined, until: string | undefined): [string, string] | null {
  const first = from ?? until
  const last = until ?? from
  return first && last ? [first, last] : null
}

function withColumns(query: ReturnType<typeof postsIn>) {
  return query
    .selectAll('post')
    .select('zone.name as zone_name')
    .select(demandLines.as('demand_lines'))
    .select(sql<boolean>`post.contact_phone is not null`.as('has_phone'))
}

type PostRow = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

function postAnswer(row: PostRow, units: Units) {
  return {
    postId: row.post_id,
    operationId: row.operation_id,
    code: row.code,
    name: row.name,
    kind: row.kind as PostKind,
    state: row.state as PostState,
    zoneId: row.zone_id,
    zoneName: row.zone_name,
    unitId: row.unit_id,
    unitName: units.get(row.unit_id)?.shortName ?? '',
    address: row.address,
    lng: row.lng,
    lat: row.lat,
    closedLoop: row.closed_loop,
    opensOn: row.opens_on,
    closesOn: row.closes_on,
    contactName: row.contact_name,
    demandLines: row.demand_lines,
  }
}

/** Kinds and units go in the order people know, not by the letters of their keys or ids. */
function orderOf(order: InputOf<typeof postList>['order'], units: Units) {
  switch (order) {
    case 'name':
      return sql`post.name`
    case 'kind':
      return sql`array_position(${[...postKinds]}::text[], post.kind)`
    case 'unit':
      return sql`array_position(${[...units.keys()]}::uuid[], post.unit_id)`
    case 'zone':
      return sql`coalesce(zone.name, '')`
    case 'lines':
      return demandLines
    case 'address':
      return sql`post.address`
    case 'contact':
      return sql`post.contact_name`
    case 'state':
      return sql`array_position(${[...postStates]}::text[], post.state)`
    default:
      return sql`post.code`
  }
}

const list = on(postList, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const units = await unitsOf(db, agencyId)
    const found = choose(db, agencyId, input)
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const direction = input.descending ? 'desc' : 'asc'
    const rows = await withColumns(found)
      .orderBy(orderOf(input.order, units), direction)
      .orderBy('post.code', direction)
      .orderBy('post.post_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    return { total, rows: rows.map(row => postAnswer(row, units)) }
  },
})

const detail = on(postDetail, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const row = await withColumns(
      postsIn(db, agencyId).where('post.post_id', '=', input.postId),
    ).executeTakeFirst()
    if (!row) throw kernelProblems.missing({ what: '点位' })
    const rounds = await db
      .selectFrom('round_site')
      .innerJoin('sampling_round as r', join =>
        join
          .onRef('r.agency_id', '=', 'round_site.agency_id')
          .onRef('r.round_id', '=', 'round_site.round_id'),
      )
      .select(['r.round_id as roundId', 'r.n', 'r.name', 'r.day', 'round_site.lanes'])
      .where('round_site.agency_id', '=', agencyId)
      .where('round_site.post_id', '=', input.postId)
      .orderBy('r.n')
      .orderBy('r.round_id')
      .execute()
    const expected = row.partners_expected as Partial<Record<(typeof partnerKinds)[number], number>>
    return {
      ...postAnswer(row, await unitsOf(db, agencyId)),
      duties: row.duties,
      equipment: row.equipment,
      hasContactPhone: row.has_phone,
      partnersExpected: {
        health: expected.health ?? 0,
        community: expected.community ?? 0,
        volunteer: expected.volunteer ?? 0,
        enterprise: expected.enterprise ?? 0,
      },
      rounds,
    }
  },
})

const phones = on(contactPhones, {
  async run(db, input, meta) {
    const { unitIds } = meta.actor.scope
    let found = db
      .selectFrom('post')
      .select(['post_id', 'contact_phone'])
      .where('agency_id', '=', meta.agency.agencyId)
      .where('post_id', '=', anyOf(input.postIds))
    // A scoped account opens the numbers of its own units' posts only.
    if (unitIds !== '*') found = found.where('unit_id', '=', anyOf(unitIds))
    const rows = await found.orderBy('code').orderBy('post_id').execute()
    const opened = await meta.open(rows.map(row => row.contact_phone))
    return { phones: rows.map((row, index) => ({ postId: row.post_id, phone: opened[index] ?? null })) }
  },
})

function roundsIn(db: PostsDb, agencyId: string) {
  return db.selectFrom('sampling_round as r').where('r.agency_id', '=', agencyId)
}

const roundColumns = [
  'r.round_id as roundId',
  'r.operation_id as operationId',
  'r.n',
  'r.name',
  'r.day',
  'r.opens_minute as opensMinute',
  'r.closes_minute as closesMinute',
  'r.area',
] as const
const siteCount = sql<number>`(select count(*) from round_site s
  where s.agency_id = r.agency_id and s.round_id = r.round_id)`
const laneSum = sql<number>`(select coalesce(sum(s.lanes), 0) from round_site s
  where s.agency_id = r.agency_id and s.round_id = r.round_id)`

const rounds = on(roundList, {
  async run(db, input, meta) {
    let found = roundsIn(db, meta.agency.agencyId).where('r.operation_id', '=', input.operationId)
    if (input.from) found = found.where('r.day', '>=', input.from)
    if (input.until) found = found.where('r.day', '<=', input.until)
    const search = input.search?.trim()
    if (search) found = found.where(sql<SqlBool>`strpos(r.name || ' ' || r.area, ${search}) > 0`)
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await found
      .select(roundColumns)
      .select([siteCount.as('sites'), laneSum.as('lanes')])
      .orderBy('r.n')
      .orderBy('r.round_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    return { total, rows }
  },
})

const round = on(roundDetail, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const row = await roundsIn(db, agencyId)
      .where('r.round_id', '=', input.roundId)
      .select(roundColumns)
      .select([siteCount.as('sites'), laneSum.as('lanes')])
      .executeTakeFirst()
    if (!row) throw kernelProblems.missing({ what: '采样轮次' })
    const units = await unitsOf(db, agencyId)
    const sites = await db
      .selectFrom('round_site')
      .innerJoin('post', join =>
        join
          .onRef('post.agency_id', '=', 'round_site.agency_id')
          .onRef('post.post_id', '=', 'round_site.post_id'),
      )
      .select(['post.post_id', 'post.code', 'post.name', 'post.address', 'post.unit_id', 'post.state'])
      .select('round_site.lanes')
      .where('round_site.agency_id', '=', agencyId)
      .where('round_site.round_id', '=', input.roundId)
      .orderBy('post.code')
      .orderBy('post.post_id')
      .execute()
    return {
      ...row,
      siteRows: sites.map(site => ({
        postId: site.post_id,
        code: site.code,
        name: site.name,
        address: site.address,
        unitName: units.get(site.unit_id)?.shortName ?? '',
        state: site.state as PostState,
        lanes: site.lanes,
      })),
    }
  },
})

export const queries = [list, detail, phones, rounds, round]
