import { describe, expect, it } from 'vitest'
import { type Person, world } from '../../kernel/world.ts'
import { grantSkill } from '../people/contracts.ts'
import { setLeads } from '../roster/contracts.ts'
import { situation } from './contracts.ts'
import { at, bureau, modules } from './test-bureau.ts'

const [first, second] = ['2021-11-04', '2021-11-05'] as const

describe('who leads on the situation', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const boss = w.person('周示一', ['commander', 'administrator', 'dutyOfficer'])
  const b = await bureau(w, boss)

  it('SIT13 who leads the day stands in the calendar, then and now, and by name for whoever sees one unit', async () => {
    const shows = async (by: Person, more: object = {}) =>
      (await by.asks(situation, more)).calendar.map(one => [
        one.office,
        one.set,
        one.unit,
        one.title,
        one.name,
      ])
    const nobody = [
      ['bureau', false, '', '', null],
      ['commandPost', false, '', '', null],
    ]
    w.clock.set(at(second, 10))
    expect(await shows(boss)).toEqual(nobody)
    const before = w.clock.now.toISOString()
    const [feng = '', , , , jiang = ''] = b.officers
    w.clock.advance(2)
    const place = (office: 'bureau' | 'commandPost', officerId: string | null) => ({
      day: second,
      office,
      officerId,
    })
    const sets = (...places: ReturnType<typeof place>[]) =>
      boss.does(setLeads, { operationId: b.operationId, places })
    await sets(place('commandPost', jiang))
    const half = w.clock.now.toISOString()
    w.clock.advance(2)
    await boss.does(grantSkill, { officerIds: [feng], skill: 'leader', validUntil: null })
    await sets(place('bureau', feng), place('commandPost', null))
    const now = [['bureau', true, '城东所', '', '冯样三'], nobody[1]]
    const then = [nobody[0], ['commandPost', true, '城东所', '指挥中心主任', '蒋示七']]
    expect(await shows(boss)).toEqual(now)
    // Not of his unit, and his leader all the same.
    const west = w.person('韩样九', ['unitLeader'], { unitIds: [b.west] })
    expect(await shows(west)).toEqual(now)
    expect((await west.asks(situation, {})).leaders).toEqual([])
    expect(await shows(west, { at: half })).toEqual(then)
    expect(await shows(boss, { at: before })).toEqual(nobody)
    expect(await shows(boss, { at: half, wall: true })).toEqual([
      nobody[0],
      ['commandPost', true, '城东所', '指挥中心主任', null],
    ])
    expect((await boss.asks(situation, { at: at(first, 12) })).calendar.every(one => !one.set)).toBe(true)
  })
})
