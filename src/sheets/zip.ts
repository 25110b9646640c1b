import { crc32, inflateRawSync } from 'node:zlib'
import { unzipSync, zipSync } from 'fflate'
import { SheetProblem } from './problems.ts'

/**
 * The two million cells that are read at most unpack to 80–150 MB. SheetJS needs up to eight times the
 * unpacked size: a bomb of 647 kB that passed without this check grew to 2.5 GB.
 */
export const unpackedBytesMax = 160 * 1024 * 1024
/** A workbook has a dozen parts and a few per sheet and picture. */
const partsMax = 10_000

const megabyte = 1024 * 1024

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
}

/** Adds up the sizes that the zip's directory declares, without unpacking anything. */
export function checkDeclaredSizes(bytes: Uint8Array, limit = unpackedBytesMax): void {
  let total = 0
  let parts = 0
  try {
    unzipSync(bytes, {
      filter: part => {
        total += part.originalSize
        parts += 1
        if (parts > partsMax || total > limit)
          throw new SheetProblem('sheets/expands-too-far', sizes(total, limit))
        return false
      },
    })
  } catch (error) {
    if (error instanceof SheetProblem) throw error
    throw new SheetProblem('sheets/damaged', { detail: 'zip' })
  }
}

function sizes(total: number, limit: number) {
  return { size: Math.ceil(total / megabyte), limit: Math.floor(limit / megabyte) }
}

interface Part {
  name: string
  method: number
  encrypted: boolean
  crc: number
  packedBytes: number
  unpackedBytes: number
  offset: number
}

function directoryOf(view: DataView): { at: number; count: number } {
  const lowest = Math.max(0, view.byteLength - 65_557)
  for (let at = view.byteLength - 22; at >= lowest; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue
    const count = view.getUint16(at + 10, true)
    const start = view.getUint32(at + 16, true)
    if (start !== 0xffffffff && count !== 0xffff) return { at: start, count }
    if (at < 20 || view.getUint32(at - 20, true) !== 0x07064b50) break
    const end = Number(view.getBigUint64(at - 12, true))
    return { at: Number(view.getBigUint64(end + 48, true)), count: Number(view.getBigUint64(end + 32, true)) }
  }
  throw new SheetProblem('sheets/damaged', { detail: 'zip' })
}

/** Sizes of four bytes that do not suffice stand in the extra field, in this order. */
function readZip64(view: DataView, part: Part, at: number, length: number): void {
  for (let cursor = at; cursor + 4 <= at + length; ) {
    const id = view.getUint16(cursor, true)
    let field = cursor + 4
    cursor = field + view.getUint16(cursor + 2, true)
    if (id !== 1) continue
    for (const key of ['unpackedBytes', 'packedBytes', 'offset'] as const) {
      if (part[key] !== 0xffffffff) continue
      part[key] = Number(view.getBigUint64(field, true))
      field += 8
    }
  }
}

function readDirectory(bytes: Uint8Array, view: DataView): Part[] {
  const directory = directoryOf(view)
  const parts: Part[] = []
  let at = directory.at
  for (let index = 0; index < directory.count; index++) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new SheetProblem('sheets/damaged', { detail: 'zip' })
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const part: Part = {
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      unpackedBytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    }
    readZip64(view, part, at + 46 + nameLength, extraLength)
    part.name = part.name.replaceAll('\\', '/').replace(/^\/+/, '')
    parts.push(part)
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true)
  }
  return parts
}

/** Pictures and embedded files are never read; leaving them packed saves most of a decorated file. */
const unread = /(^|\/)(media|embeddings|printerSettings|Pictures|Thumbnails|ObjectReplacements)\//

/**
 * Unpacks what a workbook needs. The output of each part is bounded by the size it declared, so that a
 * directory that lies gains nothing, and the checksum is compared: SheetJS does neither.
 */
export function unpack(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const unpacked = new Map<string, Uint8Array>()
  try {
    for (const part of readDirectory(bytes, view)) {
      if (part.name.endsWith('/') || unread.test(part.name) || unpacked.has(part.name)) continue
      if (part.encrypted) throw new SheetProblem('sheets/encrypted')
      unpacked.set(part.name, unpackPart(bytes, view, part))
    }
  } catch (error) {
    if (error instanceof SheetProblem) throw error
    throw new SheetProblem('sheets/damaged', { detail: 'zip' })
  }
  return unpacked
}

function unpackPart(bytes: Uint8Array, view: DataView, part: Part): Uint8Array {
  const damaged = () => new SheetProblem('sheets/damaged', { detail: part.name.slice(0, 80) })
  if (view.getUint32(part.offset, true) !== 0x04034b50) throw damaged()
  const start =
    part.offset + 30 + view.getUint16(part.offset + 26, true) + view.getUint16(part.offset + 28, true)
  const packed = bytes.subarray(start, start + part.packedBytes)
  let content: Uint8Array = packed
  if (part.method === 8) {
    try {
      content = inflateRawSync(packed, { maxOutputLength: Math.max(1, part.unpackedBytes) })
    } catch {
      throw damaged()
    }
  } else if (part.method !== 0) throw damaged()
  if (content.length !== part.unpackedBytes || crc32(content) !== part.crc) throw damaged()
  return content
}

/** A zip without compression: SheetJS inflates in JavaScript, which is slower than the detour. */
export function repack(parts: Map<string, Uint8Array>): Uint8Array {
  return zipSync(Object.fromEntries(parts), { level: 0 })
}
