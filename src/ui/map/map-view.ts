// Which part of the earth a map opens on. Pure: the map itself moves in use-map.ts.
import type { Bounds } from './geometry.ts'
import type { LngLat } from './map-types.ts'

/** From some 3,000 km to 100 m across a desk's map: further out nothing of a bureau can be told apart. */
export const zoomLeast = 5
export const zoomMost = 18

/** Fitted to one gate or one courtyard the map still shows the streets around it. */
export const fittedMetresLeast = 800
/** A county town and what lies around it. */
export const emptyMetres = 20_000
/** The middle of China: where nothing is known, the map at least begins on the right continent. */
export const middleOfChina: LngLat = [103.8, 35.8]

const metresEachDegree = 111_320

const eastWest = (latitude: number) => metresEachDegree * Math.max(0.1, Math.cos((latitude * Math.PI) / 180))

/** The square of so many metres around a place. */
export function boundsAround([x, y]: LngLat, metres: number): Bounds {
  const [dx, dy] = [metres / eastWest(y) / 2, metres / metresEachDegree / 2]
  return [x - dx, y - dy, x + dx, y + dy]
}

/** The same bounds, grown about their middle to at least so many metres in each direction. */
export function atLeast(bounds: Bounds, metres: number): Bounds {
  const [west, south, east, north] = bounds
  const least = boundsAround([(west + east) / 2, (south + north) / 2], metres)
  return [
    Math.min(west, least[0]),
    Math.min(south, least[1]),
    Math.max(east, least[2]),
    Math.max(north, least[3]),
  ]
}

/** Free room around what is fitted, px: names stand out to the sides. Less on a small map. */
export function paddingOf(width: number, height: number) {
  const side = Math.round(Math.min(80, width / 8))
  const end = Math.round(Math.min(48, height / 8))
  return { left: side, right: side, top: end, bottom: end }
}

/** Where the map was left, as it is kept in this browser. */
export type KeptView = { center: LngLat; zoom: number }

/** What was kept; null where nothing was, or where what is kept is no view. */
export function readView(text: string | null): KeptView | null {
  let found: unknown
  try {
    found = JSON.parse(text ?? 'null')
  } catch {
    return null
  }
  if (!Array.isArray(found) || !found.every(Number.isFinite)) return null
  const [x = 0, y = 0, zoom = 0] = found as number[]
  const onEarth = Math.abs(x) <= 180 && Math.abs(y) <= 85
  return onEarth && zoom >= zoomLeast && zoom <= zoomMost ? { center: [x, y], zoom } : null
}

export function writeView({ center: [x, y], zoom }: KeptView): string {
  return JSON.stringify([x, y, zoom].map(value => Number(value.toFixed(5))))
}

/** Width of a name in px, roughly: a Chinese character is as wide as it is high, a Latin one half of that. */
export function namePixels(name: string, size: number): number {
  let half = 0
  for (const char of name) half += /[\u2e80-\uffef]/.test(char) ? 2 : 1
  return (half * size) / 2
}

/** The zoom (512-px tiles) from which so many degrees of longitude are that many pixels wide. */
export function zoomWhere(degrees: number, pixels: number): number {
  return degrees > 0 ? Math.log2((pixels * 360) / (512 * degrees)) : zoomMost
}

/**
 * Lines of a quiet grid over the bounds, every so many metres: a map without roads still shows what is near and far.
 * The lines stand fast while the map is moved within one degree of latitude.
 */
export function gridLines(bounds: Bounds, metres: number): LngLat[][] {
  const [west, south, east, north] = bounds
  const dy = metres / metresEachDegree
  const dx = metres / eastWest(Math.round((south + north) / 2))
  const lines: LngLat[][] = []
  for (let at = Math.ceil(west / dx); at * dx <= east; at += 1) {
    lines.push([
      [at * dx, south],
      [at * dx, north],
    ])
  }
  for (let at = Math.ceil(south / dy); at * dy <= north; at += 1) {
    lines.push([
      [west, at * dy],
      [east, at * dy],
    ])
  }
  return lines
}
