// What the map draws of zones, posts and cameras. Here posts are told apart by kind, not by how they are staffed.
import type { OutputOf } from '../../../kernel/contract.ts'
import type { MapData, MapGroup } from '../../../ui/index.ts'
import { type mapAt, type PostKind, postKinds, postKindTitles } from '../contracts.ts'

type MapAnswer = OutputOf<typeof mapAt>

const marks: Record<PostKind, MapGroup['mark']> = {
  checkpoint: 'triangle',
  zoneGate: 'square',
  samplingSite: 'diamond',
  isolationHotel: 'house',
  buildingGate: 'split',
  patrolGrid: 'hexagon',
  commandPost: 'star',
  reserve: 'cross',
}

interface Placed {
  name: string
  lng: number | null
  lat: number | null
}
const pointsOf = <T extends Placed>(rows: readonly T[], idOf: (row: T) => string) =>
  rows.flatMap(row =>
    row.lng === null || row.lat === null
      ? []
      : [{ id: idOf(row), name: row.name, at: [row.lng, row.lat] as [number, number] }],
  )

interface Labels {
  cameras: string
  /** Sampling sites that no round of this duty day uses. */
  idleSites: string
}

export function mapDataOf(map: MapAnswer, labels: Labels, lang: 'zh' | 'en'): MapData {
  const sites = (sampling: boolean) =>
    pointsOf(
      map.posts.filter(post => post.kind === 'samplingSite' && post.sampling === sampling),
      post => post.postId,
    )
  const ofKind = (kind: PostKind) =>
    pointsOf(
      map.posts.filter(post => post.kind === kind),
      post => post.postId,
    )
  return {
    zones: map.zones.flatMap(zone =>
      zone.polygon === null
        ? []
        : [
            {
              id: zone.zoneId,
              name: zone.name,
              kind: zone.kind,
              shape: {
                type: 'Polygon' as const,
                coordinates: [[...zone.polygon, ...zone.polygon.slice(0, 1)]],
              },
            },
          ],
    ),
    posts: sites(true).map(point => ({ ...point, state: 'sampling' as const })),
    groups: [
      ...postKinds
        .filter(kind => kind !== 'samplingSite')
        .map(kind => ({
          key: kind,
          label: postKindTitles[kind][lang],
          mark: marks[kind],
          points: ofKind(kind),
        }))
        .filter(group => group.points.length > 0),
      {
        key: 'idleSites',
        label: labels.idleSites,
        mark: 'diamond' as const,
        hidden: true,
        points: sites(false),
      },
      {
        key: 'cameras',
        label: labels.cameras,
        mark: 'ring' as const,
        hidden: true,
        points: pointsOf(map.cameras, camera => camera.cameraId),
      },
    ],
  }
}
