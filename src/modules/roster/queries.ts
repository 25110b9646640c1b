import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { queriesOn } from '../../kernel/query.ts'
import { instantAt } from '../../kernel/time.ts'
import { sheet } from './contracts.ts'
import { breakQueries } from './queries-breaks.ts'
import { fairnessQueries } from './queries-fairness.ts'
import { holdQueries } from './queries-holds.ts'
import { leadersAt } from './lead-reads.ts'
import { turnQueries, turnSheet } from './queries-turns.ts'
import { leadQueries, leadSheet, withChief } from './queries-leads.ts'
import { liveQueries } from './queries-live.ts'
import { planQueries } from './queries-plan.ts'
import { swapQueries } from './queries-swaps.ts'
import { restQueries } from './queries-rest.ts'
import { seatHistoryQueries } from './seat-history.ts'
import { readSheet } from './sheet-data.ts'
import { preferenceQueries } from './commands-preference.ts'
import { specialDayQueries } from './commands-special-days.ts'
import { sheetOf } from './sheets.ts'
import { comparisonQueries } from './queries-comparison.ts'
import { whatIfQueries } from './queries-what-if.ts'
import type { RosterTables } from './tables.ts'

const on = queriesOn<RosterTables>()

export const queries = [
  ...planQueries,
  ...liveQueries,
  ...holdQueries,
  ...leadQueries,
  ...turnQueries,
  ...seatHistoryQueries,
  ...swapQueries,
  ...breakQueries,
  ...fairnessQueries,
  ...restQueries,
  ...specialDayQueries,
  ...preferenceQueries,
  ...whatIfQueries,
  ...comparisonQueries,
  on(sheet, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agency } = meta
      const any = db as unknown as Kysely<AnyTables>
      if (input.kind === 'leaders') return leadSheet(any, agency, input)
      if (input.kind === 'turns') return turnSheet(any, agency, input)
      const view = sheetOf(await readSheet(any, agency, input))
      if (input.kind !== 'daily') return view
      const begins = instantAt(agency.timeZone, input.fromDay, agency.handOverMinute)
      const leaders = await leadersAt(any, agency, input.operationId, begins)
      return withChief(view, leaders.find(one => one.office === 'bureau')?.name)
    },
  }),
]
