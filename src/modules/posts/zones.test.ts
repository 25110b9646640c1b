import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import {
  addCamera,
  addZones,
  cameraList,
  changeZone,
  changeZoneKind,
  extendZone,
  liftZone,
  mapAt,
  openZone,
  redrawZone,
  removeCamera,
  zoneDetail,
  zoneList,
} from './contracts.ts'
import { bureau, modules, square } from './test-bureau.ts'

describe('zones', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const zheng = w.person('郑例二', ['officer'])
  const b = await bureau(w, zhou)
  const { operationId } = b
  const order = { orderNumber: '青防指〔2021〕7号', approver: '冯样三', reason: '出现确诊病例' }
  const newZone = (name: string, more: Record<string, unknown> = {}) => ({
    zoneId: w.newId(),
    name,
    kind: 'sealed' as const,
    ...order,
    beginsAt: '2021-10-24T12:00:00Z',
    plannedEndAt: '2021-11-07T12:00:00Z',
    ...more,
  })
  const garden = newZone('城东花园', { polygon: square(107.1, 40.1), households: 812, unitId: b.station })

  it('POS1 a zone is opened under an order and stands on list and map with its first stage', async () => {
    await zhou.does(openZone, { operationId, ...garden })
    const found = await zheng.asks(zoneDetail, { zoneId: garden.zoneId })
    expect(found).toMatchObject({
      name: '城东花园',
      kind: 'sealed',
      openedAs: 'sealed',
      households: 812,
      unitName: '城东所',
      overdue: false,
      drawn: true,
      gates: 0,
    })
    expect(found.polygon).toEqual(square(107.1, 40.1))
    expect(found.stages).toEqual([{ n: 1, kind: 'sealed', at: '2021-10-24T12:00:00.000Z', ...order }])
    const map = await zheng.asks(mapAt, { operationId })
    expect(map.zones.map(zone => [zone.name, zone.kind])).toEqual([['城东花园', 'sealed']])
  })

  it('POS1 without order number or approver, left out or blank, no zone is opened', async () => {
    const { orderNumber: _number, ...without } = newZone('无文号')
    expect(await zhou.isRefused(openZone, { operationId, ...without })).toBe('posts/order-number-needed')
    for (const blank of ['', '  ', '　']) {
      const code = await zhou.isRefused(openZone, {
        operationId,
        ...newZone('无文号', { orderNumber: blank }),
      })
      expect(code).toBe('posts/order-number-needed')
    }
    const { approver: _approver, ...unapproved } = newZone('无批准人')
    expect(await zhou.isRefused(openZone, { operationId, ...unapproved })).toBe('posts/approver-needed')
    expect((await zhou.asks(zoneList, { operationId })).total).toBe(1)
  })

  it('POS2 an outline that crosses itself, is too short, too long or off the earth is refused in both languages', async () => {
    const bow = [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 1],
    ]
    const many = Array.from({ length: 501 }, (_, n) => {
      const angle = (2 * Math.PI * n) / 501
      return [107 + Math.cos(angle), 40 + Math.sin(angle)]
    })
    const cases: [unknown, string][] = [
      [bow, 'posts/polygon-crosses'],
      [bow.slice(0, 2), 'posts/polygon-too-few-points'],
      [many, 'posts/polygon-too-many-points'],
      [
        [
          [0, 0],
          [0, 91],
          [1, 1],
        ],
        'posts/polygon-outside',
      ],
      [
        [
          [0, 0],
          [-181, 0],
          [1, 1],
        ],
        'posts/polygon-outside',
      ],
      [[[0, 0], [1, 1], 'x'], 'kernel/bad-input'],
      [{ type: 'Polygon' }, 'kernel/bad-input'],
    ]
    for (const [polygon, code] of cases) {
      expect(await zhou.isRefused(openZone, { operationId, ...newZone('坏边界', { polygon }) })).toBe(code)
    }
    const [verdict] = await zhou.sends([
      w.entry(openZone, { operationId, ...newZone('坏边界', { polygon: bow }) }),
    ])
    if (verdict?.verdict !== 'refused') throw new Error('not refused')
    expect(verdict.problem.message.zh).toContain('坏边界')
    expect(verdict.problem.message.zh).toContain('自相交')
    expect(verdict.problem.message.en).toContain('crosses itself')
  })

  it('POS3 its kind changes by a new order, and any earlier moment shows what held then', async () => {
    const at = '2021-10-30T00:00:00Z'
    const eased = { zoneId: garden.zoneId, kind: 'control' as const, at, ...order }
    await zhou.does(changeZoneKind, { ...eased, orderNumber: '青防指〔2021〕15号', reason: '连续7日无新增' })
    expect(await zhou.isRefused(changeZoneKind, eased)).toBe('posts/zone-kind-same')
    const kindAt = async (moment: string) =>
      (await zheng.asks(zoneDetail, { zoneId: garden.zoneId, at: moment })).kind
    expect(await kindAt('2021-10-24T11:59:59Z')).toBeNull()
    expect(await kindAt('2021-10-29T23:59:59Z')).toBe('sealed')
    expect(await kindAt('2021-10-30T00:00:00Z')).toBe('control')
    const early = { ...eased, kind: 'sealed' as const, at: '2021-10-29T00:00:00Z' }
    expect(await zhou.isRefused(changeZoneKind, early)).toBe('posts/stage-too-early')
    const none = { ...eased, kind: 'sealed' as const, at: '2021-11-01T00:00:00Z', orderNumber: ' ' }
    expect(await zhou.isRefused(changeZoneKind, none)).toBe('posts/order-number-needed')
  })

  it('POS3 an extension is an order too and only ever later', async () => {
    const longer = { zoneId: garden.zoneId, at: '2021-11-02T00:00:00Z', ...order }
    expect(await zhou.isRefused(extendZone, { ...longer, plannedEndAt: '2021-11-07T12:00:00Z' })).toBe(
      'posts/end-not-later',
    )
    await zhou.does(extendZone, { ...longer, plannedEndAt: '2021-11-10T12:00:00Z' })
    const found = await zhou.asks(zoneDetail, { zoneId: garden.zoneId })
    expect(found.plannedEndAt).toBe('2021-11-10T12:00:00.000Z')
    expect(found.stages.map(stage => stage.kind)).toEqual(['sealed', 'control', 'control'])
  })

  it('POS3 once lifted it can no longer change; a new order opens a new zone', async () => {
    const lift = { zoneId: garden.zoneId, at: '2021-11-03T00:00:00Z', ...order }
    await zhou.does(liftZone, lift)
    expect(await zhou.isRefused(liftZone, lift)).toBe('posts/zone-lifted')
    expect(await zhou.isRefused(extendZone, { ...lift, plannedEndAt: '2021-12-01T00:00:00Z' })).toBe(
      'posts/zone-lifted',
    )
    expect(await zhou.isRefused(redrawZone, { zoneId: garden.zoneId, polygon: square(1, 1) })).toBe(
      'posts/zone-lifted',
    )
    expect((await zheng.asks(zoneDetail, { zoneId: garden.zoneId })).kind).toBe('lifted')
  })

  it('POS1 many zones are opened at once or none of them', async () => {
    const bad = [newZone('文化里'), newZone('河口老街', { plannedEndAt: '2021-10-24T12:00:00Z' })]
    expect(await zhou.isRefused(addZones, { operationId, zones: bad })).toBe('posts/end-before-start')
    const twice = [newZone('文化里'), newZone('文化里')]
    expect(await zhou.isRefused(addZones, { operationId, zones: twice })).toBe('posts/zone-name-taken')
    expect((await zhou.asks(zoneList, { operationId })).total).toBe(1)
    const zones = [
      newZone('文化里', { polygon: square(107.3, 40.1) }),
      newZone('学府雅苑', { kind: 'control', plannedEndAt: '2021-11-03T05:00:00Z' }),
      newZone('北塘市场', { kind: 'precaution', plannedEndAt: '2021-11-03T20:00:00Z' }),
    ]
    await zhou.does(addZones, { operationId, zones })
    expect(await zhou.isRefused(addZones, { operationId, zones })).toBe('posts/id-taken')
    expect(await zhou.isRefused(addZones, { operationId, zones: [] })).toBe('kernel/bad-input')
    const list = await zheng.asks(zoneList, { operationId, overdue: true })
    expect(list.rows.map(row => row.name)).toEqual(['学府雅苑'])
    const sealed = await zheng.asks(zoneList, { operationId, kind: 'sealed' })
    expect(sealed.rows.map(row => row.name)).toEqual(['文化里'])
    const lifted = await zheng.asks(zoneList, { operationId, kind: 'lifted', search: '花园' })
    expect(lifted.total).toBe(1)
  })

  it('POS4 the measures count zones as what they were opened as, in the days they existed', async () => {
    const count = (key: string, from: string, until: string) =>
      w.kernel.measure(zheng.actor, key, from, until)
    expect(await count('zones.sealed', '2021-10-24', '2021-11-16')).toBe(2)
    expect(await count('zones.control', '2021-10-24', '2021-11-16')).toBe(1)
    // 城东花园 was lifted on 3 November at 08:00, the first instant of that duty day.
    expect(await count('zones.sealed', '2021-11-02', '2021-11-02')).toBe(2)
    expect(await count('zones.sealed', '2021-11-03', '2021-11-03')).toBe(1)
    expect(await count('zones.sealed', '2021-10-01', '2021-10-23')).toBe(0)
    const behind = await zheng.asks(zoneList, {
      openedAs: 'sealed',
      existedFrom: '2021-10-24',
      existedUntil: '2021-11-16',
    })
    expect(behind.total).toBe(2)
  })

  it('POS5 places with video are added and taken away, and counted by the day they were added', async () => {
    const [first, second] = [w.newId(), w.newId()]
    const camera = { operationId, name: '城东花园东门', covers: '东门内外', zoneId: garden.zoneId }
    await zhou.does(addCamera, {
      ...camera,
      cameraId: first,
      addedOn: '2021-10-25',
      place: { lng: 107.1, lat: 40.1 },
    })
    await zhou.does(addCamera, { ...camera, cameraId: second, name: '文化里北口', addedOn: '2021-11-20' })
    await zhou.does(removeCamera, { cameraId: first, removedOn: '2021-11-01' })
    expect(await zhou.isRefused(removeCamera, { cameraId: first, removedOn: '2021-11-02' })).toBe(
      'posts/camera-removed',
    )
    expect(await zhou.isRefused(removeCamera, { cameraId: second, removedOn: '2021-11-02' })).toBe(
      'posts/end-before-start',
    )
    expect(await w.kernel.measure(zheng.actor, 'zones.camerasAdded', '2021-10-24', '2021-11-16')).toBe(1)
    expect((await zheng.asks(cameraList, { operationId })).rows.map(row => row.zoneName)).toEqual([
      '城东花园',
      '城东花园',
    ])
    expect((await zheng.asks(mapAt, { operationId, at: '2021-10-31T00:00:00Z' })).cameras).toHaveLength(1)
    expect((await zheng.asks(mapAt, { operationId })).cameras).toHaveLength(0)
  })

  it('POS6 a zone about to end, past its end, or without a gate raises an alert', async () => {
    const seen = async (key: string) => {
      const system = await w.kernel.system(w.agency.agencyId)
      const watch = w.kernel.registry.watches.find(one => one.key === key)
      return system.read(db => watch?.detect(db, w.clock.now.toISOString()) ?? Promise.resolve([]))
    }
    const ends = await seen('posts.zoneEnds')
    expect(ends.map(one => [one.title.zh, one.severity])).toEqual([
      ['学府雅苑已过期限,未解除或延长', 'red'],
      ['北塘市场将在 24 小时内到期', 'amber'],
    ])
    const open = await seen('posts.zoneWithoutGate')
    expect(open.map(one => one.title.zh).sort()).toEqual([
      '学府雅苑没有启用中的封控点',
      '文化里没有启用中的封控点',
    ])
    const culture = (await zheng.asks(zoneList, { operationId, kind: 'sealed' })).rows[0]?.zoneId
    await b.post('FK-900', 'zoneGate', { zoneId: culture })
    expect((await seen('posts.zoneWithoutGate')).map(one => one.title.zh)).toEqual([
      '学府雅苑没有启用中的封控点',
    ])
  })

  it('POS16 a character that no table can hold is refused, not tried again for ever', async () => {
    const [verdict] = await zhou.sends([
      w.entry(openZone, { operationId, ...newZone('零字节', { reason: 'a\u0000b', polygon: square(1, 1) }) }),
      w.entry(openZone, { operationId, ...newZone('半字符', { reason: 'a\ud800b', polygon: square(1, 1) }) }),
    ])
    expect(verdict?.verdict).toBe('refused')
  })

  it('POS7 strangers are turned away: other roles, other bureaus, ended operations, unknown units', async () => {
    expect(await zheng.isRefused(openZone, { operationId, ...newZone('越权') })).toBe('kernel/no-right')
    expect(await zhou.isRefused(openZone, { operationId: w.newId(), ...newZone('无勤务') })).toBe(
      'operations/operation-missing',
    )
    expect(await zhou.isRefused(openZone, { operationId, ...newZone('无单位', { unitId: w.newId() }) })).toBe(
      'posts/unknown-unit',
    )
    expect(await zhou.isRefused(redrawZone, { zoneId: w.newId(), polygon: square(1, 1) })).toBe(
      'kernel/missing',
    )
    expect(
      await zhou.isRefused(changeZone, { zoneId: w.newId(), name: '无', households: 0, unitId: null }),
    ).toBe('kernel/missing')
    expect(await zheng.mayNotAsk(zoneDetail, { zoneId: w.newId() })).toBe('kernel/missing')
    const other = '00000000-0000-7000-8000-0000000000aa'
    await w.owner.query('begin')
    await w.owner.query(`set local app.command_id = '00000000-0000-7000-8000-0000000000ff'`)
    await w.owner.query(
      "insert into app.agency (agency_id, code, name, kind) values ($1, 'hemu', '禾木县公安局', 'rehearsal')",
      [other],
    )
    await w.owner.query('commit')
    const stranger = w.person('冯样三', ['commander'])
    stranger.actor.scope = { agencyId: other, unitIds: '*' }
    expect(await stranger.mayNotAsk(zoneDetail, { zoneId: garden.zoneId })).toBe('kernel/missing')
    expect((await stranger.asks(zoneList)).total).toBe(0)
    expect(await stranger.isRefused(openZone, { operationId, ...newZone('他局') })).toBe(
      'operations/operation-missing',
    )
    expect(await stranger.isRefused(redrawZone, { zoneId: garden.zoneId, polygon: square(1, 1) })).toBe(
      'kernel/missing',
    )
  })
})
