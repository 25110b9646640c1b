import type { ZoneKind } from '../signals.tsx'
import type { Palette } from '../tokens.ts'

/** Pixels of one tile, as the map takes them: four bytes each, not premultiplied. */
export type Tile = { width: number; height: number; data: Uint8ClampedArray }

export type HatchSpec = {
  /** `/` sealed, `\` control, `.` lifted. Opposite slopes and unlike pitches: the colour is not the message. */
  lean: '/' | '\\' | '.'
  /** Side of the tile in screen px; lines run through its corners, so tiles join without a seam. */
  pitch: number
  /** Width of a line or of a dot's radius, in screen px. */
  weight: number
  /** 0…1 of the same colour between the lines. */
  wash: number
}

// The map stretches a pattern up to twofold between two whole zooms; these are the smaller end.
export const hatches: Record<Exclude<ZoneKind, 'precaution'>, HatchSpec> = {
  sealed: { lean: '/', pitch: 6, weight: 0.8, wash: 0.09 },
  control: { lean: '\\', pitch: 10, weight: 0.7, wash: 0.05 },
  lifted: { lean: '.', pitch: 5, weight: 0.6, wash: 0.08 },
}

function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** How far a pixel's centre is from the nearest line or dot of a pattern that repeats every `pitch`. */
export function distanceToMark(lean: HatchSpec['lean'], pitch: number, x: number, y: number): number {
  if (lean === '.') return Math.hypot(x - pitch / 2, y - pitch / 2)
  // y grows downward: a line leaning / keeps x + y, one leaning \ keeps x − y.
  const along = (((lean === '/' ? x + y : x - y) % pitch) + pitch) % pitch
  return Math.min(along, pitch - along) / Math.SQRT2
}

export function hatchTile(spec: HatchSpec, colour: string, ratio = 2): Tile {
  const pitch = spec.pitch * ratio
  const [r, g, b] = rgb(colour)
  const data = new Uint8ClampedArray(pitch * pitch * 4)
  const reach = spec.lean === '.' ? spec.weight * ratio : (spec.weight * ratio) / 2
  for (let y = 0; y < pitch; y += 1) {
    for (let x = 0; x < pitch; x += 1) {
      const far = distanceToMark(spec.lean, pitch, x + 0.5, y + 0.5)
      // Half a pixel either side of the edge is the cheapest antialiasing there is.
      const cover = Math.max(0, Math.min(1, reach + 0.5 - far))
      const alpha = spec.wash + (1 - spec.wash) * cover
      data.set([r, g, b, Math.round(alpha * 255)], (y * pitch + x) * 4)
    }
  }
  return { width: pitch, height: pitch, data }
}

export function zoneColour(kind: ZoneKind, p: Palette): string {
  return { sealed: p.red, control: p.amber, precaution: p.precaution, lifted: p.text2 }[kind]
}
