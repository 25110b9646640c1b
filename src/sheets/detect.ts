import type { WorkbookFormat } from './cells.ts'
import { SheetProblem } from './problems.ts'
import { isZip } from './zip.ts'

/** `compound` is the container of old Office files: .xls, but also .doc and every encrypted .xlsx. */
export type Container = 'zip' | 'compound' | 'bare-xls' | 'text'

const foreign: [string, number[]][] = [
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  ['RAR', [0x52, 0x61, 0x72, 0x21]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['gzip', [0x1f, 0x8b]],
  ['RTF', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['GIF', [0x47, 0x49, 0x46, 0x38]],
]

function startsWith(bytes: Uint8Array, mark: number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte)
}

/** Looks at the content only; a name can be anything. */
export function detectContainer(bytes: Uint8Array): Container {
  if (isZip(bytes)) return 'zip'
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return 'compound'
  if (bytes[0] === 9 && [0, 2, 4, 8].includes(bytes[1] ?? -1) && bytes.length > 8) return 'bare-xls'
  for (const [found, mark] of foreign)
    if (startsWith(bytes, mark)) throw new SheetProblem('sheets/not-a-workbook', { found })
  const head = bytes.subarray(0, 4096)
  const utf16 = startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])
  const controls = head.filter(byte => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length
  if (!utf16 && (head.includes(0) || controls > head.length / 20))
    throw new SheetProblem('sheets/not-a-workbook', { found: 'binary' })
  const start = new TextDecoder('latin1')
    .decode(head)
    .replace(/^[^<]{0,3}/, '')
    .trimStart()
    .toLowerCase()
  if (/^(<!doctype html|<html|<table|<\?xml|<meta|<head|<body)/.test(start))
    throw new SheetProblem('sheets/web-page')
  return 'text'
}

/** Which workbook the parts of a zip make up. Word, PowerPoint and plain archives are named as such. */
export function detectZipFormat(parts: Map<string, Uint8Array>): 'xlsx' | 'xlsb' | 'ods' {
  const text = (name: string) => new TextDecoder().decode(parts.get(name)?.subarray(0, 1_000_000))
  const notOne = (found: string) => new SheetProblem('sheets/not-a-workbook', { found })
  if (parts.has('[Content_Types].xml')) {
    const types = text('[Content_Types].xml')
    if (/sheet\.binary/.test(types) || parts.has('xl/workbook.bin')) return 'xlsb'
    if (/spreadsheetml|ms-excel/i.test(types)) return 'xlsx'
    if (/wordprocessingml/i.test(types)) throw notOne('Word')
    if (/presentationml/i.test(types)) throw notOne('PowerPoint')
    throw notOne('Office')
  }
  if (/encryption-data/.test(text('META-INF/manifest.xml'))) throw new SheetProblem('sheets/encrypted')
  const mime = text('mimetype')
  if (/opendocument\.spreadsheet/.test(mime)) return 'ods'
  if (/opendocument/.test(mime)) throw notOne(mime.trim().slice(0, 60))
  if (parts.has('content.xml') && /<office:spreadsheet/.test(text('content.xml'))) return 'ods'
  if ([...parts.keys()].some(name => name.endsWith('.iwa'))) throw notOne('Numbers')
  throw notOne('zip')
}

const extensions: Record<WorkbookFormat, string[]> = {
  xlsx: ['xlsx', 'xlsm', 'xltx', 'xltm'],
  xls: ['xls', 'xlt', 'et', 'ett'],
  xlsb: ['xlsb'],
  ods: ['ods', 'ots'],
  csv: ['csv', 'txt', 'tsv', 'tab'],
}

/**
 * A name that contradicts the content is refused, because it mostly means that the wrong file, or a
 * half-converted one, was picked. A name without an extension says nothing and passes.
 */
export function checkExtension(fileName: string, format: WorkbookFormat): void {
  const extension = /\.([^./\\]{1,10})$/.exec(fileName.trim())?.[1]?.toLowerCase()
  if (extension === undefined || extensions[format].includes(extension)) return
  throw new SheetProblem('sheets/wrong-extension', { extension, found: format }, { file: fileName })
}
