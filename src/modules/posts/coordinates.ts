// Coordinates come in as WGS-84 (GPS) or GCJ-02 (Chinese map services) and are kept as WGS-84. Taken for the other
// system a post stands half a kilometre off, so the person who brings the file says which one it is.
import imported from 'gcoord'
import { z } from 'zod'
import type { Position } from './contracts.ts'

export const coordinateSystems = ['wgs84', 'gcj02'] as const
export const coordinateSystem = z.enum(coordinateSystems)
export type CoordinateSystem = (typeof coordinateSystems)[number]

// Its types describe the ES module, but Node loads the CommonJS one, whose whole is the default.
const gcoord = imported as unknown as typeof imported.default

/** A ten-millionth of a degree is a centimetre; more digits are noise. */
const rounded = (degrees: number) => Math.round(degrees * 1e7) / 1e7

export function toWgs84(position: Position, system: CoordinateSystem): Position {
  const [lng, lat] = system === 'gcj02' ? gcoord.transform(position, gcoord.GCJ02, gcoord.WGS84) : position
  return [rounded(lng), rounded(lat)]
}

export function fromWgs84(position: Position, system: CoordinateSystem): Position {
  if (system === 'wgs84') return position
  const [lng, lat] = gcoord.transform(position, gcoord.WGS84, gcoord.GCJ02)
  return [rounded(lng), rounded(lat)]
}

const degrees =
  /^([+-]?\d{1,3})[°度](?:(\d{1,2}(?:\.\d+)?)[′'分])?(?:(\d{1,2}(?:\.\d+)?)(?:″|''|"|秒))?([ewns东西北南])?$/i
const decimal = /^([ewns东西北南])?([+-]?\d{1,3}(?:\.\d+)?)°?([ewns东西北南])?$/i

/** `107.1234`, `E107.1234`, `107°07′24″`; null for anything else. */
export function degreesOf(text: string): number | null {
  const plain = text.replace(/\s/g, '')
  const sign = (letter: string | undefined) => (letter && /[ws西南]/i.test(letter) ? -1 : 1)
  const simple = decimal.exec(plain)
  if (simple) return Number(simple[2]) * sign(simple[1] ?? simple[3])
  const parts = degrees.exec(plain)
  if (!parts) return null
  const [, whole, minutes = '0', seconds = '0', letter] = parts
  const value = Math.abs(Number(whole)) + Number(minutes) / 60 + Number(seconds) / 3_600
  return (Number(whole) < 0 ? -value : value) * sign(letter)
}
