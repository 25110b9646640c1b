import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { cellText, readSheets } from '../../sheets/index.ts'
import { addPost, addZones, openZone, type Position, zoneList } from './contracts.ts'
import { bureau, modules, square } from './test-bureau.ts'
import { addsUp, filesOf } from './test-files.ts'

describe('GeoJSON, and files made', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou)
  const { operationId, station } = b
  const { sheet, geo, makes } = filesOf(w, zhou, b)
  const rowsOf = async (name: string, input: object) => {
    const book = await readSheets(await makes(name, { operationId, ...input }), 'a.xlsx')
    return (book.sheets[0]?.rows ?? []).map(row => row.map(cellText))
  }
  const zoneId = w.newId()
  await zhou.does(openZone, {
    operationId,
    zoneId,
    name: '城东花园',
    kind: 'sealed',
    orderNumber: '青防指〔2021〕7号',
    approver: '冯样三',
    beginsAt: '2021-10-24T12:00:00Z',
    plannedEndAt: '2021-11-20T12:00:00Z',
  })
  await zhou.does(addPost, {
    operationId,
    postId: w.newId(),
    code: 'FK-001',
    name: '城东花园东门封控点',
    kind: 'zoneGate',
    zoneId,
    unitId: station,
    equipment: '测温枪2、隔离带',
    contactName: '周示一',
    contactPhone: '10000000001',
    place: { lng: 107.1, lat: 40.1 },
  })

  const feature = (geometry: unknown, properties: unknown = { name: '某区', kind: '封控区' }) => ({
    type: 'Feature',
    properties,
    geometry,
  })
  const polygon = (ring: Position[]) => ({ type: 'Polygon', coordinates: [[...ring, ring[0]]] })

  it('POS36 each feature of a GeoJSON ends as zone, post, refused with its reason, or duplicate', async () => {
    const answer = await geo({
      type: 'FeatureCollection',
      features: [
        feature(polygon(square(107.4, 40.4)), { name: '河口老街', 类别: '封控区', 户数: 210 }),
        feature({ type: 'Point', coordinates: [107.41, 40.41, 1_020] }, { name: '河口老街西口封控点' }),
        feature({ type: 'MultiPolygon', coordinates: [[square(107.5, 40.5)]] }, { name: '学府管控区' }),
        feature(
          polygon([
            [0, 0],
            [1, 1],
            [1, 0],
            [0, 1],
          ]),
        ),
        feature(
          polygon([
            [0, 0],
            [1, 1],
          ]),
        ),
        feature(
          polygon([
            [0, 0],
            [0, 100],
            [1, 1],
          ]),
        ),
        feature({ type: 'Polygon', coordinates: [square(1, 1), square(1.02, 1.02)] }),
        feature({ type: 'MultiPolygon', coordinates: [[square(1, 1)], [square(2, 2)]] }),
        feature({ type: 'LineString', coordinates: square(1, 1) }),
        feature({ type: 'Point', coordinates: ['107', 40] }, { name: '字符卡口' }),
        feature({ type: 'Point', coordinates: [107, 40] }, { name: '' }),
        feature({ type: 'Point', coordinates: [107, 40] }, { name: '某地' }),
        feature(null, null),
        null,
        feature(polygon(square(107.6, 40.6)), { name: '城东花园', kind: 'sealed' }),
        feature(polygon(square(107.4, 40.4)), { name: '河口老街', 类别: '封控区' }),
      ],
    })
    addsUp(answer)
    expect(answer.counts).toEqual({ read: 16, accepted: 3, refused: 11, duplicate: 2 })
    expect(
      answer.zones.map(({ zone }) => [zone.name, zone.kind, zone.households, zone.polygon.length]),
    ).toEqual([
      ['河口老街', 'sealed', 210, 4],
      ['学府管控区', 'control', null, 4],
    ])
    expect(answer.refused.find(one => one.n === 4)?.zh).toContain('自相交')
    expect(answer.refused.every(one => one.zh !== '' && one.en !== '')).toBe(true)
    const order = {
      orderNumber: '青防指〔2021〕9号',
      approver: '冯样三',
      beginsAt: '2021-10-25T00:00:00Z',
      plannedEndAt: '2021-11-20T00:00:00Z',
    }
    const zones = answer.zones.map(({ zone }) => ({ ...zone, zoneId: w.newId(), ...order }))
    await zhou.does(addZones, { operationId, zones })
    expect((await zhou.asks(zoneList, { operationId, search: '河口' })).total).toBe(1)
  })

  it('POS36 what is not GeoJSON is refused with a reason', async () => {
    for (const text of ['', 'x', '[]', '{}', 'null', '{"type":"FeatureCollection"}', '{"type":"Topology"}']) {
      await expect(geo(text), text).rejects.toMatchObject({ code: 'posts/not-geo-json' })
    }
    const features = Array.from({ length: 5_001 }, () => feature(null))
    await expect(geo({ type: 'FeatureCollection', features })).rejects.toMatchObject({
      code: 'posts/too-many-rows',
    })
  })

  it('POS37 what is exported is read back: sheet template, GeoJSON in either system', async () => {
    const template = await sheet('模板.xlsx', await makes('posts.template', {}))
    expect(template.counts).toMatchObject({ read: 1, refused: 0 })
    for (const coordinates of ['wgs84', 'gcj02']) {
      const bytes = await makes('posts.exportGeoJson', { operationId, coordinates })
      const { features } = JSON.parse(bytes.toString()) as { features: { geometry: { type: string } }[] }
      expect(features.filter(one => one.geometry.type === 'Polygon')).toHaveLength(2)
      const back = await geo(bytes.toString(), { coordinates })
      expect(back.counts.refused).toBe(0)
      expect(back.counts.duplicate).toBe(features.length)
    }
  })

  it('POS38 the deployment table has a row per post, with numbers only for a stated purpose', async () => {
    const read = (input: object) => rowsOf('posts.exportPosts', input)
    const gates = await read({ kinds: ['zoneGate'] })
    expect(gates[0]?.[0]).toBe('青禾县公安局警力部署表')
    const row = gates.find(cells => cells.includes('城东花园东门封控点'))
    expect(row?.slice(0, 8)).toEqual(['1', '城东花园东门封控点', '封控点', '', '城东所', '', '周示一', ''])
    expect(row).toContain('测温枪2、隔离带')
    const open = await read({ kinds: ['zoneGate'], purpose: '打印部署表' })
    expect(open.find(cells => cells.includes('城东花园东门封控点'))?.[7]).toBe('10000000001')
  })

  it('POS38 every list goes out as a sheet with the rows that are shown', async () => {
    const zones = await rowsOf('posts.exportZones', {})
    expect(zones.filter(row => row.includes('封控区')).map(row => row[0])).toEqual(['城东花园', '河口老街'])
    expect(zones.flat()).toContain('2021-10-24 20:00')
    for (const name of ['posts.exportRounds', 'posts.exportCameras']) {
      expect((await rowsOf(name, {})).length, name).toBe(2)
    }
    expect((await rowsOf('posts.exportDemand', { day: '2021-11-03' })).length).toBe(2)
  })
})
