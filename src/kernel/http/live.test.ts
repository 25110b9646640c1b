import { describe, expect, it } from 'vitest'
import { access } from '../../modules/access/index.ts'
import { books } from '../books/books.ts'
import { order, trial } from '../trial.ts'
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
    await expect.poll(() => seen.text, { timeout: 3_000 }).toContain('trial.order')
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
    await expect.poll(() => seen.text, { timeout: 3_000 }).toContain('trial.order')
    expect(seen.text.match(/"names":\["trial.order"\]/g)).toHaveLength(1)
    stop()
  })

  it('HTT52 a lost connection comes back by itself, and pages are told to look again', async () => {
    const caller = await w.caller('990102')
    const { seen, stop } = await stream(caller.cookie!)
    await w.owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'`,
    )
    await expect.poll(() => seen.text, { timeout: 5_000 }).toContain('"seq":0')
    await raise('again')
    await expect.poll(() => seen.text, { timeout: 3_000 }).toContain('trial.order')
    stop()
  })

  it('HTT53 the server closes although pages are listening', async () => {
    const caller = await w.caller('990102')
    const open = await Promise.all(Array.from({ length: 3 }, () => stream(caller.cookie!)))
    const begun = performance.now()
    await w.app.close()
    expect(performance.now() - begun).toBeLessThan(3_000)
    await expect.poll(() => open.every(one => one.seen.ended)).toBe(true)
  })
})
