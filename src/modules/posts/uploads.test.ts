import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../kernel/contract.ts'
import { world } from '../../kernel/world.ts'
import { fixtureCases, fixtureText } from '../../sheets/fixture-cases.ts'
import { writeWorkbook } from '../../sheets/index.ts'
import { rememberMapping } from '../people/contracts.ts'
import { addPosts, openZone, postList } from './contracts.ts'
import { degreesOf, fromWgs84, toWgs84 } from './coordinates.ts'
import { postKindOf, zoneKindOf } from './kind-words.ts'
import { bureau, modules } from './test-bureau.ts'
import { addsUp, filesOf } from './test-files.ts'

/** A sheet as stations send it: title, merged units, glued numbers, two spellings, totals, foot. */
function oddSheet(): Promise<Buffer> {
  return writeWorkbook({
    sheetName: '点位',
    title: '青禾县公安局点位一览表',
    columns: [
      { key: 'n', header: '序号', kind: 'int' },
      { key: 'unit', header: '责任单位', kind: 'text', mergeDown: true },
      { key: 'contact', header: '点位负责人(点长)及电话', kind: 'text' },
      { key: 'place', header: '经纬度', kind: 'text' },
      { key: 'kind', header: '点位类别', kind: 'text' },
      { key: 'name', header: '点位名称', kind: 'text' },
      { key: 'zone', header: '所属区域', kind: 'text' },
    ],
    rows: [
      {
        n: 1,
        unit: '城东所',
        contact: '周　一10000000001',
        place: '107.1,40.1',
        kind: '封控点',
        name: '城东花园东门封控点',
        zone: '城东花园',
      },
      {
        n: 2,
        unit: '城东所',
        contact: '',
        place: '40.1,107.1',
        kind: '卡点',
        name: '石桥县际卡点',
        zone: '',
      },
      {
        n: 3,
        unit: '交通警察大队',
        contact: '郑例二',
        place: '',
        kind: '',
        name: '青禾北收费站卡口',
        zone: '',
      },
      { n: 4, unit: '不存在所', contact: '', place: '', kind: '卡口', name: '某卡口', zone: '' },
      { n: 5, unit: '交警', contact: '', place: '', kind: '城堡', name: '某城堡', zone: '不存在区' },
      { n: 6, unit: '交警', contact: '', place: '', kind: '', name: '某地', zone: '' },
      {
        n: 7,
        unit: '城东所',
        contact: '',
        place: '107.1,40.1',
        kind: '封控点',
        name: '城东花园东门封控点',
        zone: '',
      },
    ],
    totals: { label: '合计' },
    foot: true,
  })
}

describe('sheets of posts', async () => {
  const w = await world(modules)
  const zhou = w.person('周示一', ['commander', 'administrator'])
  const b = await bureau(w, zhou)
  const { operationId, station, traffic } = b

  const { sheet, refusedRows } = filesOf(w, zhou, b)

  it('POS31 the words of the paper mean the kinds of posts; 卡口 and 卡点 are one', () => {
    const expected: Record<string, string> = {
      高速卡口: 'checkpoint',
      国省道卡口: 'checkpoint',
      '省际/县际卡点': 'checkpoint',
      城区路口卡口: 'checkpoint',
      乡村卡点: 'checkpoint',
      交通检疫点: 'checkpoint',
      公安检查站: 'checkpoint',
      疫情检查执勤点: 'checkpoint',
      联防联控检查点: 'checkpoint',
      封控点: 'zoneGate',
      管控点: 'zoneGate',
      隔离点: 'isolationHotel',
      集中隔离点: 'isolationHotel',
      采样点: 'samplingSite',
      免费核酸采样点: 'samplingSite',
      '定点医院/发热门诊': 'buildingGate',
      接种点: 'buildingGate',
      车站: 'buildingGate',
      巡逻: 'patrolGrid',
      物资: 'buildingGate',
      卡口: 'checkpoint',
      卡点: 'checkpoint',
      samplingSite: 'samplingSite',
      'Building gate': 'buildingGate',
      备勤: 'reserve',
      前线指挥部: 'commandPost',
    }
    const names: Record<string, string> = {
      青禾高速青禾北收费站出口卡口: 'checkpoint',
      'S999线石桥卡口(K12+300)': 'checkpoint',
      城东花园小区东门封控点: 'zoneGate',
      学府雅苑管控点: 'zoneGate',
      青禾假日酒店集中隔离点: 'isolationHotel',
      文化广场采样点: 'samplingSite',
      县人民医院发热门诊执勤点: 'buildingGate',
      青禾客运站执勤点: 'buildingGate',
      城关第2巡区: 'patrolGrid',
      城北生活物资中转站: 'buildingGate',
      隔离酒店东侧采样点: 'samplingSite',
    }
    for (const [word, kind] of Object.entries({ ...expected, ...names }))
      expect([word, postKindOf(word)]).toEqual([word, kind])
    expect(postKindOf('文化广场')).toBeNull()
    expect(['封控区', '管控区', '防范区', '公园'].map(zoneKindOf)).toEqual([
      'sealed',
      'control',
      'precaution',
      null,
    ])
  })

  it('POS32 GCJ-02 is turned into WGS-84 and back within a metre over the whole country', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 74, max: 134, noNaN: true }),
        fc.double({ min: 19, max: 53, noNaN: true }),
        (lng, lat) => {
          const back = toWgs84(fromWgs84([lng, lat], 'gcj02'), 'gcj02')
          expect(Math.abs(back[0] - lng)).toBeLessThan(1e-5)
          expect(Math.abs(back[1] - lat)).toBeLessThan(1e-5)
        },
      ),
      { numRuns: 300 },
    )
    const [lng, lat] = toWgs84([107, 40.5], 'gcj02')
    expect(Math.hypot(lng - 107, lat - 40.5)).toBeGreaterThan(0.003)
    expect(toWgs84([107.12345678, 40.5], 'wgs84')).toEqual([107.1234568, 40.5])
    expect(
      ['107.5', 'E107.5', '107°30′', '107°30\'00"', '33.5S', '107度30分0秒', '东', ''].map(degreesOf),
    ).toEqual([107.5, 107.5, 107.5, 107.5, -33.5, 107.5, null, null])
  })

  it('POS33 6,748 named places in GB18030 are read whole and go in as sampling sites', async () => {
    const [places] = fixtureCases('lists', /^places-gb18030\.csv$/)
    if (!places) return
    const bytes = Buffer.from(places.bytes)
    const asked = { kind: 'samplingSite', unitId: station }
    const answer = await sheet('places-gb18030.csv', bytes, asked)
    expect(answer.encoding).toBe('gb18030')
    expect(answer.counts.read).toBe(6_748)
    addsUp(answer)
    expect(answer.columns.map(column => column.field)).toEqual(['name', 'lat', 'lng', null, null])
    expect(answer.counts.accepted).toBeGreaterThan(6_000)
    expect(answer.refused.every(row => row.zh !== '' && row.en !== '')).toBe(true)
    expect(answer.accepted[0]).toMatchObject({
      row: 2,
      post: { name: '三元里街道', place: { lng: 113.263635, lat: 23.160573 } },
    })
    const posts = answer.accepted.slice(0, 2_000).map(({ post }) => ({ postId: w.newId(), ...post }))
    await zhou.does(addPosts, { operationId, posts })
    const again = await sheet('places-gb18030.csv', bytes, asked)
    addsUp(again)
    expect(again.counts.duplicate).toBeGreaterThanOrEqual(answer.counts.duplicate + 2_000)
    const codes = [...posts, ...again.accepted.map(row => row.post)].map(post => post.code)
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('POS34 columns in any order, merged units, glued numbers and units by either name are understood', async () => {
    await zhou.does(openZone, {
      operationId,
      zoneId: w.newId(),
      name: '城东花园',
      kind: 'sealed',
      orderNumber: '青防指〔2021〕7号',
      approver: '冯样三',
      beginsAt: '2021-10-24T12:00:00Z',
      plannedEndAt: '2021-11-20T12:00:00Z',
    })
    const answer = await sheet('点位.xlsx', await oddSheet())
    addsUp(answer)
    expect(answer.counts).toMatchObject({ read: 7, accepted: 2, refused: 4, duplicate: 1 })
    expect(answer.accepted.map(({ post }) => post)).toMatchObject([
      {
        code: 'FK-001',
        kind: 'zoneGate',
        unitId: station,
        contactName: '周一',
        contactPhone: '10000000001',
        place: { lng: 107.1, lat: 40.1 },
      },
      { code: 'KK-001', kind: 'checkpoint', unitId: traffic, contactName: '郑例二', place: null },
    ])
    expect(answer.accepted[0]?.post.zoneId).toEqual(expect.any(String))
    expect(answer.refused.map(row => [row.row, row.header])).toEqual(
      [
        [4, '经纬度'],
        [6, '责任单位'],
        [7, '点位类别'],
        [8, '责任单位'],
      ].map(([row, header]) => [row, header === '责任单位' && row === 8 ? '点位名称' : header]),
    )
    const posts = answer.accepted.map(({ post }) => ({ postId: w.newId(), ...post }))
    await zhou.does(addPosts, { operationId, posts })
  })

  it('POS34 GCJ-02 sheets land where they belong; a place off the earth is refused with its cell', async () => {
    const csv =
      'name,类别,lng,lat,单位\n东门,卡口,107.0,40.5,城东所\n西门,卡口,40.5,107.0,城东所\n北门,卡口,107,,城东所\n'
    const answer = await sheet('gates.csv', csv, { coordinates: 'gcj02' })
    addsUp(answer)
    expect(answer.accepted[0]?.post.place?.lng).toBeCloseTo(toWgs84([107, 40.5], 'gcj02')[0], 6)
    expect(answer.refused.map(row => [row.row, row.column, row.text])).toEqual([
      [3, 'D', '107.0'],
      [4, 'C', '107'],
    ])
  })

  it('POS34 without a column of names nothing is read, and the page is told which column it lacks', async () => {
    const answer = await sheet('x.csv', '地址,经度,纬度\n学府路6号,107,40\n')
    expect(answer.missing).toEqual(['name'])
    expect(answer.counts.read).toBe(0)
    const mapped = await sheet('x.csv', '地址,经度,纬度\n学府路6号,107,40\n', {
      mapping: { A: 'name', B: 'lng', C: 'lat' },
      kind: 'checkpoint',
      unitId: station,
    })
    expect(mapped.counts).toMatchObject({ read: 1, accepted: 1 })
  })

  it('POS39 a mapping made by hand is remembered for its source, apart from the mappings of officers', async () => {
    const csv = '何处,谁管\n城东花园西门,城东所\n'
    const asked = { kind: 'zoneGate' }
    expect(await sheet('外来.csv', csv, asked)).toMatchObject({ missing: ['name'], remembered: false })
    const chosen = await sheet('外来.csv', csv, { ...asked, mapping: { A: 'name', B: 'unit' } })
    expect(chosen.counts).toMatchObject({ read: 1, accepted: 1 })
    const { source, signature } = chosen
    const columns = chosen.columns.map(({ letter, header, field }) => ({ letter, header, key: field }))
    const leader = w.person('陈示四', ['unitLeader'], { unitIds: [station] })
    await zhou.does(rememberMapping, { subject: 'officers', source, signature, columns })
    expect(await sheet('外来.csv', csv, asked)).toMatchObject({ remembered: false })
    await leader.does(rememberMapping, { subject: 'posts', source, signature, columns })
    const again = await sheet('外来.csv', csv, asked)
    expect(again).toMatchObject({ missing: [], remembered: true, counts: { accepted: 1 } })
    expect(again.columns.map(column => column.status)).toEqual(['remembered', 'remembered'])
    const wider = await sheet('外来.csv', '备考,何处,谁管\n,城东花园西门,城东所\n', asked)
    expect(wider.columns.map(column => column.field)).toEqual([null, 'name', 'unit'])
  })

  it('POS40 a cell mended on the page is read as if it stood in the file; refused rows come back as a sheet', async () => {
    const csv = '点位名称,类别,责任单位,联系电话\n河口卡口,城堡,城东所,10000000009\n南桥卡口,卡口,交警,\n'
    const seen = await sheet('点位.csv', csv)
    expect(seen.refused).toMatchObject([{ row: 2, column: 'B', field: 'kind', text: '城堡' }])
    expect(seen.columns[3]?.sample).toBe('100****0009')
    const mended = await sheet('点位.csv', csv, { fixes: [{ row: 2, column: 'B', text: '卡口' }] })
    expect(mended.counts).toEqual({ read: 2, accepted: 2, refused: 0, duplicate: 0 })
    const { fileName, base64 } = await refusedRows('点位.csv', csv)
    expect(fileName).toBe('点位-有误1行.xlsx')
    const back = await sheet(fileName, Buffer.from(base64, 'base64'))
    expect(back.counts).toMatchObject({ read: 1, refused: 1 })
    await expect(refusedRows('点位.csv', csv.replace('城堡', '卡口'))).rejects.toMatchObject({
      code: 'sheets/no-faults',
    })
  })

  it('POS35 odd and hostile files give an answer that adds up, or a problem in both languages', async () => {
    // Each file is read in a worker of its own; the sheets' own tests read every workbook there is.
    const chosen = /\.csv$|^(OOM_alloc.xls|pass_protected|merge_cells|date_1904|inlineStr|no-header)/
    const files = ['hostile/csv-spectrum/csvs', 'hostile/workbooks'].flatMap(folder =>
      fixtureCases(folder, chosen),
    )
    let looked = 0
    let understood = 0
    for (const { name, bytes } of files) {
      looked += 1
      try {
        const answer = await sheet(name, Buffer.from(bytes), { kind: 'reserve', unitId: station })
        addsUp(answer)
        understood += 1
      } catch (error) {
        const { entry, code } = error as Problem
        expect([name, typeof entry?.zh, typeof entry?.en, typeof code]).toEqual([
          name,
          'string',
          'string',
          'string',
        ])
      }
    }
    if (files.length === 0) return
    expect(looked).toBeGreaterThanOrEqual(18)
    expect(understood).toBeGreaterThan(10)
  })

  it('POS35 formula signs and naughty names come in as text or are refused', async () => {
    const known = JSON.parse(fixtureText('hostile/blns.json') ?? '[]') as string[]
    const strings = known.filter(text => !text.includes('\u0000'))
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    const csv = `点位名称,类别\n${strings.map(text => `${quoted(text)},卡口`).join('\n')}\n"=cmd|' /C calc'!A0",卡口\n`
    const answer = await sheet('blns.csv', csv, { unitId: station })
    addsUp(answer)
    if (known.length > 0) expect(answer.counts.accepted).toBeGreaterThan(300)
    const posts = answer.accepted.map(({ post }) => ({ postId: w.newId(), ...post }))
    await zhou.does(addPosts, { operationId, posts })
    const found = await zhou.asks(postList, { operationId, search: "=cmd|' /C calc" })
    expect(found.rows.map(row => row.name)).toEqual(["=cmd|' /C calc'!A0"])
  })
})
