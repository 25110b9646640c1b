// A tile archive for tests, written by hand: one vector tile at zoom 0 whose layer `water` covers all the world.
// PMTiles 3 (127 bytes of header, a directory of one entry, metadata, tiles) around a Mapbox vector tile.

const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)])
const field = (number: number, bytes: number[]): number[] => [
  ...varint((number << 3) | 2),
  ...varint(bytes.length),
  ...bytes,
]
const number = (at: number, value: number): number[] => [...varint(at << 3), ...varint(value)]
const zigzag = (n: number) => (n << 1) ^ (n >> 31)

function waterTile(): Buffer {
  const extent = 4096
  // MoveTo one point, LineTo three, ClosePath: the square of the tile.
  const square = [9, 0, 0, 26, zigzag(extent), 0, 0, zigzag(extent), zigzag(-extent), 0, 15]
  const feature = [...number(3, 3), ...field(4, square.flatMap(varint))]
  const name = [...Buffer.from('water')]
  const layer = [...number(15, 2), ...field(1, name), ...field(2, feature), ...number(5, extent)]
  return Buffer.from(field(3, layer))
}

/** The archive as bytes; `damaged` cuts it off behind its header. */
export function madeTiles({ damaged = false } = {}): Buffer {
  const tile = waterTile()
  // Entries, then of each: tile id, run length, length, offset + 1.
  const directory = Buffer.from([
    ...varint(1),
    ...varint(0),
    ...varint(1),
    ...varint(tile.length),
    ...varint(1),
  ])
  const metadata = Buffer.from(JSON.stringify({ vector_layers: [{ id: 'water', fields: {} }] }))
  const head = Buffer.alloc(127)
  head.write('PMTiles', 0, 'latin1')
  head[7] = 3
  const sections = [directory.length, metadata.length, 0, tile.length]
  let offset = head.length
  for (const [n, length] of sections.entries()) {
    head.writeBigUInt64LE(BigInt(offset), 8 + n * 16)
    head.writeBigUInt64LE(BigInt(length), 16 + n * 16)
    offset += length
  }
  for (const at of [72, 80, 88]) head.writeBigUInt64LE(1n, at)
  // Clustered; directories and tiles not packed; vector tiles; zoom 0 alone.
  head.set([1, 1, 1, 1, 0, 0], 96)
  head.writeInt32LE(-1_800_000_000, 102)
  head.writeInt32LE(-850_000_000, 106)
  head.writeInt32LE(1_800_000_000, 110)
  head.writeInt32LE(850_000_000, 114)
  return Buffer.concat(damaged ? [head] : [head, directory, metadata, tile])
}
