import { commandsOn } from '../../kernel/command.ts'
import { destroyEnclosure, sweepEnclosures as sweep } from '../../kernel/enclosures.ts'
import { commandpostProblems, removeEnclosure, sweepEnclosures } from './contracts.ts'
import { anyDb } from './lower.ts'
import type { CommandpostTables } from './tables.ts'

const on = commandsOn<CommandpostTables>()

export const enclosureCommands = [
  /** The row stays and says that something was there; the bytes and their key are gone for ever. */
  on(removeEnclosure, {
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const { accountId, roles } = meta.actor
      const row = await tx.db
        .selectFrom('enclosure')
        .select(['digest', 'added_by', 'removed_at'])
        .where('agency_id', '=', agencyId)
        .where('enclosure_id', '=', input.enclosureId)
        .executeTakeFirst()
      if (!row) throw commandpostProblems.enclosureMissing()
      const own = row.added_by === accountId
      const post =
        meta.actor.scope.unitIds === '*' && roles.some(one => one === 'commander' || one === 'dutyOfficer')
      if (!own && !post) throw commandpostProblems.enclosureKept()
      if (row.removed_at !== null) throw commandpostProblems.enclosureRemoved()
      // Brought once, it may be joined to several records: what is to be forgotten is forgotten everywhere.
      tx.write(
        tx.db
          .updateTable('enclosure')
          .set({ removed_at: meta.receivedAt, removed_by: accountId, removed_why: input.why })
          .where('agency_id', '=', agencyId)
          .where('digest', '=', row.digest)
          .where('removed_at', 'is', null),
      )
      tx.write(destroyEnclosure(anyDb(tx.db), row.digest, meta.receivedAt))
      return {}
    },
  }),

  on(sweepEnclosures, {
    handle(tx, input) {
      tx.write(sweep(anyDb(tx.db), input.before))
      return {}
    },
  }),
]
