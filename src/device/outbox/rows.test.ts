import { describe, expect, it } from 'vitest'
import {
  acknowledge,
  append,
  expired,
  type Installation,
  keptMs,
  type Row,
  settle,
  type Settling,
  unread,
  waits,
} from './rows.ts'

const none = new Uint8Array()
const at = Date.parse('2021-11-05T08:00:00Z')
const fresh: Installation = { installationId: 'a', nextSequence: 1, standings: {} }

/** As many entries of 周示一 as are asked for, all of them waiting. */
function stated(n: number): { installation: Installation; rows: Row[] } {
  let installation = fresh
  const rows: Row[] = []
  for (let k = 1; k <= n; k += 1) {
    const entry = {
      id: `id-${k}`,
      accountId: 'zhou',
      occurredAt: '1970-01-01T00:00:00Z',
      bytes: 200,
      body: none,
    }
    const next = append(installation, entry)
    installation = next.installation
    rows.push(next.row)
  }
  return { installation, rows }
}

type Said = Settling['verdicts'][number]['verdict']
const answer = (said: Record<string, Said>, more: Partial<Settling> = {}): Settling => ({
  accountId: 'zhou',
  ids: Object.keys(said),
  verdicts: Object.entries(said).map(([id, verdict]) => ({ id, verdict, outcome: none })),
  standing: { restoreEpoch: 0, headSeq: 10 },
  at,
  ...more,
})

describe('what becomes of an entry', () => {
  it('OUT1 numbers follow each other and are never used twice', () => {
    const { installation, rows } = stated(3)
    expect(rows.map(row => row.sequence)).toEqual([1, 2, 3])
    const { put } = settle(installation, rows, answer({ 'id-1': 'done' }))
    expect(put.map(row => row.sequence)).toEqual([1])
    expect(installation.nextSequence).toBe(4)
  })

  it('OUT2 each verdict is stored with its entry, and nothing leaves with it', () => {
    const { installation, rows } = stated(5)
    const said = { 'id-1': 'done', 'id-2': 'refused', 'id-3': 'held', 'id-4': 'retry' } as const
    const { put, remove } = settle(installation, rows, answer(said))
    expect(put.map(row => row.state)).toEqual(['done', 'refused', 'held', 'unsent'])
    expect(put.map(waits)).toEqual([false, false, false, true])
    expect(remove).toEqual([])
    // The fifth was not sent: a verdict on it is nobody's.
    const strange = settle(installation, rows, { ...answer({ 'id-5': 'done' }), ids: ['id-1'] })
    expect(strange.put).toEqual([])
  })

  it('OUT2 what was answered does not wait again because another tab was put off', () => {
    const { installation, rows } = stated(1)
    const done = settle(installation, rows, answer({ 'id-1': 'done' })).put
    expect(settle(installation, done, answer({ 'id-1': 'retry' })).put).toEqual(done)
  })

  it('OUT3 done entries stay for seven days of the server, refusals until they are read', () => {
    const { installation, rows } = stated(3)
    const said = { 'id-1': 'done', 'id-2': 'refused' } as const
    const { put } = settle(installation, rows, answer(said))
    const all = [...put, ...rows.slice(2)]
    const later = (ms: number | null) =>
      settle(installation, all, answer({}, { at: ms === null ? null : at + ms })).remove
    expect(later(keptMs)).toEqual([])
    expect(later(keptMs + 1)).toEqual(['id-1'])
    expect(later(keptMs * 500)).toEqual(['id-1'])
    // An answer that does not say what time it is throws nothing away.
    expect(later(null)).toEqual([])
    const refusal = put[1] as Row
    expect([unread(refusal), expired(refusal, at + keptMs + 1)]).toEqual([true, false])
    const seen = acknowledge(refusal)
    expect([unread(seen), expired(seen, at + keptMs), expired(seen, at + keptMs + 1)]).toEqual([
      false,
      false,
      true,
    ])
  })

  it('OUT3 another verdict later is shown again; the same one is not', () => {
    const { installation, rows } = stated(1)
    const held = acknowledge(settle(installation, rows, answer({ 'id-1': 'held' })).put[0] as Row)
    const same = settle(installation, [held], answer({ 'id-1': 'held' })).put[0] as Row
    const other = settle(installation, [held], answer({ 'id-1': 'refused' })).put[0] as Row
    expect([unread(held), unread(same), unread(other)]).toEqual([false, false, true])
  })

  it.each([
    ['another epoch', { restoreEpoch: 1, headSeq: 400 }],
    ['an epoch before', { restoreEpoch: -1, headSeq: 400 }],
    ['a last number below a known one', { restoreEpoch: 0, headSeq: 9 }],
  ])('OUT4 %s: everything that is kept waits again', (_, standing) => {
    const { rows } = stated(4)
    const first = settle(fresh, rows, answer({ 'id-1': 'done', 'id-2': 'held', 'id-3': 'done' }))
    const kept = [...first.put, rows[3] as Row]
    const next = settle(first.installation, kept, answer({ 'id-4': 'done' }, { standing }))
    const states = Object.fromEntries(next.put.map(row => [row.id, row.state]))
    expect(states).toEqual({ 'id-1': 'waiting', 'id-2': 'waiting', 'id-3': 'waiting', 'id-4': 'done' })
    expect(next.installation.standings['zhou']).toEqual(standing)
    // Known now: the next answer brings nothing back.
    expect(settle(next.installation, next.put, answer({}, { standing })).put).toEqual([])
  })

  it('OUT4 what is kept is sent again, however old it is', () => {
    const { rows } = stated(1)
    const first = settle(fresh, rows, answer({ 'id-1': 'done' }))
    const late = { at: at + 9 * keptMs, standing: { restoreEpoch: 1, headSeq: 0 } }
    const next = settle(first.installation, first.put, answer({}, late))
    expect([next.remove, next.put.map(row => row.state)]).toEqual([[], ['waiting']])
  })

  it('OUT5 the device’s claim is kept as it was made and decides nothing', () => {
    const entry = { id: 'x', accountId: 'zhou', occurredAt: '2041-01-01T00:00:00Z', bytes: 1, body: none }
    const { row } = append(fresh, entry)
    const { put } = settle(fresh, [row], answer({ x: 'done' }))
    expect(put[0]).toMatchObject({ occurredAt: entry.occurredAt, settledAt: at, state: 'done' })
  })

  it('OUT6 an answer to one account changes nothing of another', () => {
    const { installation, rows } = stated(1)
    expect(settle(installation, rows, answer({ 'id-1': 'done' }, { accountId: 'zheng' })).put).toEqual([])
  })
})
