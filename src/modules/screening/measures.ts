// Figures of sampling, all counted from sealed tubes.
import { sql } from 'kysely'
import { type CountUnit, everyone } from '../../kernel/contract.ts'
import type { Measure, Span } from '../../kernel/module.ts'
import { type TubeState, tubes } from './contracts.ts'
import { screeningDb, tubeInScope } from './lower.ts'

const measure = (
  key: string,
  title: Measure['title'],
  unit: CountUnit,
  what: { sum: 'people' | 'tubes'; states?: TubeState[] },
): Measure => ({
  key,
  title,
  unit,
  roles: everyone,
  async count(db, { from, until }: Span) {
    const counted = what.sum === 'people' ? sql`coalesce(sum(people), 0)` : sql`count(*)`
    const { rows } = await sql<{ n: number }>`select (${counted})::int as n from tube
      where day between ${from}::date and ${until}::date and ${tubeInScope}
        and (${what.states ?? null}::text[] is null or result = any (${what.states ?? null}::text[]))`.execute(
      screeningDb(db),
    )
    return rows[0]?.n ?? 0
  },
  records: {
    query: tubes,
    input: ({ from, until }) => ({ from, until, ...(what.states ? { states: what.states } : {}) }),
  },
})

export const measures: readonly Measure[] = [
  measure('sampling.persons', { zh: '核酸检测采样', en: 'Samples taken' }, 'person-time', {
    sum: 'people',
  }),
  measure('sampling.tubes', { zh: '采样管', en: 'Tubes sealed' }, 'tube', { sum: 'tubes' }),
  measure('sampling.positiveTubes', { zh: '阳性管', en: 'Positive tubes' }, 'tube', {
    sum: 'tubes',
    states: ['positive'],
  }),
]
