import { type SqlBool, sql } from 'kysely'
import { queriesOn } from '../../kernel/query.ts'
import { daysBetween } from '../../kernel/time.ts'
import {
  type DemandSkill,
  demandBoard,
  demandLines,
  demandSummary,
  type PostKind,
  patternKinds,
  patternList,
  postsProblems,
} from './contracts.ts'
import { weekdayOf } from './expand.ts'
import { anyOf, type PostsDb, unitsOf } from './lower.ts'
import { demandWithLines, patternsOf } from './reads.ts'
import type { PostsTables } from './tables.ts'

const on = queriesOn<PostsTables>()
const daysMost = 62

interface Choice {
  operationId: string
  kinds?: PostKind[]
  zoneId?: string
  unitId?: string
  search?: string
}

function chosenPosts(db: PostsDb, agencyId: string, choice: Choice) {
  let found = db
    .selectFrom('post')
    .leftJoin('zone', join =>
      join.onRef('zone.agency_id', '=', 'post.agency_id').onRef('zone.zone_id', '=', 'post.zone_id'),
    )
    .where('post.agency_id', '=', agencyId)
    .where('post.operation_id', '=', choice.operationId)
  if (choice.kinds?.length) found = found.where('post.kind', '=', sql<string>`any (${choice.kinds}::text[])`)
  if (choice.zoneId) found = found.where('post.zone_id', '=', choice.zoneId)
  if (choice.unitId) found = found.where('post.unit_id', '=', choice.unitId)
  const search = choice.search?.trim()
  if (search) {
    found = found.where(
      sql<SqlBool>`strpos(post.name || ' ' || post.code || ' ' || post.address, ${search}) > 0`,
    )
  }
  return found
}

const patterns = on(patternList, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const counts = await db
      .selectFrom('demand')
      .select(({ fn }) => ['pattern_id', fn.countAll<number>().as('lines')])
      .where('agency_id', '=', agencyId)
      .where('withdrawn', '=', false)
      .groupBy('pattern_id')
      .orderBy('pattern_id')
      .execute()
    const lines = new Map(counts.map(row => [row.pattern_id, row.lines]))
    const all = await patternsOf(db as never, agencyId)
    const rows = all.filter(pattern => input.active === undefined || pattern.active === input.active)
    // Those that hold a place day and night first: they are what a planner looks at.
    rows.sort((a, b) => patternKinds.indexOf(a.kind) - patternKinds.indexOf(b.kind))
    return { rows: rows.map(pattern => ({ ...pattern, lines: lines.get(pattern.patternId) ?? 0 })) }
  },
})

const lines = on(demandLines, {
  async run(db, input, meta) {
    let found = chosenPosts(db, meta.agency.agencyId, input)
      .innerJoin('demand as d', join =>
        join.onRef('d.agency_id', '=', 'post.agency_id').onRef('d.post_id', '=', 'post.post_id'),
      )
      .innerJoin('shift_pattern as p', join =>
        join.onRef('p.agency_id', '=', 'd.agency_id').onRef('p.pattern_id', '=', 'd.pattern_id'),
      )
      .leftJoin('sampling_round as r', join =>
        join.onRef('r.agency_id', '=', 'd.agency_id').onRef('r.round_id', '=', 'd.round_id'),
      )
      .where('d.withdrawn', '=', input.withdrawn)
    if (input.postIds) found = found.where('d.post_id', '=', anyOf(input.postIds))
    if (input.patternId) found = found.where('d.pattern_id', '=', input.patternId)
    if (input.day) {
      const weekday = weekdayOf(input.day)
      found = found.where(sql<SqlBool>`${input.day}::date between d.begins_on and d.ends_on
        and (d.weekdays is null or ${weekday}::int = any (d.weekdays))
        and (d.round_id is null or r.day = ${input.day}::date)`)
    }
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const rows = await found
      .select(['d.demand_id as demandId', 'd.post_id as postId', 'post.code as postCode'])
      .select(['post.name as postName', 'post.kind as postKind', 'post.zone_id as zoneId'])
      .select(['d.pattern_id as patternId', 'p.name as patternName', 'd.bands', 'd.skill', 'd.heads'])
      .select(['d.priority', 'd.begins_on as beginsOn', 'd.ends_on as endsOn', 'd.weekdays'])
      .select(['d.round_id as roundId', 'r.name as roundName', 'd.withdrawn'])
      .orderBy('post.code')
      .orderBy('d.begins_on')
      .orderBy('p.name')
      .orderBy('d.skill', order => order.asc().nullsFirst())
      .orderBy('d.demand_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    return {
      total,
      rows: rows.map(row => ({
        ...row,
        postKind: row.postKind as PostKind,
        skill: row.skill as DemandSkill | null,
      })),
    }
  },
})

const board = on(demandBoard, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    const found = chosenPosts(db, agencyId, input).where('post.state', '<>', 'closed')
    const { total } = await found
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    const posts = await found
      .select([
        'post.post_id',
        'post.code',
        'post.name',
        'post.kind',
        'post.unit_id',
        'zone.name as zone_name',
      ])
      .orderBy('post.code')
      .orderBy('post.post_id')
      .offset(input.offset)
      .limit(input.limit)
      .execute()
    const units = await unitsOf(db, agencyId)
    const postIds = posts.map(post => post.post_id)
    const entries = await demandWithLines(
      db as never,
      agencyId,
      input.operationId,
      input.day,
      input.day,
      postIds,
    )
    const byPost = new Map<string, typeof entries>()
    for (const entry of entries) byPost.set(entry.postId, [...(byPost.get(entry.postId) ?? []), entry])
    return {
      total,
      rows: posts.map(post => ({
        postId: post.post_id,
        code: post.code,
        name: post.name,
        kind: post.kind as PostKind,
        zoneName: post.zone_name,
        unitName: units.get(post.unit_id)?.shortName ?? '',
        cells: (byPost.get(post.post_id) ?? []).map(
          ({ patternId, band, skill, heads, priority, demandIds }) => ({
            patternId,
            band,
            skill,
            heads,
            priority,
            demandIds,
          }),
        ),
      })),
    }
  },
})

const summary = on(demandSummary, {
  async run(db, input, meta) {
    const { agencyId } = meta.agency
    if (daysBetween(input.from, input.until) >= daysMost) throw postsProblems.spanTooLong({ limit: daysMost })
    const posts = await db
      .selectFrom('post')
      .select(['post_id', 'kind'])
      .where('agency_id', '=', agencyId)
      .where('operation_id', '=', input.operationId)
      .orderBy('post_id')
      .execute()
    const kinds = new Map(posts.map(post => [post.post_id, post.kind as PostKind]))
    const entries = await demandWithLines(db as never, agencyId, input.operationId, input.from, input.until)
    const sums = new Map<
      string,
      { day: string; kind: PostKind; patternId: string; band: string; posts: number; heads: number }
    >()
    for (const { day, postId, patternId, band, skill, heads } of entries) {
      const kind = kinds.get(postId)
      // A minimum of a skill stands within the crew; counted too it would count officers twice.
      if (skill !== null || !kind) continue
      const key = `${day} ${kind} ${patternId} ${band}`
      const sum = sums.get(key) ?? { day, kind, patternId, band, posts: 0, heads: 0 }
      sum.posts += 1
      sum.heads += heads
      sums.set(key, sum)
    }
    return { rows: [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum) }
  },
})

export const queries = [patterns, lines, board, summary]
