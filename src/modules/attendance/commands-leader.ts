// What a leader does for others: the roll-call of those without a phone, and who did not come.
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { addDays } from '../../kernel/time.ts'
import { arrivalFor, earlyBy, notHis } from './arrival.ts'
import { leavingAt } from './commands-post.ts'
import { attendanceProblems, checkInMany, checkOutMany, declareAbsent, withdrawAbsence } from './contracts.ts'
import { clockOf, momentOf } from './moment.ts'
import { absencesOf, presencesById } from './presence-rows.ts'
import {
  type Around,
  type AttendanceTx,
  booksOf,
  judged,
  type Named,
  needRightOver,
  readAround,
  type Recorded,
  writeArrivals,
  writeLeaving,
} from './recording.ts'
import { rulesNow } from './rules.ts'
import { seatKey } from './seats.ts'
import type { AttendanceTables } from './tables.ts'

const on = commandsOn<AttendanceTables>()

type RollCall = InputOf<typeof checkInMany>
const pairsOf = (input: RollCall) =>
  input.posts.flatMap(({ postId, officerIds }) => officerIds.map(officerId => ({ postId, officerId })))

/** All who were named, or the first who cannot be explained; who has checked in by himself is left as he stands. */
function answered(
  around: Around,
  input: RollCall,
  moment: string,
  named: Named,
): { came: Omit<Recorded, 'presenceId'>[]; already: number } {
  const came = new Map<string, Omit<Recorded, 'presenceId'>>()
  let already = 0
  for (const pair of pairsOf(input)) {
    const books = booksOf(around, pair.officerId, named)
    const { day, patternId, band } = input
    const key = seatKey({ ...pair, day, patternId, band })
    const seat = books.seats.find(one => seatKey(one) === key)
    if (!seat) throw notHis(books, pair, moment)
    const before = came.get(pair.officerId)
    if (books.presences.some(one => seatKey(one) === key) || before?.seat === seat) {
      already += 1
      continue
    }
    if (before) throw notHis(books, pair, moment)
    came.set(pair.officerId, { ...arrivalFor(books, seat, moment), way: 'leader', accuracy: null })
  }
  return { came: [...came.values()], already }
}

async function needAbsence(tx: AttendanceTx, meta: CommandMeta, absenceId: string) {
  const row = await tx.db
    .selectFrom('absence')
    .select(['officer_id', 'post_id', 'ended_at'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('absence_id', '=', absenceId)
    .executeTakeFirst()
  if (!row || row.ended_at !== null) throw attendanceProblems.absenceMissing()
  return { officerId: row.officer_id, postId: row.post_id }
}

const rollCallCommands = [
  on(checkInMany, {
    allow: (tx, input, meta) => needRightOver(tx, meta, pairsOf(input)),
    async handle(tx, input, meta) {
      const moment = momentOf(meta)
      const pairs = pairsOf(input)
      const around = await readAround(
        tx,
        meta,
        pairs.map(one => one.officerId),
        // A band of the day before may still run: somebody stands there, and cannot stand here too.
        { from: addDays(input.day, -1), until: addDays(input.day, 1) },
      )
      const postIds = input.posts.map(one => one.postId)
      const { came, already } = await judged(tx, meta, around, postIds, named =>
        answered(around, input, moment, named),
      )
      writeArrivals(
        tx,
        meta,
        came.map(one => ({ ...one, presenceId: meta.id(seatKey(one.seat)) })),
      )
      return { came: came.length, already }
    },
  }),

  on(checkOutMany, {
    async allow(tx, input, meta) {
      const found = await presencesById(tx.db, meta.agency.agencyId, input.presenceIds)
      if (found.length !== new Set(input.presenceIds).size) throw attendanceProblems.presenceMissing()
      await needRightOver(tx, meta, found)
    },
    async handle(tx, input, meta) {
      const moment = momentOf(meta)
      const time = clockOf(meta.agency.timeZone)
      const [all, { rules }] = await Promise.all([
        presencesById(tx.db, meta.agency.agencyId, input.presenceIds),
        rulesNow(tx.db, meta.agency.agencyId),
      ])
      const leaving = all
        .filter(one => one.leftAt === null)
        .map(presence => {
          const leftAt = leavingAt(presence, moment, time)
          return { presence, leftAt, earlyMinutes: earlyBy(presence, leftAt, rules), way: 'leader' as const }
        })
      writeLeaving(tx, meta, leaving)
      return { left: leaving.length, already: all.length - leaving.length }
    },
  }),
]

const absenceCommands = [
  on(declareAbsent, {
    allow: (tx, input, meta) => needRightOver(tx, meta, [input]),
    async handle(tx, input, meta) {
      const { officerId, day } = input
      const moment = momentOf(meta)
      const days = { from: day, until: day }
      const [around, before] = await Promise.all([
        readAround(tx, meta, [officerId], days),
        absencesOf(tx.db, meta.agency.agencyId, { officerIds: [officerId] }, days),
      ])
      const seat = await judged(tx, meta, around, [input.postId], named => {
        const books = booksOf(around, officerId, named)
        const { name } = books
        const his = books.seats.find(one => seatKey(one) === seatKey(input))
        if (!his) throw notHis(books, input, moment)
        const came = books.presences.find(one => seatKey(one) === seatKey(input))
        if (came) throw attendanceProblems.cameAlready({ name, time: named.time(came.cameAt) })
        if (input.kind === 'noShow' && moment < his.begins)
          throw attendanceProblems.notBegun({ time: named.time(his.begins) })
        if (before.some(one => seatKey(one) === seatKey(input)))
          throw attendanceProblems.alreadyAbsent({ name })
        return his
      })
      tx.write(
        tx.db.insertInto('absence').values({
          agency_id: meta.agency.agencyId,
          absence_id: input.absenceId,
          operation_id: seat.operationId,
          officer_id: officerId,
          post_id: seat.postId,
          assignment_id: seat.assignmentId,
          day: seat.day,
          pattern_id: seat.patternId,
          band: seat.band,
          period: `[${seat.begins},${seat.ends})`,
          kind: input.kind,
          declared_at: meta.receivedAt,
          declared_by: meta.actor.accountId,
          ended_at: null,
        }),
      )
      return {}
    },
  }),

  on(withdrawAbsence, {
    allow: async (tx, input, meta) => needRightOver(tx, meta, [await needAbsence(tx, meta, input.absenceId)]),
    handle(tx, input, meta) {
      tx.write(
        tx.db
          .updateTable('absence')
          .set({ ended_at: meta.receivedAt })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('absence_id', '=', input.absenceId)
          .where('ended_at', 'is', null),
        { rows: 1, otherwise: attendanceProblems.changedMeanwhile() },
      )
      return {}
    },
  }),
]

export const leaderCommands = [...rollCallCommands, ...absenceCommands]
