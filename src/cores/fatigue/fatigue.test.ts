// The model against its published values, the sleep that is assumed, and what comes of both for a roster.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asleepFor, assumedSleep, awakeFor, restedAtWaking, scoreDuties, sleepiness } from './index.ts'

const h = (day: number, hour: number, minute = 0) => day * 1440 + hour * 60 + minute
const duty = (from: number, until: number) => ({ from, until })
const clock = (minute: number) => {
  const inDay = ((minute % 1440) + 1440) % 1440
  return `${Math.floor(minute / 1440)} ${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`
}
const slept = (
  duties: { from: number; until: number; mayLieDown?: boolean }[],
  from: number,
  until: number,
) => assumedSleep(duties, from, until).map(one => `${clock(one.from)} - ${clock(one.until)}`)

describe('the three-process model of alertness', () => {
  const since7 = (hour: number) =>
    Math.round(sleepiness({ atWaking: restedAtWaking, hoursAwake: hour - 7, clock: hour % 24 }) * 10) / 10

  it('RST150 rested and awake since 07:00 it gives the published values', () => {
    expect([since7(16), since7(26), since7(28)]).toEqual([3.1, 7.4, 7.8])
  })

  it('RST150 sleep recovers, in one go as in parts, and waking is drowsy', () => {
    expect(asleepFor(asleepFor(6, 3), 5)).toBeCloseTo(asleepFor(6, 8), 9)
    expect(awakeFor(awakeFor(14, 3), 5)).toBeCloseTo(awakeFor(14, 8), 9)
    expect(asleepFor(6, 40)).toBeLessThan(14.3)
    const at = (hoursAwake: number) => sleepiness({ atWaking: 13.8, hoursAwake, clock: 7.5 })
    expect(at(0)).toBeGreaterThan(at(2) + 2)
  })
})

describe('the sleep that is assumed', () => {
  it('RST151 eight hours from 23:00 where the night is free, moved where it is not', () => {
    expect(slept([], 0, 0)).toEqual(['0 23:00 - 1 07:00'])
    // An early band: up at 05:30, to bed at 21:30. An earlier one: to bed at 21:00, and the rest is lost.
    expect(slept([duty(h(1, 7), h(1, 14))], 0, 0)).toEqual(['0 21:30 - 1 05:30'])
    expect(slept([duty(h(1, 2), h(1, 8))], 0, 0)[0]).toBe('0 21:00 - 1 00:30')
    // An evening that ends at 02:00: home at 03:00.
    expect(slept([duty(h(0, 20), h(1, 2))], 0, 1)[0]).toBe('1 03:00 - 1 11:00')
  })

  it('RST151 after a night he sleeps as soon as he is home, longer where the next night is taken', () => {
    const night = (day: number) => duty(h(day, 20), h(day + 1, 8))
    const two = slept([night(0), night(1)], 0, 2)
    expect(two).toContain('1 09:00 - 1 17:00')
    expect(two.slice(-2)).toEqual(['2 09:00 - 2 13:00', '2 23:00 - 3 07:00'])
  })

  it('RST151 what does not fit is lost, and on standby he lies down', () => {
    // Half past nine is when he would have to rise again; the day after he makes up for some of it.
    const lost = [duty(h(0, 8), h(0, 20)), duty(h(0, 23), h(1, 7))]
    expect(slept(lost, 0, 0)).toEqual(['1 08:00 - 1 12:00'])
    const standby = { ...duty(h(0, 8), h(1, 8)), mayLieDown: true }
    expect(slept([standby], 0, 0)).toContain('0 23:00 - 1 06:00')
  })

  it('RST151 never on duty, never twice at once, whatever the duties are', () => {
    const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 1_440 })), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(some, pairs => {
        const duties = pairs.map(([from, long]) => duty(from, from + long)).sort((a, b) => a.from - b.from)
        const sleep = assumedSleep(duties, -2, 16)
        sleep.forEach((one, at) => {
          expect(one.until).toBeGreaterThan(one.from)
          expect(one.from).toBeGreaterThan(sleep[at - 1]?.until ?? Number.NEGATIVE_INFINITY)
          for (const other of duties) {
            if (other.until > other.from)
              expect(one.until <= other.from || one.from >= other.until).toBe(true)
          }
        })
      }),
    )
  })
})

describe('a roster scored', () => {
  it('RST152 a first night peaks before dawn, and the minutes at 7 or more are counted', () => {
    const [night] = scoreDuties([duty(h(3, 20), h(4, 8))])
    expect(night?.peak).toBeGreaterThan(7.5)
    expect(clock(night?.peakAt ?? 0)).toMatch(/^4 0[3-7]:/)
    expect(night?.sleepyMinutes).toBeGreaterThan(240)
    const [morning] = scoreDuties([duty(h(3, 9), h(3, 17))])
    expect(morning?.peak).toBeLessThan(6)
    expect(morning?.sleepyMinutes).toBe(0)
  })

  it('RST152 short sleep tells in the next duty', () => {
    const rested = scoreDuties([duty(h(3, 8), h(3, 16))])[0]
    const short = scoreDuties([duty(h(2, 18), h(3, 2)), duty(h(3, 8), h(3, 16))])[1]
    expect(short?.peak).toBeGreaterThan((rested?.peak ?? 0) + 1)
  })

  it('RST152 answers in the order asked; nothing asked is nothing told; what is no duty is refused', () => {
    const [a, b] = [duty(h(1, 20), h(2, 2)), duty(h(5, 8), h(5, 14))]
    const [second, first] = scoreDuties([b, a])
    expect([first?.from, second?.from]).toEqual([a.from, b.from])
    expect(scoreDuties([a, b])).toEqual([first, second])
    expect(scoreDuties([])).toEqual([])
    for (const wrong of [duty(10, 5), duty(Number.NaN, 5), duty(0, Infinity)]) {
      expect(() => scoreDuties([wrong])).toThrow(RangeError)
    }
  })
})
