import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { access } from '../../modules/access/index.ts'
import { books } from '../books/books.ts'
import type { CommandContract, Verdict } from '../contract.ts'
import { addPartner, note, order, trial } from '../trial.ts'
import { httpWorld } from './http-world.ts'
import { publicPaths } from './server.ts'

const modules = [access, trial, books([access, trial])]
const w = await httpWorld(modules, { ready: () => isReady })
let isReady = true
await w.account('990101', '周示一', ['administrator'])
await w.account('990102', '郑例二', ['dutyOfficer'])
await w.account('990103', '冯样三', ['viewer'])
const zheng = await w.caller('990102')
const feng = await w.caller('990103')
const large = 'x'.repeat(70_000)
const entry = (contract: CommandContract, input: object = {}) => {
  const alertId = w.newId()
  return w.entry(contract, { alertId, text: `over http ${alertId}`, ...input })
}

describe('who comes in', () => {
  it('HTT1 signed out, everything under /api is 401 but the public list', async () => {
    const routes = w.app
      .printRoutes({ commonPrefix: false, includeHooks: false })
      .split('\n')
      .filter(line => line.includes('/'))
    expect(routes.length).toBeGreaterThan(15)
    const paths = [
      ...'session sessions measures live commands none queries/trial.titles files/trial.sheet tasks/x'.split(
        ' ',
      ),
      ...'measures/trial.alerts measures/trial.alerts/records queries/no.such uploads/trial.brought'.split(
        ' ',
      ),
      ...'password sign-out commands/trial.note tasks/trial.count tasks/x/cancel sign-in/none'.split(' '),
    ].map(path => `/api/${path}`)
    for (const path of paths) {
      for (const method of ['GET', 'POST']) {
        const answer = await w.nobody().send(method, path, method === 'POST' ? {} : undefined)
        expect([answer.status, answer.body.code], `${method} ${path}`).toEqual([401, 'kernel/signed-out'])
      }
    }
    expect(publicPaths.filter(path => path.startsWith('/api/'))).toEqual([
      '/api/openapi.json',
      '/api/sign-in',
      '/api/sign-in/reset',
      '/api/sign-in/first',
    ])
  })

  it('HTT2 another spelling of an address is no way round the door', async () => {
    const raw = (path: string) =>
      new Promise<number>((resolve, reject) => {
        const { hostname, port } = new URL(w.base)
        request({ hostname, port, path, method: 'GET' }, response => {
          response.resume()
          resolve(response.statusCode ?? 0)
        })
          .on('error', reject)
          .end()
      })
    for (const path of [
      '/%61pi/live',
      '/%61pi/session',
      '//api/session',
      '/api/../api/session',
      '/API/session',
      '/api%2fsession',
    ]) {
      expect([401, 404, 400], path).toContain(await raw(path))
    }
    expect(await raw('/%61pi/session')).toBe(401)
  })

  it('HTT3 a token that is made up, or of another installation, is nobody', async () => {
    for (const token of ['x', 'A'.repeat(43), `'; drop table sys.session; --`, '%00', 'é']) {
      const answer = await w.nobody().get('/api/session', { cookie: `fangxian=${encodeURIComponent(token)}` })
      expect(answer.status, token).toBe(401)
    }
  })

  it('HTT4 what comes from another site is not carried out', async () => {
    const own = new URL(w.base).host
    const wrong: Record<string, string>[] = [
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { origin: `http://${own}.elsewhere.example` },
      { origin: `http://127.0.0.1:1` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of wrong) {
      for (const path of ['/api/commands', '/api/sign-in', '/api/sign-out', '/api/tasks/trial.count']) {
        const answer = await zheng.post(path, {}, headers)
        expect([answer.status, answer.body.code], `${path} ${JSON.stringify(headers)}`).toEqual([
          403,
          'kernel/wrong-origin',
        ])
      }
    }
    const right = await zheng.post('/api/commands', [], {
      origin: `http://${own}`,
      'sec-fetch-site': 'same-origin',
    })
    expect(right.status).toBe(200)
    expect((await zheng.post('/api/commands', [], { 'sec-fetch-site': 'none' })).status).toBe(200)
  })

  it('OUT41 entries of one account are not taken from the session of another', async () => {
    const { accountId } = (await feng.get('/api/session')).body
    const body = { commands: [entry(note)] }
    const other = await zheng.post('/api/commands', body, { 'x-account-id': accountId })
    expect([other.status, other.body.code]).toEqual([401, 'kernel/signed-out'])
    const own = (await zheng.get('/api/session')).body.accountId
    const taken = await zheng.post('/api/commands', body, { 'x-account-id': own })
    expect([taken.status, taken.body.verdicts[0].verdict, taken.body.headSeq]).toEqual([
      200,
      'done',
      taken.body.verdicts[0].seq,
    ])
  })

  it('HTT5 every answer carries the policy and the headers of a strict site', async () => {
    for (const path of ['/healthz', '/api/session', '/api/none', '/nothing']) {
      const { headers } = await zheng.get(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy, path).toContain("default-src 'self'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("object-src 'none'")
      expect(policy).not.toMatch(/unsafe/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-powered-by')).toBeNull()
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  it('HTT6 healthz and readyz', async () => {
    expect((await w.nobody().get('/healthz')).body).toMatchObject({ ok: true })
    expect((await w.nobody().get('/readyz')).status).toBe(200)
    isReady = false
    const not = await w.nobody().get('/readyz')
    expect([not.status, not.body]).toEqual([503, { ready: false }])
    expect((await w.nobody().get('/healthz')).status).toBe(200)
    isReady = true
  })
})

describe('commands', () => {
  it('HTT10 an array is answered with an array, an object with an object', async () => {
    const [a, b] = [entry(note), entry(note)]
    const array = await zheng.post('/api/commands', [a])
    expect(array.body).toMatchObject([{ id: a.id, verdict: 'done' }])
    const object = await zheng.post('/api/commands', { commands: [b, a] })
    expect(object.body.verdicts.map((one: Verdict) => [one.id, one.verdict])).toEqual([
      [b.id, 'done'],
      [a.id, 'done'],
    ])
  })

  it('HTT11 one verdict each: done, refused, held', async () => {
    const { status, body } = await zheng.post('/api/commands', [
      entry(order),
      entry(order, { way: 'refused' }),
      entry(note, { way: 'bug after a read' }),
      { ...entry(note), name: 'no.such' },
    ])
    expect(status).toBe(200)
    expect(body.map((one: Verdict) => one.verdict)).toEqual(['done', 'refused', 'held', 'held'])
    expect(body[1].problem).toMatchObject({ code: 'trial/no', message: { zh: '试用：不行。' } })
  })

  it('HTT12 a body that is no batch is one clear problem', async () => {
    const bad: [unknown, number, string][] = [
      ['{"commands": [', 400, 'kernel/bad-body'],
      ['null', 400, 'kernel/bad-body'],
      ['7', 400, 'kernel/bad-body'],
      [{ commands: 'none' }, 400, 'kernel/bad-body'],
      [[null], 400, 'kernel/bad-body'],
      [[{ name: 'trial.note' }], 400, 'kernel/bad-body'],
      [Array.from({ length: 501 }, () => entry(note)), 413, 'kernel/too-large'],
    ]
    for (const [body, status, code] of bad) {
      const answer = await zheng.post('/api/commands', body)
      expect([answer.status, answer.body.code]).toEqual([status, code])
      expect(answer.body.message.zh).toMatch(/[一-龥]/)
    }
    const plain = await zheng.post('/api/commands', 'hello', { 'content-type': 'text/csv' })
    expect([plain.status, plain.body.code]).toEqual([400, 'kernel/bad-body'])
  })

  it('HTT13 ten megabytes are a problem, not a crash', async () => {
    const answer = await zheng.post('/api/commands', [entry(order, { text: 'x'.repeat(10_000_000) })])
    expect([answer.status, answer.body.code]).toEqual([413, 'kernel/too-large'])
    expect((await zheng.get('/api/session')).status).toBe(200)
  })

  it('HTT14 a fact over 64 kB by name is 413; a request of that size is looked at', async () => {
    const fact = await zheng.post('/api/commands/trial.note', entry(note, { text: large }).input)
    expect([fact.status, fact.body.code]).toEqual([413, 'kernel/fact-too-large'])
    const done = await zheng.post('/api/commands', [entry(order, { text: large })])
    expect([done.status, done.body[0].verdict]).toEqual([200, 'done'])
    const refused = await zheng.post('/api/commands', [entry(order, { text: large + large })])
    expect(refused.body).toMatchObject([{ verdict: 'refused', problem: { code: 'kernel/bad-input' } }])
  })

  it('HTT15 one command by name: done 200, held 202, refused with its own status', async () => {
    const input = { alertId: w.newId(), text: 'single' }
    const id = w.newId()
    const done = await zheng.post('/api/commands/trial.note', input, { 'x-command-id': id })
    expect([done.status, done.body]).toEqual([200, { id, verdict: 'done', seq: done.body.seq, answer: {} }])
    const again = await zheng.post('/api/commands/trial.note', input, { 'x-command-id': id })
    expect(again.body).toEqual(done.body)
    const held = await zheng.post('/api/commands/trial.note', { ...input, way: 'refused' })
    expect([held.status, held.body.verdict]).toEqual([202, 'held'])
    const refused = await zheng.post('/api/commands/trial.order', input)
    expect([refused.status, refused.body.code]).toEqual([409, 'trial/taken'])
    expect((await zheng.post('/api/commands/trial.order', { text: 7 })).status).toBe(422)
    expect((await feng.post('/api/commands/trial.order', input)).status).toBe(403)
    expect((await zheng.post('/api/commands/no.such', {})).status).toBe(404)
    expect((await zheng.post('/api/commands/trial.note', input, { 'x-command-id': 'no id' })).status).toBe(
      400,
    )
  })

  it('HTT16 a device is named in the journal, and only a real id', async () => {
    const device = w.newId()
    const [a, b] = [entry(note), entry(note)]
    await zheng.post('/api/commands', [a], { 'x-device-id': device.toUpperCase() })
    await zheng.post('/api/commands', [b], { 'x-device-id': '郑例二的手机'.length.toString() })
    const { rows } = await w.owner.query(
      'select device_id from app.journal where id = any ($1) order by seq',
      [[a.id, b.id]],
    )
    expect(rows.map(row => row.device_id)).toEqual([device, null])
  })

  it('HTT17 while nothing can be stored: 503, when to come again, and nothing lost', async () => {
    await w.owner.query('revoke insert on app.journal from fangxian_app')
    const batch = [entry(order), entry(note)]
    const answer = await zheng.post('/api/commands', batch)
    const single = await zheng.post('/api/commands/trial.note', { alertId: w.newId(), text: 'x' })
    await w.owner.query('grant insert on app.journal to fangxian_app')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
    expect(answer.body.map((one: Verdict) => one.verdict)).toEqual(['retry', 'retry'])
    expect([single.status, single.headers.get('retry-after'), single.body.code]).toEqual([
      503,
      '2',
      'kernel/busy',
    ])
    const { body } = await zheng.post('/api/commands', batch)
    expect(body.map((one: Verdict) => one.verdict)).toEqual(['done', 'done'])
  })
})

describe('queries and measures', () => {
  it('HTT20 input as JSON or as plain parameters', async () => {
    const json = await zheng.get(
      `/api/queries/trial.titles?input=${encodeURIComponent('{"limit":2,"red":false}')}`,
    )
    const plain = await zheng.get('/api/queries/trial.titles?limit=2&red=false')
    expect(json.status).toBe(200)
    expect(plain.body).toEqual(json.body)
    expect(json.body.rows).toHaveLength(2)
    expect(json.headers.get('cache-control')).toBe('no-store')
    // A text that looks like a number stays a text where the contract asks for one.
    expect((await zheng.get('/api/queries/trial.titles?search=777777')).body.total).toBe(0)
  })

  it('HTT21 wrong input, unknown names and no right are problems', async () => {
    const cases: [string, number, string][] = [
      ['trial.titles?limit=0', 422, 'kernel/bad-input'],
      ['trial.titles?limit=many', 422, 'kernel/bad-input'],
      ['trial.titles?more=1', 422, 'kernel/bad-input'],
      ['trial.titles?search=%00', 422, 'kernel/bad-input'],
      ['trial.titles?input={', 400, 'kernel/bad-body'],
      ['no.such', 404, 'kernel/unknown-query'],
      ['__proto__', 404, 'kernel/unknown-query'],
      [`${'x'.repeat(150)}`, 422, 'kernel/bad-input'],
      ['trial.phones', 422, 'kernel/purpose-needed'],
    ]
    for (const [path, status, code] of cases) {
      const answer = await zheng.get(`/api/queries/${path}`)
      expect([answer.status, answer.body.code], path).toEqual([status, code])
    }
    expect((await feng.get('/api/queries/trial.phones?purpose=看看')).body.code).toBe('kernel/no-right')
  })

  it('HTT22 a look at sealed values needs a purpose, and is logged', async () => {
    const partnerId = w.newId()
    await zheng.post('/api/commands', [
      w.entry(addPartner, { partnerId, name: '冯样三', phone: '10000001234' }),
    ])
    const opened = await zheng.get(`/api/queries/trial.phones?purpose=${encodeURIComponent('核对通知电话')}`)
    expect(opened.body).toEqual({ rows: ['10000001234'] })
    const { rows } = await w.owner.query('select query, purpose from app.opening')
    expect(rows).toEqual([{ query: 'trial.phones', purpose: '核对通知电话' }])
  })

  it('HTT23 a measure has its unit, its span and the records behind it', async () => {
    const list = await zheng.get('/api/measures')
    expect(list.body.rows).toMatchObject([{ key: 'trial.alerts', unit: 'place', records: 'trial.titles' }])
    expect((await feng.get('/api/measures')).body.rows).toEqual([])
    const figure = await zheng.get('/api/measures/trial.alerts?from=2021-11-03&until=2021-11-03')
    expect(figure.body).toMatchObject({ key: 'trial.alerts', unit: 'place' })
    expect(figure.body.value).toBeGreaterThan(5)
    const today = await zheng.get('/api/measures/trial.alerts')
    expect(today.body.value).toBe(figure.body.value)
    const before = await zheng.get('/api/measures/trial.alerts?until=2021-11-02')
    expect(before.body.value).toBe(0)
    const records = await zheng.get('/api/measures/trial.alerts/records')
    expect(records.body).toMatchObject({ query: 'trial.titles', input: { limit: 10 } })
    expect(records.body.answer.rows.length).toBeGreaterThan(5)
  })

  it('HTT24 spans that are none, and figures that are not there', async () => {
    const cases: [string, number][] = [
      ['trial.alerts?from=2021-11-04&until=2021-11-03', 422],
      ['trial.alerts?from=yesterday', 422],
      ['trial.alerts?from=0001-01-01', 422],
      ['trial.alerts?until=9999-12-31', 422],
      ['no.such', 404],
      ['no.such/records', 404],
    ]
    for (const [path, status] of cases)
      expect((await zheng.get(`/api/measures/${path}`)).status, path).toBe(status)
    expect((await feng.get('/api/measures/trial.alerts')).status).toBe(403)
    expect((await feng.get('/api/measures/trial.alerts/records')).status).toBe(403)
  })
})
