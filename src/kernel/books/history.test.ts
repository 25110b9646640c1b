import { describe, expect, it } from 'vitest'
import { addAccount, changeAccount } from '../../modules/access/contracts.ts'
import { access } from '../../modules/access/index.ts'
import { operations } from '../../modules/operations/index.ts'
import {
  addOfficer,
  addUnit,
  changeOfficer,
  grantSkill,
  reportUnavailable,
  withdrawSkill,
} from '../../modules/people/contracts.ts'
import { people } from '../../modules/people/index.ts'
import { note, trial } from '../trial.ts'
import { world } from '../world.ts'
import { books } from './books.ts'
import { activity, history, reviews } from './contracts.ts'

describe('the history of a record', async () => {
  const modules = [access, operations, people, trial]
  const w = await world([...modules, books(modules)])
  const zhou = w.person('周示一', ['administrator'])
  const inspector = w.person('韩样九', ['inspector'])
  const [stationA, stationB, officerId] = [w.newId(), w.newId(), w.newId()] as const
  const zhengA = w.person('郑例二', ['unitLeader'], { unitIds: [stationA] })
  const fengB = w.person('冯样三', ['unitLeader'], { unitIds: [stationB] })
  const base = { officerId, badge: '990101', name: '陈示四', kind: 'police' } as const
  const parts = ['officer_skill', 'availability']

  it('HIS1 every change of a record is told, newest first: who, when, by which command, before and after', async () => {
    await zhou.does(addAccount, {
      accountId: String(zhou.actor.accountId),
      badge: '990001',
      name: '周示一',
      roles: ['administrator'],
    })
    for (const [unitId, name] of [
      [stationA, '城关派出所'],
      [stationB, '北街派出所'],
    ] as const) {
      await zhou.does(addUnit, {
        unitId,
        parentId: null,
        name,
        shortName: name.slice(0, 3),
        kind: 'station',
        place: null,
      })
    }
    await zhou.does(addOfficer, { ...base, unitId: stationA, phone: '100 0000 0001' })
    w.clock.advance(30)
    await zhou.does(changeOfficer, { ...base, title: '副所长', phone: '100 0000 0002' })
    const told = await inspector.asks(history, { table: 'officer', rowId: officerId })
    expect(told.rows.map(row => [row.op, row.titleZh, row.titleEn, row.actor, row.at])).toEqual([
      ['u', '修改警力资料', 'Change an officer', '周示一', '2021-11-03T06:30:00.000Z'],
      ['i', '新增警力', 'Add an officer', '周示一', '2021-11-03T06:00:00.000Z'],
    ])
    expect(told.rows[0]).toMatchObject({ before: { title: '' }, after: { title: '副所长' } })
    expect(told.rows[1]).toMatchObject({ before: null, after: { name: '陈示四', unit_id: stationA } })
    expect(told.next).toBeNull()
  })

  it('HIS2 a sealed value is said to be sealed; neither it nor its ciphertext is in the answer', async () => {
    const told = await zhou.asks(history, { table: 'officer', rowId: officerId })
    expect(told.rows[0]).toMatchObject({
      before: { phone: { sealed: true } },
      after: { phone: { sealed: true } },
    })
    expect(JSON.stringify(told)).not.toMatch(/sealed:1|100 0000/)
  })

  it('HIS3 an id is told with the name that it has now', async () => {
    const told = await zhou.asks(history, { table: 'officer', rowId: officerId })
    expect(told.names).toEqual({ [stationA]: '城关派出所', [officerId]: '陈示四' })
  })

  it('HIS4 what belongs to the record is told with it, also what is gone', async () => {
    w.clock.advance(30)
    const skill = { skill: 'driver', validFrom: null, validUntil: null } as const
    await zhou.does(grantSkill, { officerIds: [officerId], ...skill })
    await zhou.does(withdrawSkill, { officerId, skill: 'driver' })
    await zhou.does(reportUnavailable, {
      availabilityId: w.newId(),
      officerId,
      state: 'unavailable',
      beginsAt: '2021-11-04T00:00:00Z',
      endsAt: '2021-11-05T00:00:00Z',
      reason: '复查',
    })
    const told = await zhou.asks(history, { table: 'officer', rowId: officerId, parts })
    expect(told.rows.map(row => [row.table, row.op])).toEqual([
      ['availability', 'i'],
      ['officer_skill', 'd'],
      ['officer_skill', 'i'],
      ['officer', 'u'],
      ['officer', 'i'],
    ])
    expect(await zhou.mayNotAsk(history, { table: 'officer', rowId: officerId, parts: ['unit'] })).toBe(
      'kernel/bad-input',
    )
    expect(await zhou.mayNotAsk(history, { table: 'pg_class', rowId: officerId })).toBe('kernel/missing')
  })

  it('HIS5 pages hold whole commands, and together they hold everything once', async () => {
    const all = await zhou.asks(history, { table: 'officer', rowId: officerId, parts })
    const seen: string[] = []
    let before: number | undefined
    for (let pages = 0; pages < 10; pages += 1) {
      const page = await zhou.asks(history, { table: 'officer', rowId: officerId, parts, before, limit: 2 })
      expect(new Set(page.rows.map(row => row.commandId)).size).toBeLessThanOrEqual(2)
      seen.push(...page.rows.map(row => `${row.table} ${row.rowId} ${row.n}`))
      if (page.next === null) break
      before = page.next
    }
    expect(seen).toEqual(all.rows.map(row => `${row.table} ${row.rowId} ${row.n}`))
    expect(seen).toHaveLength(5)
  })

  it('HIS6 a unit leader is told of the people of his units, and of nobody else', async () => {
    const asked = { table: 'officer', rowId: officerId, parts }
    expect((await zhengA.asks(history, asked)).rows).toHaveLength(5)
    expect(await fengB.mayNotAsk(history, asked)).toBe('kernel/missing')
    const { rows } = await zhou.asks(history, asked)
    const absence = { table: 'availability', rowId: rows[0]?.rowId ?? '' }
    expect((await zhengA.asks(history, absence)).rows).toHaveLength(1)
    expect(await fengB.mayNotAsk(history, absence)).toBe('kernel/missing')
    const skill = { table: 'officer_skill', rowId: `${officerId}:driver` }
    expect((await zhengA.asks(history, skill)).rows).toHaveLength(2)
    expect(await fengB.mayNotAsk(history, skill)).toBe('kernel/missing')
  })

  it('HIS7 who signs in with which roles is told to administrators only', async () => {
    const accountId = w.newId()
    await zhou.does(addAccount, { accountId, badge: '990002', name: '秦样七', roles: ['viewer'] })
    await zhou.does(changeAccount, { accountId, roles: ['officer'], scopeUnitId: stationA, active: true })
    const asked = { table: 'account', rowId: accountId }
    const told = await zhou.asks(history, asked)
    expect(told.rows[0]).toMatchObject({
      before: { roles: ['viewer'], scope_unit_id: null },
      after: { roles: ['officer'], scope_unit_id: stationA },
    })
    expect(told.names[stationA]).toBe('城关派出所')
    expect(await inspector.mayNotAsk(history, asked)).toBe('kernel/no-right')
    expect(await w.person('秦样七', ['viewer']).mayNotAsk(history, { table: 'unit', rowId: stationA })).toBe(
      'kernel/no-right',
    )
  })

  it('HIS8 an id that begins like another, or holds a wildcard, brings nothing of others', async () => {
    const all = await zhou.asks(history, { table: 'officer', rowId: '%', parts })
    const some = await zhou.asks(history, { table: 'officer', rowId: officerId.slice(0, -1), parts })
    expect([...all.rows, ...some.rows]).toEqual([])
  })

  it('HIS9 a held record is listed with the title of its command, whose it is, and what can be shown of it', async () => {
    const duty = w.person('蒋示五', ['dutyOfficer'])
    const alertId = w.newId()
    await duty.sends([
      w.entry(note, { alertId, text: '北街', way: 'refused' }),
      { ...w.entry(note, {}), input: { phone: '100 0000 0003' } },
      { ...w.entry(note, {}), name: 'supplies.dispatchItem', version: 7 },
    ])
    const list = await duty.asks(reviews)
    const byName = (title: string) => list.rows.find(row => row.titleEn === title)
    const plain = list.rows.find(row => row.input !== null)
    expect(plain).toMatchObject({ titleZh: '试用', input: { alertId, text: '北街', way: 'refused' } })
    expect(list.rows.filter(row => row.input === null)).toHaveLength(2)
    expect(byName('A command unknown here (supplies.dispatchItem)')).toBeDefined()
    expect(JSON.stringify(list)).not.toMatch(/sealed:1|100 0000/)
    const fed = await duty.asks(activity, { verdict: 'held' })
    expect(fed.rows.map(row => row.titleZh)).toContain('本系统不认识的操作(supplies.dispatchItem)')
  })
})
