// Sites that worked on paper: their tubes come in as a list, whole or not at all.
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { my, progress, recordTubes, tubes, tubesInListMost } from './contracts.ts'
import type { TubesPreview } from './uploads-tubes.ts'
import { brings, bureau, figure, modules, morning, today } from './test-bureau.ts'

describe('tubes from a list', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zhou, zheng, han, feng, chu } = b
  w.clock.set(morning)
  const tube = (code: string, more: object = {}) => ({
    ...{ code, lane: 1, size: 10, people: 10, sealedAt: '2021-11-04T08:31:07+08:00' },
    ...more,
  })
  const list = (tubes: unknown[], more: object = {}) =>
    ({ postId: b.square, roundId: b.roundId, tubes, ...more }) as never
  const sampled = async () => (await figure(w, zheng, 'sampling.persons')).value

  it('SCR22 a list of a site is as many tubes, with their own times, and counts like what was sealed on a phone', async () => {
    const many = Array.from({ length: tubesInListMost }, (_, n) => tube(`LB${String(n).padStart(6, '0')}`))
    expect(await han.does(recordTubes, list(many))).toEqual({ recorded: 1_000, people: 10_000 })
    const few = [tube('LB100001', { people: 7 }), tube('LB100002', { size: 20, people: 20, lane: 2 })]
    await feng.does(recordTubes, list(few))
    await zhou.does(recordTubes, list([tube('LB100003')], { roundId: null }))
    expect(await sampled()).toBe(10_037)
    expect(await figure(w, zheng, 'sampling.tubes')).toEqual({ value: 1_003, records: 1_003 })
    const { rows } = await zheng.asks(tubes, { operationId, search: 'LB100002' })
    expect(rows).toMatchObject([
      { code: 'LB100002', size: 20, people: 20, lane: 2, day: today, sealedAt: '2021-11-04T00:31:07.000Z' },
    ])
    const { rows: sites } = await zheng.asks(progress, { operationId, day: today, roundId: b.roundId })
    expect(sites.find(row => row.postId === b.square)).toMatchObject({ people: 10_027, tubes: 1_002 })
    expect((await feng.asks(my, {})).sites[0]).toMatchObject({ tubes: 1_003 })
  })

  it('SCR22 a tube of the small hours is of the duty day before', async () => {
    await zhou.does(recordTubes, list([tube('LB200001', { sealedAt: '2021-11-04T07:59:59+08:00' })]))
    const { rows } = await zheng.asks(tubes, { operationId, search: 'LB200001' })
    expect(rows[0]?.day).toBe('2021-11-03')
  })

  it('SCR22 a list with a fault goes in not at all, and names the codes', async () => {
    const before = await sampled()
    const refused = async (why: string, rows: unknown[], more: object = {}) =>
      expect(await zhou.isRefused(recordTubes, list(rows, more)), why).toBe(why)
    const good = tube('LC000001')
    await refused('screening/tubes-used', [good, tube('LB000005')])
    await refused('screening/code-twice', [good, good])
    await refused('screening/list-too-full', [good, tube('LC000002', { people: 11 })])
    await refused('screening/list-untimely', [good, tube('LC000002', { sealedAt: '2021-11-05T00:00:00Z' })])
    await refused('screening/list-untimely', [good, tube('LC000002', { sealedAt: '1970-01-01T00:00:00Z' })])
    await refused('screening/code-unreadable', [good, tube('=HYPERLINK("x")')])
    await refused('screening/round-missing', [good], { roundId: w.newId() })
    await refused('screening/site-missing', [good], { postId: b.gate })
    const bad = [
      { size: 7 },
      { people: 0 },
      { people: 1.5 },
      { lane: 51 },
      { sealedAt: 'today' },
      { code: 7 },
    ]
    for (const more of bad) await refused('kernel/bad-input', [good, tube('LC000002', more)])
    await refused('kernel/bad-input', [])
    await refused(
      'kernel/bad-input',
      Array.from({ length: 1_001 }, (_, n) => tube(`LD${1_000 + n}`)),
    )
    expect(await sampled()).toBe(before)
    // Nothing of what was refused is in the way of the same tube later.
    await zhou.does(recordTubes, list([good]))
  })

  it('SCR22 nobody brings the list of a site that he neither leads nor works at', async () => {
    const school = list([tube('LE000001')], { postId: b.school })
    expect(await han.isRefused(recordTubes, school)).toBe('screening/not-at-site')
    expect(await feng.isRefused(recordTubes, school)).toBe('screening/not-at-site')
    const stranger = w.person('林示九', ['viewer'])
    expect(await stranger.isRefused(recordTubes, school)).toBe('screening/not-at-site')
    expect((await chu.asks(my, {})).sites[0]).toMatchObject({ tubes: 0 })
  })
})

describe('a list of tubes as a file', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zheng, han } = b
  w.clock.set(morning)
  const csv = (head: string, rows: readonly string[]) => Buffer.from(`﻿${[head, ...rows].join('\n')}\n`)
  const head = '序号,人数,采样点,采样日期,时间,试管编号,混采比例'
  const look = (rows: readonly string[], who = zheng, first = head) =>
    brings<TubesPreview>(w, who, 'readTubes', csv(first, rows), '清单.csv')

  it('SCR23 many sites in one list, columns in any order; what is read is accepted, refused or known', async () => {
    const rows = [
      '1,10,文化广场采样点,2021-11-04,08:31,QA000001,10合1',
      '2,7,文化广场采样点,2021年11月4日,8:40,QA000002,',
      '3,20,文化广场采样点,2021/11/4,,QA000003,20',
      '4,10,没有的采样点,2021-11-04,08:31,QA000004,10',
      '5,11,文化广场采样点,2021-11-04,08:31,QA000005,10',
      '6,10,文化广场采样点,2021-11-04,25:99,QA000006,10',
      '7,10,文化广场采样点,2021-13-04,08:31,QA000007,10',
      '8,10,文化广场采样点,2021-11-04,08:31,=1+1,10',
      '9,十,文化广场采样点,2021-11-04,08:31,QA000009,10',
      '10,10,文化广场采样点,2021-11-04,08:31,QA000010,7',
      '11,10,文化广场采样点,2021-11-04,08:31,QA000001,10',
    ]
    const preview = await look(rows)
    // Noon has not come yet at nine in the morning.
    expect(preview.counts).toEqual({ read: 11, accepted: 2, refused: 8, duplicate: 1 })
    expect(preview.accepted).toMatchObject([
      { postId: b.square, roundId: b.roundId, code: 'QA000001', size: 10, people: 10, lane: 1 },
      { code: 'QA000002', size: 10, people: 7, sealedAt: '2021-11-04T00:40:00.000Z' },
    ])
    const refused = await brings<{ base64: string }>(w, zheng, 'refusedTubes', csv(head, rows), '清单.csv')
    expect(refused.base64.length).toBeGreaterThan(1_000)
  })

  it('SCR23 what was written is known the next time; another count under the same code is refused', async () => {
    const row = (people: number, site = '文化广场采样点') =>
      `1,${people},${site},2021-11-04,08:31,QB000001,10`
    const { accepted } = await look([row(9)])
    const tubes = accepted.map(({ code, lane, size, people, sealedAt }) => ({
      ...{ code, lane, size, people, sealedAt },
    }))
    await zheng.does(recordTubes, { postId: b.square, roundId: b.roundId, tubes })
    expect((await look([row(9)])).counts).toMatchObject({ accepted: 0, refused: 0, duplicate: 1 })
    expect((await look([row(8)])).counts).toMatchObject({ accepted: 0, refused: 1, duplicate: 0 })
    const { rows } = await zheng.asks(progress, { operationId, day: today, roundId: b.roundId })
    expect(rows.find(one => one.postId === b.square)).toMatchObject({ people: 9, tubes: 1 })
  })

  it('SCR23 what the command would refuse for its time is refused in the look already', async () => {
    const row = (day: string) => `1,10,文化广场采样点,${day},08:31,QD000001,10`
    for (const day of ['2021-10-01', '2021-11-05', '1970-01-01'])
      expect((await look([row(day)])).counts, day).toMatchObject({ accepted: 0, refused: 1 })
    expect((await look([row('2021-10-20')])).counts).toMatchObject({ accepted: 1, refused: 0 })
  })

  it('SCR23 whoever leads a station brings lists of its sites only; a file that is none is told of', async () => {
    const there = '1,10,第一小学采样点,2021-11-04,08:31,QC000001,10'
    const site = (await zheng.asks(progress, { operationId, day: today })).rows.find(
      one => one.postId === b.school,
    )
    const row = there.replace('第一小学采样点', site?.name ?? '')
    expect((await look([row])).counts).toMatchObject({ accepted: 1 })
    expect((await look([row], han)).counts).toMatchObject({ accepted: 0, refused: 1 })
    expect((await look(['1,2'], zheng, '甲,乙')).missing.length).toBeGreaterThan(0)
    for (const bytes of ['', 'PK\u0003\u0004 broken'])
      await expect(brings(w, zheng, 'readTubes', bytes, 'x.xlsx')).rejects.toMatchObject({
        code: expect.stringMatching(/^sheets\//),
      })
  })
})
