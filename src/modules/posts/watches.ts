import { sql } from 'kysely'
import type { Sighting, Watch } from '../../kernel/module.ts'
import { type PostKind, postKindTitles } from './contracts.ts'
import { postsDb } from './lower.ts'

const hour = 3_600_000
const later = (at: string, hours: number) => new Date(Date.parse(at) + hours * hour).toISOString()

/** Restrictions that are about to end, or have passed their end without being lifted or extended. */
const zoneEnds: Watch = {
  key: 'posts.zoneEnds',
  title: { zh: '区域措施到期', en: 'A zone is about to end' },
  owner: 'commander',
  async detect(db, now) {
    const rows = await postsDb(db)
      .selectFrom('zone')
      .select(['zone_id', 'name', 'planned_end_at', 'unit_id'])
      .where('lifted_at', 'is', null)
      .where('begins_at', '<=', now)
      .where('planned_end_at', '<=', later(now, 24))
      .orderBy('planned_end_at')
      .orderBy('zone_id')
      .execute()
    return rows.map((row): Sighting => {
      const overdue = Date.parse(row.planned_end_at) < Date.parse(now)
      return {
        subject: row.zone_id,
        title: overdue
          ? { zh: `${row.name}已过期限,未解除或延长`, en: `${row.name} is past its end and not lifted` }
          : { zh: `${row.name}将在 24 小时内到期`, en: `${row.name} ends within 24 hours` },
        severity: overdue ? 'red' : 'amber',
        link: `/zones?open=${row.zone_id}`,
        unitId: row.unit_id,
        dueAt: row.planned_end_at,
      }
    })
  },
}

/** One alert per kind of post: a thousand sampling sites just imported are one thing to do, not a thousand. */
const withoutDemand: Watch = {
  key: 'posts.withoutDemand',
  title: { zh: '点位未设定警力需求', en: 'Posts without demand' },
  owner: 'dutyOfficer',
  async detect(db, now) {
    const rows = await postsDb(db)
      .selectFrom('post')
      .select(({ fn }) => ['operation_id', 'kind', fn.countAll<number>().as('n')])
      .where('state', '=', 'active')
      .where(
        sql<boolean>`not exists (select from demand d
          where d.agency_id = post.agency_id and d.post_id = post.post_id and not d.withdrawn)`,
      )
      .groupBy(['operation_id', 'kind'])
      .orderBy('operation_id')
      .orderBy('kind')
      .execute()
    return rows.map((row): Sighting => {
      const kind = postKindTitles[row.kind as PostKind]
      return {
        subject: `${row.operation_id}:${row.kind}`,
        title: {
          zh: `${row.n} 个${kind.zh}未设定警力需求`,
          en: `${kind.en}: ${row.n} without demand`,
        },
        severity: 'amber',
        link: `/posts?kind=${row.kind}&only=withoutDemand`,
        unitId: null,
        dueAt: later(now, 4),
      }
    })
  },
}

/** A sealed or control zone that nobody guards: no gate post in use belongs to it. */
const withoutGate: Watch = {
  key: 'posts.zoneWithoutGate',
  title: { zh: '区域没有封控点', en: 'A zone without a gate post' },
  owner: 'dutyOfficer',
  async detect(db, now) {
    const rows = await postsDb(db)
      .selectFrom('zone')
      .select(['zone_id', 'name', 'kind', 'unit_id', 'begins_at'])
      .where('lifted_at', 'is', null)
      .where('begins_at', '<=', now)
      .where('kind', 'in', ['sealed', 'control'])
      .where(
        sql<boolean>`not exists (select from post p where p.agency_id = zone.agency_id
          and p.zone_id = zone.zone_id and p.kind = 'zoneGate' and p.state = 'active')`,
      )
      .orderBy('begins_at')
      .orderBy('zone_id')
      .execute()
    return rows.map(row => ({
      subject: row.zone_id,
      title: { zh: `${row.name}没有启用中的封控点`, en: `${row.name} has no gate post in use` },
      severity: row.kind === 'sealed' ? 'red' : 'amber',
      link: `/zones?open=${row.zone_id}`,
      unitId: row.unit_id,
      dueAt: later(row.begins_at, 2),
    }))
  },
}

export const watches: readonly Watch[] = [zoneEnds, withoutDemand, withoutGate]
