import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import {
  addPromise,
  confirmDifficulty,
  difficulty,
  directive,
  keepPromise,
  promiseToDifficulty,
  promiseToDirective,
  recordVisit,
  solveDifficulty,
  visit,
  visits,
  withdrawDirective,
} from './contracts.ts'
import { bureau, figure, modules, seenBy, sheetOf } from './test-bureau.ts'

describe('visits', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zhou, zheng, han, zhu, feng } = b
  w.clock.set('2021-11-04T02:00:00.000Z')
  const later = (minutes: number) => new Date(w.clock.now.getTime() + minutes * 60_000).toISOString()
  const promise = (text: string, more: object = {}) => ({
    promiseId: w.newId(),
    text,
    byWhom: '周示一局长',
    dueAt: later(24 * 60),
    ...more,
  })
  const recorded = async (more: object = {}, by = zheng) => {
    const visitId = w.newId()
    const input = { visitId, operationId, kind: 'leader', visitor: '周示一局长一行', visitedAt: later(-60) }
    await by.does(recordVisit, { ...input, postId: b.gate, ...more } as never)
    return visitId
  }
  const seen = (visitId: string, by = zheng) => by.asks(visit, { visitId })
  const [stove, lamp, shed] = [promise('送两台取暖炉'), promise('修照明灯'), promise('搭防风棚')]
  let first = ''

  it('CMD55 a visit has who, when, which post, what was found and what was promised, by whom and by when', async () => {
    first = await recorded({ found: '值守规范；夜间无取暖', promises: [stove, lamp, shed] })
    expect(await seen(first)).toMatchObject({
      n: 1,
      kind: 'leader',
      visitor: '周示一局长一行',
      postName: '东门封控点',
      unitName: '城东所',
      found: '值守规范；夜间无取暖',
      recordedBy: '郑例二',
      promises: { all: 3, open: 3, overdue: 0 },
      mayKeep: true,
    })
    expect((await seen(first)).promiseRows.map(one => [one.n, one.text, one.state])).toEqual([
      [1, '送两台取暖炉', 'open'],
      [2, '修照明灯', 'open'],
      [3, '搭防风棚', 'open'],
    ])
    await recorded({ kind: 'care', visitor: '市局政治部', postId: b.checkpoint, found: '慰问品五份' })
    await recorded({ kind: 'superior', visitor: '省厅督导组' }, han)
    // A leader records and sees the visits to posts of his units.
    const far = { visitId: w.newId(), operationId, kind: 'care', visitor: '市局', visitedAt: later(-5) }
    expect(await han.isRefused(recordVisit, { ...far, postId: b.checkpoint })).toBe(
      'commandpost/outside-scope',
    )
    expect((await han.asks(visits, { operationId })).total).toBe(2)
    expect(await zhu.mayNotAsk(visit, { visitId: first })).toBe('commandpost/visit-missing')
  })

  it('CMD56 a promise becomes a difficulty or a directive in one step, and is kept when that is settled', async () => {
    const difficultyId = w.newId()
    await zheng.does(promiseToDifficulty, {
      ...{ promiseId: stove.promiseId, difficultyId, kind: 'living', urgency: 'soon' },
    })
    expect(await zheng.asks(difficulty, { difficultyId })).toMatchObject({
      postName: '东门封控点',
      text: '送两台取暖炉',
      kind: 'living',
    })
    const directiveId = w.newId()
    const head = {
      directiveId,
      number: '青公指〔2021〕31号',
      fromWhom: '周示一局长',
      title: '修复东门照明',
      dueAt: later(600),
      addressees: [{ addresseeId: w.newId(), unitId: b.station }],
    }
    await zheng.does(promiseToDirective, { promiseId: lamp.promiseId, ...head })
    expect(await zheng.asks(directive, { directiveId })).toMatchObject({
      text: '修照明灯',
      title: '修复东门照明',
    })
    const rows = async () => (await seen(first)).promiseRows.map(one => one.state)
    expect(await rows()).toEqual(['followed', 'followed', 'open'])
    const again = { promiseId: lamp.promiseId, difficultyId: w.newId(), kind: 'living', urgency: 'soon' }
    expect(await zheng.isRefused(promiseToDifficulty, again)).toBe('commandpost/promise-passed-on')
    await han.does(solveDifficulty, { difficultyId, text: '已送到' })
    await feng.does(confirmDifficulty, { difficultyId })
    expect(await rows()).toEqual(['kept', 'followed', 'open'])
    // What was withdrawn follows nothing; it may be followed up anew.
    await zheng.does(withdrawDirective, { directiveId, reason: '改由电力抢修' })
    expect(await rows()).toEqual(['kept', 'open', 'open'])
    await zheng.does(promiseToDifficulty, { ...again, kind: 'living', urgency: 'soon' })
    // A step that fails takes the other back: the directive without an addressee of the bureau is not there.
    const stranger = {
      ...head,
      directiveId: w.newId(),
      addressees: [{ addresseeId: w.newId(), unitId: w.newId() }],
    }
    expect(await zheng.isRefused(promiseToDirective, { promiseId: shed.promiseId, ...stranger })).toBe(
      'commandpost/unit-missing',
    )
    expect(await rows()).toEqual(['kept', 'followed', 'open'])
  })

  it('CMD57 a promise open past its time is an alert, until it is kept or followed up', async () => {
    expect(await seenBy(w, 'promiseOverdue')).toEqual([])
    w.clock.advance(24 * 60 + 1)
    const late = await seenBy(w, 'promiseOverdue')
    expect(late).toMatchObject([
      {
        title: { zh: '东门封控点：周示一局长承诺“搭防风棚”逾期未兑现' },
        severity: 'amber',
        link: `/visits?open=${first}`,
        unitId: b.station,
      },
    ])
    expect((await zheng.asks(visits, { promises: 'overdue' })).rows).toMatchObject([{ visitId: first }])
    await han.does(keepPromise, { promiseId: shed.promiseId, text: '已搭好' })
    expect((await seen(first)).promiseRows[2]).toMatchObject({
      state: 'kept',
      keptBy: '韩样九',
      keptText: '已搭好',
    })
    expect(await seenBy(w, 'promiseOverdue')).toEqual([])
    expect(await han.isRefused(keepPromise, { promiseId: shed.promiseId, text: '再' })).toBe(
      'commandpost/promise-kept',
    )
    await zheng.does(addPromise, { visitId: first, promise: promise('增派一人') })
    expect((await seen(first)).promises).toEqual({ all: 4, open: 2, overdue: 0 })
  })

  it('CMD58 the list is filtered, found, ordered and goes out as Excel, a line for each promise', async () => {
    const list = async (more: object) =>
      (await zheng.asks(visits, { operationId, ...more })).rows.map(row => row.visitor)
    expect(await list({ kinds: ['care'] })).toEqual(['市局政治部'])
    expect(await list({ unitId: b.traffic })).toEqual(['市局政治部'])
    expect(await list({ postId: b.gate, search: '取暖' })).toEqual(['周示一局长一行'])
    expect(await list({ search: '增派' })).toEqual(['周示一局长一行'])
    expect(await list({ promises: 'open' })).toEqual(['周示一局长一行'])
    expect(await list({ order: 'n' })).toEqual(['周示一局长一行', '市局政治部', '省厅督导组'])
    const { fileName, text } = await sheetOf(w, zheng, 'exportVisits', { operationId })
    expect(fileName).toContain('检查慰问台账')
    for (const word of ['送两台取暖炉', '搭防风棚', '已兑现', '慰问品五份']) expect(text).toContain(word)
  })

  it('CMD59 visits.posts counts visits, each to one post, with as many records', async () => {
    expect(await figure(w, zheng, 'visits.posts', '2021-11-04')).toEqual({ value: 3, records: 3 })
    expect(await figure(w, han, 'visits.posts', '2021-11-04')).toEqual({ value: 2, records: 2 })
    expect(await figure(w, zheng, 'visits.posts', '2021-11-05')).toEqual({ value: 0, records: 0 })
  })

  it('CMD60 refused: officers, other operations, times that cannot be, hostile input; twice is once', async () => {
    const good = {
      visitId: w.newId(),
      operationId,
      kind: 'care',
      visitor: '市局',
      visitedAt: later(-5),
      postId: b.gate,
    }
    expect(await feng.isRefused(recordVisit, good)).toBe('kernel/no-right')
    const cases: [object, string][] = [
      [{ visitedAt: later(10) }, 'commandpost/in-future'],
      [{ visitedAt: '2021-01-01T00:00:00Z' }, 'commandpost/before-operation'],
      [{ postId: w.newId() }, 'commandpost/post-missing'],
      [{ operationId: w.newId() }, 'operations/operation-missing'],
      [{ promises: [promise('x', { dueAt: later(-10) })] }, 'commandpost/promise-due'],
      [{ promises: [promise('x', { dueAt: later(60 * 24 * 400) })] }, 'commandpost/promise-due'],
    ]
    for (const [bad, code] of cases)
      expect(await zheng.isRefused(recordVisit, { ...good, ...bad })).toBe(code)
    const malformed = [
      ...[{ visitor: '' }, { visitor: ' ' }, { visitor: 'x'.repeat(101) }, { kind: 'party' }, { found: 3 }],
      ...[{ promises: Array.from({ length: 21 }, () => promise('x')) }, { promises: [promise(' ')] }],
    ]
    for (const bad of malformed) {
      expect(await zheng.isRefused(recordVisit, { ...good, ...bad })).toBe('kernel/bad-input')
    }
    expect(await zheng.isRefused(recordVisit, { ...good, found: '电话 13800138000' })).toMatch(/^kernel\//)
    await zhou.does(recordVisit, good as never)
    expect(await zhou.isRefused(recordVisit, { ...good, visitor: '省厅' })).toBe('commandpost/id-taken')
    expect(await zheng.isRefused(keepPromise, { promiseId: w.newId(), text: '有' })).toBe(
      'commandpost/promise-missing',
    )
    expect(await zhu.isRefused(keepPromise, { promiseId: lamp.promiseId, text: '有' })).toBe(
      'commandpost/visit-missing',
    )
  })
})
