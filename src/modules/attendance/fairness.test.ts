// The ledger of fair shares: one count of what was worked, read by the officer, seen spread by the planner, weighed by
// the engine.
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { changeZoneKind } from '../posts/contracts.ts'
import { fairness, ownShare, setSpecialDays, specialDays } from '../roster/contracts.ts'
import { engineProblem, ledgerOf } from '../roster/index.ts'
import { checkInMany, checkOutMany, declareAbsent, myHours, setRight } from './contracts.ts'
import { at, bureau, firstDay, modules, publishes, secondDay } from './test-bureau.ts'

/** A Saturday. */
const thirdDay = '2021-11-06'

describe('fair shares of ninety days', async () => {
  const w = await world(modules)
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await bureau(w, boss)
  const { operationId, patternOf } = b
  w.clock.set(at(firstDay, 7))
  await publishes(w, boss, b, [
    { officer: 0, day: firstDay, post: 'gate', bands: ['morning'] },
    { officer: 2, day: firstDay, post: 'gate', bands: ['evening', 'night'] },
    { officer: 4, day: firstDay, post: 'site', bands: ['morning'] },
    { officer: 6, day: firstDay, post: 'checkpoint', bands: ['early'] },
    { officer: 0, day: secondDay, post: 'gate', bands: ['morning', 'afternoon'] },
    { officer: 2, day: thirdDay, post: 'gate', bands: ['night'] },
  ])
  const hands = await w.kernel.reader(boss.actor)
  const idOf = (officer: number) => b.officers[officer] ?? ''
  const own = (officer: number) => b.person(officer).asks(ownShare, {})
  const comes = (officer: number, day: string, band: string) =>
    boss.does(checkInMany, {
      ...{ day, patternId: patternOf.gate, band },
      posts: [{ postId: b.gate, officerIds: [idOf(officer)] }],
    })

  it('RST156 what was worked counts as it was worked: from when he came until he left', async () => {
    await comes(0, firstDay, 'morning')
    w.clock.set(at(firstDay, 15, 30))
    const [{ presenceId } = { presenceId: '' }] = (await b.person(0).asks(myHours, {})).rows
    await boss.does(checkOutMany, { presenceIds: [presenceId] })
    w.clock.set(at(firstDay, 20))
    const { figures } = await own(0)
    expect(figures).toEqual({
      ...{ nights: 0, weekends: 0, samplingDays: 0 },
      ...{ suitDays: 1, suitMinutes: 510, minutes: 510 },
    })
    expect(figures.minutes).toBe((await b.person(0).asks(myHours, {})).minutes)
  })

  it('RST156 two posts at once are one hour worked, and each counts for what it is', async () => {
    await boss.does(setRight, {
      ...{ presenceId: w.newId(), officerId: idOf(0), day: firstDay, postId: b.checkpoint },
      ...{ patternId: patternOf.checkpoint, band: 'early' },
      ...{ cameAt: at(firstDay, 14), leftAt: at(firstDay, 16), why: '两点兼顾' },
    })
    expect((await own(0)).figures).toMatchObject({ suitMinutes: 510, minutes: 540 })
    expect((await b.person(0).asks(myHours, {})).minutes).toBe(540)
  })

  it('RST157 where nothing was recorded the roster counts, but not for whom it was said that he did not come', async () => {
    w.clock.set(at(secondDay, 9))
    // Nobody noted the night, the sampling site or the checkpoint of the first day.
    expect((await own(2)).figures).toMatchObject({ nights: 1, suitDays: 1, minutes: 720 })
    expect((await own(4)).figures).toMatchObject({ samplingDays: 1, suitDays: 1, nights: 0 })
    expect((await own(6)).figures).toMatchObject({ suitDays: 0, minutes: 480 })
    await boss.does(declareAbsent, {
      ...{ absenceId: w.newId(), officerId: idOf(6), day: firstDay, postId: b.checkpoint },
      ...{ patternId: patternOf.checkpoint, band: 'early', kind: 'noShow' },
    })
    expect((await own(6)).figures.minutes).toBe(0)
    // The morning is worked and runs; the afternoon of the same day is still ahead.
    await comes(0, secondDay, 'morning')
    w.clock.set(at(secondDay, 11))
    expect((await own(0)).figures.minutes).toBe(540 + 120 + 360)
    expect((await own(2)).until).toBe(secondDay)
    expect((await own(2)).from).toBe('2021-08-08')
  })

  it('RST157 days ahead count by the roster, for whom a plan begins later', async () => {
    const ask = { untilDay: thirdDay, now: w.clock.now.toISOString(), officerIds: [idOf(2)] }
    const ledger = await hands.read(db => ledgerOf(db, w.agency, ask))
    expect(ledger.get(idOf(2))).toMatchObject({ nights: 2, weekends: 1, minutes: 720 + 360 })
  })

  it('RST158 the engine weighs the same figures, and the same posts are heavy', async () => {
    const now = w.clock.now.toISOString()
    const span = { operationId, fromDay: '2021-11-07', untilDay: '2021-11-08' }
    const problem = () => hands.read(db => engineProblem(db, w.agency, span, now))
    const found = await problem()
    const ledgerOfOfficer = (officer: number) =>
      found.officers.find(one => one.id === idOf(officer))?.history?.ledger
    expect(ledgerOfOfficer(2)).toEqual({ nights: 2, weekends: 1, heavy: 2, minutes: 1080 })
    expect(ledgerOfOfficer(4)).toMatchObject({ heavy: 1 })
    expect(ledgerOfOfficer(1)).toEqual({ nights: 0, weekends: 0, heavy: 0, minutes: 0 })
    const heavy = (posts: typeof found.posts, postId: string) =>
      posts.find(one => one.id.startsWith(postId))?.heavy
    expect([b.gate, b.checkpoint, b.site].map(one => heavy(found.posts, one))).toEqual([1, 0, 1])
    const zones = await w.owner.query<{ zone_id: string }>('select zone_id from app.zone')
    await boss.does(changeZoneKind, {
      ...{ zoneId: zones.rows[0]?.zone_id ?? '', kind: 'control', orderNumber: '青防指〔2021〕9号' },
      ...{ approver: '周示一', reason: '连续七天无新增', at: now },
    })
    expect(heavy((await problem()).posts, b.gate)).toBe(0)
    // What was worked there while it was sealed stays what it was.
    expect((await own(2)).figures.suitDays).toBe(1)
  })

  it('RST170 a holiday counts like a weekend, and a weekend on which everybody works does not', async () => {
    const weekends = async () => (await own(4)).figures.weekends
    const engineDays = async () => {
      const span = { operationId, fromDay: firstDay, untilDay: thirdDay }
      const now = w.clock.now.toISOString()
      return (await hands.read(db => engineProblem(db, w.agency, span, now))).weekendDays?.filter(
        day => day < 3,
      )
    }
    expect([await weekends(), await engineDays()]).toEqual([0, [2]])
    const holiday = { day: firstDay, kind: 'holiday' as const, name: '示例节' }
    const workday = { day: thirdDay, kind: 'workday' as const, name: '示例节调休' }
    await boss.does(setSpecialDays, { days: [holiday, workday] })
    expect([await weekends(), await engineDays()]).toEqual([1, [0]])
    expect((await b.person(0).asks(specialDays, { from: firstDay, until: thirdDay })).rows).toEqual([
      holiday,
      workday,
    ])
    await boss.does(setSpecialDays, {
      days: [
        { ...holiday, kind: null, name: '' },
        { ...workday, kind: null },
      ],
    })
    expect([await weekends(), await engineDays()]).toEqual([0, [2]])
    const wrong = (days: unknown) => boss.isRefused(setSpecialDays, { days })
    expect(await wrong([holiday, holiday])).toBe('roster/special-day-twice')
    expect(await wrong([{ ...holiday, name: ' ' }])).toBe('roster/special-day-name')
    for (const days of [[], [{ ...holiday, day: '2021-02-30' }], Array(61).fill(holiday), 'x']) {
      expect(await wrong(days)).toBe('kernel/bad-input')
    }
    expect(await b.person(0).isRefused(setSpecialDays, { days: [holiday] })).toBe('kernel/no-right')
    const scoped = w.person('赵示三', ['dutyOfficer'], { unitIds: [b.west] })
    expect(await scoped.isRefused(setSpecialDays, { days: [holiday] })).toBe('roster/whole-agency-only')
  })

  it('RST159 an officer reads his own and nobody else’s', async () => {
    expect((await own(1)).figures).toEqual({
      ...{ nights: 0, weekends: 0, suitDays: 0, suitMinutes: 0, samplingDays: 0, minutes: 0 },
    })
    await expect(boss.asks(ownShare, {})).rejects.toMatchObject({ code: 'roster/no-officer-account' })
    await expect(b.person(0).asks(ownShare, { officerId: idOf(2) } as never)).rejects.toMatchObject({
      code: 'kernel/bad-input',
    })
    for (const person of [
      b.person(0),
      w.person('李示二', ['unitLeader']),
      w.person('督示一', ['inspector']),
    ]) {
      await expect(person.asks(fairness, {})).rejects.toMatchObject({ code: 'kernel/no-right' })
    }
  })

  it('RST160 the planner sees the spread without a name, in bands that hold everybody once', async () => {
    const found = await boss.asks(fairness, {})
    expect(found).toMatchObject({ officers: 10, from: '2021-08-08', until: secondDay })
    expect(found.spreads.map(one => one.key)).toHaveLength(6)
    for (const one of found.spreads) {
      expect(one.bands.reduce((sum, band) => sum + band.officers, 0)).toBe(10)
      expect([one.min, one.q1, one.median, one.q3, one.max]).toEqual(
        [one.min, one.q1, one.median, one.q3, one.max].sort((a, c) => a - c),
      )
    }
    const hours = found.spreads.find(one => one.key === 'minutes')
    expect(hours).toMatchObject({ min: 0, median: 0, max: 17 })
    const said = JSON.stringify(found)
    for (const officerId of b.officers) expect(said).not.toContain(officerId)
    expect(said).not.toMatch(/[周郑冯陈褚卫蒋沈韩杨]/)
  })

  it('RST161 by unit, and of fewer than five nothing is told', async () => {
    expect(await boss.asks(fairness, { unitId: b.east })).toMatchObject({ officers: 5 })
    const scoped = w.person('赵示三', ['dutyOfficer'], { unitIds: [b.west] })
    expect((await scoped.asks(fairness, {})).officers).toBe(5)
    expect(await scoped.asks(fairness, { unitId: b.east })).toMatchObject({ officers: 0, spreads: [] })
    expect((await boss.asks(fairness, { unitId: w.newId() })).spreads).toEqual([])
    for (const wrong of ['', 'x', 1, null, `${b.east}' or 1=1`]) {
      await expect(boss.asks(fairness, { unitId: wrong } as never)).rejects.toMatchObject({
        code: 'kernel/bad-input',
      })
    }
  })
})
