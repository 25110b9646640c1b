// Setting right what a person has looked at: entering, correcting and voiding presences; codes and rules.
import { sql } from 'kysely'
import { acceptReview } from '../../kernel/books/contracts.ts'
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import { postsByIds } from '../posts/index.ts'
import { earlyBy, lateBy } from './arrival.ts'
import { attendanceProblems, issueCode, setRight, setRules, voidPresence } from './contracts.ts'
import { presencesById } from './presence-rows.ts'
import { type AttendanceTx, needRightOver, readAround, writeArrivals } from './recording.ts'
import { rulesNow } from './rules.ts'
import { anyDb, bandAt, bandsOf, periodOf, type Seat, seatKey } from './seats.ts'
import type { AttendanceTables } from './tables.ts'

const on = commandsOn<AttendanceTables>()

/** Nobody settles what he sent himself: the review must be another account's, open, and of this module. */
async function needOthersReview(tx: AttendanceTx, meta: CommandMeta, reviewId: string): Promise<void> {
  const { rows } = await sql<{ actor_id: string | null; name: string }>`
    select actor_id, name from review where agency_id = ${meta.agency.agencyId}::uuid
      and review_id = ${reviewId}::uuid and state = 'open' order by review_id`.execute(tx.db)
  const [row] = rows
  if (!row?.name.startsWith('attendance.')) throw attendanceProblems.reviewMissing()
  if (row.actor_id !== null && row.actor_id === meta.actor.accountId) throw attendanceProblems.ownReview()
}

interface Named {
  presenceId: string
  officerId: string
  postId: string
  day: string
  patternId: string
  band: string
}

/** The seat that is meant: the officer's own where he has one, else the bare band of the post. */
async function seatMeant(tx: AttendanceTx, meta: CommandMeta, input: Named) {
  const days = { from: input.day, until: input.day }
  const { agencyId } = meta.agency
  const [around, bands, posts] = await Promise.all([
    readAround(tx, meta, [input.officerId], days),
    bandsOf(anyDb(tx.db), agencyId),
    postsByIds(anyDb(tx.db), agencyId, [input.postId]),
  ])
  const presences = around.presences.get(input.officerId) ?? []
  const his = around.seats.get(input.officerId)?.find(one => seatKey(one) === seatKey(input))
  if (his) return { seat: his, presences, rules: around.rules }
  const band = bandAt(bands, input.patternId, input.band)
  const post = posts.get(input.postId)
  if (!band || !post) throw attendanceProblems.unknownSeat()
  const { officerId, postId, day, patternId } = input
  const seat: Seat = {
    ...{ officerId, postId, day, patternId, band: input.band, operationId: post.operationId },
    ...{ assignmentId: null, standInId: null, replaces: null, replacesOfficerId: null },
    ...{ bandZh: band.zh, bandEn: band.en, ...periodOf(meta.agency, day, band) },
  }
  return { seat, presences, rules: around.rules }
}

const instant = (at: string) => new Date(at).toISOString()

const rightCommands = [
  on(setRight, {
    async allow(tx, input, meta) {
      await needRightOver(tx, meta, [input])
      if (input.reviewId) await needOthersReview(tx, meta, input.reviewId)
    },
    async handle(tx, input, meta) {
      const { seat, presences, rules } = await seatMeant(tx, meta, input)
      const cameAt = instant(input.cameAt)
      const leftAt = input.leftAt === null ? null : instant(input.leftAt)
      const opens = new Date(Date.parse(seat.begins) - rules.earlyMinutes * 60_000).toISOString()
      const now = meta.receivedAt
      const wrong = cameAt < opens || cameAt >= seat.ends || cameAt > now
      if (wrong || (leftAt !== null && (leftAt < cameAt || leftAt > now))) {
        throw attendanceProblems.timesWrong({ minutes: rules.earlyMinutes })
      }
      const same = presences.find(one => seatKey(one) === seatKey(seat))
      if (same && same.presenceId !== input.presenceId) throw attendanceProblems.anotherPresence()
      const lateMinutes = lateBy(seat, cameAt, rules)
      const earlyMinutes = leftAt === null ? 0 : earlyBy(seat, leftAt, rules)
      if (!same) {
        const { presenceId } = input
        const arrival = { seat, stays: null, leaves: [], cameAt, lateMinutes }
        writeArrivals(tx, meta, [{ ...arrival, presenceId, way: 'corrected', accuracy: null }])
      }
      tx.write(
        tx.db
          .updateTable('presence')
          .set({
            came_at: cameAt,
            late_minutes: lateMinutes,
            way: 'corrected',
            left_at: leftAt,
            left_way: leftAt === null ? null : 'corrected',
            left_recorded_at: leftAt === null ? null : meta.receivedAt,
            early_minutes: earlyMinutes,
          })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('presence_id', '=', input.presenceId),
        { rows: 1, otherwise: attendanceProblems.changedMeanwhile() },
      )
      if (input.reviewId) {
        const { reviewId, why } = input
        await meta.call(acceptReview, { reviewId, correctedBy: meta.commandId, why })
      }
      return {}
    },
  }),

  on(voidPresence, {
    async allow(tx, input, meta) {
      const [found] = await presencesById(tx.db, meta.agency.agencyId, [input.presenceId])
      if (!found) throw attendanceProblems.presenceMissing()
      await needRightOver(tx, meta, [found])
    },
    handle(tx, input, meta) {
      tx.write(
        tx.db
          .updateTable('presence')
          .set({ voided_at: meta.receivedAt, voided_why: input.why })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('presence_id', '=', input.presenceId)
          .where('voided_at', 'is', null),
        { rows: 1, otherwise: attendanceProblems.changedMeanwhile() },
      )
      return {}
    },
  }),
]

const settingCommands = [
  on(issueCode, {
    async allow(tx, input, meta) {
      const posts = await postsByIds(anyDb(tx.db), meta.agency.agencyId, [input.postId])
      const post = posts.get(input.postId)
      if (!post) throw attendanceProblems.unknownPost()
      const { unitIds } = meta.actor.scope
      if (unitIds !== '*' && !unitIds.includes(post.unitId)) throw attendanceProblems.outsideScope()
    },
    handle(tx, input, meta) {
      const fresh = { secret: input.secret, issued_at: meta.receivedAt, issued_by: meta.actor.accountId }
      tx.write(
        tx.db
          .insertInto('post_code')
          .values({ agency_id: meta.agency.agencyId, post_id: input.postId, ...fresh })
          .onConflict(conflict => conflict.columns(['agency_id', 'post_id']).doUpdateSet(fresh)),
      )
      return {}
    },
  }),

  on(setRules, {
    async handle(tx, input, meta) {
      const { ruleSet } = await rulesNow(tx.db, meta.agency.agencyId)
      tx.write(
        tx.db.insertInto('attendance_rule').values({
          agency_id: meta.agency.agencyId,
          rule_set: ruleSet + 1,
          late_minutes: input.lateMinutes,
          early_minutes: input.earlyMinutes,
          absent_minutes: input.absentMinutes,
          near_metres: input.nearMetres,
          set_at: meta.receivedAt,
        }),
      )
      return { ruleSet: ruleSet + 1 }
    },
  }),
]

export const correctingCommands = [...rightCommands, ...settingCommands]
