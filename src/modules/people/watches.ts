import type { Watch } from '../../kernel/module.ts'
import { addDays } from '../../kernel/time.ts'
import { skillTitles, type SkillKind } from './contracts.ts'
import { dutyClock, dutyInstants, peopleDb } from './people-db.ts'

/** So much time is needed to renew a training or to ask for an officer to stay. */
const noticeDays = 3

export const watches: Watch[] = [
  {
    key: 'people.skillExpires',
    title: { zh: '资质即将到期', en: 'A skill is about to expire' },
    owner: 'administrator',
    async detect(anyDb, now) {
      const db = peopleDb(anyDb)
      const today = now.slice(0, 10)
      const rows = await db
        .selectFrom('officer_skill as k')
        .innerJoin('officer as o', join =>
          join.onRef('o.agency_id', '=', 'k.agency_id').onRef('o.officer_id', '=', 'k.officer_id'),
        )
        .select(['k.agency_id', 'k.officer_id', 'k.skill', 'k.valid_until', 'o.name', 'o.badge', 'o.unit_id'])
        .where('o.active', '=', true)
        .where('k.valid_until', '>=', today)
        .where('k.valid_until', '<=', addDays(today, noticeDays))
        .orderBy('k.valid_until')
        .orderBy('k.officer_id')
        .orderBy('k.skill')
        .limit(500)
        .execute()
      const [first] = rows
      if (!first) return []
      const clock = await dutyClock(db, first.agency_id)
      return rows.map(row => {
        const until = row.valid_until ?? today
        const title = skillTitles[row.skill as SkillKind] ?? { zh: row.skill, en: row.skill }
        return {
          subject: `${row.officer_id} ${row.skill}`,
          title: {
            zh: `${row.name}(${row.badge})的“${title.zh}”资质 ${until} 到期`,
            en: `${title.en} of ${row.name} (${row.badge}) expires on ${until}`,
          },
          severity: 'amber' as const,
          link: `/people?officer=${row.officer_id}`,
          unitId: row.unit_id,
          dueAt: dutyInstants(clock, until, until).until,
        }
      })
    },
  },
  {
    key: 'people.attachmentEnds',
    title: { zh: '支援期即将届满', en: 'An attachment is about to end' },
    owner: 'commander',
    async detect(anyDb, now) {
      const db = peopleDb(anyDb)
      const today = now.slice(0, 10)
      const rows = await db
        .selectFrom('officer')
        .select(['agency_id', 'officer_id', 'name', 'badge', 'unit_id', 'home_agency', 'ends_on'])
        .where('kind', '=', 'attached')
        .where('active', '=', true)
        .where('ends_on', '>=', today)
        .where('ends_on', '<=', addDays(today, noticeDays))
        .orderBy('ends_on')
        .orderBy('officer_id')
        .limit(500)
        .execute()
      const [first] = rows
      if (!first) return []
      const clock = await dutyClock(db, first.agency_id)
      return rows.map(row => {
        const until = row.ends_on ?? today
        return {
          subject: row.officer_id,
          title: {
            zh: `${row.home_agency ?? ''}支援的${row.name}(${row.badge})${until} 到期返回`,
            en: `${row.name} (${row.badge}) of ${row.home_agency ?? ''} returns on ${until}`,
          },
          severity: 'amber' as const,
          link: `/people?officer=${row.officer_id}`,
          unitId: row.unit_id,
          dueAt: dutyInstants(clock, until, until).until,
        }
      })
    },
  },
]
