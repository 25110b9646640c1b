// What makes a ring an outline of a zone: enough points, on earth, no two edges meeting. Pure; tried with thousands
// of random rings in posts.test.ts.
import type { Position } from './contracts-words.ts'

export const pointsMost = 500

export type RingFault =
  | { fault: 'tooManyPoints'; points: number }
  | { fault: 'tooFewPoints'; points: number }
  | { fault: 'outside'; n: number; lng: number; lat: number }
  /** Edges count from 1; edge n runs from point n to the next, the last one back to the first. */
  | { fault: 'crosses'; a: number; b: number }

const same = (a: Position, b: Position) => a[0] === b[0] && a[1] === b[1]

/** Without points repeated in a row (a double click) and without the closing point. */
export function openRing(points: readonly Position[]): Position[] {
  const ring: Position[] = []
  for (const point of points) {
    const last = ring.at(-1)
    if (!last || !same(last, point)) ring.push([point[0], point[1]])
  }
  const [first] = ring
  while (ring.length > 1 && first && same(first, ring.at(-1) as Position)) ring.pop()
  return ring
}

/** GeoJSON repeats the first point at the end. */
export function closedRing(ring: readonly Position[]): Position[] {
  const [first] = ring
  return first ? [...ring, first] : []
}

const side = (a: Position, b: Position, p: Position) =>
  Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]))

const within = (a: Position, b: Position, p: Position) =>
  Math.min(a[0], b[0]) <= p[0] &&
  p[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= p[1] &&
  p[1] <= Math.max(a[1], b[1])

/** Touching counts as meeting. */
function meet(a: Position, b: Position, c: Position, d: Position): boolean {
  const [c1, d1, a1, b1] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)]
  if (c1 * d1 < 0 && a1 * b1 < 0) return true
  return (
    (c1 === 0 && within(a, b, c)) ||
    (d1 === 0 && within(a, b, d)) ||
    (a1 === 0 && within(c, d, a)) ||
    (b1 === 0 && within(c, d, b))
  )
}

/** Neighbours share a corner by right; they meet wrongly only where one folds back over the other. */
function foldsBack(a: Position, corner: Position, b: Position): boolean {
  if (side(a, corner, b) !== 0) return false
  return (a[0] - corner[0]) * (b[0] - corner[0]) + (a[1] - corner[1]) * (b[1] - corner[1]) > 0
}

function crossing(ring: readonly Position[]): RingFault | null {
  const at = (index: number) => ring[index % ring.length] as Position
  for (let i = 0; i < ring.length; i += 1) {
    for (let j = i + 1; j < ring.length; j += 1) {
      const [a, b, c, d] = [at(i), at(i + 1), at(j), at(j + 1)]
      const follows = j === i + 1
      const closes = i === 0 && j === ring.length - 1
      const wrong = follows ? foldsBack(a, b, d) : closes ? foldsBack(c, a, b) : meet(a, b, c, d)
      if (wrong) return { fault: 'crosses', a: i + 1, b: j + 1 }
    }
  }
  return null
}

/** The first fault of an outline, or null. Takes it with or without the closing point. */
export function ringFault(points: readonly Position[]): RingFault | null {
  for (const [index, [lng, lat]] of points.entries()) {
    const onEarth = Math.abs(lng) <= 180 && Math.abs(lat) <= 90
    if (!onEarth) return { fault: 'outside', n: index + 1, lng, lat }
  }
  const ring = openRing(points)
  const distinct = new Set(ring.map(point => point.join(' '))).size
  if (distinct < 3) return { fault: 'tooFewPoints', points: distinct }
  if (ring.length > pointsMost) return { fault: 'tooManyPoints', points: ring.length }
  return crossing(ring)
}
