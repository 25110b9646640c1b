import { openRing } from './crossing.ts'
import { groupKey } from './legend.ts'
import type { AreaShape, LngLat, MapData } from './map-types.ts'

export type Bounds = [west: number, south: number, east: number, north: number]

export function outerRings(shape: AreaShape): LngLat[][] {
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates
  return polygons.flatMap(rings => (rings[0] ? [rings[0]] : []))
}

export function boundsOf(points: Iterable<LngLat>): Bounds | null {
  let bounds: Bounds | null = null
  for (const [x, y] of points) {
    bounds = bounds
      ? [Math.min(bounds[0], x), Math.min(bounds[1], y), Math.max(bounds[2], x), Math.max(bounds[3], y)]
      : [x, y, x, y]
  }
  return bounds
}

/**
 * What the map is fitted to: zones, posts and the groups that are shown; with none, the districts. Roads may run on
 * out of sight, and so may what the legend has switched off.
 */
export function dataBounds(data: MapData, hidden: ReadonlySet<string> = new Set()): Bounds | null {
  const groups = (data.groups ?? []).filter(group => !hidden.has(groupKey(group.key)))
  const points = [
    ...data.zones.flatMap(zone => outerRings(zone.shape).flat()),
    ...data.posts.map(post => post.at),
    ...groups.flatMap(group => group.points.map(each => each.at)),
  ]
  if (points.length) return boundsOf(points)
  return boundsOf((data.areas ?? []).flatMap(area => outerRings(area.shape).flat()))
}

function ringArea(ring: LngLat[]): number {
  let sum = 0
  for (let i = 0; i < ring.length; i += 1) {
    const a = ring[i]
    const b = ring[(i + 1) % ring.length]
    if (a && b) sum += a[0] * b[1] - b[0] * a[1]
  }
  return sum / 2
}

/** Where a zone's name stands: the centre of gravity of its largest part. */
export function labelPoint(shape: AreaShape): LngLat {
  const rings = outerRings(shape).map(openRing)
  const largest = rings.sort((a, b) => Math.abs(ringArea(b)) - Math.abs(ringArea(a)))[0] ?? []
  const area = ringArea(largest)
  if (!area) {
    const bounds = boundsOf(largest) ?? [0, 0, 0, 0]
    return [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2]
  }
  let x = 0
  let y = 0
  for (let i = 0; i < largest.length; i += 1) {
    const a = largest[i]
    const b = largest[(i + 1) % largest.length]
    if (!a || !b) continue
    const cross = a[0] * b[1] - b[0] * a[1]
    x += (a[0] + b[0]) * cross
    y += (a[1] + b[1]) * cross
  }
  return [x / (6 * area), y / (6 * area)]
}

/** Metres that one screen pixel spans at this zoom and latitude (512-px tiles). */
export function metresPerPixel(zoom: number, latitude: number): number {
  return (40_075_016.686 * Math.cos((latitude * Math.PI) / 180)) / (512 * 2 ** zoom)
}

/** The roundest length (1, 2, 5 × 10ⁿ metres) that fits into `most` pixels. */
export function scaleBar(metresEach: number, most = 88): { metres: number; pixels: number } {
  const limit = metresEach * most
  const power = 10 ** Math.floor(Math.log10(limit))
  const step = [5, 2, 1].find(each => each * power <= limit) ?? 1
  const metres = step * power
  return { metres, pixels: metres / metresEach }
}
