import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { access } from '../../modules/access/index.ts'
import { books } from '../books/books.ts'
import { Announcer, type LiveEvent } from '../live.ts'
import { silentLog } from '../log.ts'
import { lead, order, trial } from '../trial.ts'
import { httpWorld } from './http-world.ts'

const w = await httpWorld([access, trial, books([access, trial])])
await w.account('990102', '郑例二', ['dutyOfficer'])
const zheng = w.person('郑例二', ['dutyOfficer'])

async function stream(cookie: string) {
  const abort = new AbortController()
  const response = await fetch(`${w.base}/api/live`, { headers: { cookie }, signal: abort.signal })
  const seen = { text: '', ended: false, headers: response.headers }
  void (async () => {
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) seen.text += part.value
    } catch (error) {
      if ((error as Error).name !== 'AbortError' && !(error instanceof TypeError)) throw error
    }
    seen.ended = true
  })()
  return { seen, stop: () => abort.abort() }
}
async function endConnections(query: string) {
  const { rowCount } = await w.owner.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like $1',
    [query],
  )
  expect(rowCount).toBe(1)
}
const raise = (text: string) => zheng.does(order, { alertId: w.newId(), text })

describe('live events', () => {
  it('HTT50 a change is told to the pages of its agency, and to no other', async () => {
    const caller = await w.caller('990102')
    const { seen, stop } = await stream(caller.cookie!)
    expect(seen.headers.get('content-type')).toBe('text/event-stream')
    expect(seen.headers.get('x-content-type-options')).toBe('nosniff')
    await w.owner.query(
      `notify fangxian_live, '{"agency":"00000000-0000-7000-8000-00000000000b","seq":7,"names":["foreign"]}'`,
    )
    await w.owner.query(`notify fangxian_live, 'not json'`)
    await raise('told')
    await expect.poll(() => seen.text).toContain('trial.order')
    expect(seen.text).toMatch(/^retry: 2000\n\n/)
    expect(seen.text).toMatch(/id: \d+\nevent: change\ndata: \{"seq":\d+,"names":\["trial.order"\]\}\n\n/)
    expect(seen.text).not.toContain('foreign')
    expect(seen.text).not.toContain('told')
    stop()
  })

  it('HTT51 a refusal is no change', async () => {
    const caller = await w.caller('990102')
    const { seen, stop } = await stream(caller.cookie!)
    await zheng.isRefused(order, { alertId: w.newId(), text: 'x', way: 'refused' })
    await raise('after')
    await expect.poll(() => seen.text).toContain('trial.order')
    expect(seen.text.match(/"names":\["trial.order"\]/g)).toHaveLength(1)
    stop()
  })

  it('HTT52 a lost connection comes back by itself, and pages are told to look again', async () => {
    const caller = await w.caller('990102')
    const { seen, stop } = await stream(caller.cookie!)
    await endConnections('listen%')
    await expect.poll(() => seen.text).toContain('"seq":0')
    await raise('again')
    await expect.poll(() => seen.text).toContain('trial.order')
    stop()
  })

  it('HTT54 a stream begins with where the books stand, and says it again after a lost connection', async () => {
    await raise('before')
    const { rows } = await w.owner.query<{ seq: number }>('select seq from app.journal_head')
    const hello = `event: hello\ndata: {"restoreEpoch":0,"headSeq":${rows[0]?.seq}}\n\n`
    const caller = await w.caller('990102')
    const { seen, stop } = await stream(caller.cookie!)
    await expect.poll(() => seen.text).toBe(`retry: 2000\n\n${hello}`)
    await endConnections('listen%')
    await expect.poll(() => seen.text.split(hello).length).toBe(3)
    stop()
  })

  it('HTT55 what another process commits is heard', async () => {
    const caller = await w.caller('990102')
    const { seen, stop } = await stream(caller.cookie!)
    const name = 'trial.order'
    const entry = w.entry(order, { alertId: w.newId(), text: 'from another process' })
    const code = `
      const { Kernel } = await import(${JSON.stringify(new URL('../kernel.ts', import.meta.url).href)})
      const { Registry } = await import(${JSON.stringify(new URL('../module.ts', import.meta.url).href)})
      const { trial } = await import(${JSON.stringify(new URL('../trial.ts', import.meta.url).href)})
      const { database, agencyId, now, entry } = JSON.parse(process.argv[1])
      const kernel = new Kernel({ registry: new Registry([trial]), database, masterKey: Buffer.alloc(32, 7),
        now: () => new Date(now), log: { info() {}, warn: console.error, error: console.error } })
      const { actor } = await kernel.system(agencyId)
      console.log((await kernel.submit(actor, [entry]))[0].verdict)
      await kernel.close()`
    const sent = {
      database: { ...w.databaseConfig, user: 'fangxian_app' },
      agencyId: w.agency.agencyId,
      now: w.clock.now,
      entry,
    }
    const args = ['--input-type=module', '-e', code, JSON.stringify(sent)]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    expect(stdout.trim()).toBe('done')
    await expect.poll(() => seen.text).toContain(name)
    stop()
  })

  it('HTT56 a commit is told although the announcing connection was lost before', async () => {
    const caller = await w.caller('990102')
    const { seen, stop } = await stream(caller.cookie!)
    await raise('first')
    await expect.poll(() => seen.text).toContain('trial.order')
    await endConnections('select pg_notify%')
    await zheng.does(lead, { subjects: ['second'] })
    await expect.poll(() => seen.text).toContain('trial.lead')
    stop()
  })

  it('HTT57 while one announcement is under way the next gather, an agency’s into one', async () => {
    const heard: LiveEvent[] = []
    const stop = w.live.on(event => heard.push(event))
    const announcer = new Announcer({ ...w.databaseConfig, user: 'fangxian_app' }, silentLog)
    const [a, b] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b']
    for (let seq = 1; seq <= 200; seq += 1) {
      announcer.announce({ agency: seq % 2 ? a : b, seq, names: [`gathered.${seq % 4}`] })
    }
    const many = Array.from({ length: 120 }, (_, n) => `many.names${n}`)
    announcer.announce({ agency: a, seq: 201, names: many })
    await announcer.close()
    const names = (agency: string) => heard.filter(one => one.agency === agency).flatMap(one => one.names)
    await expect.poll(() => names(a).length).toBeGreaterThanOrEqual(122)
    expect(new Set(names(a))).toEqual(new Set(['gathered.1', 'gathered.3', ...many]))
    expect(new Set(names(b))).toEqual(new Set(['gathered.0', 'gathered.2']))
    const seqs = heard.map(one => one.seq)
    expect([Math.max(...seqs), seqs.includes(200), heard.length < 10]).toEqual([201, true, true])
    stop()
  })

  it('HTT53 the server closes although pages are listening', async () => {
    const caller = await w.caller('990102')
    const open = await Promise.all(Array.from({ length: 3 }, () => stream(caller.cookie!)))
    const begun = performance.now()
    await w.app.close()
    expect(performance.now() - begun).toBeLessThan(60_000)
    await expect.poll(() => open.every(one => one.seen.ended)).toBe(true)
  })
})
