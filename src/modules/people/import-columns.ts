// The columns of a list of officers as bureaus really write them, and how each cell is read (PAPERWORK §0, §3).
import {
  type Cell,
  type CellError,
  cellText,
  cleanPhone,
  cleanText,
  type ColumnSpec,
} from '../../sheets/index.ts'
import { parseDay, splitNamePhone } from '../../sheets/index.ts'
import {
  badgePatterns,
  type ImportField,
  importFieldTitles,
  type OfficerKind,
  officerKindTitles,
  type SkillKind,
  skillTitles,
} from './contracts.ts'

/** What one row says, cell by cell; null where the cell is blank or its column is not there. */
export interface ReadRow {
  name: { name: string; marks: string[]; phone: string | null; stripped: boolean }
  badge: string
  kind: OfficerKind | null
  sex: 'male' | 'female' | null
  unit: string | null
  title: string | null
  /** '' clears. */
  phone: string | null
  /** Known skills, and the words that no skill is known for. */
  skills: { known: SkillKind[]; unknown: string[] } | null
  homeAgency: string | null
  beginsOn: string | null
  endsOn: string | null
}

/** Words that a person matched by hand: column and word → what it stands for; '' where it stands for nothing. */
export type MatchedWords = ReadonlyMap<string, string>
export const wordKey = (field: ImportField, word: string) => `${field} ${word}`

const kindWords: Record<string, OfficerKind> = {
  民警: 'police',
  民: 'police',
  警察: 'police',
  在编民警: 'police',
  police: 'police',
  辅警: 'auxiliary',
  辅: 'auxiliary',
  勤务辅警: 'auxiliary',
  文职辅警: 'auxiliary',
  文职: 'auxiliary',
  auxiliary: 'auxiliary',
  职工: 'civilian',
  职: 'civilian',
  工勤: 'civilian',
  工勤人员: 'civilian',
  civilian: 'civilian',
  支援: 'attached',
  支援民警: 'attached',
  借调: 'attached',
  外单位支援: 'attached',
  attached: 'attached',
}
/** Not used any more, but still written: offered as one click, never assumed. */
const kindGuesses: Record<string, OfficerKind> = {
  协警: 'auxiliary',
  协管员: 'auxiliary',
  辅助: 'auxiliary',
  '1': 'police',
  '2': 'auxiliary',
  干警: 'police',
  正式: 'police',
}

const skillWords: Record<string, SkillKind> = {
  带班: 'leader',
  带班民警: 'leader',
  组长: 'leader',
  leader: 'leader',
  防护: 'ppe',
  防护服: 'ppe',
  穿脱防护服: 'ppe',
  防护培训: 'ppe',
  ppe: 'ppe',
  驾驶: 'driver',
  驾驶员: 'driver',
  司机: 'driver',
  driver: 'driver',
  医疗: 'medical',
  医护: 'medical',
  急救: 'medical',
  medical: 'medical',
}
/** 女警 in a list of skills says the sex, which stands in its own column. */
const skillsPassedOver = new Set(['女警', '女', 'woman'])

const nothing = /^(无|\/|-|—+|暂无|none)$/i

/** `(民)` and `民警(在编)` are words with brackets around or behind. */
const word = (text: string) =>
  cleanText(text)
    .replace(/\s+/g, '')
    .replace(/^[([【〔](.*)[)\]】〕]$/, '$1')

const textOf = (cell: Cell) => cleanText(cellText(cell)).replace(/\s*\n\s*/g, ' ')

function parseName(cell: Cell): { value: ReadRow['name'] } | { error: CellError } {
  const text = cellText(cell)
  const people = splitNamePhone(text)
  if (people.name === '') return { error: { zh: '姓名不能为空', en: 'The name must not be blank' } }
  if (people.doubt) return { error: people.doubt }
  if (people.rest !== '') {
    return {
      error: {
        zh: `姓名后的“${people.rest}”不是电话`,
        en: `“${people.rest}” behind the name is not a phone number`,
        fix: { zh: `改为 ${people.name}`, en: `Make it ${people.name}`, value: people.name },
      },
    }
  }
  if (people.name.length > 60) return { error: { zh: '姓名过长', en: 'The name is too long' } }
  if (/\d/.test(people.name)) {
    return { error: { zh: '姓名中有数字', en: 'There are digits in the name' } }
  }
  const stripped = people.name !== text
  return { value: { name: people.name, marks: people.marks, phone: people.phone, stripped } }
}

const lookalikes: Record<string, string> = {
  O: '0',
  o: '0',
  Q: '0',
  I: '1',
  l: '1',
  '|': '1',
  Z: '2',
  S: '5',
  B: '8',
}

/** The number that was probably meant: letters that look like digits, small letters, blanks and hyphens inside. */
export function likelyBadge(text: string, kind: OfficerKind | null): string | null {
  const plain = text.replace(/[\s·.—–-]/g, '')
  const digits = [...plain].map(sign => lookalikes[sign] ?? sign).join('')
  const [, letters = '', tail = ''] = /^([A-Za-z]{0,3})(.*)$/.exec(plain) ?? []
  const mended = letters.toUpperCase() + [...tail].map(sign => lookalikes[sign] ?? sign).join('')
  const candidates = [plain.toUpperCase(), digits, mended]
  const kinds: OfficerKind[] = kind ? [kind] : ['police', 'auxiliary']
  const fits = (candidate: string) => kinds.some(one => badgePatterns[one].pattern.test(candidate))
  return candidates.find(candidate => candidate !== text && fits(candidate)) ?? null
}

function parseBadge(cell: Cell): { value: string } | { error: CellError } {
  const text = cleanText(cellText(cell)).replace(/\s+/g, '')
  if (text.length > 20) return { error: { zh: '编号过长', en: 'The number is too long' } }
  return { value: text }
}

function parseKind(cell: Cell, matched: MatchedWords): { value: OfficerKind | null } | { error: CellError } {
  const text = word(cellText(cell))
  const chosen = matched.get(wordKey('kind', text)) ?? kindWords[text.toLowerCase()] ?? kindWords[text]
  if (chosen && chosen in officerKindTitles) return { value: chosen as OfficerKind }
  const guess = kindGuesses[text]
  return {
    error: {
      zh: '只能是民警、辅警、职工、支援',
      en: 'Only police, auxiliary, civilian or attached',
      ...(guess
        ? {
            fix: {
              zh: `对照为${officerKindTitles[guess].zh}`,
              en: `Match with ${officerKindTitles[guess].en}`,
              value: guess,
            },
          }
        : {}),
    },
  }
}

function parseSex(cell: Cell): { value: ReadRow['sex'] } | { error: CellError } {
  const text = word(cellText(cell)).toLowerCase()
  if (['男', '男性', 'm', 'male'].includes(text)) return { value: 'male' }
  if (['女', '女性', 'f', 'female'].includes(text)) return { value: 'female' }
  return { error: { zh: '只能是男或女', en: 'Only male or female' } }
}

function parsePhone(cell: Cell): { value: string } | { error: CellError } {
  const text = textOf(cell)
  if (nothing.test(text)) return { value: '' }
  const phone = cleanPhone(text)
  if (phone !== null) return { value: phone }
  const digits = text.replace(/\D/g, '')
  const apart = 11 - digits.length
  const both =
    digits.startsWith('1') && apart !== 0
      ? apart > 0
        ? {
            zh: `少 ${apart} 位，须 11 位数字`,
            en: `${apart} ${apart === 1 ? 'digit' : 'digits'} short of 11`,
          }
        : {
            zh: `多 ${-apart} 位，须 11 位数字`,
            en: `${-apart} ${apart === -1 ? 'digit' : 'digits'} more than 11`,
          }
      : { zh: '不是手机号，也不是带区号的座机', en: 'Neither a mobile nor a landline with area code' }
  return { error: both }
}

function parseSkills(cell: Cell, matched: MatchedWords): { value: ReadRow['skills'] } {
  const known = new Set<SkillKind>()
  const unknown: string[] = []
  const text = textOf(cell)
  if (nothing.test(text)) return { value: { known: [], unknown } }
  for (const raw of text.split(/[、,;；，/|\s]+/)) {
    const one = word(raw)
    if (one === '' || nothing.test(one) || skillsPassedOver.has(one)) continue
    const chosen = matched.get(wordKey('skills', one)) ?? skillWords[one.toLowerCase()]
    if (chosen === '') continue
    if (chosen && chosen in skillTitles) known.add(chosen as SkillKind)
    else unknown.push(one)
  }
  return { value: { known: [...known].sort(), unknown } }
}

function parseShort(cell: Cell, most: number): { value: string } | { error: CellError } {
  const text = textOf(cell)
  if (nothing.test(text)) return { value: '' }
  if (text.length <= most) return { value: text }
  return { error: { zh: `最多 ${most} 个字`, en: `At most ${most} characters` } }
}

function parseDate(cell: Cell): { value: string | null } | { error: CellError } {
  if (nothing.test(textOf(cell))) return { value: null }
  const parsed = parseDay(cell)
  if (parsed.day !== null) return { value: parsed.day }
  return { error: { zh: parsed.reason.zh, en: parsed.reason.en } }
}

const aliases: Record<ImportField, string[]> = {
  name: ['名字', '人员姓名', '民警姓名', '姓名及电话', '姓名电话', '人员'],
  badge: [
    '警号',
    '辅警编号',
    '警号/编号',
    '警号或辅警编号',
    '警号/辅警编号',
    '编号',
    '警员编号',
    '工号',
    'badge',
  ],
  kind: ['类别', '人员类型', '身份', '岗位类别', '警种类别', '人员分类'],
  sex: ['gender'],
  unit: ['单位', '部门', '所属部门', '所在单位', '所属组织', '管理部门', '工作单位', '派出所'],
  title: ['职级', '岗位', '业务岗位', '职务岗位', '职务/岗位'],
  phone: ['电话', '手机', '手机号', '手机号码', '联系方式', '电话号码', '联系电话(手机)'],
  skills: ['特长', '技能', '资质特长', '培训情况'],
  homeAgency: ['原单位', '支援单位', '来源单位', '派出机关'],
  beginsOn: ['起始日期', '开始日期', '到岗时间', '支援起', '自'],
  endsOn: ['截止日期', '结束日期', '离岗时间', '支援止', '至'],
}

export function officerColumns(matched: MatchedWords): ColumnSpec[] {
  const parse: Record<ImportField, ColumnSpec['parse']> = {
    name: parseName,
    badge: parseBadge,
    kind: cell => parseKind(cell, matched),
    sex: parseSex,
    unit: cell => {
      const text = textOf(cell)
      return { value: matched.get(wordKey('unit', text)) ?? text }
    },
    title: cell => parseShort(cell, 60),
    phone: parsePhone,
    skills: cell => parseSkills(cell, matched),
    homeAgency: cell => parseShort(cell, 80),
    beginsOn: parseDate,
    endsOn: parseDate,
  }
  const required = new Set<ImportField>(['name', 'badge', 'unit'])
  return (Object.keys(importFieldTitles) as ImportField[]).map(key => ({
    key,
    ...importFieldTitles[key],
    aliases: aliases[key],
    secret: key === 'phone',
    required: required.has(key),
    parse: parse[key],
  }))
}
