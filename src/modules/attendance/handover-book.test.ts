// The book of a post and what is told of it: who reads it, the figures, the alerts, the file.
import { describe, expect, it } from 'vitest'
import { alerts } from '../../kernel/books/contracts.ts'
import { runWatch } from '../../kernel/jobs.ts'
import type { Module } from '../../kernel/module.ts'
import { type Person, world } from '../../kernel/world.ts'
import { readSheets } from '../../sheets/index.ts'
import {
  checkIn,
  checkInMany,
  checkOut,
  checkOutMany,
  giveHandover,
  handoverBook,
  handoverPosts,
  handovers,
  myHandover,
  openHandoverBook,
  relieveOfficer,
  returnHandover,
  signHandover,
} from './contracts.ts'
import { handoverWatches } from './handover-watches.ts'
import { at, bureau, codeAt, firstDay, issuesCodes, modules, publishes } from './test-bureau.ts'

const noCounts = {
  vehicles: 412,
  people: 705,
  vehiclesTurned: 7,
  peopleTurned: 13,
  fevers: 1,
  transferred: 1,
}

describe('the book of a post', async () => {
  const w = await world(modules as readonly Module[])
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await bureau(w, boss)
  await publishes(w, boss, b, [
    { officer: 0, day: firstDay, post: 'gate', bands: ['morning'] },
    { officer: 2, day: firstDay, post: 'gate', bands: ['afternoon'] },
    { officer: 4, day: firstDay, post: 'gate', bands: ['evening'] },
    { officer: 1, day: firstDay, post: 'site', bands: ['morning', 'afternoon'] },
  ])
  await issuesCodes(boss, [b.gate])
  const east = w.person('李示三', ['unitLeader'], { unitIds: [b.east] })
  const west = w.person('赵示四', ['unitLeader'], { unitIds: [b.west] })
  const [zhou, zheng, feng, , chu] = [0, 1, 2, 3, 4].map(n => b.person(n)) as Person[] as [
    Person,
    Person,
    Person,
    Person,
    Person,
  ]
  const seat = (band: string) => ({ postId: b.gate, day: firstDay, patternId: b.patternOf.gate, band })
  const page = (band: string, counted: number) => ({
    ...{ handoverId: w.newId(), ...seat(band), weather: '晴', counts: noCounts },
    ...{ events: '', orders: '县指挥部通知已传达', mustKnow: '', opened: [], closed: [] },
    items: [{ kind: 'stock' as const, name: 'N95口罩', unit: '只', counted, condition: '' }],
  })
  const stock = { items: [{ kind: 'stock' as const, name: 'N95口罩', unit: '只', count: 40 }] }
  const sees = async (key: string) => {
    const watch = handoverWatches.find(one => one.key === key)
    if (!watch) throw new Error(`no watch ${key}`)
    await runWatch(w.kernel, w.agency.agencyId, watch)
    return (await boss.asks(alerts, { watch: key })).rows.map(row => row.titleZh)
  }
  const measured = (key: string) => w.kernel.measure(boss.actor, key, firstDay, firstDay)
  const morning = page('morning', 40)
  const proof = (postId: string) => ({
    way: 'code' as const,
    code: codeAt(postId, w.clock.now.toISOString()).token,
  })

  it('HND15 half an hour after a band ended its page is missed, where a book asks for it and somebody comes', async () => {
    w.clock.set(at(firstDay, 14, 40))
    expect(await sees('handover.missed')).toEqual([])
    await east.does(openHandoverBook, { postId: b.gate, ...stock })
    expect(await sees('handover.missed')).toEqual(['东门封控点上午班下班后仍未完成交接'])
    await zhou.does(giveHandover, morning)
    expect(await sees('handover.missed')).toEqual(['东门封控点上午班下班后仍未完成交接'])
    const back = { handoverId: morning.handoverId, round: 1, why: '少6只' }
    const differences = [{ kind: 'stock' as const, name: 'N95口罩', found: 34 }]
    await feng.does(returnHandover, { ...back, differences })
    expect(await sees('handover.missed')).toEqual(['东门封控点上午班下班后仍未完成交接'])
    await east.does(openHandoverBook, { postId: b.gate, required: false, items: [] })
    expect(await sees('handover.missed')).toEqual([])
    await east.does(openHandoverBook, { postId: b.gate, items: [] })
    // Zheng works both bands of the sampling site and hands the first one over to nobody.
    await boss.does(openHandoverBook, { postId: b.site, items: [] })
    w.clock.set(at(firstDay, 16, 40))
    expect(await sees('handover.missed')).toEqual(['东门封控点上午班下班后仍未完成交接'])
    expect((await zheng.asks(myHandover)).give?.from.band).toBe('afternoon')
  })

  it('HND16 who checks out before the signature is told of, until it is signed or a leader lets him go', async () => {
    const band = (name: string, officerId: string) => {
      const { postId, ...rest } = seat(name)
      return { ...rest, posts: [{ postId, officerIds: [officerId] }] }
    }
    w.clock.set(at(firstDay, 17, 0))
    const presenceId = w.newId()
    await feng.does(checkIn, { presenceId, postId: b.gate, proof: proof(b.gate) })
    w.clock.set(at(firstDay, 20, 5))
    expect(await sees('handover.leftBefore')).toEqual([])
    await feng.does(checkOut, { presenceId, proof: proof(b.gate) })
    expect(await sees('handover.leftBefore')).toEqual(['东门封控点下午班未完成交接，冯样三已离岗'])
    const relief = { officerId: b.officers[2] ?? '', ...seat('afternoon'), why: '发热送医' }
    await east.does(relieveOfficer, { reliefId: w.newId(), ...relief })
    expect(await sees('handover.leftBefore')).toEqual([])
    // Whom the leader signs out was let go by that.
    await boss.does(checkInMany, band('evening', b.officers[4] ?? ''))
    const { rows } = await w.owner.query<{ presence_id: string }>(
      `select presence_id from app.presence where officer_id = $1`,
      [b.officers[4]],
    )
    await boss.does(checkOutMany, { presenceIds: rows.map(row => row.presence_id) })
    expect(await sees('handover.leftBefore')).toEqual([])
  })

  it('HND17 the figures count pages, and the list behind each has as many', async () => {
    await zhou.does(giveHandover, { ...morning, items: page('morning', 34).items })
    await feng.does(signHandover, { handoverId: morning.handoverId, round: 2 })
    await feng.does(giveHandover, page('afternoon', 34))
    expect([await measured('handover.signed'), await measured('handover.returned')]).toEqual([1, 1])
    const span = { from: firstDay, until: firstDay }
    expect((await boss.asks(handovers, { ...span, state: 'signed' })).total).toBe(1)
    expect((await boss.asks(handovers, { ...span, returned: true })).rows).toMatchObject([
      { giverName: '周示一', successorName: '冯样三', state: 'signed', round: 2 },
    ])
    expect((await west.asks(handovers, span)).total).toBe(0)
    expect(await w.kernel.measure(west.actor, 'handover.signed', firstDay, firstDay)).toBe(0)
  })

  it('HND18 a book is turned by band, newest first; its own unit and who stands there read it', async () => {
    const first = await chu.asks(handoverBook, { postId: b.gate })
    expect([first.total, first.rows[0]?.from.band, first.rows[0]?.state]).toEqual([2, 'afternoon', 'given'])
    const second = await east.asks(handoverBook, { postId: b.gate, offset: 1 })
    expect(second.rows[0]).toMatchObject({ from: { band: 'morning' }, giver: { name: '周示一' } })
    expect(await west.mayNotAsk(handoverBook, { postId: b.gate })).toBe('attendance/outside-scope')
    expect(await zheng.mayNotAsk(handoverBook, { postId: b.gate })).toBe('attendance/outside-scope')
    const { operationId } = b
    expect((await east.asks(handoverPosts, { operationId })).rows[1]).toEqual({
      ...{ postId: b.gate, postCode: 'FK-01', postName: '东门封控点', required: true },
      ...{ pages: 2, open: 1 },
    })
    expect((await west.asks(handoverPosts, { operationId })).rows).toEqual([])
    expect((await boss.asks(handoverPosts, { operationId })).rows.map(one => one.postCode)).toEqual([
      'CY-01',
      'FK-01',
    ])
  })

  it('HND19 the book as Excel has the columns of the paper, both figures of a return among them', async () => {
    const hands = await w.kernel.reader(boss.actor)
    const maker = w.kernel.registry.files.get('attendance.handoverBook')
    const file = await maker?.make({ postId: b.gate } as never, hands)
    expect(file?.fileName).toBe('东门封控点交接班记录.xlsx')
    const text = JSON.stringify(await readSheets(file?.bytes ?? Buffer.alloc(0), 'x.xlsx'))
    for (const said of [
      '未办结事项',
      '检查车辆412辆次',
      '旧数40实数34',
      '应有40,少6',
      '周示一',
      '合计: 2 班。',
    ])
      expect(text).toContain(said)
  })

  it('HND20 another agency’s posts and pages are nobody’s here', async () => {
    const other = '00000000-0000-7000-8000-0000000000aa'
    await w.owner.query('begin')
    await w.owner.query(`set local app.command_id = '00000000-0000-7000-8000-0000000000ff'`)
    await w.owner.query(
      "insert into app.agency (agency_id, code, name, kind) values ($1, 'lin', '邻示市公安局', 'rehearsal')",
      [other],
    )
    await w.owner.query('commit')
    const stranger = w.person('吴示一', ['commander', 'officer'], { officerId: b.officers[4] })
    Object.assign(stranger.actor, { scope: { agencyId: other, unitIds: '*' } })
    expect(await stranger.isRefused(giveHandover, page('evening', 34))).toBe('attendance/unknown-post')
    expect(await stranger.isRefused(signHandover, { handoverId: morning.handoverId, round: 2 })).toBe(
      'attendance/handover-missing',
    )
    expect(await stranger.isRefused(openHandoverBook, { postId: b.gate, items: [] })).toBe(
      'attendance/unknown-post',
    )
    expect(await stranger.mayNotAsk(handoverBook, { postId: b.gate })).toBe('attendance/unknown-post')
    expect((await stranger.asks(handovers, { from: firstDay, until: firstDay })).total).toBe(0)
  })
})
