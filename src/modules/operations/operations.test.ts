import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { access } from '../access/index.ts'
import {
  changeOperation,
  currentOperation,
  endLevel,
  endOperation,
  fallBack,
  levelHistory,
  openOperation,
  operationList,
  orderLevel,
  startOperation,
} from './contracts.ts'
import { needOperation, operations } from './index.ts'

describe('operations', async () => {
  // 2021-11-03 14:00 at the bureau.
  const w = await world([access, operations], '2021-11-03T06:00:00.000Z')
  const zhou = w.person('周示一', ['commander'])
  const zheng = w.person('郑例二', ['viewer'])
  const autumn = w.newId()
  const first = w.newId()
  const order = (more: object = {}) => ({
    levelId: w.newId(),
    operationId: autumn,
    level: 1 as const,
    reason: '发现本土病例',
    orderNumber: '青公指〔2021〕7号',
    orderedBy: '周示一',
    beginsAt: '2021-11-03T14:00:00+08:00',
    fallsBackAt: '2021-11-05T08:00:00+08:00',
    fallsBackTo: 2 as const,
    ...more,
  })

  it('OPS1 an operation is opened, runs from its first duty day and is counted in days', async () => {
    await zhou.does(openOperation, {
      operationId: autumn,
      name: '秋季疫情防控专项勤务',
      beginsOn: '2021-11-01',
    })
    const now = await zheng.asks(currentOperation)
    expect(now.operation).toMatchObject({ name: '秋季疫情防控专项勤务', state: 'running', days: 3 })
    expect(now.level).toBeNull()
    expect(now.dutyDay).toBe('2021-11-03')
    expect(await w.kernel.measure(zhou.actor, 'operation.days', '2021-11-02', '2021-11-24')).toBe(24)
    expect(await w.kernel.measure(zhou.actor, 'operation.days', '2021-10-01', '2021-10-31')).toBe(0)
  })

  it('OPS2 a level has order, reason and the time it falls back; a new one ends the one before', async () => {
    await zhou.does(orderLevel, order({ levelId: first }))
    const second = order({
      level: 2,
      beginsAt: '2021-11-03T13:30:00+08:00',
      scopeText: '城东片区',
      orderNumber: '青公指〔2021〕8号',
      fallsBackTo: 3,
    })
    await zhou.does(orderLevel, second)
    const now = await zheng.asks(currentOperation)
    expect(now.level).toMatchObject({ levelId: first, level: 1, levelNow: 1, state: 'inForce' })
    expect(now.scopes).toMatchObject([{ scopeText: '城东片区', levelNow: 2 }])
    w.clock.advance(60)
    const third = order({
      orderNumber: '青公指〔2021〕9号',
      beginsAt: '2021-11-03T15:00:00+08:00',
      fallsBackAt: '2021-11-04T15:30:00+08:00',
    })
    await zhou.does(orderLevel, third)
    const { rows } = await zheng.asks(levelHistory, { operationId: autumn })
    expect(rows.map(row => [row.orderNumber.at(-2), row.state])).toEqual([
      ['9', 'inForce'],
      ['7', 'replaced'],
      ['8', 'inForce'],
    ])
    expect(rows[1]?.endedAt).toBe('2021-11-03T07:00:00.000Z')
  })

  it('OPS3 a level that is about to fall back is watched', async () => {
    const watch = operations.watches?.[0]
    const hands = await w.kernel.reader(zhou.actor)
    const at = (now: string) => hands.read(async db => (await watch?.detect(db, now)) ?? [])
    expect(await at('2021-11-03T07:10:00.000Z')).toHaveLength(0)
    const seen = await at('2021-11-03T08:00:00.000Z')
    expect(seen).toMatchObject([{ severity: 'amber', dueAt: '2021-11-04T07:30:00.000Z' }])
    expect(seen[0]?.title.zh).toBe('全局一级勤务(青公指〔2021〕9号)即将回落为二级')
  })

  it('OPS4 at its time a level falls back, by the clock at once and by the system in the books', async () => {
    w.clock.set('2021-11-05T00:00:30.000Z')
    const before = await zheng.asks(currentOperation)
    expect(before.level).toMatchObject({ state: 'fallenBack', levelNow: 2, endedAt: null })
    const routine = operations.routines?.[0]
    const hands = await w.kernel.system(w.agency.agencyId)
    await routine?.run(hands, w.agency)
    await routine?.run(hands, w.agency)
    const { rows } = await zheng.asks(levelHistory, { operationId: autumn })
    expect(rows.map(row => row.endedAt)).toEqual([
      '2021-11-04T07:30:00.000Z',
      '2021-11-03T07:00:00.000Z',
      '2021-11-05T00:00:00.000Z',
    ])
    expect(await zhou.isRefused(fallBack, { levelId: first })).toBe('kernel/no-right')
  })

  it('OPS5 a level ends early; one that lies ahead is withdrawn and what it replaced holds on', async () => {
    const now = order({ beginsAt: '2021-11-05T08:00:00+08:00', fallsBackAt: '2021-11-09T08:00:00+08:00' })
    const ahead = order({ beginsAt: '2021-11-07T08:00:00+08:00', fallsBackAt: '2021-11-09T08:00:00+08:00' })
    await zhou.does(orderLevel, now)
    await zhou.does(orderLevel, ahead)
    await zhou.does(endLevel, { levelId: ahead.levelId, reason: '形势好转' })
    w.clock.set('2021-11-08T00:00:00.000Z')
    expect((await zheng.asks(currentOperation)).level).toMatchObject({ levelId: now.levelId, levelNow: 1 })
    await zhou.does(endLevel, { levelId: now.levelId, reason: '封控区全部解封' })
    expect((await zheng.asks(currentOperation)).level).toMatchObject({ state: 'fallenBack', levelNow: 2 })
    expect(await zhou.isRefused(endLevel, { levelId: now.levelId, reason: '再次' })).toBe(
      'operations/level-over',
    )
  })

  it('OPS6 orders that cannot be are refused', async () => {
    const refused = (more: object) => zhou.isRefused(orderLevel, order(more))
    expect(await refused({ fallsBackAt: '2021-11-03T14:00:00+08:00' })).toBe(
      'operations/falls-back-too-early',
    )
    expect(await refused({ fallsBackAt: '2023-11-03T14:00:00+08:00' })).toBe('operations/falls-back-too-late')
    expect(await refused({ level: 2, fallsBackTo: 1 })).toBe('operations/falls-back-up')
    expect(await refused({ operationId: w.newId() })).toBe('operations/operation-missing')
    expect(await refused({ levelId: first })).toBe('operations/level-exists')
    expect(await refused({ level: 4 })).toBe('kernel/bad-input')
    expect(await refused({ reason: '' })).toBe('kernel/bad-input')
    expect(await refused({ reason: '联系13800000000' })).toBe('kernel/held-before')
    expect(await refused({ beginsAt: '2021-11-03' })).toBe('kernel/bad-input')
    expect(await refused({ extra: 1 })).toBe('kernel/bad-input')
    expect(await refused({ reason: 'x'.repeat(100_000) })).toBe('kernel/bad-input')
    expect(await zheng.isRefused(orderLevel, order())).toBe('kernel/no-right')
    expect(await zhou.isRefused(endLevel, { levelId: w.newId(), reason: '无' })).toBe(
      'operations/level-missing',
    )
    expect(
      await zhou.isRefused(openOperation, { operationId: autumn, name: '再开', beginsOn: '2021-11-01' }),
    ).toBe('operations/operation-exists')
    expect(
      await zhou.isRefused(openOperation, {
        operationId: w.newId(),
        name: '倒置',
        beginsOn: '2021-11-02',
        endsOn: '2021-11-01',
      }),
    ).toBe('operations/ends-before-it-begins')
  })

  it('OPS7 a planned operation starts by the clock; an ended one is closed for good', async () => {
    const winter = w.newId()
    await zhou.does(openOperation, { operationId: winter, name: '冬季专项勤务', beginsOn: '2021-11-25' })
    expect(await zhou.isRefused(startOperation, { operationId: winter })).toBe('operations/not-yet-begun')
    expect(await zhou.isRefused(endOperation, { operationId: autumn, endsOn: '2021-11-24' })).toBe(
      'operations/ends-in-future',
    )
    w.clock.set('2021-11-25T01:00:00.000Z')
    await operations.routines?.[0]?.run(await w.kernel.system(w.agency.agencyId), w.agency)
    const { rows } = await w.owner.query('select state from app.operation order by begins_on')
    expect(rows.map(row => row.state)).toEqual(['running', 'running'])
    await zhou.does(endOperation, { operationId: autumn, endsOn: '2021-11-24' })
    expect(await zhou.isRefused(orderLevel, order())).toBe('operations/operation-ended')
    expect(
      await zhou.isRefused(changeOperation, {
        operationId: autumn,
        name: '改名',
        beginsOn: '2021-11-01',
        endsOn: null,
      }),
    ).toBe('operations/operation-ended')
    expect((await zheng.asks(currentOperation)).operation).toMatchObject({ name: '冬季专项勤务', days: 1 })
    expect((await zheng.asks(operationList)).rows.map(row => [row.state, row.days])).toEqual([
      ['running', 1],
      ['ended', 24],
    ])
    const hands = await w.kernel.reader(zhou.actor)
    await expect(hands.read(db => needOperation(db, w.agency.agencyId, autumn))).rejects.toThrow(
      'operation-ended',
    )
    expect(await w.kernel.measure(zhou.actor, 'operation.days', '2021-11-01', '2021-11-24')).toBe(24)
  })
})
