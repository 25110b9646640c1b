// A phone is heard of, lost, revoked, and hands in what it held: over the real door.
import { describe, expect, it } from 'vitest'
import { httpWorld } from '../../kernel/http/http-world.ts'
import { checkIn } from '../attendance/contracts.ts'
import { deviceList, type DeviceRow, myDevices, restore, revoke } from './contracts.ts'
import { at, bureau, modules, nearby, type Phone, phoneOf } from './test-bureau.ts'

describe('revoking', async () => {
  const w = await httpWorld(modules)
  w.clock.set(at(9))
  const b = await bureau(w)
  const [zhou = '', zheng = ''] = b.officers
  const ids = {
    zhou: await w.account('990101', '周示一', ['officer'], { officerId: zhou }),
    zheng: await w.account('990102', '郑例二', ['officer'], { officerId: zheng }),
    duty: await w.account('990103', '冯样三', ['dutyOfficer']),
    east: await w.account('990104', '陈示四', ['unitLeader'], { scopeUnitId: b.east }),
  }
  const [duty, east] = [await w.caller('990103'), await w.caller('990104')]
  const list = async (caller = duty, input: object = {}): Promise<DeviceRow[]> => {
    await w.kernel.contacts.flush()
    const { body } = await caller.post(`/api/queries/${deviceList.name}`, input)
    return body.rows
  }
  const does = (caller: Phone['caller'], name: string, one: Pick<Phone, 'deviceId' | 'accountId'>) =>
    caller.post(`/api/commands/${name}`, {
      deviceId: one.deviceId,
      accountId: one.accountId,
      why: '手机遗失',
    })
  const fact = () => ({
    id: w.newId(),
    name: checkIn.name,
    version: 1,
    occurredAt: w.clock.now.toISOString(),
    input: { presenceId: w.newId(), postId: b.gate, proof: nearby },
  })

  it('DEV1 a device is heard of by any request: whose, since when, what it holds, which version, what it is', async () => {
    const phone = await phoneOf(w, '990101', ids.zhou)
    const oldest = at(8, 40)
    await phone.heard({ 'x-device-unsent': '3', 'x-device-oldest': oldest })
    const [row] = await list()
    expect(row).toMatchObject({
      ...{ deviceId: phone.deviceId, accountId: ids.zhou, name: '周示一', unitName: '城东所' },
      ...{ platform: 'Android · Chrome', appVersion: '0.1.0+abcdef12', unsent: 3, oldestUnsentAt: oldest },
      ...{ firstSeenAt: w.clock.now.toISOString(), lastSeenAt: w.clock.now.toISOString(), state: 'inUse' },
    })
  })

  it('DEV2 what it says nothing new in is written once a minute, and what is new at once', async () => {
    const [before] = await list()
    const phone = { deviceId: before?.deviceId ?? '', caller: await w.caller('990101') }
    const heard = (unsent: string) =>
      phone.caller.post(
        '/api/device',
        {},
        {
          ...{ 'x-device-id': phone.deviceId, 'x-device-unsent': unsent },
          'x-app-version': '0.1.0+abcdef12',
        },
      )
    await heard('0')
    const seen = (await list())[0]?.lastSeenAt
    w.clock.set(at(9, 0, 30))
    await heard('0')
    expect((await list())[0]?.lastSeenAt).toBe(seen)
    await heard('1')
    expect((await list())[0]).toMatchObject({ unsent: 1, lastSeenAt: w.clock.now.toISOString() })
    w.clock.set(at(9, 2))
    await heard('1')
    expect((await list())[0]?.lastSeenAt).toBe(w.clock.now.toISOString())
  })

  it('DEV10 revoked, it is told so, is given nothing, and what it brings is held and has no effect', async () => {
    const phone = await phoneOf(w, '990102', ids.zheng)
    await phone.heard()
    expect((await does(duty, revoke.name, phone)).status).toBe(200)
    const told = await phone.heard()
    expect([told.status, told.body.code]).toEqual([403, 'kernel/device-revoked'])
    expect((await phone.caller.get('/api/session', { 'x-device-id': phone.deviceId })).status).toBe(403)
    // A page that asks for something is told too, and its request is not laid by as if it had been stated.
    const asked = await phone.caller.post(
      '/api/commands',
      { commands: [fact()] },
      { 'x-device-id': phone.deviceId },
    )
    expect(asked.body.code).toBe('kernel/device-revoked')
    const one = fact()
    const sent = await phone.sends([one])
    expect(sent.body.verdicts).toMatchObject([
      { id: one.id, verdict: 'held', problem: { code: 'kernel/from-revoked-device' } },
    ])
    const { rows } = await w.owner.query(
      'select name, reason, device_id from app.review where command_id = $1',
      [one.id],
    )
    expect(rows).toMatchObject([{ name: checkIn.name, device_id: phone.deviceId }])
    expect((await w.owner.query('select 1 from app.presence where officer_id = $1', [zheng])).rows).toEqual(
      [],
    )
    // Sent again, because its answer was lost, it is the same review.
    expect((await phone.sends([one])).body.verdicts[0].reviewId).toBe(sent.body.verdicts[0].reviewId)
  })

  it('DEV11 it says that it is wiped, leaves, and the desk sees both', async () => {
    const phone = (await list()).find(row => row.accountId === ids.zheng)
    const caller = await w.caller('990102')
    const headers = { 'x-device-id': phone?.deviceId ?? '', 'x-device-unsent': '0' }
    expect(phone?.state).toBe('revoked')
    expect((await caller.post('/api/device/wiped', {}, headers)).status).toBe(200)
    expect((await caller.post('/api/sign-out', {}, headers)).status).toBe(200)
    expect((await list()).find(row => row.accountId === ids.zheng)).toMatchObject({
      ...{ state: 'wiped', wipedAt: w.clock.now.toISOString(), why: '手机遗失', revokedBy: '冯样三' },
    })
  })

  it('DEV12 whoever clears the storage, or leaves the header out, does not come out of it by that', async () => {
    const phone = await phoneOf(w, '990101', ids.zhou)
    await phone.heard()
    await list()
    await does(duty, revoke.name, phone)
    const other = { 'x-device-id': w.newId() }
    for (const headers of [{}, other]) {
      expect((await phone.caller.get('/api/session', headers)).body.code).toBe('kernel/device-revoked')
    }
    // By the password, on another device, he works on.
    expect((await (await w.caller('990101')).get('/api/session', other)).status).toBe(200)
  })

  it('DEV13 what lies sealed there is opened for who gave the password after it was revoked, and for nobody else', async () => {
    const phone = await phoneOf(w, '990101', ids.zhou)
    await phone.heard()
    w.clock.set(at(9, 30))
    await does(duty, revoke.name, phone)
    const device = { device: 'abcdefghijklmnopqrstuv' }
    const headers = { 'x-device-id': phone.deviceId }
    expect((await phone.caller.post('/api/device-key', device, headers)).body.code).toBe(
      'kernel/device-revoked',
    )
    w.clock.set(at(9, 31))
    const again = await w.caller('990101')
    expect((await again.post('/api/device-key', device, headers)).status).toBe(200)
    expect((await again.post(`/api/queries/${myDevices.name}`, {}, headers)).status).toBe(403)
  })

  it('DEV14 restored, it is as before; twice revoked or restored is said', async () => {
    const phone = await phoneOf(w, '990102', ids.zheng)
    await phone.heard()
    expect((await does(duty, restore.name, phone)).body.code).toBe('devices/not-revoked')
    await does(duty, revoke.name, phone)
    expect((await does(duty, revoke.name, phone)).body.code).toBe('devices/already-revoked')
    expect((await does(duty, restore.name, phone)).status).toBe(200)
    expect((await phone.heard()).status).toBe(200)
    await does(duty, revoke.name, phone)
    expect((await phone.heard()).status).toBe(403)
    await does(duty, restore.name, phone)
  })

  it('DEV15 everybody revokes his own, a leader those of his units, and nobody else any', async () => {
    const [mine, other] = [await phoneOf(w, '990101', ids.zhou), await phoneOf(w, '990102', ids.zheng)]
    await mine.heard()
    await other.heard()
    expect((await does(mine.caller, revoke.name, other)).body.code).toBe('devices/not-yours')
    expect((await does(east, revoke.name, other)).body.code).toBe('devices/not-yours')
    expect((await does(east, revoke.name, mine)).status).toBe(200)
    expect((await does(east, restore.name, mine)).status).toBe(200)
    expect((await does(mine.caller, revoke.name, mine)).status).toBe(200)
    expect((await does(duty, revoke.name, { deviceId: mine.deviceId, accountId: w.newId() })).status).toBe(
      404,
    )
    const names = new Set((await list(east)).map(row => row.name))
    expect(names).toEqual(new Set(['周示一']))
    expect((await mine.caller.get(`/api/queries/${deviceList.name}`)).status).toBe(403)
  })

  it('DEV3 what a device says is read as no more than it can be', async () => {
    const caller = await w.caller('990102')
    const before = (await list()).length
    const said = (headers: Record<string, string>) => caller.post('/api/device', {}, headers)
    await said({ 'x-device-id': 'not a uuid' })
    await said({ 'x-device-id': 'x'.repeat(4_000) })
    expect((await said({ 'x-device-id': w.newId().replaceAll('-', '_') })).status).toBe(200)
    expect(await list()).toHaveLength(before)
    const deviceId = w.newId()
    await said({
      ...{ 'x-device-id': deviceId.toUpperCase(), 'x-device-unsent': '9'.repeat(4_000) },
      ...{ 'x-device-oldest': '2199-01-01T00:00:00Z', 'x-app-version': 'v'.repeat(4_000) },
      'user-agent': `<script>${'a'.repeat(3_000)}`,
    })
    const row = (await list()).find(one => one.deviceId === deviceId)
    expect(row).toMatchObject({ unsent: 0, oldestUnsentAt: null, appVersion: '', platform: '' })
    await said({ 'x-device-id': deviceId, 'x-device-unsent': '7', 'x-device-oldest': '2199-01-01T00:00:00Z' })
    // A clock that runs ahead by years says no more than now.
    expect((await list()).find(one => one.deviceId === deviceId)).toMatchObject({
      ...{ unsent: 7, oldestUnsentAt: w.clock.now.toISOString() },
    })
    expect((await w.nobody().post('/api/device', {}, { 'x-device-id': w.newId() })).status).toBe(401)
    expect((await w.nobody().post('/api/device/wiped', {})).status).toBe(401)
  })

  it('DEV5 the same device of another agency is another device', async () => {
    const phone = await phoneOf(w, '990102', ids.zheng)
    await phone.heard()
    await does(duty, revoke.name, phone)
    await w.kernel.contacts.flush()
    const other = { ...w.person('某样一', ['officer']).actor, accountId: ids.zheng }
    const elsewhere = { ...other, scope: { agencyId: w.newId(), unitIds: '*' as const } }
    const session = w.newId()
    expect(await w.kernel.contacts.revokedSince(other, phone.deviceId, session)).not.toBeNull()
    expect(await w.kernel.contacts.revokedSince(elsewhere, phone.deviceId, session)).toBeNull()
  })

  it('DEV4 of one account the latest forty are kept, however many ids are made up', async () => {
    const caller = await w.caller('990103')
    for (let n = 0; n < 45; n += 1) {
      w.clock.set(new Date(Date.parse(at(10)) + n * 1_000).toISOString())
      await caller.post('/api/device', {}, { 'x-device-id': w.newId() })
    }
    expect((await list()).filter(row => row.accountId === ids.duty)).toHaveLength(40)
  })
})
