import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bounds, dataBounds, metresPerPixel } from './geometry.ts'
import { isBare } from './legend.ts'
import { sourcesOf } from './map-sources.ts'
import type { LngLat, MapData } from './map-types.ts'
import {
  atLeast,
  boundsAround,
  gridLines,
  namePixels,
  paddingOf,
  readView,
  writeView,
  zoomLeast,
  zoomMost,
  zoomWhere,
} from './map-view.ts'

const metres = ([west, south, east, north]: Bounds) => [
  (east - west) * 111_320 * Math.cos((((south + north) / 2) * Math.PI) / 180),
  (north - south) * 111_320,
]
const at: LngLat = [107.147, 40.886]
/** A courtyard of 170 m. */
const courtyard: LngLat[] = [
  [107.147, 40.886],
  [107.149, 40.886],
  [107.149, 40.8875],
  [107.147, 40.8875],
  [107.147, 40.886],
]
const zone = (name: string) => ({
  id: name,
  name,
  kind: 'sealed' as const,
  shape: { type: 'Polygon' as const, coordinates: [courtyard] },
})
const none: MapData = { zones: [], posts: [] }

describe('what a map opens on', () => {
  it('WEB36 one gate or one courtyard is not fitted closer than the streets around it', () => {
    const [wide = 0, high = 0] = metres(atLeast(dataBounds({ ...none, zones: [zone('一')] }) as Bounds, 800))
    expect([Math.round(wide), Math.round(high)]).toEqual([800, 800])
    expect(metres(atLeast([...at, ...at], 800)).map(Math.round)).toEqual([800, 800])
    const county: Bounds = [106.5, 40.2, 107.6, 41.1]
    expect(atLeast(county, 800)).toEqual(county)
  })

  it('WEB36 an empty map shows a county town, wherever it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 4, max: 53, noNaN: true }), latitude => {
        const [wide = 0, high = 0] = metres(boundsAround([100, latitude], 20_000))
        expect(Math.abs(wide - 20_000)).toBeLessThan(1)
        expect(Math.abs(high - 20_000)).toBeLessThan(1)
      }),
    )
  })

  it('WEB36 groups that the legend shows are fitted to as well, those it hides are not', () => {
    const far = { id: 'k', name: '县界卡口', at: [108, 41] as LngLat }
    const groups = [{ key: 'checkpoint', label: '卡口', mark: 'triangle' as const, points: [far] }]
    const data = { ...none, zones: [zone('一')], groups }
    expect(dataBounds(data)?.[2]).toBe(108)
    expect(dataBounds(data, new Set(['group:checkpoint']))?.[2]).toBe(107.149)
    expect(isBare(none)).toBe(true)
    expect(isBare({ ...none, groups })).toBe(false)
    expect(isBare({ ...none, groups: [{ ...groups[0], points: [] } as never] })).toBe(true)
  })

  it('WEB36 leaves less room around on a phone', () => {
    expect(paddingOf(1_120, 700)).toEqual({ left: 80, right: 80, top: 48, bottom: 48 })
    expect(paddingOf(320, 240)).toEqual({ left: 40, right: 40, top: 30, bottom: 30 })
  })

  it('WEB36 opens where it was left, unless what is kept is no view', () => {
    const view = { center: [107.147, 40.886] as LngLat, zoom: 12.5 }
    expect(readView(writeView(view))).toEqual(view)
    const odd = [null, '', '{', '[]', '{"a":1}', '[1,2]', '["a",1,9]', '[200,1,9]', '[1,90,9]', '[1,1,99]']
    expect(odd.map(readView)).toEqual(odd.map(() => null))
    expect(zoomLeast).toBeLessThan(zoomMost)
  })
})

describe('names and the grid', () => {
  it('WEB36 a zone narrower than its name is named below it, from some zoom on within it', () => {
    const names = sourcesOf({ ...none, zones: [zone('内蒙古自治区巴彦淖尔市杭锦后旗陕坝镇')] }, new Set())
      .zoneNames.features
    expect(names.map(each => each.properties.place)).toEqual(['inside', 'below'])
    const [fits] = names.map(each => Number(each.properties.fits))
    // 170 m wide; a line of ten characters takes 140 px and some room.
    const pixels = 168.3 / metresPerPixel((fits ?? 0) + 0.5, 40.887)
    expect(Math.round(pixels)).toBeGreaterThan(140)
    expect(Math.round(pixels)).toBeLessThan(210)
    expect(names.map(each => (each.geometry.coordinates as LngLat)[1].toFixed(4))).toEqual([
      '40.8867',
      '40.8860',
    ])
  })

  it('WEB36 measures a name by its characters', () => {
    expect(namePixels('城东花园', 14)).toBe(56)
    expect(namePixels('KK-01', 12)).toBe(30)
    expect(zoomWhere(0, 100)).toBe(zoomMost)
    expect(zoomWhere(360, 512)).toBe(0)
  })

  it('WEB36 the grid stands fast under a map that is moved', () => {
    const [one, two] = [
      gridLines([107, 40.6, 107.2, 40.8], 1_000),
      gridLines([107.05, 40.7, 107.25, 40.9], 1_000),
    ]
    const upright = (lines: LngLat[][]) =>
      lines.filter(([a, b]) => a?.[0] === b?.[0]).map(([a]) => a?.[0] ?? 0)
    const shared = upright(one).filter(x => x >= 107.05)
    expect(shared.length).toBeGreaterThan(5)
    for (const x of shared) expect(upright(two).some(other => Math.abs(other - x) < 1e-9)).toBe(true)
    const [first = 0, second = 0] = upright(one)
    expect((second - first) * 111_320 * Math.cos((41 * Math.PI) / 180)).toBeCloseTo(1_000)
  })
})
