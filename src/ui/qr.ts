/**
 * A QR code of a short text: byte mode, versions 1 to 6, error correction level M (15 % may be dirty), as ISO/IEC 18004
 * has it. Pure. Versions above 6 carry a second kind of format information and are not needed for an address.
 */

/** Data codewords a block, error correction codewords a block, blocks: level M of versions 1 to 6. */
const levelM = [
  { data: 16, ec: 10, blocks: 1 },
  { data: 28, ec: 16, blocks: 1 },
  { data: 44, ec: 26, blocks: 1 },
  { data: 32, ec: 18, blocks: 2 },
  { data: 43, ec: 24, blocks: 2 },
  { data: 27, ec: 16, blocks: 4 },
] as const
type Layout = (typeof levelM)[number]

/** Longest text in bytes of UTF-8. */
export const qrBytesMost = 106

/** Rows of modules; true is dark. Without the quiet zone of four modules that must surround it. */
export type QrMatrix = boolean[][]

// ------------------------------------------------------------------------------------------------ GF(256), Reed–Solomon

const exp = new Uint8Array(512)
const log = new Uint8Array(256)
for (let power = 0, value = 1; power < 255; power += 1) {
  exp[power] = value
  log[value] = power
  value = value & 0x80 ? (value << 1) ^ 0x11d : value << 1
}
for (let power = 255; power < 512; power += 1) exp[power] = exp[power - 255] ?? 0

const times = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : (exp[(log[a] ?? 0) + (log[b] ?? 0)] ?? 0)

/** The generator polynomial of so many error correction codewords, highest power first, without its leading 1. */
function generator(length: number): number[] {
  let poly = [1]
  for (let root = 0; root < length; root += 1) {
    const next = new Array<number>(poly.length + 1).fill(0)
    poly.forEach((factor, at) => {
      next[at] = (next[at] ?? 0) ^ factor
      next[at + 1] = (next[at + 1] ?? 0) ^ times(factor, exp[root] ?? 0)
    })
    poly = next
  }
  return poly.slice(1)
}

export function errorCorrection(data: readonly number[], length: number): number[] {
  const divisor = generator(length)
  const rest = new Array<number>(length).fill(0)
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0)
    rest.push(0)
    divisor.forEach((one, at) => {
      rest[at] = (rest[at] ?? 0) ^ times(one, factor)
    })
  }
  return rest
}

// ------------------------------------------------------------------------------------------------------- codewords

/** The smallest version that holds the bytes; the head takes twelve bits. */
function versionFor(bytes: Uint8Array): number {
  const at = levelM.findIndex(({ data, blocks }) => bytes.length + 2 <= data * blocks)
  if (at < 0) throw new Error(`invariant: a QR code here holds ${qrBytesMost} bytes, not ${bytes.length}`)
  return at + 1
}

function dataCodewords(bytes: Uint8Array, { data, blocks }: Layout): number[] {
  const bits: number[] = []
  const put = (value: number, width: number) => {
    for (let bit = width - 1; bit >= 0; bit -= 1) bits.push((value >> bit) & 1)
  }
  put(0b0100, 4)
  put(bytes.length, 8)
  for (const byte of bytes) put(byte, 8)
  const whole = data * blocks * 8
  put(0, Math.min(4, whole - bits.length))
  while (bits.length % 8 !== 0) bits.push(0)
  const words: number[] = []
  for (let at = 0; at < bits.length; at += 8) words.push(Number.parseInt(bits.slice(at, at + 8).join(''), 2))
  for (let pad = 0; words.length < data * blocks; pad += 1) words.push(pad % 2 === 0 ? 0xec : 0x11)
  return words
}

/** Blocks are interleaved, so that a scratch takes a little of each. */
function codewords(bytes: Uint8Array, layout: Layout): number[] {
  const words = dataCodewords(bytes, layout)
  const blocks = Array.from({ length: layout.blocks }, (_, n) =>
    words.slice(n * layout.data, (n + 1) * layout.data),
  )
  const corrections = blocks.map(block => errorCorrection(block, layout.ec))
  const all: number[] = []
  for (let at = 0; at < layout.data; at += 1) for (const block of blocks) all.push(block[at] ?? 0)
  for (let at = 0; at < layout.ec; at += 1) for (const block of corrections) all.push(block[at] ?? 0)
  return all
}

// ---------------------------------------------------------------------------------------------------------- matrix

interface Sheet {
  size: number
  dark: boolean[][]
  /** Modules of finders, timing, alignment and format: no data stands there and no mask turns them. */
  fixed: boolean[][]
}

function blank(version: number): Sheet {
  const size = 17 + 4 * version
  const rows = () => Array.from({ length: size }, () => new Array<boolean>(size).fill(false))
  return { size, dark: rows(), fixed: rows() }
}

function set({ dark, fixed }: Sheet, row: number, column: number, value: boolean): void {
  const [darkRow, fixedRow] = [dark[row], fixed[row]]
  if (!darkRow || !fixedRow || column < 0 || column >= darkRow.length) return
  darkRow[column] = value
  fixedRow[column] = true
}

function finder(sheet: Sheet, top: number, left: number): void {
  for (let row = -1; row <= 7; row += 1) {
    for (let column = -1; column <= 7; column += 1) {
      const ring = Math.max(Math.abs(row - 3), Math.abs(column - 3))
      set(sheet, top + row, left + column, ring !== 2 && ring <= 3)
    }
  }
}

function patterns(sheet: Sheet, version: number): void {
  const { size } = sheet
  for (let at = 0; at < size; at += 1) {
    set(sheet, 6, at, at % 2 === 0)
    set(sheet, at, 6, at % 2 === 0)
  }
  finder(sheet, 0, 0)
  finder(sheet, 0, size - 7)
  finder(sheet, size - 7, 0)
  if (version === 1) return
  const middle = size - 7
  for (let row = -2; row <= 2; row += 1) {
    for (let column = -2; column <= 2; column += 1) {
      set(sheet, middle + row, middle + column, Math.max(Math.abs(row), Math.abs(column)) !== 1)
    }
  }
}

/** Level M is 00; five bits with ten of correction, turned by a fixed mask so that they are never all light. */
export function formatBits(mask: number): number {
  let rest = mask << 10
  for (let bit = 14; bit >= 10; bit -= 1) if ((rest >> bit) & 1) rest ^= 0x537 << (bit - 10)
  return ((mask << 10) | rest) ^ 0x5412
}

function format(sheet: Sheet, mask: number): void {
  const { size } = sheet
  const bits = formatBits(mask)
  for (let bit = 0; bit < 15; bit += 1) {
    const dark = ((bits >> bit) & 1) === 1
    // Around the finder at the top left, beside the timing patterns.
    const along = bit < 6 ? bit : bit < 8 ? bit + 1 : 14 - bit
    if (bit < 8) set(sheet, along, 8, dark)
    else set(sheet, 8, bit === 8 ? 7 : along, dark)
    // And again at the two others.
    if (bit < 8) set(sheet, 8, size - 1 - bit, dark)
    else set(sheet, size - 15 + bit, 8, dark)
  }
  set(sheet, size - 8, 8, true)
}

const masks: readonly ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  r => r % 2 === 0,
  (_r, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
]

/** Two columns at a time, up and down, from the lower right, around what is fixed; light where the bits run out. */
function data(sheet: Sheet, words: readonly number[], mask: number): void {
  const { size, dark, fixed } = sheet
  const turned = masks[mask]
  if (!turned) throw new Error('invariant: there are eight masks')
  let bit = 0
  let up = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1
    for (let step = 0; step < size; step += 1) {
      const row = up ? size - 1 - step : step
      for (const column of [right, right - 1]) {
        if (fixed[row]?.[column]) continue
        const one = (((words[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
        bit += 1
        const line = dark[row]
        if (line) line[column] = one !== turned(row, column)
      }
    }
    up = !up
  }
}

// --------------------------------------------------------------------------------------------------------- penalty

const finderLike = ['10111010000', '00001011101']

function linePenalty(line: readonly boolean[]): number {
  let penalty = 0
  let run = 0
  line.forEach((dark, at) => {
    run = at > 0 && dark === line[at - 1] ? run + 1 : 1
    if (run === 5) penalty += 3
    else if (run > 5) penalty += 1
  })
  const text = line.map(dark => (dark ? '1' : '0')).join('')
  for (let at = 0; at + 11 <= text.length; at += 1)
    if (finderLike.includes(text.slice(at, at + 11))) penalty += 40
  return penalty
}

/** How badly a matrix reads, by the four rules of the standard. */
export function penaltyOf(dark: QrMatrix): number {
  const size = dark.length
  const columns = dark.map((_row, at) => dark.map(row => row[at] ?? false))
  let penalty = [...dark, ...columns].reduce((sum, line) => sum + linePenalty(line), 0)
  let many = 0
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const one = dark[row]?.[column]
      if (one) many += 1
      const below = dark[row + 1]
      if (!below || column + 1 >= size) continue
      if (one === dark[row]?.[column + 1] && one === below[column] && one === below[column + 1]) penalty += 3
    }
  }
  const percent = (many * 100) / (size * size)
  return penalty + Math.floor(Math.abs(percent - 50) / 5) * 10
}

// ------------------------------------------------------------------------------------------------------------ made

/** One matrix with a given mask; `qrOf` takes the mask that reads best. */
export function qrWithMask(text: string, mask: number): QrMatrix {
  const bytes = new TextEncoder().encode(text)
  const version = versionFor(bytes)
  const layout = levelM[version - 1]
  if (!layout) throw new Error('invariant: a version has its layout')
  const sheet = blank(version)
  patterns(sheet, version)
  format(sheet, mask)
  data(sheet, codewords(bytes, layout), mask)
  return sheet.dark
}

export function qrOf(text: string): QrMatrix {
  let best: { matrix: QrMatrix; penalty: number } | undefined
  for (let mask = 0; mask < masks.length; mask += 1) {
    const matrix = qrWithMask(text, mask)
    const penalty = penaltyOf(matrix)
    if (!best || penalty < best.penalty) best = { matrix, penalty }
  }
  if (!best) throw new Error('invariant: there are eight masks')
  return best.matrix
}

/** The dark modules as one SVG path on a grid of the matrix's size, a run of modules a rectangle. */
export function qrPath(matrix: QrMatrix): string {
  let path = ''
  matrix.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x += 1
      path += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`
    }
  })
  return path
}
