import type { LngLat } from './map-types.ts'

const side = (a: LngLat, b: LngLat, p: LngLat) =>
  (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])

const within = (a: LngLat, b: LngLat, p: LngLat) =>
  Math.min(a[0], b[0]) <= p[0] &&
  p[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= p[1] &&
  p[1] <= Math.max(a[1], b[1])

/** Whether two segments meet, touching counted. */
export function segmentsMeet(a: LngLat, b: LngLat, c: LngLat, d: LngLat): boolean {
  const s1 = side(a, b, c)
  const s2 = side(a, b, d)
  const s3 = side(c, d, a)
  const s4 = side(c, d, b)
  if (s1 * s2 < 0 && s3 * s4 < 0) return true
  return (
    (s1 === 0 && within(a, b, c)) ||
    (s2 === 0 && within(a, b, d)) ||
    (s3 === 0 && within(c, d, a)) ||
    (s4 === 0 && within(c, d, b))
  )
}

const same = (a: LngLat, b: LngLat) => a[0] === b[0] && a[1] === b[1]

/** A ring without its closing point. */
export function openRing(points: LngLat[]): LngLat[] {
  const first = points[0]
  const last = points.at(-1)
  return points.length > 1 && first && last && same(first, last) ? points.slice(0, -1) : points
}

/** Two edges that share a corner meet there by right; only folding back over each other is a fault. */
function foldsBack(a: LngLat, corner: LngLat, b: LngLat): boolean {
  if (side(a, corner, b) !== 0) return false
  return (a[0] - corner[0]) * (b[0] - corner[0]) + (a[1] - corner[1]) * (b[1] - corner[1]) > 0
}

/**
 * Pairs of edges that meet where they must not; edge i runs from point i to the next. While a polygon is
 * being drawn its closing edge is counted too: what is shown in red is what finishing would make.
 */
export function crossingEdges(points: LngLat[], closed = true): [number, number][] {
  const ring = openRing(points)
  const count = closed && ring.length > 2 ? ring.length : ring.length - 1
  const found: [number, number][] = []
  for (let i = 0; i < count; i += 1) {
    for (let j = i + 1; j < count; j += 1) {
      const a = ring[i]
      const b = ring[(i + 1) % ring.length]
      const c = ring[j]
      const d = ring[(j + 1) % ring.length]
      if (!a || !b || !c || !d) continue
      const next = j === i + 1
      const around = closed && i === 0 && j === ring.length - 1
      const bad = next ? foldsBack(a, b, d) : around ? foldsBack(c, a, b) : segmentsMeet(a, b, c, d)
      if (bad) found.push([i, j])
    }
  }
  return found
}

export function crossesItself(points: LngLat[]): boolean {
  return crossingEdges(points).length > 0
}
