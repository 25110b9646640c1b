// Ordering a closed loop, objecting to it, and deciding the objection.
import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import { addDays, daysBetween, dutyDayOf } from '../../kernel/time.ts'
import { dissolveTeam, removeMember } from '../people/contracts.ts'
import { officerNames } from '../people/index.ts'
import { decideObjection, objectionHours, objectToLoop, orderLoop, withdrawObjection } from './contracts.ts'
import { loopOrders, loopRules, loopsAround, objectionsOf } from './loop-reads.ts'
import { anyDb } from './seats.ts'
import type { AttendanceTables } from './tables.ts'
import { needTeamOn } from './team-commands.ts'
import { teamProblems } from './team-problems.ts'

const on = commandsOn<AttendanceTables>()
type Tx = CommandTx<AttendanceTables>

async function needOpen(tx: Tx, meta: CommandMeta, objectionId: string) {
  const [row] = await objectionsOf(tx.db, meta.agency.agencyId, { objectionId })
  if (!row || row.decided_at !== null || row.withdrawn_at !== null) throw teamProblems.objectionMissing()
  return row
}

const orderCommand = on(orderLoop, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const { teamId, beginsOn, endsOn } = input
    if (endsOn < beginsOn) throw teamProblems.endsBeforeItBegins()
    const db = anyDb(tx.db)
    const team = await needTeamOn(db, meta, teamId, { beginsOn, endsOn: beginsOn })
    if (team.kind !== 'closedLoop') throw teamProblems.notALoop({ team: team.name })
    const before = (await loopOrders(tx.db, agencyId, [teamId])).get(teamId)
    if (before) throw teamProblems.loopOrdered({ number: before.orderNumber })
    if (beginsOn < team.beginsOn || (team.endsOn !== null && endsOn > team.endsOn))
      throw teamProblems.loopOutsideTeam()
    if (endsOn < dutyDayOf(meta.agency, meta.receivedAt)) throw teamProblems.daysPast()
    const { daysMost } = await loopRules(db, agencyId, beginsOn)
    // Counted from the first day of the team: who was lodged before the order was lodged all the same.
    const length = daysBetween(team.beginsOn, endsOn) + 1
    if (length > daysMost) throw teamProblems.loopTooLong({ days: length, most: daysMost })
    if (input.approverId !== null) {
      const names = await officerNames(db, agencyId, [input.approverId])
      if (!names.has(input.approverId)) throw teamProblems.approverMissing()
    }
    tx.write(
      tx.db.insertInto('loop_order').values({
        agency_id: agencyId,
        order_id: input.orderId,
        team_id: teamId,
        order_number: input.orderNumber.trim(),
        approver: input.approver.trim(),
        approver_id: input.approverId,
        basis: input.basis.trim(),
        reason: input.reason.trim(),
        begins_on: beginsOn,
        ends_on: endsOn,
        ordered_at: meta.receivedAt,
        ordered_by: meta.actor.accountId,
      }),
    )
    // The membership ends with the order, so that nothing has to be done for people to be let out.
    if (team.endsOn === null || team.endsOn > endsOn) await meta.call(dissolveTeam, { teamId, endsOn })
    return {}
  },
})

const memberCommands = [
  on(objectToLoop, {
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const { officerId } = input
      if (meta.actor.officerId === null || meta.actor.officerId !== officerId) throw teamProblems.forOneself()
      if (input.text.trim() === '' && input.healthReason === null) throw teamProblems.reasonNeeded()
      const today = dutyDayOf(meta.agency, meta.receivedAt)
      const { teams, orders } = await loopsAround(anyDb(tx.db), agencyId, today)
      const team = teams.find(one =>
        one.members.some(
          stay =>
            stay.officerId === officerId &&
            stay.from <= today &&
            (stay.until === null || today <= stay.until),
        ),
      )
      const order = team && orders.get(team.teamId)
      if (!order) throw teamProblems.notInLoop()
      const own = await objectionsOf(tx.db, agencyId, { officerId })
      if (own.some(row => row.decided_at === null && row.withdrawn_at === null))
        throw teamProblems.objectionOpen()
      const dueAt = new Date(Date.parse(meta.receivedAt) + objectionHours * 3_600_000).toISOString()
      tx.write(
        tx.db.insertInto('loop_objection').values({
          agency_id: agencyId,
          objection_id: input.objectionId,
          order_id: order.orderId,
          officer_id: officerId,
          text: input.text.trim(),
          health_reason: input.healthReason,
          raised_at: meta.receivedAt,
          due_at: dueAt,
          withdrawn_at: null,
          decided_at: null,
          decided_by: null,
          outcome: null,
          why: null,
          leaves_on: null,
        }),
      )
      return { dueAt }
    },
  }),

  on(withdrawObjection, {
    async handle(tx, input, meta) {
      const row = await needOpen(tx, meta, input.objectionId)
      if (meta.actor.officerId !== row.officer_id) throw teamProblems.forOneself()
      tx.write(
        tx.db
          .updateTable('loop_objection')
          .set({ withdrawn_at: meta.receivedAt })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('objection_id', '=', input.objectionId),
        { rows: 1, otherwise: teamProblems.objectionMissing() },
      )
      return {}
    },
  }),
]

const decideCommand = on(decideObjection, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const { accountId, officerId, roles } = meta.actor
    const row = await needOpen(tx, meta, input.objectionId)
    const order = (await loopOrders(tx.db, agencyId, [row.team_id])).get(row.team_id)
    const own =
      (order?.orderedBy !== null && order?.orderedBy === accountId) ||
      (officerId !== null && (officerId === order?.approverId || officerId === row.officer_id))
    if (own) throw teamProblems.ownOrder()
    // Only he can read what it rests on, and only what he reads he can judge.
    const health = roles.includes('healthOfficer')
    const post = roles.some(role => role !== 'healthOfficer')
    if (row.health_reason === null ? !post : !health) throw teamProblems.healthDecides()
    const today = dutyDayOf(meta.agency, meta.receivedAt)
    const upheld = input.outcome === 'upheld'
    tx.write(
      tx.db
        .updateTable('loop_objection')
        .set({
          decided_at: meta.receivedAt,
          decided_by: accountId,
          outcome: input.outcome,
          why: input.why.trim(),
          leaves_on: upheld ? today : null,
        })
        .where('agency_id', '=', agencyId)
        .where('objection_id', '=', input.objectionId),
      { rows: 1, otherwise: teamProblems.objectionMissing() },
    )
    if (upheld && (await isStillIn(tx, meta, row, addDays(today, 1)))) {
      await meta.call(removeMember, { teamId: row.team_id, officerId: row.officer_id, endsOn: today })
    }
    return {}
  },
})

/** Whose last day has come anyway leaves by that. */
async function isStillIn(
  tx: Tx,
  meta: CommandMeta,
  { team_id, officer_id }: { team_id: string; officer_id: string },
  day: string,
): Promise<boolean> {
  const { teams } = await loopsAround(anyDb(tx.db), meta.agency.agencyId, day)
  const team = teams.find(one => one.teamId === team_id)
  return (
    team?.members.some(
      stay => stay.officerId === officer_id && (stay.until === null || day <= stay.until),
    ) === true
  )
}

export const loopCommands = [orderCommand, ...memberCommands, decideCommand]
