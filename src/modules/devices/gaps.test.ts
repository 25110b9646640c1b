// Somebody on duty whose phone is silent, or on whose phone entries wait: in the list, in Excel and as an alert.
import { describe, expect, it } from 'vitest'
import { httpWorld } from '../../kernel/http/http-world.ts'
import { checkOut } from '../attendance/contracts.ts'
import { deviceList, type DeviceRow, myDevices } from './contracts.ts'
import { at, bureau, modules, nearby, phoneOf } from './test-bureau.ts'
import { watches } from './watches.ts'

describe('gaps', async () => {
  const w = await httpWorld(modules)
  w.clock.set(at(8))
  const b = await bureau(w)
  const accounts: string[] = []
  for (const [n, officerId] of b.officers.entries()) {
    accounts.push(
      await w.account(String(990_101 + n), `民警样${'一二三四五六七'[n]}`, ['officer'], { officerId }),
    )
  }
  const duty = w.person('冯样三', ['dutyOfficer'])
  const rows = async (input = {}): Promise<DeviceRow[]> => {
    await w.kernel.contacts.flush()
    return (await duty.asks(deviceList, input)).rows
  }
  const alerts = async () => {
    await w.kernel.contacts.flush()
    const system = await w.kernel.system(w.agency.agencyId)
    const found = await system.read(
      db => watches[0]?.detect(db, w.clock.now.toISOString()) ?? Promise.resolve([]),
    )
    return found.map(({ title, severity, unitId }) => ({ zh: title.zh, severity, unitId }))
  }
  const phones = await Promise.all(accounts.map((id, n) => phoneOf(w, String(990_101 + n), id)))
  const [first, second] = phones
  if (!first || !second) throw new Error('two phones')

  it('DEV41 who is not on duty has no gap, however long his phone is silent', async () => {
    await first.heard()
    w.clock.set(at(10))
    expect(await rows({ only: ['silent'] })).toMatchObject([{ onDutySince: null, gaps: [] }])
    expect(await alerts()).toEqual([])
  })

  it('DEV41 who has come a moment ago is not silent; after an hour and a half he is', async () => {
    await b.arrives(0)
    expect(await rows()).toMatchObject([{ onDutySince: at(10), gaps: [] }])
    w.clock.set(at(11, 29))
    expect(await rows({ only: ['gap'] })).toEqual([])
    w.clock.set(at(11, 31))
    expect(await rows({ only: ['gap'] })).toMatchObject([{ accountId: first.accountId, gaps: ['silent'] }])
  })

  it('DEV42 the alert is amber, then red, and ends when the phone is heard of', async () => {
    expect(await alerts()).toEqual([
      { zh: '城东所民警样一在岗，手机已 91 分钟无联系', severity: 'amber', unitId: b.east },
    ])
    w.clock.set(at(13))
    expect(await alerts()).toMatchObject([{ severity: 'red' }])
    await first.heard()
    expect(await alerts()).toEqual([])
    w.clock.set(at(13, 5))
    expect(await alerts()).toEqual([])
  })

  it('DEV41 DEV42 entries that wait for half an hour are a gap, though the phone is heard of', async () => {
    await second.heard({ 'x-device-unsent': '2', 'x-device-oldest': at(12, 20) })
    expect((await rows({ only: ['unsent'] })).map(row => row.gaps)).toEqual([[]])
    await b.arrives(1)
    expect(await rows({ only: ['unsent', 'gap'] })).toMatchObject([{ unsent: 2, gaps: ['unsent'] }])
    expect(await alerts()).toContainEqual({
      ...{ zh: '城西所民警样二手机有 2 条未报，最早的已等 45 分钟', severity: 'amber', unitId: b.west },
    })
    await second.heard()
    expect((await alerts()).filter(one => one.unitId === b.west)).toEqual([])
  })

  it('DEV41 of several devices the one that was heard of last counts', async () => {
    const desk = await phoneOf(w, '990101', first.accountId)
    await desk.heard()
    expect(await rows({ only: ['gap'] })).toEqual([])
    expect((await w.person('民警样一', ['officer']).asks(myDevices, {})).rows).toEqual([])
    const mine = await desk.caller.get(`/api/queries/${myDevices.name}`)
    expect(mine.body.rows.map((row: DeviceRow) => row.deviceId)).toEqual([desk.deviceId, first.deviceId])
  })

  it('DEV42 a unit with more than four of them is told of in one line', async () => {
    for (const n of [2, 3, 4, 5, 6]) {
      await b.arrives(n)
      await phones[n]?.heard({ 'x-device-unsent': '1', 'x-device-oldest': at(12, 30) })
    }
    expect((await alerts()).filter(one => one.unitId === b.east)).toEqual([
      { zh: '城东所 5 名在岗人员手机失联或积压未报', severity: 'amber', unitId: b.east },
    ])
    w.clock.set(at(13, 40))
    expect((await alerts()).find(one => one.unitId === b.east)?.severity).toBe('red')
  })

  it('DEV41 who has left has none', async () => {
    const { rows: present } = await w.owner.query(
      'select presence_id from app.presence where officer_id = $1',
      [b.officers[6]],
    )
    await b.person(6).does(checkOut, { presenceId: present[0].presence_id, proof: nearby })
    expect((await alerts()).filter(one => one.unitId === b.east)).toHaveLength(4)
  })

  it('DEV40 the list is searched, ordered and narrowed by version, and goes out as Excel', async () => {
    const names = async (input: object) => (await rows(input)).map(row => row.name)
    expect(await names({ search: '城西' })).toEqual(['民警样二'])
    expect(await names({ search: 'ANDROID', order: 'name', limit: 2 })).toEqual(['民警样一', '民警样一'])
    expect(await names({ only: ['oldVersion'], version: '0.1.0+abcdef12' })).toEqual([])
    expect(await names({ only: ['oldVersion'], version: '0.2.0' })).toHaveLength(8)
    const unsent = (await rows({ order: 'unsent', descending: true })).map(row => row.unsent)
    expect(unsent).toEqual([1, 1, 1, 1, 1, 0, 0, 0])
    await w.account('990110', '韩样九', ['dutyOfficer'])
    const file = await (await w.caller('990110')).get('/api/files/devices.export?input=%7B%7D')
    expect([file.status, file.headers.get('content-type')]).toEqual([
      ...[200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ])
  })
})
