import { describe, expect, it } from 'vitest'
import { Problem } from '../../kernel/contract.ts'
import { world } from '../../kernel/world.ts'
import { fixtureCases } from '../../sheets/fixture-cases.ts'
import { writeWorkbook } from '../../sheets/index.ts'
import { access } from '../access/index.ts'
import { operations } from '../operations/index.ts'
import { addUnit, importOfficers, officers } from './contracts.ts'
import { people } from './index.ts'
import { importing } from './test-import.ts'

describe('import of foreign and large files', async () => {
  const w = await world([access, operations, people], '2021-11-03T06:00:00.000Z')
  const admin = w.person('周示一', ['administrator'])
  const viewer = w.person('韩样九', ['viewer'])

  const { look, withIds } = importing(w, admin)
  const addUnits = async () => {
    const unit = (name: string, shortName: string) => ({
      unitId: w.newId(),
      name,
      shortName,
      kind: 'station' as const,
    })
    await admin.does(addUnit, unit('城东派出所', '城东所'))
    await admin.does(addUnit, unit('交通警察大队', '交警'))
  }

  const hostile = [
    ...fixtureCases('hostile/workbooks', /\.(xlsx?|xlsm|xlsb|ods|csv)$/i),
    ...fixtureCases('lists', /\.(csv|xlsx)$/),
    ...fixtureCases('rosters', /\.(csv|xlsx)$/),
    ...fixtureCases('hostile/csv-spectrum/csvs', /\.csv$/),
  ]
  it(`PPL40 ${hostile.length} foreign and hostile files: a preview that adds up, or a problem in words`, async () => {
    let previews = 0
    let mappedByHand = 0
    const waiting = [...hostile]
    const one = async ({ name, bytes }: (typeof hostile)[number]) => {
      try {
        const seen = await look(name, Buffer.from(bytes))
        previews += 1
        const [a, b, c] = seen.columns.map(column => column.letter)
        if (seen.missing.length === 0 || !a || !b || !c || mappedByHand >= 12) return
        mappedByHand += 1
        await look(name, Buffer.from(bytes), { mapping: { [a]: 'name', [b]: 'badge', [c]: 'unit' } })
      } catch (error) {
        if (!(error instanceof Problem)) throw new Error(`${name}: ${(error as Error).stack}`)
        expect(`${error.entry.zh} ${error.entry.en}`).toMatch(/\p{Script=Han}.*[a-z]/su)
      }
    }
    // Reading happens in workers, two at a time; a third in line keeps both busy.
    const line = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await one(next)
    }
    await Promise.all([line(), line(), line()])
    if (hostile.length > 0) expect(previews).toBeGreaterThan(10)
  }, 240_000)

  it('PPL41 5,000 officers through file, preview and command', async () => {
    await addUnits()
    const rows = Array.from({ length: 5_000 }, (_, at) => ({
      姓名: `示${'甲乙丙丁戊己庚辛壬癸'.charAt(at % 10)}${'一二三四五六七八九十'.charAt(Math.floor(at / 10) % 10)}`,
      警号: at % 3 === 0 ? String(900_000 + at) : `FJ${String(at).padStart(5, '0')}`,
      单位: at % 2 === 0 ? '交警' : '城东派出所',
      电话: String(10_000_000_000 + at),
      资质: at % 4 === 0 ? '带班、防护' : '驾驶',
    }))
    const bytes = await writeWorkbook({
      sheetName: '全局',
      columns: ['姓名', '警号', '单位', '电话', '资质'].map(header => ({
        key: header,
        header,
        kind: 'text' as const,
      })),
      rows,
    })
    const from = performance.now()
    const seen = await look('五千人.xlsx', bytes)
    const read = performance.now()
    expect(seen.counts).toMatchObject({ read: 5_000, added: 5_000 })
    const answer = await admin.does(importOfficers, { rows: withIds(seen.accepted) })
    const done = performance.now()
    console.log(`[import] preview ${Math.round(read - from)} ms, command ${Math.round(done - read)} ms`)
    expect(answer).toEqual({ added: 5_000, updated: 0, unchanged: 0, phones: 0 })
    expect((await viewer.asks(officers)).total).toBe(5_000)
  }, 120_000)
})
