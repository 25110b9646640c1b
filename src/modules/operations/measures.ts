import { sql } from 'kysely'
import { everyone } from '../../kernel/contract.ts'
import type { Measure } from '../../kernel/module.ts'
import { operationList } from './contracts.ts'

export const measures: Measure[] = [
  {
    key: 'operation.days',
    title: { zh: '专项勤务天数', en: 'Days of the operation' },
    unit: 'day',
    roles: everyone,
    /** Duty days from the first day of what ran in the span to its end or the span's, each day once. */
    async count(db, span) {
      const answer = await sql<{ days: number }>`
        select count(distinct d.day) as days
        from operation o, generate_series(o.begins_on::timestamp, least(o.ends_on, ${span.until}::date)::timestamp,
          interval '1 day') as d (day)
        where o.begins_on <= ${span.until}::date and (o.ends_on is null or o.ends_on >= ${span.from}::date)`.execute(
        db,
      )
      return answer.rows[0]?.days ?? 0
    },
    records: { query: operationList, input: () => ({}) },
  },
]
