// Columns of the books and fields of commands in words, and their values as a person reads them. Each module brings
// the words of its own tables; the app hands them all down, so that a component here need know no module.
import { createContext, useContext } from 'react'
import type { Both } from '../../kernel/contract.ts'
import { formatDay, formatDayTime, formatNumber, formatSpan, type Lang, translate } from '../i18n.ts'
import { uiWords } from '../ui-words.ts'

export interface FieldWord extends Both {
  /** What single values are called: the kinds of a post. Of a value that is an object, what its keys are called. */
  values?: Readonly<Record<string, Both>>
  /** `clock`: minutes after midnight. */
  as?: 'clock'
}
export interface TableWords extends Both {
  /** By column, in the order in which they are shown. */
  fields: Readonly<Record<string, FieldWord>>
  /** Columns that say nothing to a reader: keys, sort keys. */
  hidden?: readonly string[]
}
/** By module, then by table. */
export type FieldWords = Readonly<Record<string, Readonly<Record<string, TableWords>>>>

const Context = createContext<FieldWords>({})
export const FieldWordsProvider = Context.Provider
export const useFieldWords = () => useContext(Context)

const always = ['agency_id']

/** `contactPhone`, `contact_phone` → `contact phone`: what stands where a word is missing, and is not a key. */
function readable(key: string): Both {
  const text = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
  return { zh: text, en: text }
}
const snake = (key: string) => key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

export function tableWords(words: FieldWords, table: string): TableWords {
  const found = Object.values(words).find(one => table in one)?.[table]
  return found ?? { ...readable(table), fields: {} }
}

export const isHidden = (table: TableWords, column: string) =>
  always.includes(column) || (table.hidden ?? []).includes(column)

export function columnWord(table: TableWords, column: string): FieldWord {
  return table.fields[column] ?? readable(column)
}

/**
 * The word of a command's field, which is called like the column it goes to: of the command's own module first. Where
 * several tables have such a column, the one that knows the value.
 */
export function inputWord(words: FieldWords, command: string, field: string, value?: unknown): FieldWord {
  const column = snake(field)
  const { [command.split('.')[0] ?? '']: own = {}, ...others } = words
  const tables = [...Object.values(own), ...Object.values(others).flatMap(one => Object.values(one))]
  const known = tables.flatMap(one => one.fields[column] ?? [])
  return known.find(one => one.values && String(value) in one.values) ?? known[0] ?? readable(field)
}

// ------------------------------------------------------------------------------------------------------- values

export interface Writing {
  lang: Lang
  /** The names of ids. */
  names: Readonly<Record<string, string>>
  timeZone?: string
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const day = /^\d{4}-\d{2}-\d{2}$/
const instant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/
/** As PostgreSQL writes a span of time: `["2021-11-03 00:00:00+00","2021-11-03 08:00:00+00")`. */
const span = /^[[(]"(\d{4}-[^"]+)","(\d{4}-[^"]+)"[\])]$/
const two = (n: number) => String(n).padStart(2, '0')

export const isNothing = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === false ||
  (typeof value === 'object' && Object.keys(value).length === 0)

/** A value that brings its own words, such as a band of a shift pattern. */
const isBoth = (value: unknown): value is Both =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value

/** PostgreSQL's `2021-11-03 00:00:00+00` in the one form that every browser reads. */
const iso = (text: string) => text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00')

function writeText(text: string, { lang, names, timeZone }: Writing): string {
  if (uuid.test(text)) return names[text] ?? `#${text.slice(-6)}`
  if (day.test(text)) return formatDay(text, { lang, year: true, weekday: false })
  const [, from, until] = span.exec(text) ?? []
  if (from && until) return formatSpan(iso(from), iso(until), { lang, timeZone, days: true })
  if (instant.test(text)) return formatDayTime(iso(text), { lang, timeZone, year: true })
  return text
}

/** A value of the books or of a command as it is read, in one line. */
export function writeValue(value: unknown, word: FieldWord | undefined, writing: Writing): string {
  const { lang } = writing
  const t = translate(uiWords, lang)
  if (typeof value === 'boolean') return value ? t('yes') : t('no')
  if (isNothing(value)) return t('valueNone')
  const known = word?.values?.[String(value)]
  if (known) return known[lang]
  if (typeof value === 'number') {
    if (word?.as !== 'clock') return formatNumber(value)
    const time = `${two(Math.floor(value / 60) % 24)}:${two(value % 60)}`
    return value >= 1440 ? t('nextDayAt', { time }) : time
  }
  if (typeof value === 'string') return writeText(value, writing)
  if (Array.isArray(value)) {
    const plain = value.every(one => one === null || typeof one !== 'object' || isBoth(one))
    if (!plain) return t('valueMany', { n: value.length })
    return value.map(one => writeValue(one, word, writing)).join(t('comma'))
  }
  if (isBoth(value)) return value[lang]
  const fields = value as Record<string, unknown>
  if (fields.sealed === true) return t('valueSealed')
  if (typeof fields.many === 'number') return t('valueMany', { n: fields.many })
  return Object.entries(fields)
    .filter(([, inner]) => !isNothing(inner) && inner !== 0)
    .map(
      ([key, inner]) =>
        `${(word?.values?.[key] ?? readable(key))[lang]} ${writeValue(inner, undefined, writing)}`,
    )
    .join(t('comma'))
}
