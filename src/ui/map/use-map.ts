import 'maplibre-gl/dist/maplibre-gl.css'
import { type GeoJSONSource, Map as MapLibre, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { type RefObject, useEffect, useState } from 'react'
import { palettes } from '../tokens.ts'
import type { Bounds } from './geometry.ts'
import { hatches, hatchTile, zoneColour } from './hatch.ts'
import type { Sources } from './map-sources.ts'
import { baseStyle, layersOf } from './map-style.ts'
import type { MapViewProps } from './map-types.ts'
import {
  atLeast,
  boundsAround,
  emptyMetres,
  fittedMetresLeast,
  middleOfChina,
  paddingOf,
  readView,
  writeView,
  zoomLeast,
  zoomMost,
} from './map-view.ts'
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
    minZoom: zoomLeast,
    maxZoom: zoomMost,
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

/** Whether everything stands that was to be drawn first. A machine without a graphics card takes seconds. */
export function useDrawn(map: MapLibre | null): boolean {
  const [drawn, setDrawn] = useState<MapLibre | null>(null)
  useEffect(() => {
    if (!map) return
    const done = () => setDrawn(map)
    map.once('idle', done)
    return () => {
      map.off('idle', done)
    }
  }, [map])
  return map !== null && drawn === map
}

export function fitTo(map: MapLibre, bounds: Bounds | null): void {
  if (!bounds) return
  map.resize()
  const { clientWidth, clientHeight } = map.getContainer()
  const padding = paddingOf(clientWidth, clientHeight)
  map.fitBounds(atLeast(bounds, fittedMetresLeast), { padding, animate: false })
}

/** With nothing to fit to: where the map was left, else a county's width. */
function openEmpty(map: MapLibre, key: string | undefined): void {
  const kept = key ? readView(stored(key)) : null
  map.resize()
  if (kept) map.jumpTo(kept)
  else map.fitBounds(boundsAround(middleOfChina, emptyMetres), { animate: false })
}

/** Fits once there is something to fit to, and again when `fitKey` changes; live data do not move the map. */
export function useFit(
  map: MapLibre | null,
  bounds: Bounds | null,
  { fitKey, viewKey }: Pick<MapViewProps, 'fitKey' | 'viewKey'>,
): void {
  const some = bounds !== null
  useEffect(() => {
    if (!map) return
    if (some) fitTo(map, bounds)
    else openEmpty(map, viewKey)
    // biome-ignore lint: not when what is shown changes
  }, [map, some, fitKey])
  useEffect(() => {
    if (!map || !viewKey) return
    const keep = () => {
      const { lng, lat } = map.getCenter()
      store(viewKey, writeView({ center: [lng, lat], zoom: map.getZoom() }))
    }
    map.on('moveend', keep)
    return () => {
      map.off('moveend', keep)
    }
  }, [map, viewKey])
}

const storedAs = (key: string) => `fangxian.map.${key}`

function stored(key: string): string | null {
  try {
    return localStorage.getItem(storedAs(key))
  } catch {
    // A browser that keeps nothing opens every empty map alike.
    return null
  }
}

function store(key: string, view: string): void {
  try {
    localStorage.setItem(storedAs(key), view)
  } catch {
    // Not kept; the map still works.
  }
}
