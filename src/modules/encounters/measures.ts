// Figures of the posts, from the counts of the hours: they stay when the encounters themselves are gone.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { CountUnit } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Measure, Span } from '../../kernel/module.ts'
import { postsOfAgency } from '../posts/index.ts'
import { emergencies, encounterReaders, search } from './contracts-lists.ts'
import { agencyInScope, unitInScope } from './lower.ts'

/** Posts whose unit the asker sees. */
async function postIds(db: Kysely<AnyTables>): Promise<string[]> {
  const sees = await unitInScope(db)
  const posts = await postsOfAgency(db, await agencyInScope(db))
  return posts.filter(post => sees(post.unitId)).map(post => post.postId)
}

async function summed(db: Kysely<AnyTables>, text: RawBuilder<{ n: number }>): Promise<number> {
  return (await text.execute(db)).rows[0]?.n ?? 0
}

function ofHours(
  key: string,
  zh: string,
  en: string,
  unit: CountUnit,
  sum: 'passes' | 'people',
  where: { passer?: 'vehicle' | 'person'; verdict?: 'turnBack' | 'refer' },
): Measure {
  const { passer = null, verdict = null } = where
  return {
    key: `encounters.${key}`,
    title: { zh, en },
    unit,
    roles: encounterReaders,
    count: async (db, span) =>
      summed(
        db,
        sql<{ n: number }>`select coalesce(sum(${sql.ref(sum)}), 0) as n from encounter_hour
          where duty_day between ${span.from}::date and ${span.until}::date
            and post_id = any (${await postIds(db)}::uuid[])
            and (${passer}::text is null or passer = ${passer}) and (${verdict}::text is null or verdict = ${verdict})`,
      ),
    records: {
      query: search,
      input: (span: Span) => ({ dayFrom: span.from, dayUntil: span.until, ...where, limit: 5_000 }),
    },
  }
}

export const measures: readonly Measure[] = [
  /** Everybody who was checked, also in vehicles. */
  ofHours('persons', '查验人员', 'Persons checked', 'person-time', 'people', {}),
  ofHours('vehicles', '查验车辆', 'Vehicles checked', 'vehicle-time', 'passes', { passer: 'vehicle' }),
  ofHours('turnedBack', '劝返', 'Turned back', 'person-time', 'people', { verdict: 'turnBack' }),
  ofHours('referred', '移交', 'Referred', 'person-time', 'people', { verdict: 'refer' }),
  {
    key: 'encounters.emergencies',
    title: { zh: '紧急通行', en: 'Emergency passages' },
    unit: 'visit',
    roles: encounterReaders,
    count: async (db, span) =>
      summed(
        db,
        sql<{ n: number }>`select count(*) as n from emergency_passage
          where passed_at >= ${span.begins}::timestamptz and passed_at < ${span.ends}::timestamptz
            and emergency <> 'mistake'
            and post_id = any (${await postIds(db)}::uuid[])`,
      ),
    records: {
      query: emergencies,
      input: (span: Span) => ({ dayFrom: span.from, dayUntil: span.until, limit: 5_000 }),
    },
  },
]
