// A site over its capacity, results that do not come, re-tests that are due.
import { sql } from 'kysely'
import { fullFrom } from '../../cores/queueing/index.ts'
import type { Sighting, Watch } from '../../kernel/module.ts'
import { agencyOf } from '../attendance/index.ts'
import { postsByIds } from '../posts/index.ts'
import { anyDb, hoursLater, rulesNow, screeningDb, type ScreeningDb } from './lower.ts'
import { sitesNow } from './site-now.ts'

const sightingsMost = 500
/** Within so many minutes somebody is to have opened a lane or sent people on. */
const answerMinutes = 15
/** A re-test is told of so many hours before it is due. */
const aheadHours = 2

const postsOf = (db: ScreeningDb, agencyId: string, rows: readonly { post_id: string }[]) =>
  postsByIds(anyDb(db), agencyId, [...new Set(rows.map(row => row.post_id))])

const overCapacity: Watch = {
  key: 'screening.siteOverCapacity',
  title: { zh: '采样点超负荷', en: 'A sampling site over its capacity' },
  owner: 'dutyOfficer',
  async detect(any, now) {
    const db = screeningDb(any)
    const agency = await agencyOf(any)
    const rules = await rulesNow(db, agency.agencyId)
    // Only where somebody counted the line within the hour: without it there is no telling.
    const { rows } = await sql<{ post_id: string; first: string }>`
      select post_id, max(noted_at) as first from site_queue
      where noted_at > ${hoursLater(now, -1)}::timestamptz and noted_at <= ${now}::timestamptz
      group by post_id order by post_id limit ${sightingsMost}`.execute(db)
    const posts = await postsOf(db, agency.agencyId, rows)
    const stand = await sitesNow(db, agency, [...posts.keys()], now, rules)
    const found: Sighting[] = []
    for (const { post_id, first } of rows) {
      const [post, site] = [posts.get(post_id), stand.get(post_id)?.now]
      if (!post || !site) continue
      const queue = site.queue ?? 0
      const load = site.advice?.utilisation ?? (queue > 0 ? Number.POSITIVE_INFINITY : 0)
      // A load that is high over an empty line is a busy quarter of an hour, not a site that cannot cope.
      if (queue < rules.queueMost && (load < fullFrom || queue === 0)) continue
      const wait = Math.round(site.advice?.waitNow ?? 0)
      found.push({
        subject: post_id,
        link: '/sampling-progress?sort=queue-desc',
        unitId: post.unitId,
        severity: 'red',
        dueAt: new Date(Date.parse(first) + answerMinutes * 60_000).toISOString(),
        title: {
          zh: `${post.name}：排队 ${queue} 人，约等 ${wait} 分，开 ${site.lanesOpen} 台`,
          en: `${post.name}: ${queue} in line, about ${wait} min, ${site.lanesOpen} lanes open`,
        },
      })
    }
    return found
  },
}

/** One alert a site and day: a hundred tubes of one box are one call to the laboratory. */
const resultOverdue: Watch = {
  key: 'screening.resultOverdue',
  title: { zh: '检测结果超时未出', en: 'Results overdue' },
  owner: 'dutyOfficer',
  async detect(any, now) {
    const db = screeningDb(any)
    const { agencyId } = await agencyOf(any)
    const { resultHours } = await rulesNow(db, agencyId)
    const { rows } = await sql<{ post_id: string; day: string; tubes: number; first: string }>`
      select post_id, day, count(*)::int as tubes, min(sealed_at) as first from tube
      where agency_id = ${agencyId}::uuid and result is null
        and sealed_at <= ${hoursLater(now, -resultHours)}::timestamptz
      group by post_id, day order by min(sealed_at), post_id limit ${sightingsMost}`.execute(db)
    const posts = await postsOf(db, agencyId, rows)
    return rows.map(row => {
      const post = posts.get(row.post_id)
      return {
        subject: `${row.post_id}:${row.day}`,
        link: `/sampling-progress?day=${row.day}&tubes=overdue`,
        unitId: post?.unitId ?? null,
        severity: 'amber',
        dueAt: hoursLater(row.first, resultHours),
        title: {
          zh: `${post?.name ?? ''}：${row.tubes} 管超过 ${resultHours} 小时未出结果`,
          en: `${post?.name ?? ''}: ${row.tubes} tubes without a result after ${resultHours} h`,
        },
      }
    })
  },
}

const retestDue: Watch = {
  key: 'screening.retestDue',
  title: { zh: '阳性管单采复核到期', en: 'Re-tests of a positive tube due' },
  owner: 'unitLeader',
  async detect(any, now) {
    const db = screeningDb(any)
    const { agencyId } = await agencyOf(any)
    const { rows } = await sql<{
      tube_id: string
      post_id: string
      unit_id: string
      code: string
      due_at: string
      open: number
    }>`
      select r.tube_id, r.post_id, r.unit_id, t.code, min(r.due_at) as due_at, count(*)::int as open
      from retest r join tube t on t.agency_id = r.agency_id and t.tube_id = r.tube_id
      where r.agency_id = ${agencyId}::uuid and r.outcome is null and r.single_tube_id is null
        and r.due_at <= ${hoursLater(now, aheadHours)}::timestamptz
      group by r.tube_id, r.post_id, r.unit_id, t.code
      order by min(r.due_at), t.code limit ${sightingsMost}`.execute(db)
    const posts = await postsOf(db, agencyId, rows)
    return rows.map(row => {
      const name = posts.get(row.post_id)?.name ?? ''
      return {
        subject: row.tube_id,
        link: `/sampling-progress?retests=open`,
        unitId: row.unit_id,
        severity: Date.parse(row.due_at) <= Date.parse(now) ? 'red' : 'amber',
        dueAt: row.due_at,
        title: {
          zh: `${name}：阳性管 ${row.code} 还有 ${row.open} 人未单采`,
          en: `${name}: ${row.open} people of the positive tube ${row.code} are not sampled alone yet`,
        },
      }
    })
  },
}

export const watches: readonly Watch[] = [overCapacity, resultOverdue, retestDue]
