import { describe, expect, it } from 'vitest'
import { addUnit } from '../people/contracts.ts'
import { settleAlerts } from '../../kernel/books/contracts.ts'
import { world } from '../../kernel/world.ts'
import { situation } from './contracts.ts'
import { at, bureau, modules } from './test-bureau.ts'

const day = '2021-11-04'

describe('alerts on the wall', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const boss = w.person('周示一', ['commander', 'administrator', 'dutyOfficer'])
  const b = await bureau(w, boss)
  const system = w.person('', ['system' as never])
  const alert = (
    subject: string,
    unitId: string | null,
    minute: number,
    severity: 'red' | 'amber' = 'amber',
  ) => ({
    ...{
      subject,
      unitId,
      severity,
      titleZh: `第 ${subject.slice(-4)} 号`,
      titleEn: subject,
      link: '/roster',
    },
    dueAt: at(day, 9, minute),
  })

  const south = w.newId()
  const unit = {
    unitId: south,
    parentId: null,
    kind: 'station',
    name: '城南派出所',
    shortName: '城南所',
  } as const
  await boss.does(addUnit, { ...unit, sort: 4, place: null })
  const units = [b.east, b.squad, b.west, south]

  it('SIT15 seventy equal alerts are one line with their number, and the one that differs stands beside it', async () => {
    w.clock.set(at(day, 8))
    const equal = Array.from({ length: 70 }, (_, n) =>
      alert(w.newId(), b.east, n % 30, n === 5 ? 'red' : 'amber'),
    )
    const raised = { ownerRole: 'dutyOfficer' as const, clear: [] }
    const raise = (watch: string, ...list: ReturnType<typeof alert>[]) =>
      system.does(settleAlerts, { ...raised, watch, raise: list })
    await raise('roster.shortPost', ...equal, alert(b.checkpoint, b.west, 40))
    await raise('roster.unled', alert('nobody leads', null, 50, 'red'))
    const { alerts } = await boss.asks(situation, { wall: true })
    expect(alerts).toMatchObject({ total: 72, red: 2 })
    expect(
      alerts.rows.map(row => [row.watch, row.unit, row.post, row.many, row.severity, row.dueAt]),
    ).toEqual([
      ['roster.shortPost', '城东所', null, 70, 'red', at(day, 9)],
      ['roster.shortPost', '城西所', '青禾北卡口', 1, 'amber', at(day, 9, 40)],
      ['roster.unled', null, null, 1, 'red', at(day, 9, 50)],
    ])
    // Of every unit one more: that is one thing, and not as many lines as there are units.
    await raise('people.unnamed', ...units.map((unitId, n) => alert(`unit ${n}`, unitId, n + 1)))
    const folded = (await boss.asks(situation, { wall: true })).alerts.rows
    expect(folded.map(row => [row.watch, row.unit, row.units, row.many])).toEqual([
      ['roster.shortPost', '城东所', 1, 70],
      ['people.unnamed', null, units.length, units.length],
      ['roster.shortPost', '城西所', 1, 1],
      ['roster.unled', null, 1, 1],
    ])
    await system.does(settleAlerts, {
      ...{ ...raised, watch: 'people.unnamed', raise: [] },
      clear: units.map((_, n) => `unit ${n}`),
    })
    // At a desk each stands for itself: somebody has to take it.
    const desk = (await boss.asks(situation, {})).alerts
    expect([desk.rows.length, desk.rows.every(row => row.many === 1)]).toEqual([60, true])
    const now = w.clock.now.toISOString()
    w.clock.advance(5)
    await system.does(settleAlerts, { ...raised, watch: 'roster.unled', raise: [], clear: ['nobody leads'] })
    expect((await boss.asks(situation, { wall: true })).alerts.rows).toHaveLength(2)
    expect((await boss.asks(situation, { wall: true, at: now })).alerts.rows).toEqual(alerts.rows)
  })
})
