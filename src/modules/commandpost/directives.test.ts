import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import {
  acknowledgeDirective,
  chaseDirective,
  directive,
  directives,
  extendDirective,
  issueDirective,
  log,
  myTasks,
  noteSkipLevel,
  passDirective,
  reportDirective,
  resendDirective,
  returnDirective,
  reviewDirective,
  withdrawDirective,
} from './contracts.ts'
import { bureau, followed, modules } from './test-bureau.ts'

describe('directives', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zhou, zheng, deputy, han, yang, zhu, feng, chu, wei } = b
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
    text: '各卡口自今晚起增加夜间查验力量，一车一查。\n落实情况于时限前反馈。',
    dueAt: later(8 * 60),
    addressees,
    ...more,
  })
  const seen = (directiveId: string, by = zheng) => by.asks(directive, { directiveId })
  const states = async (directiveId: string) =>
    Object.fromEntries(
      (await seen(directiveId)).addressees.map(one => [one.postName ?? one.unitName, one.state]),
    )
  const [station, traffic] = [to(b.station), to(b.traffic)]
  const first = order([station, traffic])

  it('CMD20 a directive has number, source, text, addressees and a due time', async () => {
    await zheng.does(issueDirective, first)
    const found = await seen(first.directiveId)
    expect(found).toMatchObject({
      n: 1,
      number: '青公指令〔2021〕12号',
      source: 'above',
      issuerUnitName: null,
      issuedBy: '郑例二',
      state: 'open',
      text: first.text,
      counts: { all: 2, sent: 2, informed: 0 },
      steps: [{ kind: 'issued', by: '郑例二' }],
    })
    expect(found.addressees.map(one => [one.unitName, one.state, one.informedUnitId])).toEqual([
      ['城东所', 'sent', null],
      ['交警', 'sent', null],
    ])
    const refused = (addressees: object[], more: object = {}, by = zheng) =>
      by.isRefused(issueDirective, order(addressees as ReturnType<typeof to>[], more))
    expect(await refused([])).toBe('commandpost/to-nobody')
    expect(await refused([to(b.station), to(b.station)])).toBe('commandpost/addressee-twice')
    expect(await refused([to(w.newId())])).toBe('commandpost/unit-missing')
    expect(await refused([to(b.station, b.checkpoint)])).toBe('commandpost/post-of-other-unit')
    expect(await refused([to(b.station, w.newId())])).toBe('commandpost/post-missing')
    expect(await refused([to(b.station)], { dueAt: later(0) })).toBe('commandpost/due-past')
    expect(await refused([to(b.station)], { dueAt: later(-5) })).toBe('commandpost/due-past')
    expect(await refused([to(b.station)], { dueAt: later(400 * 24 * 60) })).toBe('commandpost/due-past')
    expect(await refused([to(b.station)], { operationId: w.newId() })).toBe('operations/operation-missing')
    expect(await refused([to(b.station)], { directiveId: first.directiveId })).toBe('commandpost/id-taken')
    expect(await refused([{ ...to(b.squad), addresseeId: station.addresseeId }])).toBe('commandpost/id-taken')
    // A leader orders below himself, and nobody beside or above.
    expect(await refused([to(b.traffic)], {}, han)).toBe('commandpost/not-below')
    expect(await refused([to(b.station)], {}, han)).toBe('commandpost/not-below')
    expect(await refused([to(b.station)], {}, yang)).toBe('commandpost/not-below')
    expect(await refused([to(b.station)], {}, feng)).toBe('kernel/no-right')
  })

  it('CMD21 each addressee acknowledges, reports, is done, and the issuer reviews; then it is completed', async () => {
    const { addresseeId } = station
    const report = { addresseeId, text: '已增派四人，夜间两班' }
    expect(await han.isRefused(reportDirective, report)).toBe('commandpost/not-acknowledged')
    expect(await zheng.isRefused(reviewDirective, { addresseeId, verdict: 'complete' })).toBe(
      'commandpost/not-for-review',
    )
    await han.does(acknowledgeDirective, { addresseeId })
    expect(await han.isRefused(acknowledgeDirective, { addresseeId })).toBe(
      'commandpost/acknowledged-already',
    )
    await han.does(reportDirective, report)
    await han.does(reportDirective, { addresseeId, text: '已落实', done: true })
    expect(await han.isRefused(reportDirective, report)).toBe('commandpost/not-in-hand')
    expect(await states(first.directiveId)).toEqual({ 城东所: 'done', 交警: 'sent' })
    // Sent back with a reason, it is in hand again.
    const back = { addresseeId, verdict: 'sendBack' }
    expect(await zheng.isRefused(reviewDirective, { ...back, text: '  ' })).toBe('commandpost/reason-needed')
    await zheng.does(reviewDirective, { addresseeId, verdict: 'sendBack', text: '请附夜间班次表' })
    await han.does(reportDirective, { addresseeId, text: '班次表已报', done: true })
    await deputy.does(reviewDirective, { addresseeId, verdict: 'complete' })
    expect((await seen(first.directiveId)).state).toBe('open')
    await zhu.does(acknowledgeDirective, { addresseeId: traffic.addresseeId })
    await zhu.does(reportDirective, { addresseeId: traffic.addresseeId, text: '已落实', done: true })
    w.clock.advance(1)
    await zheng.does(reviewDirective, { addresseeId: traffic.addresseeId, verdict: 'complete' })
    const found = await seen(first.directiveId)
    expect(found).toMatchObject({ state: 'completed', completedAt: w.clock.now.toISOString() })
    expect(found.addressees[0]).toMatchObject({
      receivedBy: '韩样九',
      doneBy: '韩样九',
      completedBy: '秦例二',
    })
    expect(found.steps.map(step => step.kind)).toEqual([
      ...['issued', 'received', 'reported', 'done', 'sentBack', 'done', 'completed'],
      ...['received', 'done', 'completed'],
    ])
    expect(await han.isRefused(reportDirective, report)).toBe('commandpost/directive-over')
    await followed(w)
    const { rows } = await zheng.asks(log, { operationId, directiveId: first.directiveId })
    expect(rows.map(row => [row.kind, row.text])).toEqual([
      ['order', '青公指令〔2021〕12号《加强夜间卡口查验》全部办结。'],
      ['order', '接上级指令青公指令〔2021〕12号《加强夜间卡口查验》(市局指挥中心)，承办：城东所、交警。'],
    ])
  })

  it('CMD22 a leader passes it down to his squads and posts, due no later than it is due himself', async () => {
    const parent = to(b.station)
    const given = order([parent], { number: '青公指令〔2021〕13号', source: 'own', fromWhom: '指挥长' })
    await zhou.does(issueDirective, given)
    const [squad, gate] = [to(b.squad), to(b.station, b.gate)]
    const down = (more: object = {}) => ({
      directiveId: w.newId(),
      addresseeId: parent.addresseeId,
      text: '巡逻中队夜间两小时一巡；封控点严格查验。',
      dueAt: later(6 * 60),
      addressees: [squad, gate],
      ...more,
    })
    expect(await han.isRefused(passDirective, down())).toBe('commandpost/not-acknowledged')
    await han.does(acknowledgeDirective, { addresseeId: parent.addresseeId })
    const refused = (more: object, by = han) => by.isRefused(passDirective, down(more))
    expect(await refused({ dueAt: later(8 * 60 + 1) })).toBe('commandpost/due-after-parent')
    expect(await refused({ dueAt: later(-1) })).toBe('commandpost/due-past')
    expect(await refused({ addressees: [] })).toBe('commandpost/to-nobody')
    expect(await refused({ addressees: [to(b.traffic)] })).toBe('commandpost/not-below')
    expect(await refused({}, zhu)).toBe('commandpost/stranger-unit')
    const child = down()
    await han.does(passDirective, child)
    const found = await seen(child.directiveId, han)
    expect(found).toMatchObject({
      number: given.number,
      title: given.title,
      issuerUnitName: '城东所',
      passedDown: true,
      parent: { directiveId: given.directiveId },
    })
    expect((await seen(given.directiveId, han)).children.map(one => one.directiveId)).toEqual([
      child.directiveId,
    ])
    // The gate's crew signs on the phone, also who is of another unit; the leader who ordered it does not.
    const tasks = await chu.asks(myTasks, {})
    expect(tasks.directives).toMatchObject([
      { addresseeId: gate.addresseeId, toName: '东门封控点', state: 'sent' },
    ])
    expect(await han.isRefused(acknowledgeDirective, { addresseeId: gate.addresseeId })).toBe(
      'commandpost/stranger-unit',
    )
    expect(await wei.isRefused(acknowledgeDirective, { addresseeId: gate.addresseeId })).toBe(
      'commandpost/stranger-unit',
    )
    await chu.does(acknowledgeDirective, { addresseeId: gate.addresseeId })
    await feng.does(reportDirective, { addresseeId: gate.addresseeId, text: '已严格查验', done: true })
    await yang.does(acknowledgeDirective, { addresseeId: squad.addresseeId })
    await han.does(reviewDirective, { addresseeId: gate.addresseeId, verdict: 'complete' })
    expect(
      await zheng.isRefused(reviewDirective, { addresseeId: squad.addresseeId, verdict: 'complete' }),
    ).toBe('commandpost/not-issuer')
    expect((await seen(child.directiveId)).counts).toMatchObject({ all: 2, completed: 1, received: 1 })
    // Withdrawn above, it is withdrawn below; what is completed stays completed.
    await zhou.does(withdrawDirective, { directiveId: given.directiveId, reason: '形势变化' })
    expect(await states(child.directiveId)).toEqual({ 东门封控点: 'completed', 巡逻中队: 'withdrawn' })
    expect((await seen(child.directiveId)).state).toBe('withdrawn')
    expect(await yang.isRefused(reportDirective, { addresseeId: squad.addresseeId, text: '迟了' })).toBe(
      'commandpost/directive-over',
    )
  })

  it('CMD23 an order past a unit’s head tells that unit by itself, and it notes it', async () => {
    const [squad, gate] = [to(b.squad), to(b.station, b.gate)]
    const given = order([squad, gate], { number: '青公指令〔2021〕14号' })
    await zheng.does(issueDirective, given)
    const found = await seen(given.directiveId, han)
    expect(
      found.addressees.map(one => [one.postName ?? one.unitName, one.informedUnitName, one.may.note]),
    ).toEqual([
      ['东门封控点', '城东所', true],
      ['巡逻中队', '城东所', true],
    ])
    expect(found.steps.map(step => step.kind)).toEqual(['issued', 'informed', 'informed'])
    expect((await han.asks(directives, { search: '14号' })).rows[0]?.counts.informed).toBe(2)
    const note = { addresseeId: squad.addresseeId }
    expect(await zhu.isRefused(noteSkipLevel, note)).toBe('commandpost/stranger-unit')
    expect(await zheng.isRefused(noteSkipLevel, note)).toBe('commandpost/stranger-unit')
    await han.does(noteSkipLevel, note)
    expect(await han.isRefused(noteSkipLevel, note)).toBe('commandpost/nothing-to-note')
    expect((await seen(given.directiveId)).addressees[1]?.informedSeenAt).toBe(w.clock.now.toISOString())
    // His own squads and posts lie one level below him: nobody is passed over.
    const own = order([to(b.squad), to(b.station, b.gate)], { number: '城东指令1号', source: 'own' })
    await han.does(issueDirective, own)
    expect((await seen(own.directiveId)).counts.informed).toBe(0)
    await zheng.does(withdrawDirective, { directiveId: given.directiveId, reason: '改由本所安排' })
  })

  const chased = to(b.traffic)
  const slow = order([chased], { number: '青公指令〔2021〕15号', dueAt: later(48 * 60) })

  it('CMD24 it is chased, and supervised under a number', async () => {
    await zheng.does(issueDirective, slow)
    const chase = { directiveId: slow.directiveId, addresseeIds: [chased.addresseeId] }
    await zheng.does(chaseDirective, { ...chase, text: '请尽快签收' })
    await zheng.does(chaseDirective, { ...chase, number: '督办〔2021〕3号', text: '今日内反馈' })
    const found = await seen(slow.directiveId)
    expect(found.addressees[0]).toMatchObject({ chased: 2, supervised: '督办〔2021〕3号' })
    expect(found.steps.slice(1).map(step => [step.kind, step.text])).toEqual([
      ['chased', '请尽快签收'],
      ['supervised', '督办〔2021〕3号 今日内反馈'],
    ])
    expect((await zheng.asks(directives, { supervised: true })).rows.map(row => row.number)).toEqual([
      slow.number,
    ])
    expect(await zhu.isRefused(chaseDirective, chase)).toBe('commandpost/not-issuer')
    const strange = { ...chase, addresseeIds: [station.addresseeId] }
    expect(await zheng.isRefused(chaseDirective, strange)).toBe('commandpost/directive-missing')
  })

  it('CMD25 an addressee returns it with a reason; it is sent again, given more time, or withdrawn', async () => {
    const { addresseeId } = chased
    expect(await zhu.isRefused(returnDirective, { addresseeId, reason: ' ' })).toBe('kernel/bad-input')
    await zhu.does(returnDirective, { addresseeId, reason: '该路段不归本大队管辖' })
    expect(await states(slow.directiveId)).toEqual({ 交警: 'returned' })
    expect(await zhu.isRefused(acknowledgeDirective, { addresseeId })).toBe(
      'commandpost/acknowledged-already',
    )
    const chase = { directiveId: slow.directiveId, addresseeIds: [addresseeId] }
    expect(await zheng.isRefused(chaseDirective, chase)).toBe('commandpost/nothing-to-chase')
    expect(await zhu.isRefused(resendDirective, { addresseeId, text: '再发' })).toBe('commandpost/not-issuer')
    await zheng.does(resendDirective, { addresseeId, text: '经核实属你队管辖' })
    expect(await zheng.isRefused(resendDirective, { addresseeId, text: '再发' })).toBe(
      'commandpost/not-returned',
    )
    await zhu.does(acknowledgeDirective, { addresseeId })
    const extend = { directiveId: slow.directiveId, dueAt: later(72 * 60), reason: '天气原因' }
    const notLater = { ...extend, dueAt: slow.dueAt }
    expect(await zheng.isRefused(extendDirective, notLater)).toBe('commandpost/due-not-later')
    await zheng.does(extendDirective, extend)
    expect((await seen(slow.directiveId)).dueAt).toBe(extend.dueAt)
    // What was passed down is never due later than what it came from.
    const child = { directiveId: w.newId(), addresseeId, text: '卡口落实', dueAt: later(70 * 60) }
    await zhu.does(passDirective, { ...child, addressees: [to(b.traffic, b.checkpoint)] })
    const more = { directiveId: child.directiveId, dueAt: later(73 * 60), reason: '再延' }
    expect(await zhu.isRefused(extendDirective, more)).toBe('commandpost/due-after-parent')
    await zhu.does(extendDirective, { ...more, dueAt: later(71 * 60) })
    expect(await zhu.isRefused(withdrawDirective, { directiveId: slow.directiveId, reason: '不办了' })).toBe(
      'commandpost/not-issuer',
    )
  })

  it('CMD26 a stranger answers for nobody, and nobody reviews what he reported himself', async () => {
    const { addresseeId } = chased
    for (const stranger of [han, yang, feng, zheng]) {
      expect(await stranger.isRefused(reportDirective, { addresseeId, text: '代答' })).toBe(
        'commandpost/stranger-unit',
      )
    }
    // An officer of an office of the bureau answers for it, though his account is not limited to it.
    const office = w.person('朱例一', ['dutyOfficer'], { officerId: b.officers.chu })
    await office.does(reportDirective, { addresseeId, text: '已布置', done: true })
    expect(await office.isRefused(reviewDirective, { addresseeId, verdict: 'complete' })).toBe(
      'commandpost/own-review',
    )
    const view = (await office.asks(directive, { directiveId: slow.directiveId })).addressees[0]
    expect(view?.may).toEqual({ answer: false, review: false, note: false })
    await zheng.does(reviewDirective, { addresseeId, verdict: 'complete' })
    const viewer = w.person('褚例五', ['viewer'])
    expect(await viewer.isRefused(acknowledgeDirective, { addresseeId })).toBe('kernel/no-right')
    expect(await han.mayNotAsk(directive, { directiveId: slow.directiveId })).toBe(
      'commandpost/directive-missing',
    )
    expect(await zheng.mayNotAsk(directive, { directiveId: w.newId() })).toBe('commandpost/directive-missing')
  })

  it('CMD26 another bureau neither sees it nor acknowledges it', async () => {
    const agencyId = w.newId()
    await w.owner.query(`begin; set local app.command_id = '00000000-0000-7000-8000-0000000000ff';
      insert into app.agency (agency_id, code, name, kind)
        values ('${agencyId}', 'shiqiao', '石桥县公安局', 'rehearsal'); commit`)
    const stranger = w.person('周示一', ['commander', 'unitLeader'])
    stranger.actor.scope = { agencyId, unitIds: '*' }
    const { addresseeId } = station
    expect(await stranger.isRefused(acknowledgeDirective, { addresseeId })).toBe(
      'commandpost/directive-missing',
    )
    expect(await stranger.mayNotAsk(directive, { directiveId: first.directiveId })).toBe(
      'commandpost/directive-missing',
    )
    const theirs = order([to(b.station)])
    expect(await stranger.isRefused(issueDirective, theirs)).toBe('operations/operation-missing')
    expect((await stranger.asks(directives, {})).total).toBe(0)
  })

  it('CMD20 hostile text comes back as it went in, or is refused; twice is once', async () => {
    const title = `<b>"'; drop</b> 100%_`
    const given = order([to(b.station)], { title, text: `=1+1\n${title}` })
    const entry = w.entry(issueDirective, given)
    await zheng.sends([entry, entry])
    const { rows } = await zheng.asks(directives, { search: '100%_' })
    expect(rows.map(row => row.title)).toEqual([title])
    const refused = (more: object) => zheng.isRefused(issueDirective, { ...order([to(b.station)]), ...more })
    expect(await refused({ text: '长'.repeat(4_001) })).toBe('kernel/bad-input')
    expect(await refused({ title: ' ' })).toBe('kernel/bad-input')
    expect(await refused({ title: '换\n行' })).toBe('kernel/bad-input')
    expect(await refused({ text: '司机13712345678' })).toBe('kernel/held-before')
    expect(await refused({ source: 'below' })).toBe('kernel/bad-input')
    const many = Array.from({ length: 501 }, () => to(b.station))
    expect(await refused({ addressees: many })).toBe('kernel/bad-input')
  })
})
