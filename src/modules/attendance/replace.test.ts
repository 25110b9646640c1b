// A relief that does not come: who hears of it, who can stand in, and what is entered.
import { describe, expect, it } from 'vitest'
import { alerts } from '../../kernel/books/contracts.ts'
import { runWatch } from '../../kernel/jobs.ts'
import type { Module } from '../../kernel/module.ts'
import { world } from '../../kernel/world.ts'
import { reportUnavailable } from '../people/contracts.ts'
import { addPosts, setDemands } from '../posts/contracts.ts'
import {
  cancelStandIn,
  checkIn,
  checkInMany,
  checkOutMany,
  dayList,
  declareAbsent,
  replace,
  replacements,
} from './contracts.ts'
import { at, bureau, codeAt, firstDay, issuesCodes, modules, publishes, secondDay } from './test-bureau.ts'
import { watches } from './watches.ts'

describe('a relief that does not come', async () => {
  const w = await world(modules as readonly Module[])
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await bureau(w, boss)
  const [zhou = '', zheng = '', feng = '', chen = '', chu = '', wei = '', jiang = '', shen = ''] = b.officers
  await publishes(w, boss, b, [
    { officer: 0, day: firstDay, post: 'gate', bands: ['morning'] },
    { officer: 1, day: firstDay, post: 'checkpoint', bands: ['early'] },
    { officer: 2, day: firstDay, post: 'gate', bands: ['afternoon'] },
    { officer: 3, day: firstDay, post: 'checkpoint', bands: ['late'] },
    { officer: 6, day: firstDay, post: 'standby', bands: ['whole'] },
    // Rests from 02:00 of the next day; the day after he has the morning.
    { officer: 5, day: firstDay, post: 'gate', bands: ['evening'] },
    { officer: 7, day: secondDay, post: 'gate', bands: ['morning'] },
  ])
  await issuesCodes(boss, [b.gate, b.checkpoint, b.standby])
  const duty = w.person('沈示二', ['dutyOfficer'])
  const roll = (post: 'gate' | 'checkpoint' | 'standby', band: string, ...officerIds: string[]) => ({
    day: firstDay,
    patternId: b.patternOf[post],
    band,
    posts: [{ postId: b[post], officerIds }],
  })
  const afternoon = { postId: b.gate, day: firstDay, patternId: b.patternOf.gate, band: 'afternoon' }
  const sees = async (key: string) => {
    const watch = watches.find(one => one.key === key)
    if (!watch) throw new Error(`no watch ${key}`)
    await runWatch(w.kernel, w.agency.agencyId, watch)
    return (await boss.asks(alerts, { watch: key })).rows
  }
  const candidates = (more: object = {}) =>
    boss.asks(replacements, { ...afternoon, replacesOfficerId: feng, ...more })
  const order = (officerId: string, more: object = {}) => ({
    standInId: w.newId(),
    ...afternoon,
    officerId,
    replacesOfficerId: feng,
    here: false,
    ...more,
  })

  it('ATT40 within minutes of the change a post with too few is told of, and who still stands there', async () => {
    w.clock.set(at(firstDay, 8))
    await duty.does(checkInMany, roll('gate', 'morning', zhou))
    await duty.does(checkInMany, roll('checkpoint', 'early', zheng))
    await duty.does(checkInMany, roll('standby', 'whole', jiang))
    w.clock.set(at(firstDay, 14, 4))
    expect(await sees('attendance.reliefMissing')).toEqual([])
    w.clock.set(at(firstDay, 14, 5))
    const [found, ...more] = (await sees('attendance.reliefMissing')).filter(row =>
      row.titleZh.includes('东门'),
    )
    expect(found).toMatchObject({
      titleZh: '东门封控点下午班应到 1 人，缺 1 人，上一班 1 人仍未下岗',
      titleEn: '东门封控点: 1 of 1 missing in Afternoon, 1 of the band before still there',
      severity: 'red',
      ownerRole: 'dutyOfficer',
      dueAt: at(firstDay, 14, 15),
    })
    expect(found?.link).toBe(`/attendance?day=${firstDay}&post=${b.gate}`)
    expect(more).toEqual([])
  })

  it('ATT41 who has not come is told of after some minutes, as an alert and not as a verdict', async () => {
    expect(await sees('attendance.notCome')).toEqual([])
    w.clock.set(at(firstDay, 14, 15))
    expect((await sees('attendance.notCome')).map(row => row.titleZh)).toEqual([
      '城东所 1 人开班 15 分钟后仍未签到',
    ])
    const { rows } = await w.owner.query('select 1 from app.absence')
    expect(rows).toEqual([])
    const list = await boss.asks(dayList, { operationId: b.operationId, day: firstDay, states: ['missing'] })
    expect(list.rows.map(row => [row.officerName, row.postName, row.bandZh])).toEqual([
      ['冯样三', '东门封控点', '下午班'],
    ])
  })

  it('ATT42 who can stand in is ranked: standby first, then the nearest, with the reasons; who may not, with the rule', async () => {
    await boss.does(reportUnavailable, {
      availabilityId: w.newId(),
      officerId: shen,
      state: 'unavailable',
      beginsAt: at(firstDay, 0),
      endsAt: at(secondDay, 7),
    })
    const found = await candidates()
    expect(found.rows.map(row => [row.name, row.from, row.kilometres])).toEqual([
      ['蒋示七', 'standby', 0.9],
      ['褚例五', 'off', 0.9],
      ['韩样九', 'off', 0.9],
      ['杨示十', 'off', 7.7],
      ['周示一', 'stays', 0],
      ['卫样六', 'early', 7.7],
    ])
    expect(found.rows[1]).toMatchObject({
      sameUnit: true,
      restMinutes: null,
      weekMinutes: 360,
      skills: ['leader'],
    })
    expect(found.counts).toEqual({ legal: 6, barred: 3 })
    // Why somebody is unavailable stands nowhere.
    expect(found.barred.map(one => [one.name, one.rule, one.zh])).toEqual([
      ['沈例八', 'RST5', '该时段不可用'],
      ['郑例二', 'RST1', '当日在其他点位有班次'],
      ['陈示四', 'RST1', '当日在其他点位有班次'],
    ])
  })

  it('ATT43 a place that asks for a skill is offered to those who have it', async () => {
    await boss.does(setDemands, {
      lines: [
        {
          demandId: w.newId(),
          postId: b.gate,
          patternId: b.patternOf.gate,
          bands: ['afternoon'],
          skill: 'leader',
          heads: 1,
          beginsOn: firstDay,
          endsOn: firstDay,
        },
      ],
    })
    const found = await candidates()
    expect(found.skill).toBe('leader')
    expect(found.rows.map(row => row.name)).toEqual(['褚例五', '周示一', '卫样六'])
    expect(await duty.isRefused(replace, order(jiang))).toBe('attendance/stand-in-breaks')
  })

  it('ATT44 an order against rest, twice, for one who is there, or to a band that is over is refused', async () => {
    expect(await duty.isRefused(replace, order(zheng))).toBe('attendance/stand-in-breaks')
    expect(await duty.isRefused(replace, order(shen))).toBe('attendance/stand-in-breaks')
    expect(await duty.isRefused(replace, order(w.newId()))).toBe('attendance/outside-scope')
    expect(await duty.isRefused(replace, order(chu, { replacesOfficerId: chen }))).toBe(
      'attendance/nothing-to-replace',
    )
    expect(await duty.isRefused(replace, order(chu, { band: 'morning', replacesOfficerId: zhou }))).toBe(
      'attendance/too-late-to-replace',
    )
    expect(await duty.isRefused(replace, order(chu, { band: 'none' }))).toBe('attendance/unknown-seat')
    // A leader of another unit orders nobody of this one.
    const west = w.person('郑例二', ['unitLeader'], { unitIds: [b.west] })
    expect(await west.isRefused(replace, order(chu))).toBe('attendance/outside-scope')
    const late = {
      postId: b.checkpoint,
      patternId: b.patternOf.checkpoint,
      band: 'early',
      replacesOfficerId: zheng,
    }
    expect(await duty.isRefused(replace, order(wei, late))).toBe('attendance/still-there')
  })

  it('ATT45 the stand-in is ordered, comes by the code of the post, and his presence carries whom he replaces', async () => {
    await duty.does(declareAbsent, {
      absenceId: w.newId(),
      officerId: feng,
      ...afternoon,
      kind: 'unavailable',
    })
    const ordered = order(chu)
    expect(await duty.does(replace, ordered)).toEqual({ presenceId: null })
    expect(await duty.isRefused(replace, order(zhou))).toBe('attendance/already-replaced')
    expect(await sees('attendance.reliefMissing')).toHaveLength(1)
    w.clock.set(at(firstDay, 14, 40))
    const proof = { way: 'code' as const, code: codeAt(b.gate, w.clock.now.toISOString()).digits }
    await b.person(4).does(checkIn, { presenceId: w.newId(), postId: b.gate, proof })
    expect(await sees('attendance.reliefMissing')).toEqual([])
    expect(await sees('attendance.notCome')).toEqual([])
    const { rows } = await w.owner.query(
      `select p.late_minutes, a.officer_id from app.presence p join app.assignment a on a.assignment_id = p.replaces
       where p.officer_id = $1`,
      [chu],
    )
    expect(rows).toEqual([{ late_minutes: 40, officer_id: feng }])
    const list = await boss.asks(dayList, {
      operationId: b.operationId,
      day: firstDay,
      postId: b.gate,
      bands: ['afternoon'],
    })
    expect(list.rows.map(row => [row.officerName, row.state, row.replacesName, row.replacedByName])).toEqual([
      ['褚例五', 'present', '冯样三', null],
      ['冯样三', 'replaced', null, '褚例五'],
    ])
    expect(await duty.isRefused(cancelStandIn, { standInId: ordered.standInId })).toBe(
      'attendance/stand-in-came',
    )
  })

  it('ATT46 somebody on standby who is sent leaves his standby by that, and is at one post only', async () => {
    w.clock.set(at(firstDay, 16, 10))
    const late = {
      postId: b.checkpoint,
      patternId: b.patternOf.checkpoint,
      band: 'late',
      replacesOfficerId: chen,
    }
    const { presenceId } = await duty.does(replace, order(jiang, { ...late, here: true }))
    expect(presenceId).not.toBeNull()
    const { rows } = await w.owner.query(
      'select band, left_at, left_way from app.presence where officer_id = $1 order by came_at',
      [jiang],
    )
    expect(rows).toEqual([
      { band: 'whole', left_at: at(firstDay, 16, 10), left_way: 'leader' },
      { band: 'late', left_at: null, left_way: null },
    ])
    // He is on the spot now, and is not offered again.
    const again = await boss.asks(replacements, { ...afternoon, replacesOfficerId: null })
    expect(again.rows.map(row => row.name)).not.toContain('蒋示七')
    await duty.does(checkOutMany, { presenceIds: [presenceId ?? ''] })
  })

  it('ATT47 a stand-in who is not needed any more is cancelled, and nobody is expected', async () => {
    const night = { band: 'evening', replacesOfficerId: wei }
    w.clock.set(at(firstDay, 19, 30))
    const ordered = order(b.officers[8] ?? '', night)
    await duty.does(replace, ordered)
    await duty.does(cancelStandIn, { standInId: ordered.standInId })
    expect(await duty.isRefused(cancelStandIn, { standInId: ordered.standInId })).toBe(
      'attendance/stand-in-missing',
    )
    const list = await boss.asks(dayList, { operationId: b.operationId, day: firstDay, bands: ['evening'] })
    expect(list.rows.map(row => [row.officerName, row.state])).toEqual([['卫样六', 'due']])
  })

  it('ATT48 many short posts of one unit are one alert', async () => {
    w.clock.set(at(firstDay, 20, 30))
    expect((await sees('attendance.reliefMissing')).map(row => row.titleZh)).toEqual([
      '青禾北卡口中班应到 1 人，缺 1 人，上一班 1 人仍未下岗',
      '东门封控点晚班应到 1 人，缺 1 人，上一班 1 人仍未下岗',
    ])
    const posts = Array.from({ length: 4 }, (_, n) => ({
      postId: w.newId(),
      code: `FK-1${n}`,
      name: `西门封控点${n}`,
      kind: 'zoneGate' as const,
      unitId: b.east,
    }))
    await boss.does(addPosts, { operationId: b.operationId, posts })
    const line = {
      patternId: b.patternOf.gate,
      bands: ['evening'],
      heads: 2,
      beginsOn: firstDay,
      endsOn: firstDay,
    }
    await boss.does(setDemands, {
      lines: posts.map(({ postId }) => ({ demandId: w.newId(), postId, ...line })),
    })
    expect((await sees('attendance.reliefMissing')).map(row => row.titleZh)).toEqual([
      '青禾北卡口中班应到 1 人，缺 1 人，上一班 1 人仍未下岗',
      '城东所 5 个点位接班不足，共缺 9 人',
    ])
  })
})
