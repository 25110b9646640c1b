import { labelPoint } from './geometry.ts'
import { areaKey, groupKey, postKey, zoneKey } from './legend.ts'
import type { LngLat, MapData, MapGround } from './map-types.ts'

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

/** A road's name stands once, at its middle corner, not once in every tile. */
function namePoint(shape: MapGround['shape']): LngLat {
  if (shape.type !== 'LineString') return labelPoint(shape)
  return shape.coordinates[Math.floor(shape.coordinates.length / 2)] ?? [0, 0]
}

/** The data as the map takes them, without what the legend has switched off. */
export function sourcesOf(data: MapData, hidden: ReadonlySet<string>): Sources {
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
    zoneNames: collection(
      zones.map(({ id, name, kind, shape }) => feature(point(labelPoint(shape)), { id, name, kind })),
    ),
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
