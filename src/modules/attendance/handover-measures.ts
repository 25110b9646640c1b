// Figures of hand-overs: pages of the posts that the scope's units answer for, as the list behind them shows.
import { type Kysely, sql } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Measure, Span } from '../../kernel/module.ts'
import { deskReaders, handovers } from './contracts.ts'

async function pagesCounted(
  db: Kysely<AnyTables>,
  span: Span,
  wanted: 'signed' | 'returned',
): Promise<number> {
  const test =
    wanted === 'signed'
      ? sql`h.state = 'signed'`
      : sql`exists (select from handover_return r where r.agency_id = h.agency_id and r.handover_id = h.handover_id)`
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from handover h where h.day between ${span.from}::date and ${span.until}::date and ${test}
      and case current_setting('app.unit_ids', true) when '*' then true
        else h.unit_id = any (nullif(current_setting('app.unit_ids', true), '')::uuid[]) end`.execute(db)
  return Number(rows[0]?.n ?? 0)
}

const measure = (
  key: string,
  zh: string,
  en: string,
  wanted: 'signed' | 'returned',
  filter: Record<string, unknown>,
): Measure => ({
  key,
  title: { zh, en },
  unit: 'shift',
  roles: deskReaders,
  count: (db, span) => pagesCounted(db, span, wanted),
  records: { query: handovers, input: ({ from, until }) => ({ from, until, ...filter }) },
})

export const handoverMeasures: readonly Measure[] = [
  measure('handover.signed', '已签收交接班', 'Hand-overs signed', 'signed', { state: 'signed' }),
  measure('handover.returned', '退回过的交接班', 'Hand-overs returned', 'returned', { returned: true }),
]
