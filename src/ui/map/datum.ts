// Tiles of a Chinese service are drawn in GCJ-02 and lie 300 to 600 m beside WGS-84. Everything on the map is then
// moved the same way on its way in, and what is drawn or picked is moved back on its way out: nobody else knows.
import imported from 'gcoord'
import type { DrawRequest, LngLat, MapData, MapPick, MapTiles } from './map-types.ts'

// The types of the package describe its CommonJS build; the ESM build has the functions themselves.
const gcoord = ('default' in imported ? imported.default : imported) as typeof imported.default
type Move = (at: LngLat) => LngLat

export const toTiles: Move = at => gcoord.transform(at, gcoord.WGS84, gcoord.GCJ02) as LngLat
export const fromTiles: Move = at => gcoord.transform(at, gcoord.GCJ02, gcoord.WGS84) as LngLat

/** Every position of a shape, however deep its rings lie. */
function movedShape<T extends { coordinates: unknown }>(shape: T, move: Move): T {
  const each = (value: unknown): unknown =>
    Array.isArray(value) && typeof value[0] === 'number'
      ? move([value[0], value[1] as number])
      : (value as unknown[]).map(each)
  return { ...shape, coordinates: each(shape.coordinates) }
}

const movedShapes = <T extends { shape: { coordinates: unknown } }>(list: T[], move: Move): T[] =>
  list.map(one => ({ ...one, shape: movedShape(one.shape, move) }))
const movedPoints = <T extends { at: LngLat }>(list: T[], move: Move): T[] =>
  list.map(one => ({ ...one, at: move(one.at) }))

export function movedData(data: MapData, move: Move): MapData {
  return {
    zones: movedShapes(data.zones, move),
    posts: movedPoints(data.posts, move),
    groups: data.groups?.map(group => ({ ...group, points: movedPoints(group.points, move) })),
    areas: data.areas && movedShapes(data.areas, move),
    ground: data.ground && movedShapes(data.ground, move),
  }
}

function movedDrawing(draw: DrawRequest): DrawRequest {
  const { start, onFinish, onChange } = draw
  return {
    ...draw,
    start: start?.map(toTiles),
    onFinish: feature => onFinish({ ...feature, geometry: movedShape(feature.geometry, fromTiles) }),
    ...(onChange
      ? { onChange: (points: LngLat[], crossing: boolean) => onChange(points.map(fromTiles), crossing) }
      : {}),
  }
}

export interface Placed {
  data: MapData
  draw?: DrawRequest | null
  picked?: MapPick | null
  onPick?: (pick: MapPick | null) => void
}

/** What a map is given, as it lies on these tiles. */
export function placedOn<T extends Placed>(tiles: Pick<MapTiles, 'datum'> | null | undefined, given: T): T {
  if (tiles?.datum !== 'gcj02') return given
  const { picked, onPick, draw } = given
  return {
    ...given,
    data: movedData(given.data, toTiles),
    ...(draw ? { draw: movedDrawing(draw) } : {}),
    ...(picked ? { picked: { ...picked, at: toTiles(picked.at) } } : {}),
    ...(onPick
      ? { onPick: (pick: MapPick | null) => onPick(pick && { ...pick, at: fromTiles(pick.at) }) }
      : {}),
  }
}
