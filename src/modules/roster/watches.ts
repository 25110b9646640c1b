// What has to be seen before it happens: a place that will stand empty, somebody past a rule, somebody untold.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Sighting, Watch } from '../../kernel/module.ts'
import { addDays, dutyDayOf, instantAt } from '../../kernel/time.ts'
import { operationsRunning } from '../operations/index.ts'
import { officerNames, unitNames } from '../people/index.ts'
import { demandFor, patternsOf, postsFor } from '../posts/index.ts'
import { publishedGroups } from './board.ts'
import { publishedBreaches } from './breaks.ts'
import { inWords } from './check.ts'
import type { RosterDb } from './published.ts'
import { agencyOf } from './scope.ts'

const hourMs = 3_600_000
const later = (at: string, hours: number) => new Date(Date.parse(at) + hours * hourMs).toISOString()
const sightingsMost = 300

async function openWithin(db: Kysely<AnyTables>, now: string): Promise<Sighting[]> {
  const agency = await agencyOf(db)
  const today = dutyDayOf(agency, now)
  const [fromDay, untilDay] = [today, addDays(today, 1)]
  const until = later(now, 24)
  const found = new Map<string, Sighting & { missing: number }>()
  for (const { operationId } of await operationsRunning(db, agency.agencyId, today)) {
    const span = { agency, operationId, fromDay, untilDay }
    const [demand, groups, patterns, posts] = await Promise.all([
      demandFor(db, agency.agencyId, operationId, fromDay, untilDay),
      publishedGroups(db as unknown as RosterDb, span, false),
      patternsOf(db, agency.agencyId),
      postsFor(db, agency.agencyId, operationId),
    ])
    const have = new Map<string, number>()
    for (const group of groups) {
      for (const band of group.bands) {
        const key = `${addDays(fromDay, group.day)} ${group.postId} ${group.patternId} ${band}`
        have.set(key, (have.get(key) ?? 0) + group.count)
      }
    }
    const postAt = new Map(posts.map(post => [post.postId, post]))
    for (const line of demand) {
      if (line.skill !== null) continue
      const missing =
        line.heads - (have.get(`${line.day} ${line.postId} ${line.patternId} ${line.band}`) ?? 0)
      const band = patterns
        .find(one => one.patternId === line.patternId)
        ?.bands.find(one => one.key === line.band)
      const post = postAt.get(line.postId)
      if (missing <= 0 || !band || !post) continue
      const begins = instantAt(agency.timeZone, line.day, agency.handOverMinute + band.from)
      if (begins <= now || begins > until) continue
      const before = found.get(line.postId)
      if (before && before.dueAt <= begins) continue
      const soon = begins <= later(now, 4)
      found.set(line.postId, {
        subject: line.postId,
        title: {
          zh: `${post.name}${band.zh}缺 ${missing} 人`,
          en: `${post.name}: ${missing} missing in ${band.en}`,
        },
        severity: soon ? 'red' : 'amber',
        link: `/roster?day=${line.day}&post=${line.postId}`,
        unitId: post.unitId,
        dueAt: begins,
        missing,
      })
    }
  }
  return [...found.values()]
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.subject < b.subject ? -1 : 1))
    .slice(0, sightingsMost)
    .map(({ missing: _missing, ...sighting }) => sighting)
}

/** Within a week: what breaks later is on the page, and nobody need hear of it yet. */
const pastRulesDays = 8

async function pastRules(db: Kysely<AnyTables>, now: string): Promise<Sighting[]> {
  const agency = await agencyOf(db)
  const today = dutyDayOf(agency, now)
  const found = new Map<string, Sighting>()
  for (const { operationId } of await operationsRunning(db, agency.agencyId, today)) {
    const { inputs, built, breaches } = await publishedBreaches(db, agency, operationId, now, pastRulesDays)
    for (const breach of breaches) {
      if (found.has(breach.officerId)) continue
      const words = inWords(built, breach)
      const unitId = inputs.officers[breach.officer]?.unitId ?? null
      found.set(breach.officerId, {
        subject: breach.officerId,
        title: {
          zh: `${words.name} ${words.day.slice(5)} ${words.zh}`,
          en: `${words.name} ${words.day.slice(5)}: ${words.en}`,
        },
        severity: 'red',
        link: `/roster/breaks?officer=${breach.officerId}`,
        unitId,
        dueAt: instantAt(agency.timeZone, words.day, agency.handOverMinute),
      })
    }
  }
  return [...found.values()].slice(0, sightingsMost)
}

/** One alert per unit: six hundred officers who were just told of a new roster are not six hundred alerts. */
async function untold(db: Kysely<AnyTables>, now: string): Promise<Sighting[]> {
  const agency = await agencyOf(db)
  const { rows } = await sql<{ officer_id: string; begins: string }>`
    select a.officer_id, min(lower(a.period)) as begins from assignment a
    where lower(a.period) > ${now}::timestamptz and lower(a.period) <= ${later(now, 12)}::timestamptz
      and not exists (select from acknowledgement k where k.agency_id = a.agency_id
        and k.operation_id = a.operation_id and k.officer_id = a.officer_id and k.version >= a.version)
    group by a.officer_id order by a.officer_id`.execute(db)
  const names = await officerNames(
    db,
    agency.agencyId,
    rows.map(row => row.officer_id),
  )
  const units = await unitNames(db, agency.agencyId)
  const byUnit = new Map<string, { count: number; begins: string }>()
  for (const row of rows) {
    const unitId = names.get(row.officer_id)?.unitId
    if (!unitId) continue
    const there = byUnit.get(unitId) ?? { count: 0, begins: row.begins }
    byUnit.set(unitId, {
      count: there.count + 1,
      begins: row.begins < there.begins ? row.begins : there.begins,
    })
  }
  return [...byUnit].map(([unitId, { count, begins }]) => ({
    subject: unitId,
    title: {
      zh: `${units.get(unitId)?.shortName ?? ''} ${count} 人未签收 12 小时内的班次`,
      en: `${units.get(unitId)?.shortName ?? ''}: ${count} have not acknowledged duty within 12 hours`,
    },
    severity: 'amber' as const,
    link: `/roster/told?unit=${unitId}`,
    unitId,
    dueAt: begins,
  }))
}

export const watches: readonly Watch[] = [
  {
    key: 'roster.openWithinDay',
    title: { zh: '24 小时内有空缺', en: 'A place open within 24 hours' },
    owner: 'dutyOfficer',
    detect: openWithin,
  },
  {
    key: 'roster.pastRules',
    title: { zh: '已发布班次违反休息规则', en: 'A published duty breaks a rule' },
    owner: 'dutyOfficer',
    detect: pastRules,
  },
  {
    key: 'roster.unacknowledged',
    title: { zh: '班次未签收', en: 'Duty not acknowledged' },
    owner: 'unitLeader',
    detect: untold,
  },
]
