import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import {
  acknowledgeDirective,
  addDecisions,
  changeMeeting,
  directive,
  issueDecision,
  log,
  meeting,
  meetings,
  recordMeeting,
  reportDirective,
  reviewDirective,
} from './contracts.ts'
import { bureau, followed, modules, sheetOf } from './test-bureau.ts'

describe('meetings', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zhou, zheng, han, feng } = b
  w.clock.set('2021-11-04T02:00:00.000Z')
  const later = (minutes: number) => new Date(w.clock.now.getTime() + minutes * 60_000).toISOString()
  const meetingId = w.newId()
  const [cold, masks, later3] = [w.newId(), w.newId(), w.newId()]
  const head = {
    title: '第十次会商',
    heldAt: later(-90),
    place: '前沿指挥部',
    chair: '周示一局长',
    attendees: '郑例二、韩样九、朱例一',
    minutes: '通报疫情；研究防寒保障。',
  }
  const seen = (by = zheng) => by.asks(meeting, { meetingId })
  const directiveId = w.newId()
  const addresseeId = w.newId()
  const order = (more: object = {}) => ({
    decisionId: cold,
    directiveId,
    number: '青公指〔2021〕40号',
    fromWhom: '指挥部会议',
    title: '落实防寒保障',
    dueAt: later(600),
    addressees: [{ addresseeId, unitId: b.station }],
    ...more,
  })

  it('CMD61 a meeting has time, place, chair, attendees, minutes and numbered decisions', async () => {
    await zheng.does(recordMeeting, {
      ...{ meetingId, operationId, ...head },
      decisions: [
        { decisionId: cold, text: '今晚前各点位配齐取暖设备' },
        { decisionId: masks, text: '口罩库存低于一天的点位优先补给' },
      ],
    })
    expect(await seen()).toMatchObject({
      ...{ n: 1, title: '第十次会商', place: '前沿指挥部', chair: '周示一局长', recordedBy: '郑例二' },
      minutes: '通报疫情；研究防寒保障。',
      decisions: { all: 2, issued: 0, completed: 0, overdue: 0 },
      mayChange: true,
    })
    await zheng.does(changeMeeting, { meetingId, ...head, minutes: '通报疫情；研究防寒保障，明确分工。' })
    await zheng.does(addDecisions, {
      meetingId,
      decisions: [{ decisionId: later3, text: '每日八时视频调度' }],
    })
    expect((await seen()).decisionRows.map(one => [one.n, one.text])).toEqual([
      [1, '今晚前各点位配齐取暖设备'],
      [2, '口罩库存低于一天的点位优先补给'],
      [3, '每日八时视频调度'],
    ])
    expect((await seen(han)).mayChange).toBe(false)
  })

  it('CMD62 a decision is issued as a directive in one step; each shows the other, and how far it is', async () => {
    await zheng.does(issueDecision, order())
    expect(await zheng.asks(directive, { directiveId })).toMatchObject({
      text: '今晚前各点位配齐取暖设备',
      meeting: { meetingId, n: 1, title: '第十次会商' },
    })
    expect((await seen()).decisionRows[0]?.directive).toMatchObject({
      ...{ directiveId, number: '青公指〔2021〕40号', state: 'open', completed: 0, all: 1, overdue: false },
    })
    expect(await zheng.isRefused(issueDecision, order({ directiveId: w.newId() }))).toBe(
      'commandpost/decision-issued',
    )
    const nobody = {
      decisionId: masks,
      directiveId: w.newId(),
      addressees: [{ addresseeId: w.newId(), unitId: w.newId() }],
    }
    expect(await zheng.isRefused(issueDecision, order(nobody))).toBe('commandpost/unit-missing')
    expect((await seen()).decisionRows[1]?.directive).toBe(null)
    w.clock.advance(601)
    expect((await seen()).decisions).toEqual({ all: 3, issued: 1, completed: 0, overdue: 1 })
    await han.does(acknowledgeDirective, { addresseeId })
    await han.does(reportDirective, { addresseeId, text: '已配齐', done: true })
    await zheng.does(reviewDirective, { addresseeId, verdict: 'complete' })
    expect((await seen()).decisionRows[0]?.directive).toMatchObject({ state: 'completed', completed: 1 })
    expect((await seen()).decisions).toEqual({ all: 3, issued: 1, completed: 1, overdue: 0 })
  })

  it('CMD63 meetings are listed and found, and the minutes go out as Excel with what became of each decision', async () => {
    const list = async (more: object) =>
      (await zheng.asks(meetings, { operationId, ...more })).rows.map(row => row.title)
    expect(await list({ search: '口罩库存' })).toEqual(['第十次会商'])
    expect(await list({ search: '没有' })).toEqual([])
    expect(await list({ only: 'unissued' })).toEqual(['第十次会商'])
    expect(await list({ only: 'open' })).toEqual([])
    const whole = await sheetOf(w, zheng, 'exportMeetings', { operationId })
    expect(whole.fileName).toContain('会议台账')
    for (const word of ['第十次会商', '前沿指挥部', '周示一局长', '2021-11-04'])
      expect(whole.text).toContain(word)
    const none = await sheetOf(w, zheng, 'exportMeetings', { operationId, search: '没有' })
    expect(none.text).not.toContain('第十次会商')
    const { fileName, text } = await sheetOf(w, zheng, 'exportMeeting', { meetingId })
    expect(fileName).toContain('会议纪要')
    for (const word of ['第十次会商', '已办结 1/1', '未下达', '参加人员: 郑例二', '明确分工']) {
      expect(text).toContain(word)
    }
  })

  it('CMD64 a meeting stands in the duty log, and so do the directives it issued', async () => {
    await followed(w)
    const { rows } = await zheng.asks(log, { operationId, search: '第十次会商' })
    expect(rows.map(row => row.text)).toEqual([
      '第 1 次会议《第十次会商》，11月4日 08:30 于前沿指挥部，周示一局长主持，议定 2 项。',
    ])
    expect((await zheng.asks(log, { operationId, directiveId })).rows.length).toBeGreaterThan(0)
  })

  it('CMD65 refused: who does not lead the bureau’s command post, unknown ids, hostile input; twice is once', async () => {
    const good = { meetingId: w.newId(), operationId, ...head, heldAt: later(-5) }
    for (const person of [han, feng])
      expect(await person.isRefused(recordMeeting, good)).toBe('kernel/no-right')
    const part = w.person('秦例二', ['dutyOfficer'], { unitIds: [b.station] })
    expect(await part.isRefused(recordMeeting, good)).toBe('commandpost/outside-scope')
    expect(await zheng.isRefused(recordMeeting, { ...good, heldAt: later(60) })).toBe('commandpost/in-future')
    expect(await zheng.isRefused(recordMeeting, { ...good, operationId: w.newId() })).toBe(
      'operations/operation-missing',
    )
    const many = Array.from({ length: 51 }, () => ({ decisionId: w.newId(), text: 'x' }))
    const malformed = [
      ...[
        { title: '' },
        { chair: ' ' },
        { minutes: 'x'.repeat(10_001) },
        { attendees: 3 },
        { decisions: many },
      ],
      ...[{ decisions: [{ decisionId: 'x', text: 'x' }] }, { place: 'a\u0000b' }],
    ]
    for (const bad of malformed) {
      expect(await zheng.isRefused(recordMeeting, { ...good, ...bad })).toBe('kernel/bad-input')
    }
    await zhou.does(recordMeeting, { ...good, decisions: many.slice(0, 50) })
    expect(await zhou.isRefused(recordMeeting, { ...good, title: '另一次' })).toBe('commandpost/id-taken')
    const { meetingId: full } = good
    expect(await zhou.isRefused(addDecisions, { meetingId: full, decisions: many.slice(50) })).toBe(
      'commandpost/decisions-most',
    )
    expect(
      await zheng.isRefused(issueDecision, order({ decisionId: w.newId(), directiveId: w.newId() })),
    ).toBe('commandpost/decision-missing')
    expect(await zheng.mayNotAsk(meeting, { meetingId: w.newId() })).toBe('commandpost/meeting-missing')
    expect(await zheng.isRefused(changeMeeting, { meetingId: w.newId(), ...head })).toBe(
      'commandpost/meeting-missing',
    )
  })
})
