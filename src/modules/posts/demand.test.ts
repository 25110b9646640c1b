import type { Kysely } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { world } from '../../kernel/world.ts'
import {
  changeRound,
  changeShiftPattern,
  copyDemand,
  defineRound,
  defineShiftPattern,
  defineStandardPatterns,
  demandBoard,
  demandLines,
  demandSummary,
  patternList,
  rescheduleDemand,
  scaleDemand,
  setDemand,
  setDemands,
  setPostState,
  withdrawDemands,
} from './contracts.ts'
import { type DayDemand, demandFor, patternsOf, postsFor } from './index.ts'
import { bureau, modules } from './test-bureau.ts'

describe('shift patterns and demand', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const zheng = w.person('郑例二', ['officer'])
  const b = await bureau(w, zhou)
  const { operationId, patterns } = b
  const gate = await b.post('FK-001', 'zoneGate')
  const other = await b.post('FK-002', 'zoneGate')
  const site = await b.post('CY-001', 'samplingSite')
  async function reading<R>(work: (db: Kysely<AnyTables>) => Promise<R>): Promise<R> {
    return (await w.kernel.system(w.agency.agencyId)).read(work)
  }
  const day = (from: string, until = from) =>
    reading(db => demandFor(db, w.agency.agencyId, operationId, from, until))
  const brief = (entries: DayDemand[]) =>
    entries.map(e => `${e.day} ${e.band} ${e.skill ?? 'crew'} ${e.heads}`)
  const line = (postId: string, more: Record<string, unknown> = {}) => ({
    demandId: w.newId(),
    postId,
    patternId: patterns.threeByEight,
    bands: ['early', 'late', 'night'],
    heads: 4,
    beginsOn: '2021-11-01',
    endsOn: '2021-11-30',
    ...more,
  })

  it('POS17 the usual five patterns carry the hours of the paper, counted from the hand-over', async () => {
    const all = await reading(db => patternsOf(db, w.agency.agencyId))
    const hours = Object.fromEntries(
      all.map(pattern => [
        pattern.kind,
        pattern.bands.map(band => `${band.key} ${(8 + band.from / 60) % 24}+${band.minutes / 60}`),
      ]),
    )
    expect(hours).toEqual({
      '4x6': ['morning 8+6', 'afternoon 14+6', 'evening 20+6', 'night 2+6'],
      '3x8': ['early 8+8', 'late 16+8', 'night 0+8'],
      '2x12': ['day 8+12', 'night 20+12'],
      day: ['morning 8+6', 'afternoon 14+6'],
      standby24: ['whole 8+24'],
    })
    expect(await zhou.isRefused(defineStandardPatterns, { ...patterns, standby: w.newId() })).toBe(
      'posts/id-taken',
    )
    const ids = {
      fourBySix: w.newId(),
      threeByEight: w.newId(),
      twoByTwelve: w.newId(),
      dayOnly: w.newId(),
      standby: w.newId(),
    }
    expect(await zhou.isRefused(defineStandardPatterns, ids)).toBe('posts/pattern-name-taken')
  })

  it('POS18 a band of no length, of thirty hours, too long, or over another is refused', async () => {
    const define = (kind: string, bands: [string, number, number][]) =>
      zhou.isRefused(defineShiftPattern, {
        patternId: w.newId(),
        name: '试',
        kind,
        bands: bands.map(([key, from, minutes]) => ({ key, zh: key, en: key, from, minutes })),
      })
    expect(await define('day', [['a', 0, 0]])).toBe('posts/band-length')
    expect(await define('day', [['a', 0, -60]])).toBe('posts/band-length')
    expect(await define('standby24', [['a', 0, 1_800]])).toBe('posts/band-length')
    expect(await define('2x12', [['a', 0, 721]])).toBe('posts/band-too-long')
    expect(
      await define('3x8', [
        ['a', 0, 480],
        ['b', 479, 480],
      ]),
    ).toBe('posts/bands-overlap')
    expect(
      await define('3x8', [
        ['a', 60, 480],
        ['b', 1_080, 480],
      ]),
    ).toBe('posts/bands-overlap')
    expect(
      await define('3x8', [
        ['a', 0, 480],
        ['a', 480, 480],
      ]),
    ).toBe('posts/band-twice')
    expect(await define('day', [])).toBe('kernel/bad-input')
    expect(await define('day', [['a', 1_440, 60]])).toBe('kernel/bad-input')
    expect(await define('day', [['a', 0, 0.5]])).toBe('kernel/bad-input')
    expect(await define('5x5', [['a', 0, 60]])).toBe('kernel/bad-input')
    await zhou.does(defineShiftPattern, {
      patternId: w.newId(),
      name: '采样两段',
      kind: 'day',
      adjoining: false,
      bands: [
        { key: 'second', zh: '下午', en: 'Afternoon', from: 360, minutes: 240 },
        // 07:00 to 11:30 begins before the hand-over and so belongs to the end of the duty day before it.
        { key: 'first', zh: '上午', en: 'Morning', from: 1_380, minutes: 270 },
      ],
    })
    const rows = (await zheng.asks(patternList, {})).rows
    expect(rows.find(row => row.name === '采样两段')?.bands.map(band => band.key)).toEqual([
      'second',
      'first',
    ])
  })

  it('POS19 a line of demand is resolved to the duty days on which it applies', async () => {
    // 1 November 2021 was a Monday.
    await zhou.does(setDemands, {
      lines: [
        line(gate, { heads: 3 }),
        line(gate, { bands: ['night'], skill: 'leader', heads: 1, weekdays: [6, 7, 6] }),
      ],
    })
    expect(brief(await day('2021-11-05', '2021-11-07'))).toEqual([
      '2021-11-05 early crew 3',
      '2021-11-05 late crew 3',
      '2021-11-05 night crew 3',
      '2021-11-06 early crew 3',
      '2021-11-06 late crew 3',
      '2021-11-06 night crew 3',
      '2021-11-06 night leader 1',
      '2021-11-07 early crew 3',
      '2021-11-07 late crew 3',
      '2021-11-07 night crew 3',
      '2021-11-07 night leader 1',
    ])
    expect(await day('2021-10-31')).toEqual([])
    expect(await day('2021-12-01')).toEqual([])
  })

  it('POS20 demand of a round applies on the day of the round and moves with it', async () => {
    const roundId = w.newId()
    const round = { roundId, n: 1, name: '第1轮', opensMinute: 480, closesMinute: 1_200 }
    await zhou.does(defineRound, { operationId, ...round, day: '2021-11-09' })
    const sampling = line(site, {
      patternId: patterns.dayOnly,
      bands: ['morning', 'afternoon'],
      beginsOn: '2021-11-09',
      endsOn: '2021-11-09',
      roundId,
    })
    await zhou.does(setDemand, sampling)
    const ofSite = async (from: string, until: string) =>
      brief((await day(from, until)).filter(entry => entry.postId === site))
    expect(await ofSite('2021-11-08', '2021-11-12')).toEqual([
      '2021-11-09 afternoon crew 4',
      '2021-11-09 morning crew 4',
    ])
    await zhou.does(changeRound, { ...round, day: '2021-11-11' })
    expect(await ofSite('2021-11-08', '2021-11-12')).toEqual([
      '2021-11-11 afternoon crew 4',
      '2021-11-11 morning crew 4',
    ])
    expect(await zhou.isRefused(setDemand, line(site, { roundId, weekdays: [1] }))).toBe(
      'posts/weekdays-and-round',
    )
    expect(await zhou.isRefused(setDemand, line(site, { roundId, endsOn: '2021-11-05' }))).toBe(
      'posts/days-never',
    )
  })

  it('POS21 the same people are never asked twice for the same band and day', async () => {
    const again = (more: Record<string, unknown>) => zhou.isRefused(setDemand, line(gate, more))
    expect(await again({})).toBe('posts/demand-overlaps')
    expect(await again({ bands: ['night'], beginsOn: '2021-11-30', endsOn: '2021-12-30' })).toBe(
      'posts/demand-overlaps',
    )
    expect(await again({ bands: ['night'], skill: 'leader', weekdays: [7] })).toBe('posts/demand-overlaps')
    const twice = line(other)
    expect(await zhou.isRefused(setDemands, { lines: [twice, { ...twice, demandId: w.newId() }] })).toBe(
      'posts/demand-overlaps',
    )
    expect(
      await zhou.isRefused(setDemand, {
        ...line(other),
        demandId: w.newId(),
        weekdays: [1],
        endsOn: '2021-11-01',
        beginsOn: '2021-11-02',
      }),
    ).toBe('posts/end-before-start')
    expect(await again({ weekdays: [2], beginsOn: '2021-12-01', endsOn: '2021-12-06' })).toBe(
      'posts/days-never',
    )
    await zhou.does(setDemand, line(gate, { bands: ['night'], skill: 'leader', weekdays: [1, 2] }))
    await zhou.does(setDemand, line(gate, { beginsOn: '2021-12-01', endsOn: '2021-12-05' }))
  })

  it('POS22 a crew is never smaller than a minimum within it', async () => {
    await zhou.does(setDemands, {
      lines: [
        line(other, { bands: ['early'], heads: 2 }),
        line(other, { bands: ['early'], skill: 'ppe', heads: 3, priority: 1 }),
        line(other, { bands: ['late'], skill: 'ppe', heads: 1 }),
        line(other, { bands: ['late'], skill: 'woman', heads: 2, priority: 1 }),
      ],
    })
    const entries = (await day('2021-11-02')).filter(entry => entry.postId === other)
    expect(entries.map(e => [e.band, e.skill, e.heads, e.priority])).toEqual([
      ['early', null, 3, 2],
      ['early', 'ppe', 3, 1],
      ['late', null, 2, 1],
      ['late', 'ppe', 1, 2],
      ['late', 'woman', 2, 1],
    ])
  })

  it('POS23 posts that are planned, paused or closed ask for nobody; a closed one did until its last day', async () => {
    const postId = await b.post('KK-001', 'checkpoint', { opensOn: '2021-11-03' })
    await zhou.does(setDemand, line(postId, { bands: ['early'] }))
    const days = async () =>
      (await day('2021-11-01', '2021-11-06'))
        .filter(entry => entry.postId === postId)
        .map(entry => entry.day.slice(8))
    expect(await days()).toEqual(['03', '04', '05', '06'])
    await zhou.does(setPostState, { postIds: [postId], state: 'paused', on: '2021-11-03' })
    expect(await days()).toEqual([])
    await zhou.does(setPostState, { postIds: [postId], state: 'closed', on: '2021-11-04' })
    expect(await days()).toEqual(['03', '04'])
    expect(await zhou.isRefused(setDemand, line(postId, { bands: ['late'] }))).toBe('posts/post-closed')
    const posts = await reading(db => postsFor(db, w.agency.agencyId, operationId))
    expect(posts.map(post => [post.code, post.state])).toEqual([
      ['CY-001', 'active'],
      ['FK-001', 'active'],
      ['FK-002', 'active'],
      ['KK-001', 'closed'],
    ])
  })

  it('POS24 heads of a selection are set, added to or scaled, all or none', async () => {
    const lines = (await zheng.asks(demandLines, { operationId, postIds: [gate], day: '2021-11-06' })).rows
    expect(lines.map(row => row.heads)).toEqual([3, 1])
    const demandIds = lines.map(row => row.demandId)
    expect(await zhou.does(scaleDemand, { demandIds, how: 'percent', amount: 150 })).toEqual({ changed: 2 })
    expect(await zhou.does(scaleDemand, { demandIds, how: 'add', amount: -1 })).toEqual({ changed: 2 })
    const now = (await zheng.asks(demandLines, { operationId, postIds: [gate], day: '2021-11-06' })).rows
    expect(now.map(row => row.heads)).toEqual([4, 1])
    expect(await zhou.isRefused(scaleDemand, { demandIds, how: 'add', amount: -1 })).toBe(
      'posts/heads-outside',
    )
    expect(await zhou.isRefused(scaleDemand, { demandIds, how: 'percent', amount: 10_000 * 100 })).toBe(
      'kernel/bad-input',
    )
    expect(
      await zhou.isRefused(scaleDemand, { demandIds: [...demandIds, w.newId()], how: 'set', amount: 2 }),
    ).toBe('kernel/changed-meanwhile')
    expect(await zhou.does(scaleDemand, { demandIds, how: 'percent', amount: 100 })).toEqual({ changed: 0 })
  })

  it('POS25 demand is copied from one post to many, beside or instead of what they have', async () => {
    const targets = [await b.post('FK-010', 'zoneGate'), await b.post('FK-011', 'zoneGate')]
    const copied = await zhou.does(copyDemand, { fromPostId: other, toPostIds: [...targets, other] })
    expect(copied).toEqual({ lines: 8, withdrawn: 0 })
    expect(await zhou.isRefused(copyDemand, { fromPostId: other, toPostIds: targets })).toBe(
      'posts/demand-overlaps',
    )
    const replaced = await zhou.does(copyDemand, { fromPostId: gate, toPostIds: targets, replace: true })
    expect(replaced).toEqual({ lines: 8, withdrawn: 8 })
    const board = await zheng.asks(demandBoard, { operationId, day: '2021-11-06', kinds: ['zoneGate'] })
    const cells = (code: string) =>
      board.rows.find(row => row.code === code)?.cells.map(c => [c.band, c.skill, c.heads])
    expect(cells('FK-010')).toEqual(cells('FK-001'))
    const empty = await b.post('MG-001', 'buildingGate')
    expect(await zhou.isRefused(copyDemand, { fromPostId: empty, toPostIds: targets })).toBe(
      'posts/nothing-to-copy',
    )
  })

  it('POS26 the days of lines move together, unless they would ask twice', async () => {
    const rows = (await zheng.asks(demandLines, { operationId, postIds: [gate] })).rows
    const crew = rows.filter(row => row.skill === null)
    expect(crew.map(row => [row.beginsOn, row.endsOn])).toEqual([
      ['2021-11-01', '2021-11-30'],
      ['2021-12-01', '2021-12-05'],
    ])
    const demandIds = [crew[0]?.demandId ?? '']
    expect(await zhou.isRefused(rescheduleDemand, { demandIds, beginsOn: null, endsOn: '2021-12-02' })).toBe(
      'posts/demand-overlaps',
    )
    expect(await zhou.isRefused(rescheduleDemand, { demandIds, beginsOn: '2021-12-09', endsOn: null })).toBe(
      'posts/end-before-start',
    )
    await zhou.does(rescheduleDemand, { demandIds, beginsOn: null, endsOn: '2021-11-20' })
    expect((await day('2021-11-24')).filter(entry => entry.postId === gate && entry.skill === null)).toEqual(
      [],
    )
  })

  it('POS27 withdrawn lines ask for nobody and cannot be withdrawn twice', async () => {
    const rows = (await zheng.asks(demandLines, { operationId, postIds: [other] })).rows
    const demandIds = rows.map(row => row.demandId)
    await zhou.does(withdrawDemands, { demandIds })
    expect((await day('2021-11-02')).filter(entry => entry.postId === other)).toEqual([])
    expect(await zhou.isRefused(withdrawDemands, { demandIds })).toBe('kernel/changed-meanwhile')
    expect((await zheng.asks(demandLines, { operationId, postIds: [other], withdrawn: true })).total).toBe(4)
  })

  it('POS28 the sum per day, kind and band counts crews, not the minima within them', async () => {
    const { rows } = await zheng.asks(demandSummary, { operationId, from: '2021-11-06', until: '2021-11-06' })
    expect(rows.map(row => [row.kind, row.band, row.posts, row.heads])).toEqual([
      ['zoneGate', 'early', 3, 12],
      ['zoneGate', 'late', 3, 12],
      ['zoneGate', 'night', 3, 12],
    ])
    expect(
      await zheng.mayNotAsk(demandSummary, { operationId, from: '2021-01-01', until: '2021-12-31' }),
    ).toBe('posts/span-too-long')
  })

  it('POS29 strangers, unknown bands, retired patterns and absurd numbers are refused', async () => {
    expect(await zheng.isRefused(setDemand, line(site))).toBe('kernel/no-right')
    expect(await zhou.isRefused(setDemand, line(w.newId()))).toBe('kernel/missing')
    expect(await zhou.isRefused(setDemand, line(site, { patternId: w.newId() }))).toBe('kernel/missing')
    expect(await zhou.isRefused(setDemand, line(site, { bands: ['noon'] }))).toBe('posts/unknown-band')
    for (const wrong of [
      { heads: 0 },
      { heads: 501 },
      { heads: 1.5 },
      { priority: 4 },
      { weekdays: [8] },
      { weekdays: [] },
      { bands: [] },
      { skill: 'magic' },
      { roundId: 'x' },
    ]) {
      expect(await zhou.isRefused(setDemand, line(site, wrong)), JSON.stringify(wrong)).toBe(
        'kernel/bad-input',
      )
    }
    await zhou.does(changeShiftPattern, {
      patternId: patterns.twoByTwelve,
      name: '两班倒(停用)',
      active: false,
    })
    expect(
      await zhou.isRefused(setDemand, line(site, { patternId: patterns.twoByTwelve, bands: ['day'] })),
    ).toBe('posts/pattern-retired')
    const taken = { patternId: patterns.twoByTwelve, name: '24小时备勤', active: true }
    expect(await zhou.isRefused(changeShiftPattern, taken)).toBe('posts/pattern-name-taken')
  })

  it('POS30 five thousand lines go in at once', async () => {
    const posts = await Promise.all(Array.from({ length: 50 }, (_, n) => b.post(`XL-${n}`, 'patrolGrid')))
    const lines = posts.flatMap(postId =>
      Array.from({ length: 100 }, (_, n) => {
        const beginsOn = new Date(Date.UTC(2022, 0, 1 + n)).toISOString().slice(0, 10)
        return line(postId, { beginsOn, endsOn: beginsOn })
      }),
    )
    await zhou.does(setDemands, { lines })
    const entries = await day('2022-01-01', '2022-01-31')
    expect(entries.length).toBe(50 * 31 * 3)
    expect(await zhou.isRefused(setDemands, { lines: [...lines, line(site)] })).toBe('kernel/bad-input')
  })
})
