// More is sent than may wait in memory: it is asked for again, in words that every client knows, and nothing of it is lost.
import { afterAll, describe, expect, it } from 'vitest'
import { httpServer } from '../../kernel/http/server.ts'
import { cookieName, hashOf } from '../../kernel/http/sign-in.ts'
import { Kernel } from '../../kernel/kernel.ts'
import { Live } from '../../kernel/live.ts'
import { silentLog } from '../../kernel/log.ts'
import { Registry } from '../../kernel/module.ts'
import { world } from '../../kernel/world.ts'
import { addAccount } from '../access/contracts.ts'
import { bureau, encounter, modules } from './test-bureau.ts'

const w = await world(modules)
const b = await bureau(w)
const database = { ...w.databaseConfig, user: 'fangxian_app' }
const kernel = new Kernel({
  ...{ registry: new Registry(modules), database, masterKey: Buffer.alloc(32, 7), bulkRowsMost: 20 },
  ...{ now: () => w.clock.now, log: silentLog },
})
const live = new Live(database, silentLog)
const app = await httpServer({ kernel, live, ready: () => true, version: '0' })
const base = await app.listen({ host: '127.0.0.1', port: 0 })
afterAll(async () => {
  await app.close()
  await live.close()
  await kernel.close()
})
const token = 'full'.padEnd(43, 'x')
const accountId = w.newId()
const account = { accountId, badge: '990301', name: '冯样三', roles: ['officer' as const] }
await b.zhou.does(addAccount, account)
const { agencyId } = w.agency
await w.owner.query("select sys.set_password($1, $2, 'no sign-in here', false, now())", [agencyId, accountId])
await w.owner.query(
  "select sys.add_session($1, $2, $3, $4, $5::timestamptz, $5::timestamptz + interval '1 day', 'test', 'test')",
  [hashOf(token), w.newId(), agencyId, accountId, w.clock.now.toISOString()],
)

const post = (path: string, body: object) =>
  fetch(base + path, {
    ...{ method: 'POST', body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json', cookie: `${cookieName}=${token}` },
  })

describe('a full queue', () => {
  it('ENC19 what does not fit is answered 503 with Retry-After on both roads, and is taken when there is room', async () => {
    const many = Array.from({ length: 21 }, () => encounter(w, b.gate))
    for (const [path, body] of [
      ['/api/facts', { facts: many }],
      ['/api/commands', { commands: many }],
    ] as const) {
      const answer = await post(path, body)
      expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '2'])
      const { verdicts } = (await answer.json()) as { verdicts: { id: string; verdict: string }[] }
      expect(verdicts.map(one => [one.id, one.verdict])).toEqual(many.map(one => [one.id, 'retry']))
    }
    for (const facts of [many.slice(0, 20), many.slice(20)]) {
      expect((await post('/api/facts', { facts })).status).toBe(200)
    }
    const { rows } = await w.owner.query(
      'select count(*)::int as n, count(distinct encounter_id)::int as ids from app.encounter',
    )
    expect(rows).toEqual([{ n: 21, ids: 21 }])
  })
})
