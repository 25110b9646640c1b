import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { queriesOn } from '../../kernel/query.ts'
import { sheet } from './contracts.ts'
import { liveQueries } from './queries-live.ts'
import { planQueries } from './queries-plan.ts'
import { readSheet } from './sheet-data.ts'
import { sheetOf } from './sheets.ts'
import type { RosterTables } from './tables.ts'

const on = queriesOn<RosterTables>()

export const queries = [
  ...planQueries,
  ...liveQueries,
  on(sheet, {
    sees: 'agency',
    run: async (db, input, meta) =>
      sheetOf(await readSheet(db as unknown as Kysely<AnyTables>, meta.agency, input)),
  }),
]
