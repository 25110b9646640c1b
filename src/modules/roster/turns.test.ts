import { describe, expect, it } from 'vitest'
import { addDays } from '../../kernel/time.ts'
import { world } from '../../kernel/world.ts'
import { addOfficer, addUnit } from '../people/contracts.ts'
import { adopt, makeTurns, myTurns, publish, setTurnDay, setTurns, sheet, turns } from './contracts.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'
import { madeFor, Times, type Turn } from './turn-rotation.ts'

describe('turns of a station', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  w.clock.set('2021-11-03T01:00:00.000Z')
  const b = await bureau(w, zhou, 30)
  const { unitId, operationId, firstDay, lastDay } = b
  const span = { fromDay: firstDay, untilDay: lastDay }
  const planId = w.newId()
  await zhou.does(
    adopt,
    adoption(planId, await solves(w, zhou, { operationId, ...span, seconds: 1, stopWhenCovered: true })),
  )
  await zhou.does(publish, { planId, revision: 1 })
  const [first, second, round] = [w.newId(), w.newId(), w.newId()]
  const meal = { kind: 'meal' as const, minutes: 30, heads: null }
  const named = [
    // 11:30 and 12:00 where the day begins at 08:00; the round at 09:00.
    { turnId: first, ...meal, name: '午餐第一批', fromMinute: 210 },
    { turnId: second, ...meal, name: '午餐第二批', fromMinute: 240 },
    { turnId: round, kind: 'disinfection' as const, name: '大厅消毒', fromMinute: 60, minutes: 30, heads: 2 },
  ]
  const week = () => zhou.asks(turns, { unitId, ...span })
  const going = (day: Awaited<ReturnType<typeof week>>['days'][number] | undefined, turnId: string) =>
    (day?.turns.find(one => one.turnId === turnId)?.officers ?? []).map(one => one.officerId)

  it('RST123 a station names its turns, and only who has rights over it', async () => {
    await zhou.does(setTurns, { unitId, turns: named })
    expect((await week()).turns.map(one => one.name)).toEqual(['午餐第一批', '午餐第二批', '大厅消毒'])
    const twice = [named[0], named[0]].flatMap(one => one ?? [])
    expect(await zhou.isRefused(setTurns, { unitId, turns: twice })).toBe('roster/turn-twice')
    expect(await zhou.isRefused(setTurns, { unitId: w.newId(), turns: named })).toBe('kernel/missing')
    const officer = w.person('郑例一', ['officer'])
    expect(await officer.isRefused(setTurns, { unitId, turns: named })).toBe('kernel/no-right')
    const other = w.newId()
    const made = { kind: 'station', parentId: null, place: null, sort: 2 } as const
    await zhou.does(addUnit, { ...made, unitId: other, name: '城西派出所', shortName: '城西所' })
    expect(await zhou.isRefused(makeTurns, { unitId: other, ...span })).toBe('roster/no-turns')
  })

  it('RST124 each on duty eats in one sitting, evenly, and rounds come round', async () => {
    expect((await zhou.does(makeTurns, { unitId, ...span })).made).toBeGreaterThan(10)
    const { days } = await week()
    expect(days).toHaveLength(7)
    for (const day of days) {
      const [early, late] = [going(day, first), going(day, second)]
      expect(early.filter(one => late.includes(one))).toEqual([])
      expect(Math.abs(early.length - late.length)).toBeLessThanOrEqual(1)
      expect(going(day, round).length).toBeLessThanOrEqual(2)
      const onDuty = new Set(day.onDuty.map(one => one.officerId))
      for (const one of [...early, ...late, ...going(day, round)]) expect(onDuty.has(one)).toBe(true)
    }
    // Made again, the same comes of it.
    await zhou.does(makeTurns, { unitId, ...span })
    expect((await week()).days).toEqual(days)
    expect(await zhou.isRefused(makeTurns, { unitId, fromDay: '2021-11-01', untilDay: lastDay })).toBe(
      'roster/turn-over',
    )
    expect(await zhou.isRefused(makeTurns, { unitId, fromDay: lastDay, untilDay: firstDay })).toBe(
      'roster/bad-span',
    )
  })

  it('RST124 over four days four people take equal turns', () => {
    const sittings: Turn[] = [
      { turnId: 'a', kind: 'meal', fromMinute: 210, minutes: 30, heads: null },
      { turnId: 'b', kind: 'meal', fromMinute: 240, minutes: 30, heads: null },
      { turnId: 'c', kind: 'disinfection', fromMinute: 60, minutes: 30, heads: 1 },
    ]
    const people = ['1', '2', '3', '4'].map(officerId => ({ officerId, spans: [{ from: 0, until: 720 }] }))
    const times = new Times()
    for (let day = 0; day < 4; day += 1) madeFor(sittings, people, times, new Map())
    for (const { officerId } of people) {
      expect([
        times.of(officerId, 'a'),
        times.of(officerId, 'b'),
        times.of(officerId, 'disinfection'),
      ]).toEqual([2, 2, 1])
    }
    // Who goes off at noon eats first, and a round that nobody stays for is short.
    const off = [{ officerId: '9', spans: [{ from: 0, until: 235 }] }, ...people]
    const made = madeFor(sittings, off, new Times(), new Map())
    expect(made.find(one => one.turnId === 'a')?.officerIds).toContain('9')
    expect(madeFor(sittings, [], new Times(), new Map()).at(-1)).toMatchObject({ short: 1 })
  })

  it('RST125 what was set by hand stays; a stranger is refused, and a day that is over stands', async () => {
    const day = addDays(firstDay, 1)
    const [chosen = ''] = b.officers
    await zhou.does(setTurnDay, { turnId: first, day, officerIds: [chosen, chosen] })
    await zhou.does(makeTurns, { unitId, ...span })
    const found = (await week()).days[1]
    expect(going(found, first)).toEqual([chosen])
    expect(going(found, second)).not.toContain(chosen)
    expect(found?.turns.find(one => one.turnId === first)?.byHand).toBe(true)
    const stranger = w.newId()
    expect(await zhou.isRefused(setTurnDay, { turnId: first, day, officerIds: [stranger] })).toBe(
      'roster/unknown-officer',
    )
    const unit = w.newId()
    const made = { kind: 'station', parentId: null, place: null, sort: 3 } as const
    await zhou.does(addUnit, { ...made, unitId: unit, name: '城南派出所', shortName: '城南所' })
    const lent = {
      officerId: stranger,
      unitId: unit,
      badge: '990999',
      name: '沈例九',
      kind: 'police' as const,
    }
    await zhou.does(addOfficer, lent)
    expect(await zhou.isRefused(setTurnDay, { turnId: first, day, officerIds: [stranger] })).toBe(
      'roster/unknown-officer',
    )
    expect(await zhou.isRefused(setTurnDay, { turnId: first, day: '2021-11-01', officerIds: [] })).toBe(
      'roster/turn-over',
    )
    expect(await zhou.isRefused(setTurnDay, { turnId: w.newId(), day, officerIds: [] })).toBe(
      'kernel/missing',
    )
  })

  it('RST126 an officer finds his turns, and the week is a sheet', async () => {
    const [chosen = ''] = b.officers
    const own = w.person('周示一', ['officer'], { officerId: chosen })
    w.clock.set(`${firstDay}T01:00:00.000Z`)
    const mine = await own.asks(myTurns, {})
    const found = mine.rows.find(one => one.begins === `${addDays(firstDay, 1)}T03:30:00.000Z`)
    expect(found).toMatchObject({ kind: 'meal', name: '午餐第一批' })
    const none = w.person('郑例一', ['officer'])
    expect((await none.asks(myTurns, {})).rows).toEqual([])
    const paper = await zhou.asks(sheet, { kind: 'turns', operationId, fromDay: firstDay, unitId })
    expect(paper.title).toContain('城东派出所就餐消毒轮次表')
    expect(paper.rows.map(row => row.name)).toEqual(['午餐第一批', '午餐第二批', '大厅消毒'])
    expect(paper.rows[0]).toMatchObject({ kind: '就餐', d1: '周示一' })
    // Left out, it is made no longer, and its days stay to be read.
    await zhou.does(setTurns, { unitId, turns: named.slice(0, 2) })
    const ended = (await week()).turns.find(one => one.turnId === round)
    expect(ended).toMatchObject({ ended: true })
  })
})
