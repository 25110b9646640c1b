import { describe, expect, it } from 'vitest'
import { world } from '../../kernel/world.ts'
import { cellText, readSheets } from '../../sheets/index.ts'
import {
  addZones,
  liftZone,
  postList,
  postOrders,
  setDemand,
  setPostState,
  zoneList,
  zoneOrders,
} from './contracts.ts'
import { bureau, modules } from './test-bureau.ts'
import { filesOf } from './test-files.ts'

describe('posts and zones in the order asked for', async () => {
  const w = await world(modules, '2021-11-03T06:00:00.000Z')
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou)
  const { operationId, station, traffic, patterns } = b
  const zone = (name: string, more: object = {}) => ({
    zoneId: w.newId(),
    name,
    kind: 'sealed' as const,
    orderNumber: '青防指〔2021〕7号',
    approver: '冯样三',
    beginsAt: '2021-10-24T12:00:00Z',
    plannedEndAt: '2021-11-20T12:00:00Z',
    ...more,
  })
  const east = zone('东园', { households: 30, unitId: traffic })
  const west = zone('西园', { kind: 'control', plannedEndAt: '2021-11-10T00:00:00Z', unitId: station })
  const south = zone('南园', { households: 200, beginsAt: '2021-10-26T00:00:00Z' })
  await zhou.does(addZones, { operationId, zones: [east, west, south] })
  const c = await b.post('C-3', 'checkpoint', { name: '甲卡', unitId: traffic, address: '三街' })
  const a = await b.post('A-1', 'reserve', { name: '丙备', contactName: '周示一', zoneId: east.zoneId })
  await b.post('B-2', 'zoneGate', { name: '乙门', zoneId: west.zoneId })

  const codes = async (input: object) =>
    (await zhou.asks(postList, { operationId, ...input } as never)).rows
      .map(row => row.code.charAt(0))
      .join('')
  const names = async (input: object) =>
    (await zhou.asks(zoneList, { operationId, ...input } as never)).rows
      .map(row => row.name.charAt(0))
      .join('')

  it('POS41 posts by any column that stands in order, ties by code', async () => {
    expect(await codes({})).toBe('ABC')
    expect(await codes({ descending: true })).toBe('CBA')
    expect(await codes({ order: 'kind' })).toBe('CBA')
    expect(await codes({ order: 'unit' })).toBe('ABC')
    expect(await codes({ order: 'zone' })).toBe('CAB')
    expect(await codes({ order: 'address', descending: true })).toBe('CBA')
    expect(await codes({ order: 'contact', descending: true })).toBe('ACB')
    await zhou.does(setDemand, {
      demandId: w.newId(),
      postId: a,
      patternId: patterns.dayOnly,
      bands: ['morning'],
      heads: 2,
      beginsOn: '2021-11-03',
      endsOn: '2021-11-20',
    })
    expect(await codes({ order: 'lines', descending: true })).toBe('ACB')
    await zhou.does(setPostState, { postIds: [c], state: 'paused', on: '2021-11-03' })
    expect(await codes({ order: 'state' })).toBe('ABC')
    for (const order of postOrders) {
      const pages = await Promise.all([0, 1, 2].map(offset => codes({ order, offset, limit: 1 })))
      expect(pages.join(''), order).toBe(await codes({ order }))
    }
  })

  it('POS41 zones by any column that stands in order, and the sheet in the same order', async () => {
    await zhou.does(liftZone, {
      zoneId: east.zoneId,
      orderNumber: '青防指〔2021〕9号',
      approver: '冯样三',
      reason: '核酸阴性',
      at: '2021-11-02T00:00:00Z',
    })
    expect(await names({})).toBe('东西南')
    expect(await names({ order: 'kind' })).toBe('南西东')
    expect(await names({ order: 'plannedEndAt' })).toBe('东西南')
    expect(await names({ order: 'households', descending: true })).toBe('南东西')
    expect(await names({ order: 'gates', descending: true })).toBe('西东南')
    expect(await names({ order: 'unit' })).toBe('西东南')
    expect(await names({ order: 'beginsAt', descending: true })).toBe('南东西')
    for (const order of zoneOrders) {
      const pages = await Promise.all([0, 1, 2].map(offset => names({ order, offset, limit: 1 })))
      expect(pages.join(''), order).toBe(await names({ order }))
    }
    const { makes } = filesOf(w, zhou, b)
    const asked = { operationId, order: 'households', descending: true }
    const [sheet] = (await readSheets(await makes('posts.exportZones', asked), 'a.xlsx')).sheets
    expect(sheet?.rows.slice(2).map(row => cellText(row[0]))).toEqual(['南园', '东园', '西园'])
  })
})
