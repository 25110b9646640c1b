// What a brought file is, by its bytes and by nothing that its sender says of it; and the picture without what a
// camera tells beside it.
import { cleanJpeg, isJpeg } from './jpeg.ts'
import { cleanPng, isPng } from './png.ts'
import { type Cleaned, joined, says } from './shape.ts'
import { cleanWebp, isWebp } from './webp.ts'

export type EnclosureKind = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf'
export type EnclosureFault = 'empty' | 'unknown' | 'damaged' | 'tooManyPixels'
export type Judged =
  | { kind: EnclosureKind; bytes: Uint8Array; width: number; height: number }
  | { fault: EnclosureFault }

/** A side and an area that a phone can show: a few kilobytes of PNG may unpack to gigabytes. */
export const sideMost = 16_000
export const pixelsMost = 100_000_000

function picture(kind: EnclosureKind, cleaned: Cleaned): Judged {
  if (!cleaned) return { fault: 'damaged' }
  const { width, height } = cleaned.size
  if (width === 0 || height === 0) return { fault: 'damaged' }
  if (width > sideMost || height > sideMost || width * height > pixelsMost) return { fault: 'tooManyPixels' }
  return { kind, bytes: joined(cleaned.parts), width, height }
}

/** A PDF goes as it is: its metadata is woven into it. One that was cut short has no end mark. */
function pdf(bytes: Uint8Array): Judged {
  for (let at = bytes.length - 5; at >= Math.max(0, bytes.length - 2_048); at -= 1) {
    if (says(bytes, at, '%%EOF')) return { kind: 'application/pdf', bytes, width: 0, height: 0 }
  }
  return { fault: 'damaged' }
}

export function judgeEnclosure(bytes: Uint8Array): Judged {
  if (bytes.length === 0) return { fault: 'empty' }
  if (isJpeg(bytes)) return picture('image/jpeg', cleanJpeg(bytes))
  if (isPng(bytes)) return picture('image/png', cleanPng(bytes))
  if (isWebp(bytes)) return picture('image/webp', cleanWebp(bytes))
  if (says(bytes, 0, '%PDF-')) return pdf(bytes)
  return { fault: 'unknown' }
}
