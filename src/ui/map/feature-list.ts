import { labelPoint } from './geometry.ts'
import { areaKey, groupKey, postKey, zoneKey } from './legend.ts'
import type { MapData, MapPick } from './map-types.ts'

export type ListedFeature = {
  key: string
  name: string
  /** A word of map-words: its kind or state. */
  kind?: string
  /** Words of the caller's own group. */
  group?: string
  count?: string
  pick: MapPick
}

const postOrder = ['open', 'short', 'notDue', 'staffed', 'sampling']

/** Everything that is shown, problems first: what the eye would find first, the ear hears first. */
export function listFeatures(data: MapData, hidden: ReadonlySet<string>): ListedFeature[] {
  const posts = data.posts
    .filter(post => !hidden.has(postKey(post.state)))
    .sort((a, b) => postOrder.indexOf(a.state) - postOrder.indexOf(b.state))
    .map(
      (post): ListedFeature => ({
        key: `post-${post.id}`,
        name: post.name,
        kind: post.state,
        count: post.count,
        pick: { kind: 'post', id: post.id, at: post.at },
      }),
    )
  const zones = data.zones
    .filter(zone => !hidden.has(zoneKey(zone.kind)))
    .map(
      (zone): ListedFeature => ({
        key: `zone-${zone.id}`,
        name: zone.name,
        kind: zone.kind,
        pick: { kind: 'zone', id: zone.id, at: labelPoint(zone.shape) },
      }),
    )
  const groups = (data.groups ?? [])
    .filter(group => !hidden.has(groupKey(group.key)))
    .flatMap(group =>
      group.points.map(
        (point): ListedFeature => ({
          key: `${group.key}-${point.id}`,
          name: point.name,
          group: group.label,
          pick: { kind: 'group', id: point.id, group: group.key, at: point.at },
        }),
      ),
    )
  const areas = hidden.has(areaKey) ? [] : (data.areas ?? [])
  const districts = areas.map(
    (area): ListedFeature => ({
      key: `area-${area.id}`,
      name: area.name,
      kind: 'areas',
      pick: { kind: 'area', id: area.id, at: labelPoint(area.shape) },
    }),
  )
  const problems = posts.filter(each => each.kind === 'open' || each.kind === 'short')
  const rest = posts.filter(each => each.kind !== 'open' && each.kind !== 'short')
  return [...problems, ...zones, ...rest, ...groups, ...districts]
}
