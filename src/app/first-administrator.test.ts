import pg from 'pg'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { books } from '../kernel/books/books.ts'
import { httpServer } from '../kernel/http/server.ts'
import { Kernel } from '../kernel/kernel.ts'
import { Live } from '../kernel/live.ts'
import { silentLog } from '../kernel/log.ts'
import { Registry } from '../kernel/module.ts'
import { openDatabase } from '../kernel/world.ts'
import { access } from '../modules/access/index.ts'
import { firstAdministratorLink, firstAdministratorRoute } from './first-administrator.ts'

const database = await openDatabase()
const app = { ...database.config, user: 'fangxian_app' }
const owner = new pg.Client({ ...database.config, user: inject('postgres').user })
await owner.connect()
let now = new Date('2021-11-03T06:00:00Z')
const kernel = new Kernel({
  registry: new Registry([access, books([access])]),
  database: app,
  masterKey: Buffer.alloc(32, 7),
  now: () => now,
  log: silentLog,
})
const live = new Live(app, silentLog)
await live.start()
const server = await httpServer({
  kernel,
  live,
  ready: () => true,
  version: '0.0.0',
  extend: (door, signIn) => firstAdministratorRoute(door, kernel, signIn),
})
const base = await server.listen({ host: '127.0.0.1', port: 0 })
afterAll(async () => {
  await server.close()
  await live.close()
  await kernel.close()
  await owner.end()
  await database.drop()
})

const form = {
  agencyCode: 'qinghe',
  agencyName: '青禾县公安局',
  badge: '990101',
  name: '周示一',
  password: 'first-example-1',
}
async function post(path: string, body: object) {
  const response = await fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as { code?: string; roles?: string[] }
  return { status: response.status, code: answer.code, answer }
}
const first = (code: string, more: object = {}) => post('/api/sign-in/first', { ...form, code, ...more })
const counts = async () => {
  const { rows } = await owner.query(
    'select (select count(*) from app.agency) as agencies, (select count(*) from app.account) as accounts',
  )
  return rows[0]
}

describe('the first administrator', () => {
  it('ACC30 needs the link that was printed', async () => {
    await firstAdministratorLink(kernel)
    expect((await first('not-the-code-at-all')).code).toBe('kernel/wrong-code')
    expect((await first('')).status).toBe(422)
    expect(await counts()).toEqual({ agencies: 0, accounts: 0 })
  })

  it('ACC31 a link is good for a day', async () => {
    const code = await firstAdministratorLink(kernel)
    now = new Date(now.getTime() + 25 * 3_600_000)
    expect((await first(code)).code).toBe('kernel/wrong-code')
  })

  it('ACC32 a form that is not right, or a database that breaks off, does not use the link up', async () => {
    const code = await firstAdministratorLink(kernel)
    expect((await first(code, { password: 'short' })).code).toBe('kernel/weak-password')
    expect((await first(code, { agencyCode: 'Not A Code' })).code).toBe('kernel/bad-input')
    await owner.query('revoke execute on function sys.set_password from fangxian_app')
    expect((await first(code)).status).toBe(503)
    await owner.query('grant execute on function sys.set_password to fangxian_app')
    expect(await counts()).toEqual({ agencies: 1, accounts: 1 })
    const both = await Promise.all([first(code), first(code), first(code)])
    expect(both.map(one => one.status).toSorted()).toEqual([200, 401, 401])
    expect(await counts()).toEqual({ agencies: 1, accounts: 1 })
  })

  it('ACC33 signs in with what was chosen, as administrator of a real agency', async () => {
    const { status, answer } = await post('/api/sign-in', { badge: '990101', password: form.password })
    expect(status).toBe(200)
    expect(answer).toMatchObject({
      roles: ['administrator'],
      mustChangePassword: false,
      agency: { kind: 'real' },
    })
    const { rows } = await owner.query('select name, actor_id from app.journal order by seq')
    expect(rows).toEqual([
      { name: 'access.foundAgency', actor_id: null },
      { name: 'access.addAccount', actor_id: null },
    ])
  })

  it('ACC34 once there is an agency no link opens anything', async () => {
    const code = await firstAdministratorLink(kernel)
    expect((await first(code, { agencyCode: 'second' })).code).toBe('kernel/wrong-code')
    expect(await counts()).toEqual({ agencies: 1, accounts: 1 })
  })
})
