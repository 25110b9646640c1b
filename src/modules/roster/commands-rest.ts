// Granting a rest that is owed, and ordering somebody on duty beyond the rule.
import { sql } from 'kysely'
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import { officerNames } from '../people/index.ts'
import {
  grantRest,
  grantWithinDays,
  orderBeyondRest,
  type RestCause,
  restProblems,
  rosterProblems,
} from './contracts.ts'
import { needRunning, type RosterTx } from './drafting.ts'
import { debtKey, type OwnedDebt, restDebts } from './rest-reads.ts'
import { any, timeIn } from './swap-reads.ts'
import type { RosterTables } from './tables.ts'

const on = commandsOn<RosterTables>()
const minuteMs = 60_000
const dayMs = 86_400_000
const longestRestMs = 3 * dayMs

interface Named {
  operationId: string
  officerId: string
  cause: RestCause
  arisenAt: string
}

/** The debt as the books have it now, and whose it is. Who is outside the actor's scope has no name here. */
async function needDebt(
  tx: RosterTx,
  meta: CommandMeta,
  input: Named,
): Promise<OwnedDebt & { name: string }> {
  const { agency, receivedAt } = meta
  const { officerId, cause, arisenAt } = input
  await needRunning(tx, meta, input.operationId)
  const name = (await officerNames(any(tx.db), agency.agencyId, [officerId])).get(officerId)?.name
  if (name === undefined) throw rosterProblems.unknownOfficer({ count: 1 })
  const debts = await restDebts(any(tx.db), agency, receivedAt, [officerId])
  const wanted = debtKey(officerId, cause, arisenAt)
  const found = debts.find(one => debtKey(officerId, one.debt.cause, one.debt.arisenAt) === wanted)
  if (!found) throw restProblems.restNotOwed({ name })
  return { ...found, name }
}

function needGoodRest(meta: CommandMeta, { debt }: OwnedDebt, input: { from: string; until: string }): void {
  const { agency, receivedAt } = meta
  const [from, until] = [Date.parse(input.from), Date.parse(input.until)]
  // Pages show whole minutes, so a rest that was proposed to the second may be given to the minute.
  if (from < debt.from - minuteMs) {
    throw restProblems.restTooEarly({ time: timeIn(agency, new Date(debt.from).toISOString()) })
  }
  if (until - from < (debt.owedMinutes - 1) * minuteMs) {
    throw restProblems.restTooShort({ hours: Math.round(debt.owedMinutes / 6) / 10 })
  }
  const latest = Math.max(Date.parse(receivedAt), debt.from) + grantWithinDays * dayMs
  if (from > latest || until - from > longestRestMs) {
    throw restProblems.restTooLate({ days: grantWithinDays })
  }
}

export const restCommands = [
  on(grantRest, {
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const { officerId, cause, from, until } = input
      const owed = await needDebt(tx, meta, input)
      if (owed.view.state === 'granted') throw restProblems.restGrantedAlready({ name: owed.name })
      needGoodRest(meta, owed, input)
      tx.write(
        tx.db.insertInto('rest_grant').values({
          agency_id: agencyId,
          grant_id: input.grantId,
          officer_id: officerId,
          cause,
          arisen_at: input.arisenAt,
          begins_at: from,
          ends_at: until,
          granted_at: meta.receivedAt,
          granted_by: meta.actor.accountId,
          ended_at: null,
        }),
      )
      const inside = await tx.db
        .selectFrom('assignment')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('agency_id', '=', agencyId)
        .where('officer_id', '=', officerId)
        .where(sql<boolean>`period && tstzrange(${from}::timestamptz, ${until}::timestamptz)`)
        .where(sql<boolean>`lower(period) > ${meta.receivedAt}::timestamptz`)
        .executeTakeFirstOrThrow()
      return { duties: Number(inside.n) }
    },
  }),

  on(orderBeyondRest, {
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const { officerId, cause, arisenAt } = input
      const [orderer, reason] = [input.orderer.trim(), input.reason.trim()]
      if (orderer === '' || reason === '') throw restProblems.restReasonNeeded()
      const { name, view } = await needDebt(tx, meta, input)
      if (view.state === 'ordered') throw restProblems.restOrderedAlready({ name })
      tx.write(
        tx.db.insertInto('rest_order').values({
          agency_id: agencyId,
          order_id: input.orderId,
          operation_id: input.operationId,
          officer_id: officerId,
          cause,
          arisen_at: arisenAt,
          orderer,
          reason,
          ordered_at: meta.receivedAt,
          ordered_by: meta.actor.accountId,
        }),
      )
      // A rest that was granted is cut short: he may stand in it again.
      tx.write(
        tx.db
          .updateTable('rest_grant')
          .set({ ended_at: meta.receivedAt })
          .where('agency_id', '=', agencyId)
          .where('officer_id', '=', officerId)
          .where('ended_at', 'is', null)
          .where('ends_at', '>', meta.receivedAt),
      )
      return {}
    },
  }),
]
