import { describe, expect, it } from 'vitest'
import {
  applyMapping,
  type Cell,
  type ColumnSpec,
  cellText,
  cleanName,
  cleanPhone,
  cleanText,
  detectHeader,
  type Merge,
  rememberMapping,
  type Sheet,
  SheetProblem,
  suggestMapping,
} from './index.ts'

/** Rows as text from row 1; '' is an empty cell, an empty row is blank. */
function sheetOf(rows: (string | Cell)[][], merges: Merge[] = []): Sheet {
  const kept = rows
    .map((row, index) => ({ number: index + 1, row }))
    .filter(({ row }) => row.some(cell => cell !== ''))
  return {
    name: '全局',
    hidden: false,
    rowOffset: kept[0]!.number - 1,
    rows: kept.map(({ row }) =>
      row.map((cell): Cell => {
        if (typeof cell !== 'string') return cell
        return cell === '' ? { kind: 'empty' } : { kind: 'text', text: cell }
      }),
    ),
    rowNumbers: kept.map(({ number }) => number),
    merges,
  }
}

const text = (cell: Cell) => ({ value: cleanText(cellText(cell)) })

const officers: ColumnSpec[] = [
  {
    key: 'name',
    zh: '姓名',
    en: 'Name',
    aliases: ['名字'],
    required: true,
    parse: cell => ({ value: cleanName(cellText(cell)).name }),
  },
  {
    key: 'badge',
    zh: '警号',
    en: 'Badge',
    aliases: ['警号(辅警编号)', '辅警编号'],
    required: true,
    parse: cell => {
      const value = cleanText(cellText(cell))
      if (/^(\d{6}|[A-Z]{1,3}\d{4,6})$/.test(value)) return { value }
      const mended = value.replaceAll('O', '0')
      const fix = { zh: `改为 ${mended}`, en: `Change to ${mended}`, value: mended }
      return {
        error: {
          zh: '警号须为 6 位数字',
          en: 'A badge has six digits',
          ...(mended === value ? {} : { fix }),
        },
      }
    },
  },
  { key: 'kind', zh: '人员类别', en: 'Kind', aliases: ['类别'], parse: text },
  { key: 'unit', zh: '单位', en: 'Unit', aliases: ['所属单位', '部门'], parse: text },
  {
    key: 'phone',
    zh: '联系电话',
    en: 'Phone',
    aliases: ['手机号', '电话'],
    parse: cell => {
      const value = cleanPhone(cellText(cell))
      return value === null ? { error: { zh: '须 11 位数字', en: 'Eleven digits' } } : { value }
    },
  },
]

const roster = sheetOf([
  ['青禾县公安局2021年秋季警力花名册'],
  ['填报单位(盖章):', '', '', '', '填报时间: 2021年9月1日'],
  ['序号', '姓　名', '警号／编号', '人员类别(民警/辅警)', '所属单位', '联系\n电话', '特长', ''],
  ['1', '周　一', '990131', '民警', '城东派出所', '10000000001', '会开车', '无名列'],
  ['2', '郑例二', '99O135', '民警', '城东派出所', '1000000000', '', ''],
  ['', '', '', '', '', '', '', ''],
  ['3', '', '990113', '民警', '交警', '10000000003', '', ''],
  ['4', '冯样三', '990131', '民警', '交警', '10000000003', '', ''],
  ['5', '陈示四', { kind: 'number', value: 990114, text: '990114' }, '辅警', '', '', '', ''],
  ['序号', '姓名', '警号／编号', '人员类别(民警/辅警)', '所属单位', '联系电话', '', ''],
  ['6', '褚例五', { kind: 'error', text: '#N/A' }, '', '', '', '', ''],
  [
    '7',
    '卫样六',
    { kind: 'number', value: 999999199001010000, text: '', numberLostDigits: true },
    '',
    '',
    '',
    '',
    '',
  ],
  ['8', '', '', '', '', '', '', ''],
  ['合　计', '', '7', '', '', '', '', ''],
  ['填表人:　　审核人:　　单位负责人:　　联系电话:'],
  ['注：1. 带班时间为当日08:30至次日08:30'],
  ['2. 如需调班请提前一天报办公室'],
])

describe('header', () => {
  it('SHT18 stands below the title rows', () => {
    const header = detectHeader(roster, officers)!
    expect([header.firstRow, header.lastRow, header.found]).toEqual([3, 3, 'labels'])
    expect(header.titles[0]).toEqual({ rowNumber: 1, text: '青禾县公安局2021年秋季警力花名册' })
    expect(header.columns.map(column => [column.letter, column.text])).toEqual([
      ['A', '序号'],
      ['B', '姓 名'],
      ['C', '警号/编号'],
      ['D', '人员类别(民警/辅警)'],
      ['E', '所属单位'],
      ['F', '联系电话'],
      ['G', '特长'],
      ['H', ''],
    ])
    expect(header.columns[1]!.sample).toBe('周　一')
  })
  it('SHT18 has two levels, with merges and without', () => {
    const rows = [
      ['返乡人员登记表'],
      ['序号', '姓名', '外出情况', '', '', '返回情况', ''],
      ['', '', '具体地址', '外出日期', '停留时间', '返回时间', '交通工具'],
      ['1', '杨示十', '邻示市', '3月3日', '2天', '3月4日', '自驾'],
    ]
    const specs: ColumnSpec[] = ['姓名', '外出情况/外出日期', '返回时间'].map(zh => ({
      key: zh,
      zh,
      en: zh,
      aliases: [],
      parse: text,
    }))
    const merge = (row: number, last: number, from: number, to: number): Merge => ({
      firstRow: row,
      lastRow: last,
      firstColumn: from,
      lastColumn: to,
    })
    for (const merges of [[], [merge(2, 2, 2, 4), merge(2, 2, 5, 6), merge(2, 3, 0, 0)]]) {
      const header = detectHeader(sheetOf(rows, merges), specs)!
      expect([header.firstRow, header.lastRow]).toEqual([2, 3])
      expect(header.columns.map(column => column.text)).toEqual([
        '序号',
        '姓名',
        '外出情况/具体地址',
        '外出情况/外出日期',
        '外出情况/停留时间',
        '返回情况/返回时间',
        '返回情况/交通工具',
      ])
      expect(suggestMapping(header, specs).mapping).toMatchObject({
        B: '姓名',
        D: '外出情况/外出日期',
        F: '返回时间',
      })
    }
  })
  it('SHT18 is only a guess when no label is known', () => {
    const header = detectHeader(
      sheetOf([
        ['甲', '乙'],
        ['1', '2'],
      ]),
      officers,
    )!
    expect([header.firstRow, header.found]).toEqual([1, 'guess'])
    expect(detectHeader({ ...sheetOf([['1']]), rows: [], rowNumbers: [] }, officers)).toBeNull()
  })
})

describe('suggestion', () => {
  const header = detectHeader(roster, officers)!
  it('SHT19 recognises by name, alias and likeness, each key once', () => {
    const { columns, mapping, missing } = suggestMapping(header, officers)
    expect(columns.map(({ letter, key, status }) => [letter, key, status])).toEqual([
      ['A', null, 'row-number'],
      ['B', 'name', 'recognised'],
      ['C', 'badge', 'similar'],
      ['D', 'kind', 'recognised'],
      ['E', 'unit', 'recognised'],
      ['F', 'phone', 'recognised'],
      ['G', null, 'unknown'],
      ['H', null, 'unknown'],
    ])
    expect(mapping.F).toBe('phone')
    expect(missing).toEqual([])
  })
  it('SHT19 a second column of the same name is left to the person', () => {
    const twice = detectHeader(
      sheetOf([
        ['姓名', '联系电话', '指挥长', '联系电话'],
        ['a', 'b', 'c', 'd'],
      ]),
      officers,
    )!
    expect(suggestMapping(twice, officers).columns[3]).toMatchObject({ key: null, status: 'repeated' })
  })
  it('SHT19 a remembered choice wins, also the choice to leave out, also when a column was inserted', () => {
    const memory = rememberMapping(header, {
      ...suggestMapping(header, officers).mapping,
      F: null,
      G: 'phone',
    })
    expect(suggestMapping(header, officers, memory).mapping).toMatchObject({ F: null, G: 'phone' })
    const shifted = sheetOf([
      ['序号', '新列', '姓名', '联系电话', '特长'],
      ['1', 'x', 'y', 'z', 'w'],
    ])
    const again = suggestMapping(detectHeader(shifted, officers)!, officers, memory)
    expect(again.columns.map(({ key }) => key)).toEqual([null, null, 'name', null, 'phone'])
  })
})

describe('applying', () => {
  const header = detectHeader(roster, officers)!
  const { mapping } = suggestMapping(header, officers)
  const mapped = applyMapping<{ name: string; badge: string }>(roster, header, mapping, officers, {
    keyOf: officer => officer.badge,
  })
  it('SHT20 read = accepted + refused + duplicate, and the rest is listed', () => {
    expect(mapped.read).toBe(mapped.accepted.length + mapped.refused.length + mapped.duplicate.length)
    expect([mapped.read, mapped.accepted.length, mapped.refused.length, mapped.duplicate.length]).toEqual([
      7, 2, 4, 1,
    ])
    expect(mapped.blank).toBe(1)
    expect([mapped.firstRow, mapped.lastRow]).toEqual([4, 12])
    expect(mapped.accepted.map(({ rowNumber, value }) => [rowNumber, value.name, value.badge])).toEqual([
      [4, '周一', '990131'],
      [9, '陈示四', '990114'],
    ])
  })
  it('SHT20 a refusal names row, column, cell and reason, with a mend where there is one', () => {
    expect(mapped.refused[0]).toMatchObject({
      rowNumber: 5,
      column: 'C',
      header: '警号/编号',
      text: '99O135',
      zh: '警号须为 6 位数字',
      fix: { value: '990135' },
      more: [{ column: 'F', text: '1000000000' }],
    })
    expect(mapped.refused[1]).toMatchObject({ rowNumber: 7, column: 'B', text: '', zh: '姓名不能为空' })
    expect(mapped.refused[2]).toMatchObject({ rowNumber: 11, text: '#N/A' })
  })
  it('SHT5 lost digits are refused whatever the column would accept', () => {
    expect(mapped.refused[3]).toMatchObject({ rowNumber: 12, column: 'C' })
    expect(mapped.refused[3]!.zh).toContain('丢失')
  })
  it('SHT21 foot rows, the repeated header and the unfilled number are skipped with a reason', () => {
    expect(mapped.skipped.map(({ rowNumber, zh }) => [rowNumber, zh])).toEqual([
      [10, '重复的表头'],
      [13, '只有序号，没有内容'],
      [14, '合计行'],
      [15, '表尾签字栏'],
      [16, '表尾说明'],
      [17, '表尾说明'],
    ])
  })
  it('SHT22 a duplicate names the row it repeats', () => {
    expect(mapped.duplicate[0]).toMatchObject({
      rowNumber: 8,
      firstRowNumber: 4,
      key: '990131',
      zh: '与第 4 行重复（990131）',
    })
  })
  it('SHT20 a check over the row points at a column', () => {
    const checked = applyMapping(roster, header, mapping, officers, {
      check: () => ({ key: 'unit', zh: '部门表中无此单位', en: 'No such unit' }),
    })
    expect(checked.accepted).toEqual([])
    expect(checked.refused[0]).toMatchObject({ rowNumber: 4, column: 'E', text: '城东派出所' })
  })
  it('SHT20 a missing or doubled column is a problem, not a row of errors', () => {
    expect(() => applyMapping(roster, header, { ...mapping, B: null }, officers)).toThrow(SheetProblem)
    expect(() => applyMapping(roster, header, { ...mapping, G: 'phone' }, officers)).toThrow(
      /mapping-conflict/,
    )
    expect(() => applyMapping(roster, header, { ...mapping, G: 'nothing' }, officers)).toThrow(
      /mapping-conflict/,
    )
  })
})
