// Who is pushed to, what it says, and what becomes of devices that are gone. The push service is a small one of ours.
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { addAccount } from '../../modules/access/contracts.ts'
import { access } from '../../modules/access/index.ts'
import { operations } from '../../modules/operations/index.ts'
import { addUnit } from '../../modules/people/contracts.ts'
import { people } from '../../modules/people/index.ts'
import { setAlertSetting, settleAlerts, usualSetting } from '../books/contracts.ts'
import { books } from '../books/books.ts'
import { alertRoutine } from '../books/alerts/clock.ts'
import { type Caller, httpWorld } from '../http/http-world.ts'
import { Jobs } from '../jobs.ts'
import { seeing } from '../books/trial-alerts.ts'
import { Push } from './push.ts'

interface Got {
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}
const got: Got[] = []
const gone = new Set<string>()
const service = createServer((request, reply) => {
  const parts: Buffer[] = []
  request.on('data', part => parts.push(part))
  request.on('end', () => {
    const path = request.url ?? ''
    got.push({ path, headers: request.headers, body: Buffer.concat(parts) })
    reply.statusCode = gone.has(path) ? 410 : 201
    reply.end()
  })
})
await new Promise<void>(resolve => service.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
const parts = { allow: [origin], contact: 'mailto:duty@example.cn' }
const modules = [access, operations, people, seeing]
const w = await httpWorld([...modules, books(modules)], {}, parts)
const jobs = new Jobs(w.kernel, { ...w.databaseConfig, user: 'fangxian_jobs' })
await jobs.start()
afterAll(async () => {
  await jobs.close()
  service.closeAllConnections()
  service.close()
})

/** A browser: its keys, its address, and how it reads. */
function browser(name: string) {
  const keys = createECDH('prime256v1')
  keys.generateKeys()
  const auth = randomBytes(16)
  const endpoint = `${origin}/${name}`
  const hkdf = (from: Buffer, by: Buffer, info: Buffer, n: number) =>
    Buffer.from(hkdfSync('sha256', from, by, info, n))
  return {
    endpoint,
    body: {
      endpoint,
      keys: { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') },
    },
    reads(body: Buffer) {
      const server = body.subarray(21, 86)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), server])
      const keying = hkdf(keys.computeSecret(server), auth, info, 32)
      const salt = body.subarray(0, 16)
      const key = hkdf(keying, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
      const nonce = hkdf(keying, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
      const cipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(body.subarray(-16))
      const text = Buffer.concat([cipher.update(body.subarray(86, -16)), cipher.final()])
      return JSON.parse(text.subarray(0, -1).toString())
    },
  }
}

await w.account('990001', '周示一', ['dutyOfficer'])
await w.account('990002', '郑例二', ['commander'])
await w.account('990003', '冯样三', ['dutyOfficer'])
const zhou = await w.caller('990001')
const zheng = await w.caller('990002')
const feng = await w.caller('990003')
const subscribe = async (caller: Caller, one: ReturnType<typeof browser>) =>
  expect((await caller.post('/api/push/subscribe', one.body)).status).toBe(200)

const at = (minutes: number) => new Date(w.clock.now.getTime() + minutes * 60_000).toISOString()
const sighting = (subject: string, severity: 'red' | 'amber' = 'amber') => ({
  subject,
  titleZh: `陈示四在${subject}连续值勤`,
  titleEn: 'Chen',
  severity,
  link: '/posts',
  unitId: null,
  dueAt: at(60),
})
const settle = async (raise: ReturnType<typeof sighting>[], clear: string[] = []) =>
  (await w.kernel.system(w.agency.agencyId)).run(settleAlerts, {
    watch: 'supplies.store',
    ownerRole: 'dutyOfficer',
    raise,
    clear,
  })
const idle = () =>
  expect
    .poll(
      async () => (await w.owner.query('select count(*) as n from graphile_worker._private_jobs')).rows[0].n,
    )
    .toBe(0)
const paths = () => got.map(one => one.path)
beforeEach(() => {
  got.length = 0
})

describe('push', () => {
  const desk = browser('desk')
  const phone = browser('phone')

  it('ALR45 the keys are made once per installation and lie wrapped; subscriptions lie outside the books', async () => {
    const off = await feng.get('/api/push')
    expect(off.body).toMatchObject({ on: true, devices: [] })
    const again = new Push(w.kernel, parts)
    expect(await again.publicKey({ agencyId: w.agency.agencyId, unitIds: '*' })).toBe(off.body.publicKey)
    const { rows } = await w.owner.query(`select value from sys.installation where key = 'push_keys'`)
    expect(rows).toHaveLength(1)
    expect(Buffer.from(rows[0].value, 'base64url')).toHaveLength(12 + 32 + 16)
    await subscribe(zhou, desk)
    await subscribe(zhou, desk)
    await subscribe(zhou, phone)
    const { devices } = (await zhou.get('/api/push')).body
    expect(devices.map((one: { endpoint: string }) => one.endpoint)).toEqual([desk.endpoint, phone.endpoint])
    expect((await feng.get('/api/push')).body.devices).toEqual([])
    const journal = await w.owner.query('select input from app.journal')
    expect(JSON.stringify(journal.rows)).not.toContain(origin)
  })

  it('ALR46 what is raised goes to whoever owns it and asked, with kind and number and no name', async () => {
    await subscribe(zheng, browser('other-role'))
    await settle([sighting('东门', 'red'), sighting('西门')])
    await idle()
    expect(paths().sort()).toEqual(['/desk', '/phone'])
    const message = desk.reads(got.find(one => one.path === '/desk')?.body ?? Buffer.alloc(0))
    expect(message).toEqual({
      titleZh: '【演练】supplies.store预警 2 件',
      titleEn: '[Rehearsal] alert of supplies.store: 2',
      severity: 'red',
      link: '/alerts?watch=supplies.store',
      tag: 'supplies.store',
    })
    expect(got[0]?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '3600', urgency: 'high' })
    expect(got[0]?.headers.authorization).toMatch(/^vapid t=[\w-]+\.[\w-]+\.[\w-]+, k=[\w-]{87}$/)
    expect(got[0]?.headers.cookie).toBeUndefined()
  })

  it('ALR46 the same again is not told anew, and what goes up is told to whoever it goes to', async () => {
    await settle([], ['西门'])
    await settle([sighting('西门')])
    await idle()
    expect(paths()).toEqual([])
    w.clock.advance(61)
    await alertRoutine.run(await w.kernel.system(w.agency.agencyId), w.agency)
    await idle()
    expect(new Set(paths())).toEqual(new Set(['/other-role']))
  })

  it('ALR46 a leader is told of his units, also of those below, and of no others', async () => {
    const system = await w.kernel.system(w.agency.agencyId)
    const [bureau, station, other] = [w.newId(), w.newId(), w.newId()]
    const unit = { kind: 'station' as const, place: null }
    for (const [unitId, parentId, name] of [
      [bureau, null, '城区分局'],
      [station, bureau, '城东所'],
      [other, null, '城西所'],
    ] as const) {
      await w
        .person('周示一', ['administrator'])
        .does(addUnit, { ...unit, unitId, parentId, name, shortName: name })
    }
    for (const [badge, scopeUnitId, name] of [
      ['990011', bureau, 'above'],
      ['990012', station, 'own'],
      ['990013', other, 'elsewhere'],
    ] as const) {
      const accountId = w.newId()
      const account = { accountId, badge, name: `负责人${badge}`, roles: ['unitLeader'], scopeUnitId }
      await system.run(addAccount, account)
      const actor = { ...system.actor, accountId, roles: ['unitLeader' as const] }
      await w.kernel.push?.subscribe(actor, browser(name).body, '')
    }
    await system.run(settleAlerts, {
      watch: 'posts.gate',
      ownerRole: 'unitLeader',
      raise: [{ ...sighting('北门'), unitId: station }],
      clear: [],
    })
    await idle()
    expect(paths().sort()).toEqual(['/above', '/own'])
  })

  it('ALR47 quiet hours hold for push', async () => {
    // Half past three in the afternoon of the bureau; the hours are the bureau's.
    w.clock.set('2021-11-03T07:30:00.000Z')
    const quiet = { ...usualSetting, quietFromMinute: 15 * 60, quietUntilMinute: 16 * 60 }
    const set = async (setting: typeof quiet) => {
      const answer = await zhou.post(`/api/commands/${setAlertSetting.name}`, setting)
      expect(answer.status).toBe(200)
    }
    await set(quiet)
    await settle([sighting('一号库')])
    await idle()
    expect(paths()).toEqual([])
    await settle([sighting('二号库', 'red'), sighting('三号库')])
    await idle()
    expect(paths().sort()).toEqual(['/desk', '/phone'])
    expect(desk.reads(got.find(one => one.path === '/desk')?.body ?? Buffer.alloc(0)).titleZh).toContain(
      '1 件',
    )
    got.length = 0
    await set({ ...quiet, quietButRed: false })
    await settle([sighting('四号库', 'red')])
    await idle()
    expect(paths()).toEqual([])
    w.clock.set('2021-11-03T08:00:00.000Z')
    await settle([sighting('五号库')])
    await idle()
    expect(paths().sort()).toEqual(['/desk', '/phone'])
  })

  it('ALR48 a device that is gone is dropped, and the others are told all the same', async () => {
    gone.add('/phone')
    await settle([sighting('六号库')])
    await idle()
    expect(paths().sort()).toEqual(['/desk', '/phone'])
    got.length = 0
    await settle([sighting('七号库')])
    await idle()
    expect(paths()).toEqual(['/desk'])
    const { devices } = (await zhou.get('/api/push')).body
    expect(devices.map((one: { endpoint: string }) => one.endpoint)).toEqual([desk.endpoint])
  })

  it('ALR49 whose device it is, is who signed in on it last; nobody turns off another’s', async () => {
    expect((await feng.post('/api/push/unsubscribe', { endpoint: desk.endpoint })).body).toEqual({
      gone: false,
    })
    await subscribe(feng, desk)
    expect((await zhou.get('/api/push')).body.devices).toEqual([])
    expect((await feng.post('/api/push/unsubscribe', { endpoint: desk.endpoint })).body).toEqual({
      gone: true,
    })
    await settle([sighting('八号库')])
    await idle()
    expect(paths()).toEqual([])
  })

  it('ALR50 hostile addresses, keys and numbers are answered by a problem, signed out by none', async () => {
    const good = browser('good').body
    const code = async (body: unknown) => (await feng.post('/api/push/subscribe', body)).body.code
    for (const endpoint of [
      'https://127.0.0.1/x',
      'https://169.254.169.254/x',
      'http://push.example.cn/x',
      'x',
    ]) {
      expect(await code({ ...good, endpoint }), endpoint).toBe('kernel/push-address')
    }
    expect(await code({ ...good, keys: { ...good.keys, auth: 'AAAA' } })).toBe('kernel/push-address')
    for (const body of [
      {},
      [],
      { ...good, endpoint: 'x'.repeat(2_000) },
      { ...good, keys: { p256dh: '<b>', auth: '' } },
      { ...good, accountId: 'another' },
    ]) {
      expect(await code(body), JSON.stringify(body).slice(0, 60)).toBe('kernel/bad-input')
    }
    for (let n = 0; n < 8; n += 1) await subscribe(feng, browser(`many-${n}`))
    expect(await code(browser('many-8').body)).toBe('kernel/push-too-many')
    const nobody = w.nobody()
    expect((await nobody.get('/api/push')).status).toBe(401)
    expect((await nobody.post('/api/push/subscribe', good)).status).toBe(401)
    expect((await nobody.post('/api/push/unsubscribe', { endpoint: good.endpoint })).status).toBe(401)
  })

  it('ALR73 signing out ends the push of the device that one leaves, of all where one leaves everywhere', async () => {
    // What an earlier alert still has under way would go to these devices, too, before anybody leaves.
    await idle()
    await w.account('990004', '陈示四', ['dutyOfficer'])
    const chen = await w.caller('990004')
    const [left, kept, other] = [browser('left'), browser('kept'), browser('other')]
    for (const one of [left, kept, other]) await subscribe(chen, one)
    const devices = async () =>
      (await chen.get('/api/push')).body.devices.map((one: { endpoint: string }) => one.endpoint).sort()
    const leaving = await w.caller('990004')
    const out = (caller: Caller, body: object) => caller.post('/api/sign-out', body)
    for (const endpoint of ['', 'x'.repeat(1_001), 7]) {
      expect((await out(leaving, { endpoint })).body.code).toBe('kernel/bad-input')
    }
    // Whoever ends a session elsewhere stays here, and is told here.
    const elsewhere = { sessionId: w.newId(), endpoint: left.endpoint }
    expect((await out(leaving, elsewhere)).body).toEqual({ ended: 0 })
    expect(await devices()).toEqual([kept.endpoint, left.endpoint, other.endpoint])
    expect((await out(leaving, { endpoint: left.endpoint })).body).toEqual({ ended: 1 })
    expect((await leaving.get('/api/push')).status).toBe(401)
    expect(await devices()).toEqual([kept.endpoint, other.endpoint])
    got.length = 0
    await settle([sighting('九号库')])
    await idle()
    expect(paths()).toContain('/kept')
    expect(paths()).not.toContain('/left')
    // Somebody else's device is not ended by naming it.
    expect((await out(await w.caller('990003'), { endpoint: kept.endpoint })).body).toEqual({ ended: 1 })
    expect(await devices()).toEqual([kept.endpoint, other.endpoint])
    const last = await w.caller('990004')
    expect((await out(last, { everywhere: true })).body.ended).toBeGreaterThan(0)
    expect((await (await w.caller('990004')).get('/api/push')).body.devices).toEqual([])
  })
})
