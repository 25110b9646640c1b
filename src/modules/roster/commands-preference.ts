// What the rosters of an operation lean to: set by who solves, read with everything else that a roster rests on.
import { commandsOn } from '../../kernel/command.ts'
import { queriesOn } from '../../kernel/query.ts'
import { preferenceInForce, setPreference } from './contracts.ts'
import { needRunning, needWholeAgency } from './drafting.ts'
import { standingPreference } from './preference-reads.ts'
import type { RosterTables } from './tables.ts'

export const preferenceQueries = [
  queriesOn<RosterTables>()(preferenceInForce, {
    sees: 'agency',
    run: (db, { operationId }, meta) => standingPreference(db, meta.agency.agencyId, operationId),
  }),
]

export const preferenceCommands = [
  commandsOn<RosterTables>()(setPreference, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    async handle(tx, { operationId, preference }, meta) {
      await needRunning(tx, meta, operationId)
      const set = { ...preference, set_at: meta.receivedAt, set_by: meta.actor.accountId }
      tx.write(
        tx.db
          .insertInto('roster_preference')
          .values({ agency_id: meta.agency.agencyId, operation_id: operationId, ...set })
          .onConflict(conflict => conflict.columns(['agency_id', 'operation_id']).doUpdateSet(set)),
      )
      return {}
    },
  }),
]
