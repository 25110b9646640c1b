// Swaps among officers: what is asked, agreed to and approved, and what is refused on the way.
import { describe, expect, it } from 'vitest'
import { alerts } from '../../kernel/books/contracts.ts'
import { runWatch } from '../../kernel/jobs.ts'
import { type Person, world } from '../../kernel/world.ts'
import { readSheets } from '../../sheets/index.ts'
import { reportUnavailable } from '../people/contracts.ts'
import {
  acknowledge,
  acknowledgements,
  agreeSwap,
  approveSwap,
  askSwap,
  declineSwap,
  my,
  mySwaps,
  openDraft,
  refuseSwap,
  publish,
  seatHistory,
  swap,
  swapReturns,
  swaps,
  swapTakers,
  versions,
  withdrawSwap,
} from './contracts.ts'
import { roster } from './index.ts'
import { at, lived, livedModules } from './test-lived.ts'
import { swapWatches } from './watches-swaps.ts'

const [day4, day5, day6, day7] = ['2021-11-04', '2021-11-05', '2021-11-06', '2021-11-07'] as const

describe('swaps among officers', async () => {
  const w = await world(livedModules)
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await lived(w, boss)
  const { operationId, officers } = b
  // Every second one may lead; the gate needs one who may.
  await b.publishes([
    { officer: 2, day: day4, post: 'gate', bands: ['night'] },
    { officer: 3, day: day4, post: 'gate', bands: ['night'] },
    { officer: 4, day: day5, post: 'gate', bands: ['morning'] },
    { officer: 1, day: day5, post: 'gate', bands: ['morning'] },
    { officer: 6, day: day6, post: 'gate', bands: ['morning'] },
    { officer: 5, day: day6, post: 'gate', bands: ['morning'] },
    { officer: 11, day: day6, post: 'checkpoint', bands: ['late'] },
    { officer: 0, day: day7, post: 'gate', bands: ['morning'] },
    { officer: 7, day: day7, post: 'gate', bands: ['morning'] },
  ])
  const zheng = b.person(1)
  const chen = b.person(3)
  const chu = b.person(4)
  const wei = b.person(5)
  const shen = b.person(7)
  const qin = b.person(11)
  const han = b.leader('韩示九', 'east')
  const yang = b.leader('杨例十', 'west')
  const duty = w.person('朱样三', ['dutyOfficer'])
  const own = async (person: Person, day: string) => {
    const { shifts } = await person.asks(my, { days: 10 })
    const shift = shifts.find(one => one.day === day)
    if (!shift) throw new Error(`no shift on ${day}`)
    return shift.assignmentId
  }
  const days = async (person: Person) =>
    (await person.asks(my, { days: 10 })).shifts.map(one => `${one.day} ${one.postName}`)
  const asks = async (person: Person, day: string, more: object) => ({
    ...{ swapId: w.newId(), assignmentId: await own(person, day), partnerId: null },
    ...more,
  })
  const stateOf = async (swapId: string) => (await boss.asks(swap, { swapId })).state

  it('RST90 an officer is told who may take his duty, and who may not by which rule', async () => {
    const found = await zheng.asks(swapTakers, { assignmentId: await own(zheng, day5) })
    expect(found.rows).toHaveLength(11)
    const barred = found.rows.filter(one => one.barred)
    expect(barred.map(one => [one.name, one.barred?.rule]).sort()).toEqual([
      ['冯样一', 'RST3'],
      ['褚例一', 'RST1'],
      ['陈示一', 'RST3'],
    ])
    expect(found.legal).toBe(8)
    // Whoever may take it stands first, those of the post's own unit before others.
    expect(found.rows.slice(0, 8).every(one => one.barred === null)).toBe(true)
    expect(found.rows[7]).toMatchObject({ name: '秦样一', unitName: '城西所', sameUnit: false })
    expect(
      (await zheng.asks(swapTakers, { assignmentId: found.duty.assignmentId, search: '沈' })).rows,
    ).toHaveLength(1)
    expect(await chen.mayNotAsk(swapTakers, { assignmentId: found.duty.assignmentId })).toBe(
      'roster/not-your-duty',
    )
  })

  it('RST90 he offers only what is his own, published and not begun, and once', async () => {
    const assignmentId = await own(zheng, day5)
    const offer = { swapId: w.newId(), assignmentId, partnerId: officers[7] ?? '' }
    expect(await chen.isRefused(askSwap, offer)).toBe('roster/not-your-duty')
    expect(await zheng.isRefused(askSwap, { ...offer, assignmentId: w.newId() })).toBe('roster/not-your-duty')
    expect(await zheng.isRefused(askSwap, { ...offer, partnerId: officers[1] })).toBe(
      'roster/swap-with-oneself',
    )
    expect(await zheng.isRefused(askSwap, { ...offer, partnerId: w.newId() })).toBe('roster/unknown-officer')
    const back = { partnerAssignmentId: await own(wei, day6) }
    expect(await zheng.isRefused(askSwap, { ...offer, ...back })).toBe('roster/return-needs-partner')
    expect(await zheng.isRefused(askSwap, { ...offer, ...back, partnerId: null })).toBe(
      'roster/return-needs-partner',
    )
    expect(await boss.isRefused(askSwap, offer)).toBe('roster/no-officer-account')
    expect(await zheng.isRefused(askSwap, { ...offer, partnerId: 'x' })).toBe('kernel/bad-input')
    await zheng.does(askSwap, offer)
    expect(await zheng.isRefused(askSwap, { ...offer, swapId: w.newId() })).toBe('roster/swap-already-asked')
    expect(await zheng.isRefused(askSwap, offer)).toBe('roster/swap-already-asked')
    expect(await chen.isRefused(withdrawSwap, { swapId: offer.swapId })).toBe('roster/not-your-duty')
    await zheng.does(withdrawSwap, { swapId: offer.swapId })
    expect(await zheng.isRefused(withdrawSwap, { swapId: offer.swapId })).toBe('roster/swap-settled')
    expect(await shen.isRefused(agreeSwap, { swapId: offer.swapId })).toBe('roster/swap-settled')
  })

  it('RST91 a swap that breaks rest, or takes a crew its leader, is refused by the name of the rule', async () => {
    const offer = await asks(zheng, day5, { partnerId: officers[3] })
    const [verdict] = await zheng.sends([w.entry(askSwap, offer)])
    if (verdict?.verdict !== 'refused') throw new Error('it was not refused')
    expect(verdict.problem.code).toBe('roster/rules-broken')
    expect(verdict.problem.message.zh).toContain('陈示一 11-05 两次勤务之间休息不足,差 11 小时(RST3)')
    const [crew] = await chu.sends([w.entry(askSwap, await asks(chu, day5, { partnerId: officers[7] }))])
    expect(crew?.verdict === 'refused' && crew.problem.message.zh).toContain('沈例一 11-05 无带班资质')
    const returns = await zheng.asks(swapReturns, {
      assignmentId: await own(zheng, day5),
      partnerId: officers[5] ?? '',
    })
    expect(returns.takeOver).toBeNull()
    expect(returns.duties.map(one => [one.day, one.barred])).toEqual([[day6, null]])
  })

  it('SCP7 a handler may look over the whole agency, and behind it the actor sees his units again', async () => {
    const away = {
      ...{ availabilityId: w.newId(), officerId: officers[11] ?? '', state: 'unavailable' },
      ...{ beginsAt: at(day5, 8), endsAt: at(day6, 8), reason: null },
    }
    const limited = w.person('郑例一', ['officer', 'unitLeader'], {
      officerId: officers[1],
      unitIds: [b.unitId],
    })
    const offer = await asks(zheng, day5, { partnerId: officers[3] })
    const verdicts = await limited.sends([w.entry(askSwap, offer), w.entry(reportUnavailable, away)])
    expect(verdicts.map(one => one.verdict)).toEqual(['refused', 'refused'])
    const allowed = await asks(zheng, day5, { partnerId: officers[11] })
    const again = await limited.sends([w.entry(askSwap, allowed), w.entry(reportUnavailable, away)])
    expect(again.map(one => one.verdict)).toEqual(['done', 'refused'])
    await zheng.does(withdrawSwap, { swapId: allowed.swapId })
  })

  it('RST92 a colleague agrees to what was put to him, and nobody else does; he may decline', async () => {
    const offer = await asks(zheng, day5, {
      partnerId: officers[5],
      partnerAssignmentId: await own(wei, day6),
    })
    await zheng.does(askSwap, offer)
    const { swapId } = offer
    expect((await wei.asks(mySwaps)).toAnswer.map(one => [one.asker.name, one.kind])).toEqual([
      ['郑例一', 'swap'],
    ])
    expect((await shen.asks(mySwaps)).toAnswer).toEqual([])
    expect(await shen.isRefused(agreeSwap, { swapId })).toBe('roster/not-asked-of-you')
    expect(await shen.isRefused(declineSwap, { swapId })).toBe('roster/not-asked-of-you')
    expect(await zheng.isRefused(agreeSwap, { swapId })).toBe('roster/swap-with-oneself')
    expect(await shen.mayNotAsk(swap, { swapId })).toBe('roster/swap-missing')
    await wei.does(declineSwap, { swapId })
    expect(await stateOf(swapId)).toBe('declined')
    expect(await wei.isRefused(agreeSwap, { swapId })).toBe('roster/swap-settled')
  })

  it('RST93 a leader of all who take part approves, never one of them; a refusal has its reason', async () => {
    const offer = await asks(zheng, day5, { partnerId: officers[7] })
    const { swapId } = offer
    await zheng.does(askSwap, offer)
    expect(await han.isRefused(approveSwap, { swapId })).toBe('roster/swap-not-agreed')
    await shen.does(agreeSwap, { swapId })
    expect(await zheng.isRefused(approveSwap, { swapId })).toBe('kernel/no-right')
    for (const officer of [1, 7]) {
      const both = w.person('兼任', ['unitLeader', 'officer'], {
        officerId: officers[officer],
        unitIds: [b.unitId],
      })
      expect(await both.isRefused(approveSwap, { swapId })).toBe('roster/own-swap')
      expect(await both.isRefused(refuseSwap, { swapId, reason: '不行' })).toBe('roster/own-swap')
    }
    expect(await yang.isRefused(approveSwap, { swapId })).toBe('roster/swap-outside-scope')
    expect(await han.isRefused(refuseSwap, { swapId, reason: ' ' })).toBe('kernel/bad-input')
    await han.does(refuseSwap, { swapId, reason: '当日另有任务安排' })
    expect(await zheng.asks(swap, { swapId })).toMatchObject({ state: 'refused', reason: '当日另有任务安排' })
    // Across two stations it is for the command post.
    const across = await asks(zheng, day5, { partnerId: officers[11] })
    await zheng.does(askSwap, across)
    await qin.does(agreeSwap, { swapId: across.swapId })
    expect(await han.isRefused(approveSwap, { swapId: across.swapId })).toBe('roster/swap-outside-scope')
    expect((await han.asks(swap, { swapId: across.swapId })).may).toEqual({ approve: false, refuse: false })
    expect((await duty.asks(swap, { swapId: across.swapId })).may).toEqual({ approve: true, refuse: true })
    await duty.does(refuseSwap, { swapId: across.swapId, reason: '跨所不宜' })
  })

  it('RST94 the approval is one version that touches the two, and asks only them again', async () => {
    for (const n of [0, 1, 2, 3, 4, 5, 6, 7, 11]) {
      await b.person(n).does(acknowledge, { operationId, version: 1 })
    }
    const draft = w.newId()
    await boss.does(openDraft, { planId: draft, operationId, fromDay: day5, untilDay: day7 })
    const offer = await asks(zheng, day5, {
      partnerId: officers[5],
      partnerAssignmentId: await own(wei, day6),
    })
    const { swapId } = offer
    await zheng.does(askSwap, offer)
    await wei.does(agreeSwap, { swapId })
    expect(await han.asks(swap, { swapId })).toMatchObject({ broken: [], drafts: 1, may: { approve: true } })
    expect(await han.does(approveSwap, { swapId })).toEqual({ version: 2 })
    expect(await days(zheng)).toEqual([`${day6} 东门封控点`])
    expect(await days(wei)).toEqual([`${day5} 东门封控点`])
    const [newest] = await boss.asks(versions, { operationId })
    expect(newest).toMatchObject({
      version: 2,
      cause: 'swap',
      planId: null,
      added: 2,
      removed: 2,
      assignments: 5,
    })
    const pending = await boss.asks(acknowledgements, { operationId, pending: true })
    expect(pending.rows.map(row => row.name).sort()).toEqual(['卫样一', '郑例一'])
    await zheng.does(acknowledge, { operationId, version: 2 })
    expect((await boss.asks(acknowledgements, { operationId, pending: true })).total).toBe(1)
    // The draft that did not know of it is stale, as after every publication.
    expect(await boss.isRefused(publish, { planId: draft, revision: 1 })).toBe('roster/stale-draft')
    const place = {
      operationId,
      planId: null,
      day: day5,
      postId: b.gate,
      patternId: b.patterns.fourBySix,
      bands: ['morning'],
    }
    const told = await boss.asks(seatHistory, place)
    expect(
      told.rows
        .filter(row => row.command === 'roster.approveSwap')
        .map(row => row.op)
        .sort(),
    ).toEqual(['d', 'i'])
    const { steps } = await boss.asks(swap, { swapId })
    expect(steps.map(one => one.kind)).toEqual(['asked', 'agreed', 'approved'])
    expect(await han.isRefused(approveSwap, { swapId })).toBe('roster/swap-settled')
  })

  it('RST92 what is offered to anybody goes to the first who may and says yes', async () => {
    const offer = await asks(zheng, day6, {})
    const { swapId } = offer
    await zheng.does(askSwap, offer)
    const seen = async (n: number) => (await b.person(n).asks(mySwaps)).toAnswer.map(one => one.swapId)
    expect(await seen(7)).toEqual([swapId])
    // He has the late band elsewhere on that day, and is not asked.
    expect(await seen(11)).toEqual([])
    expect(await qin.isRefused(agreeSwap, { swapId })).toBe('roster/rules-broken')
    await shen.does(agreeSwap, { swapId })
    expect(await wei.isRefused(agreeSwap, { swapId })).toBe('roster/swap-settled')
    expect(await seen(5)).toEqual([])
    await han.does(approveSwap, { swapId })
    expect(await days(shen)).toEqual([`${day6} 东门封控点`, `${day7} 东门封控点`])
    expect(await days(zheng)).toEqual([])
  })

  it('RST146 the list goes out as Excel, as it is shown and to whoever sees it', async () => {
    const maker = w.kernel.registry.files.get('roster.exportSwaps')
    const textOf = async (person: Person, input: object = {}) => {
      const asked = maker?.input.parse({ operationId, ...input }) as never
      const made = await maker?.make(asked, await w.kernel.reader(person.actor))
      if (!made) throw new Error('no file')
      expect(made.fileName).toMatch(/^换班台账-2021-11-\d\d\.xlsx$/)
      return JSON.stringify((await readSheets(made.bytes, made.fileName)).sheets)
    }
    const whole = await textOf(boss)
    for (const word of ['东门封控点', '当日另有任务安排', '已批准', '2021-11-05 08:00'])
      expect(whole).toContain(word)
    const refused = await textOf(boss, { states: ['refused'] })
    expect(refused).toContain('当日另有任务安排')
    expect(refused).not.toContain('已批准')
    expect(await textOf(yang, { states: ['refused'] })).not.toContain('当日另有任务安排')
    expect(maker?.roles).not.toContain('officer')
    for (const wrong of [
      {},
      { operationId: 'x' },
      { operationId, states: ['?'] },
      { operationId, limit: 1 },
    ]) {
      expect(maker?.input.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false)
    }
  })

  it('RST95 of two requests that cross on one duty the first that is approved ends the other', async () => {
    // 沈 offers his seventh to 郑; 陈 wants the same duty for his night.
    const first = await asks(shen, day7, { partnerId: officers[1] })
    const second = await asks(chen, day4, {
      partnerId: officers[7],
      partnerAssignmentId: await own(shen, day7),
    })
    await shen.does(askSwap, first)
    await chen.does(askSwap, second)
    await zheng.does(agreeSwap, { swapId: first.swapId })
    await shen.does(agreeSwap, { swapId: second.swapId })
    await han.does(approveSwap, { swapId: first.swapId })
    expect(await han.isRefused(approveSwap, { swapId: second.swapId })).toBe('roster/swap-settled')
    const { steps } = await boss.asks(swap, { swapId: second.swapId })
    expect(steps.map(one => one.kind)).toEqual(['asked', 'agreed', 'overtaken'])
    expect(await days(chen)).toEqual([`${day4} 东门封控点`])
  })

  it('RST91 an absence reported after the yes keeps it from being approved', async () => {
    const offer = await asks(zheng, day7, { partnerId: officers[9] })
    const { swapId } = offer
    await zheng.does(askSwap, offer)
    await b.person(9).does(agreeSwap, { swapId })
    const away = { beginsAt: at(day7, 0), endsAt: at(day7, 23), reason: null }
    const availabilityId = w.newId()
    await boss.does(reportUnavailable, {
      ...{ availabilityId, officerId: officers[9] ?? '', state: 'unavailable' as const },
      ...away,
    })
    const seen = await han.asks(swap, { swapId })
    expect(seen.broken.map(one => [one.name, one.rule])).toEqual([['杨示一', 'RST5']])
    expect(seen.may).toEqual({ approve: false, refuse: true })
    expect(await han.isRefused(approveSwap, { swapId })).toBe('roster/rules-broken')
  })

  it('RST95 a request ends by itself when its duty begins, and nothing can be done with it', async () => {
    const offer = await asks(chen, day4, { partnerId: officers[8] })
    const { swapId } = offer
    await chen.does(askSwap, offer)
    await b.person(8).does(agreeSwap, { swapId })
    const watch = async () => {
      for (const one of swapWatches) await runWatch(w.kernel, w.agency.agencyId, one)
      return (await boss.asks(alerts, { watch: 'roster.swapUnanswered' })).rows
    }
    expect(await watch()).toEqual([])
    w.clock.set(at(day4, 20))
    expect((await watch()).map(row => row.titleZh)).toEqual(['陈示一的顶班申请待审批，班次即将开始'])
    // The night of the fourth begins at two.
    w.clock.set(at(day5, 2))
    expect(await han.isRefused(approveSwap, { swapId })).toBe('roster/swap-settled')
    expect(await chen.isRefused(withdrawSwap, { swapId })).toBe('roster/swap-settled')
    expect(await stateOf(swapId)).toBe('lapsed')
    const hands = await w.kernel.system(w.agency.agencyId)
    await roster.routines?.[0]?.run(hands, w.agency)
    await roster.routines?.[0]?.run(hands, w.agency)
    expect(await watch()).toEqual([])
    const { steps } = await boss.asks(swap, { swapId })
    expect(steps.map(one => one.kind)).toEqual(['asked', 'agreed', 'lapsed'])
    const begun = { swapId: w.newId(), assignmentId: offer.assignmentId, partnerId: officers[8] }
    expect(await chen.isRefused(askSwap, begun)).toBe('roster/duty-begun')
  })

  it('RST96 a request that is not decided is watched from twelve hours before, and the list says what waits', async () => {
    const waiting = await boss.asks(swaps, { operationId, states: ['agreed'] })
    expect(waiting.rows.map(row => [row.asker.name, row.partner?.name])).toEqual([['郑例一', '杨示一']])
    w.clock.set(at(day6, 21))
    for (const one of swapWatches) await runWatch(w.kernel, w.agency.agencyId, one)
    const [alert] = (await han.asks(alerts, { watch: 'roster.swapUnanswered' })).rows
    expect(alert).toMatchObject({ severity: 'amber', link: `/roster/swaps?open=${waiting.rows[0]?.swapId}` })
    expect((await yang.asks(swaps, { operationId })).rows.map(row => row.partner?.name)).toEqual([
      '秦样一',
      '秦样一',
    ])
    expect((await boss.asks(swaps, { operationId, search: '秦' })).total).toBe(2)
    expect((await boss.asks(swaps, { operationId })).total).toBe(11)
  })

  it('RST93 another agency’s requests are nobody’s here', async () => {
    const other = w.newId()
    await w.owner.query('begin')
    await w.owner.query(`set local app.command_id = '00000000-0000-7000-8000-0000000000ff'`)
    await w.owner.query(
      "insert into app.agency (agency_id, code, name, kind) values ($1, 'shiqiao', '石桥县公安局', 'rehearsal')",
      [other],
    )
    await w.owner.query('commit')
    const stranger = w.person('外县', ['commander', 'officer'], { officerId: officers[9] })
    Object.assign(stranger.actor, { scope: { agencyId: other, unitIds: '*' } })
    const [row] = (await boss.asks(swaps, { operationId, states: ['agreed'] })).rows
    const swapId = row?.swapId ?? ''
    for (const contract of [agreeSwap, declineSwap, withdrawSwap, approveSwap]) {
      expect(await stranger.isRefused(contract, { swapId })).toBe('roster/swap-missing')
    }
    expect(await stranger.mayNotAsk(swap, { swapId })).toBe('roster/swap-missing')
    expect((await stranger.asks(swaps, { operationId })).total).toBe(0)
  })
})
