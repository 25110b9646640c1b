// A post is empty or short by who is really there: coming, not coming, declared absent, gone, and sent in somebody's place.
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import {
  checkInMany,
  checkOutMany,
  dayList,
  declareAbsent,
  replace,
  setRules,
} from '../attendance/contracts.ts'
import { situation } from './contracts.ts'
import { at, bureau, modules, publishes } from './test-bureau.ts'

const day = '2021-11-04'
const nobody = { absent: 0, left: 0, notCome: 0 }

describe('who is really there', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const boss = w.person('周示一', ['commander', 'administrator', 'dutyOfficer'])
  const b = await bureau(w, boss)
  const [feng = '', chen = '', , wei = '', , shen = ''] = b.officers
  await publishes(w, boss, b, [
    { officer: 0, day, post: 'gate', bands: 1 },
    { officer: 1, day, post: 'gate', bands: 1 },
    { officer: 3, day, post: 'checkpoint', bands: 1 },
    { officer: 4, day, post: 'center', bands: 1 },
  ])
  const { patternId, operationId } = b
  const seat = (postId: string) => ({ postId, day, patternId, band: 'day' })
  const come = (postId: string, ...officerIds: string[]) =>
    boss.does(checkInMany, { day, patternId, band: 'day', posts: [{ postId, officerIds }] })
  const looks = async (more: object = {}) => {
    const seen = await boss.asks(situation, more)
    const figure = (key: string) => seen.figures.find(one => one.key === key)?.value
    const post = (postId: string) => {
      const row = seen.onNow.rows.find(one => one.postId === postId)
      return [row?.there, row?.away]
    }
    return { empty: figure('empty'), short: figure('short'), post, first: seen.onNow.rows[0]?.code, seen }
  }

  it('SIT14 who has not come counts as missing only after so many minutes as the bureau waits', async () => {
    w.clock.set(at(day, 8, 14))
    expect(await looks()).toMatchObject({ empty: 0, short: 0 })
    w.clock.set(at(day, 8, 15))
    const late = await looks()
    expect([late.empty, late.short]).toEqual([3, 0])
    expect(late.post(b.gate)).toEqual([0, { ...nobody, notCome: 2 }])
    await boss.does(setRules, { absentMinutes: 30 })
    expect(await looks()).toMatchObject({ empty: 0, short: 0 })
    // As of the minute before, the rule of then holds.
    w.clock.advance(1)
    expect(await looks({ at: at(day, 8, 14) })).toMatchObject({ empty: 0 })
    await boss.does(setRules, { absentMinutes: 15 })
    await come(b.gate, feng)
    const one = await looks()
    expect([one.empty, one.short]).toEqual([2, 1])
    expect(one.post(b.gate)).toEqual([1, { ...nobody, notCome: 1 }])
  })

  it('SIT14 declared absent, signed out and sent in his place, each with its reason, also as of then', async () => {
    const absenceId = w.newId()
    await boss.does(declareAbsent, { absenceId, officerId: wei, ...seat(b.checkpoint), kind: 'unavailable' })
    const away = await looks()
    expect(away.post(b.checkpoint)).toEqual([0, { ...nobody, absent: 1 }])
    const declared = w.clock.now.toISOString()
    w.clock.advance(5)
    await come(b.gate, chen)
    expect((await looks()).post(b.gate)).toEqual([2, nobody])
    const { rows } = await boss.asks(dayList, { operationId, day, states: ['present'] })
    const presenceId = rows.find(row => row.officerId === feng)?.presence?.presenceId ?? ''
    w.clock.advance(60)
    await boss.does(checkOutMany, { presenceIds: [presenceId] })
    const gone = await looks()
    expect(gone.post(b.gate)).toEqual([1, { ...nobody, left: 1 }])
    expect([gone.empty, gone.short]).toEqual([2, 1])
    const before = w.clock.now.toISOString()
    w.clock.advance(5)
    await boss.does(replace, {
      ...{ standInId: w.newId(), ...seat(b.checkpoint), officerId: shen, replacesOfficerId: wei, here: true },
    })
    const sent = await looks()
    expect(sent.post(b.checkpoint)).toEqual([1, { ...nobody, absent: 1 }])
    expect([sent.empty, sent.short]).toEqual([1, 1])
    expect((await looks({ at: before })).post(b.checkpoint)).toEqual([0, { ...nobody, absent: 1 }])
    expect((await looks({ at: declared })).post(b.gate)).toEqual([1, { ...nobody, notCome: 1 }])
    // What misses most stands first, and the map says the same.
    expect(sent.first).toBe('FK-01')
    expect(sent.seen.posts.find(post => post.postId === b.gate)).toMatchObject({ need: 2, have: 2, there: 1 })
    // A filter narrows it as it narrows the rest.
    expect(await looks({ unitId: b.west })).toMatchObject({ empty: 0, short: 0 })
  })
})
