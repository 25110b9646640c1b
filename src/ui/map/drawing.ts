import { crossesItself, crossingEdges, openRing } from './crossing.ts'
import type { Collection, Feature } from './map-sources.ts'
import type { DrawnFeature, LngLat } from './map-types.ts'

/** A drawing is its points and what undo and redo hold; every change goes through `drawingAfter`. */
export type Drawing = { points: LngLat[]; past: LngLat[][]; future: LngLat[][] }

export type DrawingStep =
  | { type: 'add'; at: LngLat }
  | { type: 'insert'; index: number; at: LngLat }
  | { type: 'move'; index: number; at: LngLat }
  /** While a corner is being dragged: changes the point but writes no history. */
  | { type: 'drag'; index: number; at: LngLat }
  | { type: 'remove'; index: number }
  | { type: 'back' }
  | { type: 'undo' }
  | { type: 'redo' }

export function startDrawing(start: LngLat[] = []): Drawing {
  return { points: openRing(start), past: [], future: [] }
}

function changed(drawing: Drawing, points: LngLat[]): Drawing {
  return { points, past: [...drawing.past, drawing.points], future: [] }
}

export function drawingAfter(drawing: Drawing, step: DrawingStep): Drawing {
  const { points, past, future } = drawing
  switch (step.type) {
    case 'add':
      return changed(drawing, [...points, step.at])
    case 'insert':
      return changed(drawing, points.toSpliced(step.index, 0, step.at))
    case 'move':
      return changed(drawing, points.with(step.index, step.at))
    case 'drag':
      return { ...drawing, points: points.with(step.index, step.at) }
    case 'remove':
      return changed(drawing, points.toSpliced(step.index, 1))
    case 'back':
      return points.length ? changed(drawing, points.slice(0, -1)) : drawing
    case 'undo': {
      const last = past.at(-1)
      return last ? { points: last, past: past.slice(0, -1), future: [points, ...future] } : drawing
    }
    case 'redo': {
      const next = future[0]
      return next ? { points: next, past: [...past, points], future: future.slice(1) } : drawing
    }
  }
}

export type DrawingState = 'empty' | 'tooFew' | 'crossing' | 'ready'

export function drawingState(kind: 'polygon' | 'point', points: LngLat[]): DrawingState {
  if (!points.length) return 'empty'
  if (kind === 'point') return 'ready'
  if (crossesItself(points)) return 'crossing'
  return points.length < 3 ? 'tooFew' : 'ready'
}

export function drawnFeature(kind: 'polygon' | 'point', points: LngLat[]): DrawnFeature | null {
  const first = points[0]
  if (!first || drawingState(kind, points) !== 'ready') return null
  const geometry =
    kind === 'point'
      ? { type: 'Point' as const, coordinates: first }
      : { type: 'Polygon' as const, coordinates: [[...points, first]] }
  return { type: 'Feature', properties: {}, geometry }
}

const middle = (a: LngLat, b: LngLat): LngLat => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]

/** What the map shows of a drawing; `pointer` is where the next corner would fall. */
export function drawingFeatures(
  kind: 'polygon' | 'point',
  points: LngLat[],
  pointer: LngLat | null,
): Collection {
  const shown = pointer && (kind === 'polygon' || !points.length) ? [...points, pointer] : points
  const bad = new Set(crossingEdges(shown, shown.length > 3).flat())
  const features: Feature[] = []
  const add = (type: string, coordinates: unknown, role: string, isBad = false, index = -1) =>
    features.push({
      type: 'Feature',
      geometry: { type, coordinates },
      properties: { role, bad: isBad, index },
    })
  if (kind === 'polygon') {
    const first = shown[0]
    const last = shown.at(-1)
    if (first && shown.length > 2) add('Polygon', [[...shown, first]], 'area', bad.size > 0)
    for (let i = 0; i + 1 < shown.length; i += 1)
      add('LineString', [shown[i], shown[i + 1]], 'line', bad.has(i))
    if (first && last && shown.length > 2)
      add('LineString', [last, first], 'closing', bad.has(shown.length - 1))
  }
  points.forEach((at, index) => {
    add('Point', at, 'corner', false, index)
    const next = points[(index + 1) % points.length]
    // Between two corners a smaller handle: dragging it makes a new corner.
    if (kind === 'polygon' && points.length > 2 && next)
      add('Point', middle(at, next), 'middle', false, index + 1)
  })
  return { type: 'FeatureCollection', features }
}
