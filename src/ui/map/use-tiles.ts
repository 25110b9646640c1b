import { addProtocol, type ErrorEvent, type Map as MapLibre } from 'maplibre-gl'
import { PMTiles, Protocol, TileType } from 'pmtiles'
import { useEffect, useState } from 'react'
import { palettes } from '../tokens.ts'
import type { MapTiles } from './map-types.ts'
import { tileLayers, tileSource } from './tile-layers.ts'

const protocol = new Protocol()
addProtocol('pmtiles', protocol.tile)

/** Below everything else: the first layer above the plain colour. */
const firstLayer = 'grid'

async function addArchive(map: MapLibre, url: string, theme: 'desk' | 'night', scale: number): Promise<void> {
  const address = new URL(url, window.location.href).href
  const archive = new PMTiles(address)
  const [header, about] = await Promise.all([archive.getHeader(), archive.getMetadata()])
  // The map went away while the archive was being looked at.
  if (!map.style) return
  protocol.add(archive)
  const vector = header.tileType === TileType.Mvt
  map.addSource(tileSource, { type: vector ? 'vector' : 'raster', url: `pmtiles://${address}` })
  if (!vector) {
    map.addLayer({ id: 'tiles', type: 'raster', source: tileSource }, firstLayer)
    return
  }
  const listed = (about as { vector_layers?: { id: string }[] }).vector_layers ?? []
  for (const layer of tileLayers(palettes[theme], new Set(listed.map(({ id }) => id)), scale)) {
    map.addLayer(layer, firstLayer)
  }
}

function addService(map: MapLibre, url: string): void {
  map.addSource(tileSource, { type: 'raster', tiles: [url], tileSize: 256 })
  map.addLayer({ id: 'tiles', type: 'raster', source: tileSource }, firstLayer)
}

/** Lays the ground under the map. True once it could not be read: the map goes on without it, and says so. */
export function useTiles(
  map: MapLibre | null,
  tiles: MapTiles | null | undefined,
  { theme, scale }: { theme: 'desk' | 'night'; scale: number },
): boolean {
  const [failed, setFailed] = useState(false)
  const { kind, url } = tiles ?? {}
  useEffect(() => {
    if (!map || !url) return
    setFailed(false)
    // Listened to, or the map writes every tile that is not there on the console.
    const onError = (event: ErrorEvent & { sourceId?: string }) => {
      if (event.sourceId === tileSource) setFailed(true)
      else console.error(event.error)
    }
    map.on('error', onError)
    map.setLayoutProperty(firstLayer, 'visibility', 'none')
    if (kind === 'raster') addService(map, url)
    else addArchive(map, url, theme, scale).catch(() => setFailed(true))
    return () => {
      map.off('error', onError)
    }
  }, [map, kind, url, theme, scale])
  useEffect(() => {
    if (map && failed) map.setLayoutProperty(firstLayer, 'visibility', 'visible')
  }, [map, failed])
  return failed
}
