// Alerts as they stand open at the moment that is asked for.
import { type Kysely, sql } from 'kysely'
import type { Both, OutputOf } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Module } from '../../kernel/module.ts'
import type { KernelTables } from '../../kernel/tables.ts'
import { attendance } from '../attendance/index.ts'
import { commandpost } from '../commandpost/index.ts'
import { operations } from '../operations/index.ts'
import { people, type UnitName } from '../people/index.ts'
import { posts } from '../posts/index.ts'
import { roster } from '../roster/index.ts'
import type { situation } from './contracts.ts'
import type { Post } from './picture.ts'

type Alerts = OutputOf<typeof situation>['alerts']
type Db = Kysely<KernelTables>
const alertsMost = 60
/** So many are put into groups for a wall: more than five equal ones of a hundred kinds. */
const groupedMost = 2_000
const lower: readonly Module[] = [operations, people, posts, roster, attendance, commandpost]
const watchTitles = new Map<string, Both>(
  lower.flatMap(module => (module.watches ?? []).map(one => [one.key, one.title] as const)),
)
const unwatched: Both = { zh: '预警', en: 'Alert' }

/** What an alert is about begins with the id of its post, where it is about a post. */
const postIn = (subject: string, names: ReadonlyMap<string, string>) =>
  names.get(subject.slice(0, 36)) ?? null

type Line = Alerts['rows'][number]

/** More units than these with equal ones, and they too are one line. */
const unitsMost = 3

/** Several as one: as urgent as the most urgent of them, due when the first of them is. */
function together(all: readonly Line[]): Line[] {
  const [first] = all
  if (!first || all.length === 1) return [...all]
  const units = new Set(all.map(one => one.unit)).size
  return [
    {
      ...first,
      many: all.reduce((total, one) => total + one.many, 0),
      ...{ units, unit: units === 1 ? first.unit : null, post: null },
      severity: all.some(one => one.severity === 'red') ? 'red' : 'amber',
      acknowledged: all.every(one => one.acknowledged),
    },
  ]
}

/** Equal ones as one line with their number, so that twenty of them do not hide one of another kind. */
export function grouped(rows: readonly Line[]): Line[] {
  const ofUnits = [...Map.groupBy(rows, row => `${row.watch} ${row.unit}`).values()].flatMap(together)
  return [...Map.groupBy(ofUnits, row => row.watch).values()]
    .flatMap(all => (all.length > unitsMost ? together(all) : all))
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0))
}

export async function alertsAt(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  places: readonly Post[],
  units: ReadonlyMap<string, UnitName>,
  wall: boolean,
): Promise<Alerts> {
  const db = anyDb as unknown as Db
  // What somebody has put off comes back by itself, and is not counted meanwhile.
  const open = db
    .selectFrom('alert')
    .where('agency_id', '=', agencyId)
    .where('cleared_at', 'is', null)
    .where('snoozed_until', 'is', null)
  const [counts, rows] = await Promise.all([
    open
      .select([
        sql<number>`count(*)`.as('total'),
        sql<number>`count(*) filter (where severity = 'red')`.as('red'),
      ])
      .executeTakeFirstOrThrow(),
    open
      .select(['alert_id', 'watch', 'subject', 'title_zh', 'title_en', 'severity', 'link', 'owner_role'])
      .select(['raised_at', 'due_at', 'acknowledged_at', 'unit_id'])
      .orderBy('due_at')
      .orderBy('alert_id')
      .limit(wall ? groupedMost : alertsMost)
      .execute(),
  ])
  const names = new Map(places.map(post => [post.postId, post.name]))
  const lines = rows.map(row => {
    const title = watchTitles.get(row.watch) ?? unwatched
    return {
      alertId: row.alert_id,
      watch: row.watch,
      titleZh: wall ? title.zh : row.title_zh,
      titleEn: wall ? title.en : row.title_en,
      ...{ many: 1, units: 1 },
      unit: units.get(row.unit_id ?? '')?.shortName ?? null,
      post: postIn(row.subject, names),
      severity: row.severity as 'red' | 'amber',
      link: wall ? '' : row.link,
      ownerRole: row.owner_role,
      raisedAt: row.raised_at,
      dueAt: row.due_at,
      acknowledged: row.acknowledged_at !== null,
    }
  })
  return { ...counts, rows: (wall ? grouped(lines) : lines).slice(0, alertsMost) }
}

/** When alerts were raised between two instants, the newest first; cleared ones too. */
export async function alertsRaised(
  anyDb: Kysely<AnyTables>,
  agencyId: string,
  span: { from: string; until: string },
  limit: number,
): Promise<{ at: string; kind: 'red' | 'amber' }[]> {
  const rows = await (anyDb as unknown as Db)
    .selectFrom('alert')
    .select(['raised_at', 'severity'])
    .where('agency_id', '=', agencyId)
    .where('raised_at', '>=', span.from)
    .where('raised_at', '<=', span.until)
    .orderBy('raised_at', 'desc')
    .orderBy('alert_id')
    .limit(limit)
    .execute()
  return rows.map(row => ({ at: row.raised_at, kind: row.severity as 'red' | 'amber' }))
}
