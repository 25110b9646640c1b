import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { access } from '../../modules/access/index.ts'
import { books } from '../books/books.ts'
import type { CommandContract } from '../contract.ts'
import { backupTo } from '../db/backup.ts'
import { restoreFrom } from '../db/restore.ts'
import { Kernel } from '../kernel.ts'
import { Live } from '../live.ts'
import { silentLog } from '../log.ts'
import { Registry } from '../module.ts'
import { note, order, trial } from '../trial.ts'
import { openDatabase } from '../world.ts'
import { httpWorld, password, type Reply } from './http-world.ts'
import { httpServer } from './server.ts'

const modules = [access, trial, books([access, trial])]
const w = await httpWorld(modules)
await w.account('990102', '郑例二', ['dutyOfficer'])
const zheng = await w.caller('990102')
const entry = (contract: CommandContract, input: object = {}) => {
  const alertId = w.newId()
  return w.entry(contract, { alertId, text: `over http ${alertId}`, ...input })
}

describe('where the books stand', () => {
  it('KRN60 every answer says where the books stand', async () => {
    const { rows } = await w.owner.query<{ seq: number }>('select seq from app.journal_head')
    const { body: session } = await zheng.get('/api/session')
    expect([session.restoreEpoch, session.headSeq]).toEqual([0, rows[0]?.seq])
    const one = await zheng.post('/api/commands', { commands: [entry(note), entry(note)] })
    const last: number = one.body.verdicts[1].seq
    expect([one.body.restoreEpoch, one.body.headSeq]).toEqual([0, last])
    expect(last).toBe(session.headSeq + 2)
    const inHeaders = ({ headers }: { headers: Headers }) =>
      ['x-restore-epoch', 'x-head-seq'].map(name => headers.get(name))
    // An id sent again moves nothing, and what is sent in vain neither.
    const { commands } = { commands: [entry(note)] }
    const first = await zheng.post('/api/commands', commands)
    expect(inHeaders(first)).toEqual(['0', String(last + 1)])
    expect(inHeaders(await zheng.post('/api/commands', commands))).toEqual(['0', String(last + 1)])
    expect((await zheng.post('/api/commands', { commands: [] })).body).toEqual({
      verdicts: [],
      restoreEpoch: 0,
      headSeq: last + 1,
    })
    const named = await zheng.post('/api/commands/trial.note', entry(note).input)
    expect(inHeaders(named)).toEqual(['0', String(last + 2)])
    const refused = await zheng.post('/api/commands/trial.order', entry(order, { way: 'refused' }).input)
    expect([refused.status, ...inHeaders(refused)]).toEqual([409, '0', String(last + 3)])
  })

  it('KRN61 a phone notices that the server was restored from an older backup, and loses nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fangxian-standing-'))
    const path = join(folder, 'older.backup')
    const { user } = inject('postgres')
    const kept = [entry(note)]
    await zheng.post('/api/commands', kept)
    await backupTo({ ...w.databaseConfig, user }, path)
    const lost = [entry(note), entry(order)]
    const { body: before } = await zheng.post('/api/commands', { commands: lost })
    const restored = await openDatabase()
    afterAll(async () => {
      await restored.drop()
      rmSync(folder, { recursive: true })
    })
    const owner = { ...restored.config, user }
    expect((await restoreFrom(owner, path)).restoreEpoch).toBe(1)
    await served(restored.config, async phone => {
      const { body: session } = await phone('/api/session')
      expect([session.restoreEpoch, session.headSeq]).toEqual([1, before.headSeq - lost.length])
      const { body: again } = await phone('/api/commands', { commands: [...kept, ...lost] })
      expect(again.verdicts.map((one: { verdict: string }) => one.verdict)).toEqual(['done', 'done', 'done'])
      expect([again.restoreEpoch, again.headSeq]).toEqual([1, before.headSeq])
    })
    // Once more, over what is there now.
    await restoreFrom(owner, path, { replace: true })
    await served(restored.config, async phone => {
      const { body } = await phone('/api/commands', { commands: [] })
      expect(body).toEqual({ verdicts: [], restoreEpoch: 2, headSeq: before.headSeq - lost.length })
    })
  })
})

type Phone = (path: string, body?: unknown) => Promise<Pick<Reply, 'body'>>

/** A server on that database, and a phone that has signed in there. */
async function served(database: typeof w.databaseConfig, work: (phone: Phone) => Promise<void>) {
  const parts = { database: { ...database, user: 'fangxian_app' }, masterKey: Buffer.alloc(32, 7) }
  const kernel = new Kernel({
    registry: new Registry(modules),
    now: () => w.clock.now,
    log: silentLog,
    ...parts,
  })
  const live = new Live(parts.database, silentLog)
  const app = await httpServer({ kernel, live, ready: () => true, version: '0.0.0' })
  let cookie = ''
  const phone: Phone = async (path, sent) => {
    const answer = await app.inject({
      method: sent ? 'POST' : 'GET',
      url: path,
      headers: { cookie },
      ...(sent ? { payload: sent as object } : {}),
    })
    cookie ||= `fangxian=${answer.cookies[0]?.value}`
    return { body: answer.json() }
  }
  try {
    await phone('/api/sign-in', { badge: '990102', password })
    await work(phone)
  } finally {
    await app.close()
    await kernel.close()
  }
}
