import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import {
  acknowledgeDirective,
  directive,
  directives,
  issueDirective,
  myTasks,
  passDirective,
  reportDirective,
  reviewDirective,
} from './contracts.ts'
import { bureau, figure, modules, seenBy } from './test-bureau.ts'

describe('directives: what is watched, counted and waits', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zheng, deputy, han, yang, zhu, feng, wei } = b
  w.clock.set('2021-11-04T02:00:00.000Z')
  const later = (minutes: number) => new Date(w.clock.now.getTime() + minutes * 60_000).toISOString()
  const to = (unitId: string, postId: string | null = null) => ({ addresseeId: w.newId(), unitId, postId })
  const order = (addressees: ReturnType<typeof to>[], more: object = {}) => ({
    directiveId: w.newId(),
    operationId,
    number: '青公指令〔2021〕12号',
    source: 'above' as const,
    fromWhom: '市局指挥中心',
    title: '加强夜间卡口查验',
    text: '各卡口自今晚起增加夜间查验力量，一车一查。',
    dueAt: later(8 * 60),
    addressees,
    ...more,
  })

  it('CMD28 directives received from above and completed are counted, and each figure has as many records', async () => {
    const one = to(b.station)
    const both = order([one, to(b.traffic)], { dueAt: later(20 * 24 * 60) })
    await zheng.does(issueDirective, both)
    await zheng.does(issueDirective, order([to(b.squad)], { dueAt: later(20 * 24 * 60) }))
    const own = to(b.traffic)
    await zheng.does(issueDirective, order([own], { source: 'own', fromWhom: '指挥长' }))
    await zhu.does(acknowledgeDirective, { addresseeId: own.addresseeId })
    await zhu.does(reportDirective, { addresseeId: own.addresseeId, text: '已落实', done: true })
    await deputy.does(reviewDirective, { addresseeId: own.addresseeId, verdict: 'complete' })
    // What was passed down is not received again, nor completed again.
    await han.does(acknowledgeDirective, { addresseeId: one.addresseeId })
    const down = to(b.squad)
    const child = { directiveId: w.newId(), addresseeId: one.addresseeId, text: '巡逻中队落实' }
    await han.does(passDirective, { ...child, dueAt: later(60), addressees: [down] })
    await yang.does(acknowledgeDirective, { addresseeId: down.addresseeId })
    await yang.does(reportDirective, { addresseeId: down.addresseeId, text: '已落实', done: true })
    await han.does(reviewDirective, { addresseeId: down.addresseeId, verdict: 'complete' })
    const on = (by: typeof zheng, key: string, day = '2021-11-04') => figure(w, by, key, day)
    expect(await on(zheng, 'directives.received')).toEqual({ value: 2, records: 2 })
    expect(await on(zheng, 'directives.completed')).toEqual({ value: 1, records: 1 })
    expect(await on(zhu, 'directives.received')).toEqual({ value: 1, records: 1 })
    expect(await on(yang, 'directives.received')).toEqual({ value: 1, records: 1 })
    expect(await on(yang, 'directives.completed')).toEqual({ value: 0, records: 0 })
    expect(await on(zheng, 'directives.completed', '2021-11-05')).toEqual({ value: 0, records: 0 })
  })

  it('CMD27 what nobody signs, what is near its time and what is past it is watched', async () => {
    w.clock.set('2021-11-06T02:00:00.000Z')
    const one = to(b.station)
    const given = order([one], { number: '青公指令〔2021〕20号', dueAt: later(10 * 60) })
    await zheng.does(issueDirective, given)
    const mine = async (key: string) =>
      (await seenBy(w, key)).filter(found => found.subject === one.addresseeId)
    expect(await mine('directiveUnacknowledged')).toEqual([])
    w.clock.advance(30)
    expect(await mine('directiveUnacknowledged')).toMatchObject([
      {
        severity: 'amber',
        title: { zh: '城东所未签收青公指令〔2021〕20号《加强夜间卡口查验》' },
        link: `/directives?open=${given.directiveId}`,
        unitId: b.station,
      },
    ])
    await han.does(acknowledgeDirective, { addresseeId: one.addresseeId })
    expect(await mine('directiveUnacknowledged')).toEqual([])
    w.clock.advance(6 * 60)
    expect(await mine('directiveNearDue')).toEqual([])
    // A quarter of ten hours, since that is less than four.
    w.clock.advance(70)
    expect(await mine('directiveNearDue')).toMatchObject([{ severity: 'amber', dueAt: given.dueAt }])
    w.clock.advance(2 * 60 + 20)
    expect(await mine('directiveNearDue')).toEqual([])
    expect(await mine('directiveOverdue')).toMatchObject([{ severity: 'red', dueAt: given.dueAt }])
    expect((await zheng.asks(directives, { overdue: true })).rows.map(row => row.number)).toContain(
      given.number,
    )
    await han.does(reportDirective, { addresseeId: one.addresseeId, text: '已办', done: true })
    expect(await mine('directiveOverdue')).toEqual([])
    const many = await zheng.asks(directives, { overdue: true })
    expect(many.rows.map(row => row.number)).not.toContain(given.number)
    const long = order([to(b.station, b.gate)], { title: '长'.repeat(100), number: '号'.repeat(60) })
    await zheng.does(issueDirective, { ...long, dueAt: later(60) })
    w.clock.advance(61)
    for (const found of await seenBy(w, 'directiveOverdue')) expect(found.title.zh.length).toBeLessThan(201)
  })

  it('CMD29 a person finds what waits for him: his unit’s, his post’s, and nothing else', async () => {
    w.clock.set('2021-11-08T02:00:00.000Z')
    const [unit, post] = [to(b.traffic), to(b.station, b.gate)]
    const given = order([unit, post], { number: '青公指令〔2021〕30号' })
    await zheng.does(issueDirective, given)
    const numbers = async (by: typeof zheng) =>
      (await by.asks(myTasks, {})).directives
        .filter(one => one.number === given.number)
        .map(one => one.toName)
    expect(await numbers(zhu)).toEqual(['交警'])
    expect(await numbers(feng)).toEqual(['东门封控点'])
    expect(await numbers(wei)).toEqual([])
    expect(await numbers(yang)).toEqual([])
    expect(await numbers(zheng)).toEqual([])
    await feng.does(acknowledgeDirective, { addresseeId: post.addresseeId })
    const tasks = (await feng.asks(myTasks, {})).directives
    expect(tasks.find(one => one.number === given.number)).toMatchObject({ state: 'received' })
    expect(tasks[0]).toMatchObject({ overdue: true, toName: '东门封控点' })
    // Whoever may not work at a desk opens it from his tasks all the same.
    expect(
      (await feng.asks(directive, { directiveId: given.directiveId })).addressees.find(one => one.may.answer)
        ?.postName,
    ).toBe('东门封控点')
    expect(await feng.mayNotAsk(directives, {})).toBe('kernel/no-right')
  })
})
