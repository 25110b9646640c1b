import type { ReactNode } from 'react'
import type { PostState, SignalKind, ZoneKind } from '../signals.tsx'

/** Longitude, latitude; WGS 84 throughout. On tiles of another datum the map moves what it shows (`datum.ts`). */
export type LngLat = [number, number]

export type PolygonShape = { type: 'Polygon'; coordinates: LngLat[][] }
export type MultiPolygonShape = { type: 'MultiPolygon'; coordinates: LngLat[][][] }
export type PointShape = { type: 'Point'; coordinates: LngLat }
export type LineShape = { type: 'LineString'; coordinates: LngLat[] }
export type AreaShape = PolygonShape | MultiPolygonShape
export type DrawnFeature = {
  type: 'Feature'
  properties: Record<string, unknown>
  geometry: PolygonShape | PointShape
}

export type MapZone = { id: string; name: string; kind: ZoneKind; shape: AreaShape }
export type MapPost = {
  id: string
  name: string
  state: PostState
  at: LngLat
  /** Behind the name in a problem post's label: 1/2 */
  count?: string
}
/** Whatever else has a place: cameras, venues. One legend row for each group. */
export type MapGroup = {
  key: string
  label: string
  mark: 'square' | 'cross' | 'triangle' | 'diamond' | 'ring' | 'hexagon' | 'star' | 'split' | 'house'
  points: { id: string; name: string; at: LngLat }[]
  /** Not ticked until somebody asks for it. */
  hidden?: boolean
}
/** A station's district: a dashed line and its name. */
export type MapArea = { id: string; name: string; shape: AreaShape }
/** What the plain ground shows when there are no tiles. */
export type MapGround = {
  id: string
  kind: 'road' | 'highway' | 'river' | 'water' | 'border'
  name?: string
  shape: LineShape | AreaShape
}

export type MapData = {
  zones: MapZone[]
  posts: MapPost[]
  groups?: MapGroup[]
  areas?: MapArea[]
  ground?: MapGround[]
}

export type MapPick = { kind: 'zone' | 'post' | 'area' | 'group'; id: string; group?: string; at: LngLat }

/** The ground below the zones, where a bureau has one. */
export type MapTiles = {
  /** Of an archive, or of a service with `{z}`, `{x}` and `{y}` in it. */
  url: string
  kind: 'pmtiles' | 'raster'
  datum: 'wgs84' | 'gcj02'
  credit: string
}

export type DrawRequest = {
  kind: 'polygon' | 'point'
  /** To change a shape that exists: its ring, with or without the closing point. */
  start?: LngLat[]
  /** A self-crossing polygon cannot be finished. */
  onFinish: (feature: DrawnFeature) => void
  onCancel: () => void
  onChange?: (points: LngLat[], crossing: boolean) => void
}

export type MapHandle = { fit: () => void; show: (id: string) => void }

export type MapPopoverContent = {
  title: ReactNode
  signal?: SignalKind
  body?: ReactNode
  /** Buttons; the filled one first, as beside the map. */
  actions?: ReactNode
}

export type MapViewProps = {
  /** Read aloud for the map as a whole. */
  label: string
  data: MapData
  theme?: 'desk' | 'night'
  /** Docked at the left, 150 wide; false leaves it out (wall, small maps). */
  legend?: boolean
  /** Legend keys not shown; leave out for the map to keep them itself. */
  hidden?: ReadonlySet<string>
  onHidden?: (next: Set<string>) => void
  /** What is picked. Leave out for the map to keep it itself. */
  picked?: MapPick | null
  onPick?: (pick: MapPick | null) => void
  popover?: (pick: MapPick) => MapPopoverContent | null
  draw?: DrawRequest | null
  /** Fitted again when this changes; else only the first data are. */
  fitKey?: string | number
  /** Under this name the view is kept in this browser: a map with nothing on it opens where it was left. */
  viewKey?: string
  /** Stands on a map with nothing on it: one sentence, and what to do first. */
  empty?: ReactNode
  tiles?: MapTiles | null
  /** Zoom buttons; false on the wall, where nobody can press them. */
  controls?: boolean
  /** Marks, names and hatches grow for the wall: 2.35 makes 28 px of 12. */
  scale?: number
  /** Shown at the top of the map's corner: 示意图，不作测量依据 is the caller's to say. */
  note?: ReactNode
}
