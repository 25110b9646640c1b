import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crossesItself, crossingEdges, openRing } from './map/crossing.ts'
import { drawingAfter, drawingFeatures, drawingState, drawnFeature, startDrawing } from './map/drawing.ts'
import { listFeatures } from './map/feature-list.ts'
import { readGeoJson, writeGeoJson } from './map/geojson.ts'
import { boundsOf, dataBounds, labelPoint, scaleBar } from './map/geometry.ts'
import { distanceToMark, hatches, hatchTile } from './map/hatch.ts'
import { problemsOnly } from './map/legend.ts'
import { sourcesOf } from './map/map-sources.ts'
import type { LngLat, MapData } from './map/map-types.ts'

const square: LngLat[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
]
const bow: LngLat[] = [
  [0, 0],
  [4, 4],
  [4, 0],
  [0, 4],
]

describe('self-crossing', () => {
  it('finds the bow tie and names its edges', () => {
    expect(crossingEdges(bow)).toEqual([[0, 2]])
    expect(crossesItself(square)).toBe(false)
    expect(crossesItself([...square, [0, 0]])).toBe(false)
  })
  it('counts the closing edge', () => {
    const points: LngLat[] = [
      [0, 0],
      [4, 0],
      [4, 4],
      [2, -2],
    ]
    expect(crossesItself(points)).toBe(true)
    expect(crossingEdges(points.slice(0, 3), false)).toEqual([])
  })
  it('finds a corner lying on another edge and an edge folding back', () => {
    expect(crossesItself([...square.slice(0, 3), [2, 0]])).toBe(true)
    expect(
      crossesItself([
        [0, 0],
        [4, 0],
        [2, 0],
        [2, 3],
      ]),
    ).toBe(true)
  })
  it('allows a straight run through a corner', () => {
    expect(
      crossesItself([
        [0, 0],
        [2, 0],
        [4, 0],
        [4, 4],
      ]),
    ).toBe(false)
  })
  it('never accuses a convex polygon', () => {
    const angles = fc.uniqueArray(fc.integer({ min: 0, max: 359 }), { minLength: 3, maxLength: 24 })
    fc.assert(
      fc.property(angles, list => {
        const ring = list
          .sort((a, b) => a - b)
          .map((degree): LngLat => [Math.cos((degree * Math.PI) / 180), Math.sin((degree * Math.PI) / 180)])
        return !crossesItself(ring)
      }),
    )
  })
  it('opens a closed ring once', () => {
    expect(openRing([...square, [0, 0]])).toEqual(square)
    expect(openRing(square)).toEqual(square)
  })
})

describe('hatches', () => {
  it.each(Object.entries(hatches))('%s joins its neighbour without a seam', (_, { lean, pitch }) => {
    if (lean === '.') return
    for (let at = 0.5; at < pitch; at += 1) {
      expect(distanceToMark(lean, pitch, at, 0.5)).toBeCloseTo(distanceToMark(lean, pitch, at + pitch, 0.5))
      expect(distanceToMark(lean, pitch, 0.5, at)).toBeCloseTo(distanceToMark(lean, pitch, 0.5, at + pitch))
    }
  })
  it('sealed and control lean opposite ways and differ in pitch', () => {
    expect(distanceToMark('/', 10, 3, 7)).toBe(0)
    expect(distanceToMark('\\', 10, 7, 7)).toBe(0)
    expect(distanceToMark('\\', 10, 3, 7)).toBeGreaterThan(2)
    expect(hatches.sealed.pitch).not.toBe(hatches.control.pitch)
  })
  it('is the colour throughout, and only its strength changes', () => {
    const tile = hatchTile(hatches.sealed, '#C1272D', 2)
    expect([tile.width, tile.height, tile.data.length]).toEqual([12, 12, 12 * 12 * 4])
    const alphas = new Set<number>()
    for (let at = 0; at < tile.data.length; at += 4) {
      expect([tile.data[at], tile.data[at + 1], tile.data[at + 2]]).toEqual([0xc1, 0x27, 0x2d])
      alphas.add(tile.data[at + 3] ?? 0)
    }
    expect(Math.min(...alphas)).toBe(Math.round(hatches.sealed.wash * 255))
    expect(Math.max(...alphas)).toBeGreaterThan(200)
  })
})

describe('geometry', () => {
  it('puts a name at the centre of gravity of the largest part', () => {
    expect(labelPoint({ type: 'Polygon', coordinates: [[...square, [0, 0]]] })).toEqual([2, 2])
    const small: LngLat[] = [
      [10, 10],
      [11, 10],
      [11, 11],
      [10, 10],
    ]
    expect(labelPoint({ type: 'MultiPolygon', coordinates: [[small], [[...square, [0, 0]]]] })).toEqual([
      2, 2,
    ])
  })
  it('rounds the scale to 1, 2 or 5', () => {
    expect(scaleBar(14, 88).metres).toBe(1000)
    expect(scaleBar(6, 88).metres).toBe(500)
    expect(scaleBar(3, 88).metres).toBe(200)
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 50_000, noNaN: true }), each => {
        const { pixels } = scaleBar(each, 88)
        return pixels <= 88.001 && pixels > 88 / 2.6
      }),
    )
  })
  it('has no bounds of nothing', () => {
    expect(boundsOf([])).toBeNull()
    expect(dataBounds({ zones: [], posts: [] })).toBeNull()
  })
})

describe('drawing', () => {
  it('undoes, redoes and steps back', () => {
    let drawing = startDrawing()
    for (const at of square) drawing = drawingAfter(drawing, { type: 'add', at })
    drawing = drawingAfter(drawing, { type: 'back' })
    expect(drawing.points).toHaveLength(3)
    drawing = drawingAfter(drawing, { type: 'undo' })
    expect(drawing.points).toEqual(square)
    drawing = drawingAfter(drawingAfter(drawing, { type: 'undo' }), { type: 'redo' })
    expect(drawing.points).toEqual(square)
    expect(drawingAfter(startDrawing(), { type: 'undo' }).points).toEqual([])
  })
  it('keeps one step of history for a whole drag', () => {
    let drawing = drawingAfter(startDrawing(square), { type: 'move', index: 0, at: [1, 1] })
    for (const x of [2, 3]) drawing = drawingAfter(drawing, { type: 'drag', index: 0, at: [x, 1] })
    expect(drawing.past).toHaveLength(1)
    expect(drawingAfter(drawing, { type: 'undo' }).points).toEqual(square)
  })
  it('finishes only what is whole', () => {
    expect(drawingState('polygon', square.slice(0, 2))).toBe('tooFew')
    expect(drawingState('polygon', bow)).toBe('crossing')
    expect(drawnFeature('polygon', bow)).toBeNull()
    expect(drawnFeature('polygon', square)?.geometry.coordinates).toEqual([[...square, [0, 0]]])
    expect(drawnFeature('point', [[1, 2]])?.geometry).toEqual({ type: 'Point', coordinates: [1, 2] })
  })
  it('shows the crossing before the corner is set', () => {
    const shown = drawingFeatures('polygon', bow.slice(0, 3), bow[3] ?? null)
    expect(shown.features.some(each => each.properties.role === 'line' && each.properties.bad)).toBe(true)
  })
})

const data: MapData = {
  zones: [
    {
      id: 'z',
      name: '城东花园',
      kind: 'sealed',
      shape: { type: 'Polygon', coordinates: [[...square, [0, 0]]] },
    },
  ],
  posts: [
    { id: 'a', name: '东门', state: 'staffed', at: [1, 1] },
    { id: 'b', name: '南门', state: 'open', at: [2, 1] },
  ],
  groups: [
    { key: 'cameras', label: '监控点', mark: 'cross', points: [{ id: 'c', name: '1 号', at: [3, 3] }] },
  ],
}

describe('legend and list', () => {
  it('draws and lists only what is ticked', () => {
    const hidden = problemsOnly(data)
    expect(sourcesOf(data, hidden).posts.features.map(each => each.properties.id)).toEqual(['b'])
    expect(listFeatures(data, hidden).map(each => each.pick.id)).toEqual(['b', 'z'])
  })
  it('lists problems first', () => {
    expect(listFeatures(data, new Set()).map(each => each.pick.id)).toEqual(['b', 'z', 'a', 'c'])
  })
})

describe('GeoJSON', () => {
  it('reads what it wrote', () => {
    const { shapes, problems } = readGeoJson(writeGeoJson(data))
    expect(problems).toEqual([])
    expect(shapes.map(each => [each.name, each.shape.type])).toEqual([
      ['城东花园', 'Polygon'],
      ['东门', 'Point'],
      ['南门', 'Point'],
    ])
  })
  it('says what is wrong and where', () => {
    const feature = (coordinates: unknown, type = 'Polygon') => ({
      type: 'Feature',
      geometry: { type, coordinates },
    })
    const features = [
      feature([[...bow, [0, 0]]]),
      feature([
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
      ]),
      feature([
        [
          [0, 0],
          [200, 0],
          [4, 4],
          [0, 0],
        ],
      ]),
      feature([[0, 0]], 'LineString'),
      feature([[...square, [0, 0]]]),
    ]
    const { shapes, problems } = readGeoJson(JSON.stringify({ type: 'FeatureCollection', features }))
    expect(problems.map(each => each.reason)).toEqual(['crossing', 'tooFew', 'position', 'kind'])
    expect(problems.map(each => each.index)).toEqual([0, 1, 2, 3])
    expect(shapes).toHaveLength(1)
    expect(readGeoJson('{').problems).toEqual([{ index: 0, reason: 'unreadable' }])
    expect(readGeoJson('null').problems).toEqual([{ index: 0, reason: 'kind' }])
  })
})
