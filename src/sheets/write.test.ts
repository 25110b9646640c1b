import { PassThrough } from 'node:stream'
import exceljs from 'exceljs'
import { describe, expect, it, vi } from 'vitest'
import {
  applyMapping,
  type ColumnSpec,
  cellText,
  cleanText,
  detectHeader,
  escapeFormula,
  fillDown,
  footLine,
  readSheets,
  SheetProblem,
  streamWorkbook,
  suggestMapping,
  unescapeFormula,
  type WriteRow,
  type WriteSheet,
  writeWorkbook,
} from './index.ts'
import { fixtureText } from './fixture-cases.ts'

vi.setConfig({ testTimeout: 60_000 })

async function columnBack(values: string[]): Promise<string[]> {
  const rows = values.map((value, index) => ({ n: index + 1, value }))
  const columns = [
    { key: 'n', header: '序号', kind: 'int' as const },
    { key: 'value', header: '文字', kind: 'text' as const },
  ]
  const [sheet] = (await readSheets(await writeWorkbook({ sheetName: '表', columns, rows }), 'a.xlsx')).sheets
  return sheet!.rows.slice(1).map(row => cellText(row[1]))
}

const weekly: WriteSheet = {
  sheetName: '卡口/安排表',
  title: '青禾县公安局疫情防控卡口执勤安排表(3月2日—3月8日)',
  subtitleLeft: '填报单位(盖章):',
  subtitleRight: '填报时间: 2026年3月6日',
  columns: [
    { key: 'n', header: '序号', kind: 'int' },
    { key: 'post', header: '点位名称', kind: 'text', mergeDown: true },
    { key: 'unit', header: '责任单位', kind: 'text', mergeDown: true },
    { key: 'team', header: '班组', kind: 'text' },
    { key: 'phone', header: '联系电话', kind: 'text' },
    { key: 'day', header: '日期', kind: 'date' },
    { key: 'heads', header: '人数', kind: 'int' },
  ],
  rows: ['一班', '二班', '三班', '四班'].flatMap((team, at) => [
    {
      n: at + 1,
      post: at < 2 ? '高速卡口' : '采样点',
      unit: '交警大队',
      team,
      phone: '10000000001',
      day: '2026-03-06',
      heads: 3,
    },
  ]),
  totals: { sum: ['heads'] },
  foot: true,
}

describe('written sheets', () => {
  it('SHT24 look like the paper', async () => {
    const workbook = new exceljs.Workbook()
    await workbook.xlsx.load((await writeWorkbook(weekly)) as unknown as ArrayBuffer)
    const sheet = workbook.worksheets[0]!
    expect(sheet.name).toBe('卡口-安排表')
    expect(sheet.getCell('A1').font).toMatchObject({ name: '方正小标宋简体', size: 22 })
    expect(sheet.getCell('A1').alignment.horizontal).toBe('center')
    expect(Object.keys((sheet as unknown as { _merges: object })._merges).sort()).toEqual([
      'A1',
      'A2',
      'A9',
      'B4',
      'B6',
      'C4',
      'C6',
      'E2',
    ])
    expect(sheet.pageSetup).toMatchObject({ paperSize: 9, orientation: 'landscape', printTitlesRow: '3:3' })
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 })
    expect(sheet.getCell('E4').numFmt).toBe('@')
    expect(sheet.getCell('E4').value).toBe('10000000001')
    expect(sheet.getCell('F4').value).toEqual(new Date('2026-03-06T00:00:00Z'))
    expect(sheet.getCell('A8').value).toBe('合计')
    expect(sheet.getCell('G8').value).toBe(12)
    expect(sheet.getCell('G8').font.bold).toBe(true)
    expect(sheet.getCell('A9').value).toBe(footLine)
    expect(sheet.getColumn(2).width).toBeGreaterThanOrEqual(10)
  })
  it('SHT24 a block ends where the block to its left ends', async () => {
    const [sheet] = (await readSheets(await writeWorkbook(weekly), 'a.xlsx')).sheets
    const blocks = sheet!.merges.filter(merge => merge.lastRow > merge.firstRow)
    expect(blocks.map(merge => [merge.firstRow, merge.lastRow, merge.firstColumn])).toEqual([
      [4, 5, 1],
      [4, 5, 2],
      [6, 7, 1],
      [6, 7, 2],
    ])
    expect(
      fillDown(sheet!)
        .rows.slice(3, 7)
        .map(row => cellText(row[1])),
    ).toEqual(['高速卡口', '高速卡口', '采样点', '采样点'])
  })
  it('SHT24 several sheets, names made unique', async () => {
    const workbook = await readSheets(await writeWorkbook({ sheets: [weekly, weekly] }), 'a.xlsx')
    expect(workbook.sheets.map(sheet => sheet.name)).toEqual(['卡口-安排表', '卡口-安排表(2)'])
  })
  it('SHT26 what does not fit the kind is written as text and seen', async () => {
    const columns = [
      { key: 'day', header: '日期', kind: 'date' as const },
      { key: 'heads', header: '人数', kind: 'int' as const },
    ]
    const rows = [
      { day: '待定', heads: '约5' },
      { day: '2026-02-30', heads: 0 },
      { day: null, heads: undefined },
    ]
    const [sheet] = (await readSheets(await writeWorkbook({ sheetName: 'a', columns, rows }), 'a.xlsx'))
      .sheets
    expect(sheet!.rows.slice(1).map(row => row.map(cellText))).toEqual([
      ['待定', '约5'],
      ['2026-02-30', '0'],
    ])
  })
  it('SHT9 a text that Excel could not open is refused', async () => {
    await expect(columnBack(['字'.repeat(40_000)])).rejects.toBeInstanceOf(SheetProblem)
  })
  it('SHT24 rows from a cursor; a reader who hangs up ends the writing', async () => {
    const gone = new PassThrough()
    async function* rows(): AsyncGenerator<WriteRow> {
      for (let n = 1; n <= 5000; n++) {
        if (n === 1000) gone.destroy()
        yield { n }
        await new Promise(resolve => setImmediate(resolve))
      }
    }
    const columns = [{ key: 'n', header: '序号', kind: 'int' as const }]
    await expect(streamWorkbook({ sheetName: 'a', columns, rows: rows() }, gone)).rejects.toThrow()
  })
})

describe('formulas', () => {
  it('SHT23 every payload is written disarmed', async () => {
    const page = fixtureText('hostile/formula-injection.md')
    const known = page === null ? [] : page.split('```')[1]!.trim().split('\n')
    console.log(`[fixtures] formula payloads: ${known.length}`)
    if (page !== null) expect(known.length).toBeGreaterThanOrEqual(6)
    const payloads = [...known, '+1', '-1+1|cmd', '@SUM(1)', '＝1+1', '\t=1', '\u0000=1+1']
    const back = await columnBack(payloads)
    for (const text of back) expect(text).toMatch(/^'/)
    expect(back.slice(0, known.length).map(unescapeFormula)).toEqual(known)
  })
  it('SHT23 in titles, headers, sheet names, totals and feet too', async () => {
    const columns = [{ key: 'a', header: '=1+1', kind: 'text' as const }]
    const bytes = await writeWorkbook({
      sheetName: '=1',
      title: '=1',
      subtitleLeft: '@x',
      columns,
      rows: [],
      totals: { label: '-x' },
      foot: '+1',
    })
    const [sheet] = (await readSheets(bytes, 'a.xlsx')).sheets
    expect(sheet!.rows.map(row => cellText(row[0]))).toEqual(["'=1", "'@x", "'=1+1", "'-x", "'+1"])
  })
})

describe('round trips', () => {
  it('SHT25 naughty strings come back as they were cleaned', async () => {
    const page = fixtureText('hostile/blns.json')
    const naughty = page === null ? [] : (JSON.parse(page) as string[])
    console.log(`[fixtures] naughty strings: ${naughty.length}`)
    if (page !== null) expect(naughty.length).toBeGreaterThan(400)
    const clean = [...naughty.map(cleanText), '_x0041_', '<a>&"\'', ' 两端 '].filter(text => text !== '')
    expect((await columnBack(clean)).map(unescapeFormula)).toEqual(clean)
  })
  it('SHT25 raw, they change only by what XML cannot hold and by line ends', async () => {
    const page = fixtureText('hostile/blns.json')
    const naughty = page === null ? ['a'] : (JSON.parse(page) as string[])
    const possible = (text: string) =>
      text
        .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/gu, '')
        .replace(/\r\n?/g, '\n')
    const kept = naughty.filter(text => possible(text).trim() !== '')
    expect(await columnBack(kept)).toEqual(kept.map(text => escapeFormula(possible(text))))
  })
  it('SHT25 5,000 officers: written, read and mapped, they are equal', async () => {
    const officers = Array.from({ length: 5000 }, (_, at) => ({
      name: `周示${at}`,
      badge: at % 3 === 0 ? `FJ99${String(at).padStart(4, '0')}` : `${990000 + at}`,
      phone: `${10000000000 + at}`,
      joined: `20${String(10 + (at % 15)).padStart(2, '0')}-0${1 + (at % 9)}-${10 + (at % 18)}`,
      heads: at,
      note: at % 7 === 0 ? '防护、会开车\n=夜班' : null,
    }))
    const specs: ColumnSpec[] = [
      ['name', '姓名'],
      ['badge', '警号'],
      ['phone', '联系电话'],
      ['joined', '入警日期'],
      ['heads', '人数'],
      ['note', '备注'],
    ].map(([key, zh]) => ({
      key: key!,
      zh: zh!,
      en: key!,
      aliases: [],
      parse: cell => ({
        value: cell.kind === 'date' ? cell.iso : cell.kind === 'number' ? cell.value : cellText(cell),
      }),
    }))
    const kinds = { joined: 'date', heads: 'int' } as const
    const bytes = await writeWorkbook({
      sheetName: '全局',
      title: '青禾县公安局警力花名册',
      columns: specs.map(({ key, zh }) => ({
        key,
        header: zh,
        kind: kinds[key as keyof typeof kinds] ?? 'text',
      })),
      rows: officers,
      totals: {},
      foot: true,
    })
    const [sheet] = (await readSheets(bytes, 'a.xlsx')).sheets
    const header = detectHeader(sheet!, specs)!
    const mapped = applyMapping(sheet!, header, suggestMapping(header, specs).mapping, specs)
    expect(mapped.read).toBe(5000)
    expect(mapped.skipped.map(row => row.rowNumber)).toEqual([5003, 5004])
    expect(mapped.accepted.map(row => row.value)).toEqual(officers)
  })
})
