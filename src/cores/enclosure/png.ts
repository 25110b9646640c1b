// PNG: a chain of chunks. Only those that draw the picture stay; texts, times and camera data go.
import { type Cleaned, says, type Size, u32 } from './shape.ts'

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const drawing = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT', 'bKGD', 'pHYs'],
])

export const isPng = (bytes: Uint8Array) => signature.every((byte, at) => bytes[at] === byte)

/** Null where the chain breaks off or does not begin as it must. What follows the end is cut off. */
export function cleanPng(bytes: Uint8Array): Cleaned {
  const parts: Uint8Array[] = [bytes.subarray(0, 8)]
  let size: Size | null = null
  let drawn = false
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = u32(bytes, at)
    const end = at + 12 + length
    if (end > bytes.length) return null
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (size === null && (type !== 'IHDR' || length !== 13)) return null
    if (type === 'IHDR') size = { width: u32(bytes, at + 8), height: u32(bytes, at + 12) }
    if (drawing.has(type)) parts.push(bytes.subarray(at, end))
    else if (/^[A-Z]/.test(type)) return null
    drawn ||= says(bytes, at + 4, 'IDAT')
    if (type === 'IEND') return size && drawn ? { parts, size } : null
    at = end
  }
  return null
}
