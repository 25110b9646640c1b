import type { GeoJSONSource, Map as MapLibre, MapMouseEvent } from 'maplibre-gl'
import { type KeyboardEvent, useCallback, useEffect, useReducer, useRef } from 'react'
import { crossesItself } from './crossing.ts'
import {
  type Drawing,
  type DrawingState,
  type DrawingStep,
  drawingAfter,
  drawingFeatures,
  drawingState,
  drawnFeature,
  startDrawing,
} from './drawing.ts'
import { outerRings } from './geometry.ts'
import type { DrawRequest, LngLat, MapData } from './map-types.ts'

const snapReach = 10

export type DrawingControl = {
  drawing: Drawing
  state: DrawingState
  step: (step: DrawingStep) => void
  finish: () => void
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

type Action = DrawingStep | { type: 'start'; points?: LngLat[] }

function reduce(drawing: Drawing, action: Action): Drawing {
  return action.type === 'start' ? startDrawing(action.points) : drawingAfter(drawing, action)
}

/** The corner of a zone, or the post, that a click within 10 px means. */
function snapped(map: MapLibre, data: MapData, at: LngLat): LngLat {
  const here = map.project(at)
  let best: { at: LngLat; far: number } | null = null
  const corners = [
    ...data.zones.flatMap(zone => outerRings(zone.shape).flat()),
    ...data.posts.map(post => post.at),
  ]
  for (const corner of corners) {
    const far = here.dist(map.project(corner))
    if (far <= snapReach && (!best || far < best.far)) best = { at: corner, far }
  }
  return best?.at ?? at
}

export function useDrawing(map: MapLibre | null, request: DrawRequest | null, data: MapData): DrawingControl {
  const [drawing, step] = useReducer(reduce, undefined, () => startDrawing(request?.start))
  const kind = request?.kind
  const state = drawingState(kind ?? 'polygon', drawing.points)
  const latest = useRef({ drawing, request, data })
  latest.current = { drawing, request, data }

  useEffect(() => {
    if (kind) step({ type: 'start', points: latest.current.request?.start })
  }, [kind])

  useEffect(() => {
    latest.current.request?.onChange?.(drawing.points, crossesItself(drawing.points))
  }, [drawing.points])

  const finish = useCallback(() => {
    const now = latest.current
    if (!now.request) return
    const feature = drawnFeature(now.request.kind, now.drawing.points)
    if (feature) now.request.onFinish(feature)
  }, [])

  const paint = useCallback(
    (pointer: LngLat | null) => {
      const now = latest.current
      const shown = now.request
        ? drawingFeatures(now.request.kind, now.drawing.points, pointer)
        : drawingFeatures('point', [], null)
      map?.getSource<GeoJSONSource>('draw')?.setData(shown as Parameters<GeoJSONSource['setData']>[0])
    },
    [map],
  )
  useEffect(() => paint(null), [paint, drawing, kind])
  usePointer(map, latest, { step, finish, paint, active: Boolean(kind) })

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // A button of the bar keeps its own Enter and Space.
    if (!map || !request || (event.target as HTMLElement).closest('button')) return
    const control = event.ctrlKey || event.metaKey
    const key = event.key.toLowerCase()
    if (key === 'enter') finish()
    else if (key === 'escape') request.onCancel()
    else if (key === 'backspace') step({ type: 'back' })
    else if (control && key === 'z') step({ type: event.shiftKey ? 'redo' : 'undo' })
    else if (control && key === 'y') step({ type: 'redo' })
    else if (key === ' ') {
      // Without a pointer: arrows move the map below a cross, Space sets the corner there.
      const { lng, lat } = map.getCenter()
      addPoint(latest.current, step, snapped(map, data, [lng, lat]))
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return { drawing, state, step, finish, onKeyDown }
}

type Latest = { drawing: Drawing; request: DrawRequest | null; data: MapData }

function addPoint(now: Latest, step: (step: DrawingStep) => void, at: LngLat): void {
  const first = now.drawing.points.length > 0
  // There is one point: a second click moves it.
  if (now.request?.kind === 'point' && first) step({ type: 'move', index: 0, at })
  else step({ type: 'add', at })
}

type PointerOptions = {
  step: (step: DrawingStep) => void
  finish: () => void
  paint: (pointer: LngLat | null) => void
  active: boolean
}

function usePointer(map: MapLibre | null, latest: { current: Latest }, options: PointerOptions): void {
  const { step, finish, paint, active } = options
  useEffect(() => {
    if (!map || !active) return
    let dragged = -1
    const place = (event: MapMouseEvent): LngLat =>
      snapped(map, latest.current.data, [event.lngLat.lng, event.lngLat.lat])
    const near = (event: MapMouseEvent, index: number) => {
      const corner = latest.current.drawing.points.at(index)
      return corner !== undefined && map.project(corner).dist(event.point) < snapReach
    }
    const onClick = (event: MapMouseEvent) => {
      const { points } = latest.current.drawing
      if (points.length > 2 && near(event, 0)) return finish()
      // The second click of a double click falls where the first one did.
      if (points.length && near(event, -1)) return
      addPoint(latest.current, step, place(event))
    }
    const onDown = (event: MapMouseEvent) => {
      const handle = map.queryRenderedFeatures(event.point, { layers: ['draw-corner', 'draw-middle'] })[0]
      if (!handle) return
      const { index, role } = handle.properties as { index: number; role: string }
      event.preventDefault()
      if (role === 'middle') step({ type: 'insert', index, at: place(event) })
      else step({ type: 'move', index, at: place(event) })
      dragged = index
    }
    const onMove = (event: MapMouseEvent) => {
      if (dragged >= 0) step({ type: 'drag', index: dragged, at: place(event) })
      else paint(place(event))
    }
    const onUp = () => {
      dragged = -1
    }
    const onDouble = (event: MapMouseEvent) => {
      event.preventDefault()
      finish()
    }
    const handlers = {
      click: onClick,
      mousedown: onDown,
      mousemove: onMove,
      mouseup: onUp,
      dblclick: onDouble,
    }
    for (const [name, handler] of Object.entries(handlers)) map.on(name as 'click', handler)
    map.getCanvas().focus()
    map.getCanvas().style.cursor = 'crosshair'
    return () => {
      for (const [name, handler] of Object.entries(handlers)) map.off(name as 'click', handler)
      map.getCanvas().style.cursor = ''
    }
  }, [map, active, latest, step, finish, paint])
}
