import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, dutyDayOf, instantAt, spanOf } from './time.ts'

const qinghe = { timeZone: 'Asia/Shanghai', handOverMinute: 480 }
const zones = [
  'Asia/Shanghai',
  'UTC',
  'America/New_York',
  'Pacific/Kiritimati',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
]

describe('duty days', () => {
  it('TIM1 a duty day starts at the hand-over hour, not at midnight', () => {
    expect(dutyDayOf(qinghe, '2021-11-03T00:00:00Z')).toBe('2021-11-03')
    expect(dutyDayOf(qinghe, '2021-11-02T23:59:59.999Z')).toBe('2021-11-02')
    expect(dutyDayOf(qinghe, '2021-11-03T16:30:00Z')).toBe('2021-11-03')
    expect(dutyDayOf({ ...qinghe, handOverMinute: 0 }, '2021-11-03T16:00:00Z')).toBe('2021-11-04')
    expect(dutyDayOf({ ...qinghe, handOverMinute: 1_439 }, '2021-11-03T15:58:00Z')).toBe('2021-11-02')
  })

  it('TIM2 a span has its first and its last instant, over months, years and leap days', () => {
    expect(spanOf(qinghe, '2021-11-03', '2021-11-03')).toEqual({
      from: '2021-11-03',
      until: '2021-11-03',
      begins: '2021-11-03T00:00:00.000Z',
      ends: '2021-11-04T00:00:00.000Z',
    })
    expect(spanOf(qinghe, '2024-02-28', '2024-02-29').ends).toBe('2024-03-01T00:00:00.000Z')
    expect(addDays('2021-12-31', 1)).toBe('2022-01-01')
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29')
    expect(daysBetween('2021-11-03', '2021-11-27')).toBe(24)
  })

  it('TIM3 a day on which clocks change has 23 or 25 hours and neither gap nor overlap', () => {
    const newYork = { timeZone: 'America/New_York', handOverMinute: 0 }
    const hours = (day: string) => {
      const { begins, ends } = spanOf(newYork, day, day)
      return (Date.parse(ends) - Date.parse(begins)) / 3_600_000
    }
    expect([hours('2021-03-14'), hours('2021-11-07'), hours('2021-07-01')]).toEqual([23, 25, 24])
    expect(spanOf(newYork, '2021-03-14', '2021-03-14').ends).toBe(
      spanOf(newYork, '2021-03-15', '2021-03-15').begins,
    )
  })

  it('TIM4 every instant lies in the span of its own duty day', () => {
    // From 1996: the year before, Kiritimati left a whole calendar day out, which no zone of ours does.
    const instants = fc.integer({ min: Date.UTC(1996, 0, 1), max: Date.UTC(2090, 0, 1) })
    // Hand-over hours of the day: between two and three in the night a change of clocks may leave the hour out.
    const handOvers = fc.integer({ min: 4 * 60, max: 23 * 60 })
    let looked = 0
    fc.assert(
      fc.property(instants, handOvers, fc.constantFrom(...zones), (at, handOverMinute, timeZone) => {
        const agency = { timeZone, handOverMinute }
        const day = dutyDayOf(agency, new Date(at))
        const { begins, ends } = spanOf(agency, day, day)
        looked += 1
        return Date.parse(begins) <= at && at < Date.parse(ends)
      }),
      { numRuns: 2_000 },
    )
    expect(looked).toBeGreaterThanOrEqual(2_000)
  })

  it('TIM5 minutes may pass midnight', () => {
    expect(instantAt('Asia/Shanghai', '2021-11-03', 1_440 + 120)).toBe('2021-11-03T18:00:00.000Z')
  })
})
