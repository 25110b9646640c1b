// Progress at the desk, by round and site: counted from tubes.
import { sql } from 'kysely'
import type { InputOf } from '../../kernel/contract.ts'
import { type QueryMeta, queriesOn } from '../../kernel/query.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { unitNames } from '../people/index.ts'
import { postsByIds, roundSites } from '../posts/index.ts'
import { progress, type ProgressRow, rules as rulesQuery, type SamplingRules } from './contracts.ts'
import { anyDb, hoursLater, rulesNow, type ScreeningDb, tubeInScope } from './lower.ts'
import { sitesNow } from './site-now.ts'
import type { ScreeningTables } from './tables.ts'

const on = queriesOn<ScreeningTables>()
type Asked = InputOf<typeof progress>

const keyOf = (roundId: string | null, postId: string) => `${roundId ?? 'none'}:${postId}`
const none = { people: 0, tubes: 0, boxes: 0, unboxed: 0, results: 0, positive: 0, overdue: 0 }
type Counted = typeof none

/** Tubes of a duty day by round and site. `resultHours` after it was sealed a tube without a result is overdue. */
async function countedTubes(
  db: ScreeningDb,
  meta: QueryMeta,
  { day, operationId, roundId }: Asked,
  late: string,
) {
  const { rows } = await sql<Counted & { round_id: string | null; post_id: string }>`
    select round_id, post_id, count(*)::int as tubes, sum(people)::int as people,
      count(distinct box_id)::int as boxes, count(*) filter (where box_id is null)::int as unboxed,
      count(result)::int as results, count(*) filter (where result = 'positive')::int as positive,
      count(*) filter (where result is null and sealed_at <= ${late}::timestamptz)::int as overdue
    from tube where agency_id = ${meta.agency.agencyId}::uuid and day = ${day}::date
      and operation_id = ${operationId}::uuid and ${tubeInScope}
      and (${roundId ?? null}::uuid is null or round_id = ${roundId ?? null}::uuid)
    group by round_id, post_id order by post_id, round_id`.execute(db)
  return rows
}

async function expectedOf(db: ScreeningDb, agencyId: string, roundIds: readonly string[]) {
  const rows = await db
    .selectFrom('sampling_expected')
    .select(['round_id', 'post_id', 'people'])
    .where('agency_id', '=', agencyId)
    .where('round_id', '=', sql<string>`any (${[...new Set(roundIds)]}::uuid[])`)
    .orderBy('round_id')
    .orderBy('post_id')
    .execute()
  return new Map(rows.map(row => [keyOf(row.round_id, row.post_id), row.people]))
}

/** Kit of the day, of the band that was looked at last. */
async function kitsOf(db: ScreeningDb, agencyId: string, day: string) {
  const rows = await db
    .selectFrom('site_kit')
    .select(['post_id', 'loudspeaker', 'cordon', 'one_metre as oneMetre'])
    .where('agency_id', '=', agencyId)
    .where('day', '=', day)
    .orderBy('noted_at')
    .orderBy('band')
    .execute()
  return new Map(rows.map(({ post_id, ...kit }) => [post_id, kit]))
}

/** Every site of the rounds of the day, and whoever sampled outside of any, without how they stand now. */
async function rowsOf(db: ScreeningDb, input: Asked, meta: QueryMeta, rules: SamplingRules) {
  const { agencyId } = meta.agency
  const { operationId, day, roundId } = input
  const late = hoursLater(meta.now, -rules.resultHours)
  const [planned, counted, units, kits] = await Promise.all([
    roundSites(anyDb(db), agencyId, { operationId, day, roundId }),
    countedTubes(db, meta, input, late),
    unitNames(anyDb(db), agencyId),
    kitsOf(db, agencyId, day),
  ])
  const names = new Map(planned.map(one => [one.roundId, one.name]))
  const tubes = new Map(counted.map(row => [keyOf(row.round_id, row.post_id), row]))
  const places = new Map(
    planned.map(one => [keyOf(one.roundId, one.postId), one as { roundId: string | null; postId: string }]),
  )
  for (const row of counted)
    places.set(keyOf(row.round_id, row.post_id), { roundId: row.round_id, postId: row.post_id })
  const [posts, expected] = await Promise.all([
    postsByIds(
      anyDb(db),
      agencyId,
      [...places.values()].map(one => one.postId),
    ),
    expectedOf(db, agencyId, [...names.keys()]),
  ])
  const { unitIds } = meta.actor.scope
  const rows: ProgressRow[] = []
  for (const [key, place] of places) {
    const post = posts.get(place.postId)
    if (!post || (unitIds !== '*' && !unitIds.includes(post.unitId))) continue
    const {
      round_id: _round,
      post_id: _post,
      ...sums
    } = tubes.get(key) ?? { ...none, round_id: null, post_id: '' }
    rows.push({
      key,
      roundId: place.roundId,
      roundName: names.get(place.roundId ?? '') ?? '',
      day,
      postId: post.postId,
      code: post.code,
      name: post.name,
      unitName: units.get(post.unitId)?.shortName ?? '',
      expected: expected.get(key) ?? null,
      ...sums,
      now: null,
      kit: kits.get(post.postId) ?? null,
    })
  }
  return rows
}

/** Ordered by what is counted; by the line needs how sites stand, so that one is looked up for all of them. */
function inOrder(rows: ProgressRow[], { order, descending }: Asked): ProgressRow[] {
  const values: Record<string, (row: ProgressRow) => number> = {
    expected: row => row.expected ?? -1,
    sampled: row => row.people,
    tubes: row => row.tubes,
    queue: row => row.now?.queue ?? -1,
  }
  const value = values[order ?? '']
  const turn = descending ? -1 : 1
  const byCode = (a: ProgressRow, b: ProgressRow) =>
    a.roundName.localeCompare(b.roundName, 'zh') || (a.code < b.code ? -1 : 1)
  return rows.sort((a, b) => (value ? turn * (value(a) - value(b)) : turn * byCode(a, b)) || byCode(a, b))
}

const sum = (rows: readonly ProgressRow[], of: (row: ProgressRow) => number) =>
  rows.reduce((total, row) => total + of(row), 0)

export const progressQueries = [
  on(progress, {
    async run(db, input, meta) {
      const rules = await rulesNow(db, meta.agency.agencyId)
      const today = dutyDayOf(meta.agency, meta.now)
      const every = await rowsOf(db, input, meta, rules)
      const search = input.search?.trim() ?? ''
      const found = every.filter(
        row => search === '' || `${row.code} ${row.name} ${row.unitName} ${row.roundName}`.includes(search),
      )
      const standing = async (rows: ProgressRow[]) => {
        if (input.day !== today) return rows
        const ids = [...new Set(rows.map(row => row.postId))]
        const stand = await sitesNow(db, meta.agency, ids, meta.now, rules)
        return rows.map(row => ({ ...row, now: stand.get(row.postId)?.now ?? null }))
      }
      const page = (rows: ProgressRow[]) => rows.slice(input.offset, input.offset + input.limit)
      const rows =
        input.order === 'queue'
          ? page(inOrder(await standing(found), input))
          : await standing(page(inOrder(found, input)))
      return {
        rows,
        total: found.length,
        now: meta.now,
        today,
        totals: {
          expected: sum(found, row => row.expected ?? 0),
          people: sum(found, row => row.people),
          tubes: sum(found, row => row.tubes),
          results: sum(found, row => row.results),
          positive: sum(found, row => row.positive),
        },
      }
    },
  }),

  on(rulesQuery, { run: (db, _input, meta) => rulesNow(db, meta.agency.agencyId) }),
]
