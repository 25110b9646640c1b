// Small files made by hand for the tests: whole by the letter of their formats, with what a camera would tell.
const ascii = (text: string) => [...text].map(letter => letter.charCodeAt(0))
const be32 = (n: number) => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]
const le32 = (n: number) => be32(n).reverse()
const segment = (code: number, body: number[]) => [
  0xff,
  code,
  (body.length + 2) >> 8,
  (body.length + 2) & 255,
  ...body,
]

/** EXIF with an orientation, a maker and a place, big-endian or little-endian. */
function exif(orientation: number, little: boolean): number[] {
  const n = (value: number, bytes: number) => {
    const all = Array.from({ length: bytes }, (_x, at) => (value >>> (8 * (bytes - 1 - at))) & 255)
    return little ? all.reverse() : all
  }
  const entry = (tag: number, type: number, count: number, value: number[]) => [
    ...n(tag, 2),
    ...n(type, 2),
    ...n(count, 4),
    ...value,
  ]
  return [
    ...ascii('Exif\0\0'),
    ...(little ? ascii('II') : ascii('MM')),
    ...n(42, 2),
    ...n(8, 4),
    ...n(2, 2),
    ...entry(0x010f, 2, 4, ascii('CAM\0')),
    ...entry(0x0112, 3, 1, [...n(orientation, 2), 0, 0]),
    ...n(0, 4),
    ...ascii('GPS 40.5678 107.1234 OWNER'),
  ]
}

export interface JpegOptions {
  orientation?: number
  little?: boolean
  width?: number
  height?: number
  after?: string
}

export function madeJpeg(options: JpegOptions = {}): Uint8Array {
  const { orientation = 6, little = false, width = 4, height = 3, after = '' } = options
  const size = (n: number) => [n >> 8, n & 255]
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xe1, exif(orientation, little)),
    ...segment(0xe1, ascii('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>OWNER</x:xmpmeta>')),
    ...segment(0xe2, ascii('ICC_PROFILE\0profile')),
    ...segment(0xe2, ascii('MPF\0second picture')),
    ...segment(0xfe, ascii('a comment by OWNER')),
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]),
    ...segment(0xc0, [8, ...size(height), ...size(width), 1, 1, 0x11, 0]),
    ...segment(0xc4, [0, ...Array.from({ length: 16 }, () => 0)]),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    ...[0x12, 0xff, 0x00, 0x34, 0xff, 0xd3, 0x56],
    ...[0xff, 0xd9],
    ...ascii(after),
  ])
}

const chunk = (type: string, body: number[]) => [...be32(body.length), ...ascii(type), ...body, 0, 0, 0, 0]
export const pngHead = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

export function madePng(width = 4, height = 3, more: [string, string][] = []): Uint8Array {
  return Uint8Array.from([
    ...pngHead,
    ...chunk('IHDR', [...be32(width), ...be32(height), 8, 2, 0, 0, 0]),
    ...chunk('tEXt', ascii('Author\0OWNER')),
    ...chunk('eXIf', ascii('GPS OWNER')),
    ...more.flatMap(([type, body]) => chunk(type, ascii(body))),
    ...chunk('gAMA', be32(45_455)),
    ...chunk('IDAT', [0x78, 0x9c, 1, 2, 3]),
    ...chunk('tIME', [0, 0, 0, 0, 0, 0, 0]),
    ...chunk('IEND', []),
  ])
}

export function madeWebp(width = 4, height = 3): Uint8Array {
  const le24 = (n: number) => le32(n).slice(0, 3)
  const riff = (type: string, body: number[]) => [
    ...ascii(type),
    ...le32(body.length),
    ...body,
    ...(body.length % 2 ? [0] : []),
  ]
  const body = [
    ...ascii('WEBP'),
    ...riff('VP8X', [0x2c, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)]),
    ...riff('ICCP', ascii('profile')),
    ...riff('VP8L', [0x2f, 1, 2, 3, 4, 5, 6]),
    ...riff('EXIF', ascii('GPS OWNER')),
    ...riff('XMP ', ascii('<x>OWNER</x>')),
  ]
  return Uint8Array.from([...ascii('RIFF'), ...le32(body.length), ...body])
}

export const madePdf = () => Uint8Array.from(ascii('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'))
