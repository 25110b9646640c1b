import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeEnclosure } from './index.ts'
import { madeJpeg, madePdf, madePng, madeWebp } from './made-files.ts'

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const judged = (bytes: Uint8Array) => {
  const found = judgeEnclosure(bytes)
  if ('fault' in found) throw new Error(found.fault)
  return found
}
const fault = (bytes: Uint8Array) => {
  const found = judgeEnclosure(bytes)
  return 'fault' in found ? found.fault : found.kind
}
const orientation = (bytes: Uint8Array) => {
  const at = latin(bytes).indexOf('Exif\0\0MM')
  return at < 0 ? 1 : bytes[at + 25]
}

describe('what a brought file is', () => {
  it('CMD30 it is told by its bytes, whatever it is called', () => {
    expect(fault(madeJpeg())).toBe('image/jpeg')
    expect(fault(madePng())).toBe('image/png')
    expect(fault(madeWebp())).toBe('image/webp')
    expect(fault(madePdf())).toBe('application/pdf')
    expect(judged(madeJpeg({ width: 4_000, height: 3_000 }))).toMatchObject({ width: 4_000, height: 3_000 })
    expect(judged(madePng(640, 480))).toMatchObject({ width: 640, height: 480 })
    expect(judged(madeWebp(640, 480))).toMatchObject({ width: 640, height: 480 })
    expect(fault(new Uint8Array())).toBe('empty')
    for (const text of [
      '<svg onload=alert(1)>',
      '<html>',
      'GIF89a',
      'PK\u0003\u0004',
      'MZ',
      '\u0000\u0000',
      'RIFF',
    ])
      expect(fault(Buffer.from(text))).toBe('unknown')
  })

  it('CMD31 place, owner, time, comments and thumbnails are left out; what draws the picture stays', () => {
    const jpeg = latin(judged(madeJpeg()).bytes)
    expect(latin(madeJpeg())).toContain('OWNER')
    for (const gone of ['OWNER', 'GPS', 'CAM', 'xmpmeta', 'MPF', 'comment']) expect(jpeg).not.toContain(gone)
    expect(jpeg).toContain('JFIF')
    expect(jpeg).toContain('ICC_PROFILE')
    const png = latin(
      judged(
        madePng(4, 3, [
          ['iTXt', 'OWNER'],
          ['acTL', 'x'],
          ['zzzz', 'OWNER'],
        ]),
      ).bytes,
    )
    for (const gone of ['OWNER', 'tEXt', 'eXIf', 'tIME', 'acTL']) expect(png).not.toContain(gone)
    for (const kept of ['IHDR', 'gAMA', 'IDAT', 'IEND']) expect(png).toContain(kept)
    const webp = judged(madeWebp()).bytes
    for (const gone of ['OWNER', 'EXIF', 'XMP']) expect(latin(webp)).not.toContain(gone)
    // The length in the head is that of what is left, and the flags no longer promise what is gone.
    expect(new DataView(webp.buffer, webp.byteOffset).getUint32(4, true)).toBe(webp.length - 8)
    expect(webp[20]).toBe(0x20)
  })

  it('CMD31 which side is up stays, because a phone turns a picture by that alone', () => {
    for (const side of [2, 3, 6, 8]) {
      expect(orientation(judged(madeJpeg({ orientation: side })).bytes)).toBe(side)
      expect(orientation(judged(madeJpeg({ orientation: side, little: true })).bytes)).toBe(side)
    }
    expect(latin(judged(madeJpeg({ orientation: 1 })).bytes)).not.toContain('Exif')
    expect(orientation(judged(madeJpeg({ orientation: 99 })).bytes)).toBe(1)
    // Cleaned again it is the same: nothing is added twice.
    const once = judged(madeJpeg()).bytes
    expect(Buffer.from(judged(once).bytes).equals(Buffer.from(once))).toBe(true)
  })

  it('CMD31 what follows the end of a picture is cut off', () => {
    const after = latin(judged(madeJpeg({ after: '<script>PK archive</script>' })).bytes)
    expect(after).not.toContain('script')
    const png = judged(Buffer.concat([madePng(), Buffer.from('PK archive')])).bytes
    expect(latin(png)).not.toContain('archive')
    const webp = judged(Buffer.concat([madeWebp(), Buffer.from('PK archive')])).bytes
    expect(latin(webp)).not.toContain('archive')
  })

  it('CMD32 what is broken off, empty inside or too many pixels is refused', () => {
    for (const whole of [madeJpeg(), madePng(), madeWebp()]) {
      for (const length of [9, 20, 40, whole.length - 30, whole.length - 1]) {
        expect(['damaged', 'unknown']).toContain(fault(whole.subarray(0, length)))
      }
    }
    expect(fault(madePdf().subarray(0, 30))).toBe('damaged')
    expect(fault(madePng(0, 3))).toBe('damaged')
    expect(fault(madePng(60_000, 60_000))).toBe('tooManyPixels')
    expect(fault(madePng(16_001, 1))).toBe('tooManyPixels')
    expect(fault(madeJpeg({ width: 65_535, height: 65_535 }))).toBe('tooManyPixels')
    expect(fault(madePng(4, 3, [['HUGE', 'critical and unknown']]))).toBe('damaged')
  })

  it('CMD32 no bytes at all make it fail or run on', () => {
    const heads = [madeJpeg(), madePng(), madeWebp(), madePdf()]
    fc.assert(
      fc.property(
        fc.constantFrom(...heads),
        fc.uint8Array({ maxLength: 60 }),
        fc.nat(200),
        (head, noise, at) => {
          const bytes = Uint8Array.from(head)
          bytes.set(noise.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length))
          const found = judgeEnclosure(bytes)
          if (!('fault' in found)) expect(found.bytes.length).toBeLessThanOrEqual(bytes.length + 40)
        },
      ),
      { seed: 7, numRuns: 3_000 },
    )
  })
})
