// A stand-in on the spot: ordered against the rules of rest and skill as they hold for every roster, never against them.
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import { type InputOf, Problem } from '../../kernel/contract.ts'
import { officerNames } from '../people/index.ts'
import { postsByIds } from '../posts/index.ts'
import { standInBarred } from '../roster/index.ts'
import { arrivalFor } from './arrival.ts'
import { attendanceProblems, cancelStandIn, replace } from './contracts.ts'
import { extraHours } from './extra-hours.ts'
import { clockOf } from './moment.ts'
import { thereUntil } from './presence-rows.ts'
import { type AttendanceTx, booksOf, judged, needRightOver, readAround, writeArrivals } from './recording.ts'
import { anyDb, bandAt, bandsOf, periodOf, type Seat, seatKey } from './seats.ts'
import type { AttendanceTables } from './tables.ts'

const on = commandsOn<AttendanceTables>()
type Order = InputOf<typeof replace>

/** The seat that the stand-in is sent to, before anybody is in it. */
async function seatOrdered(tx: AttendanceTx, meta: CommandMeta, input: Order): Promise<Seat> {
  const { agencyId } = meta.agency
  const [bands, posts] = await Promise.all([
    bandsOf(anyDb(tx.db), agencyId),
    postsByIds(anyDb(tx.db), agencyId, [input.postId]),
  ])
  const band = bandAt(bands, input.patternId, input.band)
  const post = posts.get(input.postId)
  if (!band || !post) throw attendanceProblems.unknownSeat()
  const { officerId, postId, day, patternId, standInId } = input
  return {
    ...{ officerId, postId, day, patternId, band: input.band, operationId: post.operationId },
    ...{ assignmentId: null, standInId, replaces: null, replacesOfficerId: input.replacesOfficerId },
    ...{ bandZh: band.zh, bandEn: band.en, ...periodOf(meta.agency, day, band) },
  }
}

/** Whose place it is has a seat there, is not in it, and nobody else was sent for him. Gives his assignment. */
async function assignmentReplaced(tx: AttendanceTx, meta: CommandMeta, input: Order): Promise<string | null> {
  const missing = input.replacesOfficerId
  if (missing === null) return null
  const around = await readAround(tx, meta, [missing], { from: input.day, until: input.day })
  const ordered = await tx.db
    .selectFrom('stand_in')
    .select('stand_in_id')
    .where('agency_id', '=', meta.agency.agencyId)
    .where('replaces_officer_id', '=', missing)
    .where('day', '=', input.day)
    .where('post_id', '=', input.postId)
    .where('pattern_id', '=', input.patternId)
    .where('band', '=', input.band)
    .where('cancelled_at', 'is', null)
    .orderBy('stand_in_id')
    .execute()
  return judged(tx, meta, around, [input.postId], named => {
    const books = booksOf(around, missing, named)
    const { name } = books
    const key = seatKey({ ...input, officerId: missing })
    const seat = books.seats.find(one => seatKey(one) === key)
    if (!seat) throw attendanceProblems.nothingToReplace({ name })
    if (ordered.length > 0) throw attendanceProblems.alreadyReplaced({ name })
    const here = books.presences.find(one => seatKey(one) === key && one.leftAt === null)
    if (here) throw attendanceProblems.stillThere({ name, time: named.time(here.cameAt) })
    return seat.assignmentId
  })
}

/** Rest, skill and double booking, by the published roster and by the hours that it does not know of. */
async function needLegal(tx: AttendanceTx, meta: CommandMeta, input: Order, seat: Seat): Promise<void> {
  const { officerId } = input
  const ask = {
    ...{ operationId: seat.operationId, postId: seat.postId, patternId: seat.patternId, band: seat.band },
    day: seat.day,
    without: input.replacesOfficerId === null ? [] : [input.replacesOfficerId],
    worked: await extraHours(tx.db, meta.agency.agencyId, seat.begins, [officerId]),
  }
  try {
    const barred = await standInBarred(anyDb(tx.db), meta.agency, ask, officerId)
    if (barred) {
      const { name, rule, zh, en } = barred
      throw attendanceProblems.standInBreaks({ name, rule, wordsZh: zh, wordsEn: en })
    }
  } catch (error) {
    const said = error instanceof Problem ? error.code : ''
    if (said === 'roster/unknown-officer') throw attendanceProblems.unknownOfficer()
    if (said === 'roster/unknown-post') throw attendanceProblems.unknownSeat()
    throw error
  }
}

async function needOrderable(tx: AttendanceTx, meta: CommandMeta, input: Order): Promise<void> {
  await needRightOver(tx, meta, [input])
  const mine = await officerNames(anyDb(tx.db), meta.agency.agencyId, [input.officerId])
  // A leader may take the roll of whoever stands at his post, but orders nobody else's people there.
  if (!mine.has(input.officerId)) throw attendanceProblems.outsideScope()
}

export const replaceCommands = [
  on(replace, {
    allow: (tx, input, meta) => needOrderable(tx, meta, input),
    async handle(tx, input, meta) {
      const { officerId } = input
      const moment = meta.receivedAt
      const seat = await seatOrdered(tx, meta, input)
      const time = clockOf(meta.agency.timeZone)
      if (moment >= seat.ends) throw attendanceProblems.tooLateToReplace({ time: time(seat.ends) })
      seat.replaces = await assignmentReplaced(tx, meta, input)
      await needLegal(tx, meta, input, seat)
      const around = await readAround(tx, meta, [officerId], moment)
      const arrival = await judged(tx, meta, around, [input.postId], named => {
        const books = booksOf(around, officerId, named)
        const busy = books.presences.find(
          one => one.standInId !== null && one.cameAt <= moment && moment < thereUntil(one),
        )
        if (busy) {
          throw attendanceProblems.standInBusy({ name: books.name, post: named.post(busy.postId) })
        }
        return input.here ? arrivalFor(books, seat, moment) : null
      })
      tx.write(
        tx.db.insertInto('stand_in').values({
          agency_id: meta.agency.agencyId,
          stand_in_id: input.standInId,
          operation_id: seat.operationId,
          officer_id: officerId,
          post_id: seat.postId,
          replaces: seat.replaces,
          replaces_officer_id: input.replacesOfficerId,
          day: seat.day,
          pattern_id: seat.patternId,
          band: seat.band,
          period: `[${seat.begins},${seat.ends})`,
          ordered_at: meta.receivedAt,
          ordered_by: meta.actor.accountId,
          cancelled_at: null,
        }),
      )
      if (!arrival) return { presenceId: null }
      const presenceId = meta.id('presence')
      writeArrivals(tx, meta, [{ ...arrival, presenceId, way: 'leader', accuracy: null }])
      return { presenceId }
    },
  }),

  on(cancelStandIn, {
    async allow(tx, input, meta) {
      const row = await tx.db
        .selectFrom('stand_in')
        .select(['officer_id', 'post_id', 'cancelled_at'])
        .where('agency_id', '=', meta.agency.agencyId)
        .where('stand_in_id', '=', input.standInId)
        .executeTakeFirst()
      if (!row || row.cancelled_at !== null) throw attendanceProblems.standInMissing()
      await needRightOver(tx, meta, [{ officerId: row.officer_id, postId: row.post_id }])
    },
    async handle(tx, input, meta) {
      const came = await tx.db
        .selectFrom('presence')
        .select('presence_id')
        .where('agency_id', '=', meta.agency.agencyId)
        .where('stand_in_id', '=', input.standInId)
        .where('voided_at', 'is', null)
        .executeTakeFirst()
      if (came) throw attendanceProblems.standInCame()
      tx.write(
        tx.db
          .updateTable('stand_in')
          .set({ cancelled_at: meta.receivedAt })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('stand_in_id', '=', input.standInId)
          .where('cancelled_at', 'is', null),
        { rows: 1, otherwise: attendanceProblems.changedMeanwhile() },
      )
      return {}
    },
  }),
]
