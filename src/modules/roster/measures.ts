// Figures of the published roster. One band worked at a post is one deployment; a duty of two bands counts twice.
import { type Kysely, sql } from 'kysely'
import { type CountUnit, everyone } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Measure, Span } from '../../kernel/module.ts'
import { demandFor, postsFor, zonesFor } from '../posts/index.ts'
import { publishedGroups } from './board.ts'
import { duties, teamHolds } from './contracts.ts'
import { agencyOf, publishedOperations } from './scope.ts'
import { holdsIn } from './team-holds.ts'

/** Bands published per operation and post. */
async function bandsByPost(db: Kysely<AnyTables>, span: Span) {
  const { rows } = await sql<{ operation_id: string; post_id: string; bands: number }>`
    select operation_id, post_id, sum(cardinality(bands))::int as bands from assignment
    where day between ${span.from}::date and ${span.until}::date
    group by operation_id, post_id order by operation_id, post_id`.execute(db)
  return rows
}

const zoneKinds: readonly string[] = ['sealed', 'control']

/** Bands at the posts that `counts` says; the zone is judged by what it was opened as, like the zones themselves. */
async function deployments(
  db: Kysely<AnyTables>,
  span: Span,
  counts: (post: { kind: string; zoneKind: string | null }) => boolean,
): Promise<number> {
  const { agencyId } = await agencyOf(db)
  const rows = await bandsByPost(db, span)
  let sum = 0
  for (const operationId of new Set(rows.map(row => row.operation_id))) {
    const [posts, zones] = await Promise.all([
      postsFor(db, agencyId, operationId),
      zonesFor(db, agencyId, operationId),
    ])
    const zoneKind = new Map(zones.map(zone => [zone.zoneId, zone.openedAs as string]))
    const postAt = new Map(posts.map(post => [post.postId, post]))
    for (const row of rows) {
      const post = row.operation_id === operationId ? postAt.get(row.post_id) : undefined
      const kind = post?.zoneId ? (zoneKind.get(post.zoneId) ?? null) : null
      if (post && counts({ kind: post.kind, zoneKind: kind })) sum += row.bands
    }
  }
  return sum
}

/** Places needed and filled over the span, head by head; more than needed fills no other place. */
async function places(db: Kysely<AnyTables>, span: Span): Promise<{ need: number; filled: number }> {
  const agency = await agencyOf(db)
  let [need, filled] = [0, 0]
  for (const operationId of await publishedOperations(db, agency.agencyId, span.from, span.until)) {
    const [demand, groups] = await Promise.all([
      demandFor(db, agency.agencyId, operationId, span.from, span.until),
      publishedGroups(db as never, { agency, operationId, fromDay: span.from, untilDay: span.until }, false),
    ])
    const have = new Map<string, number>()
    const first = Date.parse(`${span.from}T00:00:00Z`)
    for (const group of groups) {
      const day = new Date(first + group.day * 86_400_000).toISOString().slice(0, 10)
      for (const band of group.bands) {
        const key = `${day} ${group.postId} ${group.patternId} ${band}`
        have.set(key, (have.get(key) ?? 0) + group.count)
      }
    }
    for (const line of demand) {
      if (line.skill !== null) continue
      need += line.heads
      filled += Math.min(
        line.heads,
        have.get(`${line.day} ${line.postId} ${line.patternId} ${line.band}`) ?? 0,
      )
    }
  }
  return { need, filled }
}

function measure(
  key: string,
  zh: string,
  en: string,
  unit: CountUnit,
  count: Measure['count'],
  filter: Record<string, unknown> = {},
): Measure {
  return {
    key,
    title: { zh, en },
    unit,
    roles: everyone,
    count,
    records: { query: duties, input: ({ from, until }) => ({ from, until, ...filter }) },
  }
}

/** A figure of the longest stretch for which one commando team holds two zones as planned; who came, attendance counts. */
function holdMeasure(key: string, zh: string, en: string, unit: 'hours' | 'days'): Measure {
  return {
    key,
    title: { zh, en },
    unit: unit === 'hours' ? 'hour' : 'day',
    roles: everyone,
    count: async (db, span) => (await holdsIn(db, await agencyOf(db), span))[0]?.[unit] ?? 0,
    records: { query: teamHolds, input: ({ from, until }) => ({ from, until }) },
  }
}

export const measures: readonly Measure[] = [
  measure(
    'roster.zonePlanned',
    '封控区、管控区、隔离酒店投入警力(已排)',
    'Deployments to zones and isolation hotels (planned)',
    'person-shift',
    (db, span) =>
      deployments(
        db,
        span,
        post => post.kind === 'isolationHotel' || zoneKinds.includes(post.zoneKind ?? ''),
      ),
    { kinds: ['isolationHotel'], zoneKinds },
  ),
  measure(
    'roster.samplingPlanned',
    '核酸采样投入警力(已排)',
    'Deployments to sampling (planned)',
    'person-shift',
    (db, span) => deployments(db, span, post => post.kind === 'samplingSite'),
    { kinds: ['samplingSite'] },
  ),
  measure('roster.planned', '已排警力投入', 'Deployments planned', 'person-shift', (db, span) =>
    deployments(db, span, () => true),
  ),
  measure('roster.postsFilled', '岗位满员率', 'Places filled', 'percent', async (db, span) => {
    const { need, filled } = await places(db, span)
    return need === 0 ? 0 : Math.floor((filled / need) * 1000) / 10
  }),
  measure('roster.openShifts', '空缺班次', 'Places open', 'shift', async (db, span) => {
    const { need, filled } = await places(db, span)
    return need - filled
  }),
  holdMeasure(
    'roster.teamHoursPlanned',
    '突击队坚守两区最长时长(已排)',
    'Longest that one commando team holds two zones without a break (planned)',
    'hours',
  ),
  holdMeasure(
    'roster.teamDaysPlanned',
    '突击队坚守两区最长天数(已排)',
    'Whole duty days of the longest hold of two zones by one commando team (planned)',
    'days',
  ),
]
