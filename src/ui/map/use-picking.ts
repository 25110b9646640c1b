import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl'
import { useEffect } from 'react'
import { pickLayers } from './map-style.ts'
import type { LngLat, MapPick } from './map-types.ts'

// A finger or a shaking hand misses by this much.
const reach = 6

function pickAt(map: MapLibre, event: MapMouseEvent): MapPick | null {
  const { x, y } = event.point
  const found = map.queryRenderedFeatures(
    [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ],
    { layers: pickLayers },
  )
  const order = (layer: string) => pickLayers.indexOf(layer)
  const top = found.sort((a, b) => order(a.layer.id) - order(b.layer.id))[0]
  if (!top) return null
  const { id, group } = top.properties as { id: string; group?: string }
  if (top.source === 'zones') return { kind: 'zone', id, at: [event.lngLat.lng, event.lngLat.lat] }
  const at = (top.geometry as unknown as { coordinates: LngLat }).coordinates
  return top.source === 'posts' ? { kind: 'post', id, at } : { kind: 'group', id, group, at }
}

/** Click picks the topmost feature, empty ground un-picks; the picked one is ringed in blue. */
export function usePicking(
  map: MapLibre | null,
  picked: MapPick | null,
  pick: (next: MapPick | null) => void,
  drawing: boolean,
): void {
  useEffect(() => {
    if (!map || drawing) return
    const onClick = (event: MapMouseEvent) => pick(pickAt(map, event))
    const onMove = (event: MapMouseEvent) => {
      map.getCanvas().style.cursor = pickAt(map, event) ? 'pointer' : ''
    }
    map.on('click', onClick)
    map.on('mousemove', onMove)
    return () => {
      map.off('click', onClick)
      map.off('mousemove', onMove)
    }
  }, [map, pick, drawing])
  const post = picked?.kind === 'post' ? picked.id : ''
  const zone = picked?.kind === 'zone' ? picked.id : ''
  useEffect(() => {
    map?.setFilter('posts-picked', ['==', ['get', 'id'], post])
    map?.setFilter('zones-picked', ['==', ['get', 'id'], zone])
  }, [map, post, zone])
}
