import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'

import { addOfficer, reportUnavailable, secondOfficer } from '../people/contracts.ts'
import {
  answerRecall,
  arriveRecalled,
  closeRecall,
  myRecalls,
  orderRecall,
  recallBoard,
  recalled,
  recallPreview,
} from './contracts.ts'
import { bureau, modules } from './test-bureau.ts'

describe('ordering a recall', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zhou, zheng, han, zhu, feng, chu, wei, chen } = b
  // 2021-11-04 10:00 at the bureau: Feng and Chu stand at the gate, Chen at the checkpoint, Jiang at the command post.
  w.clock.set('2021-11-04T02:00:00.000Z')
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
  const close = (recallId: string) => zheng.does(closeRecall, { recallId, why: '另行下达' })
  const coming = (minutes: number, endLeave = true) =>
    ({ says: 'coming', eta: later(minutes), endLeave }) as const

  it('CMD40 everybody is called, told where and by when; who stands at a post counts as in', async () => {
    const preview = await zheng.asks(recallPreview, { operationId })
    expect(preview).toMatchObject({ called: 2, onDuty: 4, seconded: 0, already: 0, missing: 0, spared: 0 })
    expect(preview.units).toEqual([
      { unitId: b.station, unitName: '城东所', called: 1, onDuty: 2 },
      { unitId: b.squad, unitName: '巡逻中队', called: 1, onDuty: 0 },
      { unitId: b.traffic, unitName: '交警', called: 0, onDuty: 2 },
    ])
    const one = await order({ reportPostId: b.center })
    expect(one).toMatchObject({ called: 2, onDuty: 4 })
    expect(await board(one.recallId)).toMatchObject({
      n: 1,
      reason: '疫情升级，停止休假',
      orderedBy: '周示一局长',
      reportPostName: '前沿指挥部',
      reportBy: later(120),
      state: 'open',
      mayClose: true,
      counts: { called: 2, onDuty: 4, arrived: 0, overdue: 0 },
    })
    const [own] = (await wei.asks(myRecalls)).rows
    expect(own).toMatchObject({
      state: 'called',
      placeName: '前沿指挥部',
      reportBy: later(120),
      dutyPostName: null,
    })
    expect((await feng.asks(myRecalls)).rows[0]).toMatchObject({
      state: 'onDuty',
      dutyPostName: '东门封控点',
    })
    expect(await feng.isRefused(answerRecall, { recallId: one.recallId, answer: coming(30) })).toBe(
      'commandpost/is-in-already',
    )
    // At his own unit where no place is named.
    await close(one.recallId)
    const home = await order({ unitIds: [b.station] })
    expect(home.called).toBe(2)
    expect((await wei.asks(myRecalls)).rows[0]).toMatchObject({ placeName: '城东所' })
    expect((await chen.asks(myRecalls)).rows).toEqual([])
    await close(home.recallId)
  })

  it('CMD41 of each unit so many are to be in: those on duty first, then the rested, last who is away', async () => {
    // 2021-11-05 10:00: nobody is on duty, Wei came off his night two hours ago.
    w.clock.set('2021-11-05T02:00:00.000Z')
    const half = await order({ sharePercent: 50 })
    expect(half).toMatchObject({ called: 4, onDuty: 0 })
    expect((await states(half.recallId, { unitId: b.traffic })).length).toBe(1)
    expect((await states(half.recallId)).map(([name]) => name)).not.toContain('卫样六')
    expect((await zheng.asks(recallPreview, { operationId, sharePercent: 50 })).already).toBe(4)
    await close(half.recallId)
    // Of the traffic brigade Chen comes first by name, until he is away.
    const before = await zheng.asks(recallPreview, { operationId, unitIds: [b.traffic], sharePercent: 50 })
    expect(before.officers.map(one => one.name)).toEqual(['陈示四'])
    await zhu.does(reportUnavailable, {
      availabilityId: w.newId(),
      officerId: b.officers.chen,
      state: 'unavailable',
      beginsAt: '2021-11-05T00:00:00Z',
      endsAt: '2021-11-05T12:00:00Z',
    })
    const after = await zheng.asks(recallPreview, { operationId, unitIds: [b.traffic], sharePercent: 50 })
    expect(after.officers.map(one => one.name)).toEqual(['褚例五'])
    expect(after.spared).toBe(1)
    const kind = await zheng.asks(recallPreview, { operationId, kinds: ['auxiliary'] })
    expect(kind).toMatchObject({ called: 0, onDuty: 0 })
  })

  it('CMD42 seconded, called already and off the books are left out and told so; by name the seconded are called', async () => {
    await zhou.does(secondOfficer, {
      secondmentId: w.newId(),
      officerId: b.officers.chu,
      toWhom: '城东社区',
      beginsOn: '2021-11-05',
      endsOn: '2021-11-08',
    })
    const gone = w.newId()
    await zhou.does(addOfficer, {
      officerId: gone,
      unitId: b.traffic,
      badge: '990120',
      name: '许示九',
      kind: 'police',
      endsOn: '2021-11-04',
    })
    const traffic = { operationId, unitIds: [b.traffic] }
    expect(await zheng.asks(recallPreview, traffic)).toMatchObject({ called: 1, seconded: 1, away: 1 })
    const named = [b.officers.chu, gone]
    expect(await zheng.asks(recallPreview, { operationId, officerIds: named })).toMatchObject({
      called: 1,
      missing: 1,
    })
    const one = await order({ officerIds: named })
    expect((await zheng.asks(recalled, { recallId: one.recallId })).rows).toMatchObject([
      { name: '褚例五', seconded: true },
    ])
    expect((await chu.asks(myRecalls)).rows[0]).toMatchObject({ seconded: true, state: 'called' })
    expect(
      await zheng.isRefused(orderRecall, {
        ...{ recallId: w.newId(), operationId, reason: '再召', orderedBy: '周示一', reportBy: later(60) },
        officerIds: named,
      }),
    ).toBe('commandpost/nobody-to-call')
    await close(one.recallId)
    // Left out by hand.
    expect(
      (await zheng.asks(recallPreview, { operationId, unitIds: [b.squad], exceptIds: [b.officers.shen] }))
        .called,
    ).toBe(0)
  })

  it('CMD53 refused: strangers, the wrong role, unknown ids, hostile input; twice is once', async () => {
    const recallId = w.newId()
    const good = {
      ...{ recallId, operationId, reason: '演练', orderedBy: '周示一', reportBy: later(60) },
      unitIds: [b.squad],
    }
    for (const person of [han, feng, w.person('无名', ['viewer'])]) {
      expect(await person.isRefused(orderRecall, good)).toBe('kernel/no-right')
    }
    const cases: [object, string][] = [
      [{ reportBy: later(-1) }, 'commandpost/recall-past'],
      [{ reportBy: later(60 * 24 * 8) }, 'commandpost/recall-past'],
      [{ reportUnitId: b.squad, reportPostId: b.gate }, 'commandpost/one-place'],
      [{ reportUnitId: w.newId() }, 'commandpost/unit-missing'],
      [{ reportPostId: w.newId() }, 'commandpost/post-missing'],
      [{ unitIds: [w.newId()] }, 'commandpost/unit-missing'],
      [{ operationId: w.newId() }, 'operations/operation-missing'],
      [{ levelId: w.newId() }, 'commandpost/other-operation'],
      [{ unitIds: [], officerIds: [w.newId()] }, 'commandpost/nobody-to-call'],
    ]
    for (const [bad, code] of cases)
      expect(await zheng.isRefused(orderRecall, { ...good, ...bad })).toBe(code)
    const malformed = [
      { reason: '' },
      { reason: '  ' },
      { reason: 'x'.repeat(501) },
      { reason: 7 },
      { sharePercent: 0 },
      { sharePercent: 101 },
      { kinds: ['robot'] },
      { officerIds: 'all' },
      { answerMinutes: 0 },
      { reportBy: 'soon' },
      { extra: 1 },
    ]
    for (const bad of malformed) {
      expect(await zheng.isRefused(orderRecall, { ...good, ...bad })).toBe('kernel/bad-input')
    }
    const telephone = { ...good, reason: '请联系 13800138000' }
    expect(await zheng.isRefused(orderRecall, telephone)).toMatch(/^kernel\//)
    await zheng.does(orderRecall, good)
    expect(await zheng.isRefused(orderRecall, { ...good, unitIds: [b.traffic] })).toBe('commandpost/id-taken')
    const answer = coming(30)
    expect(await wei.isRefused(answerRecall, { recallId: w.newId(), answer })).toBe('commandpost/not-called')
    expect(await wei.isRefused(answerRecall, { recallId, answer })).toBe('commandpost/not-called')
    expect(await zheng.isRefused(arriveRecalled, { recallId })).toBe('commandpost/not-called')
    expect(await zheng.mayNotAsk(recallBoard, { recallId: w.newId() })).toBe('commandpost/recall-missing')
    expect(await feng.mayNotAsk(recallBoard, { recallId })).toBe('kernel/no-right')
  })
})
