import { describe, expect, it } from 'vitest'
import { settleAlerts } from '../../kernel/books/contracts.ts'
import { world } from '../../kernel/world.ts'
import { endOperation, openOperation, orderLevel } from '../operations/contracts.ts'
import { addPost, changeZoneKind, extendZone, liftZone } from '../posts/contracts.ts'
import { readSheets } from '../../sheets/index.ts'
import { correct, log, logSheet, pin, record, recordChange } from './contracts.ts'
import { bureau, followed, modules } from './test-bureau.ts'

describe('the duty log', async () => {
  // 2021-11-03 14:00 at the bureau.
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const b = await bureau(w)
  const { operationId, zhou, zheng, han, zhu } = b
  const entry = (text: string, more: object = {}) => ({
    entryId: w.newId(),
    operationId,
    kind: 'call' as const,
    happenedAt: w.clock.now.toISOString(),
    text,
    ...more,
  })
  const first = entry('城东街道来电：东门封控点外有人聚集。')
  const numbers = async (input: object = {}) =>
    (await zheng.asks(log, { operationId, ...input })).rows.map(row => row.n)

  it('CMD1 an entry says what happened, when, who entered it, and what it is about', async () => {
    await zheng.does(record, first)
    w.clock.advance(5)
    await zheng.does(record, {
      ...entry('已派巡逻中队到场劝离。', { kind: 'order', postId: b.gate, zoneId: b.zoneId }),
      officerId: b.officers.feng,
    })
    const { rows, total } = await zheng.asks(log, { operationId })
    expect(total).toBe(2)
    expect(rows[0]).toMatchObject({
      n: 2,
      kind: 'order',
      authorName: '郑例二',
      mine: true,
      // Of the post's unit, though nobody said so.
      unit: { name: '城东所' },
      post: { name: '东门封控点' },
      zone: { name: '城东花园' },
      officer: { name: '冯样三' },
      late: false,
      corrects: null,
      correctedBy: null,
    })
    expect(rows[1]).toMatchObject({ n: 1, unit: null, happenedAt: '2021-11-03T06:00:00.000Z' })
  })

  it('CMD2 nothing is edited: a further entry corrects one, and both stay', async () => {
    const right = { entryId: w.newId(), corrects: first.entryId, kind: 'call', happenedAt: first.happenedAt }
    await zheng.does(correct, { ...right, kind: 'call', text: '城东街道来电：南门封控点外有人聚集。' })
    const { rows } = await zheng.asks(log, { operationId })
    const [before, after] = [rows.find(row => row.n === 1), rows.find(row => row.n === 3)]
    expect(before).toMatchObject({ text: first.text, correctedBy: 3, corrects: null })
    expect(after).toMatchObject({
      corrects: 1,
      correctedBy: null,
      text: '城东街道来电：南门封控点外有人聚集。',
    })
    const { rows: changes } = await w.owner.query(
      `select op from app.change where table_name = 'duty_entry' and row_id = $1`,
      [first.entryId],
    )
    expect(changes).toEqual([{ op: 'i' }])
    // Corrected once; whoever finds the correction wrong corrects that.
    const again = { ...right, entryId: w.newId(), text: '再次更正' }
    expect(await zheng.isRefused(correct, again)).toBe('commandpost/corrected-already')
    await zhou.does(correct, {
      ...{ entryId: w.newId(), corrects: right.entryId, kind: 'call', happenedAt: first.happenedAt },
      ...{ kind: 'call' as const, text: '城东街道来电：西门封控点外有人聚集。' },
    })
    expect((await zheng.asks(log, { operationId, entryId: right.entryId })).rows[0]?.correctedBy).toBe(4)
    // A leader corrects what he wrote himself.
    const own = entry('本所增派两人。', { kind: 'note' })
    await han.does(record, own)
    const other = w.person('蒋示七', ['unitLeader'], { unitIds: [b.station, b.squad] })
    const theirs = {
      entryId: w.newId(),
      corrects: own.entryId,
      kind: 'note',
      happenedAt: own.happenedAt,
      text: '三人',
    }
    expect(await other.isRefused(correct, theirs)).toBe('commandpost/not-your-entry')
    await han.does(correct, { ...theirs, kind: 'note' })
  })

  it('CMD3 it is found by any part of its text, by kind, unit, post and duty day', async () => {
    w.clock.advance(60)
    await zheng.does(
      record,
      entry('凌晨补记：高速口大雾，100%封闭_示例', { happenedAt: '2021-11-02T21:00:00Z', kind: 'incident' }),
    )
    await zhu.does(record, entry('卡口设备故障', { kind: 'report', postId: b.checkpoint }))
    expect(await numbers({ search: '大雾' })).toEqual([7])
    expect(await numbers({ search: '%封闭_' })).toEqual([7])
    expect(await numbers({ search: '封闭%' })).toEqual([])
    expect(await numbers({ kinds: ['incident'] })).toEqual([7])
    expect(await numbers({ postId: b.checkpoint })).toEqual([8])
    expect(await numbers({ zoneId: b.zoneId })).toEqual([2])
    expect(await numbers({ unitId: b.station })).toEqual([6, 5, 2])
    // 05:00 is the duty day before; newest first within a day.
    expect(await numbers({ from: '2021-11-02', until: '2021-11-02' })).toEqual([7])
    expect(await numbers({ from: '2021-11-03' })).toEqual([8, 6, 5, 2, 4, 3, 1])
    expect((await zheng.asks(log, { operationId, search: '大雾' })).rows[0]?.late).toBe(true)
    const paged = await zheng.asks(log, { operationId, offset: 1, limit: 2 })
    expect([paged.total, paged.rows.map(row => row.n)]).toEqual([8, [6, 5]])
  })

  it('CMD4 nothing is entered that lies ahead, or before the operation', async () => {
    const at = (happenedAt: string) => zheng.isRefused(record, entry('时间有误', { happenedAt }))
    expect(await at('2021-11-03T08:00:00Z')).toBe('commandpost/in-future')
    expect(await at('2021-10-23T15:59:00Z')).toBe('commandpost/before-operation')
    // Two clocks at one desk differ by a little; and the post was set up before the first hand-over.
    const soon = new Date(w.clock.now.getTime() + 4 * 60_000).toISOString()
    await zheng.does(record, entry('两台钟差四分钟', { happenedAt: soon, kind: 'note' }))
    await zheng.does(record, entry('指挥部搭建', { happenedAt: '2021-10-23T16:00:00Z', kind: 'note' }))
    expect(await numbers({ search: '搭建' })).toEqual([10])
  })

  it('CMD5 a leader reads and writes the log of his units only', async () => {
    const mine = await han.asks(log, { operationId })
    expect(mine.rows.map(row => row.n)).toEqual([6, 5, 2])
    const far = entry('跨单位记录', { postId: b.checkpoint })
    expect(await han.isRefused(record, far)).toBe('commandpost/outside-scope')
    expect(await han.isRefused(record, entry('跨单位', { unitId: b.traffic }))).toBe(
      'commandpost/outside-scope',
    )
    const stranger = {
      ...{ entryId: w.newId(), corrects: first.entryId },
      kind: 'note',
      happenedAt: first.happenedAt,
    }
    expect(await han.isRefused(correct, { ...stranger, text: '看不到' })).toBe('commandpost/entry-missing')
    expect(await han.isRefused(pin, { entryId: first.entryId, pinned: true })).toBe('kernel/no-right')
    expect(await b.feng.isRefused(record, entry('民警不记日志'))).toBe('kernel/no-right')
    expect(await b.feng.mayNotAsk(log, { operationId })).toBe('kernel/no-right')
    // Numbers run on, though a leader sees a part only.
    await han.does(record, entry('夜间增加照明', { kind: 'note' }))
    expect(await numbers({ search: '照明' })).toEqual([11])
  })

  const red = (n: number, severity = 'red') => ({
    ...{ subject: `s${n}`, titleZh: `点位${n}缺 1 人`, titleEn: `Post ${n} lacks 1`, severity },
    ...{ link: '/roster', unitId: null, dueAt: w.clock.now.toISOString() },
  })

  it('CMD6 levels, publications, zones and red alerts enter themselves, once', async () => {
    await followed(w)
    const before = await zheng.asks(log, { operationId, kinds: ['change'] })
    expect(before.rows.map(row => row.text)).toEqual([
      '发布勤务表第 1 版(11月4日—11月10日)，共 20 个班次。',
      '城东花园划为封控区，10月25日 08:00 起至 11月20日 08:00(青防指〔2021〕7号，周示一)。',
    ])
    expect(before.rows[1]).toMatchObject({
      authorName: null,
      textEn: '城东花园: sealed zone from 25 Oct 08:00 to 20 Nov 08:00 (青防指〔2021〕7号, 周示一).',
      zone: { name: '城东花园' },
      unit: { name: '城东所' },
    })
    await zhou.does(orderLevel, {
      levelId: w.newId(),
      operationId,
      level: 1,
      reason: '发现本土病例',
      orderNumber: '青公指〔2021〕7号',
      orderedBy: '周示一',
      beginsAt: w.clock.now.toISOString(),
      fallsBackAt: '2021-11-05T00:00:00Z',
      fallsBackTo: 2,
    })
    const order = {
      zoneId: b.zoneId,
      orderNumber: '青防指〔2021〕9号',
      approver: '周示一',
      reason: '满十四天',
    }
    await zhou.does(extendZone, {
      ...order,
      at: '2021-11-03T07:00:00Z',
      plannedEndAt: '2021-11-24T00:00:00Z',
    })
    await zhou.does(changeZoneKind, { ...order, at: '2021-11-03T07:05:00Z', kind: 'control' })
    await zhou.does(liftZone, { ...order, at: '2021-11-03T07:06:00Z' })
    const system = await w.kernel.system(w.agency.agencyId)
    const raise = (watch: string, raised: object[]) =>
      system.run(settleAlerts, { watch, ownerRole: 'dutyOfficer', raise: raised, clear: [] })
    await raise('roster.open', [red(1), red(2, 'amber')])
    await raise(
      'roster.many',
      [3, 4, 5, 6, 7, 8].map(n => red(n)),
    )
    // What this module watches was entered when it happened.
    await raise('commandpost.difficultyWentUp', [red(9)])
    // One that ends and is back at once goes on with the alert of before, and is not entered a second time.
    await system.run(settleAlerts, {
      watch: 'roster.open',
      ownerRole: 'dutyOfficer',
      raise: [],
      clear: ['s1'],
    })
    await raise('roster.open', [red(1)])
    await followed(w)
    const after = await zheng.asks(log, { operationId, kinds: ['change', 'alert'], search: '' })
    const texts = after.rows.map(row => row.text)
    expect(texts.slice(0, 6)).toEqual([
      '红色预警 6 条：点位3缺 1 人；点位4缺 1 人；点位5缺 1 人等。',
      '点位1缺 1 人',
      '城东花园解除，11月3日 15:06 起(青防指〔2021〕9号，周示一)。满十四天',
      '城东花园调整为管控区，11月3日 15:05 起(青防指〔2021〕9号，周示一)。满十四天',
      '城东花园措施延长至 11月24日 08:00，11月3日 15:00 起(青防指〔2021〕9号，周示一)。满十四天',
      '全局一级勤务，11月3日 15:05 起，11月5日 08:00 回落为二级勤务(青公指〔2021〕7号，周示一)。发现本土病例',
    ])
    expect(texts).toHaveLength(8)
    expect(await numbers({ search: 'becomes a control zone' })).toHaveLength(1)
  })

  it('CMD6 a job that runs again tells nothing twice, and what the system entered stays', async () => {
    const system = await w.kernel.system(w.agency.agencyId)
    const many = (await zheng.asks(log, { operationId })).total
    const again = modules.flatMap(one => one.followUps ?? []).find(one => one.after.name === 'roster.publish')
    const { rows } = await w.owner.query(`select id from app.journal where name = 'roster.publish'`)
    await expect(again?.run(rows[0].id, system)).rejects.toMatchObject({ code: 'commandpost/id-taken' })
    expect((await zheng.asks(log, { operationId })).total).toBe(many)
    expect(await zheng.isRefused(recordChange, { operationId, entries: [] })).toBe('kernel/bad-input')
    const own = (await zheng.asks(log, { operationId, kinds: ['change'] })).rows.at(-1)
    const fix = { entryId: w.newId(), corrects: own?.entryId, kind: 'note', text: '改' }
    expect(await zhou.isRefused(correct, { ...fix, happenedAt: first.happenedAt })).toBe(
      'commandpost/system-entry',
    )
  })

  it('CMD7 a duty day goes out as 值班日志 and as an activity log after ICS 214', async () => {
    const zh = await zheng.asks(logSheet, { operationId, day: '2021-11-03' })
    expect(zh).toMatchObject({ title: '青禾县公安局值班日志', form: 'zh' })
    expect(zh.head).toEqual([
      { label: '专项勤务', value: '秋季疫情防控专项勤务' },
      { label: '勤务日', value: '11月3日(周三) 08:00—次日08:00' },
    ])
    const struck = zh.activity.rows.find(row => row.struck)
    expect(struck?.cells).toEqual(['1', '11/03 14:00', '来电', first.text, '', '郑例二', '由第3条更正'])
    expect(zh.resources.rows.map(row => row.slice(0, 2))).toContainEqual(['郑例二', '指挥中心值班员'])
    const ics = await zheng.asks(logSheet, { operationId, day: '2021-11-03', form: 'ics214' })
    expect(ics.head.map(one => one.label)).toEqual([
      '1. Incident Name',
      '2. Operational Period',
      '3. Name',
      '4. ICS Position',
      '5. Home Agency (and Unit)',
    ])
    expect(ics.head[1]?.value).toBe('Date/Time From: 2021-11-03 08:00   Date/Time To: 2021-11-04 08:00')
    expect(ics.activity.columns).toEqual(['Date/Time', 'Notable Activities'])
    expect(ics.activity.rows.some(row => row.cells[1]?.startsWith('[Alert] Post 1 lacks 1'))).toBe(true)
    expect(ics.foot[0]).toContain('8. Prepared by: Name: 郑例二')
    // The crew of the command post by the roster stands among the resources.
    const next = await zheng.asks(logSheet, { operationId, day: '2021-11-04', form: 'ics214' })
    expect(next.resources.rows).toContainEqual(['蒋示七', 'On duty, 前沿指挥部', '青禾县公安局 城东所'])
    const make = async (input: object) => {
      const maker = w.kernel.registry.files.get('commandpost.exportLog')
      const hands = await w.kernel.reader(zheng.actor)
      const made = await maker?.make(maker.input.parse(input) as never, hands)
      if (!made) throw new Error('no file')
      return { made, book: await readSheets(made.bytes, made.fileName) }
    }
    const { made, book } = await make({ operationId, day: '2021-11-03', form: 'ics214' })
    expect(made.fileName).toBe('ICS-214 2021-11-03.xlsx')
    expect(book.sheets.map(sheet => sheet.name)).toEqual(['7. Activity Log', '6. Resources Assigned'])
    const flat = JSON.stringify(book.sheets)
    expect(flat).toContain('[STRUCK]')
    expect(JSON.stringify((await make({ operationId, day: '2021-11-03' })).book.sheets)).toContain('[已更正]')
  })

  it('CMD8 hostile text comes back as it went in, or is refused', async () => {
    const text = `=cmd|' /C calc'!A0 <script>alert(1)</script> '; drop table duty_entry; --`
    await zheng.does(record, entry(text, { kind: 'note' }))
    expect((await zheng.asks(log, { operationId, search: "'; drop" })).rows[0]?.text).toBe(text)
    const refused = (more: object) => zheng.isRefused(record, { ...entry('文本'), ...more })
    expect(await refused({ text: '　 \n' })).toBe('kernel/bad-input')
    expect(await refused({ text: '长'.repeat(2_001) })).toBe('kernel/bad-input')
    expect(await refused({ text: '空\u0000字符' })).toBe('kernel/bad-input')
    expect(await refused({ text: '车主电话13812345678' })).toBe('kernel/held-before')
    expect(await refused({ text: '身份证999999199001010000号' })).toBe('kernel/held-before')
    expect(await refused({ kind: 'alert' })).toBe('kernel/bad-input')
    expect(await refused({ pinned: 'yes' })).toBe('kernel/bad-input')
    expect(await refused({ operationId: w.newId() })).toBe('operations/operation-missing')
    expect(await refused({ postId: w.newId() })).toBe('commandpost/post-missing')
    expect(await refused({ zoneId: w.newId() })).toBe('commandpost/other-operation')
    expect(await refused({ unitId: w.newId() })).toBe('commandpost/unit-missing')
    expect(await refused({ officerId: w.newId() })).toBe('commandpost/outside-scope')
    expect(await refused({ directiveId: w.newId() })).toBe('commandpost/directive-missing')
    expect(await refused({ difficultyId: w.newId() })).toBe('commandpost/difficulty-missing')
    expect(await refused({ entryId: first.entryId })).toBe('commandpost/id-taken')
    // The same command sent twice is one entry.
    const once = w.entry(record, entry('只记一次', { kind: 'note' }))
    await zheng.sends([once, once])
    expect(await numbers({ search: '只记一次' })).toHaveLength(1)
  })

  it('CMD8 records of another or an ended operation are not written about', async () => {
    const spring = w.newId()
    await zhou.does(openOperation, { operationId: spring, name: '春季专项勤务', beginsOn: '2021-03-01' })
    const postId = w.newId()
    const post = { operationId: spring, postId, code: 'KK-01', name: '旧卡口', unitId: b.station }
    await zhou.does(addPost, { ...post, kind: 'checkpoint' })
    expect(await zheng.isRefused(record, entry('别处的点位', { postId }))).toBe('commandpost/post-missing')
    await zhou.does(endOperation, { operationId: spring, endsOn: '2021-04-01' })
    const late = entry('已结束的勤务', { operationId: spring })
    expect(await zheng.isRefused(record, late)).toBe('operations/operation-ended')
  })

  it('CMD9 what everybody must see is pinned, and let go again', async () => {
    await zhou.does(pin, { entryId: first.entryId, pinned: true })
    expect(await numbers({ pinned: true })).toEqual([1])
    // It stands first, unless an order is asked for.
    expect((await numbers({}))[0]).toBe(1)
    expect((await numbers({ order: 'n', descending: true }))[0]).not.toBe(1)
    await zheng.does(pin, { entryId: first.entryId, pinned: false })
    expect(await numbers({ pinned: true })).toEqual([])
    expect(await zheng.isRefused(pin, { entryId: w.newId(), pinned: true })).toBe('commandpost/entry-missing')
  })
})
