// A closed loop at an isolation hotel: the order that it rests on, its days, and somebody who objects to it.
import { describe, expect, it } from 'vitest'
import type { Module } from '../../kernel/module.ts'
import { world } from '../../kernel/world.ts'
import { addMembers, formTeam, teams } from '../people/contracts.ts'
import { setRestRules } from '../roster/contracts.ts'
import {
  decideObjection,
  loopMembers,
  loops,
  myLoop,
  objectionHealth,
  objectToLoop,
  orderLoop,
  withdrawObjection,
} from './contracts.ts'
import { loopWatches } from './loop-watches.ts'
import { at, bureau, modules } from './test-bureau.ts'

describe('closed loops', async () => {
  const w = await world(modules as readonly Module[])
  const zhou = w.person('王示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou)
  const [zheng = '', feng = '', chen = '', chu = ''] = b.officers.slice(1)
  const [hotel, commando, endless] = [w.newId(), w.newId(), w.newId()]
  const first = '2021-11-04'
  const member = (officerId: string) => ({ officerId, beginsOn: first })
  const order = (more: object = {}) => ({
    orderId: w.newId(),
    teamId: hotel,
    orderNumber: '青防指〔2021〕20号',
    approver: '区疫情防控指挥部',
    basis: '隔离场所工作人员管理要求',
    reason: '与密接人员同处一楼',
    beginsOn: first,
    endsOn: '2021-11-17',
    ...more,
  })
  const alerts = async (key: string, now: string) => {
    const hands = await w.kernel.reader(zhou.actor)
    const watch = loopWatches.find(one => one.key === key)
    return hands.read(db => watch?.detect(db, now) ?? Promise.resolve([]))
  }
  const objection = (officerId: string, more: object = {}) => ({
    objectionId: w.newId(),
    officerId,
    text: '家中老人无人照料',
    ...more,
  })
  w.clock.set(at(first, 9))
  await zhou.does(formTeam, {
    teamId: hotel,
    name: '假日酒店闭环队',
    kind: 'closedLoop',
    beginsOn: first,
    endsOn: '2021-11-30',
    members: [zheng, feng, chen].map(member),
  })
  await zhou.does(formTeam, { teamId: commando, name: '突击一队', kind: 'commando', beginsOn: first })

  it('TEA10 a loop without an order is an alert, and an order has number, approver, basis, reason and an end', async () => {
    expect((await alerts('loops.withoutOrder', at(first, 9))).map(one => one.title.en)).toEqual([
      '假日酒店闭环队: 3 in a closed loop today without an order',
    ])
    const refused = (more: object) => zhou.isRefused(orderLoop, order(more))
    expect(await refused({ orderNumber: '' })).toBe('kernel/bad-input')
    expect(await refused({ approver: '  ' })).toBe('kernel/bad-input')
    expect(await refused({ basis: '' })).toBe('kernel/bad-input')
    expect(await refused({ reason: '理'.repeat(501) })).toBe('kernel/bad-input')
    expect(await refused({ endsOn: null })).toBe('kernel/bad-input')
    expect(await refused({ endsOn: '2021-11-03' })).toBe('teams/ends-before-it-begins')
    expect(await refused({ teamId: commando })).toBe('teams/not-a-loop')
    expect(await refused({ teamId: w.newId() })).toBe('teams/team-missing')
    expect(await refused({ endsOn: '2021-12-01' })).toBe('teams/loop-outside-team')
    expect(await refused({ approverId: w.newId() })).toBe('teams/approver-missing')
    const leader = w.person('李样二', ['unitLeader'], { unitIds: [b.east] })
    expect(await leader.isRefused(orderLoop, order())).toBe('kernel/no-right')
  })

  it('TEA11 the most days and the rest are the roster’s own rules; a longer order is refused', async () => {
    expect(await zhou.isRefused(orderLoop, order({ endsOn: '2021-11-18' }))).toBe('teams/loop-too-long')
    await zhou.does(setRestRules, { beginsOn: '2021-10-01', rules: { closedLoopDays: 10 } as never })
    expect(await zhou.isRefused(orderLoop, order())).toBe('teams/loop-too-long')
    await zhou.does(setRestRules, { beginsOn: '2021-10-02', rules: {} as never })
    const found = await zhou.asks(loops, {})
    expect([found.daysMost, found.restDays]).toEqual([14, 7])
    // The days before the order count too: who was lodged since the 4th is not kept until the 18th by an order of the 6th.
    expect(await zhou.isRefused(orderLoop, order({ beginsOn: '2021-11-06', endsOn: '2021-11-18' }))).toBe(
      'teams/loop-too-long',
    )
  })

  it('TEA12 a loop ends by itself with its order, and the membership with it', async () => {
    await zhou.does(orderLoop, order({ approverId: b.officers[0] }))
    expect(await zhou.isRefused(orderLoop, order())).toBe('teams/loop-ordered')
    expect(await alerts('loops.withoutOrder', at(first, 9))).toEqual([])
    const { rows } = await zhou.asks(teams, { teamId: hotel })
    expect(rows[0]?.endsOn).toBe('2021-11-17')
    expect(rows[0]?.members.map(one => one.endsOn)).toEqual(['2021-11-17', '2021-11-17', '2021-11-17'])
    w.clock.set(at('2021-11-17', 12))
    const me = b.person(2)
    expect((await me.asks(myLoop)).loop).toMatchObject({
      team: '假日酒店闭环队',
      isIn: true,
      daysIn: 14,
      lastDay: '2021-11-17',
      restsUntil: '2021-11-24',
    })
    w.clock.set(at('2021-11-18', 12))
    expect((await me.asks(myLoop)).loop).toMatchObject({ isIn: false, daysIn: 14, restsUntil: '2021-11-24' })
    expect(await alerts('loops.withoutOrder', at('2021-11-18', 12))).toEqual([])
    w.clock.set(at('2021-11-25', 12))
    expect((await me.asks(myLoop)).loop).toBeNull()
    expect((await zhou.asks(loops, {})).rows).toEqual([])
  })

  it('TEA13 a group near its most days is watched, and red past them', async () => {
    expect(await alerts('loops.nearMost', at('2021-11-14', 9))).toEqual([])
    const [near] = await alerts('loops.nearMost', at('2021-11-15', 9))
    expect(near).toMatchObject({ severity: 'amber', dueAt: at('2021-11-18', 8) })
    expect(near?.title.zh).toBe('假日酒店闭环队 3 人闭环已 12 天，最多 14 天')
    // A team without an end, formed the day after the first one ended: the days run on.
    await zhou.does(formTeam, {
      teamId: endless,
      name: '假日酒店闭环二队',
      kind: 'closedLoop',
      beginsOn: '2021-11-18',
      members: [{ officerId: chen, beginsOn: '2021-11-18' }],
    })
    const over = await alerts('loops.nearMost', at('2021-11-18', 9))
    expect(over.map(one => [one.severity, one.title.en])).toEqual([
      ['red', '假日酒店闭环二队: 1 in a closed loop for more than 14 days, 15 at the most'],
    ])
    expect(await alerts('loops.withoutOrder', at('2021-11-18', 9))).toHaveLength(1)
    await zhou.does(addMembers, {
      teamId: endless,
      members: [{ officerId: chu, beginsOn: '2021-11-26' }],
    })
  })

  it('TEA14 only a member objects, for himself, with words or a health reason, and once at a time', async () => {
    w.clock.set(at('2021-11-26', 10))
    await zhou.does(
      orderLoop,
      order({
        teamId: endless,
        beginsOn: '2021-11-18',
        endsOn: '2021-11-30',
        orderNumber: '青防指〔2021〕31号',
      }),
    )
    const [zhengHimself, chenHimself, chuHimself] = [b.person(1), b.person(3), b.person(4)]
    expect(await zhengHimself.isRefused(objectToLoop, objection(zheng))).toBe('teams/not-in-loop')
    expect(await zhengHimself.isRefused(objectToLoop, objection(chen))).toBe('teams/for-oneself')
    expect(await zhou.isRefused(objectToLoop, objection(chen))).toBe('teams/for-oneself')
    expect(await chenHimself.isRefused(objectToLoop, objection(chen, { text: '  ' }))).toBe(
      'teams/reason-needed',
    )
    expect(await chenHimself.isRefused(objectToLoop, objection(chen, { text: '长'.repeat(501) }))).toBe(
      'kernel/bad-input',
    )
    const mine = objection(chen)
    expect(await chenHimself.does(objectToLoop, mine)).toEqual({ dueAt: at('2021-11-27', 10) })
    expect(await chenHimself.isRefused(objectToLoop, objection(chen))).toBe('teams/objection-open')
    expect(await chuHimself.isRefused(withdrawObjection, { objectionId: mine.objectionId })).toBe(
      'teams/for-oneself',
    )
    await chenHimself.does(withdrawObjection, { objectionId: mine.objectionId })
    expect(await chenHimself.isRefused(withdrawObjection, { objectionId: mine.objectionId })).toBe(
      'teams/objection-missing',
    )
  })

  it('TEA15 somebody who neither ordered nor approved it decides within a day, with a reason that the member reads', async () => {
    const chenHimself = b.person(3)
    const mine = objection(chen)
    w.clock.set(at('2021-11-26', 10, 1))
    await chenHimself.does(objectToLoop, mine)
    const [open] = await alerts('loops.objection', at('2021-11-26', 11))
    expect(open).toMatchObject({ severity: 'amber', dueAt: at('2021-11-27', 10, 1) })
    expect((await alerts('loops.objection', at('2021-11-27', 10, 1)))[0]?.severity).toBe('red')
    expect(await alerts('loops.objectionOnHealth', at('2021-11-27', 10))).toEqual([])
    const decides = { objectionId: mine.objectionId, outcome: 'upheld' as const, why: '家庭困难属实' }
    expect(await zhou.isRefused(decideObjection, decides)).toBe('teams/own-order')
    expect(await chenHimself.isRefused(decideObjection, decides)).toBe('kernel/no-right')
    const health = w.person('沈样三', ['healthOfficer'])
    expect(await health.isRefused(decideObjection, decides)).toBe('teams/health-decides')
    const himself = w.person('陈示四', ['dutyOfficer'], { officerId: chen })
    expect(await himself.isRefused(decideObjection, decides)).toBe('teams/own-order')
    const duty = w.person('孙例四', ['dutyOfficer'])
    expect(await duty.isRefused(decideObjection, { ...decides, why: '' })).toBe('kernel/bad-input')
    expect(await duty.isRefused(decideObjection, { ...decides, outcome: 'maybe' })).toBe('kernel/bad-input')
    await duty.does(decideObjection, decides)
    expect(await duty.isRefused(decideObjection, decides)).toBe('teams/objection-missing')
    expect(await alerts('loops.objection', at('2021-11-27', 10))).toEqual([])
    // Upheld, he is out with today; nobody has to do a second thing.
    const told = await chenHimself.asks(myLoop)
    expect(told.objections[0]).toMatchObject({
      outcome: 'upheld',
      why: '家庭困难属实',
      leavesOn: '2021-11-26',
    })
    expect(told.loop?.lastDay).toBe('2021-11-26')
    const { rows } = await zhou.asks(teams, { teamId: endless })
    expect(rows[0]?.members.map(one => one.endsOn).sort()).toEqual(['2021-11-26', '2021-11-30'])
    w.clock.set(at('2021-11-27', 9))
    expect((await chenHimself.asks(myLoop)).loop).toMatchObject({ isIn: false, restsUntil: '2021-12-03' })
  })

  it('TEA16 a reason of health is sealed, opened by the health officer with a purpose, and his to decide', async () => {
    const chuHimself = b.person(4)
    const mine = objection(chu, { text: '', healthReason: '慢性病需每日服药复诊' })
    await chuHimself.does(objectToLoop, mine)
    const { objectionId } = mine
    const listed = (await zhou.asks(loops, { teamId: endless })).rows[0]?.objections
    expect(listed?.[0]).toMatchObject({ name: '褚例五', text: '', onHealth: true })
    expect(JSON.stringify(listed)).not.toContain('慢性病')
    const rows = await w.owner.query('select input::text as t from app.journal')
    expect(rows.rows.length).toBeGreaterThan(10)
    expect(rows.rows.filter(row => String(row.t).includes('慢性病'))).toEqual([])
    const [health, duty] = [w.person('沈样三', ['healthOfficer']), w.person('孙例四', ['dutyOfficer'])]
    expect(await duty.mayNotAsk(objectionHealth, { objectionId, purpose: '办理异议' })).toBe(
      'kernel/no-right',
    )
    expect(await health.mayNotAsk(objectionHealth, { objectionId, purpose: '' })).toBe('kernel/bad-input')
    expect(await health.asks(objectionHealth, { objectionId, purpose: '办理闭环异议' })).toEqual({
      officerId: chu,
      reason: '慢性病需每日服药复诊',
    })
    expect(await alerts('loops.objectionOnHealth', at('2021-11-27', 10))).toHaveLength(1)
    const decides = { objectionId, outcome: 'declined' as const, why: '驻点医生每日巡诊，可在点位取药' }
    expect(await duty.isRefused(decideObjection, decides)).toBe('teams/health-decides')
    await health.does(decideObjection, decides)
    expect((await chuHimself.asks(myLoop)).objections[0]).toMatchObject({
      outcome: 'declined',
      leavesOn: null,
    })
    expect((await chuHimself.asks(myLoop)).loop?.isIn).toBe(true)
  })

  it('TEA17 the figure counts who was in a loop, and its list has as many rows', async () => {
    const span = { from: first, until: '2021-11-27' }
    expect(await w.kernel.measure(zhou.actor, 'loops.members', span.from, span.until)).toBe(4)
    const { total, rows } = await zhou.asks(loopMembers, span)
    expect(total).toBe(4)
    expect(rows.map(row => [row.name, row.days]).sort()).toEqual(
      [
        ['冯样三', 14],
        ['郑例二', 14],
        ['陈示四', 23],
        ['褚例五', 2],
      ].sort(),
    )
    expect(await w.person('韩样九', ['viewer']).mayNotAsk(loops, {})).toBe('kernel/no-right')
    expect((await w.person('韩样九', ['viewer']).asks(myLoop)).loop).toBeNull()
  })
})
