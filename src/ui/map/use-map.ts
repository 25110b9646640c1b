import 'maplibre-gl/dist/maplibre-gl.css'
import { type GeoJSONSource, Map as MapLibre, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { type RefObject, useEffect, useState } from 'react'
import { palettes } from '../tokens.ts'
import { type Bounds, dataBounds } from './geometry.ts'
import { hatches, hatchTile, zoneColour } from './hatch.ts'
import type { Sources } from './map-sources.ts'
import { baseStyle, layersOf } from './map-style.ts'
import type { MapData } from './map-types.ts'
import { type MarkImage, markImages } from './marks.ts'

// The ESM build finds its worker only when told; the file is served by us, as the policy demands.
setWorkerUrl(workerUrl)

const ratio = 2

function addImages(map: MapLibre, theme: 'desk' | 'night', scale: number): void {
  const palette = palettes[theme]
  for (const [kind, spec] of Object.entries(hatches) as [
    keyof typeof hatches,
    (typeof hatches)['sealed'],
  ][]) {
    const grown = { ...spec, pitch: Math.round(spec.pitch * scale), weight: spec.weight * scale }
    map.addImage(`hatch-${kind}`, hatchTile(grown, zoneColour(kind, palette), ratio), { pixelRatio: ratio })
  }
  for (const { id, image, stretch } of markImages(palette, ratio)) {
    map.addImage(id, image, { pixelRatio: ratio, ...(stretch ? stretched(stretch) : {}) })
  }
}

function stretched({ grow, wordsX, wordsY }: NonNullable<MarkImage['stretch']>) {
  const content: [number, number, number, number] = [wordsX[0], wordsY[0], wordsX[1], wordsY[1]]
  return { stretchX: [grow], stretchY: [grow], content }
}

function createMap(container: HTMLElement, theme: 'desk' | 'night'): MapLibre {
  const map = new MapLibre({
    container,
    style: baseStyle(palettes[theme]),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    rollEnabled: false,
    maxZoom: 19,
    // Nothing moves that need not: no glide after a drag, no fade of labels.
    fadeDuration: 0,
    renderWorldCopies: false,
    canvasContextAttributes: { antialias: true },
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  return map
}

export type MapState = { map: MapLibre | null; failed: boolean }

/** The map, once its style and images stand. A machine without WebGL gets `failed`, not a broken page. */
export function useMap(
  container: RefObject<HTMLDivElement | null>,
  options: { theme: 'desk' | 'night'; scale: number /** Read aloud for the canvas. */; label: string },
): MapState {
  const { theme, scale, label } = options
  const [state, setState] = useState<MapState>({ map: null, failed: false })
  useEffect(() => {
    const element = container.current
    if (!element) return
    let map: MapLibre
    try {
      map = createMap(element, theme)
    } catch {
      setState({ map: null, failed: true })
      return
    }
    map.on('load', () => {
      addImages(map, theme, scale)
      for (const layer of layersOf(palettes[theme], scale, theme === 'night')) map.addLayer(layer)
      setState({ map, failed: false })
    })
    return () => {
      setState({ map: null, failed: false })
      map.remove()
    }
  }, [container, theme, scale])
  useEffect(() => state.map?.getCanvas().setAttribute('aria-label', label), [state.map, label])
  return state
}

export function useSources(map: MapLibre | null, sources: Sources): void {
  useEffect(() => {
    if (!map) return
    for (const [id, data] of Object.entries(sources)) {
      map.getSource<GeoJSONSource>(id)?.setData(data as Parameters<GeoJSONSource['setData']>[0])
    }
  }, [map, sources])
}

export function fitTo(map: MapLibre, bounds: Bounds | null): void {
  if (!bounds) return
  map.resize()
  map.fitBounds(bounds, { padding: 48, maxZoom: 16, animate: false })
}

/** Fits once there is something to fit to, and again when `fitKey` changes; live data do not move the map. */
export function useFit(map: MapLibre | null, data: MapData, fitKey: string | number | undefined): void {
  const some = data.zones.length + data.posts.length > 0
  useEffect(() => {
    if (map && some) fitTo(map, dataBounds(data))
    // biome-ignore lint: not when `data` changes
  }, [map, some, fitKey])
}
