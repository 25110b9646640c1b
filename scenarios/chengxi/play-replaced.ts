// What did not go by the roster: every other day somebody does not come to his band. A leader declares him absent, the band
// before stays until the stand-in is there, and the stand-in comes late. Now and then a phone says that it is far from
// the post; that check-in is held, and a leader enters it when he has looked.
import type { Actor } from '../../src/kernel/command.ts'
import { Problem } from '../../src/kernel/contract.ts'
import { derivedId } from '../../src/kernel/ids.ts'
import {
  checkIn,
  checkInMany,
  checkOutMany,
  dayList,
  declareAbsent,
  replace,
  replacements,
  type SeatView,
  setRight,
} from '../../src/modules/attendance/contracts.ts'
import type { Course } from './course.ts'
import { posts } from './ground.ts'
import type { Happening } from './play-attendance.ts'

const minute = 60_000
const minutesFrom = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * minute).toISOString()

/** Minutes after the band began: told of, replaced, the stand-in there, and the band before let go. */
const declared = 16
const sent = 20
const relieved = 45
const released = 48
/** A held check-in every so many days, entered half an hour into the band. */
const heldEvery = 6
const entered = 30

export interface OutOfLine {
  /** Seats that no roll-call names. */
  apart: ReadonlySet<string>
  /** Seats of the band before, whose people stay until their relief is there. */
  staysOver: ReadonlySet<string>
  happenings: Happening[]
}

/** At these posts anybody of the bureau may stand in; a closed loop takes nobody from outside. */
function openPosts(it: Course): Map<string, string> {
  const kinds = ['zoneGate', 'checkpoint', 'patrolGrid']
  const open = posts().filter(post => !post.closedLoop && kinds.includes(post.kind))
  return new Map(open.map(post => [it.postId(post.key), post.kind]))
}

/** `seats` are a day's, in a complete order; those of `follows` come to a band straight from the one before. */
export function outOfLine(
  it: Course,
  offset: number,
  seats: readonly SeatView[],
  { stays, follows }: { stays: ReadonlySet<string>; follows: ReadonlySet<string> },
): OutOfLine {
  const kinds = openPosts(it)
  const single = (one: SeatView) => !stays.has(one.key) && !follows.has(one.key)
  const gates = seats.filter(one => kinds.get(one.postId) !== 'patrolGrid' && kinds.has(one.postId))
  const firsts = gates.filter(one => !follows.has(one.key))
  // Every search for a stand-in looks at everybody's rest; more of them make the play longer and show nothing new.
  const absent = offset % 2 === 0 ? firsts[(offset * 37 + 5) % Math.max(1, firsts.length)] : undefined
  const patrols = seats.filter(one => kinds.get(one.postId) === 'patrolGrid' && single(one))
  const held = offset % heldEvery === 3 ? patrols[offset % Math.max(1, patrols.length)] : undefined
  const apart = new Set([absent, held].flatMap(one => one?.key ?? []))
  // Of one post, the band that ends when the other begins; who has two bands stays anyway.
  const before = absent
    ? seats.filter(one => one.postId === absent.postId && one.ends === absent.begins && !stays.has(one.key))
    : []
  return {
    apart,
    staysOver: new Set(before.map(one => one.key)),
    happenings: [...(absent ? replacedSeat(it, absent) : []), ...(held ? heldSeat(it, held) : [])],
  }
}

const seatOf = ({ postId, day, patternId, band }: SeatView) => ({ postId, day, patternId, band })

function replacedSeat(it: Course, seat: SeatView): Happening[] {
  const { stage } = it
  const where = `${seat.day} ${seat.postId} ${seat.band}`
  const standInId = stage.id(`stand-in ${where}`)
  let officerId: string | null = null
  const came = `stand-in came ${where}`
  const ask = { ...seatOf(seat), replacesOfficerId: seat.officerId }
  const whoStandsIn = async () => {
    // After a cut the question would be answered by other books; who was sent is in the list of the day.
    if (await stage.isDone(`replace ${where}`)) {
      const { operationId } = it
      const list = await stage.ask(dayList, { operationId, day: seat.day, postId: seat.postId, limit: 500 })
      return list.rows.find(row => row.standInId === standInId)?.officerId ?? null
    }
    const { rows } = await stage.ask(replacements, ask)
    return rows.find(row => row.from === 'standby' || row.from === 'off')?.officerId ?? null
  }
  return [
    {
      at: minutesFrom(seat.begins, declared),
      order: 1,
      play: async () => {
        const absenceId = stage.id(`absence ${where}`)
        const input = { absenceId, officerId: seat.officerId, ...seatOf(seat), kind: 'noShow' as const }
        await stage.run(declareAbsent, input, `declareAbsent ${where}`)
      },
    },
    {
      at: minutesFrom(seat.begins, sent),
      order: 1,
      play: async () => {
        officerId = await whoStandsIn()
        if (officerId === null) return
        await stage.run(replace, { standInId, ...ask, officerId, here: false }, `replace ${where}`)
      },
    },
    {
      at: minutesFrom(seat.begins, relieved),
      order: 1,
      play: async () => {
        if (officerId === null) return
        const { day, patternId, band, postId } = seat
        const list = [{ postId, officerIds: [officerId] }]
        await stage.run(checkInMany, { day, patternId, band, posts: list }, came)
      },
    },
    {
      at: minutesFrom(seat.ends, 4),
      order: 2,
      play: async () => {
        if (officerId === null) return
        const key = `${officerId} ${seat.day} ${seat.postId} ${seat.patternId} ${seat.band}`
        const presenceIds = [derivedId(stage.id(`command ${came}`), key)]
        await stage.run(checkOutMany, { presenceIds }, `stand-in left ${where}`)
      },
    },
  ]
}

/** When those who stayed over leave. */
export const releasedAt = (ends: string): string => minutesFrom(ends, released)

function heldSeat(it: Course, seat: SeatView): Happening[] {
  const { stage } = it
  const where = `${seat.day} ${seat.postId} ${seat.officerId}`
  const presenceId = stage.id(`presence ${where}`)
  const tried = `checkIn ${where}`
  const himself: Actor = {
    accountId: stage.id(`phone ${seat.officerId}`),
    officerId: seat.officerId,
    name: seat.officerName,
    roles: ['officer'],
    scope: { agencyId: stage.agency.agencyId, unitIds: [seat.unitId] },
    deviceId: null,
  }
  return [
    {
      at: minutesFrom(seat.begins, -3),
      order: 1,
      play: async () => {
        const proof = { way: 'place', near: false, accuracy: 'fair' } as const
        try {
          await stage.run(checkIn, { presenceId, postId: seat.postId, proof }, tried, himself)
        } catch (error) {
          if (!(error instanceof Problem) || error.code !== 'attendance/far-away') throw error
        }
      },
    },
    {
      at: minutesFrom(seat.begins, entered),
      order: 1,
      play: async () => {
        await stage.run(
          setRight,
          {
            presenceId,
            officerId: seat.officerId,
            ...seatOf(seat),
            cameAt: minutesFrom(seat.begins, -3),
            leftAt: null,
            why: '带班民警到岗核对，本人在岗',
            reviewId: derivedId(stage.id(`command ${tried}`), 'review'),
          },
          `setRight ${where}`,
        )
      },
    },
    {
      at: minutesFrom(seat.ends, 4),
      order: 2,
      play: async () => {
        await stage.run(checkOutMany, { presenceIds: [presenceId] }, `left ${where}`)
      },
    },
  ]
}
