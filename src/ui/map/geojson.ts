import { crossesItself, openRing } from './crossing.ts'
import type { AreaShape, LngLat, MapData, PointShape } from './map-types.ts'

export type ReadShape = { name: string; properties: Record<string, unknown>; shape: AreaShape | PointShape }
export type ReadProblem = {
  index: number
  reason: 'unreadable' | 'kind' | 'position' | 'tooFew' | 'crossing'
}

const isPosition = (value: unknown): value is LngLat =>
  Array.isArray(value) &&
  value.length >= 2 &&
  Number.isFinite(value[0]) &&
  Number.isFinite(value[1]) &&
  Math.abs(value[0]) <= 180 &&
  Math.abs(value[1]) <= 90

function ringProblem(ring: unknown): ReadProblem['reason'] | null {
  if (!Array.isArray(ring) || !ring.every(isPosition)) return 'position'
  const open = openRing(ring)
  if (open.length < 3) return 'tooFew'
  return crossesItself(open) ? 'crossing' : null
}

function shapeProblem(shape: unknown): ReadProblem['reason'] | null {
  const { type, coordinates } = (shape ?? {}) as { type?: unknown; coordinates?: unknown }
  if (type === 'Point') return isPosition(coordinates) ? null : 'position'
  if (type !== 'Polygon' && type !== 'MultiPolygon') return 'kind'
  const polygons = type === 'Polygon' ? [coordinates] : coordinates
  if (!Array.isArray(polygons) || !polygons.length) return 'position'
  for (const rings of polygons) {
    if (!Array.isArray(rings) || !rings.length) return 'position'
    for (const ring of rings) {
      const problem = ringProblem(ring)
      if (problem) return problem
    }
  }
  return null
}

/** Areas and points of a GeoJSON text; what cannot be used is named by its place in the file. */
export function readGeoJson(text: string): { shapes: ReadShape[]; problems: ReadProblem[] } {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return { shapes: [], problems: [{ index: 0, reason: 'unreadable' }] }
  }
  const root = (parsed ?? {}) as { type?: string; features?: unknown[] }
  const list = root.type === 'FeatureCollection' && Array.isArray(root.features) ? root.features : [parsed]
  const shapes: ReadShape[] = []
  const problems: ReadProblem[] = []
  list.forEach((each, index) => {
    const item = (each ?? {}) as {
      type?: string
      geometry?: unknown
      properties?: Record<string, unknown> | null
    }
    const shape = item.type === 'Feature' ? item.geometry : each
    const reason = shapeProblem(shape)
    if (reason) return problems.push({ index, reason })
    const properties = item.properties ?? {}
    const name = properties.name ?? properties['名称'] ?? ''
    return shapes.push({ name: String(name), properties, shape: shape as ReadShape['shape'] })
  })
  return { shapes, problems }
}

/** Zones and posts as one GeoJSON text, to be kept or opened elsewhere. */
export function writeGeoJson(data: Pick<MapData, 'zones' | 'posts'>): string {
  const features = [
    ...data.zones.map(({ id, name, kind, shape }) => ({
      type: 'Feature',
      id,
      properties: { name, kind },
      geometry: shape,
    })),
    ...data.posts.map(({ id, name, state, at }) => ({
      type: 'Feature',
      id,
      properties: { name, state },
      geometry: { type: 'Point', coordinates: at },
    })),
  ]
  return JSON.stringify({ type: 'FeatureCollection', features }, null, 2)
}
