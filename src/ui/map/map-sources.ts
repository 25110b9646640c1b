import { boundsOf, labelPoint, outerRings } from './geometry.ts'
import { areaKey, groupKey, postKey, zoneKey } from './legend.ts'
import type { LngLat, MapData, MapGround, MapZone } from './map-types.ts'
import { namePixels, zoomWhere } from './map-view.ts'

type Shape = { type: string; coordinates: unknown }
export type Feature = { type: 'Feature'; properties: Record<string, unknown>; geometry: Shape }
export type Collection = { type: 'FeatureCollection'; features: Feature[] }

const collection = (features: Feature[]): Collection => ({ type: 'FeatureCollection', features })
const feature = (geometry: Shape, properties: Record<string, unknown>): Feature => ({
  type: 'Feature',
  properties,
  geometry,
})
const point = (at: LngLat): Shape => ({ type: 'Point', coordinates: at })

export type Sources = Record<
  'ground' | 'groundNames' | 'zones' | 'zoneNames' | 'posts' | 'groups' | 'areas' | 'areaNames',
  Collection
>

// Problems are drawn last, and their labels are placed first.
const rank = { sampling: 0, notDue: 1, staffed: 2, short: 3, open: 4 }

// Who is named first where there is no room for all.
const zoneRank = { sealed: 0, control: 1, precaution: 2, lifted: 3 }
const nameSize = 14
// Ten characters in a line, as the map breaks them.
const lineMost = nameSize * 10
// Wider and higher by so much than its name, a zone is still seen around it.
const room = 1.4

/** A zone's name twice: within it, and below it for zooms at which it is narrower than its name. */
function zoneNames({ id, name, kind, shape }: MapZone, scale: number): Feature[] {
  const inside = labelPoint(shape)
  const bounds = boundsOf(outerRings(shape).flat()) ?? [0, 0, 0, 0]
  const [west, south, east, north] = bounds
  const pixels = namePixels(name, nameSize)
  const lines = Math.ceil(pixels / lineMost)
  const flat = Math.cos((inside[1] * Math.PI) / 180)
  const wide = zoomWhere(east - west, Math.min(pixels, lineMost) * room * scale)
  const high = zoomWhere((north - south) / Math.max(0.1, flat), lines * nameSize * 1.2 * room * scale)
  // Such filters are looked at in whole zooms only: half a zoom early is right on average.
  const properties = { id, name, kind, rank: zoneRank[kind], fits: Math.max(wide, high) - 0.5 }
  return [
    feature(point(inside), { ...properties, place: 'inside' }),
    feature(point([inside[0], south]), { ...properties, place: 'below' }),
  ]
}

/** A road's name stands once, at its middle corner, not once in every tile. */
function namePoint(shape: MapGround['shape']): LngLat {
  if (shape.type !== 'LineString') return labelPoint(shape)
  return shape.coordinates[Math.floor(shape.coordinates.length / 2)] ?? [0, 0]
}

/** The data as the map takes them, without what the legend has switched off. */
export function sourcesOf(data: MapData, hidden: ReadonlySet<string>, scale = 1): Sources {
  const zones = data.zones.filter(zone => !hidden.has(zoneKey(zone.kind)))
  const posts = data.posts.filter(post => !hidden.has(postKey(post.state)))
  const groups = (data.groups ?? []).filter(group => !hidden.has(groupKey(group.key)))
  const areas = hidden.has(areaKey) ? [] : (data.areas ?? [])
  return {
    ground: collection(
      (data.ground ?? []).map(each => feature(each.shape, { kind: each.kind, name: each.name ?? '' })),
    ),
    groundNames: collection(
      (data.ground ?? [])
        .filter(each => each.name)
        .map(each => feature(point(namePoint(each.shape)), { name: each.name })),
    ),
    zones: collection(zones.map(({ id, name, kind, shape }) => feature(shape, { id, name, kind }))),
    zoneNames: collection(zones.flatMap(zone => zoneNames(zone, scale))),
    posts: collection(
      posts.map(({ id, name, state, at, count }) =>
        feature(point(at), { id, name, state, count: count ?? '', rank: rank[state] }),
      ),
    ),
    groups: collection(
      groups.flatMap(group =>
        group.points.map(({ id, name, at }) =>
          feature(point(at), { id, name, group: group.key, mark: group.mark }),
        ),
      ),
    ),
    areas: collection(areas.map(({ id, name, shape }) => feature(shape, { id, name }))),
    areaNames: collection(
      areas.map(({ id, name, shape }) => feature(point(labelPoint(shape)), { id, name })),
    ),
  }
}
