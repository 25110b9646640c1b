// The turns of a station by day, an officer's own, and the sheet that hangs in the canteen.
import { type Kysely } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { queriesOn } from '../../kernel/query.ts'
import { addDays, daysBetween, dutyDayOf, instantAt } from '../../kernel/time.ts'
import { officerNames, unitNames } from '../people/index.ts'
import { myTurns, rosterProblems, turnDaysMost, turnKindTitles, turns } from './contracts.ts'
import { hoursOf, shortDay, weekdayOn } from './sheet-data.ts'
import { column, type SheetView } from './sheet-parts.ts'
import type { RosterTables } from './tables.ts'
import { daysOf, goersOf, presentOn, turnsOf } from './turn-reads.ts'

const on = queriesOn<RosterTables>()
const any = (db: unknown) => db as Kysely<AnyTables>

export const turnQueries = [
  on(turns, {
    async run(db, input, meta) {
      const { agency } = meta
      const { unitId, fromDay, untilDay } = input
      const many = daysBetween(fromDay, untilDay) + 1
      if (many < 1 || many > turnDaysMost) throw rosterProblems.badSpan({ most: turnDaysMost })
      const units = await unitNames(any(db), agency.agencyId)
      const unit = units.get(unitId)
      if (!unit) throw kernelProblems.missing({ what: '单位' })
      const [list, goers, { officers, byDay }] = await Promise.all([
        turnsOf(any(db), agency.agencyId, unitId),
        goersOf(any(db), agency.agencyId, unitId, fromDay, untilDay),
        presentOn(any(db), agency, unitId, input),
      ])
      const names = await officerNames(
        any(db),
        agency.agencyId,
        goers.map(one => one.officerId),
      )
      const gone = new Set(goers.map(one => one.turnId))
      const shown = list.filter(one => !one.ended || gone.has(one.turnId))
      return {
        unit: unit.shortName,
        today: dutyDayOf(agency, meta.now),
        turns: shown.map(({ unitId: _unitId, ...one }) => one),
        days: daysOf(fromDay, many).map(day => ({
          day,
          onDuty: (byDay.get(day) ?? []).map(({ officerId }) => ({
            officerId,
            name: officers.get(officerId)?.name ?? '',
          })),
          turns: shown.map(({ turnId }) => {
            const own = goers.filter(one => one.turnId === turnId && one.day === day)
            return {
              turnId,
              byHand: own.some(one => one.byHand),
              officers: own.map(({ officerId }) => ({
                officerId,
                name: names.get(officerId)?.name ?? '',
              })),
            }
          }),
        })),
      }
    },
  }),

  on(myTurns, {
    sees: 'agency',
    async run(db, _input, meta) {
      const { agency, actor } = meta
      if (!actor.officerId) return { rows: [] }
      const today = dutyDayOf(agency, meta.now)
      const rows = await db
        .selectFrom('station_turn_officer as o')
        .innerJoin('station_turn as t', join =>
          join.onRef('t.agency_id', '=', 'o.agency_id').onRef('t.turn_id', '=', 'o.turn_id'),
        )
        .select(['o.turn_id', 'o.day', 't.kind', 't.name', 't.from_minute', 't.minutes'])
        .where('o.agency_id', '=', agency.agencyId)
        .where('o.officer_id', '=', actor.officerId)
        .where('o.day', '>=', today)
        .where('o.day', '<=', addDays(today, 1))
        .where('t.ended', '=', false)
        .orderBy('o.day')
        .orderBy('t.from_minute')
        .orderBy('o.turn_id')
        .execute()
      const at = (day: string, minute: number) =>
        instantAt(agency.timeZone, day, agency.handOverMinute + minute)
      return {
        rows: rows
          .map(row => ({
            turnId: row.turn_id,
            kind: row.kind as keyof typeof turnKindTitles,
            name: row.name,
            begins: at(row.day, row.from_minute),
            ends: at(row.day, row.from_minute + row.minutes),
          }))
          .filter(row => row.ends > meta.now),
      }
    },
  }),
]

/** 就餐消毒轮次表: seven days of a unit, one row a turn. */
export async function turnSheet(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  input: { unitId: string | null; fromDay: string },
): Promise<SheetView> {
  const days = daysOf(input.fromDay, 7)
  const unit = input.unitId ? (await unitNames(db, agency.agencyId)).get(input.unitId) : undefined
  const [list, goers] = input.unitId
    ? await Promise.all([
        turnsOf(db, agency.agencyId, input.unitId),
        goersOf(db, agency.agencyId, input.unitId, input.fromDay, days.at(-1) ?? input.fromDay),
      ])
    : [[], []]
  const names = await officerNames(
    db,
    agency.agencyId,
    goers.map(one => one.officerId),
  )
  const shown = list.filter(one => goers.some(goer => goer.turnId === one.turnId))
  const span = `(${shortDay(days[0] ?? '')}—${shortDay(days.at(-1) ?? '')})`
  return {
    title: `${unit?.name ?? agency.name}就餐消毒轮次表${span}`,
    subtitleLeft: `单位:${unit?.name ?? ''}`,
    subtitleRight: '',
    columns: [
      column('kind', '类别', { merge: true }),
      column('name', '轮次'),
      column('hours', '时间'),
      ...days.map((day, at) => column(`d${at}`, `${shortDay(day)} ${weekdayOn(day)}`)),
    ],
    rows: shown.map(turn => ({
      kind: turnKindTitles[turn.kind].zh,
      name: turn.name,
      hours: hoursOf(agency.handOverMinute, turn.fromMinute, turn.minutes),
      ...Object.fromEntries(
        days.map((day, at) => [
          `d${at}`,
          goers
            .filter(one => one.turnId === turn.turnId && one.day === day)
            .map(one => names.get(one.officerId)?.name ?? '')
            .join('、'),
        ]),
      ),
    })),
    foot: [],
    phonePosts: [],
    figures: { posts: 0, bands: 0, police: 0, auxiliary: 0, others: 0 },
  }
}
