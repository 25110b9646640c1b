import type { PostState, ZoneKind } from '../signals.tsx'
import type { MapData } from './map-types.ts'

export const zoneKinds: ZoneKind[] = ['sealed', 'control', 'precaution', 'lifted']
export const postStates: PostState[] = ['open', 'short', 'staffed', 'notDue']

export const zoneKey = (kind: ZoneKind) => `zone:${kind}`
export const postKey = (state: PostState) => `post:${state}`
export const groupKey = (key: string) => `group:${key}`
export const areaKey = 'areas'

/** What is off when nobody has chosen yet. */
export function hiddenAtFirst(data: MapData): Set<string> {
  return new Set((data.groups ?? []).filter(group => group.hidden).map(group => groupKey(group.key)))
}

/** Only what is wrong: open and short posts, over the zones they stand in. */
export function problemsOnly(data: MapData): Set<string> {
  return new Set([
    zoneKey('lifted'),
    postKey('staffed'),
    postKey('notDue'),
    postKey('sampling'),
    areaKey,
    ...(data.groups ?? []).map(group => groupKey(group.key)),
  ])
}

export function countZones(data: MapData, kind: ZoneKind): number {
  return data.zones.filter(zone => zone.kind === kind).length
}

export function countPosts(data: MapData, state: PostState): number {
  return data.posts.filter(post => post.state === state).length
}

/** Nothing has a place: also nothing that the legend does not show. */
export function isBare(data: MapData): boolean {
  const groups = data.groups ?? []
  return data.zones.length + data.posts.length === 0 && groups.every(group => group.points.length === 0)
}
