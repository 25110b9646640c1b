import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../kernel/contract.ts'
import {
  idle,
  type Queued,
  restMs,
  type Sender,
  type SenderEffect,
  type SenderEvent,
  step,
} from './sender.ts'
import { trialProblem } from './trial-server.ts'

const accountId = 'zhou'
const roll = 1
const queued = (n: number, bytes = 300): Queued[] =>
  Array.from({ length: n }, (_, k) => ({ id: `id-${k + 1}`, bytes, putOff: 0 }))

/** A tab that 周示一 has signed in to and whose turn it is; it has asked what waits. */
function tab() {
  let sender: Sender = idle
  let last: readonly SenderEffect[] = []
  const give = (event: SenderEvent) => {
    ;[sender, last] = step(sender, event)
    return last
  }
  give({ kind: 'signedIn', accountId })
  give({ kind: 'turn' })
  return {
    give,
    get sender() {
      return sender
    },
    get last() {
      return last
    },
    reads: (queue: Queued[]) => give({ kind: 'read', accountId, queue, roll }),
    fails: (status: number) => give({ kind: 'failed', accountId, status, roll }),
    answers: (verdicts: Verdict[]) =>
      give({ kind: 'answered', accountId, roll, answer: { verdicts, standing: null, at: null } }),
    stored: () => give({ kind: 'stored', roll }),
  }
}
const done = (id: string): Verdict => ({ id, verdict: 'done', seq: 1, answer: {} })
const retry = (id: string): Verdict => ({ id, verdict: 'retry', problem: trialProblem })
const read = [{ kind: 'read', accountId }]

describe('what is sent', () => {
  it('OUT10 in the order of stating, a hundred at most', () => {
    const one = tab()
    expect(one.last).toEqual(read)
    const [post] = one.reads(queued(250))
    expect(post).toEqual({ kind: 'post', accountId, ids: queued(100).map(({ id }) => id) })
  })

  it('OUT10 fewer where they are large, and one that is larger than all of that alone', () => {
    const ids = (bytes: number) => {
      const [post] = tab().reads(queued(100, bytes))
      return post?.kind === 'post' ? post.ids.length : 0
    }
    expect([ids(64 * 1024), ids(60_000), ids(600_000)]).toEqual([8, 8, 1])
  })

  it('OUT2 nothing else is sent before the verdicts are stored', () => {
    const one = tab()
    one.reads(queued(2))
    expect(one.give({ kind: 'changed' })).toEqual([])
    expect(one.answers([done('id-1'), done('id-2')])[0]).toMatchObject({
      kind: 'store',
      ids: ['id-1', 'id-2'],
    })
    expect(one.give({ kind: 'changed' })).toEqual([])
    expect(one.stored()).toEqual(read)
  })

  it('OUT11 what is put off holds nothing up, and is tried again after all else', () => {
    const one = tab()
    one.reads(queued(2))
    one.answers([retry('id-1'), done('id-2')])
    one.stored()
    const left: Queued[] = [
      { id: 'id-1', bytes: 300, putOff: 1 },
      { id: 'id-3', bytes: 300, putOff: 0 },
    ]
    expect(one.reads(left)).toEqual([{ kind: 'post', accountId, ids: ['id-3'] }])
    one.answers([done('id-3')])
    one.stored()
    expect(one.reads(left.slice(0, 1))).toEqual([{ kind: 'wake', ms: 2_000 }])
    one.give({ kind: 'woken' })
    expect(one.reads(left.slice(0, 1))).toEqual([{ kind: 'post', accountId, ids: ['id-1'] }])
  })

  it('OUT11 a request that is turned away is halved until the one is found', () => {
    const one = tab()
    let queue = queued(8)
    const asked: number[] = []
    for (let turn = 0; turn < 30 && queue.some(({ putOff }) => putOff === 0); turn += 1) {
      const [post] = one.reads(queue)
      if (post?.kind !== 'post') throw new Error(`no post: ${JSON.stringify(post)}`)
      asked.push(post.ids.length)
      if (!post.ids.includes('id-6')) {
        one.answers(post.ids.map(done))
        queue = queue.filter(({ id }) => !post.ids.includes(id))
        one.stored()
        continue
      }
      const [effect] = one.fails(400)
      if (effect?.kind !== 'putOff') continue
      queue = queue.map(each => (each.id === effect.id ? { ...each, putOff: 1 } : each))
      one.stored()
    }
    expect(queue).toEqual([{ id: 'id-6', bytes: 300, putOff: 1 }])
    expect(asked.length).toBeLessThan(12)
  })

  it('OUT11 an unexpected error is the server’s own at first, and then that of an entry', () => {
    const one = tab()
    const kinds: (string | undefined)[] = []
    for (let n = 0; n < 3; n += 1) {
      one.reads(queued(1))
      kinds.push(one.fails(500)[0]?.kind)
      one.give({ kind: 'woken' })
    }
    expect(kinds).toEqual(['wake', 'wake', 'putOff'])
  })

  it('OUT12 the rest is doubled to a minute while somebody looks, and to ten while nobody does', () => {
    expect([1, 2, 3, 6, 60].map(n => restMs(n, true, 1))).toEqual([2_000, 4_000, 8_000, 60_000, 60_000])
    expect(restMs(60, false, 1)).toBe(600_000)
    expect([restMs(3, true, 0), restMs(3, true, 0.5)]).toEqual([4_000, 6_000])
    const one = tab()
    const rests: number[] = []
    for (let n = 0; n < 9; n += 1) {
      one.reads(queued(1))
      const [wake] = one.fails(0)
      rests.push(wake?.kind === 'wake' ? wake.ms : -1)
      one.give({ kind: 'woken' })
    }
    expect(Math.max(...rests)).toBe(60_000)
    expect(rests[0]).toBe(2_000)
  })

  it('OUT12 new entries leave the timer alone; a look at the page ends the rest', () => {
    const one = tab()
    one.reads(queued(1))
    one.fails(0)
    expect(one.give({ kind: 'changed' })).toEqual([])
    one.give({ kind: 'seen', visible: false })
    expect(one.give({ kind: 'seen', visible: true })).toEqual(read)
  })

  it('OUT13 signed out, nothing is sent until somebody signs in', () => {
    const one = tab()
    one.reads(queued(1))
    expect(one.fails(401)).toEqual([])
    for (const kind of ['woken', 'changed', 'turn'] as const) expect(one.give({ kind })).toEqual([])
    expect(one.give({ kind: 'signedIn', accountId })).toEqual(read)
  })

  it('OUT6 what was read for one account is not sent for the next', () => {
    const one = tab()
    one.give({ kind: 'signedIn', accountId: 'zheng' })
    expect(one.reads(queued(3))).toEqual([{ kind: 'read', accountId: 'zheng' }])
    one.give({ kind: 'signedOut' })
    expect(one.reads(queued(3))).toEqual([])
  })

  it('OUT14 an answer about something else is no answer', () => {
    const one = tab()
    one.reads(queued(1))
    expect(one.answers([done('id-9')])).toEqual([{ kind: 'wake', ms: 2_000 }])
    one.give({ kind: 'woken' })
    one.reads(queued(1))
    expect(one.answers([])).toEqual([{ kind: 'wake', ms: 4_000 }])
  })

  it('OUT12 a store that fails is tried again, and nothing counts as sent', () => {
    const one = tab()
    expect(one.give({ kind: 'storeFailed', roll })).toEqual([{ kind: 'wake', ms: 2_000 }])
    expect(one.give({ kind: 'woken' })).toEqual(read)
  })
})
