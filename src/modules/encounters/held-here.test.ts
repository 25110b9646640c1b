import { describe, expect, it } from 'vitest'
import { holdPerson, releasePerson } from './contracts.ts'
import { heldHere } from './pages/held-here.ts'

const at = '2021-11-03T00:00:00.000Z'
const row = (holdingId: string, endsAt: string) => ({
  ...{ holdingId, basis: 'fever' as const, needs: '', beganAt: at, endsAt },
})
const hold = (id: string, postId: string, state: 'unsent' | 'waiting' | 'done' | 'refused' | 'held') => ({
  ...{ id, name: holdPerson.name, occurredAt: at, state },
  input: { postId, encounterId: 'e', basis: 'symptoms', minutesMost: 30, needs: '水' },
})
const release = (holdingId: string, state: 'unsent' | 'done' | 'refused') => ({
  ...{ id: `r ${holdingId}`, name: releasePerson.name, occurredAt: at, state },
  input: { holdingId, outcome: 'released', note: '' },
})
const ids = (...given: Parameters<typeof heldHere>) => heldHere(...given).map(one => one.holdingId)

describe('who is held here', () => {
  it('CHK14 the server’s and what this phone has not sent yet, the first to end first', () => {
    const rows = [row('late', '2021-11-03T02:00:00.000Z'), row('soon', '2021-11-03T00:10:00.000Z')]
    expect(ids('gate', rows, [hold('own', 'gate', 'unsent')])).toEqual(['soon', 'own', 'late'])
    expect(heldHere('gate', [], [hold('own', 'gate', 'waiting')])).toEqual([
      { ...row('own', '2021-11-03T00:30:00.000Z'), basis: 'symptoms', needs: '水' },
    ])
  })

  it('CHK14 each once, none of another post, none that was turned down', () => {
    const rows = [row('own', '2021-11-03T00:30:00.000Z')]
    expect(ids('gate', rows, [hold('own', 'gate', 'unsent')])).toEqual(['own'])
    expect(ids('gate', [], [hold('other', 'bridge', 'unsent')])).toEqual([])
    expect(ids('gate', [], [hold('a', 'gate', 'refused'), hold('b', 'gate', 'held')])).toEqual([])
    // What was sent is the server's to tell: another phone may have ended it since.
    expect(ids('gate', [], [hold('own', 'gate', 'done')])).toEqual([])
  })

  it('CHK14 one whose end was stated here is gone at once, and back where that was turned down', () => {
    const rows = [row('one', '2021-11-03T00:30:00.000Z')]
    expect(ids('gate', rows, [release('one', 'unsent')])).toEqual([])
    expect(ids('gate', rows, [release('one', 'done')])).toEqual([])
    expect(ids('gate', rows, [release('one', 'refused')])).toEqual(['one'])
  })
})
