import { describe, expect, it } from 'vitest'
import { access } from '../../modules/access/index.ts'
import { findSubject } from '../../modules/subjects/contracts.ts'
import { subjects } from '../../modules/subjects/index.ts'
import { Client } from '../../device/client.ts'
import { books } from '../books/books.ts'
import { httpWorld } from './http-world.ts'

const w = await httpWorld([access, subjects, books([access, subjects])])
await w.account('990101', '郑例二', ['dutyOfficer'])
await w.account('990102', '冯样三', ['officer'])
// The number is the example of GB 11643 itself.
const input = {
  kind: 'idNumber',
  text: '11010519491231002X',
  purpose: '流调协查',
  caseRef: '演练-1',
} as const
const path = '/api/queries/subjects.find'

describe('what is asked with a purpose', () => {
  it('SUB44 travels in the body; signed out or without the right nothing is answered', async () => {
    const zheng = await w.caller('990101')
    const answer = await zheng.post(path, input)
    expect([answer.status, answer.body]).toEqual([200, { subject: null }])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect((await w.nobody().post(path, input)).status).toBe(401)
    expect((await (await w.caller('990102')).post(path, input)).body.code).toBe('kernel/no-right')
    expect((await zheng.post('/api/queries/no.such', {})).status).toBe(404)
    for (const wrong of ['', '[', '7', JSON.stringify({ ...input, text: 'x'.repeat(2_000_000) })]) {
      const { status } = await zheng.post(path, wrong)
      expect(status, wrong.slice(0, 9)).toBeGreaterThanOrEqual(400)
      expect(status, wrong.slice(0, 9)).toBeLessThan(500)
    }
  })

  it('SUB44 the pages’ client puts nobody’s number into an address', async () => {
    const asked: string[] = []
    const fetching: typeof fetch = (address, init) => {
      asked.push(`${init?.method ?? 'GET'} ${String(address)}`)
      return Promise.resolve(Response.json({ subject: null }))
    }
    const before = globalThis.fetch
    globalThis.fetch = fetching
    try {
      await new Client({ base: 'http://example.invalid' }).ask(findSubject, input)
    } finally {
      globalThis.fetch = before
    }
    expect(asked).toEqual(['POST http://example.invalid/api/queries/subjects.find'])
  })
})
