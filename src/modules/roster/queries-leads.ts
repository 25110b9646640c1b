// The calendar of leaders by day, who leads at a moment, and the sheet that hangs in the office.
import type { Kysely } from 'kysely'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { queriesOn } from '../../kernel/query.ts'
import { addDays, dutyDayOf, instantAt } from '../../kernel/time.ts'
import { unitNames } from '../people/index.ts'
import { leadAt, leads } from './contracts.ts'
import { doubtsIn, leadersAt, leadsIn, mayLead, named, officersOn } from './lead-reads.ts'
import { needSpan } from './plans.ts'
import { hoursOf, shortDay, weekdayOn } from './sheet-data.ts'
import { column, type SheetView } from './sheet-parts.ts'
import type { RosterTables } from './tables.ts'

const on = queriesOn<RosterTables>()
const any = (db: unknown) => db as Kysely<AnyTables>

export const leadQueries = [
  on(leads, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agency } = meta
      const { operationId, fromDay, untilDay } = input
      const many = needSpan(fromDay, untilDay)
      const all = await leadsIn(any(db), agency.agencyId, fromDay, untilDay)
      const own = all.filter(one => one.operationId === operationId)
      const [holders, doubts, officers, units] = await Promise.all([
        named(any(db), agency.agencyId, own),
        doubtsIn(any(db), agency, operationId, input),
        officersOn(any(db), agency, fromDay, untilDay),
        unitNames(any(db), agency.agencyId),
      ])
      const days = Array.from({ length: many }, (_, at) => addDays(fromDay, at))
      return {
        today: dutyDayOf(agency, meta.now),
        days: days.map(day => ({
          day,
          holders: holders.flatMap(({ day: on, ...one }) => (on === day ? [one] : [])),
          doubts: doubts.flatMap(({ day: on, ...one }) => (on === day ? [one] : [])),
        })),
        leaders: [...officers.values()]
          .filter(one => days.some(day => mayLead(one, day)))
          .map(({ officerId, name, badge, unitId }) => ({
            officerId,
            name,
            badge,
            unit: units.get(unitId)?.shortName ?? '',
          })),
      }
    },
  }),

  on(leadAt, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agency } = meta
      const at = input.at ?? meta.now
      const day = dutyDayOf(agency, at)
      return {
        at,
        day,
        begins: instantAt(agency.timeZone, day, agency.handOverMinute),
        ends: instantAt(agency.timeZone, addDays(day, 1), agency.handOverMinute),
        leaders: await leadersAt(any(db), agency, input.operationId, at),
      }
    },
  }),
]

const paperNotes = (hours: string) => [
  `注:1.带班时间为当日${hours};2.如需调班请提前一天报办公室(指挥中心);3.带班领导每班至少抽查 3 个点位并填写带班日志。`,
  '职务、联系电话、机关值班单位、值班民警、值班电话系统内未登记,由填表人填写。',
]

/** 带班领导值班表: the month of a day, one row a duty day. */
export async function leadSheet(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  input: { operationId: string; fromDay: string },
): Promise<SheetView> {
  const fromDay = `${input.fromDay.slice(0, 7)}-01`
  const untilDay = addDays(`${addDays(fromDay, 31).slice(0, 7)}-01`, -1)
  const all = await leadsIn(db, agency.agencyId, fromDay, untilDay)
  const list = await named(
    db,
    agency.agencyId,
    all.filter(one => one.operationId === input.operationId),
  )
  const nameOn = (day: string, office: string) =>
    list.find(one => one.day === day && one.office === office)?.name ?? ''
  const days = Array.from({ length: Number(untilDay.slice(8)) }, (_, at) => addDays(fromDay, at))
  const [year, month] = [fromDay.slice(0, 4), Number(fromDay.slice(5, 7))]
  const rows = days.map(day => ({
    date: shortDay(day),
    weekday: weekdayOn(day),
    bureau: nameOn(day, 'bureau'),
    rank: '',
    bureauPhone: '',
    commandPost: nameOn(day, 'commandPost'),
    commandPostPhone: '',
    office: '',
    officer: '',
    phone: '',
  }))
  return {
    title: `${agency.name}${year}年${month}月带班领导值班表`,
    subtitleLeft: `填报单位(盖章):${agency.name}`,
    subtitleRight: '填报时间:',
    columns: [
      column('date', '日期'),
      column('weekday', '星期'),
      column('bureau', '带班局领导'),
      column('rank', '职务'),
      column('bureauPhone', '联系电话'),
      column('commandPost', '指挥长(值班主任)'),
      column('commandPostPhone', '联系电话'),
      column('office', '机关值班单位'),
      column('officer', '值班民警'),
      column('phone', '值班电话'),
    ],
    rows: list.length === 0 ? [] : rows,
    foot: paperNotes(hoursOf(agency.handOverMinute, 0, 1440)),
    phonePosts: [],
    figures: { posts: 0, bands: 0, police: 0, auxiliary: 0, others: 0 },
  }
}

/** The sheet of a day names who leads it, where the calendar knows. */
export function withChief(view: SheetView, chief: string | undefined): SheetView {
  if (!chief) return view
  return {
    ...view,
    rows: view.rows.map(row => ({ ...row, chief })),
    foot: view.foot.map(line => line.replace('电台呼号、带班领导系统内', '电台呼号系统内')),
  }
}
