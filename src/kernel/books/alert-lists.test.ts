// Alerts that come again, the lists of them, and how somebody wants to be told.
import { describe, expect, it } from 'vitest'
import { addAccount } from '../../modules/access/contracts.ts'
import { access } from '../../modules/access/index.ts'
import { trial } from '../trial.ts'
import { type Person, world } from '../world.ts'
import { books } from './books.ts'
import {
  acknowledgeAlerts,
  alerts,
  handAlert,
  isQuiet,
  ownAlertSetting,
  pastAlerts,
  setAlertSetting,
  snoozeAlert,
  usualSetting,
  wakeAlert,
  watchList,
} from './contracts.ts'
import { alertTrial, gate, gates, idOf, seeing, store } from './trial-alerts.ts'

const modules = [access, trial, seeing]
const w = await world([...modules, books(modules)])
const kit = alertTrial(w)
const { zheng, feng, chenWest, hanEast, west, east, later, look, raised, ends, detail, kinds, standing } = kit
for (const account of kit.accounts) await kit.zhou.does(addAccount, account)

describe('the same again', () => {
  it('ALR10 what comes back soon after it ended, or while put off, is the alert of before', async () => {
    const alertId = await raised({ subject: '北门' })
    await chenWest.does(acknowledgeAlerts, { alertIds: [alertId], take: true })
    w.clock.advance(10)
    await ends('北门')
    expect(await detail(alertId)).toMatchObject({ stoodMinutes: 10, may: false })
    w.clock.advance(29)
    expect(await raised({ subject: '北门' })).toBe(alertId)
    expect(await detail(alertId)).toMatchObject({
      times: 2,
      clearedAt: null,
      state: 'acknowledged',
      ownerName: '陈示四',
    })
    expect(await kinds(alertId)).toEqual(['raised', 'taken', 'ended', 'continued'])
    const { rows } = await w.owner.query(
      `select answer from app.journal where name = 'alert.settle' order by seq desc limit 1`,
    )
    expect(rows[0].answer).toEqual({ continued: ['北门'] })
    // Put off for longer than the short while: still the same, and still put off.
    await chenWest.does(snoozeAlert, { alertId, until: later(300), reason: '门已封闭' })
    await ends('北门')
    w.clock.advance(120)
    expect(await raised({ subject: '北门' })).toBe(alertId)
    expect(await detail(alertId)).toMatchObject({ times: 3, state: 'snoozed' })
    expect(await standing(zheng)).not.toContain(alertId)
    await chenWest.does(wakeAlert, { alertId })
    await ends('北门')
    w.clock.advance(31)
    const another = await raised({ subject: '北门' })
    expect(another).not.toBe(alertId)
    expect(await detail(another)).toMatchObject({ times: 1, state: 'waiting', ownerName: null })
  })

  it('ALR11 one that turns red is no longer put off, and its clock begins again', async () => {
    const alertId = await raised({ subject: '水门' })
    await chenWest.does(snoozeAlert, { alertId, until: later(600), reason: '明早再看' })
    w.clock.advance(30)
    const seen = gates.find(one => one.subject === '水门')
    Object.assign(seen ?? {}, { severity: 'red', zh: '水门无人已一小时', dueAt: later(-1) })
    expect(await look(gate)).toBe(1)
    expect(await look(gate)).toBe(0)
    expect(await detail(alertId)).toMatchObject({
      severity: 'red',
      titleZh: '水门无人已一小时',
      state: 'waiting',
      goesUpAt: later(10),
    })
    expect(await kinds(alertId)).toEqual(['raised', 'snoozed', 'turned'])
    Object.assign(seen ?? {}, { severity: 'amber' })
    await look(gate)
    expect(await detail(alertId)).toMatchObject({ severity: 'amber' })
  })

  it('ALR12 what has ended is not acted on any more', async () => {
    const alertId = await raised({ subject: '角门' })
    await ends('角门')
    const refused = await Promise.all([
      zheng.isRefused(acknowledgeAlerts, { alertIds: [alertId] }),
      zheng.isRefused(acknowledgeAlerts, { alertIds: [alertId], take: true }),
      zheng.isRefused(snoozeAlert, { alertId, until: later(30), reason: '稍后' }),
      zheng.isRefused(handAlert, { alertId, toRole: 'logistics', toAccountId: null, note: '请办' }),
      zheng.isRefused(wakeAlert, { alertId }),
    ])
    expect(new Set(refused)).toEqual(new Set(['kernel/alert-ended']))
    const other = await raised()
    expect(await zheng.does(acknowledgeAlerts, { alertIds: [alertId, other] })).toEqual({
      acknowledged: 1,
      already: 0,
      ended: 1,
    })
  })
})

describe('lists', () => {
  it('ALR13 open ones are narrowed by watch, severity, owner, state, whose and text', async () => {
    const mask = await raised({ subject: '口罩', zh: '口罩不足一天', severity: 'red' }, store)
    const only = (input: object) => standing(zheng, input)
    expect(await only({ watches: ['supplies.store'] })).toEqual([mask])
    expect(await only({ search: '口罩' })).toEqual([mask])
    expect(await only({ search: 'ABOUT 口罩' })).toEqual([mask])
    expect(await only({ search: `%_' or 1=1 --` })).toEqual([])
    expect(await only({ severities: ['red'] })).toContain(mask)
    expect(await only({ severities: ['amber'] })).not.toContain(mask)
    expect(await only({ owners: ['dutyOfficer'], states: ['waiting'] })).toContain(mask)
    expect(await only({ owners: ['commander'] })).not.toContain(mask)
    expect(await only({ mine: true })).toContain(mask)
    expect(await standing(chenWest, { mine: true })).not.toContain(mask)
    const all = await zheng.asks(alerts, { limit: 5_000 })
    expect(all.total).toBe(all.rows.length)
    expect(all.red).toBe(all.rows.filter(row => row.severity === 'red').length)
    expect(all.waiting).toBe(all.rows.filter(row => row.state === 'waiting').length)
    const due = all.rows.map(row => row.dueAt)
    expect(due).toEqual(due.toSorted())
    const { rows: watches } = await zheng.asks(watchList, {})
    expect(watches.map(row => [row.watch, row.ownerRole])).toEqual(
      expect.arrayContaining([
        ['posts.gate', 'unitLeader'],
        ['supplies.store', 'dutyOfficer'],
      ]),
    )
    expect(all.rows.find(row => row.alertId === mask)).toMatchObject({ watchZh: 'supplies.store预警' })
  })

  it('ALR14 past ones say how long they stood and who handled them, by day, owner, whose and text', async () => {
    w.clock.set('2021-11-05T06:00:00.000Z')
    const handled = await raised({ subject: '面粉' }, store)
    await raised({ subject: '食盐' }, store)
    await zheng.does(acknowledgeAlerts, { alertIds: [handled] })
    w.clock.advance(90)
    await ends('面粉', store)
    w.clock.advance(45)
    await ends('食盐', store)
    const today = { from: '2021-11-05', until: '2021-11-05' }
    const { rows, total } = await zheng.asks(pastAlerts, { ...today, watches: ['supplies.store'] })
    expect(total).toBe(2)
    expect(rows.map(row => [row.subject, row.stoodMinutes, row.handledBy, row.mine])).toEqual([
      ['食盐', 135, null, true],
      ['面粉', 90, '郑例二', true],
    ])
    const subjects = async (person: Person, input: object) =>
      (await person.asks(pastAlerts, input)).rows.map(row => row.subject)
    expect(await subjects(zheng, { ...today, mine: true })).toEqual(['面粉'])
    expect(await subjects(feng, { ...today, mine: true })).toEqual([])
    expect(await subjects(zheng, { from: '2021-11-06' })).toEqual([])
    expect(await subjects(zheng, { ...today, search: '盐' })).toEqual(['食盐'])
    expect(await subjects(zheng, { ...today, order: 'stood' })).toEqual(['面粉', '食盐'])
    expect(await subjects(zheng, { ...today, limit: 1, offset: 1 })).toEqual(['面粉'])
    // The western gate's are not told to the leader of the east.
    const west = await subjects(chenWest, { watches: ['posts.gate'] })
    expect(west).toContain('角门')
    expect(await subjects(hanEast, { watches: ['posts.gate'] })).not.toContain('角门')
  })
})

describe('how one is told', () => {
  const at = (clock: string) => {
    const [hours = 0, minutes = 0] = clock.split(':').map(Number)
    return hours * 60 + minutes
  }

  it('ALR30 every account sets its own, by a command; without one red and amber sound at every hour', async () => {
    expect(await zheng.asks(ownAlertSetting, {})).toEqual(usualSetting)
    const night = { ...usualSetting, soundAmber: false, quietFromMinute: 1_320, quietUntilMinute: 360 }
    await zheng.does(setAlertSetting, night)
    await zheng.does(setAlertSetting, night)
    expect(await zheng.asks(ownAlertSetting, {})).toEqual(night)
    expect(await feng.asks(ownAlertSetting, {})).toEqual(usualSetting)
    const refused = (more: object) => zheng.isRefused(setAlertSetting, { ...night, ...more })
    expect(await refused({ quietFromMinute: null })).toBe('kernel/alert-quiet-hours')
    expect(await refused({ quietUntilMinute: 1_320 })).toBe('kernel/alert-quiet-hours')
    expect(await refused({ quietUntilMinute: 1_440 })).toBe('kernel/bad-input')
    expect(await refused({ soundRed: 'yes' })).toBe('kernel/bad-input')
    expect(await refused({ accountId: idOf(feng) })).toBe('kernel/bad-input')
    await zheng.does(setAlertSetting, { ...night, quietFromMinute: null, quietUntilMinute: null })
    expect(await zheng.asks(ownAlertSetting, {})).toMatchObject({ quietFromMinute: null, soundAmber: false })
  })

  it('ALR31 quiet hours may pass midnight, and red ones may sound in them', () => {
    const night = { ...usualSetting, quietFromMinute: at('22:00'), quietUntilMinute: at('06:00') }
    const quiet = ['21:59', '22:00', '00:00', '05:59', '06:00', '12:00'].map(clock =>
      isQuiet(night, 'amber', at(clock)),
    )
    expect(quiet).toEqual([false, true, true, true, false, false])
    expect(isQuiet(night, 'red', at('00:00'))).toBe(false)
    expect(isQuiet({ ...night, quietButRed: false }, 'red', at('00:00'))).toBe(true)
    const noon = { ...night, quietFromMinute: at('12:00'), quietUntilMinute: at('14:00') }
    expect(['11:59', '12:00', '13:59', '14:00'].map(clock => isQuiet(noon, 'amber', at(clock)))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(isQuiet(usualSetting, 'amber', 0)).toBe(false)
  })
})
