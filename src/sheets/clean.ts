/**
 * Text as people type it, made comparable. Nothing here guesses: what is not understood is handed back.
 * No import of Node, so the pages use the same rules as the server.
 */

/** Zero-width characters, direction marks, soft hyphen, byte order mark: invisible, and unequal in a search. */
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g
/** Control characters other than tab and line break, and non-characters; a workbook cannot hold them. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu

/**
 * NFKC (full-width digits and letters, U+3000, ligatures), invisible and control characters out, runs of
 * blanks to one space, CRLF and CR to LF, blanks at the ends of lines and of the text out. Idempotent.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(controls, '')
    .replace(invisible, '')
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/[\t\v\f \u00a0\u2028\u2029]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim()
}

/** Spellings of the dot in names such as 买买提·艾力. The plain and ideographic stop only between Han characters. */
const middleDot = /[\u00b7\u0387\u2022\u2027\u2219\u22c5\u2024\u2e31\u30fb\uff65\u318d\u119e\u16eb]/g
const stopInName = /(?<=\p{Script=Han})[.。•](?=\p{Script=Han})/gu

export const nameMarks = [
  '民',
  '辅',
  '职',
  '民警',
  '辅警',
  '职工',
  '带班',
  '组长',
  '副组长',
  '点长',
  '副点长',
  '主班',
  '副班',
  '备勤',
  '所长',
  '副所长',
  '教导员',
  '指导员',
  '大队长',
  '副大队长',
  '中队长',
  '副中队长',
  '女',
  '男',
] as const

export interface CleanName {
  name: string
  /** Marks in the order they stood: `★`, or the word without its brackets, such as `带班`. */
  marks: string[]
}

/**
 * Strips inner spaces (`周　一` is padded to align with three characters) and known marks. A space between
 * Latin letters stays, and so does anything in brackets that is not a known mark: the caller sees it.
 */
export function cleanName(text: string, knownMarks: readonly string[] = nameMarks): CleanName {
  const marks: string[] = []
  let name = cleanText(text).replace(/[\n]/g, ' ')
  name = name.replace(/[★☆※▲△●◆]/g, mark => {
    marks.push(mark)
    return ''
  })
  name = name.replace(/[([【〔]([^()[\]【】〔〕]*)[)\]】〕]/g, (whole, inner: string) => {
    const word = inner.replace(/\s/g, '')
    if (!knownMarks.includes(word)) return whole
    marks.push(word)
    return ''
  })
  name = name
    .replace(middleDot, '·')
    .replace(stopInName, '·')
    .replace(/(?<=[\p{Script=Han}·()])\s+|\s+(?=[\p{Script=Han}·()])/gu, '')
    .replace(/·+/g, '·')
    .trim()
  return { name, marks }
}

export interface NamedPhone extends CleanName {
  phone: string | null
  /** Digits or text that is neither name nor phone, as typed; empty when all was understood. */
  rest: string
  /** Set when the name may be two people run together. */
  doubt?: { zh: string; en: string }
}

const mobile = /^(?:\+?86)?(1\d{10})$/
const landline = /^0\d{2,3}-?\d{7,8}$/

/** Mobile of 11 digits from 1, or a landline with area code; blanks and hyphens inside a mobile are dropped. */
export function cleanPhone(text: string): string | null {
  const plain = cleanText(text).replace(/[\s\u2010-\u2015]/g, blank => (blank.trim() === '' ? '' : '-'))
  const digits = mobile.exec(plain.replaceAll('-', ''))
  if (digits) return digits[1]!
  return landline.test(plain) ? plain : null
}

/** `周示一10000000001`, `周示一(10000000001)`, `周示一 电话:100 0000 0001`. */
export function splitNamePhone(text: string, knownMarks: readonly string[] = nameMarks): NamedPhone {
  const clean = cleanText(text)
  const found = [...clean.matchAll(/\+?\d(?:[\d \n-]*\d)?/g)]
  const numbers = found.map(match => ({ text: match[0], phone: cleanPhone(match[0]) }))
  const phone = numbers.find(number => number.phone !== null)
  const rest = numbers.filter(number => number !== phone).map(number => number.text)
  let left = clean
  for (const number of numbers) left = left.replace(number.text, '\u0000')
  left = left
    .replace(/(?:联系电话|手机号?|电话)?\s*[:：]?\s*[([]?\u0000[)\]]?/g, ' ')
    .replace(/^[\s,:;/-]+|[\s,:;/-]+$/g, '')
  const { name, marks } = cleanName(left, knownMarks)
  const result: NamedPhone = { name, marks, phone: phone?.phone ?? null, rest: rest.join(' ') }
  const parts = left.split(/\s+/).filter(part => /^\p{Script=Han}{2,}$/u.test(part))
  if (parts.length > 1 && !name.includes('·'))
    result.doubt = {
      zh: `“${parts.join(' ')}”可能是几个人，请用顿号分开`,
      en: `"${parts.join(' ')}" may be several people; separate them by 、`,
    }
  return result
}

const nobody = /^(无|\/|-|—+|暂无|none)$/i

/**
 * Several people in one cell, separated by 、 ， ； / or a line break. A blank does not separate: it also
 * pads short names and stands in 欧阳 示一; a doubtful case carries `doubt`. `无` and `/` are nobody.
 */
export function splitPeople(text: string, knownMarks: readonly string[] = nameMarks): NamedPhone[] {
  return cleanText(text)
    .split(/[、,，;；/\n|]+/)
    .map(part => part.trim())
    .filter(part => part !== '' && !nobody.test(part))
    .map(part => splitNamePhone(part, knownMarks))
}

/** Full-width and small forms count, because Excel in East Asian locales accepts them. */
function startsFormula(text: string): boolean {
  const first = text.charAt(0)
  return first === '\t' || first === '\r' || first === '\n' || /^[=+\-@]/.test(first.normalize('NFKC'))
}

/** Text that a spreadsheet would run as a formula gets a leading apostrophe. For every text cell written. */
export function escapeFormula(text: string): string {
  return startsFormula(text) ? `'${text}` : text
}

/** Takes that apostrophe off again, so that our own export can be imported. Any other text is left alone. */
export function unescapeFormula(text: string): string {
  return text.startsWith("'") && startsFormula(text.slice(1)) ? text.slice(1) : text
}
