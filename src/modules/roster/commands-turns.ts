// Naming the turns of a station, making them by rotation, and changing one by hand.
import { type Kysely, sql } from 'kysely'
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { addDays, daysBetween, dutyDayOf } from '../../kernel/time.ts'
import { unitNames } from '../people/index.ts'
import { makeTurns, rosterProblems, setTurnDay, setTurns, turnDaysMost } from './contracts.ts'
import type { RosterTx } from './drafting.ts'
import { officersOn } from './lead-reads.ts'
import type { RosterTables } from './tables.ts'
import { daysOf, goersOf, presentOn, turnsOf } from './turn-reads.ts'
import { madeFor, Times, timesKey } from './turn-rotation.ts'

const on = commandsOn<RosterTables>()
const any = (tx: RosterTx) => tx.db as unknown as Kysely<AnyTables>
/** How far back it counts who has gone how often. */
const rememberedDays = 28

async function needUnit(tx: RosterTx, meta: CommandMeta, unitId: string): Promise<void> {
  const { unitIds } = meta.actor.scope
  if (unitIds !== '*' && !unitIds.includes(unitId)) throw rosterProblems.notYourUnit()
  if (!(await unitNames(any(tx), meta.agency.agencyId)).has(unitId)) {
    throw kernelProblems.missing({ what: '单位' })
  }
}

function needAhead(meta: CommandMeta, day: string): void {
  if (day < dutyDayOf(meta.agency, meta.receivedAt)) throw rosterProblems.turnOver({ day })
}

interface Going {
  turnId: string
  unitId: string
  day: string
  officerIds: readonly string[]
  byHand: boolean
}

function send(tx: RosterTx, meta: CommandMeta, goings: readonly Going[]): void {
  const { agencyId } = meta.agency
  const rows = goings.flatMap(({ turnId, unitId, day, officerIds, byHand }) =>
    officerIds.map(officerId => ({
      agency_id: agencyId,
      turn_id: turnId,
      unit_id: unitId,
      day,
      officer_id: officerId,
      by_hand: byHand,
    })),
  )
  if (rows.length > 0) tx.write(tx.db.insertInto('station_turn_officer').values(rows))
}

export const turnCommands = [
  on(setTurns, {
    allow: (tx, input, meta) => needUnit(tx, meta, input.unitId),
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const { unitId } = input
      const ids = input.turns.map(one => one.turnId)
      if (new Set(ids).size !== ids.length) throw rosterProblems.turnTwice()
      const known = await turnsOf(any(tx), agencyId, unitId)
      for (const turn of known) {
        if (turn.ended || ids.includes(turn.turnId)) continue
        tx.write(
          tx.db
            .updateTable('station_turn')
            .set({ ended: true })
            .where('agency_id', '=', agencyId)
            .where('turn_id', '=', turn.turnId),
          { rows: 1, otherwise: kernelProblems.missing({ what: '轮次' }) },
        )
      }
      for (const turn of input.turns) {
        const values = {
          kind: turn.kind,
          name: turn.name.trim(),
          from_minute: turn.fromMinute,
          minutes: turn.minutes,
          heads: turn.heads,
          ended: false,
        }
        const key = { agency_id: agencyId, turn_id: turn.turnId }
        if (!known.some(one => one.turnId === turn.turnId)) {
          tx.write(tx.db.insertInto('station_turn').values({ ...key, unit_id: unitId, ...values }))
          continue
        }
        tx.write(
          tx.db
            .updateTable('station_turn')
            .set(values)
            .where('agency_id', '=', agencyId)
            .where('turn_id', '=', turn.turnId),
          { rows: 1, otherwise: kernelProblems.missing({ what: '轮次' }) },
        )
      }
      return {}
    },
  }),

  on(makeTurns, {
    allow: (tx, input, meta) => needUnit(tx, meta, input.unitId),
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const { unitId, fromDay, untilDay } = input
      const many = daysBetween(fromDay, untilDay) + 1
      if (many < 1 || many > turnDaysMost) throw rosterProblems.badSpan({ most: turnDaysMost })
      needAhead(meta, fromDay)
      const turns = (await turnsOf(any(tx), agencyId, unitId)).filter(one => !one.ended)
      if (turns.length === 0) throw rosterProblems.noTurns()
      const goers = await goersOf(any(tx), agencyId, unitId, addDays(fromDay, -rememberedDays), untilDay)
      const { byDay } = await presentOn(any(tx), meta.agency, unitId, input)
      const kinds = new Map(turns.map(one => [one.turnId, one]))
      const times = new Times()
      const kept = new Map<string, Map<string, string[]>>()
      for (const one of goers) {
        const turn = kinds.get(one.turnId)
        if (!turn) continue
        // What is made anew does not count; what is over, and what stands by hand, does.
        if (one.day < fromDay || one.byHand) times.add(one.officerId, timesKey(turn))
        if (one.day < fromDay || !one.byHand) continue
        const ofDay = kept.get(one.day) ?? new Map<string, string[]>()
        ofDay.set(one.turnId, [...(ofDay.get(one.turnId) ?? []), one.officerId])
        kept.set(one.day, ofDay)
      }
      tx.write(
        tx.db
          .deleteFrom('station_turn_officer')
          .where('agency_id', '=', agencyId)
          .where('turn_id', '=', sql<string>`any (${turns.map(one => one.turnId)}::uuid[])`)
          .where('day', '>=', fromDay)
          .where('day', '<=', untilDay)
          .where('by_hand', '=', false),
      )
      const goings: Going[] = []
      let short = 0
      for (const day of daysOf(fromDay, many)) {
        for (const one of madeFor(turns, byDay.get(day) ?? [], times, kept.get(day) ?? new Map())) {
          goings.push({ turnId: one.turnId, unitId, day, officerIds: one.officerIds, byHand: false })
          short += one.short
        }
      }
      send(tx, meta, goings)
      return { made: goings.reduce((sum, one) => sum + one.officerIds.length, 0), short }
    },
  }),

  on(setTurnDay, {
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const { turnId, day, officerIds } = input
      const turn = await tx.db
        .selectFrom('station_turn')
        .select(['unit_id', 'ended'])
        .where('agency_id', '=', agencyId)
        .where('turn_id', '=', turnId)
        .executeTakeFirst()
      if (!turn || turn.ended) throw kernelProblems.missing({ what: '轮次' })
      await needUnit(tx, meta, turn.unit_id)
      needAhead(meta, day)
      const officers = await officersOn(any(tx), meta.agency, day, day)
      const chosen = [...new Set(officerIds)].sort()
      const strangers = chosen.filter(one => officers.get(one)?.unitId !== turn.unit_id)
      if (strangers.length > 0) throw rosterProblems.unknownOfficer({ count: strangers.length })
      tx.write(
        tx.db
          .deleteFrom('station_turn_officer')
          .where('agency_id', '=', agencyId)
          .where('turn_id', '=', turnId)
          .where('day', '=', day),
      )
      send(tx, meta, [{ turnId, unitId: turn.unit_id, day, officerIds: chosen, byHand: true }])
      return {}
    },
  }),
]
