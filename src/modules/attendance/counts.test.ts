// What is counted: one band worked is one presence, and one presence is one deployment.
import { describe, expect, it } from 'vitest'
import type { Module } from '../../kernel/module.ts'
import { world } from '../../kernel/world.ts'
import { readSheets } from '../../sheets/index.ts'
import {
  absences,
  atPost,
  checkInMany,
  checkOutMany,
  confirmStay,
  dayList,
  declareAbsent,
  deployments,
  presences,
  presentNow,
  setRight,
  voidPresence,
} from './contracts.ts'
import { presentAt } from './index.ts'
import { at, bureau, firstDay, modules, publishes } from './test-bureau.ts'

describe('counts of attendance', async () => {
  const w = await world(modules as readonly Module[])
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await bureau(w, boss)
  const [zhou = '', zheng = '', feng = '', chen = '', chu = ''] = b.officers
  await publishes(w, boss, b, [
    { officer: 0, day: firstDay, post: 'gate', bands: ['morning', 'afternoon'] },
    { officer: 1, day: firstDay, post: 'checkpoint', bands: ['early'] },
    { officer: 2, day: firstDay, post: 'gate', bands: ['evening'] },
    { officer: 3, day: firstDay, post: 'checkpoint', bands: ['late'] },
    { officer: 4, day: firstDay, post: 'site', bands: ['morning'] },
  ])
  const duty = w.person('沈示二', ['dutyOfficer'])
  const measured = (key: string) => w.kernel.measure(boss.actor, key, firstDay, firstDay)
  const roll = (post: 'gate' | 'checkpoint' | 'site', band: string, officerIds: string[]) => ({
    day: firstDay,
    patternId: b.patternOf[post],
    band,
    posts: [{ postId: b[post], officerIds }],
  })
  const presenceOf = async (officerId: string, band: string) => {
    const { rows } = await w.owner.query<{ presence_id: string }>(
      'select presence_id from app.presence where officer_id = $1 and band = $2 and voided_at is null',
      [officerId, band],
    )
    return rows[0]?.presence_id ?? ''
  }

  it('ATT20 a duty of two adjoining bands is two deployments, the second when it is confirmed', async () => {
    w.clock.set(at(firstDay, 7, 55))
    expect(await duty.does(checkInMany, roll('gate', 'morning', [zhou]))).toEqual({ came: 1, already: 0 })
    expect(await duty.does(checkInMany, roll('site', 'morning', [chu]))).toEqual({ came: 1, already: 0 })
    expect(await measured('roster.zoneDeployments')).toBe(1)
    expect(await measured('roster.samplingDeployments')).toBe(1)
    const me = b.person(0)
    const previousId = await presenceOf(zhou, 'morning')
    w.clock.set(at(firstDay, 13, 30))
    // The band before still has half an hour to go: nobody can say yet that he stayed.
    expect(await me.isRefused(confirmStay, { presenceId: w.newId(), previousId })).toBe(
      'attendance/too-early',
    )
    w.clock.set(at(firstDay, 14, 6))
    const stay = { presenceId: w.newId(), previousId }
    expect(await me.does(confirmStay, stay)).toEqual({ cameAt: at(firstDay, 14), band: 'afternoon' })
    expect(await measured('roster.zoneDeployments')).toBe(2)
    const { rows } = await w.owner.query(
      'select band, left_at, left_way, late_minutes from app.presence where officer_id = $1 order by came_at',
      [zhou],
    )
    expect(rows).toMatchObject([
      { band: 'morning', left_at: at(firstDay, 14), left_way: 'stay', late_minutes: 0 },
      { band: 'afternoon', left_at: null, late_minutes: 0 },
    ])
    expect(await me.isRefused(confirmStay, { presenceId: w.newId(), previousId })).toBe(
      'attendance/nothing-to-stay-on',
    )
  })

  it('ATT21 a roll-call names many at once; who is there already is left as he stands', async () => {
    w.clock.set(at(firstDay, 8, 20))
    expect(await duty.does(checkInMany, roll('checkpoint', 'early', [zheng]))).toEqual({
      came: 1,
      already: 0,
    })
    expect(await duty.does(checkInMany, roll('checkpoint', 'early', [zheng]))).toEqual({
      came: 0,
      already: 1,
    })
    expect(await measured('attendance.late')).toBe(1)
    expect((await boss.asks(presences, { from: firstDay, until: firstDay, late: true })).rows).toMatchObject([
      { officerName: '郑例二', lateMinutes: 20, way: 'leader' },
    ])
    // One who cannot be explained holds the whole list: nothing of it is lost, and nothing is half entered.
    const strangers = roll('checkpoint', 'late', [chen, feng])
    w.clock.set(at(firstDay, 15, 50))
    expect(await duty.isRefused(checkInMany, strangers)).toBe('attendance/not-assigned')
    expect(await presenceOf(chen, 'late')).toBe('')
    expect(await duty.does(checkInMany, roll('checkpoint', 'late', [chen]))).toEqual({ came: 1, already: 0 })
    // The second band of a duty by a leader follows the first without a break.
    const out = [await presenceOf(zheng, 'early')]
    w.clock.set(at(firstDay, 16, 2))
    expect(await duty.does(checkOutMany, { presenceIds: out })).toEqual({ left: 1, already: 0 })
    expect(await duty.does(checkOutMany, { presenceIds: out })).toEqual({ left: 0, already: 1 })
  })

  it('ATT22 taking one check-in away lowers the figure by exactly one, and the record stays in the books', async () => {
    const before = [await measured('roster.zoneDeployments'), await measured('attendance.present')]
    const records = await boss.asks(deployments, { from: firstDay, until: firstDay })
    expect(records.total).toBe(before[1])
    const zone = await boss.asks(deployments, {
      from: firstDay,
      until: firstDay,
      kinds: ['isolationHotel'],
      zoneKinds: ['sealed', 'control'],
    })
    expect(zone.total).toBe(before[0])
    expect(zone.rows.map(row => [row.officerName, row.postName, row.band])).toEqual([
      ['周示一', '东门封控点', '上午班'],
      ['周示一', '东门封控点', '下午班'],
    ])
    const presenceId = await presenceOf(zhou, 'afternoon')
    await duty.does(voidPresence, { presenceId, why: '实际未到岗' })
    expect(await measured('roster.zoneDeployments')).toBe((before[0] ?? 0) - 1)
    expect(await measured('attendance.present')).toBe((before[1] ?? 0) - 1)
    expect((await boss.asks(deployments, { from: firstDay, until: firstDay })).total).toBe(
      (before[1] ?? 0) - 1,
    )
    const kept = await w.owner.query('select voided_why from app.presence where presence_id = $1', [
      presenceId,
    ])
    expect(kept.rows).toEqual([{ voided_why: '实际未到岗' }])
    expect(await duty.isRefused(voidPresence, { presenceId, why: '再作废一次' })).toBe(
      'attendance/presence-missing',
    )
    // Entered again with its times, the figure is what it was.
    await duty.does(setRight, {
      presenceId: w.newId(),
      officerId: zhou,
      postId: b.gate,
      day: firstDay,
      patternId: b.patternOf.gate,
      band: 'afternoon',
      cameAt: at(firstDay, 14),
      leftAt: null,
      why: '值班员核实',
    })
    expect(await measured('roster.zoneDeployments')).toBe(before[0])
  })

  it('ATT23 who stood where at a moment is counted from the times, also as it was known then', async () => {
    const { operationId } = b
    const ask = (more: { at: string; knownAt?: string }) => boss.asks(presentNow, { operationId, ...more })
    expect((await ask({ at: at(firstDay, 8, 0) })).present).toBe(2)
    expect((await ask({ at: at(firstDay, 8, 30) })).present).toBe(3)
    // At 15:00 he stood there; it was entered again only at 16:02, so at 15:30 the books knew nobody else.
    const then = await ask({ at: at(firstDay, 15) })
    expect(then.posts).toContainEqual({ postId: b.gate, present: 1 })
    const known = await ask({ at: at(firstDay, 15), knownAt: at(firstDay, 14, 3) })
    expect(known.posts.find(one => one.postId === b.gate)?.present ?? 0).toBe(0)
    const rows = await (await w.kernel.reader(boss.actor)).read(db =>
      presentAt(db, at(firstDay, 16, 1), { agencyId: w.agency.agencyId, postIds: [b.checkpoint] }),
    )
    // The early band was over at 16:00, and he signed out at 16:02: until then both stood there.
    expect(rows.map(row => [row.band, row.leftAt]).sort()).toEqual([
      ['early', at(firstDay, 16, 2)],
      ['late', null],
    ])
  })

  it('ATT24 absences are declared by a leader, without a reason, and end when somebody comes after all', async () => {
    const seat = {
      officerId: feng,
      postId: b.gate,
      day: firstDay,
      patternId: b.patternOf.gate,
      band: 'evening',
    }
    const absence = { absenceId: w.newId(), ...seat, kind: 'noShow' as const }
    w.clock.set(at(firstDay, 19, 0))
    expect(await duty.isRefused(declareAbsent, absence)).toBe('attendance/not-begun')
    expect(await duty.isRefused(declareAbsent, { ...absence, kind: 'ill' })).toBe('kernel/bad-input')
    expect(await duty.isRefused(declareAbsent, { ...absence, why: '发热' })).toBe('kernel/bad-input')
    w.clock.set(at(firstDay, 20, 20))
    await duty.does(declareAbsent, absence)
    expect(await duty.isRefused(declareAbsent, { ...absence, absenceId: w.newId() })).toBe(
      'attendance/already-absent',
    )
    expect(await measured('attendance.absent')).toBe(1)
    expect((await boss.asks(absences, { from: firstDay, until: firstDay })).rows).toMatchObject([
      { officerName: '冯样三', kind: 'noShow', band: 'evening' },
    ])
    await duty.does(checkInMany, roll('gate', 'evening', [feng]))
    expect(await measured('attendance.absent')).toBe(0)
    expect(await duty.isRefused(declareAbsent, { ...absence, absenceId: w.newId() })).toBe(
      'attendance/came-already',
    )
  })

  it('ATT25 the list of a day puts first what needs attention, and its sheet is the paper’s', async () => {
    const list = await boss.asks(dayList, { operationId: b.operationId, day: firstDay })
    expect(list.total).toBe(6)
    expect(list.rows.map(row => [row.officerName, row.bandZh, row.state])).toEqual(
      [
        ['郑例二', '早班', 'left'],
        ['冯样三', '晚班', 'present'],
        ['周示一', '上午班', 'left'],
        ['褚例五', '上午班', 'open'],
        ['周示一', '下午班', 'open'],
        ['陈示四', '中班', 'present'],
      ].sort((x, y) => order(x) - order(y)),
    )
    expect(list.counts).toEqual({
      expected: 6,
      present: 2,
      late: 2,
      missing: 0,
      absent: 0,
      open: 2,
      overlaps: 0,
      standIns: 0,
    })
    const late = await boss.asks(dayList, { operationId: b.operationId, day: firstDay, marks: ['late'] })
    expect(late.rows.map(row => row.presence?.lateMinutes)).toEqual([20, 20])
    const found = await boss.asks(dayList, { operationId: b.operationId, day: firstDay, search: '郑例' })
    expect(found.total).toBe(1)
    const hands = await w.kernel.reader(boss.actor)
    const maker = w.kernel.registry.files.get('attendance.signInSheet')
    const file = await maker?.make({ operationId: b.operationId, day: firstDay } as never, hands)
    const text = JSON.stringify(await readSheets(file?.bytes ?? Buffer.alloc(0), 'x.xlsx'))
    expect(text).toContain('青禾县公安局11月4日签到表')
    expect(text).toContain('迟到20分钟、代签')
    expect(text).toContain('合计: 应到 6 人次,到岗 6 人次。')
  })

  it('ATT26 at the post stands who is here, who should be, and who comes next', async () => {
    const view = await boss.asks(atPost, { postId: b.gate, at: at(firstDay, 13, 0) })
    expect(view.bands.map(one => [one.zh, one.need, one.present])).toEqual([
      ['上午班', 1, 1],
      ['下午班', 1, 0],
    ])
    expect(view.bands[0]?.seats.map(one => one.officerName)).toEqual(['周示一'])
  })
})

/** The order of the list: late first, then those not signed out, then who is there, then who has left. */
const order = (row: string[]) =>
  ['郑例二早班', '冯样三晚班', '褚例五上午班', '周示一下午班', '陈示四中班', '周示一上午班'].indexOf(
    `${row[0]}${row[1]}`,
  )
