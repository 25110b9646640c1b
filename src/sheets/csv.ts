import { SheetProblem } from './problems.ts'

export const csvEncodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'windows-1252'] as const
export type CsvEncoding = (typeof csvEncodings)[number]

function decodeFatal(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Line of the first byte that is not UTF-8, so that the person can look there. */
function firstBadLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  let start = 0
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start)
    const stop = end === -1 ? bytes.length : end + 1
    try {
      decoder.decode(bytes.subarray(start, stop))
    } catch {
      return line
    }
    line += 1
    start = stop
  }
  return line
}

/**
 * Nearly any two bytes above 0x80 are some character of GB18030, so a broken UTF-8 or a Latin-1 file
 * "decodes" into rare characters. Real Chinese text lies almost wholly in the area of GB 2312.
 */
function looksLikeGb(bytes: Uint8Array): boolean {
  let pairs = 0
  let common = 0
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at]!
    if (lead < 0x81) continue
    const trail = bytes[at + 1] ?? 0
    if (trail >= 0x30 && trail <= 0x39) {
      at += 3
      continue
    }
    pairs += 1
    if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xf7) || (lead >= 0xa1 && lead <= 0xa9))) common += 1
    at += 1
  }
  return pairs === 0 || common / pairs >= 0.9
}

/**
 * UTF-8, then GB18030, both without tolerance, then the person is asked: `asked` carries the answer.
 * The byte order mark decides when there is one.
 */
export function decodeCsv(bytes: Uint8Array, asked?: string): { text: string; encoding: string } {
  const unknown = (line = firstBadLine(bytes)) =>
    new SheetProblem('sheets/unknown-encoding', { line }, { line })
  if (asked !== undefined) {
    if (!(csvEncodings as readonly string[]).includes(asked)) throw unknown(1)
    const text = decodeFatal(bytes, asked)
    if (text === null) throw unknown()
    return { text, encoding: asked }
  }
  const marks: [string, number[]][] = [
    ['utf-8', [0xef, 0xbb, 0xbf]],
    ['utf-16le', [0xff, 0xfe]],
    ['utf-16be', [0xfe, 0xff]],
  ]
  for (const [encoding, mark] of marks) {
    if (!mark.every((byte, index) => bytes[index] === byte)) continue
    const text = decodeFatal(bytes, encoding)
    if (text === null) throw unknown()
    return { text, encoding: encoding === 'utf-8' ? 'utf-8-bom' : encoding }
  }
  const utf8 = decodeFatal(bytes, 'utf-8')
  if (utf8 !== null) return { text: utf8, encoding: 'utf-8' }
  const gb = looksLikeGb(bytes) ? decodeFatal(bytes, 'gb18030') : null
  if (gb === null) throw unknown()
  return { text: gb, encoding: 'gb18030' }
}

/** Excel's own hint in the first line: `sep=;`. */
const separatorHint = /^sep=([,;\t|])\r?(?:\n|$)/i

/**
 * The delimiter under which the first records most often have the same number of fields, more than one.
 * A file of one column has none; the comma then does no harm.
 */
export function detectDelimiter(text: string): string {
  const hint = separatorHint.exec(text)
  if (hint) return hint[1]!
  const sample = text.slice(0, 64_000)
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of [',', ';', '\t']) {
    const lengths: number[] = []
    try {
      parseCsv(sample, delimiter, (_row, fields) => {
        if (fields.length > 1 || fields[0] !== '') lengths.push(fields.length)
        return lengths.length < 100
      })
    } catch {
      // The sample may end inside a quoted field; what was read up to there decides.
    }
    const counts = new Map<number, number>()
    for (const length of lengths) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1)
    const [fields, agreeing] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
    const score = (agreeing / Math.max(1, lengths.length)) * Math.log2(fields + 1)
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

/**
 * RFC 4180, and what Excel does beyond it: text after a closing quote is appended, a quote inside an
 * unquoted field is a character, CR alone ends a record. `onRow` gets the row as Excel would number it;
 * when it returns false, parsing stops. The hint line `sep=` counts as a row but is not handed on.
 */
export function parseCsv(
  text: string,
  delimiter: string,
  onRow: (rowNumber: number, fields: string[]) => boolean,
): void {
  const special = new RegExp(`[${delimiter === '\t' ? '\\t' : delimiter}\\r\\n]`, 'g')
  let at = 0
  let rowNumber = 1
  const hint = separatorHint.exec(text)
  if (hint) {
    at = hint[0].length
    rowNumber = 2
  }
  let fields: string[] = []
  while (at < text.length) {
    let value = ''
    if (text[at] === '"') {
      const quoted = readQuoted(text, at, rowNumber)
      value = quoted.value
      at = quoted.next
    }
    special.lastIndex = at
    const found = special.exec(text)
    const end = found === null ? text.length : found.index
    fields.push(end === at ? value : value + text.slice(at, end))
    at = end + 1
    if (found !== null && found[0] === delimiter) {
      // A delimiter as the very last character still opens one more, empty field.
      if (at >= text.length) fields.push('')
      else continue
    }
    if (found !== null && found[0] === '\r' && text[at] === '\n') at += 1
    if (!onRow(rowNumber, fields)) return
    fields = []
    rowNumber += 1
  }
}

function readQuoted(text: string, open: number, row: number): { value: string; next: number } {
  let from = open + 1
  let value = ''
  for (;;) {
    const close = text.indexOf('"', from)
    if (close === -1) throw new SheetProblem('sheets/open-quote', { row }, { row })
    value += text.slice(from, close)
    if (text[close + 1] !== '"') return { value, next: close + 1 }
    value += '"'
    from = close + 2
  }
}
