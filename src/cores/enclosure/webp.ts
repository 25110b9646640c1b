// WebP: a RIFF file. The chunks with camera data go, and the header no longer says that they are there.
import { type Cleaned, says, type Size, u24le, u32le } from './shape.ts'

const drawing = ['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']
const flag = { exif: 0x08, xmp: 0x04 }

export const isWebp = (bytes: Uint8Array) => says(bytes, 0, 'RIFF') && says(bytes, 8, 'WEBP')

/** Width and height as the chunk that holds them says; null for any other chunk. */
function sizeIn(type: string, body: Uint8Array): Size | null {
  if (type === 'VP8X') return { width: u24le(body, 4) + 1, height: u24le(body, 7) + 1 }
  if (type === 'VP8 ' && body[3] === 0x9d && body[4] === 0x01 && body[5] === 0x2a) {
    return { width: u24le(body, 6) & 0x3fff, height: u24le(body, 8) & 0x3fff }
  }
  if (type !== 'VP8L' || body[0] !== 0x2f) return null
  const bits = u32le(body, 1)
  return { width: (bits % 16_384) + 1, height: (Math.floor(bits / 16_384) % 16_384) + 1 }
}

export function cleanWebp(bytes: Uint8Array): Cleaned {
  const stated = u32le(bytes, 4) + 8
  if (stated > bytes.length) return null
  const parts: Uint8Array[] = []
  let size: Size | null = null
  let drawn = false
  for (let at = 12; at + 8 <= stated; ) {
    const type = String.fromCharCode(...bytes.subarray(at, at + 4))
    const length = u32le(bytes, at + 4)
    const end = at + 8 + length + (length % 2)
    if (end > bytes.length) return null
    if (drawing.includes(type)) {
      const chunk = bytes.slice(at, end)
      if (type === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~(flag.exif | flag.xmp)
      size ??= sizeIn(type, chunk.subarray(8))
      drawn ||= type === 'VP8 ' || type === 'VP8L' || type === 'ANMF'
      parts.push(chunk)
    }
    at = end
  }
  if (!size || !drawn) return null
  const length = parts.reduce((sum, part) => sum + part.length, 4)
  const head = Uint8Array.from([...bytes.subarray(0, 4), 0, 0, 0, 0, ...bytes.subarray(8, 12)])
  new DataView(head.buffer).setUint32(4, length, true)
  return { parts: [head, ...parts], size }
}
