// Which rest is owed after what was worked, in minutes and without books.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultRules } from './rest.ts'
import { type Ahead, debtsOf, type Known, shiftsOf } from './rest-owed.ts'
import type { WorkedBand } from './worked.ts'

const zero = Date.parse('2021-11-01T00:00:00Z')
const hourMs = 3_600_000
const known: Known = {
  isNight: (_pattern, band) => band === 'night',
  longAllowed: postId => postId === 'standby',
}
/** A band that was worked from an hour after the first duty day's beginning until another. */
const band = (from: number, until: number, more: Partial<WorkedBand> = {}): WorkedBand => ({
  day: new Date(zero + from * hourMs).toISOString().slice(0, 10),
  ...{ postId: 'gate', patternId: 'four', band: 'morning', standing: false },
  ...{ from: zero + from * hourMs, until: zero + until * hourMs },
  ...more,
})
const owed = (bands: WorkedBand[], nowHour: number, ahead: Ahead[] = []) =>
  debtsOf({
    shifts: shiftsOf(bands, known),
    ahead,
    rules: defaultRules,
    now: zero + nowHour * hourMs,
  })
const causes = (bands: WorkedBand[], nowHour: number, ahead: Ahead[] = []) =>
  owed(bands, nowHour, ahead).map(one => one.cause)
const hours = (ms: number) => (ms - zero) / hourMs

describe('rest that is owed, reckoned', () => {
  it('RST162 bands that adjoin are one shift, and so are both bands of one duty', () => {
    const two = [band(0, 6), band(6.5, 12, { band: 'afternoon', postId: 'other' })]
    expect(shiftsOf(two, known)).toMatchObject([{ workedMs: 11.5 * hourMs }])
    expect(shiftsOf([band(0, 6), band(9, 12, { band: 'afternoon' })], known)).toHaveLength(1)
    expect(shiftsOf([band(0, 6), band(9, 12, { postId: 'other' })], known)).toHaveLength(2)
    // At two posts at once he was there once.
    expect(shiftsOf([band(0, 6), band(3, 8, { postId: 'other' })], known)[0]?.workedMs).toBe(8 * hourMs)
  })

  it('RST162 called out again after three hours; longer than twelve on a post; but not on standby', () => {
    expect(causes([band(0, 6), band(9, 12, { postId: 'other' })], 12)).toEqual(['short'])
    expect(causes([band(0, 12.4)], 13)).toEqual([])
    expect(causes([band(0, 12.6)], 13)).toEqual(['long'])
    expect(causes([band(0, 24, { postId: 'standby' })], 25)).toEqual([])
    // After a standby of 24 hours a day of rest is due.
    expect(causes([band(0, 24, { postId: 'standby' }), band(36, 42)], 42)).toEqual(['short'])
  })

  it('RST162 the seventh day in a row owes a day off, which is a day and a night in one piece', () => {
    const days = (many: number) => Array.from({ length: many }, (_, day) => band(day * 24, day * 24 + 8))
    expect(causes(days(6), 130)).toEqual([])
    const [debt] = owed(days(7), 153)
    expect(debt).toMatchObject({ cause: 'noDayOff', owedMinutes: 1440 + 660, was: 7, rule: 6 })
    // It is the same debt on the eighth day.
    expect(owed(days(8), 177)[0]?.arisenAt).toBe(debt?.arisenAt)
    expect(causes(days(7), 152 + 34.9)).toEqual(['noDayOff'])
    expect(causes(days(7), 152 + 35)).toEqual([])
  })

  it('RST163 the rest begins when he left, or when the duty that runs is over', () => {
    const late = band(0, 11)
    const next = { from: zero + 20 * hourMs, until: zero + 26 * hourMs }
    const [ahead] = owed([late], 12, [next])
    expect(ahead).toMatchObject({ cause: 'short', ahead: true, owedMinutes: 660, was: 540 })
    expect(hours(ahead?.from ?? 0)).toBe(11)
    const running = band(20, 21, { postId: 'other', standing: true })
    const [short] = owed([late, running], 21, [next])
    expect(short).toMatchObject({ cause: 'short', ahead: false, owedMinutes: 660 + 120 })
    expect(hours(short?.from ?? 0)).toBe(26)
    // He stands over: as long as he is there the rest cannot have begun.
    const over = owed([late, { ...running, until: zero + 27 * hourMs }], 27, [next])
    expect(hours(over[0]?.from ?? 0)).toBe(27)
  })

  it('RST163 whatever was worked, so much rest in one piece settles everything', () => {
    const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 20 })), {
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(some, pairs => {
        const bands = pairs
          .map(([from, long]) => band(from, from + long))
          .sort((a, b) => a.from - b.from || a.until - b.until)
        const end = Math.max(...bands.map(one => hours(one.until)))
        const debts = owed(bands, end)
        expect(new Set(debts.map(one => one.cause)).size).toBe(debts.length)
        const most = Math.max(0, ...debts.map(one => one.owedMinutes / 60))
        expect(owed(bands, end + most)).toEqual([])
      }),
    )
    expect(owed([], 10)).toEqual([])
  })
})
