import { queriesOn } from '../../kernel/query.ts'
import { log, logSheet } from './contracts.ts'
import { entriesIn, entryViews } from './log-reads.ts'
import { readLogSheet } from './log-sheet.ts'
import type { CommandpostTables } from './tables.ts'

const on = queriesOn<CommandpostTables>()

const columnOf = {
  n: 'n',
  happenedAt: 'happened_at',
  enteredAt: 'entered_at',
  kind: 'kind',
} as const

export const logQueries = [
  on(log, {
    async run(db, input, meta) {
      const found = await entriesIn(db, meta, input)
      const { total } = await found
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow()
      const rows = await found
        .selectAll()
        .$if(input.order !== undefined, all =>
          all.orderBy(columnOf[input.order ?? 'n'], input.descending ? 'desc' : 'asc'),
        )
        // Without an order asked for, what is pinned stands before the rest.
        .$if(input.order === undefined, all => all.orderBy('pinned', 'desc'))
        .orderBy('happened_at', 'desc')
        .orderBy('n', 'desc')
        .orderBy('entry_id')
        .offset(input.offset)
        .limit(input.limit)
        .execute()
      return { total, rows: await entryViews(db, meta, input.operationId, rows) }
    },
  }),
  on(logSheet, { run: (db, input, meta) => readLogSheet(db, meta, input) }),
]
