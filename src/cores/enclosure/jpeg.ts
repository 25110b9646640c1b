// JPEG (ITU-T T.81, annex B): a chain of segments. What a camera tells beside the picture (place, owner, a thumbnail
// of what was cut away) stands in application segments and comments; they go. Which side is up stays, because a phone
// turns the picture by it and not by its pixels.
import { type Cleaned, joined, says, type Size, u16 } from './shape.ts'

const marker = { soi: 0xd8, eoi: 0xd9, sos: 0xda, com: 0xfe, app0: 0xe0, app1: 0xe1, app2: 0xe2, app14: 0xee }
const isApp = (code: number) => code >= 0xe0 && code <= 0xef
const isFrame = (code: number) =>
  code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc

export const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff

/** JFIF's own header, colour profile and Adobe's colour transform belong to the picture. */
function belongs(code: number, bytes: Uint8Array, at: number): boolean {
  if (code === marker.com) return false
  if (!isApp(code)) return true
  if (code === marker.app0) return says(bytes, at + 4, 'JFIF\0')
  if (code === marker.app2) return says(bytes, at + 4, 'ICC_PROFILE\0')
  return code === marker.app14 && says(bytes, at + 4, 'Adobe')
}

/** 1–8 by EXIF 2.3, tag 0112 of the first directory; 1 where it says nothing. */
function orientationOf(segment: Uint8Array): number {
  if (!says(segment, 4, 'Exif\0\0')) return 1
  const tiff = segment.subarray(10)
  const little = says(tiff, 0, 'II')
  const read = (at: number, bytes: 2 | 4) => {
    const part = [...tiff.subarray(at, at + bytes)]
    return (little ? part.reverse() : part).reduce((sum, byte) => sum * 256 + byte, 0)
  }
  const directory = read(4, 4)
  const entries = Math.min(read(directory, 2), 200)
  for (let index = 0; index < entries; index += 1) {
    const at = directory + 2 + index * 12
    if (read(at, 2) !== 0x0112) continue
    const value = read(at + 8, 2)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** An EXIF block that says which side is up and nothing else. */
function orientationOnly(value: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0]
  const body = [...'Exif\0\0'].map(letter => letter.charCodeAt(0)).concat(tiff)
  return Uint8Array.from([0xff, marker.app1, 0, body.length + 2, ...body])
}

/** Past the coded picture: the place of the next marker that is none of its own. */
function afterScan(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length - 1) {
    const next = bytes[at + 1] ?? 0
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
    at += 1
  }
  return -1
}

/** Null where the chain breaks off, or there is no picture in it. What follows the end is cut off. */
export function cleanJpeg(bytes: Uint8Array): Cleaned {
  const parts: Uint8Array[] = [bytes.subarray(0, 2)]
  let size: Size | null = null
  let scans = 0
  let turned = 1
  let at = 2
  while (at >= 2 && at < bytes.length - 1) {
    const code = bytes[at + 1] ?? 0
    if (bytes[at] !== 0xff) return null
    if (code === 0xff) {
      at += 1
      continue
    }
    if (code === marker.eoi) {
      if (!size || scans === 0) return null
      if (turned !== 1) parts.splice(1, 0, orientationOnly(turned))
      return { parts: [joined(parts), bytes.subarray(at, at + 2)], size }
    }
    const length = u16(bytes, at + 2)
    const end = at + 2 + length
    if (length < 2 || end > bytes.length) return null
    if (isFrame(code)) size = { width: u16(bytes, at + 7), height: u16(bytes, at + 5) }
    if (code === marker.app1) turned = Math.max(turned, orientationOf(bytes.subarray(at, end)))
    const next = code === marker.sos ? afterScan(bytes, end) : end
    if (next < 0) return null
    if (code === marker.sos) scans += 1
    if (belongs(code, bytes, at)) parts.push(bytes.subarray(at, next))
    at = next
  }
  return null
}
