// Filling duties that break, and chasing who has not acknowledged.
import { sql } from 'kysely'
import { commandsOn } from '../../kernel/command.ts'
import { officerNames } from '../people/index.ts'
import { breaksOf, handedOf } from './breaks.ts'
import { overtake } from './commands-swaps.ts'
import { chase, repair, rosterProblems, swapProblems } from './contracts.ts'
import { needRunning, needWholeAgency } from './drafting.ts'
import { judgeHanded, movesBroken, officerAt, openMoves } from './moves.ts'
import { pendingOf } from './pending.ts'
import { publishMoves } from './publish-moves.ts'
import { any, assignmentsById, spanOf, timeIn } from './swap-reads.ts'
import type { RosterTables } from './tables.ts'

const on = commandsOn<RosterTables>()
const hourMs = 3_600_000

export const livedCommands = [
  on(repair, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    async handle(tx, input, meta) {
      const { agency, receivedAt } = meta
      const { operationId } = input
      await needRunning(tx, meta, operationId)
      const ids = input.repairs.map(one => one.assignmentId)
      const duties = await assignmentsById(tx.db, agency.agencyId, ids)
      const breaking = new Set(
        (await breaksOf(any(tx.db), agency, operationId, receivedAt)).map(one => one.duty.assignmentId),
      )
      const taken = input.repairs.map(({ assignmentId, officerId }) => {
        const duty = duties.get(assignmentId)
        if (!duty || duty.operationId !== operationId) throw swapProblems.dutyGone({ name: '' })
        return { duty, officerId }
      })
      const names = await officerNames(
        any(tx.db),
        agency.agencyId,
        taken.map(one => one.duty.officerId),
      )
      for (const { duty, officerId } of taken) {
        const name = names.get(duty.officerId)?.name ?? ''
        if (duty.begins <= receivedAt)
          throw swapProblems.dutyBegun({ name, time: timeIn(agency, duty.begins) })
        if (!breaking.has(duty.assignmentId)) throw swapProblems.nothingBroken({ name })
        if (officerId === duty.officerId) throw swapProblems.swapWithOneself()
      }
      if (new Set(ids).size < ids.length) throw rosterProblems.changedMeanwhile()
      const days = taken.map(one => one.duty.day)
      const book = await openMoves(any(tx.db), agency, spanOf(operationId, days), false)
      for (const { officerId } of taken) officerAt(book, officerId)
      const all = taken.map(({ duty, officerId }) => handedOf(duty, officerId))
      const { after, broken } = judgeHanded(book, all)
      if (broken.length > 0) throw movesBroken(broken)
      const { version, removed } = await publishMoves(tx, meta, book, { cause: 'repair', after })
      await overtake(tx, meta, removed)
      return { version, duties: taken.length }
    },
  }),

  on(chase, {
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const ids = [...new Set(input.officerIds)].sort()
      if (meta.actor.officerId && ids.includes(meta.actor.officerId)) throw swapProblems.chasedOneself()
      // Who is outside the actor's scope has no name here.
      const names = await officerNames(any(tx.db), agencyId, ids)
      if (ids.some(id => !names.has(id))) throw swapProblems.notYourPeople()
      const pending = await pendingOf(tx.db, agencyId, input.operationId, meta.receivedAt, ids)
      const lately = new Date(Date.parse(meta.receivedAt) - hourMs).toISOString()
      const free = pending.filter(one => one.chasedAt === null || one.chasedAt <= lately)
      const [first] = pending
      if (free.length === 0 && first?.chasedAt) {
        const name = names.get(first.officerId)?.name ?? ''
        throw swapProblems.chasedLately({ name, time: timeIn(meta.agency, first.chasedAt) })
      }
      if (free.length === 0) {
        throw swapProblems.nothingToChase({ name: names.get(ids[0] ?? '')?.name ?? '' })
      }
      for (const one of free) {
        const { last } = await tx.db
          .selectFrom('chase')
          .select(sql<number>`coalesce(max(n), 0)`.as('last'))
          .where('agency_id', '=', agencyId)
          .where('operation_id', '=', input.operationId)
          .where('officer_id', '=', one.officerId)
          .executeTakeFirstOrThrow()
        tx.write(
          tx.db.insertInto('chase').values({
            agency_id: agencyId,
            operation_id: input.operationId,
            officer_id: one.officerId,
            n: Number(last) + 1,
            version: one.version,
            at: meta.receivedAt,
            by_account: meta.actor.accountId,
          }),
        )
      }
      return { chased: free.length, passedOver: ids.length - free.length }
    },
  }),
]
