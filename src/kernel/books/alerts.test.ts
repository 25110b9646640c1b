// Alerts as somebody's work: taken, handed over, put off, gone up by the clock.
import { describe, expect, it } from 'vitest'
import { addAccount } from '../../modules/access/contracts.ts'
import { access } from '../../modules/access/index.ts'
import { note, trial } from '../trial.ts'
import { type Person, world } from '../world.ts'
import { books } from './books.ts'
import {
  acknowledgeAlerts,
  alertDetail,
  alerts,
  alertTakers,
  escalateAlert,
  handAlert,
  history,
  pastAlerts,
  settleAlerts,
  snoozeAlert,
  wakeAlert,
} from './contracts.ts'
import { alertTrial, gate, idOf, seeing, store } from './trial-alerts.ts'

const modules = [access, trial, seeing]
const w = await world([...modules, books(modules)])
const kit = alertTrial(w)
const {
  zheng,
  feng,
  chenWest,
  hanEast,
  viewer,
  officer,
  east,
  later,
  byTheClock,
  raised,
  detail,
  kinds,
  standing,
} = kit
for (const account of kit.accounts) await kit.zhou.does(addAccount, account)

describe('whose an alert is', () => {
  it('ALR1 who acknowledged it is named with the time, and of many the answer says how many', async () => {
    const [first, second] = [await raised(), await raised()]
    w.clock.advance(5)
    expect(await chenWest.does(acknowledgeAlerts, { alertIds: [first] })).toEqual({
      acknowledged: 1,
      already: 0,
      ended: 0,
    })
    expect(await detail(first)).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: '陈示四',
      acknowledgedAt: w.clock.now.toISOString(),
      ownerRole: 'unitLeader',
      ownerName: null,
      stoodMinutes: 5,
    })
    // The same twice in one list counts once, and what was acknowledged before stays as it was.
    expect(await zheng.does(acknowledgeAlerts, { alertIds: [first, second, second] })).toEqual({
      acknowledged: 1,
      already: 1,
      ended: 0,
    })
    expect(await detail(first)).toMatchObject({ acknowledgedBy: '陈示四' })
    expect(await kinds(first)).toEqual(['raised', 'acknowledged'])
  })

  it('ALR2 who takes it has it by name, also from somebody else, and it is no longer put off', async () => {
    const alertId = await raised()
    await chenWest.does(acknowledgeAlerts, { alertIds: [alertId], take: true })
    expect(await detail(alertId, chenWest)).toMatchObject({ ownerName: '陈示四', mine: true })
    await chenWest.does(snoozeAlert, { alertId, until: later(30), reason: '已派人前往' })
    expect(await detail(alertId)).toMatchObject({ state: 'snoozed', mine: false, may: true })
    await zheng.does(acknowledgeAlerts, { alertIds: [alertId], take: true })
    expect(await detail(alertId)).toMatchObject({ state: 'acknowledged', ownerName: '郑例二', mine: true })
    expect(await chenWest.does(acknowledgeAlerts, { alertIds: [alertId], take: false })).toMatchObject({
      already: 1,
    })
    expect(await zheng.does(acknowledgeAlerts, { alertIds: [alertId], take: true })).toMatchObject({
      already: 1,
    })
    expect(await kinds(alertId)).toEqual(['raised', 'taken', 'snoozed', 'taken'])
  })

  it('ALR3 only who sees it may act, and only its owner or the command post', async () => {
    const alertId = await raised()
    const everyWay = (person: Person) =>
      Promise.all([
        person.isRefused(acknowledgeAlerts, { alertIds: [alertId] }),
        person.isRefused(snoozeAlert, { alertId, until: later(30), reason: '稍后' }),
        person.isRefused(handAlert, { alertId, toRole: 'logistics', toAccountId: null, note: '请办' }),
        person.isRefused(wakeAlert, { alertId }),
        person.mayNotAsk(alertTakers, { alertId }),
      ])
    // Another unit's is answered as one that is not there.
    expect(await standing(hanEast)).not.toContain(alertId)
    expect(new Set(await everyWay(hanEast))).toEqual(new Set(['kernel/missing']))
    expect(await hanEast.mayNotAsk(alertDetail, { alertId })).toBe('kernel/missing')
    const books = { table: 'alert', rowId: alertId, parts: ['alert_step'] }
    expect(await hanEast.mayNotAsk(history, books)).toBe('kernel/missing')
    expect((await chenWest.asks(history, books)).rows.length).toBeGreaterThan(0)
    for (const person of [viewer, officer]) {
      expect(await standing(person)).toContain(alertId)
      expect(await detail(alertId, person)).toMatchObject({ may: false })
      expect(new Set(await everyWay(person)), person.actor.name).toEqual(new Set(['kernel/alert-not-yours']))
    }
    // One that he may not touch spoils the whole list: nothing is done by halves.
    const own = await raised()
    const foreign = await raised({ unitId: east })
    expect(await chenWest.isRefused(acknowledgeAlerts, { alertIds: [own, foreign] })).toBe('kernel/missing')
    expect(await detail(own)).toMatchObject({ state: 'waiting' })
    for (const person of [chenWest, zheng, feng]) expect((await detail(alertId, person)).may).toBe(true)
  })

  it('ALR4 handed to a role or a person with a note, who has to acknowledge it anew and sees it past his units', async () => {
    const alertId = await raised()
    await chenWest.does(acknowledgeAlerts, { alertIds: [alertId] })
    const { rows } = await chenWest.asks(alertTakers, { alertId, search: '韩' })
    expect(rows).toEqual([{ accountId: idOf(hanEast), name: '韩样九', roles: ['unitLeader'] }])
    const offered = (await chenWest.asks(alertTakers, { alertId })).rows.map(row => row.name)
    expect(offered).toContain('郑例二')
    expect(offered).not.toContain('褚例五')
    await chenWest.does(handAlert, {
      alertId,
      toRole: null,
      toAccountId: idOf(hanEast),
      note: '该门已划归东片',
    })
    expect(await detail(alertId, hanEast)).toMatchObject({
      state: 'waiting',
      ownerName: '韩样九',
      mine: true,
    })
    expect(await standing(hanEast, { mine: true })).toContain(alertId)
    expect(await standing(chenWest, { mine: true })).not.toContain(alertId)
    await hanEast.does(acknowledgeAlerts, { alertIds: [alertId] })
    await hanEast.does(handAlert, { alertId, toRole: 'logistics', toAccountId: null, note: '缺物资' })
    expect(await detail(alertId)).toMatchObject({ ownerRole: 'logistics', ownerName: null, state: 'waiting' })
    expect((await detail(alertId)).steps.map(one => [one.kind, one.by, one.text])).toEqual([
      ['raised', null, ''],
      ['acknowledged', '陈示四', ''],
      ['handed', '陈示四', '该门已划归东片'],
      ['acknowledged', '韩样九', ''],
      ['handed', '韩样九', '缺物资'],
    ])
  })

  it('ALR5 it is handed to exactly one who can take it', async () => {
    const alertId = await raised()
    const hand = (toRole: unknown, toAccountId: unknown, note: unknown = '请办') =>
      zheng.isRefused(handAlert, { alertId, toRole, toAccountId, note })
    expect(await hand(null, null)).toBe('kernel/alert-handed-nowhere')
    expect(await hand('logistics', idOf(feng))).toBe('kernel/alert-handed-nowhere')
    expect(await hand('viewer', null)).toBe('kernel/alert-cannot-take')
    expect(await hand('unitLeader', null)).toBe('kernel/alert-cannot-take')
    expect(await hand(null, idOf(viewer))).toBe('kernel/alert-cannot-take')
    expect(await hand(null, w.newId())).toBe('kernel/alert-cannot-take')
    expect(await hand('logistics', null, '  ')).toBe('kernel/bad-input')
    expect(await hand('logistics', null, '找13812345678')).toBe('kernel/held-before')
    expect(await hand('king', null)).toBe('kernel/bad-input')
    expect(await kinds(alertId)).toEqual(['raised'])
  })
})

describe('put off', () => {
  it('ALR6 for some hours, a red one for less, with a reason; it comes back by itself', async () => {
    const [amber, red] = [await raised(), await raised({ severity: 'red' })]
    const refused = (alertId: string, until: unknown, reason: unknown = '等换班') =>
      chenWest.isRefused(snoozeAlert, { alertId, until, reason })
    expect(await refused(red, later(121))).toBe('kernel/alert-snoozed-too-long')
    expect(await refused(amber, later(721))).toBe('kernel/alert-snoozed-too-long')
    expect(await refused(amber, later(0))).toBe('kernel/alert-snoozed-too-long')
    expect(await refused(amber, '9999-12-31T23:59:59Z')).toBe('kernel/alert-snoozed-too-long')
    expect(await refused(amber, later(10), ' ')).toBe('kernel/bad-input')
    await chenWest.does(snoozeAlert, { alertId: red, until: later(120), reason: '等换班' })
    await chenWest.does(snoozeAlert, { alertId: amber, until: later(720), reason: '等换班' })
    expect(await standing(zheng)).not.toContain(red)
    expect(await standing(zheng, { states: ['snoozed'] })).toEqual(expect.arrayContaining([red, amber]))
    expect(await zheng.isRefused(escalateAlert, { alertId: red, from: 'unitLeader' })).toBe('kernel/no-right')
    w.clock.advance(119)
    await byTheClock()
    expect(await detail(red)).toMatchObject({ state: 'snoozed', wentUp: 0 })
    w.clock.advance(1)
    await byTheClock()
    expect(await standing(zheng)).toContain(red)
    // It was past its time long ago, and still leaves its owner some minutes before it goes up.
    expect(await detail(red)).toMatchObject({ state: 'waiting', wentUp: 0, goesUpAt: later(10) })
    expect(await kinds(red)).toEqual(['raised', 'snoozed', 'woken'])
    await chenWest.does(wakeAlert, { alertId: amber })
    expect(await chenWest.isRefused(wakeAlert, { alertId: amber })).toBe('kernel/alert-not-due')
    expect((await detail(amber)).steps.at(-1)).toMatchObject({ kind: 'woken', by: '陈示四' })
  })
})

describe('by the clock', () => {
  it('ALR7 what nobody acknowledged goes up to the duty officer and to the commander, once a step', async () => {
    const alertId = await raised({ severity: 'red', dueAt: later(20) })
    expect(await detail(alertId)).toMatchObject({ goesUpAt: later(20), goesUpTo: 'dutyOfficer' })
    w.clock.advance(19)
    await byTheClock()
    expect(await detail(alertId)).toMatchObject({ ownerRole: 'unitLeader', wentUp: 0 })
    w.clock.advance(1)
    await Promise.all([byTheClock(), byTheClock()])
    await byTheClock()
    expect(await detail(alertId)).toMatchObject({ ownerRole: 'dutyOfficer', wentUp: 1, goesUpAt: later(15) })
    // Who owned it first may still take it.
    expect((await detail(alertId, chenWest)).may).toBe(true)
    w.clock.advance(15)
    await byTheClock()
    w.clock.advance(600)
    await byTheClock()
    expect(await detail(alertId)).toMatchObject({ ownerRole: 'commander', wentUp: 2, goesUpAt: null })
    expect(await kinds(alertId)).toEqual(['raised', 'wentUp', 'wentUp'])
    const { rows } = await w.owner.query(
      `select actor_id, verdict from app.journal where name = 'alert.escalate' and input ->> 'alertId' = $1`,
      [alertId],
    )
    expect(rows).toEqual(Array(2).fill({ actor_id: null, verdict: 'done' }))
  })

  it('ALR8 what is acknowledged stays with its owner, and what came late leaves him some minutes', async () => {
    const known = await raised({ dueAt: later(5) })
    const late = await raised({ severity: 'red', dueAt: later(-300) })
    expect(await detail(late)).toMatchObject({ goesUpAt: later(10) })
    await chenWest.does(acknowledgeAlerts, { alertIds: [known] })
    w.clock.advance(45)
    await byTheClock()
    expect(await detail(known)).toMatchObject({ ownerRole: 'unitLeader', goesUpAt: null, goesUpTo: null })
    expect(await detail(late)).toMatchObject({ ownerRole: 'dutyOfficer' })
    // Handed on it has to be acknowledged anew, and goes up from there.
    await chenWest.does(handAlert, {
      alertId: known,
      toRole: 'logistics',
      toAccountId: null,
      note: '请送物资',
    })
    expect(await detail(known)).toMatchObject({ goesUpAt: later(30), goesUpTo: 'dutyOfficer' })
    w.clock.advance(31)
    await byTheClock()
    expect(await detail(known)).toMatchObject({ ownerRole: 'dutyOfficer' })
  })

  it('ALR9 one raised before anybody kept this goes up when it is due', async () => {
    const before = w.newId()
    await zheng.does(note, { alertId: before, text: '以前的预警' })
    expect(await detail(before)).toMatchObject({ goesUpAt: later(0), goesUpTo: 'commander', times: 1 })
    await byTheClock()
    expect(await detail(before)).toMatchObject({ ownerRole: 'commander', wentUp: 1 })
    expect((await detail(before, zheng)).may).toBe(true)
    const alertId = await raised({ dueAt: later(15) })
    const system = await w.kernel.system(w.agency.agencyId)
    await expect(system.run(escalateAlert, { alertId, from: 'unitLeader' })).rejects.toMatchObject({
      code: 'kernel/alert-not-due',
    })
    await expect(system.run(escalateAlert, { alertId, from: 'dutyOfficer' })).rejects.toMatchObject({
      code: 'kernel/alert-not-due',
    })
    await expect(system.run(wakeAlert, { alertId })).rejects.toMatchObject({ code: 'kernel/alert-not-due' })
  })
})

describe('hostile', () => {
  it('ALR15 wrong, huge, empty, unknown and foreign input is answered by a problem', async () => {
    const bad = (input: unknown) => zheng.isRefused(acknowledgeAlerts, input)
    for (const input of [
      {},
      null,
      { alertIds: [] },
      { alertIds: 'all' },
      { alertIds: ['x'] },
      { alertIds: Array.from({ length: 201 }, () => w.newId()) },
      { alertIds: [w.newId()], take: 'yes' },
    ]) {
      expect(await bad(input), JSON.stringify(input)?.slice(0, 60)).toBe('kernel/bad-input')
    }
    expect(await bad({ alertIds: [w.newId()] })).toBe('kernel/missing')
    expect(await zheng.isRefused(snoozeAlert, { alertId: w.newId(), until: later(5), reason: '稍后' })).toBe(
      'kernel/missing',
    )
    expect(await zheng.mayNotAsk(alertDetail, { alertId: w.newId() })).toBe('kernel/missing')
    expect(await zheng.mayNotAsk(alerts, { severities: [] })).toBe('kernel/bad-input')
    expect(await zheng.mayNotAsk(alerts, { states: ['gone'] })).toBe('kernel/bad-input')
    expect(await zheng.mayNotAsk(pastAlerts, { from: '2021-13-01' })).toBe('kernel/bad-input')
    const settle = { watch: 'posts.gate', ownerRole: 'unitLeader', raise: [], clear: ['门1'] }
    expect(await feng.isRefused(settleAlerts, settle)).toBe('kernel/no-right')
  })

  it('ALR16 of two who take it at the same moment one has it, and the steps tell of both', async () => {
    const alertId = await raised()
    await Promise.all([
      zheng.does(acknowledgeAlerts, { alertIds: [alertId], take: true }),
      feng.does(acknowledgeAlerts, { alertIds: [alertId], take: true }),
    ])
    const { steps, ownerName } = await detail(alertId)
    expect(steps.map(step => step.kind)).toEqual(['raised', 'taken', 'taken'])
    expect(steps.at(-1)?.by).toBe(ownerName)
  })
})
