// Officers at their sampling sites: tubes, lanes, the line, the kit and boxes; and what cannot be and is held.
import { describe, expect, it } from 'vitest'
import { reviews } from '../../kernel/books/contracts.ts'
import { type Person, world } from '../../kernel/world.ts'
import {
  boxes,
  checkKit,
  my,
  noteQueue,
  packBox,
  progress,
  readCode,
  sealTube,
  setExpected,
  setLane,
  setRules,
  tubes,
} from './contracts.ts'
import { bureau, figure, modules, morning, seenBy, sheetOf, today } from './test-bureau.ts'

describe('at a sampling site', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zhou, zheng, han, feng, chu } = b
  w.clock.set(morning)
  let made = 0
  const next = () => {
    made += 1
    return `QH${String(made).padStart(6, '0')}`
  }
  const tube = (more: object = {}) => ({
    ...{ postId: b.square, roundId: b.roundId, lane: 1, code: next(), size: 10, people: 10, short: false },
    ...{ boxes: [], retestId: null },
    ...more,
  })
  const seals = async (who: Person, more: object = {}) => {
    const input = tube(more)
    await who.does(sealTube, input as never)
    return input.code
  }
  const held = (who: Person, more: object) => who.isRefused(sealTube, tube(more))
  const mine = async (who = feng) => (await who.asks(my, {})).sites[0]
  const box = (n: number) => ({ kind: 'idNumber', box: `box:1:${'A'.repeat(86)}:${'B'.repeat(40 + n)}` })

  it('SCR10 a sealed tube is one fact with its people, whatever they were counted or scanned', async () => {
    await seals(feng)
    await seals(feng, { size: 20, people: 20, lane: 2 })
    await seals(feng, { size: 5, people: 5, boxes: [0, 1, 2, 3, 4].map(box) })
    await seals(feng, { people: 7, short: true })
    const site = await mine()
    expect(site).toMatchObject({ name: '文化广场采样点', tubes: 4, people: 42, band: 'morning' })
    expect(site?.last.map(one => one.people)).toEqual([7, 5, 20, 10])
    expect(site?.unboxed).toHaveLength(4)
    const { rows } = await zheng.asks(tubes, { operationId })
    expect(rows.map(row => row.boxes).sort()).toEqual([0, 0, 0, 5])
    expect(await figure(w, zheng, 'sampling.persons')).toEqual({ value: 42, records: 4 })
    expect(await figure(w, zheng, 'sampling.tubes')).toEqual({ value: 4, records: 4 })
  })

  it('SCR11 a count that does not fit is held, with words, and counts for nothing', async () => {
    for (const [more, why] of [
      [{ people: 11 }, 'tube-too-full'],
      [{ people: 9 }, 'tube-short'],
      [{ people: 0 }, 'tube-empty'],
      [{ size: 5, people: 5, boxes: [box(0), box(1)] }, 'tube-mismatch'],
      [{ size: 1, people: 2, short: true }, 'tube-too-full'],
    ] as const)
      expect(await held(feng, more), why).toBe(`screening/${why}`)
    for (const more of [
      { size: 7 },
      { people: 1.5 },
      { people: -1 },
      { lane: 0 },
      { lane: 51 },
      { boxes: 'x' },
    ])
      expect(await held(feng, more)).toBe('kernel/bad-input')
    expect(await held(feng, { boxes: [{ kind: 'name', box: '张三' }] })).toBe('kernel/bad-input')
    expect((await figure(w, zheng, 'sampling.persons')).value).toBe(42)
    const { rows } = await zheng.asks(reviews, { state: 'open' })
    expect(rows.length).toBeGreaterThan(9)
  })

  it('SCR12 a code that was used is told of, with the site, the time and the people of the first', async () => {
    const code = await seals(chu, { postId: b.school, people: 10 })
    const [verdict] = await feng.sends([w.entry(sealTube, tube({ code: ` ${code.toLowerCase()}` }))])
    expect(verdict).toMatchObject({
      verdict: 'held',
      problem: {
        code: 'screening/tube-used',
        message: { zh: `采样管 ${code} 已用过：第二小学采样点，11-04 09:00，10 人。` },
      },
    })
    const twice = tube()
    const entries = [w.entry(sealTube, twice), w.entry(sealTube, twice)]
    expect((await feng.sends(entries)).map(one => one.verdict)).toEqual(['done', 'held'])
    // Sent again, the same fact is the same tube.
    expect((await feng.sends([entries[0]])).map(one => one.verdict)).toEqual(['done'])
  })

  it('SCR13 whatever a scanner reads that is no tube is refused in words, up to 4 kB and beyond', async () => {
    const bad: [string, string][] = [
      ['x'.repeat(41), 'tooLong'],
      ['9'.repeat(4_096), 'tooLong'],
      ['', 'empty'],
      ['   ', 'empty'],
      ['AB1', 'strange'],
      ['https://example.cn/q?c=1', 'strange'],
      ["'; drop table app.tube;--", 'strange'],
      ['=HYPERLINK(1)', 'strange'],
      ['采样管一二三四', 'strange'],
      ['QH\n000001', 'strange'],
      ['110101199003072316', 'person'],
    ]
    for (const [code, fault] of bad) {
      expect(readCode(code), code).toEqual({ fault })
      expect(await held(feng, { code }), code).toBe('screening/code-unreadable')
    }
    expect(readCode('9'.repeat(100_000))).toEqual({ fault: 'tooLong' })
    expect(await held(feng, { code: '9'.repeat(4_097) })).toBe('kernel/bad-input')
    expect(await held(feng, { code: 'QH\u0000000001' })).toBe('kernel/bad-input')
    expect(await held(feng, { code: 12 })).toBe('kernel/bad-input')
    expect(readCode('ｑｈ－００１２')).toEqual({ code: 'QH-0012' })
  })

  it('SCR14 who is not at the site, and does not lead it, is held; so is a round the site is not in', async () => {
    expect(await held(chu, {})).toBe('screening/not-at-site')
    expect(await held(w.person('李例四', ['viewer']), {})).toBe('screening/not-at-site')
    expect(await held(han, { postId: b.school })).toBe('screening/not-at-site')
    expect(await held(feng, { postId: b.gate })).toBe('screening/site-missing')
    expect(await held(feng, { postId: w.newId() })).toBe('screening/site-missing')
    expect(await held(feng, { roundId: w.newId() })).toBe('screening/round-missing')
    await seals(han)
    await seals(feng, { roundId: null })
    expect(await chu.mayNotAsk(my, { postId: b.square })).toBe('screening/not-at-site')
    expect(await han.mayNotAsk(my, { postId: b.school })).toBe('screening/outside-scope')
    expect((await han.asks(my, { postId: b.square })).sites[0]?.band).toBe('day')
    expect((await han.asks(my, {})).sites).toEqual([])
  })

  it('SCR15 no tube is turned away for the clock of a phone', async () => {
    const input = tube()
    const before = await figure(w, zheng, 'sampling.tubes')
    for (const occurredAt of ['2011-01-01T00:00:00.000Z', '2031-01-01T00:00:00.000Z']) {
      const entry = { ...w.entry(sealTube, { ...input, code: next() }), occurredAt }
      expect((await feng.sends([entry]))[0]?.verdict).toBe('done')
    }
    expect((await figure(w, zheng, 'sampling.tubes')).value).toBe(before.value + 2)
  })

  it('SCR16 lanes are open as the round says until they are closed, today', async () => {
    expect((await mine())?.now).toMatchObject({ lanesOpen: 3, lanesThere: 3 })
    await feng.does(setLane, { postId: b.square, lane: 3, open: false })
    expect((await mine())?.lanes).toEqual([
      { n: 1, open: true },
      { n: 2, open: true },
      { n: 3, open: false },
    ])
    // A phone that sends late does not undo what was said after it.
    const late = {
      ...w.entry(setLane, { postId: b.square, lane: 3, open: true }),
      occurredAt: '2021-11-04T00:30:00.000Z',
    }
    await feng.sends([late])
    expect((await mine())?.now.lanesOpen).toBe(2)
    expect(await feng.isRefused(setLane, { postId: b.square, lane: 99, open: true })).toBe('kernel/bad-input')
  })

  it('SCR17 the line is counted in one tap; with tubes between two counts it says arrivals, wait and advice', async () => {
    await zhou.does(setRules, {
      ...{ secondsPerPerson: 30, waitMinutesMost: 10, queueMost: 100, resultHours: 12, retestHours: 6 },
    })
    w.clock.set('2021-11-04T02:00:00.000Z')
    await feng.does(noteQueue, { postId: b.square, queue: 20 })
    w.clock.advance(20)
    for (let n = 0; n < 8; n += 1) await seals(feng)
    await feng.does(noteQueue, { postId: b.square, queue: 120 })
    const { now } = (await mine()) ?? {}
    expect(now?.pace).toEqual({
      ...{ sampled: 80, minutes: 20, arrivalsPerMinute: 9, secondsPerPerson: 30, seen: true },
    })
    expect(now?.advice?.utilisation).toBeCloseTo(9 / 4)
    expect(now?.advice?.waitNow).toBeGreaterThan(25)
    expect(now?.advice?.acts.map(one => one.act)).toEqual(['openLane', 'sendOfficers', 'divert'])
    expect((await seenBy(w, 'siteOverCapacity')).map(one => one.title.zh)).toEqual([
      expect.stringMatching(/^文化广场采样点：排队 120 人，约等 \d+ 分，开 2 台$/),
    ])
    for (const queue of [-1, 5_001, 1.5, '9'])
      expect(await feng.isRefused(noteQueue, { postId: b.square, queue })).toBe('kernel/bad-input')
    w.clock.advance(61)
    expect((await mine())?.now).toMatchObject({ queue: null })
    expect(await seenBy(w, 'siteOverCapacity')).toEqual([])
  })

  it('SCR18 the kit that keeps order is checked off for each shift', async () => {
    const kit = {
      postId: b.square,
      day: today,
      band: 'morning',
      loudspeaker: true,
      cordon: true,
      oneMetre: false,
    }
    expect((await mine())?.kit).toBeNull()
    await feng.does(checkKit, kit)
    await feng.does(checkKit, { ...kit, oneMetre: true })
    expect((await mine())?.kit).toEqual({ loudspeaker: true, cordon: true, oneMetre: true })
    expect(await feng.isRefused(checkKit, { ...kit, band: '<b>' })).toBe('kernel/bad-input')
    expect(await feng.isRefused(checkKit, { ...kit, day: '2021-13-01' })).toBe('kernel/bad-input')
  })

  it('SCR19 a box has its tubes, its seal and who took it; no tube lies in two', async () => {
    const codes = (await mine())?.unboxed ?? []
    expect(codes.length).toBeGreaterThan(10)
    const pack = {
      postId: b.square,
      sealNumber: 'FS-0001',
      handedTo: '城东卫生院 何例六',
      tubes: codes.slice(0, 5),
    }
    await feng.does(packBox, pack)
    expect((await mine())?.unboxed).toEqual(codes.slice(5))
    const list = await zheng.asks(boxes, { operationId })
    expect(list.rows).toMatchObject([{ sealNumber: 'FS-0001', handedTo: '城东卫生院 何例六', tubes: 5 }])
    expect((await zheng.asks(tubes, { boxId: list.rows[0]?.boxId ?? '' })).total).toBe(5)
    const rest = { ...pack, sealNumber: 'FS-0002', tubes: codes.slice(5, 7) }
    for (const [more, why] of [
      [{ tubes: codes.slice(4, 6) }, 'screening/tubes-boxed'],
      [{ tubes: [codes[5], codes[5]] }, 'screening/code-twice'],
      [{ tubes: ['QH999999', codes[5]] }, 'screening/tubes-unknown'],
      [{ tubes: ['x'.repeat(4_096)] }, 'screening/code-unreadable'],
      [{ sealNumber: 'fs-0001' }, 'screening/seal-used'],
      [{ sealNumber: '封' }, 'screening/code-unreadable'],
      [{ handedTo: '  ' }, 'screening/nobody-named'],
      [{ tubes: [] }, 'kernel/bad-input'],
      [{ handedTo: 'x'.repeat(61) }, 'kernel/bad-input'],
    ] as const)
      expect(await feng.isRefused(packBox, { ...rest, ...more }), why).toBe(why)
  })

  it('SCR20 progress is counted from tubes, by round and site, against who is expected', async () => {
    const sites = [
      { postId: b.square, people: 2_400 },
      { postId: b.school, people: 1_000 },
    ]
    await zhou.does(setExpected, { roundId: b.roundId, sites })
    const asked = await zheng.asks(progress, { operationId, day: today })
    const { value } = await figure(w, zheng, 'sampling.persons')
    expect(asked.totals).toMatchObject({ expected: 3_400, people: value })
    expect(asked.rows.reduce((sum, row) => sum + row.people, 0)).toBe(value)
    expect(asked.rows.map(row => [row.name, row.roundName, row.expected])).toEqual([
      ['文化广场采样点', '', null],
      ['文化广场采样点', '第三轮', 2_400],
      ['第二小学采样点', '第三轮', 1_000],
    ])
    // A leader sees the sites of his units, and their tubes.
    expect((await han.asks(progress, { operationId, day: today })).total).toBe(2)
    expect((await han.asks(tubes, { postId: b.school })).total).toBe(0)
    const byQueue = { operationId, day: today, order: 'queue', descending: true, limit: 1 } as const
    expect((await zheng.asks(progress, byQueue)).total).toBe(3)
    expect((await zheng.asks(progress, { operationId, day: '2021-11-05' })).rows).toEqual([])
    const twice = [...sites, { postId: b.square, people: 1 }]
    expect(await zhou.isRefused(setExpected, { roundId: b.roundId, sites: twice })).toBe(
      'screening/site-twice',
    )
    const stranger = { roundId: b.roundId, sites: [{ postId: b.gate, people: 1 }] }
    expect(await zhou.isRefused(setExpected, stranger)).toBe('screening/round-missing')
    const held = {
      secondsPerPerson: 30,
      waitMinutesMost: 10,
      queueMost: 100,
      resultHours: 12,
      retestHours: 6,
    }
    expect(await han.isRefused(setRules, held)).toBe('kernel/no-right')
    expect(await zhou.isRefused(setRules, { ...held, queueMost: 0 })).toBe('kernel/bad-input')
  })

  it('SCR21 progress and tubes go out as Excel with the columns that are shown', async () => {
    const all = await sheetOf(w, zheng, 'exportProgress', { operationId, day: today })
    expect(all).toContain('应采人数')
    expect(all).toContain('喇叭、警戒带、一米线')
    const some = await sheetOf(w, zheng, 'exportProgress', {
      operationId,
      day: today,
      columns: ['site', 'tubes'],
    })
    expect(some).not.toContain('应采人数')
    expect(await sheetOf(w, zheng, 'exportTubes', { postId: b.school })).toContain('第二小学采样点')
  })
})
