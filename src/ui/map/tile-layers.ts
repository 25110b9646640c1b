// A ground of vector tiles, drawn quietly in our own colours: what is said lies above it. Archives come in one of two
// schemas, OpenMapTiles and Protomaps; their layers have different names and the same meaning.
import type { AddLayerObject } from 'maplibre-gl'
import type { Palette } from '../tokens.ts'
import { regular } from './map-names.ts'

export const tileSource = 'tiles'

const base = (layer: string) => ({ source: tileSource, 'source-layer': layer })
const area = ['==', ['geometry-type'], 'Polygon'] as never
const line = ['==', ['geometry-type'], 'LineString'] as never
const name = ['coalesce', ['get', 'name:zh-Hans'], ['get', 'name:zh'], ['get', 'name']] as never

/** The layers of an archive, from the ground up; those that it does not have are left out. */
export function tileLayers(p: Palette, has: ReadonlySet<string>, scale: number): AddLayerObject[] {
  const fill = (layer: string, colour: string): AddLayerObject => ({
    id: `tiles-${layer}`,
    type: 'fill',
    ...base(layer),
    filter: area,
    paint: { 'fill-color': colour },
  })
  const stroke = (layer: string, colour: string, width: number, dashes?: number[]): AddLayerObject => ({
    id: `tiles-${layer}-line`,
    type: 'line',
    ...base(layer),
    filter: line,
    paint: {
      'line-color': colour,
      'line-width': ['interpolate', ['linear'], ['zoom'], 8, width / 3, 16, width] as never,
      ...(dashes ? { 'line-dasharray': dashes } : {}),
    },
  })
  const names = (layer: string): AddLayerObject => ({
    id: `tiles-${layer}-names`,
    type: 'symbol',
    ...base(layer),
    layout: { 'text-field': name, 'text-font': regular, 'text-size': 11 * scale },
    paint: { 'text-color': p.text2, 'text-halo-color': p.ground, 'text-halo-width': 1.5 },
  })
  const known: [string, AddLayerObject][] = [
    ['earth', fill('earth', p.ground)],
    ['water', fill('water', p.water)],
    ['waterway', stroke('waterway', p.water, 4)],
    ['water', stroke('water', p.water, 4)],
    ['buildings', fill('buildings', p.sunk)],
    ['building', fill('building', p.sunk)],
    ['roads', stroke('roads', p.roadEdge, 6)],
    ['transportation', stroke('transportation', p.roadEdge, 6)],
    ['boundaries', stroke('boundaries', p.edge, 2, [4, 3])],
    ['boundary', stroke('boundary', p.edge, 2, [4, 3])],
    ['places', names('places')],
    ['place', names('place')],
  ]
  return known.filter(([layer]) => has.has(layer)).map(([, layer]) => layer)
}
