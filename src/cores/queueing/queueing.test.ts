import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  advise,
  erlangC,
  families,
  familiesAndBuses,
  fullFrom,
  type Limits,
  oneByOne,
  paceOf,
  settledWait,
  simulate,
  type SiteNow,
} from './index.ts'

/** The sum as it is written in books, for few lanes. */
function bySum(a: number, c: number): number {
  let [term, sum] = [1, 0]
  for (let k = 0; k < c; k += 1) {
    sum += term
    term = (term * a) / (k + 1)
  }
  const last = term / (1 - a / c)
  return last / (sum + last)
}

const limits: Limits = { waitMinutesMost: 30, queueMost: 150, officersMost: 4 }
const site = (more: Partial<SiteNow> = {}): SiteNow => ({
  arrivalsPerMinute: 4,
  minutesPerPerson: 0.5,
  lanes: 3,
  lanesThere: 6,
  officers: 2,
  queue: 0,
  ...more,
})

describe('the line at a sampling site', () => {
  it('SCR1 Erlang C has its check value, agrees with the sum, and is refused where the line would never end', () => {
    expect(erlangC(8, 10)).toBeCloseTo(0.40918, 5)
    let looked = 0
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (c, rho) => {
          looked += 1
          expect(erlangC(c * rho, c)).toBeCloseTo(bySum(c * rho, c), 9)
        },
      ),
    )
    expect(looked).toBeGreaterThan(50)
    for (const [a, c] of [
      [10, 10],
      [11, 10],
      [Number.NaN, 3],
      [-1, 3],
      [1, 0],
      [1, 1.5],
    ] as const)
      expect(erlangC(a, c)).toBeNull()
    expect(erlangC(900, 1_000)).toBeLessThan(1)
    expect(settledWait({ arrivalsPerMinute: 8, minutesPerPerson: 1, lanes: 10 })).toBeCloseTo(0.40918 / 2, 5)
    expect(settledWait({ arrivalsPerMinute: 10, minutesPerPerson: 1, lanes: 10 })).toBeNull()
  })

  it('SCR2 people one by one wait in the simulation as Erlang C says, within its error', () => {
    const off: number[] = []
    for (const [lanes, rho] of [
      [1, 0.5],
      [2, 0.7],
      [4, 0.8],
      [10, 0.8],
    ] as const) {
      const load = { arrivalsPerMinute: lanes * rho * 2, minutesPerPerson: 0.5, lanes }
      const course = { minutes: 2_500, warmUp: 300, runs: 40, seed: 7, at: [] }
      const { wait } = simulate({ ...load, queue: 0, groups: oneByOne }, course)
      off.push(((settledWait(load) ?? Number.NaN) - wait.mean) / wait.error)
      expect(wait.error).toBeLessThan(0.2 * wait.mean)
    }
    console.log(`SCR2 off by ${off.map(one => one.toFixed(1)).join(', ')} standard errors`)
    for (const one of off) expect(Math.abs(one)).toBeLessThan(4)
  })

  it('SCR3 where groups come, Erlang C says too little', () => {
    const load = { arrivalsPerMinute: 4, minutesPerPerson: 0.5, lanes: 3 }
    const course = { minutes: 2_500, warmUp: 300, runs: 20, seed: 7, at: [] }
    const waits = [oneByOne, families, familiesAndBuses].map(
      groups => simulate({ ...load, queue: 0, groups }, course).wait,
    )
    const [single, family, bus] = waits.map(one => one.mean)
    expect(family).toBeGreaterThan((single ?? 0) * 1.2)
    expect(bus).toBeGreaterThan((family ?? 0) * 1.5)
  })

  it('SCR4 more lanes never make anybody wait longer, and the same seed says the same', () => {
    let looked = 0
    fc.assert(
      fc.property(
        fc.record({
          lanes: fc.integer({ min: 1, max: 12 }),
          queue: fc.integer({ min: 0, max: 200 }),
          arrivalsPerMinute: fc.double({ min: 0, max: 20, noNaN: true }),
          minutesPerPerson: fc.double({ min: 0.1, max: 3, noNaN: true }),
          groups: fc.constantFrom(oneByOne, families, familiesAndBuses),
          seed: fc.integer({ min: 0, max: 1_000_000 }),
        }),
        ({ seed, ...one }) => {
          const course = { minutes: 40, runs: 2, seed, at: [0, 10, 30] }
          const few = simulate(one, course)
          const many = simulate({ ...one, lanes: one.lanes + 1 }, course)
          expect(many.wait.mean).toBeLessThanOrEqual(few.wait.mean + 1e-9)
          few.looks.forEach((look, n) => {
            expect(many.looks[n]?.wait.mean).toBeLessThanOrEqual(look.wait.mean + 1e-9)
            expect(many.looks[n]?.queue.mean).toBeLessThanOrEqual(look.queue.mean + 1e-9)
          })
          expect(simulate(one, course)).toEqual(few)
          looked += few.looks.length
        },
      ),
    )
    expect(looked).toBeGreaterThan(150)
  })

  it('SCR5 arrivals come from tubes and the line; the pace shows only while there is a line', () => {
    const seen = { minutes: 30, sampled: 120, queueBefore: 20, queueNow: 80, lanes: 3, secondsPerPerson: 30 }
    expect(paceOf(seen)).toEqual({ arrivalsPerMinute: 6, minutesPerPerson: 0.75, seen: true })
    expect(paceOf({ ...seen, queueBefore: 0 })).toMatchObject({ minutesPerPerson: 0.5, seen: false })
    expect(paceOf({ ...seen, sampled: 19 })).toMatchObject({ minutesPerPerson: 0.5, seen: false })
    expect(paceOf({ ...seen, queueBefore: null, queueNow: null })).toMatchObject({ arrivalsPerMinute: 4 })
    expect(paceOf({ ...seen, sampled: 10, queueNow: 0, queueBefore: 200 })).toMatchObject({
      arrivalsPerMinute: 0,
    })
  })

  it('SCR6 advice opens lanes while there are any, then sends officers and people on, and closes what idles', () => {
    const busy = advise(site({ arrivalsPerMinute: 9, queue: 40 }), limits)
    expect(busy.utilisation).toBeCloseTo(1.5)
    expect(busy.waitSettled).toBeNull()
    expect(busy.acts).toMatchObject([{ act: 'openLane', lanes: 2 }])
    const [open] = busy.acts
    if (open?.act !== 'openLane') throw new Error('no lane was opened')
    expect(open.utilisation).toBeLessThan(fullFrom)
    expect(open.waitMinutes).toBeLessThan(busy.waitSoon)
    const full = advise(site({ arrivalsPerMinute: 9, queue: 300, lanesThere: 3, officers: 1 }), limits)
    expect(full.acts.map(one => one.act)).toEqual(['sendOfficers', 'divert'])
    expect(full.acts[0]).toEqual({ act: 'sendOfficers', officers: 2, queue: 300 })
    const manned = advise(site({ arrivalsPerMinute: 9, queue: 300, lanesThere: 3, officers: 4 }), limits)
    expect(manned.acts.map(one => one.act)).toEqual(['divert'])
    expect(advise(site({ arrivalsPerMinute: 1 }), limits).acts).toMatchObject([
      { act: 'closeLane', lanes: 1 },
    ])
    expect(advise(site({ lanes: 1, arrivalsPerMinute: 0 }), limits).acts).toEqual([{ act: 'keep' }])
    expect(advise(site(), limits).acts).toEqual([{ act: 'keep' }])
  })

  it('SCR7 whatever a site looks like, advice is finite, and what it says of a lane holds', () => {
    let looked = 0
    fc.assert(
      fc.property(
        fc.record({
          lanes: fc.integer({ min: 1, max: 8 }),
          lanesThere: fc.integer({ min: 0, max: 10 }),
          queue: fc.integer({ min: 0, max: 2_000 }),
          arrivalsPerMinute: fc.double({ min: 0, max: 40, noNaN: true }),
          minutesPerPerson: fc.double({ min: 0.1, max: 10, noNaN: true }),
          officers: fc.integer({ min: 0, max: 9 }),
        }),
        one => {
          const advice = advise(one, limits)
          for (const value of [advice.waitNow, advice.waitSoon, advice.queueSoon, advice.utilisation])
            expect(Number.isFinite(value) && value >= 0).toBe(true)
          for (const act of advice.acts) {
            if (act.act === 'openLane') expect(act.waitMinutes).toBeLessThanOrEqual(advice.waitSoon)
            if (act.act === 'closeLane') expect(act.waitMinutes).toBeGreaterThanOrEqual(advice.waitSoon)
            if (act.act === 'divert') expect(act.peoplePerMinute).toBeLessThanOrEqual(one.arrivalsPerMinute)
          }
          looked += advice.acts.length
        },
      ),
      { numRuns: 60 },
    )
    expect(looked).toBeGreaterThan(59)
  })
})
