import { strToU8, zipSync } from 'fflate'
import { describe, expect, it, vi } from 'vitest'
import { cellText, fillDown, readSheets, type Sheet, SheetProblem, sheetProblems } from './index.ts'
import { fixtureCases } from './fixture-cases.ts'
import { inlineCell, makeOds, makeXlsx, sheetXml } from './made-workbooks.ts'
import { isoFromSerial, showsDay } from './workbook.ts'

// Reading takes 0.2 s a file; the limits are for machines with much else to do.
vi.setConfig({ testTimeout: 60_000 })

const books = /\.(xls|xlsx|xlsb|xlsm|ods)$/

async function problemOf(reading: Promise<unknown>): Promise<SheetProblem> {
  try {
    await reading
  } catch (error) {
    expect(error).toBeInstanceOf(SheetProblem)
    return error as SheetProblem
  }
  throw new Error('was read, but a problem was expected')
}

function texts(sheet: Sheet): string[][] {
  return sheet.rows.map(row => row.map(cellText))
}

describe('hostile workbooks', () => {
  const cases = fixtureCases('hostile/workbooks', books)
  it('SHT27 looks at every one', () => {
    if (cases.length > 0) expect(cases.length).toBeGreaterThanOrEqual(60)
  })
  it.each(cases)('SHT27 $name reads or is refused with words', async ({ name, bytes }) => {
    try {
      const workbook = await readSheets(bytes, name)
      expect(workbook.sheets.length + workbook.ignored.length).toBeGreaterThan(0)
      for (const sheet of workbook.sheets) {
        expect(sheet.rowNumbers.length).toBe(sheet.rows.length)
        expect(sheet.rowOffset).toBe(sheet.rows.length === 0 ? 0 : sheet.rowNumbers[0]! - 1)
        expect(structuredClone(fillDown(sheet)).rows.length).toBe(sheet.rows.length)
      }
    } catch (error) {
      expect(error).toBeInstanceOf(SheetProblem)
      const problem = error as SheetProblem
      expect(sheetProblems[problem.code]).toBeDefined()
      expect(problem.zh + problem.en).not.toMatch(/[{}]|undefined/)
    }
  })
  const named = (name: string) => cases.find(found => found.name === name)
  it.runIf(named('pass_protected.xlsb'))('SHT10 a password is named as such', async () => {
    const found = named('pass_protected.xlsb')!
    expect((await problemOf(readSheets(found.bytes, found.name))).code).toBe('sheets/encrypted')
  })
  it.runIf(named('any_sheets.xlsx'))('SHT6 hidden sheets are marked, charts are listed', async () => {
    const workbook = await readSheets(named('any_sheets.xlsx')!.bytes, 'any_sheets.xlsx')
    expect(workbook.sheets.map(sheet => [sheet.name, sheet.hidden])).toEqual([
      ['Visible', false],
      ['Hidden', true],
      ['VeryHidden', true],
    ])
    expect(workbook.ignored.map(sheet => sheet.name)).toEqual(['Chart'])
  })
  it.runIf(named('no-header.xlsx'))('SHT2 a sheet that starts in row 3 says row 3', async () => {
    const [sheet] = (await readSheets(named('no-header.xlsx')!.bytes, 'no-header.xlsx')).sheets
    expect(sheet!.rowNumbers).toEqual([3, 4])
    expect(sheet!.rowOffset).toBe(2)
  })
  it.runIf(named('issue_553.xlsx'))('SHT4 of 890 formatted rows the 19 with content are read', async () => {
    const [sheet] = (await readSheets(named('issue_553.xlsx')!.bytes, 'issue_553.xlsx')).sheets
    expect(sheet!.rows.length).toBe(19)
  })
})

describe('days', () => {
  const cases = fixtureCases('dates', /^19\d\d\./)
  it.each(cases)('SHT3 $name: the date cell is the day written beside it', async ({ name, bytes }) => {
    const workbook = await readSheets(bytes, name)
    expect(workbook.date1904).toBe(name.startsWith('1904'))
    const rows = workbook.sheets[0]!.rows
    expect(rows.length).toBe(5)
    for (const row of rows) expect(row[1]).toMatchObject({ kind: 'date', iso: cellText(row[2]) })
  })
  it('SHT3 serials', () => {
    expect(isoFromSerial(59, false)).toBe('1900-02-28')
    expect(isoFromSerial(60, false)).toBeNull()
    expect(isoFromSerial(61, false)).toBe('1900-03-01')
    expect(isoFromSerial(43_841, false)).toBe('2020-01-11')
    expect(isoFromSerial(43_841 - 1462, true)).toBe('2020-01-11')
    expect(isoFromSerial(43_841 + 1 / 3, false)).toBe('2020-01-11T08:00:00')
    expect(isoFromSerial(-1, false)).toBeNull()
    expect(isoFromSerial(1e300, false)).toBeNull()
  })
  it('SHT3 which formats show a day', () => {
    for (const format of ['m/d/yy', 'yyyy"年"m"月"d"日"', 'm"月"d"日"', 'aaaa', '[$-804]yyyy/m/d;@', 'mmm'])
      expect(showsDay(format), format).toBe(true)
    for (const format of ['hh:mm', 'mm:ss', '[h]:mm:ss', '0.00', '#,##0', '"day"0', '0"日"', '@', '[Red]0'])
      expect(showsDay(format), format).toBe(false)
  })
})

describe('lists and rosters', () => {
  const expected: Record<string, [string, number]> = {
    'daily-counts-gb18030.csv': ['gb18030', 27_425],
    'places-gb18030.csv': ['gb18030', 6_749],
    'linelist-hubei.csv': ['utf-8', 3_303],
    'tianjin-infection-edges.csv': ['utf-8', 136],
  }
  const cases = fixtureCases('lists', /\.csv$/)
  it.each(cases.filter(({ name }) => name in expected))('SHT11 $name', async ({ name, bytes }) => {
    const workbook = await readSheets(bytes, name)
    expect([workbook.encoding, workbook.sheets[0]!.rows.length]).toEqual(expected[name])
  })
  const broken = cases.find(({ name }) => name === 'linelist-broken-utf8.csv')
  it.runIf(broken)('SHT11 broken UTF-8 is asked about, not turned into rare characters', async () => {
    const problem = await problemOf(readSheets(broken!.bytes, broken!.name))
    expect([problem.code, problem.where.line]).toEqual(['sheets/unknown-encoding', 601])
    const answered = await readSheets(broken!.bytes, broken!.name, { encoding: 'windows-1252' })
    expect(answered.sheets[0]!.rows.length).toBeGreaterThan(1000)
  })
  it.each(fixtureCases('rosters', /\.xlsx$/))('SHT1 $name', async ({ name, bytes }) => {
    expect((await readSheets(bytes, name)).sheets[0]!.rows.length).toBeGreaterThan(1)
  })
  const merged = fixtureCases('dates', /^merge_cells/)[0]
  it.runIf(merged)('SHT7 merged cells are told', async () => {
    const [sheet] = (await readSheets(merged!.bytes, merged!.name)).sheets
    expect(sheet!.merges).toContainEqual({ firstRow: 1, lastRow: 2, firstColumn: 0, lastColumn: 1 })
    expect(sheet!.merges.length).toBe(5)
  })
})

describe('made by hand', () => {
  const number = (ref: string, value: string) => `<c r="${ref}"><v>${value}</v></c>`
  it('SHT5 an 18-digit number is flagged, a phone is not', async () => {
    const row = `<row r="4">${number('B4', '999999199001010000')}${number('C4', '10000000001')}</row>`
    const [sheet] = (await readSheets(makeXlsx(sheetXml(row)), 'a.xlsx')).sheets
    expect(sheet!.rows[0]).toEqual([
      { kind: 'empty' },
      { kind: 'number', value: 999999199001010000, text: '999999199001010000', numberLostDigits: true },
      { kind: 'number', value: 10000000001, text: '10000000001' },
    ])
    const [csv] = (await readSheets(strToU8('a\n9.99999E+17\n1E5\n'), 'a.csv')).sheets
    expect(csv!.rows[1]![0]).toMatchObject({ numberLostDigits: true })
    expect(csv!.rows[2]![0]).toEqual({ kind: 'text', text: '1E5' })
  })
  it('SHT28 a formula that was never calculated is an error, not an empty cell', async () => {
    const row =
      '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1" t="str"><f>""</f><v></v></c>' +
      '<c r="C1"><f>1+1</f><v>2</v></c><c r="D1"><f t="shared" ref="D1:D2" si="0">A1</f></c></row>' +
      '<row r="2"><c r="D2"><f t="shared" si="0"/></c></row>'
    const [sheet] = (await readSheets(makeXlsx(sheetXml(row)), 'a.xlsx')).sheets
    expect(sheet!.rows[0]![0]).toEqual({ kind: 'error', text: '#未计算' })
    expect(sheet!.rows[0]!.slice(1, 3)).toEqual([{ kind: 'empty' }, { kind: 'number', value: 2, text: '2' }])
    expect(sheet!.rows[1]![3]).toMatchObject({ kind: 'error' })
    const blank = '<row r="1"><c r="B1" t="str"><f>""</f><v></v></c></row>'
    const [calculated] = (await readSheets(makeXlsx(sheetXml(blank)), 'a.xlsx')).sheets
    expect(calculated!.rows).toEqual([])
  })
  it('SHT7 fillDown fills a merged 点位 and leaves the rest', async () => {
    const rows =
      `<row r="3">${inlineCell('A3', '卡口')}${inlineCell('B3', '一班')}</row>` +
      `<row r="4">${inlineCell('B4', '二班')}</row><row r="6">${inlineCell('B6', '三班')}</row>`
    const merge = '<mergeCells count="1"><mergeCell ref="A3:A4"/></mergeCells>'
    const [sheet] = (await readSheets(makeXlsx(sheetXml(rows, merge)), 'a.xlsx')).sheets
    const filled = fillDown(sheet!)
    expect(texts(filled)).toEqual([
      ['卡口', '一班'],
      ['卡口', '二班'],
      ['', '三班'],
    ])
    expect(filled.rowNumbers).toEqual([3, 4, 6])
    expect(texts(sheet!)[1]).toEqual(['', '二班'])
  })
  it('SHT8 a bomb that declares its size is refused before unpacking', async () => {
    const bomb = makeXlsx(sheetXml('<row></row>'.repeat(16_000_000)))
    expect(bomb.length).toBeLessThan(1_000_000)
    const begun = Date.now()
    expect((await problemOf(readSheets(bomb, 'a.xlsx'))).code).toBe('sheets/expands-too-far')
    expect(Date.now() - begun).toBeLessThan(20_000)
  })
  it('SHT8 a bomb that lies about its size is refused', async () => {
    const bomb = makeXlsx(sheetXml('<row></row>'.repeat(1_000_000)))
    const view = new DataView(bomb.buffer)
    for (let at = 0; at < bomb.length - 46; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true)
    expect((await problemOf(readSheets(bomb, 'a.xlsx'))).code).toBe('sheets/damaged')
  })
  it('SHT8 one flipped bit is noticed', async () => {
    const name = 'xl/worksheets/sheet1.xml'
    const plain = makeXlsx(sheetXml(`<row r="1">${number('A1', '12345')}</row>`))
    const at = Buffer.from(plain).indexOf(name) + name.length + 4
    const bent = plain.slice()
    bent[at]! ^= 1
    expect((await problemOf(readSheets(bent, 'a.xlsx'))).code).toBe('sheets/damaged')
  })
  it('SHT9 more cells, rows or text than allowed are refused, never cut', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => `<row>${number(`A${index + 1}`, '1')}</row>`).join(
      '',
    )
    const book = makeXlsx(sheetXml(rows))
    expect((await problemOf(readSheets(book, 'a.xlsx', { maxRows: 49 }))).code).toBe('sheets/too-many-rows')
    expect((await problemOf(readSheets(book, 'a.xlsx', { maxCells: 49 }))).code).toBe('sheets/too-many-cells')
    expect((await readSheets(book, 'a.xlsx', { maxRows: 50, maxCells: 50 })).sheets[0]!.rows.length).toBe(50)
    const long = strToU8(`a,b\n${'字'.repeat(33_000)},1\n`)
    expect((await problemOf(readSheets(long, 'a.csv'))).code).toBe('sheets/text-too-long')
    const large = new Uint8Array(21 * 1024 * 1024).fill(65)
    expect((await problemOf(readSheets(large, 'a.csv'))).code).toBe('sheets/too-large')
  })
  it('SHT9 a small memory cap and a short time end the worker, not the process', async () => {
    const rows = Array.from({ length: 60_000 }, (_, index) => {
      const row = index + 1
      return `<row r="${row}">${inlineCell(`A${row}`, `周示${row}`)}${inlineCell(`B${row}`, `x${row}`)}</row>`
    }).join('')
    const book = makeXlsx(sheetXml(rows))
    const small = await problemOf(readSheets(book, 'a.xlsx', { memoryMb: 8 }))
    expect(small.code).toBe('sheets/out-of-memory')
    expect((await problemOf(readSheets(book, 'a.xlsx', { seconds: 0.05 }))).code).toBe('sheets/too-slow')
    expect((await readSheets(book, 'a.xlsx')).sheets[0]!.rows.length).toBe(60_000)
  })
  it('SHT9 an ODS row repeated a million times over a thousand columns is refused', async () => {
    const cell =
      '<table:table-cell table:number-columns-repeated="1024" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
    const ods = makeOds(`<table:table-row table:number-rows-repeated="1048576">${cell}</table:table-row>`)
    const problem = await problemOf(readSheets(ods, 'a.ods', { memoryMb: 96 }))
    expect(['sheets/out-of-memory', 'sheets/too-many-cells', 'sheets/too-slow']).toContain(problem.code)
  })
  it.each([
    ['a.xlsx', strToU8('%PDF-1.7 …'), 'sheets/not-a-workbook'],
    ['a.xlsx', new Uint8Array(0), 'sheets/empty-file'],
    ['a.xls', strToU8('<html><table><tr><td>1</td></tr></table></html>'), 'sheets/web-page'],
    ['a.xlsx', strToU8('姓名,警号\n周示一,990101\n'), 'sheets/wrong-extension'],
    ['a.csv', makeXlsx(sheetXml('')), 'sheets/wrong-extension'],
    ['a.zip', zipSync({ 'a.txt': strToU8('x') }), 'sheets/not-a-workbook'],
    ['a.csv', new Uint8Array([1, 0, 2, 0, 3, 0, 0, 0, 9, 8]), 'sheets/not-a-workbook'],
    ['a.xlsx', makeXlsx(sheetXml('<row/>')).subarray(0, 700), 'sheets/damaged'],
    ['a.xlsx', makeXlsx('<worksheet><sheetData><row r="1"><c r="A1"><v>1'), 'sheets/damaged'],
  ])('SHT10 %s with the wrong inside', async (name, bytes, code) => {
    expect((await problemOf(readSheets(bytes, name))).code).toBe(code)
  })
  it('SHT1 the caller keeps its bytes', async () => {
    const bytes = strToU8('a,b\n1,2\n')
    await readSheets(bytes, 'a.csv')
    expect(bytes.length).toBe(8)
  })
})
