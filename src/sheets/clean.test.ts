import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cleanName,
  cleanPhone,
  cleanText,
  escapeFormula,
  parseDay,
  parseYesNo,
  splitNamePhone,
  splitPeople,
  unescapeFormula,
} from './index.ts'
import { fixtureText } from './fixture-cases.ts'

describe('text', () => {
  it('SHT13 full width, invisible characters and blanks', () => {
    expect(cleanText('　ＸＹＺ　１２３\u200b\ufeff ')).toBe('XYZ 123')
    expect(cleanText('a \r\n b\t\tc')).toBe('a\nb c')
    expect(cleanText('male ')).toBe('male')
  })
  it('SHT13 cleaning twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => cleanText(cleanText(text)) === cleanText(text)),
    )
    const naughty = fixtureText('hostile/blns.json')
    const strings = naughty === null ? [] : (JSON.parse(naughty) as string[])
    for (const text of strings) expect(cleanText(cleanText(text))).toBe(cleanText(text))
  })
})

describe('names', () => {
  it('SHT14 inner spaces and marks', () => {
    expect(cleanName('周　一')).toEqual({ name: '周一', marks: [] })
    expect(cleanName('沈例八★')).toEqual({ name: '沈例八', marks: ['★'] })
    expect(cleanName('郑例二（民）(带班)')).toEqual({ name: '郑例二', marks: ['民', '带班'] })
    expect(cleanName('郑例二(小)')).toEqual({ name: '郑例二(小)', marks: [] })
    expect(cleanName('John  Smith').name).toBe('John Smith')
  })
  it('SHT14 one middle dot in all its spellings', () => {
    for (const dot of ['·', '•', '・', '･', '‧', '∙', '．', '.', ' · '])
      expect(cleanName(`买买提${dot}示一`).name, dot).toBe('买买提·示一')
    expect(cleanName('J. Smith').name).toBe('J. Smith')
  })
  it('SHT15 name and phone', () => {
    expect(splitNamePhone('周示一10000000001')).toMatchObject({
      name: '周示一',
      phone: '10000000001',
      rest: '',
    })
    expect(splitNamePhone('周示一(10000000001)')).toMatchObject({ name: '周示一', phone: '10000000001' })
    expect(splitNamePhone('周　一 电话：100 0000 0001')).toMatchObject({ name: '周一', phone: '10000000001' })
    expect(splitNamePhone('１００００００００１２周示一')).toMatchObject({
      name: '周示一',
      phone: '10000000012',
    })
    expect(splitNamePhone('冯样三 1000000001')).toMatchObject({
      name: '冯样三',
      phone: null,
      rest: '1000000001',
    })
    expect(cleanPhone('+86 100-0000-0001')).toBe('10000000001')
    expect(cleanPhone('000-0000110')).toBe('000-0000110')
    expect(cleanPhone('12345')).toBeNull()
  })
  it('SHT15 several people', () => {
    expect(splitPeople('沈例八★、韩样九\n杨示十').map(({ name, marks }) => [name, marks])).toEqual([
      ['沈例八', ['★']],
      ['韩样九', []],
      ['杨示十', []],
    ])
    expect(splitPeople('无')).toEqual([])
    expect(splitPeople('/')).toEqual([])
    expect(splitPeople('沈例八 韩样九')[0]!.doubt).toBeDefined()
    expect(splitPeople('周　一、郑例二').map(person => [person.name, person.doubt])).toEqual([
      ['周一', undefined],
      ['郑例二', undefined],
    ])
  })
})

describe('days', () => {
  it.each([
    ['2020年1月11日', '2020-01-11'],
    ['2026年3月6日（周五）', '2026-03-06'],
    ['2026年3月6日\n星期五', '2026-03-06'],
    ['2020-01-11', '2020-01-11'],
    ['2020/1/11', '2020-01-11'],
    ['2020.1.11', '2020-01-11'],
    ['２０２０－１－１１', '2020-01-11'],
    ['20200111', '2020-01-11'],
    ['18.01.2020', '2020-01-18'],
    ['18/1/2020', '2020-01-18'],
    ['1/18/2020', '2020-01-18'],
    ['2020-01-11T08:00:00', '2020-01-11'],
  ])('SHT16 %s', (text, day) => {
    expect(parseDay(text).day).toBe(day)
  })
  it.each([
    ['1/2/2020', 'ambiguous'],
    ['20-1-2', 'ambiguous'],
    ['3月6日', 'year-missing'],
    ['3.6', 'year-missing'],
    ['18.01.2020 - 20.01.2020', 'range'],
    ['pre 18.01.2020', 'not-a-day'],
    ['none', 'not-a-day'],
    ['2021年2月29日', 'no-such-day'],
    ['2026年3月6日(周四)', 'weekday-differs'],
    ['43841', 'serial-number'],
    ['', 'blank'],
  ])('SHT16 %s is not guessed', (text, code) => {
    expect(parseDay(text)).toMatchObject({ day: null, reason: { code } })
  })
  it('SHT16 year from context, and cells', () => {
    expect(parseDay('3月6日(周五)', { year: 2026 })).toEqual({ day: '2026-03-06' })
    expect(parseDay({ kind: 'date', iso: '2026-03-06T08:00:00', text: '' })).toEqual({
      day: '2026-03-06',
      time: '08:00:00',
    })
    expect(parseDay({ kind: 'number', value: 20260306, text: '20260306' })).toEqual({ day: '2026-03-06' })
    expect(parseDay({ kind: 'number', value: 43841, text: '43841' }).day).toBeNull()
  })
  it('SHT17 yes and no', () => {
    for (const text of ['是', '有', '√', 'Y', '１', 'True']) expect(parseYesNo(text)).toEqual({ value: true })
    for (const text of ['否', '无', '×', 'n', '0']) expect(parseYesNo(text)).toEqual({ value: false })
    expect(parseYesNo({ kind: 'boolean', value: true })).toEqual({ value: true })
    expect(parseYesNo('/').value).toBeNull()
    expect(parseYesNo('')).toMatchObject({ value: null, reason: { code: 'blank' } })
  })
})

describe('formulas', () => {
  it('SHT23 whatever could run gets an apostrophe, and only that', () => {
    for (const text of [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '＝1',
      '＋1',
      '－1',
      '＠a',
      '\t=1',
      '\r=1',
      '\n=1',
      '﹢1',
    ])
      expect(escapeFormula(text)).toBe(`'${text}`)
    for (const text of ['周示一', "'quoted", '1-2', ' =1', '']) expect(escapeFormula(text)).toBe(text)
  })
  it('SHT23 and loses it again', () => {
    fc.assert(
      fc.property(
        fc.string(),
        text => unescapeFormula(escapeFormula(text)) === text || /^'[=+\-@\t\r\n]/.test(text),
      ),
    )
    expect(unescapeFormula("'twas")).toBe("'twas")
  })
})
