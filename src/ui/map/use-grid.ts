import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { useEffect } from 'react'
import { type Bounds, metresPerPixel, scaleBar } from './geometry.ts'
import { gridLines } from './map-view.ts'

/** Side of a square at most, px; the scale bar is about half of it. */
const sideMost = 176

/** A quiet grid under everything, in squares of 1, 2 or 5 × 10ⁿ metres. */
export function useGrid(map: MapLibre | null): void {
  useEffect(() => {
    if (!map) return
    const draw = () => {
      const { metres } = scaleBar(metresPerPixel(map.getZoom(), map.getCenter().lat), sideMost)
      const bounds = map.getBounds().toArray().flat() as Bounds
      const shape = { type: 'MultiLineString' as const, coordinates: gridLines(bounds, metres) }
      map.getSource<GeoJSONSource>('grid')?.setData({ type: 'Feature', properties: {}, geometry: shape })
    }
    draw()
    map.on('moveend', draw)
    map.on('resize', draw)
    return () => {
      map.off('moveend', draw)
      map.off('resize', draw)
    }
  }, [map])
}
