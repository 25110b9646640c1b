import { describe, expect, it } from 'vitest'
import { fromTiles, placedOn, toTiles } from './datum.ts'
import type { DrawnFeature, LngLat, MapData } from './map-types.ts'

// 北纬 40.886, 东经 107.147: inside the span in which the two data differ.
const here: LngLat = [107.147, 40.886]
const ring: LngLat[] = [here, [107.149, 40.886], [107.149, 40.888], here]
const data: MapData = {
  zones: [{ id: 'z', name: '示例', kind: 'sealed', shape: { type: 'Polygon', coordinates: [ring] } }],
  posts: [{ id: 'p', name: '示例', state: 'open', at: here }],
  groups: [{ key: 'g', label: '示例', mark: 'ring', points: [{ id: 'c', name: '示例', at: here }] }],
}
const metres = ([a, b]: LngLat, [c, d]: LngLat) =>
  Math.hypot((a - c) * 111_320 * Math.cos((b * Math.PI) / 180), (b - d) * 111_320)

describe('tiles of another datum', () => {
  it('WEB61 what goes onto the tiles is moved by hundreds of metres, and comes back within one', () => {
    const far = metres(here, toTiles(here))
    expect(far).toBeGreaterThan(100)
    expect(far).toBeLessThan(1_000)
    expect(metres(fromTiles(toTiles(here)), here)).toBeLessThan(1)
  })

  it('WEB61 zones, posts and groups are moved alike; what is drawn and picked is moved back', () => {
    const finished: DrawnFeature[] = []
    const picks: unknown[] = []
    const placed = placedOn(
      { datum: 'gcj02' },
      {
        data,
        draw: {
          kind: 'polygon',
          start: ring,
          onFinish: one => finished.push(one),
          onCancel: () => undefined,
        },
        onPick: one => picks.push(one),
      },
    )
    const moved = toTiles(here)
    expect(placed.data.zones[0]?.shape.coordinates[0]?.[0]).toEqual(moved)
    expect(placed.data.posts[0]?.at).toEqual(moved)
    expect(placed.data.groups?.[0]?.points[0]?.at).toEqual(moved)
    expect(placed.draw?.start?.[0]).toEqual(moved)
    placed.draw?.onFinish({
      type: 'Feature',
      properties: {},
      geometry: { type: 'Point', coordinates: moved },
    })
    expect(metres(finished[0]?.geometry.coordinates as LngLat, here)).toBeLessThan(1)
    placed.onPick?.({ kind: 'post', id: 'p', at: moved })
    expect(metres((picks[0] as { at: LngLat }).at, here)).toBeLessThan(1)
  })

  it('WEB61 on a plain ground and on WGS-84 nothing is touched', () => {
    const given = { data }
    expect(placedOn(null, given)).toBe(given)
    expect(placedOn({ datum: 'wgs84' }, given)).toBe(given)
  })
})
