import { describe, expect, it } from 'vitest'
import { columnWord, inputWord, tableWords, type FieldWords, writeValue } from './components/field-words.ts'

const words: FieldWords = {
  people: {
    officer: {
      zh: '人员',
      en: 'Officer',
      fields: {
        kind: { zh: '人员类别', en: 'Kind', values: { police: { zh: '民警', en: 'Police' } } },
        home_agency: { zh: '派出单位', en: 'Home agency' },
      },
    },
  },
  posts: {
    post: {
      zh: '点位',
      en: 'Post',
      fields: {
        kind: { zh: '点位类别', en: 'Kind of post', values: { reserve: { zh: '备勤', en: 'Reserve' } } },
      },
    },
  },
}
const unitId = '017ce461-ff03-7835-add0-5c7ec26ba6f9'
const zh = { lang: 'zh', names: { [unitId]: '城关派出所' } } as const
const en = { lang: 'en', names: {} } as const

describe('the books in words', () => {
  it.each([
    [null, '空', 'empty'],
    ['', '空', 'empty'],
    [true, '是', 'yes'],
    [false, '否', 'no'],
    [12906, '12,906', '12,906'],
    [{ sealed: true }, '已封存', 'sealed'],
    [{ many: 210 }, '210 项', '210 items'],
    [unitId, '城关派出所', '#6ba6f9'],
    ['2021-11-03', '2021年11月3日', '3 Nov 2021'],
    ['2021-11-03T06:30:00+00:00', '2021年11月3日 14:30', '3 Nov 2021 14:30'],
    [
      '["2021-11-03 00:00:00+00","2021-11-03 06:00:00+00")',
      '11月3日 周三 08:00 — 14:00',
      'Wed 3 Nov 08:00 — 14:00',
    ],
    [['driver', 'ppe'], 'driver、ppe', 'driver, ppe'],
    [[[107.1, 40.8]], '1 项', '1 item'],
    [{ health: 2, enterprise: 0 }, 'health 2', 'health 2'],
    ['2021-11-03 会商纪要', '2021-11-03 会商纪要', '2021-11-03 会商纪要'],
  ])('HIS11 %j reads “%s”, “%s”', (value, inZh, inEn) => {
    expect(writeValue(value, undefined, zh)).toBe(inZh)
    expect(writeValue(value, undefined, en)).toBe(inEn)
  })

  it('HIS11 a kind has its word, minutes are a time, and keys of a value have theirs', () => {
    const kind = columnWord(tableWords(words, 'officer'), 'kind')
    expect(writeValue('police', kind, zh)).toBe('民警')
    const clock = { zh: '开始时间', en: 'Opens', as: 'clock' } as const
    expect(writeValue(450, clock, zh)).toBe('07:30')
    expect(writeValue(1500, clock, zh)).toBe('次日01:00')
    const partners = { zh: '联勤', en: 'Partners', values: { health: { zh: '卫健', en: 'Health' } } }
    expect(writeValue({ health: 2 }, partners, zh)).toBe('卫健 2')
  })

  it('HIS12 what has no word yet reads as words, never as a key', () => {
    const column = columnWord(tableWords(words, 'stock_movement'), 'batch_number')
    expect([tableWords(words, 'stock_movement').zh, column.en]).toEqual(['stock movement', 'batch number'])
    expect(inputWord(words, 'supplies.dispatch', 'batchNumber').en).toBe('batch number')
  })

  it('HIS13 a field of a command has the word of its column, of its own module first', () => {
    expect(inputWord(words, 'people.addOfficer', 'homeAgency').zh).toBe('派出单位')
    expect(inputWord(words, 'posts.addPost', 'kind', 'reserve').zh).toBe('点位类别')
    expect(inputWord(words, 'posts.addPost', 'kind', 'police').zh).toBe('人员类别')
    expect(inputWord(words, 'people.addOfficer', 'kind').zh).toBe('人员类别')
  })
})
