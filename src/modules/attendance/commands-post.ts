// What an officer does at his post: comes, stays on, leaves.
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import { Problem } from '../../kernel/contract.ts'
import { arrivalAt, arrivalFor, earlyBy, staysFrom } from './arrival.ts'
import { attendanceProblems, checkIn, checkOut, confirmStay, leaders, type Proof } from './contracts.ts'
import { clockOf, lateHoursMost, momentOf, postBooks, shownBy } from './moment.ts'
import { type Presence, presencesById } from './presence-rows.ts'
import {
  type AttendanceTx,
  booksOf,
  judged,
  needRightOver,
  readAround,
  writeArrivals,
  writeLeaving,
} from './recording.ts'
import { rulesNow } from './rules.ts'
import type { AttendanceTables } from './tables.ts'

const on = commandsOn<AttendanceTables>()

const needOfficer = (meta: CommandMeta): string => {
  const { officerId } = meta.actor
  if (!officerId) throw attendanceProblems.noOfficerAccount()
  return officerId
}

async function shown(tx: AttendanceTx, meta: CommandMeta, postId: string, proof: Proof) {
  return shownBy(
    await postBooks(tx.db, meta.agency.agencyId, postId),
    proof,
    meta,
    clockOf(meta.agency.timeZone),
  )
}

/** Whoever looks at what was held must know whom it is about, whatever the reason: the account alone says only who sent. */
async function naming<T>(who: Record<string, string>, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem) throw new Problem(error.code, error.entry, { ...who, ...error.params })
    throw error
  }
}

async function needPresence(tx: AttendanceTx, meta: CommandMeta, presenceId: string): Promise<Presence> {
  const [found] = await presencesById(tx.db, meta.agency.agencyId, [presenceId])
  if (!found) throw attendanceProblems.presenceMissing()
  return found
}

/** Left at a moment; never before he came, and not so late that nobody would believe it. */
export function leavingAt(one: Presence, moment: string, time: (at: string) => string): string {
  const latest = new Date(Date.parse(one.ends) + lateHoursMost * 3_600_000).toISOString()
  if (moment > latest) throw attendanceProblems.leftTooLate({ time: time(one.ends) })
  return moment < one.cameAt ? one.cameAt : moment
}

export const postCommands = [
  on(checkIn, {
    async handle(tx, input, meta) {
      const officerId = needOfficer(meta)
      return naming({ officerId, postId: input.postId, at: meta.occurredAt }, async () => {
        const { moment, way, accuracy } = await shown(tx, meta, input.postId, input.proof)
        const around = await readAround(tx, meta, [officerId], moment)
        const arrival = await judged(tx, meta, around, [input.postId], named =>
          arrivalAt(booksOf(around, officerId, named), officerId, input.postId, moment),
        )
        writeArrivals(tx, meta, [{ ...arrival, presenceId: input.presenceId, way, accuracy }])
        return { cameAt: arrival.cameAt, lateMinutes: arrival.lateMinutes, band: arrival.seat.band }
      })
    },
  }),

  on(checkOut, {
    async handle(tx, input, meta) {
      const officerId = needOfficer(meta)
      const one = await needPresence(tx, meta, input.presenceId)
      if (one.officerId !== officerId) throw attendanceProblems.notYours()
      const time = clockOf(meta.agency.timeZone)
      if (one.leftAt !== null) throw attendanceProblems.alreadyLeft({ time: time(one.leftAt) })
      const [{ moment, way }, { rules }] = await Promise.all([
        shown(tx, meta, one.postId, input.proof),
        rulesNow(tx.db, meta.agency.agencyId),
      ])
      const leftAt = leavingAt(one, moment, time)
      const earlyMinutes = earlyBy(one, leftAt, rules)
      writeLeaving(tx, meta, [{ presence: one, leftAt, earlyMinutes, way }])
      return { leftAt, earlyMinutes }
    },
  }),

  on(confirmStay, {
    async handle(tx, input, meta) {
      const one = await needPresence(tx, meta, input.previousId)
      const own = one.officerId === meta.actor.officerId
      if (!own) {
        if (!leaders.some(role => meta.actor.roles.includes(role))) throw attendanceProblems.notYours()
        await needRightOver(tx, meta, [one])
      }
      const moment = momentOf(meta)
      const around = await readAround(tx, meta, [one.officerId], moment)
      const seat = around.seats.get(one.officerId)?.find(next => staysFrom(next, [one]) !== null)
      if (!seat) throw attendanceProblems.nothingToStayOn()
      const arrival = await judged(tx, meta, around, [], named =>
        arrivalFor(booksOf(around, one.officerId, named), seat, moment),
      )
      const way = own ? 'stay' : 'leader'
      writeArrivals(tx, meta, [{ ...arrival, presenceId: input.presenceId, way, accuracy: null }])
      return { cameAt: arrival.cameAt, band: seat.band }
    },
  }),
]
