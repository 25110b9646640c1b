import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HandIn, handIn, handInBegins, type HandInEvent } from './hand-in.ts'

const read = (open: number, closed = 0): HandInEvent => ({ kind: 'read', open, closed })
const after = (...events: HandInEvent[]) => events.reduce<HandIn>(handIn, handInBegins)

describe('what a revoked device does', () => {
  it('DEV20 sends what waits, then destroys what it keeps, and is done', () => {
    expect(after(read(3))).toEqual({ at: 'sending', left: 3 })
    expect(after(read(3), read(1))).toEqual({ at: 'sending', left: 1 })
    expect(after(read(3), read(0))).toEqual({ at: 'wiping' })
    expect(after(read(0), { kind: 'wiped' })).toEqual({ at: 'done' })
    expect(after(read(0), { kind: 'wiped' }, read(5))).toEqual({ at: 'done' })
  })

  it('DEV21 what only the password opens waits for it, and is sent before anything is destroyed', () => {
    expect(after(read(2, 3))).toEqual({ at: 'sending', left: 5 })
    expect(after(read(0, 3))).toEqual({ at: 'sealed', left: 3 })
    expect(after(read(0, 3), read(3), read(0))).toEqual({ at: 'wiping' })
  })

  it('DEV22 where the storage refuses it looks again, and says that it is done only when it is', () => {
    expect(after(read(0), { kind: 'wipeFailed' })).toEqual(handInBegins)
    expect(after(read(0), { kind: 'wipeFailed' }, read(0), { kind: 'wiped' })).toEqual({ at: 'done' })
    expect(after({ kind: 'wiped' })).toEqual(handInBegins)
  })

  it('DEV20 whatever happens in whatever order, it destroys only after a look that found nothing to hand in', () => {
    const event = fc.oneof(
      fc.record({ kind: fc.constant('read' as const), open: fc.nat(3), closed: fc.nat(3) }),
      fc.record({ kind: fc.constantFrom('wiped' as const, 'wipeFailed' as const) }),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), events => {
        let now = handInBegins
        for (const one of events) {
          const next = handIn(now, one)
          if (next.at === 'wiping' && now.at !== 'wiping') {
            expect(one).toEqual({ kind: 'read', open: 0, closed: 0 })
          }
          if (next.at === 'done') expect(['wiping', 'done']).toContain(now.at)
          if (now.at === 'done') expect(next.at).toBe('done')
          now = next
        }
      }),
    )
  })
})
