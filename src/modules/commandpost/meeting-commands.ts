// Meetings 会议: the minutes, and decisions that are issued as directives in one step.
import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import {
  addDecisions,
  changeMeeting,
  commandpostProblems,
  decisionsMost,
  issueDecision,
  issueDirective,
  mobiliseProblems,
  recordMeeting,
} from './contracts.ts'
import { joinEnclosures } from './enclosures.ts'
import { minutesLater, nextNumber, operationOf, utc } from './lower.ts'
import type { CommandpostTables } from './tables.ts'

const on = commandsOn<CommandpostTables>()
type Tx = CommandTx<CommandpostTables>
const aheadMinutes = 5

/** The meetings of the command post are the bureau's: a duty officer of a unit leads none. */
function needPostOfBureau(meta: CommandMeta): void {
  const { roles, scope } = meta.actor
  if (scope.unitIds !== '*' && !roles.includes('system')) throw commandpostProblems.outsideScope()
}

async function needMeeting(tx: Tx, meta: CommandMeta, meetingId: string) {
  const row = await tx.db
    .selectFrom('meeting')
    .selectAll()
    .where('agency_id', '=', meta.agency.agencyId)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst()
  if (!row) throw mobiliseProblems.meetingMissing()
  await operationOf(tx.db, meta.agency.agencyId, row.operation_id)
  return row
}

interface Head {
  title: string
  heldAt: string
  place: string
  chair: string
  attendees: string
  minutes: string
}

function headOf(meta: CommandMeta, input: Head) {
  const heldAt = utc(input.heldAt)
  if (heldAt > minutesLater(meta.receivedAt, aheadMinutes)) throw commandpostProblems.inFuture()
  return {
    title: input.title.trim(),
    held_at: heldAt,
    place: input.place.trim(),
    chair: input.chair.trim(),
    attendees: input.attendees.trim(),
    minutes: input.minutes.trim(),
  }
}

async function writeDecisions(
  tx: Tx,
  meta: CommandMeta,
  meetingId: string,
  decisions: readonly { decisionId: string; text: string }[],
): Promise<void> {
  if (decisions.length === 0) return
  const { agencyId } = meta.agency
  const last = await tx.db
    .selectFrom('meeting_decision')
    .select(({ fn }) => fn.max<number | null>('n').as('n'))
    .where('agency_id', '=', agencyId)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst()
  const before = last?.n ?? 0
  if (before + decisions.length > decisionsMost) throw mobiliseProblems.decisionsMost({ most: decisionsMost })
  tx.write(
    tx.db.insertInto('meeting_decision').values(
      decisions.map((one, at) => ({
        agency_id: agencyId,
        decision_id: one.decisionId,
        meeting_id: meetingId,
        n: before + at + 1,
        text: one.text.trim(),
      })),
    ),
  )
}

export const meetingCommands = [
  on(recordMeeting, {
    allow: (_tx, _input, meta) => needPostOfBureau(meta),
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      await operationOf(tx.db, agencyId, input.operationId)
      tx.write(
        tx.db.insertInto('meeting').values({
          agency_id: agencyId,
          meeting_id: input.meetingId,
          operation_id: input.operationId,
          n: await nextNumber(tx, meta, input.operationId, 'meeting'),
          ...headOf(meta, input),
          recorded_at: meta.receivedAt,
          recorded_by: meta.actor.accountId,
        }),
      )
      await writeDecisions(tx, meta, input.meetingId, input.decisions)
      const to = { holder: 'meeting', holderId: input.meetingId, step: null } as const
      await joinEnclosures(tx, meta, to, input.enclosures)
      return {}
    },
  }),

  on(changeMeeting, {
    allow: (_tx, _input, meta) => needPostOfBureau(meta),
    async handle(tx, input, meta) {
      await needMeeting(tx, meta, input.meetingId)
      tx.write(
        tx.db
          .updateTable('meeting')
          .set(headOf(meta, input))
          .where('agency_id', '=', meta.agency.agencyId)
          .where('meeting_id', '=', input.meetingId),
        { rows: 1, otherwise: mobiliseProblems.meetingMissing() },
      )
      return {}
    },
  }),

  on(addDecisions, {
    allow: (_tx, _input, meta) => needPostOfBureau(meta),
    async handle(tx, input, meta) {
      await needMeeting(tx, meta, input.meetingId)
      await writeDecisions(tx, meta, input.meetingId, input.decisions)
      return {}
    },
  }),

  on(issueDecision, {
    allow: (_tx, _input, meta) => needPostOfBureau(meta),
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const { decisionId, ...head } = input
      const row = await tx.db
        .selectFrom('meeting_decision')
        .selectAll()
        .where('agency_id', '=', agencyId)
        .where('decision_id', '=', decisionId)
        .executeTakeFirst()
      if (!row) throw mobiliseProblems.decisionMissing()
      if (row.directive_id !== null) throw mobiliseProblems.decisionIssued()
      const meeting = await needMeeting(tx, meta, row.meeting_id)
      await meta.call(issueDirective, {
        ...head,
        operationId: meeting.operation_id,
        source: 'own',
        text: row.text,
        enclosures: [],
      })
      tx.write(
        tx.db
          .updateTable('meeting_decision')
          .set({ directive_id: input.directiveId })
          .where('agency_id', '=', agencyId)
          .where('decision_id', '=', decisionId),
        { rows: 1, otherwise: mobiliseProblems.decisionMissing() },
      )
      return {}
    },
  }),
]
