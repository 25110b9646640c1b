import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { endLevel, orderLevel } from '../operations/contracts.ts'
import { availabilityReason, officer as officerDetail, reportUnavailable } from '../people/contracts.ts'
import {
  answerRecall,
  arriveRecalled,
  closeRecall,
  decideExemption,
  log,
  myRecalls,
  orderRecall,
  phoneRecall,
  recallBoard,
  recalled,
  recalledOfficer,
  recalls,
  rollRecalled,
  strikeArrival,
} from './contracts.ts'
import { bureau, figure, followed, modules, rounds, seenBy, sheetOf } from './test-bureau.ts'

describe('recall', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zheng, han, yang, zhu, feng, wei, chen } = b
  // 2021-11-05 10:00 at the bureau: nobody is on duty.
  w.clock.set('2021-11-05T02:00:00.000Z')
  const later = (minutes: number) => new Date(w.clock.now.getTime() + minutes * 60_000).toISOString()
  const order = async (more: object = {}) => {
    const recallId = w.newId()
    const counts = await zheng.does(orderRecall, {
      recallId,
      operationId,
      reason: '疫情升级，停止休假',
      orderedBy: '周示一局长',
      reportBy: later(120),
      ...more,
    })
    return { recallId, ...counts }
  }
  const board = (recallId: string, by = zheng) => by.asks(recallBoard, { recallId })
  const states = async (recallId: string, more: object = {}, by = zheng) =>
    (await by.asks(recalled, { recallId, ...more })).rows.map(row => [row.name, row.state])
  const coming = (minutes: number, endLeave = true) =>
    ({ says: 'coming', eta: later(minutes), endLeave }) as const

  const station = { recallId: '' }
  it('CMD43 an officer answers himself: coming ends his absence at that time, and nobody learns why he was away', async () => {
    const availabilityId = w.newId()
    await wei.does(reportUnavailable, {
      availabilityId,
      officerId: b.officers.wei,
      state: 'unavailable',
      beginsAt: '2021-11-05T00:00:00Z',
      endsAt: '2021-11-09T00:00:00Z',
      reason: '探亲休假',
    })
    const { recallId } = await order({ unitIds: [b.station], reason: '停休召回' })
    station.recallId = recallId
    expect((await wei.asks(myRecalls)).rows[0]).toMatchObject({ awayUntil: '2021-11-09T00:00:00.000Z' })
    await wei.does(answerRecall, { recallId, answer: coming(90) })
    expect((await wei.asks(myRecalls)).rows[0]).toMatchObject({ state: 'coming', eta: later(90) })
    const seen = await han.asks(recalledOfficer, { recallId, officerId: b.officers.wei })
    expect(seen).toMatchObject({ state: 'coming', away: true, leaveEnded: true, eta: later(90) })
    expect(seen.steps).toMatchObject([{ kind: 'coming', by: '卫样六', phonedAt: null }])
    expect(JSON.stringify(seen)).not.toContain('探亲')
    const { absences } = await han.asks(officerDetail, { officerId: b.officers.wei })
    expect(absences).toMatchObject([{ availabilityId, endsAt: later(90) }])
    expect(await han.mayNotAsk(availabilityReason, { availabilityId, purpose: '核对' })).toBe(
      'kernel/no-right',
    )
    // A further answer replaces the one before; a time that is past or far off is none.
    await wei.does(answerRecall, { recallId, answer: coming(100) })
    for (const eta of [later(-1), later(60 * 24 * 8)]) {
      const answer = { says: 'coming', eta }
      expect(await wei.isRefused(answerRecall, { recallId, answer })).toBe('commandpost/eta-past')
    }
  })

  it('CMD44 a leader telephones and enters what was said, and when; not reached is counted', async () => {
    const { recallId } = station
    w.clock.advance(10)
    const say = (officerId: string, answer: object, phonedAt = later(-5)) => ({
      ...{ recallId, officerId, phonedAt, answer },
    })
    await han.does(phoneRecall, say(b.officers.jiang, { says: 'notReached' }) as never)
    await han.does(phoneRecall, say(b.officers.jiang, { says: 'notReached' }) as never)
    const jiang = () => han.asks(recalledOfficer, { recallId, officerId: b.officers.jiang })
    expect(await jiang()).toMatchObject({ state: 'called', tries: 2, reachedAt: null })
    await han.does(phoneRecall, say(b.officers.jiang, coming(60)) as never)
    expect(await jiang()).toMatchObject({ state: 'coming', reachedAt: later(-5), eta: later(60) })
    expect((await jiang()).steps.at(-1)).toMatchObject({ kind: 'coming', by: '韩样九', phonedAt: later(-5) })
    const early = say(b.officers.jiang, coming(60), later(-60))
    const ahead = say(b.officers.jiang, coming(60), later(30))
    expect(await han.isRefused(phoneRecall, early)).toBe('commandpost/phoned-when')
    expect(await han.isRefused(phoneRecall, ahead)).toBe('commandpost/phoned-when')
    // Not for another unit's people, and no officer for another.
    expect(await zhu.isRefused(phoneRecall, say(b.officers.jiang, coming(60)))).toBe(
      'commandpost/outside-scope',
    )
    expect(await feng.isRefused(phoneRecall, say(b.officers.jiang, coming(60)))).toBe('kernel/no-right')
  })

  it('CMD45 an exemption has a class and an end, and somebody else grants it; after its end he is asked again', async () => {
    const { recallId } = station
    const cannot = { says: 'cannot', exemptClass: 'personal', exemptUntil: later(180) } as const
    await feng.does(answerRecall, { recallId, answer: cannot })
    expect(await han.asks(recalledOfficer, { recallId, officerId: b.officers.feng })).toMatchObject({
      state: 'asked',
      exemptClass: 'personal',
      exemptUntil: later(180),
      may: { decide: true },
    })
    // A leader who was called himself does not decide for himself.
    const self = w.person('冯样三', ['officer', 'unitLeader'], {
      unitIds: [b.station, b.squad],
      officerId: b.officers.feng,
    })
    const decision = { recallId, officerId: b.officers.feng, grant: true }
    expect(await self.isRefused(decideExemption, decision)).toBe('commandpost/own-exemption')
    await han.does(decideExemption, { ...decision, grant: false })
    expect((await feng.asks(myRecalls)).rows[0]).toMatchObject({ state: 'called', exemptClass: null })
    expect(await han.isRefused(decideExemption, decision)).toBe('commandpost/exemption-unasked')
    await feng.does(answerRecall, { recallId, answer: cannot })
    await han.does(decideExemption, decision)
    const granted = await han.asks(recalledOfficer, { recallId, officerId: b.officers.feng })
    expect(granted).toMatchObject({ state: 'exempt', exemptBy: '韩样九' })
    expect((await board(recallId)).counts).toMatchObject({ exempt: 1, overdue: 0 })
    // No class says anything about health, and there is no field for words.
    for (const bad of [{ exemptClass: 'sick' }, { exemptUntil: later(-1) }, { reason: '发热 38.2' }]) {
      await feng.isRefused(answerRecall, { recallId, answer: { ...cannot, ...bad } })
    }
    w.clock.advance(181)
    expect((await board(recallId)).counts).toMatchObject({ exempt: 0, overdue: 4 })
    expect((await feng.asks(myRecalls)).rows[0]).toMatchObject({ state: 'exempt', overdue: true })
    await feng.does(answerRecall, { recallId, answer: coming(20) })
    expect((await board(recallId)).counts).toMatchObject({ exempt: 0, coming: 3, asked: 0 })
  })

  it('CMD46 he says himself that he is there, or the leader rolls; what was entered by mistake is struck', async () => {
    const { recallId } = station
    await wei.does(arriveRecalled, { recallId })
    expect(await wei.isRefused(arriveRecalled, { recallId })).toBe('commandpost/is-in-already')
    const people = [b.officers.wei, b.officers.jiang]
    expect(await han.does(rollRecalled, { recallId, officerIds: people })).toEqual({ arrived: 1 })
    expect(await han.does(rollRecalled, { recallId, officerIds: people })).toEqual({ arrived: 0 })
    expect(await han.asks(recalledOfficer, { recallId, officerId: b.officers.jiang })).toMatchObject({
      state: 'arrived',
      arrivedHow: 'roll',
      arrivedBy: '韩样九',
      may: { strike: true, arrive: false },
    })
    await han.does(strikeArrival, { recallId, officerId: b.officers.jiang, why: '点错人' })
    const jiang = await han.asks(recalledOfficer, { recallId, officerId: b.officers.jiang })
    expect(jiang).toMatchObject({ state: 'coming', arrivedAt: null })
    expect(jiang.steps.at(-1)).toMatchObject({ kind: 'arrivalStruck', text: '点错人' })
    expect(await han.isRefused(strikeArrival, { recallId, officerId: b.officers.jiang, why: '再' })).toBe(
      'commandpost/not-arrived',
    )
    expect(await han.isRefused(rollRecalled, { recallId, officerIds: [b.officers.chen] })).toBe(
      'commandpost/not-called',
    )
    expect(await yang.isRefused(rollRecalled, { recallId, officerIds: [b.officers.jiang] })).toBe(
      'commandpost/outside-scope',
    )
  })

  it('CMD47 the board says per unit who is in by when; the list is filtered, found and goes out as Excel', async () => {
    const { recallId } = station
    const seen = await board(recallId)
    expect(seen.units.map(unit => [unit.unitName, unit.called, unit.arrived, unit.overdue])).toEqual([
      ['城东所', 3, 1, 2],
      ['巡逻中队', 1, 0, 1],
    ])
    expect(seen.curve.at(-1)).toMatchObject({ at: w.clock.now.toISOString(), arrived: 1 })
    expect(seen.curve[0]).toMatchObject({ arrived: 0, expected: 0 })
    // A squad's leader sees his own.
    expect((await board(recallId, yang)).counts).toMatchObject({ called: 1 })
    expect(await states(recallId, { states: ['arrived'] })).toEqual([['卫样六', 'arrived']])
    expect(await states(recallId, { overdue: true, unitId: b.squad })).toEqual([['沈例八', 'called']])
    expect(await states(recallId, { search: '990107' })).toEqual([['蒋示七', 'coming']])
    expect(await states(recallId, { kinds: ['auxiliary'] })).toEqual([])
    const pages = []
    for (const offset of [0, 1, 2, 3]) {
      pages.push(...(await states(recallId, { order: 'name', offset, limit: 1 })))
    }
    expect(pages.map(([name]) => name)).toEqual(['冯样三', '蒋示七', '沈例八', '卫样六'])
    expect((await zheng.asks(recalls, { operationId })).rows[0]).toMatchObject({ recallId, state: 'open' })
    const sheet = await sheetOf(w, zheng, 'exportRecalled', { recallId })
    expect(sheet.fileName).toContain('召回人员名册')
    for (const word of ['卫样六', '本人报到', '已销假', '逾期未到']) expect(sheet.text).toContain(word)
  })

  it('CMD48 watched: no answer after the minutes of the recall, not in by its time; one alert for a unit', async () => {
    const { recallId } = station
    expect(await seenBy(w, 'recallUnanswered')).toMatchObject([
      { title: { zh: '巡逻中队1 人未答复第 1 号召回' }, severity: 'amber', unitId: b.squad },
    ])
    const late = await seenBy(w, 'recallLate')
    expect(late.map(one => [one.title.zh, one.severity])).toEqual([
      ['城东所2 人逾期未到(第 1 号召回)', 'red'],
      ['巡逻中队1 人逾期未到(第 1 号召回)', 'red'],
    ])
    expect(late[0]?.link).toBe(`/recall?recall=${recallId}&unit=${b.station}`)
  })

  it('CMD49 it ends by itself with the last one, or by an order with a reason, and is not touched after', async () => {
    const { recallId } = station
    expect(await zheng.isRefused(closeRecall, { recallId })).toBe('commandpost/close-why')
    expect(await zheng.isRefused(closeRecall, { recallId, how: 'complete' })).toBe('commandpost/not-all-in')
    expect(await zheng.isRefused(closeRecall, { recallId, how: 'level' })).toBe('commandpost/level-holds')
    await han.does(rollRecalled, { recallId, officerIds: [b.officers.jiang, b.officers.feng] })
    expect((await board(recallId)).state).toBe('open')
    await yang.does(rollRecalled, { recallId, officerIds: [b.officers.shen] })
    expect(await board(recallId)).toMatchObject({ state: 'closed', closedHow: 'complete', mayClose: false })
    expect((await board(recallId)).counts).toMatchObject({ arrived: 4, overdue: 0 })
    expect(await wei.isRefused(arriveRecalled, { recallId })).toBe('commandpost/recall-closed')
    expect(await seenBy(w, 'recallLate')).toEqual([])
    expect((await wei.asks(myRecalls)).rows).toEqual([])
  })

  it('CMD50 a duty level calls back with it in one step, once, and the recall falls back with the level', async () => {
    const level = (more: object = {}) => ({
      levelId: w.newId(),
      operationId,
      level: 1 as const,
      reason: '邻县报告病例',
      orderNumber: '青公勤〔2021〕9号',
      orderedBy: '周示一',
      beginsAt: later(0),
      fallsBackAt: later(600),
      fallsBackTo: 2 as const,
      recall: { reportBy: later(60), sharePercent: 100 },
      ...more,
    })
    const partly = level({ scopeText: '城东片区' })
    expect(await zheng.isRefused(orderLevel, partly)).toBe('operations/recall-needs-scope')
    const past = level({ recall: { reportBy: later(-1), sharePercent: 100 } })
    expect(await zheng.isRefused(orderLevel, past)).toBe('operations/recall-past')
    const one = level()
    await zheng.does(orderLevel, one)
    await followed(w)
    const open = async () =>
      (await zheng.asks(recalls, { operationId })).rows.filter(row => row.state === 'open')
    expect(await open()).toMatchObject([
      { levelNumber: '青公勤〔2021〕9号', reason: '邻县报告病例', sharePercent: 100 },
    ])
    await followed(w)
    expect((await open()).length).toBe(1)
    await rounds(w)
    expect((await open()).length).toBe(1)
    await zheng.does(endLevel, { levelId: one.levelId, reason: '排除' })
    await rounds(w)
    await rounds(w)
    expect(await open()).toEqual([])
    expect((await zheng.asks(recalls, { operationId })).rows[0]).toMatchObject({ closedHow: 'level' })
    await zheng.does(orderLevel, level({ recall: null }))
    await followed(w)
    expect(await open()).toEqual([])
  })

  it('CMD51 orders and ends stand in the duty log, told by the system', async () => {
    const { rows } = await zheng.asks(log, { operationId, search: '第 1 号召回' })
    expect(rows.map(row => row.text)).toEqual([
      '第 1 号召回全部到齐或免召，自动结束：应召 4 人，到 4 人，免召 0 人，未到 0 人。',
      '下达第 1 号召回(周示一局长)：召回 4 人，另有 0 人在岗，11月5日 12:00 前到本单位报到。停休召回',
    ])
    expect(rows[0]?.authorName).toBe(null)
  })

  it('CMD52 recall.called and recall.arrived have as many records as they say, for a leader those of his units', async () => {
    const day = '2021-11-05'
    const called = await figure(w, zheng, 'recall.called', day)
    expect(called.value).toBe(called.records)
    expect(called.value).toBeGreaterThan(8)
    expect(await figure(w, zheng, 'recall.arrived', day)).toEqual({ value: 4, records: 4 })
    expect(await figure(w, yang, 'recall.arrived', day)).toEqual({ value: 1, records: 1 })
    expect(await figure(w, zheng, 'recall.called', '2021-11-04')).toEqual({ value: 0, records: 0 })
  })
})
