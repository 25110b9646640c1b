// Brings files to the uploads of this module and fetches its files, as a page would.
import type { Person, World } from '../../kernel/world.ts'
import type { Bureau } from './test-bureau.ts'
import type { GeoJsonPreview } from './upload-geojson.ts'
import type { SheetPreview } from './upload-sheet.ts'

interface Counts {
  read: number
  accepted: number
  refused: number
  duplicate: number
}
/** Every row read is accepted, refused or duplicate. */
export function addsUp({ counts }: { counts: Counts }): void {
  const { read, accepted, refused, duplicate } = counts
  if (accepted + refused + duplicate === read) return
  throw new Error(`${accepted} + ${refused} + ${duplicate} is not ${read}`)
}

export function filesOf(w: World, zhou: Person, { operationId, station }: Bureau) {
  async function brings<T>(name: string, fileName: string, bytes: Buffer | string, more: object) {
    const one = w.kernel.registry.uploads.get(name)
    const input = one?.input.parse({ operationId, coordinates: 'wgs84', ...more })
    const file = { fileName, bytes: Buffer.from(bytes) }
    return (await one?.read(file, input, await w.kernel.reader(zhou.actor))) as T
  }
  return {
    sheet: (fileName: string, bytes: Buffer | string, more: object = {}) =>
      brings<SheetPreview>('posts.readSheet', fileName, bytes, more),
    refusedRows: (fileName: string, bytes: Buffer | string) =>
      brings<{ fileName: string; base64: string }>('posts.errorRows', fileName, bytes, {}),
    geo: (value: unknown, more: object = {}) =>
      brings<GeoJsonPreview>(
        'posts.readGeoJson',
        'map.geojson',
        typeof value === 'string' ? value : JSON.stringify(value),
        { unitId: station, ...more },
      ),
    async makes(name: string, input: object): Promise<Buffer> {
      const maker = w.kernel.registry.files.get(name)
      const made = await maker?.make(maker.input.parse(input), await w.kernel.reader(zhou.actor))
      return made?.bytes ?? Buffer.alloc(0)
    },
  }
}
