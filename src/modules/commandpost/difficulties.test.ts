import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { addPost, setPostState } from '../posts/contracts.ts'
import {
  answerDifficulty,
  clocks,
  confirmDifficulty,
  difficulties,
  difficulty,
  escalateDifficulty,
  log,
  mergeDifficulty,
  myTasks,
  raiseDifficulty,
  reopenDifficulty,
  setClocks,
  solveDifficulty,
} from './contracts.ts'
import { bureau, figure, followed, modules, rounds, seenBy } from './test-bureau.ts'

describe('difficulties', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zhou, zheng, deputy, han, zhu, feng, chu, wei, chen } = b
  // 2021-11-04 10:00 at the bureau: the gate's day crew is Feng and, of another unit, Chu.
  w.clock.set('2021-11-04T02:00:00.000Z')
  const later = (minutes: number) => new Date(w.clock.now.getTime() + minutes * 60_000).toISOString()
  const raised = async (more: object = {}, by = chu) => {
    const difficultyId = w.newId()
    await by.does(raiseDifficulty, {
      difficultyId,
      postId: b.gate,
      kind: 'supplies',
      urgency: 'soon',
      ...more,
    })
    return difficultyId
  }
  const seen = (difficultyId: string, by = zheng) => by.asks(difficulty, { difficultyId })
  const gloves = w.newId()

  it('CMD10 a difficulty needs a kind and an urgency; the post says whose it is', async () => {
    await chu.does(raiseDifficulty, {
      difficultyId: gloves,
      postId: b.gate,
      kind: 'supplies',
      urgency: 'soon',
    })
    expect(await seen(gloves)).toMatchObject({
      n: 1,
      postName: '东门封控点',
      unitName: '城东所',
      kind: 'supplies',
      text: '',
      raisedBy: '褚例五',
      state: 'raised',
      owner: 'unit',
      stoodMinutes: 0,
      dueAt: '2021-11-04T03:00:00.000Z',
      steps: [{ n: 1, kind: 'raised', by: '褚例五', owner: 'unit' }],
    })
    // Whoever stands there within half a day, or belongs to its unit, or leads it; nobody else.
    await raised({ kind: 'other', text: '接班前发现照明坏了' }, wei)
    await raised({ kind: 'living', text: '缺热水' }, han)
    await raised({ kind: 'people', postId: b.checkpoint }, zheng)
    const far = { difficultyId: w.newId(), postId: b.checkpoint, kind: 'people', urgency: 'soon' }
    expect(await feng.isRefused(raiseDifficulty, far)).toBe('commandpost/not-your-post')
    expect(await han.isRefused(raiseDifficulty, far)).toBe('commandpost/not-your-post')
    const viewer = w.person('朱例一', ['viewer'])
    expect(await viewer.isRefused(raiseDifficulty, far)).toBe('kernel/no-right')
  })

  it('CMD11 it goes up by the clock: unit leader, duty officer, duty leader, with the time it stands', async () => {
    const id = await raised({ kind: 'equipment', urgency: 'urgent', text: '对讲机全部没电' }, feng)
    const after = async (minutes: number) => {
      w.clock.advance(minutes)
      await rounds(w)
      await rounds(w)
      const { owner, state, stoodMinutes } = await seen(id)
      return [owner, state, stoodMinutes]
    }
    expect(await after(9)).toEqual(['unit', 'raised', 9])
    expect(await after(1)).toEqual(['dutyOfficer', 'raised', 10])
    expect(await after(14)).toEqual(['dutyOfficer', 'raised', 24])
    expect(await after(1)).toEqual(['dutyLeader', 'raised', 25])
    // There is nobody above the duty leader; it stands there, red.
    expect(await after(31)).toEqual(['dutyLeader', 'raised', 56])
    const { steps } = await seen(id)
    expect(steps.map(step => [step.kind, step.owner, step.by])).toEqual([
      ['raised', 'unit', '冯样三'],
      ['escalated', 'dutyOfficer', null],
      ['escalated', 'dutyLeader', null],
    ])
    expect(await zhou.isRefused(escalateDifficulty, { difficultyId: id, from: 'unit' })).toBe(
      'kernel/no-right',
    )
    const system = await w.kernel.system(w.agency.agencyId)
    await expect(system.run(escalateDifficulty, { difficultyId: id, from: 'unit' })).rejects.toMatchObject({
      code: 'commandpost/not-due-yet',
    })
    // Urgent ones, and their going up, stand in the duty log.
    await followed(w)
    const { rows } = await zheng.asks(log, { operationId, difficultyId: id })
    expect(rows.map(row => row.text)).toEqual([
      '东门封控点装备困难超时，上提至带班领导。',
      '东门封控点装备困难超时，上提至指挥中心值班员。',
      '东门封控点上报装备困难(紧急)。对讲机全部没电',
    ])
    await zhou.does(solveDifficulty, { difficultyId: id, text: '已送六部电池' })
  })

  it('CMD11 a bureau sets the clock, and it holds from the next difficulty on', async () => {
    const own = { urgency: 'urgent', unitMinutes: 5, dutyOfficerMinutes: 6, dutyLeaderMinutes: 7 } as const
    await zhou.does(setClocks, { clocks: [own] })
    expect((await feng.asks(clocks)).rows[0]).toEqual(own)
    expect((await feng.asks(clocks)).rows[2]?.unitMinutes).toBe(240)
    const id = await raised({ urgency: 'urgent' }, feng)
    expect((await seen(id)).dueAt).toBe(later(5))
    w.clock.advance(5)
    await rounds(w)
    expect(await seen(id)).toMatchObject({ owner: 'dutyOfficer', dueAt: later(6) })
    expect(await zheng.isRefused(setClocks, { clocks: [own] })).toBe('kernel/no-right')
    expect(await zhou.isRefused(setClocks, { clocks: [{ ...own, unitMinutes: 0 }] })).toBe('kernel/bad-input')
    await zheng.does(solveDifficulty, { difficultyId: id, text: '已补' })
    await feng.does(confirmDifficulty, { difficultyId: id })
  })

  it('CMD12 it is answered with the time by which it will be solved, and that time is kept', async () => {
    const id = await raised({ kind: 'living' }, feng)
    const solveBy = later(90)
    await han.does(answerDifficulty, { difficultyId: id, text: '伙食 11 点半送到', solveBy })
    expect(await seen(id)).toMatchObject({ state: 'working', dueAt: solveBy, overdue: false })
    const past = { difficultyId: id, text: '已经过了', solveBy: later(-1) }
    expect(await han.isRefused(answerDifficulty, past)).toBe('commandpost/solve-by-past')
    expect(await han.isRefused(answerDifficulty, { ...past, solveBy: later(31 * 24 * 60) })).toBe(
      'commandpost/solve-by-past',
    )
    w.clock.advance(90)
    expect((await zheng.asks(difficulties, { overdue: true })).rows.map(row => row.difficultyId)).toContain(
      id,
    )
    await rounds(w)
    // Promised and not kept: it goes up, and whoever has it now has his own time.
    expect(await seen(id)).toMatchObject({ state: 'working', owner: 'dutyOfficer', overdue: false })
    await zheng.does(solveDifficulty, { difficultyId: id, text: '已由食堂送到' })
    expect(await seen(id)).toMatchObject({ state: 'solved', dueAt: null })
    w.clock.advance(600)
    await rounds(w)
    expect((await seen(id)).owner).toBe('dutyOfficer')
  })

  it('CMD13 it is closed with the post’s word only: on duty there, and not by who solved it', async () => {
    // 2021-11-06 10:00: Feng and Chu at the gate.
    w.clock.set('2021-11-06T02:00:00.000Z')
    const id = await raised({ kind: 'people' }, chu)
    const word = { difficultyId: id }
    expect(await feng.isRefused(confirmDifficulty, word)).toBe('commandpost/not-solved-yet')
    await han.does(solveDifficulty, { ...word, text: '增派一人' })
    for (const stranger of [han, zheng, zhou, wei, chen])
      expect(await stranger.isRefused(confirmDifficulty, word)).toBe('commandpost/not-at-post')
    expect((await seen(id, feng)).may.confirm).toBe(true)
    expect((await seen(id, wei)).may.confirm).toBe(false)
    // It is not solved, the post says; whoever had it is asked again, with a fresh clock.
    await chu.does(reopenDifficulty, { ...word, reason: '人还没到' })
    expect(await seen(id)).toMatchObject({ state: 'raised', owner: 'unit', reopened: 1, dueAt: later(60) })
    expect(await chu.isRefused(reopenDifficulty, { ...word, reason: ' ' })).toBe('kernel/bad-input')
    await han.does(solveDifficulty, { ...word, text: '人已到岗' })
    await chu.does(confirmDifficulty, { ...word, text: '已到' })
    expect(await seen(id)).toMatchObject({ state: 'closed', closedAt: w.clock.now.toISOString() })
    expect((await seen(id)).steps.map(step => step.kind)).toEqual([
      ...['raised', 'solved', 'reopened', 'solved', 'closed'],
    ])
    // What is settled is not handled twice.
    const again = 'commandpost/already-settled'
    expect(await chu.isRefused(confirmDifficulty, word)).toBe(again)
    expect(await chu.isRefused(reopenDifficulty, { ...word, reason: '再开' })).toBe(again)
    expect(await han.isRefused(solveDifficulty, { ...word, text: '再解决' })).toBe(again)
    expect(await han.isRefused(answerDifficulty, { ...word, text: '再答', solveBy: later(9) })).toBe(again)
  })

  it('CMD13 a leader on duty at the post does not confirm what he solved himself', async () => {
    const id = await raised({ kind: 'order' }, feng)
    const both = w.person('冯样三', ['unitLeader'], {
      unitIds: [b.station, b.squad],
      officerId: b.officers.feng,
    })
    await both.does(solveDifficulty, { difficultyId: id, text: '已劝离' })
    expect(await both.isRefused(confirmDifficulty, { difficultyId: id })).toBe('commandpost/own-word')
    await chu.does(confirmDifficulty, { difficultyId: id })
  })

  it('CMD13 a post that is closed has nobody left to ask: the duty officer speaks for it', async () => {
    const postId = w.newId()
    const post = { operationId, postId, code: 'CY-01', name: '文化广场采样点', unitId: b.station }
    await zhou.does(addPost, { ...post, kind: 'samplingSite' })
    const id = await raised({ postId, kind: 'supplies' }, han)
    await han.does(solveDifficulty, { difficultyId: id, text: '已送' })
    expect(await deputy.isRefused(confirmDifficulty, { difficultyId: id })).toBe('commandpost/not-at-post')
    await zhou.does(setPostState, { postIds: [postId], state: 'closed', on: '2021-11-06' })
    expect(await han.isRefused(confirmDifficulty, { difficultyId: id })).toBe('commandpost/not-at-post')
    await deputy.does(confirmDifficulty, { difficultyId: id })
    const closed = { difficultyId: w.newId(), postId, kind: 'people', urgency: 'soon' }
    expect(await han.isRefused(raiseDifficulty, closed)).toBe('commandpost/post-closed')
  })

  it('CMD14 a duplicate is merged into the one that stays open, and leads to it', async () => {
    const [one, two, three] = [await raised({}, feng), await raised({}, chu), await raised({}, wei)]
    await han.does(mergeDifficulty, { difficultyId: three, into: two })
    await han.does(mergeDifficulty, { difficultyId: two, into: one })
    const kept = await seen(one)
    expect(kept).toMatchObject({ state: 'raised', merged: 2 })
    expect(kept.mergedRows.map(row => row.difficultyId)).toEqual([two, three])
    expect(await seen(three)).toMatchObject({ state: 'merged', mergedInto: { difficultyId: one } })
    const merge = (difficultyId: string, into: string) =>
      han.isRefused(mergeDifficulty, { difficultyId, into })
    expect(await merge(one, one)).toBe('commandpost/merge-itself')
    expect(await merge(two, one)).toBe('commandpost/already-settled')
    expect(await merge(one, two)).toBe('commandpost/already-settled')
    const far = await raised({ postId: b.checkpoint }, zheng)
    expect(await merge(one, far)).toBe('commandpost/outside-scope')
    expect(await zheng.isRefused(mergeDifficulty, { difficultyId: one, into: far })).toBe(
      'commandpost/merge-apart',
    )
    expect(await merge(one, w.newId())).toBe('commandpost/difficulty-missing')
  })

  it('CMD15 what nobody answers, what is past its time and what waits for the post is watched', async () => {
    const late = await raised({ kind: 'equipment', urgency: 'urgent' }, feng)
    w.clock.advance(10)
    await rounds(w)
    const wentUp = (await seenBy(w, 'difficultyWentUp')).filter(one => one.subject === late)
    expect(wentUp).toMatchObject([
      { severity: 'red', title: { zh: '东门封控点装备困难(紧急)待指挥中心值班员答复' } },
    ])
    expect((await seenBy(w, 'difficultyUnanswered')).some(one => one.subject === late)).toBe(false)
    await zheng.does(solveDifficulty, { difficultyId: late, text: '已换' })
    await feng.does(confirmDifficulty, { difficultyId: late })
    const id = await raised({ kind: 'supplies', urgency: 'ordinary', text: '口罩不够' }, feng)
    const mine = async (key: string) => (await seenBy(w, key)).find(one => one.subject === id)
    expect(await mine('difficultyUnanswered')).toMatchObject({
      severity: 'amber',
      title: { zh: '东门封控点物资困难(一般)待单位负责人答复' },
      link: `/difficulties?open=${id}`,
      unitId: b.station,
      dueAt: later(240),
    })
    w.clock.advance(240)
    expect(await mine('difficultyUnanswered')).toMatchObject({ severity: 'red' })
    expect(await mine('difficultyOverdue')).toBeUndefined()
    await han.does(answerDifficulty, { difficultyId: id, text: '下午到货', solveBy: later(60) })
    expect(await mine('difficultyUnanswered')).toBeUndefined()
    expect(await mine('difficultyOverdue')).toBeUndefined()
    w.clock.advance(60)
    expect(await mine('difficultyOverdue')).toMatchObject({ severity: 'red' })
    await han.does(solveDifficulty, { difficultyId: id, text: '已发放' })
    expect(await mine('difficultyOverdue')).toBeUndefined()
    w.clock.advance(12 * 60)
    expect(await mine('difficultyOverdue')).toMatchObject({ severity: 'amber' })
    const long = w.newId()
    const name = '内蒙古自治区巴彦淖尔市杭锦后旗陕坝镇'.repeat(4)
    await zhou.does(addPost, {
      ...{ operationId, postId: long, code: 'KK-09', name, unitId: b.station, kind: 'checkpoint' },
    })
    await raised({ postId: long }, han)
    for (const one of await seenBy(w, 'difficultyUnanswered')) expect(one.title.en.length).toBeLessThan(201)
  })

  it('CMD16 difficulties raised and solved are counted, and each figure has as many records', async () => {
    const on = (person: typeof zheng, key: string, day: string) => figure(w, person, key, day)
    expect(await on(zheng, 'difficulties.raised', '2021-11-04')).toEqual({ value: 7, records: 7 })
    expect(await on(zheng, 'difficulties.solved', '2021-11-04')).toEqual({ value: 1, records: 1 })
    expect(await on(zheng, 'difficulties.solved', '2021-11-06')).toEqual({ value: 4, records: 4 })
    expect(await on(zhu, 'difficulties.raised', '2021-11-04')).toEqual({ value: 1, records: 1 })
    expect(await figure(w, zheng, 'difficulties.raised', '2021-10-01', '2021-10-31')).toEqual({
      ...{ value: 0, records: 0 },
    })
  })

  it('CMD17 strangers, other bureaus’ ids and hostile input are refused', async () => {
    const id = await raised({ text: `<img src=x onerror=alert(1)> 100%_` }, han)
    const { rows } = await zheng.asks(difficulties, { search: '100%_' })
    expect(rows.map(row => row.difficultyId)).toEqual([id])
    const answer = { difficultyId: id, text: '别的单位来答', solveBy: later(30) }
    expect(await zhu.isRefused(answerDifficulty, answer)).toBe('commandpost/outside-scope')
    expect(await feng.isRefused(answerDifficulty, answer)).toBe('kernel/no-right')
    expect(await zheng.isRefused(answerDifficulty, { ...answer, difficultyId: w.newId() })).toBe(
      'commandpost/difficulty-missing',
    )
    expect(await zheng.isRefused(answerDifficulty, { ...answer, text: ' ' })).toBe('kernel/bad-input')
    const more = { difficultyId: w.newId(), postId: b.gate, kind: 'people', urgency: 'soon' }
    expect(await han.isRefused(raiseDifficulty, { ...more, text: '长'.repeat(1_001) })).toBe(
      'kernel/bad-input',
    )
    expect(await han.isRefused(raiseDifficulty, { ...more, text: '联系13912345678' })).toBe(
      'kernel/held-before',
    )
    expect(await han.isRefused(raiseDifficulty, { ...more, kind: 'health' })).toBe('kernel/bad-input')
    expect(await han.isRefused(raiseDifficulty, { ...more, postId: w.newId() })).toBe(
      'commandpost/post-missing',
    )
    expect(await han.isRefused(raiseDifficulty, { ...more, difficultyId: id })).toBe('commandpost/id-taken')
    const twice = w.entry(raiseDifficulty, { ...more, difficultyId: w.newId() })
    const [first, second] = await han.sends([twice, twice])
    expect(first).toEqual(second)
  })

  it('CMD18 a leader sees the difficulties of his units; an officer those of his post, and his own', async () => {
    const list = async (by: typeof zheng) => (await by.asks(difficulties, {})).rows.map(row => row.unitName)
    expect(new Set(await list(zhu))).toEqual(new Set(['交警']))
    expect(new Set(await list(han))).toEqual(new Set(['城东所']))
    expect(new Set(await list(zheng))).toEqual(new Set(['城东所', '交警']))
    const [far] = (await zhu.asks(difficulties, {})).rows
    expect(await feng.mayNotAsk(difficulty, { difficultyId: far?.difficultyId })).toBe(
      'commandpost/difficulty-missing',
    )
    // 2021-11-08 10:00: Chu of the traffic brigade stands at the station's gate.
    w.clock.set('2021-11-08T02:00:00.000Z')
    const here = await raised({ kind: 'equipment', text: '测温枪坏了' }, feng)
    await han.does(solveDifficulty, { difficultyId: here, text: '已更换' })
    const tasks = await chu.asks(myTasks, {})
    expect(tasks.posts).toEqual([{ postId: b.gate, name: '东门封控点', unitName: '城东所', onDuty: true }])
    expect(tasks.difficulties[0]).toMatchObject({ difficultyId: here, toConfirm: true })
    expect((await seen(here, chu)).text).toBe('测温枪坏了')
    await chu.does(confirmDifficulty, { difficultyId: here })
    const after = await chu.asks(myTasks, {})
    expect(after.difficulties.some(row => row.difficultyId === here)).toBe(false)
  })
})
