// Who is near stands where he is near: by the place of his unit, or by the middle of its posts.
import { describe, expect, it } from 'vitest'
import { DEFAULT_WEIGHTS } from '../../cores/roster/index.ts'
import { addDays } from '../../kernel/time.ts'
import { world } from '../../kernel/world.ts'
import { addOfficer, addUnit } from '../people/contracts.ts'
import { movePost } from '../posts/contracts.ts'
import { adopt, explain } from './contracts.ts'
import { presets } from './contracts-preference.ts'
import { unpackPlan } from './matrix.ts'
import { Nearness } from './nearness.ts'
import { readInputs } from './inputs.ts'
import { buildProblem, slotKey } from './problem.ts'
import { adoption, bureau, modules, solves } from './test-bureau.ts'

/** Degrees of longitude at the equator, in kilometres: 111.2. */
const east = (kilometres: number) => ({ lng: 100 + kilometres / 111.195, lat: 0 })

describe('nearness', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou, 0)
  const { operationId, firstDay, lastDay } = b
  await zhou.does(movePost, { postId: b.gate, place: east(0) })
  await zhou.does(movePost, { postId: b.checkpoint, place: east(12) })
  const stations = [
    { unitId: w.newId(), name: '西溪派出所', shortName: '西溪所', place: east(1), sort: 2 },
    { unitId: w.newId(), name: '东岭派出所', shortName: '东岭所', place: east(40), sort: 3 },
  ]
  const officers = new Map<string, number>()
  for (const [at, station] of stations.entries()) {
    await zhou.does(addUnit, { ...station, kind: 'station', parentId: null })
    for (let n = 0; n < 14; n += 1) {
      const officerId = w.newId()
      officers.set(officerId, at)
      const name = `${at === 0 ? '郑' : '冯'}例${'一二三四五六七八九十'[n % 10]}`
      const badge = String(990200 + at * 20 + n)
      await zhou.does(addOfficer, { officerId, unitId: station.unitId, badge, name, kind: 'police' })
    }
  }
  const hands = await w.kernel.reader(zhou.actor)
  const problemNow = async () => {
    const now = w.clock.now.toISOString()
    const inputs = await hands.read(db => readInputs(db, w.agency, operationId, firstDay, lastDay, now))
    return { built: buildProblem(inputs), near: buildProblem(inputs, { preference: presets.even }) }
  }
  const gateSlot = slotKey(b.gate, b.patterns.fourBySix)
  const checkpointSlot = slotKey(b.checkpoint, b.patterns.threeByEight)
  const costsOf = (built: ReturnType<typeof buildProblem>, station: number) => {
    const found = built.problem.officers.find(({ id }) => officers.get(id) === station)?.postCosts ?? {}
    return [found[gateSlot], found[checkpointSlot]]
  }

  it('RST252 costs what is farther than the nearest post, five kilometres as much as another unit', async () => {
    const { built, near } = await problemNow()
    const { otherUnit } = DEFAULT_WEIGHTS
    const [toGate, toCheckpoint] = costsOf(built, 0)
    expect(toGate).toBe(0)
    expect(toCheckpoint).toBeCloseTo((otherUnit * 10) / 5, 2)
    // Forty kilometres out, the nearest post costs nothing.
    const [far, nearest] = costsOf(built, 1)
    expect(nearest).toBe(0)
    expect(far).toBeCloseTo((otherUnit * 12) / 5, 2)
    // What it leans to goes for nearness whole: even shares first, and 本单位 three steps below.
    expect(costsOf(near, 0)[1]).toBeCloseTo((otherUnit * 10) / 5 / 27, 3)
    // Standby has no place: it is as near as can be.
    const standby = slotKey(b.standby, b.patterns.standby)
    expect(built.problem.officers[0]?.postCosts?.[standby]).toBe(0)
  })

  it('RST252 a unit without a place is where its posts are, one without posts nowhere; far is far', () => {
    const posts = [
      { postId: 'a', unitId: 'own', ...east(0) },
      { postId: 'b', unitId: 'own', ...east(10) },
      { postId: 'c', unitId: 'other', ...east(60) },
      { postId: 'd', unitId: 'own', lng: null, lat: null },
    ]
    const nearness = new Nearness({
      posts: new Map(posts.map(post => [post.postId, post])) as never,
      unitPlaces: new Map(),
    })
    expect(nearness.kilometres('own', 'a')).toBeCloseTo(5, 1)
    expect(nearness.kilometres('own', 'c')).toBeCloseTo(55, 0)
    expect(nearness.kilometres('own', 'd')).toBeNull()
    expect(nearness.kilometres('nobody', 'a')).toBeNull()
    expect(nearness.costs('own', ['a', 'b', 'c', 'd'], 2)).toEqual(
      [0, 0, 6, 0].map(one => expect.closeTo(one, 6)),
    )
    expect(nearness.costs('nobody', ['a', 'c'], 2)).toEqual([0, 0])
  })

  const found = await solves(w, zhou, {
    ...{ operationId, fromDay: firstDay, untilDay: lastDay, seconds: 2 },
    preference: presets.near,
  })
  const atCheckpoint = [...unpackPlan(found.matrix, 7).each()].filter(
    ({ duty }) => duty.postId === b.checkpoint,
  )

  it('RST252 the roster sends people to what is near', () => {
    expect(atCheckpoint.length).toBeGreaterThan(15)
    const fromEast = atCheckpoint.filter(({ officerId }) => officers.get(officerId) === 1).length
    // Half would come from there by chance; how far past it two seconds lead is the machine's affair.
    expect(fromEast / atCheckpoint.length).toBeGreaterThan(0.6)
  })

  it('RST253 a place says how far it is for who stands there and for each who could', async () => {
    const planId = w.newId()
    await zhou.does(adopt, adoption(planId, found))
    const [one] = atCheckpoint
    if (!one) throw new Error('somebody stands at the checkpoint')
    const seat = { postId: b.checkpoint, patternId: b.patterns.threeByEight, band: one.duty.bands[0] ?? '' }
    const asked = { planId, operationId, ...seat, day: addDays(firstDay, one.day), officerId: one.officerId }
    const told = await zhou.asks(explain, asked)
    const kilometres = (officerId: string) => (officers.get(officerId) === 0 ? 11 : 28)
    expect(told.facts?.kilometres).toBe(kilometres(one.officerId))
    expect(told.others.length).toBeGreaterThan(3)
    for (const other of told.others) expect(other.kilometres).toBe(kilometres(other.officerId))
    // Where nobody knows the place of the post there is nothing to tell.
    await zhou.does(movePost, { postId: b.checkpoint, place: null })
    expect((await zhou.asks(explain, asked)).facts?.kilometres).toBeNull()
  })
})
