import { describe, expect, it } from 'vitest'
import { readSheets } from '../../sheets/index.ts'
import { world } from '../../kernel/world.ts'
import { reportUnavailable } from '../people/contracts.ts'
import { acknowledge, acknowledgements, adopt, byOfficer, duties, my, publish, sheet } from './contracts.ts'
import { watches } from './watches.ts'
import { adoption, bureau, modules, solves, standingOn } from './test-bureau.ts'

describe('figures, sheets and warnings of the roster', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou)
  const { operationId } = b
  const found = await solves(w, zhou, {
    operationId,
    fromDay: b.firstDay,
    untilDay: b.lastDay,
    seconds: 1,
    stopWhenCovered: true,
  })
  const planId = w.newId()
  await zhou.does(adopt, adoption(planId, found))
  await zhou.does(publish, { planId, revision: 1 })
  const measured = (key: string, from = b.firstDay, until = b.lastDay) =>
    w.kernel.measure(zhou.actor, key, from, until)
  const detect = async (key: string) => {
    const watch = watches.find(one => one.key === key)
    const reader = await w.kernel.reader(zhou.actor)
    return reader.read(db => watch?.detect(db, w.clock.now.toISOString()) ?? Promise.resolve([]))
  }

  it('RST50 one band is one deployment, a duty of two bands counts two', async () => {
    // Two at the gate of a sealed zone in four bands: eight a day.
    expect(await measured('roster.zonePlanned')).toBe(56)
    expect(await measured('roster.samplingPlanned')).toBe(0)
    expect(await measured('roster.planned')).toBe(84)
    const rows = await zhou.asks(duties, { from: b.firstDay, until: b.lastDay, limit: 5000 })
    expect(rows.rows.reduce((sum, row) => sum + row.bands.length, 0)).toBe(84)
    const zone = await zhou.asks(duties, {
      from: b.firstDay,
      until: b.lastDay,
      kinds: ['isolationHotel'],
      zoneKinds: ['sealed', 'control'],
    })
    expect(zone.rows.reduce((sum, row) => sum + row.bands.length, 0)).toBe(56)
    expect(await measured('roster.openShifts')).toBe(0)
    expect(await measured('roster.postsFilled')).toBe(100)
    expect(await measured('roster.openShifts', b.firstDay, '2021-11-11')).toBe(12)
    expect(await measured('roster.zonePlanned', '2021-11-05', '2021-11-05')).toBe(8)
  })

  it('RST51 the sheet of a day holds what the rows hold, and its foot their sums', async () => {
    const day = '2021-11-05'
    const view = await zhou.asks(sheet, { kind: 'daily', operationId, fromDay: day })
    const rows = await w.owner.query<{ bands: number; police: number }>(
      `select sum(cardinality(bands))::int as bands from app.assignment where day = '${day}'`,
    )
    const police = view.rows.reduce((sum, row) => sum + Number(row.police), 0)
    expect(police).toBe(rows.rows[0]?.bands)
    expect(view.rows).toHaveLength(8)
    expect(view.foot[0]).toBe(`合计: 点位 3 个,班次 8 班,民警 ${police} 人次、辅警 0 人次。`)
    expect(view.columns.map(one => one.header)).toEqual([
      '序号',
      '点位名称',
      '点位类别',
      '地址',
      '班次',
      '起止时间',
      '带班领导',
      '带班民警',
      '联系电话',
      '民警(人)',
      '辅警(人)',
      '人员名单',
      '警车号牌/装备',
      '电台呼号',
      '备注',
    ])
    const night = view.rows.find(row => row.band === '夜班' && row.post === '东门封控点')
    expect(night?.hours).toBe('02:00—08:00')
    expect(view.rows.find(row => row.post === '机动备勤')?.hours).toBe('08:00—次日08:00')
    for (const row of view.rows.filter(row => row.post === '东门封控点'))
      expect(String(row.names)).toContain('★')
  })

  it('RST52 the sheets of a week agree with the rows; the Excel file reads back the same', async () => {
    const weekly = await zhou.asks(sheet, { kind: 'weekly', operationId, fromDay: b.firstDay })
    expect(standingOn(weekly)).toHaveLength(84)
    const unit = await zhou.asks(sheet, { kind: 'unit', operationId, fromDay: b.firstDay, unitId: b.unitId })
    expect(unit.rows).toHaveLength(7)
    expect(unit.figures.police).toBe(84)
    const maker = w.kernel.registry.files.get('roster.sheet')
    const hands = await w.kernel.reader(zhou.actor)
    const input = { kind: 'daily', operationId, fromDay: '2021-11-05', unitId: null, postIds: null }
    const file = await maker?.make({ ...input, format: 'xlsx' } as never, hands)
    const book = await readSheets(file?.bytes ?? Buffer.alloc(0), 'x.xlsx')
    const texts = JSON.stringify(book)
    expect(texts).toContain('青禾县公安局11月5日(周五)勤务安排表')
    expect(texts).toContain('合计: 点位 3 个,班次 8 班')
    const page = await maker?.make({ ...input, format: 'html' } as never, hands)
    const html = page?.bytes.toString('utf8') ?? ''
    expect(html.match(/<tr>/g)).toHaveLength(9)
    expect(html).toContain('rowspan="4"')
  })

  it('RST53 hours and nights of each officer are counted from his duties', async () => {
    const list = await zhou.asks(byOfficer, {
      operationId,
      fromDay: b.firstDay,
      untilDay: b.lastDay,
      limit: 5000,
    })
    const minutes = list.rows.reduce((sum, row) => sum + row.minutes, 0)
    expect(minutes).toBe(7 * (8 * 360 + 3 * 480 + 1440))
    const some = await zhou.asks(byOfficer, {
      operationId,
      fromDay: b.firstDay,
      untilDay: b.lastDay,
      officerIds: [list.rows[0]?.officerId ?? ''],
    })
    expect(some.total).toBe(1)
    const none = await zhou.asks(byOfficer, {
      operationId,
      fromDay: b.firstDay,
      untilDay: b.lastDay,
      unitId: w.newId(),
    })
    expect(none).toEqual({ total: 0, rows: [] })
  })

  it('RST54 a place that will stand empty within a day is seen, and ceases to be seen', async () => {
    w.clock.set('2021-11-10T12:00:00.000Z')
    const open = await detect('roster.openWithinDay')
    expect(open.map(one => one.title.zh).sort()).toEqual([
      '东门封控点上午班缺 2 人',
      '机动备勤全天缺 1 人',
      '青禾北卡口早班缺 1 人',
    ])
    expect(open.every(one => one.dueAt === '2021-11-11T00:00:00.000Z')).toBe(true)
    w.clock.set('2021-11-06T12:00:00.000Z')
    expect(await detect('roster.openWithinDay')).toEqual([])
  })

  it('RST55 a published duty that a rule forbids by now is seen with the officer’s name', async () => {
    expect(await detect('roster.pastRules')).toEqual([])
    const list = await zhou.asks(duties, { from: '2021-11-08', until: '2021-11-08' })
    const first = list.rows[0]
    await zhou.does(reportUnavailable, {
      availabilityId: w.newId(),
      officerId: first?.officerId ?? '',
      state: 'unavailable',
      beginsAt: '2021-11-08T00:00:00Z',
      endsAt: '2021-11-09T00:00:00Z',
    })
    const seen = await detect('roster.pastRules')
    expect(seen.map(one => one.subject)).toEqual([first?.officerId])
    expect(seen[0]?.title.zh).toContain('不可用')
  })

  it('RST56 who has not acknowledged duty within twelve hours is told to the unit, once', async () => {
    w.clock.set('2021-11-06T12:00:00.000Z')
    const [alert] = await detect('roster.unacknowledged')
    const soon = await zhou.asks(acknowledgements, { operationId, pending: true, limit: 5000 })
    const due = soon.rows.filter(row => row.next <= '2021-11-07T00:00:00.000Z')
    expect(alert?.title.zh).toBe(`城东所 ${due.length} 人未签收 12 小时内的班次`)
    for (const row of due) {
      const officer = w.person(row.name, ['officer'], { officerId: row.officerId })
      await officer.does(acknowledge, { operationId, version: row.version })
      expect((await officer.asks(my)).shifts.every(shift => shift.acknowledged)).toBe(true)
    }
    expect(await detect('roster.unacknowledged')).toEqual([])
  })
})
