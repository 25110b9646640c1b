// One place for every duty of today that nobody fills, whatever the reason, with who could.
import { describe, expect, it } from 'vitest'
import { httpWorld } from '../../kernel/http/http-world.ts'
import { world } from '../../kernel/world.ts'
import { setPostState } from '../posts/contracts.ts'
import {
  cancelStandIn,
  checkInMany,
  checkOutMany,
  dayList,
  declareAbsent,
  replace,
  unfilled,
} from './contracts.ts'
import { at, bureau, firstDay, modules, publishes } from './test-bureau.ts'

describe('duties that nobody fills', async () => {
  const w = await world(modules)
  const boss = w.person('王示一', ['commander', 'administrator'])
  const b = await bureau(w, boss)
  const { operationId } = b
  const [zhou = '', , feng = ''] = b.officers
  await publishes(w, boss, b, [
    { officer: 0, day: firstDay, post: 'gate', bands: ['morning'] },
    { officer: 1, day: firstDay, post: 'checkpoint', bands: ['early'] },
    { officer: 2, day: firstDay, post: 'gate', bands: ['afternoon'] },
    { officer: 3, day: firstDay, post: 'checkpoint', bands: ['late'] },
    { officer: 6, day: firstDay, post: 'standby', bands: ['whole'] },
  ])
  const duty = w.person('沈示二', ['dutyOfficer'])
  const gate = (band: string) => ({ postId: b.gate, day: firstDay, patternId: b.patternOf.gate, band })
  const come = (post: 'gate' | 'checkpoint' | 'standby', band: string, ...officerIds: string[]) =>
    duty.does(checkInMany, {
      ...{ day: firstDay, patternId: b.patternOf[post], band },
      posts: [{ postId: b[post], officerIds }],
    })
  const list = async (by = boss) =>
    (await by.asks(unfilled, { operationId })).rows.map(row => [
      row.postCode,
      row.band,
      row.why,
      row.officerName,
    ])
  const open = [
    ['CY-01', 'morning', 'open', ''],
    ['FK-01', 'evening', 'open', ''],
    ['KK-01', 'night', 'open', ''],
    ['FK-01', 'night', 'open', ''],
  ]

  it('ATT51 declared absent, not come, gone early and not rostered stand in one list until somebody is sent', async () => {
    w.clock.set(at(firstDay, 8, 5))
    await come('checkpoint', 'early', b.officers[1] ?? '')
    await come('standby', 'whole', b.officers[6] ?? '')
    // Five minutes after the beginning it is too early to say that somebody does not come.
    expect(await list()).toEqual(open)
    w.clock.set(at(firstDay, 8, 15))
    const missing = ['FK-01', 'morning', 'missing', '周示一']
    expect(await list()).toEqual([open[0], missing, ...open.slice(1)])
    const absenceId = w.newId()
    await duty.does(declareAbsent, { absenceId, officerId: feng, ...gate('afternoon'), kind: 'unavailable' })
    const away = ['FK-01', 'afternoon', 'unavailable', '冯样三']
    expect(await list()).toEqual([open[0], missing, away, ...open.slice(1)])
    await come('gate', 'morning', zhou)
    expect(await list()).toEqual([open[0], away, ...open.slice(1)])
    const { rows } = await boss.asks(dayList, { operationId, day: firstDay, states: ['present'] })
    const presenceId = rows.find(row => row.officerId === zhou)?.presence?.presenceId ?? ''
    await duty.does(checkOutMany, { presenceIds: [presenceId] })
    const left = ['FK-01', 'morning', 'left', '周示一']
    expect(await list()).toEqual([open[0], left, away, ...open.slice(1)])
    // A post that is paused needs nobody; who was rostered there is still told of, and the list stands.
    await boss.does(setPostState, { postIds: [b.checkpoint], state: 'paused', on: firstDay })
    expect((await list()).map(row => row[0])).not.toContain('KK-01')
    await boss.does(setPostState, { postIds: [b.checkpoint], state: 'active', on: firstDay })
  })

  it('ATT52 each has who could stand in; who is sent takes it off, and puts it back when it is cancelled', async () => {
    const { rows } = await boss.asks(unfilled, { operationId })
    const row = rows.find(one => one.why === 'unavailable')
    expect(row?.proposals?.length).toBeGreaterThan(1)
    const firsts = rows.flatMap(one => one.first ?? [])
    expect(new Set(firsts).size).toBe(firsts.length)
    expect(firsts.length).toBeGreaterThan(2)
    const standInId = w.newId()
    const officerId = row?.first ?? ''
    expect(row?.proposals?.map(one => one.officerId)).toContain(officerId)
    await duty.does(replace, { standInId, ...gate('afternoon'), officerId, replacesOfficerId: feng })
    expect((await list()).map(one => one[2])).not.toContain('unavailable')
    await duty.does(cancelStandIn, { standInId })
    expect((await list()).map(one => one[2])).toContain('unavailable')
    // For a place that nobody was rostered to the same.
    const place = rows.find(one => one.postCode === 'FK-01' && one.band === 'evening')
    const sent = {
      standInId: w.newId(),
      ...gate('evening'),
      officerId: place?.first ?? '',
      replacesOfficerId: null,
    }
    await duty.does(replace, sent)
    expect((await list()).map(one => `${one[0]} ${one[1]}`)).not.toContain('FK-01 evening')
  })

  it('ATT51 a leader sees those of his posts and people; what is over is not told; hostile input is refused', async () => {
    const west = w.person('朱示三', ['unitLeader'], { unitIds: [b.west] })
    expect((await list(west)).map(row => row[0])).toEqual(['KK-01'])
    for (const hostile of [{}, { operationId: "' or 1=1" }, { operationId, more: 1 }, { operationId: 5 }])
      expect(await boss.mayNotAsk(unfilled, hostile)).toBe('kernel/bad-input')
    expect(await b.person(4).mayNotAsk(unfilled, { operationId })).toBe('kernel/no-right')
    expect((await boss.asks(unfilled, { operationId: w.newId() })).rows).toEqual([])
    w.clock.set(at(firstDay, 14, 30))
    const later = await list()
    expect(later).toContainEqual(['FK-01', 'afternoon', 'unavailable', '冯样三'])
    expect(later.map(row => row[1])).not.toContain('morning')
  })
})

describe('strangers', async () => {
  const w = await httpWorld(modules)
  it('ATT51 who is signed out learns nothing', async () => {
    expect((await w.nobody().get('/api/queries/attendance.unfilled')).status).toBe(401)
  })
})
