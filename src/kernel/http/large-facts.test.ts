import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { access } from '../../modules/access/index.ts'
import { books } from '../books/books.ts'
import type { CommandContract, Verdict } from '../contract.ts'
import { note, order, trial } from '../trial.ts'
import { httpWorld } from './http-world.ts'

const w = await httpWorld([access, trial, books([access, trial])])
await w.account('990102', '郑例二', ['dutyOfficer'])
const zheng = await w.caller('990102')
const large = 'x'.repeat(70_000)
const entry = (contract: CommandContract, input: object = {}) => {
  const alertId = w.newId()
  return w.entry(contract, { alertId, text: `over http ${alertId}`, ...input })
}

describe('facts that are too large', () => {
  it('KRN28 a fact over 64 kB stays on the phone alone; what was sent with it is done, in order', async () => {
    const fact = entry(note, { text: large })
    const unknown = { ...entry(note, { text: large }), name: 'no.such' }
    const batch = [entry(order), fact, entry(note), unknown, entry(order, { way: 'refused' })]
    const { status, body } = await zheng.post('/api/commands', { commands: batch })
    expect(status).toBe(200)
    const verdicts: Verdict[] = body.verdicts
    expect(verdicts.map(one => one.id)).toEqual(batch.map(one => one.id))
    expect(verdicts.map(one => one.verdict)).toEqual(['done', 'retry', 'done', 'retry', 'refused'])
    for (const kept of [verdicts[1], verdicts[3]]) {
      expect(kept).toMatchObject({ problem: { code: 'kernel/fact-too-large', params: { limit: '64 kB' } } })
      expect(kept).not.toHaveProperty('seq')
    }
    const { rows } = await w.owner.query('select id from app.journal where id = any ($1)', [
      batch.map(one => one.id),
    ])
    expect(rows).toHaveLength(3)
    // Shortened by the officer it is an entry like any other.
    const again = await zheng.post('/api/commands', [{ ...fact, input: entry(note).input }])
    expect(again.body).toMatchObject([{ id: fact.id, verdict: 'done' }])
  })

  it('KRN29 nothing but facts that are too large is an answer, not a failure to come again for', async () => {
    const batch = [entry(note, { text: large }), entry(note, { text: large })]
    const { status, headers, body } = await zheng.post('/api/commands', { commands: batch })
    expect([status, headers.get('retry-after')]).toEqual([200, null])
    expect(body.verdicts.map((one: Verdict) => one.verdict)).toEqual(['retry', 'retry'])
    expect(body.headSeq).toBeGreaterThan(0)
    const withoutId = await zheng.post('/api/commands', [{ ...batch[0], id: 'none' }])
    expect([withoutId.status, withoutId.body.code]).toEqual([400, 'kernel/bad-body'])
  })

  it('KRN28 packed or sent in pieces, it is measured all the same', async () => {
    const fact = entry(note, { text: large })
    const headers = { 'content-type': 'application/json', cookie: zheng.cookie! }
    const bytes = gzipSync(JSON.stringify([fact, entry(note)]))
    expect(bytes.length).toBeLessThan(1_000)
    const pieces = new Blob([JSON.stringify([fact, entry(note)])]).stream()
    const ways: RequestInit[] = [
      { headers: { ...headers, 'content-encoding': 'gzip' }, body: new Uint8Array(bytes) },
      { headers, body: pieces, duplex: 'half' } as RequestInit,
    ]
    for (const way of ways) {
      const answer = await fetch(`${w.base}/api/commands`, { method: 'POST', ...way })
      const verdicts = (await answer.json()) as Verdict[]
      expect(verdicts.map(one => one.verdict)).toEqual(['retry', 'done'])
    }
  })
})
