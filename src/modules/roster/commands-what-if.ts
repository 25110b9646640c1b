// Keeping what-ifs: saved by a planner with what came of them, renewed, renamed, deleted.
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import {
  deleteWhatIf,
  renameWhatIf,
  renewWhatIf,
  saveWhatIf,
  type Supposition,
  type WhatIfResult,
  whatIfsMost,
} from './contracts.ts'
import { json, needRunning, needWholeAgency, type RosterTx } from './drafting.ts'
import type { RosterTables } from './tables.ts'
import { whatIfProblems } from './what-if-problems.ts'

const on = commandsOn<RosterTables>()

/** One of the agency at the revision that the planner saw: whoever comes second is told so. */
const changed = { rows: 1, otherwise: whatIfProblems.whatIfChanged() }

const rowOf = (tx: RosterTx, meta: CommandMeta, input: { whatIfId: string; revision: number }) =>
  tx.db
    .updateTable('what_if')
    .where('agency_id', '=', meta.agency.agencyId)
    .where('what_if_id', '=', input.whatIfId)
    .where('revision', '=', input.revision)

const storedResult = (suppositions: readonly Supposition[], result: WhatIfResult) => ({
  from_day: result.fromDay,
  until_day: result.untilDay,
  suppositions: json(suppositions),
  result: json(result),
  demand_mark: result.demandMark,
  made_at: result.madeAt,
})

export const whatIfCommands = [
  on(saveWhatIf, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      await needRunning(tx, meta, input.operationId)
      const kept = await tx.db
        .selectFrom('what_if')
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .where('agency_id', '=', agencyId)
        .where('operation_id', '=', input.operationId)
        .executeTakeFirst()
      if (Number(kept?.n ?? 0) >= whatIfsMost) throw whatIfProblems.whatIfsFull({ most: whatIfsMost })
      tx.write(
        tx.db.insertInto('what_if').values({
          agency_id: agencyId,
          what_if_id: input.whatIfId,
          operation_id: input.operationId,
          name: input.name.trim(),
          ...storedResult(input.suppositions, input.result),
          revision: 1,
          saved_at: meta.receivedAt,
          saved_by: meta.actor.accountId,
        }),
      )
      return {}
    },
  }),

  on(renewWhatIf, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    handle(tx, input, meta) {
      const row = rowOf(tx, meta, input).where('operation_id', '=', input.operationId)
      tx.write(
        row.set({
          ...storedResult(input.suppositions, input.result),
          revision: input.revision + 1,
          saved_at: meta.receivedAt,
          saved_by: meta.actor.accountId,
        }),
        changed,
      )
      return {}
    },
  }),

  on(renameWhatIf, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    handle(tx, input, meta) {
      tx.write(rowOf(tx, meta, input).set({ name: input.name.trim(), revision: input.revision + 1 }), changed)
      return {}
    },
  }),

  on(deleteWhatIf, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    handle(tx, input, meta) {
      tx.write(
        tx.db
          .deleteFrom('what_if')
          .where('agency_id', '=', meta.agency.agencyId)
          .where('what_if_id', '=', input.whatIfId)
          .where('revision', '=', input.revision),
        changed,
      )
      return {}
    },
  }),
]
