import type { PostState } from '../signals.tsx'
import type { Palette } from '../tokens.ts'
import { groupShapes } from './group-shapes.ts'

/** The marks of signals.tsx again, drawn to a canvas because the map takes pixels, not SVG. */
type Draw = (c: CanvasRenderingContext2D, p: Palette) => void

const disc = (c: CanvasRenderingContext2D, radius: number) => {
  c.beginPath()
  c.arc(10, 10, radius, 0, Math.PI * 2)
}

const path = (c: CanvasRenderingContext2D, points: [number, number][]) => {
  c.beginPath()
  for (const [x, y] of points) c.lineTo(x, y)
  c.closePath()
}

const framed = (c: CanvasRenderingContext2D, p: Palette, stroke: string, width: number) => {
  c.fillStyle = p.panel
  c.fill()
  c.strokeStyle = stroke
  c.lineWidth = width
  c.stroke()
}

const diamond: [number, number][] = [
  [10, 5.5],
  [14.5, 10],
  [10, 14.5],
  [5.5, 10],
]

const posts: Record<PostState, Draw> = {
  staffed: (c, p) => {
    disc(c, 5.5)
    c.fillStyle = p.mark
    c.fill()
    // A thin light rim keeps the dot apart from the hatch below it.
    c.strokeStyle = p.panel
    c.lineWidth = 1
    c.stroke()
  },
  short: (c, p) => {
    disc(c, 6)
    framed(c, p, p.amber, 1.8)
    c.beginPath()
    c.arc(10, 10, 6, Math.PI / 2, (Math.PI * 3) / 2)
    c.fillStyle = p.amber
    c.fill()
  },
  open: (c, p) => {
    disc(c, 6.5)
    framed(c, p, p.red, 2.8)
  },
  notDue: (c, p) => {
    path(c, [
      [5.5, 5.5],
      [14.5, 5.5],
      [14.5, 14.5],
      [5.5, 14.5],
    ])
    framed(c, p, p.mark, 1.4)
  },
  sampling: (c, p) => {
    path(c, diamond)
    framed(c, p, p.mark, 1.4)
  },
}

/** In a box of 20 as the rest; the shapes are drawn for 16. A cross has no inside to fill. */
const group =
  (shape: string, mark: string): Draw =>
  (c, p) => {
    c.translate(2, 2)
    const traced = new Path2D(shape)
    if (mark !== 'cross') {
      c.fillStyle = p.panel
      c.fill(traced)
    }
    c.strokeStyle = p.text2
    c.lineWidth = 1.3
    c.stroke(traced)
  }

function drawn(draw: (c: CanvasRenderingContext2D) => void, side: number, ratio: number): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = side * ratio
  canvas.height = side * ratio
  const c = canvas.getContext('2d')
  if (!c) return new ImageData(side * ratio, side * ratio)
  c.scale(ratio, ratio)
  draw(c)
  return c.getImageData(0, 0, canvas.width, canvas.height)
}

/** A box that stretches around a label: panel ground, a frame in the signal's colour. */
function labelBox(p: Palette, colour: string, ratio: number): ImageData {
  return drawn(
    c => {
      c.beginPath()
      c.roundRect(0.5, 0.5, 15, 15, 3)
      framed(c, p, colour, 1)
    },
    16,
    ratio,
  )
}

type Span = [from: number, to: number]
/** A box that stretches: which part may grow, and where the words stand in it. */
type Stretch = { grow: Span; wordsX: Span; wordsY: Span }
export type MarkImage = { id: string; image: ImageData; stretch?: Stretch }

export function markImages(p: Palette, ratio: number): MarkImage[] {
  const span = (from: number, to: number): Span => [from * ratio, to * ratio]
  const stretch = { grow: span(5, 11), wordsX: span(5, 11), wordsY: span(2, 14) }
  return [
    ...Object.entries(posts).map(([id, draw]) => ({
      id: `post-${id}`,
      image: drawn(c => draw(c, p), 20, ratio),
    })),
    ...Object.entries(groupShapes).map(([id, shape]) => ({
      id: `group-${id}`,
      image: drawn(c => group(shape, id)(c, p), 20, ratio),
    })),
    { id: 'box-short', image: labelBox(p, p.amber, ratio), stretch },
    { id: 'box-open', image: labelBox(p, p.red, ratio), stretch },
  ]
}
