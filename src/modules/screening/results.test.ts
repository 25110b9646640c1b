// Results as the laboratory sends them, by file or by command; what a positive mixed tube opens, and how that ends.
import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { writeWorkbook } from '../../sheets/index.ts'
import { closeRetest, my, recordResults, retests, sealTube, tubes } from './contracts.ts'
import type { ResultsPreview } from './uploads.ts'
import { brings, bureau, figure, modules, morning, seenBy } from './test-bureau.ts'

describe('results', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { zheng, han, feng } = b
  w.clock.set(morning)
  const seal = (code: string, more: object = {}) =>
    feng.does(sealTube, {
      ...{ postId: b.square, roundId: b.roundId, lane: 1, code, size: 10, people: 10, short: false },
      ...{ boxes: [], retestId: null },
      ...more,
    } as never)
  const codes = Array.from({ length: 12 }, (_, n) => `QH${1_000 + n}`)
  for (const code of codes) await seal(code)
  const list = (rows: [string, string][]) =>
    `﻿采样管编号,检测结果\n${rows.map(row => row.join(',')).join('\n')}\n`
  const look = (rows: [string, string][], who = zheng) =>
    brings<ResultsPreview>(w, who, 'readResults', list(rows), '结果.csv')
  const record = (results: [string, string][]) => ({
    results: results.map(([code, result]) => ({ code, result })),
  })

  it('SCR30 a list is looked at first: what is read is accepted, refused or known, and the counts add up', async () => {
    const preview = await look([
      ['QH1000', '阴性'],
      ['qh1001', '未检出'],
      ['QH1002', '阳性(+)'],
      ['QH1003', '无效'],
      ['QH1000', '阴性'],
      ['QH9999', '阴性'],
      ['QH1004', '也许'],
      ['', '阴性'],
      ['x'.repeat(4_000), '阴性'],
      ['=1+1', '阴性'],
    ])
    expect(preview.counts).toEqual({ read: 10, accepted: 4, refused: 5, duplicate: 1 })
    expect(preview.accepted.map(({ code, result, people }) => [code, result, people])).toEqual([
      ['QH1000', 'negative', 10],
      ['QH1001', 'negative', 10],
      ['QH1002', 'positive', 10],
      ['QH1003', 'invalid', 10],
    ])
    expect(preview.refused.map(row => row.zh)).toContain('没有这个管的封管记录')
    expect((await zheng.asks(tubes, { states: ['negative'] })).total).toBe(0)
    const refused = await brings<{ base64: string }>(
      w,
      zheng,
      'errorRows',
      list([['QH9999', '阴性']]),
      '结果.csv',
    )
    expect(refused.base64.length).toBeGreaterThan(1_000)
  })

  it('SCR31 a workbook is read like a text file, and what is no list is refused in words', async () => {
    const column = (key: string, header: string) => ({ key, header, kind: 'text' as const })
    const bytes = await writeWorkbook({
      sheetName: '结果',
      title: '某检测机构核酸检测结果',
      columns: [column('n', '序号'), column('code', '样本编号'), column('result', '核酸检测结果')],
      rows: [{ n: '1', code: 'QH1000', result: '阴' }],
    })
    expect((await brings<ResultsPreview>(w, zheng, 'readResults', bytes, '结果.xlsx')).accepted).toHaveLength(
      1,
    )
    for (const bytes of ['', '%PDF-1.7', Buffer.from([0x50, 0x4b, 3, 4, 0, 0])])
      await expect(brings(w, zheng, 'readResults', bytes, '结果.xlsx')).rejects.toMatchObject({
        code: expect.stringMatching(/^sheets\//),
      })
  })

  it('SCR32 results are recorded once; the same again changes nothing, another is refused', async () => {
    const first = record([
      ['QH1000', 'negative'],
      ['QH1001', 'negative'],
      ['QH1003', 'invalid'],
    ])
    expect(await zheng.does(recordResults, first as never)).toEqual({
      recorded: 3,
      same: 0,
      opened: 0,
      closed: 0,
    })
    expect(await zheng.does(recordResults, first as never)).toEqual({
      recorded: 0,
      same: 3,
      opened: 0,
      closed: 0,
    })
    for (const [results, why] of [
      [[['QH1000', 'positive']], 'screening/result-differs'],
      [[['QH9999', 'negative']], 'screening/tubes-unknown'],
      [
        [
          ['QH1004', 'negative'],
          ['qh1004', 'positive'],
        ],
        'screening/code-twice',
      ],
      [[['x'.repeat(4_096), 'negative']], 'screening/code-unreadable'],
      [[['QH1004', 'maybe']], 'kernel/bad-input'],
      [[], 'kernel/bad-input'],
    ] as const)
      expect(await zheng.isRefused(recordResults, record(results as never)), why).toBe(why)
    expect(await feng.isRefused(recordResults, first)).toBe('kernel/no-right')
    expect((await zheng.asks(tubes, { states: ['negative'] })).total).toBe(2)
    expect((await look([['QH1000', '阴性']])).counts).toMatchObject({ accepted: 0, duplicate: 1 })
    expect((await look([['QH1000', '阳性']])).counts).toMatchObject({ accepted: 0, refused: 1 })
  })

  it('SCR33 a positive mixed tube opens one single re-test a person, a task of the unit with a time', async () => {
    const answer = await zheng.does(recordResults, record([['QH1002', 'positive']]) as never)
    expect(answer).toEqual({ recorded: 1, same: 0, opened: 10, closed: 0 })
    const { rows, total } = await han.asks(retests, { open: true })
    expect(total).toBe(10)
    expect(rows[0]).toMatchObject({
      code: 'QH1002',
      n: 1,
      unitName: '城东所',
      dueAt: '2021-11-04T07:00:00.000Z',
    })
    expect(await figure(w, zheng, 'sampling.positiveTubes')).toEqual({ value: 1, records: 1 })
    // A tube of one is a person already: nothing is left to be told apart.
    await seal('QH2000', { size: 1, people: 1 })
    expect(await zheng.does(recordResults, record([['QH2000', 'positive']]) as never)).toMatchObject({
      opened: 0,
    })
  })

  it('SCR34 a re-test is taken in a tube of one, and its result ends it; an invalid one is taken again', async () => {
    const [one, two, three] = (await feng.asks(my, {})).sites[0]?.retests ?? []
    if (!one || !two || !three) throw new Error('there are no re-tests')
    const alone = { size: 1, people: 1 }
    await seal('QH3001', { ...alone, retestId: one.retestId })
    await seal('QH3002', { ...alone, retestId: two.retestId })
    expect((await feng.asks(my, {})).sites[0]?.retests).toHaveLength(8)
    const refused = (more: object) =>
      feng.isRefused(sealTube, {
        ...{ postId: b.square, roundId: null, lane: 1, code: 'QH3009', short: false, boxes: [] },
        ...more,
      })
    expect(await refused({ ...alone, retestId: one.retestId })).toBe('screening/retest-missing')
    expect(await refused({ ...alone, retestId: w.newId() })).toBe('screening/retest-missing')
    expect(await refused({ size: 10, people: 10, retestId: three.retestId })).toBe('screening/retest-alone')
    const back = record([
      ['QH3001', 'negative'],
      ['QH3002', 'invalid'],
    ])
    expect(await zheng.does(recordResults, back as never)).toMatchObject({ recorded: 2, closed: 1 })
    expect((await zheng.asks(retests, { open: false })).rows).toMatchObject([
      { code: 'QH1002', n: 1, singleCode: 'QH3001', outcome: 'negative' },
    ])
    expect((await feng.asks(my, {})).sites[0]?.retests).toHaveLength(9)
    await han.does(closeRetest, { retestId: three.retestId, outcome: 'handedOver', note: '已由卫健接收' })
    const again = { retestId: three.retestId, outcome: 'notFound', note: '' }
    expect(await han.isRefused(closeRetest, again)).toBe('screening/retest-missing')
    const stranger = w.person('朱例十', ['unitLeader'], { unitIds: [b.west] })
    expect(await stranger.isRefused(closeRetest, { ...again, retestId: two.retestId })).toBe(
      'screening/retest-missing',
    )
    expect(await han.isRefused(closeRetest, { ...again, outcome: 'negative' })).toBe('kernel/bad-input')
    const told = { ...again, retestId: two.retestId, note: '电话13800138000' }
    expect(await han.isRefused(closeRetest, told)).toBe('kernel/held-before')
  })

  it('SCR35 re-tests that are due and results that do not come are alerts until they are not', async () => {
    expect(await seenBy(w, 'retestDue')).toEqual([])
    w.clock.advance(4 * 60 + 1)
    expect(await seenBy(w, 'retestDue')).toMatchObject([
      { severity: 'amber', title: { zh: '文化广场采样点：阳性管 QH1002 还有 8 人未单采' } },
    ])
    w.clock.advance(2 * 60)
    expect(await seenBy(w, 'retestDue')).toMatchObject([{ severity: 'red' }])
    expect(await seenBy(w, 'resultOverdue')).toEqual([])
    w.clock.advance(6 * 60)
    expect(await seenBy(w, 'resultOverdue')).toMatchObject([
      { severity: 'amber', title: { zh: '文化广场采样点：8 管超过 12 小时未出结果' } },
    ])
    expect((await zheng.asks(tubes, { states: ['overdue'] })).total).toBe(8)
    const rest = codes.slice(4).map((code): [string, string] => [code, 'negative'])
    await zheng.does(recordResults, record(rest) as never)
    expect(await seenBy(w, 'resultOverdue')).toEqual([])
  })
})
