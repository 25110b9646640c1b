import { describe, expect, it } from 'vitest'
import type { ReaderHands } from '../../kernel/module.ts'
import { world } from '../../kernel/world.ts'
import { readSheets } from '../../sheets/index.ts'
import { changePost } from '../posts/contracts.ts'
import { editCell, openDraft, publish, sheet } from './contracts.ts'
import { bureau, modules, standingOn } from './test-bureau.ts'

type Edit = { officer: number; day: number; post: 'gate' | 'checkpoint' | 'standby'; bands: string[] }

describe('the sheet of a week by post', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const zheng = w.person('郑例二', ['viewer'])
  const b = await bureau(w, zhou)
  const { operationId, firstDay } = b
  // Thursday 4 November to Wednesday 10 November.
  const days = [4, 5, 6, 7, 8, 9, 10].map(day => `2021-11-${String(day).padStart(2, '0')}`)
  const patternOf = {
    gate: b.patterns.fourBySix,
    checkpoint: b.patterns.threeByEight,
    standby: b.patterns.standby,
  }
  const names = new Map(
    (
      await w.owner.query<{ officer_id: string; name: string }>('select officer_id, name from app.officer')
    ).rows.map(row => [row.officer_id, row.name]),
  )
  const nameOf = (officer: number) => names.get(b.officers[officer] ?? '') ?? ''
  const duties: Edit[] = []
  /** What a team does on each of the seven days. */
  const team = (officers: number[], post: Edit['post'], week: (string | null)[]) => {
    for (const officer of officers)
      week.forEach((band, day) => {
        if (band) duties.push({ officer, day, post, bands: band.split('+') })
      })
  }
  // Three teams of two at the checkpoint; officers with an even number may lead.
  team([0, 1], 'checkpoint', ['early', 'early', null, null, 'late', 'late', null])
  team([2, 3], 'checkpoint', ['late', 'late', 'night', 'night', null, 'early', 'early'])
  team([5, 4], 'checkpoint', ['night', 'night', null, 'early', 'early', null, 'late'])
  // One of the first team is on standby while the other is off.
  team([0], 'standby', [null, null, 'whole', null, null, null, null])
  // At the gate everybody comes when he can.
  team([10], 'gate', ['morning+afternoon', null, null, null, null, null, null])
  team([11], 'gate', ['morning', null, null, null, null, null, null])
  team([12], 'gate', [null, 'morning', 'morning', null, null, null, null])
  team([13], 'gate', ['evening+night', null, null, null, null, null, null])
  team([14], 'gate', [null, 'night', null, null, null, null, null])
  team([15], 'gate', [null, null, 'afternoon', null, 'afternoon', null, null])
  const planId = w.newId()
  await zhou.does(openDraft, { planId, operationId, fromDay: firstDay, untilDay: b.lastDay })
  const edits = duties.map(({ officer, day, post, bands }) => ({
    officerId: b.officers[officer] ?? '',
    day: days[day] ?? '',
    duty: { postId: b[post], patternId: patternOf[post], bands },
  }))
  await zhou.does(editCell, { planId, revision: 1, edits })
  await zhou.does(publish, { planId, revision: 2 })
  const asked = { kind: 'weekly' as const, operationId, fromDay: firstDay }
  const cells = (row: Record<string, string | number> | undefined) => days.map(day => row?.[day]).join('')

  it('RST82 who stands at a post in the same bands of the same days is one row, as the paper has its teams', async () => {
    const view = await zhou.asks(sheet, asked)
    const rows = view.rows.filter(row => row.post === '青禾北卡口')
    expect(rows.map(row => [row.team, row.leader, row.police, cells(row)])).toEqual([
      ['一班', nameOf(0), nameOf(1), '早早—休中中休'],
      ['二班', nameOf(2), nameOf(3), '中中夜夜休早早'],
      ['三班', nameOf(4), nameOf(5), '夜夜休早早休中'],
    ])
    expect(rows.map(row => row.badge)).toEqual(['990100', '990102', '990104'])
    expect(view.rows.find(row => row.post === '机动备勤')).toMatchObject({
      team: '一班',
      [days[2] ?? '']: '备',
    })
  })

  it('RST82 where everybody stands differently there is a row per band, with the weekdays behind each name', async () => {
    const view = await zhou.asks(sheet, asked)
    const rows = view.rows.filter(row => row.post === '东门封控点')
    expect(rows.map(row => [row.team, row.leader, row.police, cells(row)])).toEqual([
      ['上午班', `${nameOf(10)}(四)、${nameOf(12)}(五六)`, `${nameOf(11)}(四)`, '上上上////'],
      ['下午班', `${nameOf(10)}(四)`, `${nameOf(15)}(六一)`, '下/下/下//'],
      ['晚班', '', nameOf(13), '晚//////'],
      ['夜班', `${nameOf(14)}(五)`, `${nameOf(13)}(四)`, '夜夜/////'],
    ])
  })

  it('RST82 read name by name the sheet says what the rows of the roster say', async () => {
    const view = await zhou.asks(sheet, asked)
    const short: Record<string, string> = {
      early: '早',
      late: '中',
      morning: '上',
      afternoon: '下',
      evening: '晚',
    }
    const { rows } = await w.owner.query<{ post: string; day: string; band: string; name: string }>(
      `select p.name as post, a.day::text, unnest(a.bands) as band, o.name from app.assignment a
       join app.post p using (agency_id, post_id) join app.officer o using (agency_id, officer_id)`,
    )
    expect(rows.length).toBe(41)
    const expected = rows.map(row => {
      const band = row.band === 'whole' ? '备' : (short[row.band] ?? '夜')
      return `${row.post}|${row.day}|${band}|${row.name}`
    })
    expect(standingOn(view)).toEqual(expected.sort())
    expect(view.foot[0]).toContain('点位 3 个')
    expect(view.foot[0]).toContain('民警 41 人次')
  })

  const make = async (hands: ReaderHands, more: Record<string, unknown>) => {
    const maker = w.kernel.registry.files.get('roster.sheet')
    const input = { ...asked, unitId: null, postIds: null, ...more }
    const file = await maker?.make(maker.input.parse(input), hands)
    return file?.bytes ?? Buffer.alloc(0)
  }

  it('RST82 Excel and the printed page merge what the paper merges, and no page parts a post', async () => {
    const hands = await w.kernel.reader(zhou.actor)
    const html = (await make(hands, { format: 'html' })).toString('utf8')
    expect(html.match(/<tbody>/g)).toHaveLength(3)
    expect(html).toContain('tbody{break-inside:avoid}')
    expect(html).toMatch(/<td rowspan="3">青禾北卡口<\/td>/)
    expect(html).toMatch(/<td rowspan="4">东门封控点<\/td>/)
    const bytes = await make(hands, { format: 'xlsx' })
    const [book] = [await readSheets(bytes, 'x.xlsx')]
    const text = JSON.stringify(book)
    expect(text).toContain('青禾县公安局疫情防控卡口执勤安排表(11月4日—11月10日)')
    expect(text).toContain('周四(11/4)')
    // What was merged is filled down when it is read back, so no row of the block is without its post.
    for (const word of ['一班', '二班', '三班']) expect(text).toContain(word)
  })

  it('RST83 the sheets bring what the books know of a post: equipment, address, contact, partners', async () => {
    await zhou.does(changePost, {
      postId: b.checkpoint,
      unitId: b.unitId,
      code: 'KK-01',
      name: '青禾北卡口',
      kind: 'checkpoint',
      address: '城东街道学府路6号',
      equipment: '示A·00001警、执法记录仪2',
      contactName: '沈例八',
      contactPhone: '10000000008',
      partnersExpected: { health: 2, community: 1, volunteer: 0, enterprise: 0 },
    })
    const daily = await zhou.asks(sheet, { ...asked, kind: 'daily' })
    expect(daily.rows.find(row => row.post === '青禾北卡口')).toMatchObject({
      address: '城东街道学府路6号',
      equipment: '示A·00001警、执法记录仪2',
    })
    const weekly = await zhou.asks(sheet, asked)
    const rows = weekly.rows.filter(row => row.post === '青禾北卡口')
    for (const row of rows) {
      expect(row).toMatchObject({
        head: '沈例八',
        partners: '卫健2人、社区1人',
        note: '示A·00001警、执法记录仪2',
      })
    }
    expect(weekly.rows.find(row => row.post === '东门封控点')).toMatchObject({
      head: '/',
      partners: '/',
      note: '/',
    })
  })

  it('RST83 the number of a contact is on a sheet only when somebody with the right said why, and never sealed', async () => {
    const hands = await w.kernel.reader(zhou.actor)
    for (const kind of ['daily', 'weekly'] as const) {
      const view = await zhou.asks(sheet, { ...asked, kind })
      expect(view.phonePosts).toEqual([b.checkpoint])
      expect(view.foot.join()).toContain('写明用途后列出')
      expect(JSON.stringify(view)).not.toMatch(/10000000008|sealed:/)
      const plain = (await make(hands, { kind, format: 'html' })).toString('utf8')
      expect(plain).not.toMatch(/10000000008|sealed:/)
    }
    expect((await w.owner.query('select purpose from app.opening')).rows).toEqual([])
    for (const kind of ['daily', 'weekly'] as const) {
      const purpose = '上墙张贴'
      const opened = (await make(hands, { kind, format: 'html', purpose })).toString('utf8')
      expect(opened).toContain('沈例八 10000000008')
      expect(opened).toContain('已按用途调取并登记')
      expect(opened).not.toContain('sealed:')
    }
    expect((await w.owner.query('select purpose from app.opening')).rows).toEqual([
      { purpose: '上墙张贴' },
      { purpose: '上墙张贴' },
    ])
    // Whoever may read the sheet may not by that open a number.
    const viewer = await w.kernel.reader(zheng.actor)
    expect((await make(viewer, { format: 'html' })).length).toBeGreaterThan(1_000)
    await expect(make(viewer, { format: 'html', purpose: '看看' })).rejects.toMatchObject({
      code: 'kernel/no-right',
    })
  })
})
