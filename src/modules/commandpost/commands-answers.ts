// Directives, the side of those who are given them: acknowledge, report, done, return; and whoever was passed over.
import { commandsOn } from '../../kernel/command.ts'
import {
  acknowledgeDirective,
  commandpostProblems,
  noteSkipLevel,
  reportDirective,
  returnDirective,
} from './contracts.ts'
import { addSteps, needAddressee, needAnswerer, updateAddressee } from './directive-reads.ts'
import { joinEnclosures } from './enclosures.ts'
import type { CommandpostTables } from './tables.ts'

const on = commandsOn<CommandpostTables>()

export const answerCommands = [
  on(acknowledgeDirective, {
    async handle(tx, input, meta) {
      const { row } = await needAnswerer(tx, meta, input.addresseeId)
      if (row.state !== 'sent') throw commandpostProblems.acknowledgedAlready()
      updateAddressee(tx, meta, input.addresseeId, {
        state: 'received',
        received_at: meta.receivedAt,
        received_by: meta.actor.accountId,
      })
      await addSteps(tx, meta, row.directive_id, [{ kind: 'received', addresseeId: input.addresseeId }])
      return {}
    },
  }),

  on(reportDirective, {
    async handle(tx, input, meta) {
      const { row } = await needAnswerer(tx, meta, input.addresseeId)
      if (row.state === 'sent' || row.state === 'returned') throw commandpostProblems.notAcknowledged()
      if (row.state !== 'received') throw commandpostProblems.notInHand()
      if (input.done) {
        updateAddressee(tx, meta, input.addresseeId, {
          state: 'done',
          done_at: meta.receivedAt,
          done_by: meta.actor.accountId,
        })
      }
      const kind = input.done ? 'done' : 'reported'
      const said = { kind, addresseeId: input.addresseeId, text: input.text }
      const step = await addSteps(tx, meta, row.directive_id, [said])
      const to = { holder: 'directive', holderId: row.directive_id, step } as const
      await joinEnclosures(tx, meta, to, input.enclosures)
      return {}
    },
  }),

  on(returnDirective, {
    async handle(tx, input, meta) {
      const { row } = await needAnswerer(tx, meta, input.addresseeId)
      if (row.state !== 'sent' && row.state !== 'received') throw commandpostProblems.notInHand()
      updateAddressee(tx, meta, input.addresseeId, { state: 'returned' })
      const said = { kind: 'returned', addresseeId: input.addresseeId, text: input.reason }
      await addSteps(tx, meta, row.directive_id, [said])
      return {}
    },
  }),

  on(noteSkipLevel, {
    async handle(tx, input, meta) {
      const { row } = await needAddressee(tx, meta, input.addresseeId)
      const { unitIds } = meta.actor.scope
      const told = row.informed_unit_id
      if (told === null || row.informed_seen_at !== null) throw commandpostProblems.nothingToNote()
      if (unitIds === '*' || !unitIds.includes(told)) throw commandpostProblems.strangerUnit()
      updateAddressee(tx, meta, input.addresseeId, { informed_seen_at: meta.receivedAt })
      await addSteps(tx, meta, row.directive_id, [{ kind: 'seen', addresseeId: input.addresseeId }])
      return {}
    },
  }),
]
