import type { Cell } from './cells.ts'
import { cleanText } from './clean.ts'

export interface Reason {
  code:
    | 'blank'
    | 'year-missing'
    | 'ambiguous'
    | 'range'
    | 'no-such-day'
    | 'weekday-differs'
    | 'serial-number'
    | 'not-a-day'
    | 'not-yes-or-no'
  zh: string
  en: string
}

export type ParsedDay = { day: string; time?: string } | { day: null; reason: Reason }
export type ParsedYesNo = { value: boolean } | { value: null; reason: Reason }

const reasons: Record<Reason['code'], { zh: string; en: string }> = {
  blank: { zh: '没有填写', en: 'It is blank' },
  'year-missing': { zh: '缺少年份', en: 'The year is missing' },
  ambiguous: {
    zh: '分不清年、月、日，请写成 2020年1月2日 或 2020-01-02',
    en: 'Year, month and day are ambiguous; write 2020-01-02',
  },
  range: { zh: '是一段时间，请只写一天', en: 'It is a span; give a single day' },
  'no-such-day': { zh: '没有这一天', en: 'There is no such day' },
  'weekday-differs': { zh: '日期与星期不符', en: 'The date and the weekday do not agree' },
  'serial-number': {
    zh: '是数字，不是日期，请把单元格设为日期格式',
    en: 'It is a number, not a date; format the cell as a date',
  },
  'not-a-day': { zh: '不是日期', en: 'It is not a date' },
  'not-yes-or-no': { zh: '只能填“是”或“否”', en: 'Only yes or no' },
}

function because(code: Reason['code']): Reason {
  return { code, ...reasons[code] }
}

const no = (code: Reason['code']): { day: null; reason: Reason } => ({ day: null, reason: because(code) })

/** Years outside this span are slips of the pen in every list a bureau keeps. */
const firstYear = 1900
const lastYear = 2100

function dayOf(year: number, month: number, day: number): string | null {
  if (year < firstYear || year > lastYear) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return date.toISOString().slice(0, 10)
}

const weekdays = ['日', '一', '二', '三', '四', '五', '六']

function checked(year: number, month: number, day: number, weekday?: string): ParsedDay {
  const iso = dayOf(year, month, day)
  if (iso === null) return no('no-such-day')
  if (weekday === undefined) return { day: iso }
  const wanted = weekdays[new Date(`${iso}T00:00:00Z`).getUTCDay()]
  return weekday.replace('天', '日') === wanted ? { day: iso } : no('weekday-differs')
}

const weekdayTail = '(?:\\s*[([]?\\s*(?:星期|周|礼拜)([一二三四五六日天])\\s*[)\\]]?)?'
const timeTail = '(?:[T ]?\\s*(\\d{1,2}:\\d{2}(?::\\d{2})?)(?:\\.\\d+)?(?:Z)?)?'
const chinese = new RegExp(`^(\\d{4})年\\s*(\\d{1,2})月\\s*(\\d{1,2})[日号]${weekdayTail}\\s*${timeTail}$`)
const chineseShort = new RegExp(`^(\\d{1,2})月\\s*(\\d{1,2})[日号]${weekdayTail}$`)
const yearFirst = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${weekdayTail}${timeTail}$`)
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/
const compact = /^(\d{4})(\d{2})(\d{2})$/
const anyDay = /\d{4}[-/.年]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}月\d{1,2}/g

/**
 * One calendar day. A date cell, `2020年1月11日`, `3月6日(周五)` with `context.year`, `2020-01-11`,
 * `2020/1/11`, `20200111`, `18.01.2020` (dots with the year last are day first everywhere), and with
 * slashes only where one reading exists. A written weekday must agree. Everything else gives a reason.
 */
export function parseDay(source: Cell | string | undefined, context: { year?: number } = {}): ParsedDay {
  if (source === undefined) return no('blank')
  if (typeof source === 'string') return parseDayText(source, context.year)
  if (source.kind === 'empty') return no('blank')
  if (source.kind === 'date') {
    const [day, time] = source.iso.split('T')
    return time === undefined ? { day: day! } : { day: day!, time }
  }
  if (source.kind === 'text') return parseDayText(source.text, context.year)
  if (source.kind !== 'number') return no('not-a-day')
  const digits = compact.exec(String(source.value))
  return digits ? checked(Number(digits[1]), Number(digits[2]), Number(digits[3])) : no('serial-number')
}

function withTime(parsed: ParsedDay, time: string | undefined): ParsedDay {
  if (parsed.day === null || time === undefined) return parsed
  const [hour, minute, second = '00'] = time.split(':')
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return no('not-a-day')
  return { day: parsed.day, time: `${hour!.padStart(2, '0')}:${minute}:${second}` }
}

function parseDayText(source: string, year: number | undefined): ParsedDay {
  const text = cleanText(source).replaceAll('\n', ' ')
  if (text === '') return no('blank')
  let match = chinese.exec(text)
  if (match) return withTime(checked(+match[1]!, +match[2]!, +match[3]!, match[4]), match[5])
  match = chineseShort.exec(text)
  if (match) return year === undefined ? no('year-missing') : checked(year, +match[1]!, +match[2]!, match[3])
  match = yearFirst.exec(text)
  if (match) return withTime(checked(+match[1]!, +match[3]!, +match[4]!, match[5]), match[6])
  match = compact.exec(text)
  if (match) return checked(+match[1]!, +match[2]!, +match[3]!)
  match = yearLast.exec(text)
  if (match) return yearLastDay(+match[1]!, match[2]!, +match[3]!, +match[4]!)
  if ((text.match(anyDay)?.length ?? 0) > 1 || /\d\s*(?:-|–|—|~|至|到)\s*\d+[日号.]/.test(text))
    return no('range')
  if (/^\d{1,2}([-/.])\d{1,2}\1\d{1,2}$/.test(text)) return no('ambiguous')
  if (/^\d{1,2}[-/.]\d{1,2}$/.test(text)) return no('year-missing')
  if (/^\d+(\.\d+)?$/.test(text)) return no('serial-number')
  return no('not-a-day')
}

function yearLastDay(first: number, separator: string, second: number, year: number): ParsedDay {
  if (separator === '.' || first > 12 || first === second) return checked(year, second, first)
  if (second > 12) return checked(year, first, second)
  return no('ambiguous')
}

const yes = new Set(['是', '有', '对', '√', '✓', '✔', '☑', 'y', 'yes', 'true', '1', 't'])
const not = new Set(['否', '无', '没有', '不是', '×', '✗', '✘', '☒', 'n', 'no', 'false', '0', 'f', 'x'])

/** 是/否, 有/无, √/×, Y/N, 1/0. Blank and anything else give a reason; `/` may mean "not asked" and is refused. */
export function parseYesNo(source: Cell | string | undefined): ParsedYesNo {
  if (source !== undefined && typeof source !== 'string' && source.kind === 'boolean')
    return { value: source.value }
  const raw =
    source === undefined ? '' : typeof source === 'string' ? source : 'text' in source ? source.text : ''
  const text = cleanText(raw).toLowerCase()
  if (text === '') return { value: null, reason: because('blank') }
  if (yes.has(text)) return { value: true }
  if (not.has(text)) return { value: false }
  return { value: null, reason: because('not-yes-or-no') }
}
