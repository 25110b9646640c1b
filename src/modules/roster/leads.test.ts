import { describe, expect, it } from 'vitest'
import { addDays } from '../../kernel/time.ts'
import { world } from '../../kernel/world.ts'
import { grantSkill, reportUnavailable } from '../people/contracts.ts'
import { adopt, copyLeads, leadAt, leads, publish, setLeads, sheet } from './contracts.ts'
import { leadersAt } from './index.ts'
import { agencyOf } from './scope.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'
import { leadWatches } from './watches-leads.ts'

describe('who leads', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const zheng = w.person('郑例一', ['officer'])
  w.clock.set('2021-11-04T01:00:00.000Z')
  const b = await bureau(w, zhou, 30)
  const { operationId, firstDay } = b
  // Every second one may lead.
  const [one = '', notALeader = '', two = '', , three = ''] = b.officers
  const place = (ahead: number, office: 'bureau' | 'commandPost', officerId: string | null) => ({
    day: addDays(firstDay, ahead),
    office,
    officerId,
  })
  const sets = (...places: ReturnType<typeof place>[]) => zhou.does(setLeads, { operationId, places })
  const refused = (...places: ReturnType<typeof place>[]) => zhou.isRefused(setLeads, { operationId, places })
  const month = (more: Record<string, unknown> = {}) =>
    zhou.asks(leads, { operationId, fromDay: '2021-11-01', untilDay: '2021-11-30', ...more })
  const on = async (ahead: number) =>
    (await month()).days.find(day => day.day === addDays(firstDay, ahead)) ?? { holders: [], doubts: [] }
  const detect = async (now: string) => {
    const reader = await w.kernel.reader(zhou.actor)
    return reader.read(db => leadWatches[0]?.detect(db, now) ?? Promise.resolve([]))
  }

  it('RST116 only who may lead is set, on days of the operation that are not over, all or none', async () => {
    await sets(place(0, 'bureau', one), place(0, 'commandPost', two))
    expect((await on(0)).holders.map(({ office, name }) => [office, name])).toEqual([
      ['bureau', '周示一'],
      ['commandPost', '冯样一'],
    ])
    expect(await refused(place(1, 'bureau', one), place(2, 'bureau', notALeader))).toBe('roster/not-a-leader')
    expect((await on(1)).holders).toEqual([])
    expect(await refused(place(-1, 'bureau', one))).toBe('roster/lead-over')
    expect(await refused(place(1, 'bureau', one), place(1, 'bureau', two))).toBe('roster/lead-twice')
    expect(await refused(place(1, 'bureau', w.newId()))).toBe('roster/unknown-officer')
    expect(await refused(place(-400, 'bureau', one))).toBe('roster/lead-over')
    expect(await refused()).toBe('kernel/bad-input')
    expect(
      await zhou.isRefused(setLeads, { operationId: w.newId(), places: [place(1, 'bureau', one)] }),
    ).toBe('operations/operation-missing')
    expect(await zheng.isRefused(setLeads, { operationId, places: [place(1, 'bureau', one)] })).toBe(
      'kernel/no-right',
    )
    // The same place again puts somebody else there, and null nobody.
    await sets(place(0, 'commandPost', three))
    expect((await on(0)).holders[1]).toMatchObject({ officerId: three })
    await sets(place(0, 'commandPost', null))
    expect((await on(0)).holders).toHaveLength(1)
  })

  it('RST117 who is two things on one day is told of, and not refused', async () => {
    await sets(place(0, 'commandPost', one))
    expect((await on(0)).doubts).toEqual([
      { rule: 'RST117', zh: '同日兼任两个带班岗位', en: 'holds both offices of the day', officerId: one },
    ])
    await sets(place(0, 'commandPost', null))
    expect((await on(0)).doubts).toEqual([])
    // A published duty of the same day speaks against it too.
    const planId = w.newId()
    const span = { operationId, fromDay: addDays(firstDay, 1), untilDay: b.lastDay }
    await zhou.does(
      adopt,
      adoption(planId, await solves(w, zhou, { ...span, seconds: 1, stopWhenCovered: true })),
    )
    await zhou.does(publish, { planId, revision: 1 })
    const { rows } = await w.owner.query<{ officer_id: string; day: string }>(
      `select officer_id, day::text as day from app.assignment join app.officer_skill s using (agency_id, officer_id)
       where s.skill = 'leader' order by day, officer_id limit 1`,
    )
    const [busy] = rows
    if (!busy) throw new Error('no leader is on duty')
    await zhou.does(setLeads, {
      operationId,
      places: [{ day: busy.day, office: 'bureau', officerId: busy.officer_id }],
    })
    const day = (await month()).days.find(one => one.day === busy.day)
    expect(day?.doubts.map(one => one.zh)).toContain('同日另有已发布班次')
    await zhou.does(setLeads, {
      operationId,
      places: [{ day: busy.day, office: 'bureau', officerId: null }],
    })
    await sets(place(20, 'bureau', three))
    await zhou.does(reportUnavailable, {
      availabilityId: w.newId(),
      officerId: three,
      state: 'unavailable',
      beginsAt: `${addDays(firstDay, 20)}T04:00:00Z`,
      endsAt: `${addDays(firstDay, 20)}T05:00:00Z`,
    })
    expect((await on(20)).doubts.map(one => one.zh)).toEqual(['当日不可用'])
  })

  it('RST118 there is a day between two duties of 24 hours, else both are told of', async () => {
    await sets(place(10, 'bureau', two), place(11, 'commandPost', two), place(13, 'bureau', two))
    const zh = '与相邻一日带班之间没有休息日'
    expect((await on(10)).doubts).toMatchObject([{ rule: 'RST118', zh, officerId: two }])
    expect((await on(11)).doubts).toMatchObject([{ rule: 'RST118', zh }])
    expect((await on(13)).doubts).toEqual([])
    await sets(place(10, 'bureau', null), place(11, 'commandPost', null), place(13, 'bureau', null))
  })

  it('RST119 the order of some days is repeated; who stands stays, who may no longer lead is left out', async () => {
    await sets(place(0, 'bureau', one), place(1, 'bureau', two), place(2, 'bureau', three))
    await sets(place(4, 'bureau', three))
    const copied = {
      operationId,
      fromDay: firstDay,
      untilDay: addDays(firstDay, 2),
      ontoDay: addDays(firstDay, 3),
      ontoUntil: addDays(firstDay, 8),
    }
    expect(await zhou.does(copyLeads, copied)).toEqual({ filled: 5, kept: 1, left: 0 })
    const names = async () =>
      (await month()).days
        .slice(3, 12)
        .map(day => day.holders.find(one => one.office === 'bureau')?.officerId)
    expect(await names()).toEqual([one, two, three, one, three, three, one, two, three])
    expect(await zhou.does(copyLeads, { ...copied, replace: true })).toEqual({ filled: 1, kept: 5, left: 0 })
    expect(await names()).toEqual([one, two, three, one, two, three, one, two, three])
    await zhou.does(grantSkill, {
      officerIds: [notALeader],
      skill: 'leader',
      validUntil: addDays(firstDay, 9),
    })
    await sets(place(9, 'commandPost', notALeader))
    const late = { ...copied, fromDay: addDays(firstDay, 9), untilDay: addDays(firstDay, 9) }
    const onto = { ontoDay: addDays(firstDay, 10), ontoUntil: addDays(firstDay, 11) }
    expect(await zhou.does(copyLeads, { ...late, ...onto })).toEqual({ filled: 0, kept: 0, left: 2 })
    expect(await zhou.isRefused(copyLeads, { ...copied, ontoDay: '2021-11-01' })).toBe('roster/lead-over')
    expect(await zhou.isRefused(copyLeads, { ...copied, untilDay: '2021-11-01' })).toBe('roster/bad-span')
    await sets(place(9, 'commandPost', null))
  })

  it('RST120 who leads at a moment goes by the duty day', async () => {
    const at = async (moment: string) =>
      (await zhou.asks(leadAt, { operationId, at: moment })).leaders.map(one => one.name)
    // 08:00 in the bureau is the hand-over.
    expect(await at(`${firstDay}T00:00:00.000Z`)).toEqual(['周示一'])
    expect(await at(`${addDays(firstDay, 1)}T00:00:00.000Z`)).toEqual(['冯样一'])
    expect(await at(`${firstDay}T23:59:59.000Z`)).toEqual(['周示一'])
    // Other modules ask the same by a function.
    const reader = await w.kernel.reader(zhou.actor)
    const inside = await reader.read(async db =>
      leadersAt(db, await agencyOf(db), operationId, `${addDays(firstDay, 1)}T12:00:00.000Z`),
    )
    expect(inside.map(one => [one.office, one.name])).toEqual([['bureau', '冯样一']])
    const officer = await zheng.asks(leadAt, { operationId })
    expect(officer.leaders.map(one => one.name)).toEqual(['周示一'])
  })

  it('RST121 an office that stands empty today is red, tomorrow amber; doubts are amber', async () => {
    // Whether a leader is on duty too is the solver's choice.
    const titles = async (now: string) =>
      (await detect(now))
        .map(one => `${one.severity} ${one.title.zh}`)
        .filter(one => !one.includes('已发布班次'))
    expect(await titles('2021-11-04T01:00:00.000Z')).toEqual([])
    await sets(place(1, 'bureau', null))
    expect(await titles('2021-11-04T01:00:00.000Z')).toEqual(['amber 11-05 未排带班局领导'])
    expect(await titles('2021-11-05T01:00:00.000Z')).toEqual(['red 11-05 未排带班局领导'])
    await sets(place(1, 'bureau', one))
    expect(await titles('2021-11-04T01:00:00.000Z')).toEqual([
      'amber 带班领导 周示一 11-04 与相邻一日带班之间没有休息日',
      'amber 带班领导 周示一 11-05 与相邻一日带班之间没有休息日',
    ])
    await sets(place(1, 'bureau', two))
  })

  it('RST122 the sheet of the month has a row a day; the sheet of a day names who leads it', async () => {
    const paper = await zhou.asks(sheet, { kind: 'leaders', operationId, fromDay: '2021-11-15' })
    expect(paper.title).toContain('2021年11月带班领导值班表')
    expect(paper.rows).toHaveLength(30)
    expect(paper.rows[3]).toMatchObject({ date: '11月4日', weekday: '周四', bureau: '周示一' })
    const daily = await zhou.asks(sheet, { kind: 'daily', operationId, fromDay: addDays(firstDay, 1) })
    expect(new Set(daily.rows.map(row => row.chief))).toEqual(new Set(['冯样一']))
    expect(daily.foot.join('')).toContain('电台呼号系统内未登记')
    const none = await zhou.asks(sheet, { kind: 'leaders', operationId, fromDay: '2022-03-01' })
    expect(none.rows).toEqual([])
  })
})
