// A brought list from its bytes to the answer that a person looks at: which sheet, what each column means, what is
// wrong where. What a row means, and whether it may be written, is for the module that asks.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Both, Problem } from '../kernel/contract.ts'
import { type Cell, cellText, columnIndex, fillDown, type Sheet, type Workbook } from './cells.ts'
import { csvEncodings } from './csv.ts'
import { detectHeader, type Header, normalLabel } from './header.ts'
import type { CellRefusal, ColumnSpec, Mapped, Mapping } from './mapping.ts'
import { SheetProblem } from './problems.ts'
import { readSheets } from './read.ts'
import {
  type MappingSuggestion,
  type RememberedMapping,
  type SuggestionStatus,
  suggestMapping,
} from './suggest.ts'
import { xlsxType } from './workbook-file.ts'
import { writeWorkbook } from './write.ts'

const letter = z.string().regex(/^[A-Z]{1,3}$/)

/** What a person has said of the file; with every change it is read and answered anew. */
export const listChoices = {
  /** Null: the first sheet that looks like the list that is wanted. */
  sheet: z.string().max(100).nullable().default(null),
  /** The answer to a text file whose encoding cannot be told. */
  encoding: z.enum(csvEncodings).nullable().default(null),
  /** Column letter → field, or null for not imported. Null: as remembered or suggested. */
  mapping: z.record(letter, z.string().max(30).nullable()).nullable().default(null),
  /** Cells that were corrected on the page. */
  fixes: z
    .array(z.strictObject({ row: z.int().min(1), column: letter, text: z.string().max(300) }))
    .max(5_000)
    .default([]),
}
const choices = z.strictObject(listChoices)
export type ListChoices = z.output<typeof choices>

export interface BroughtFile {
  fileName: string
  bytes: Buffer
}
/** A mapping that was kept, under the digest of its source's header. */
export interface KeptMapping {
  source: string
  mapping: RememberedMapping
}
export interface OpenedList {
  fileName: string
  book: Workbook
  /** With merged cells filled down and the person's corrections put in. */
  sheet: Sheet
  header: Header
  specs: readonly ColumnSpec[]
  suggestion: MappingSuggestion
  mapping: Mapping
  /** Required keys that no column is mapped to: until there is none, no row can be read. */
  missing: string[]
  remembered: boolean
  /** The person has chosen the mapping. */
  chosen: boolean
}

/** A file that cannot be read is a problem in words, not a fault of the system. */
export async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SheetProblem)) throw error
    const { code, status, zh, en, details } = error
    const doZh = '没有写入任何内容；改好文件后再选一次。'
    const doEn = 'Nothing was written. Mend the file and choose it again.'
    throw new Problem(code, { status, zh, en, doZh, doEn }, details)
  }
}

function chosenSheet(book: Workbook, wanted: string | null, specs: readonly ColumnSpec[]): Sheet | undefined {
  const named = wanted === null ? undefined : book.sheets.find(sheet => sheet.name === wanted)
  if (named) return named
  const filled = book.sheets.filter(sheet => sheet.rows.length > 0)
  const visible = filled.filter(sheet => !sheet.hidden)
  const known = visible.find(one => detectHeader(one, specs)?.found === 'labels')
  return known ?? visible[0] ?? filled[0]
}

/** Puts the person's corrections into the cells, as if they had been typed in Excel. */
function corrected(sheet: Sheet, fixes: ListChoices['fixes']): Sheet {
  const at = new Map(sheet.rowNumbers.map((rowNumber, index) => [rowNumber, index]))
  const rows = sheet.rows.slice()
  for (const fix of fixes) {
    const index = at.get(fix.row) ?? -1
    const column = columnIndex(fix.column)
    const row = rows[index]?.slice()
    if (row === undefined || column < 0) continue
    while (row.length <= column) row.push({ kind: 'empty' })
    row[column] = { kind: 'text', text: fix.text } satisfies Cell
    rows[index] = row
  }
  return { ...sheet, rows }
}

export const sourceOf = (signature: string) => createHash('sha256').update(signature).digest('hex')

/** The mapping of this very source; else of the one whose labels are most alike, so that a new column costs nothing. */
function memoryOf(header: Header, kept: readonly KeptMapping[]): RememberedMapping | undefined {
  const source = sourceOf(header.signature)
  const same = kept.find(one => one.source === source)
  if (same) return same.mapping
  const wanted = new Set(header.columns.map(column => normalLabel(column.text)))
  let best: { alike: number; mapping: RememberedMapping } | undefined
  for (const { mapping } of kept) {
    const hits = mapping.columns.filter(column => wanted.has(normalLabel(column.header))).length
    const alike = hits / Math.max(1, wanted.size, mapping.columns.length)
    if (alike >= 0.6 && alike > (best?.alike ?? 0)) best = { alike, mapping }
  }
  return best?.mapping
}

/** Reads the file, finds the list in it, and maps its columns. Throws SheetProblem. */
export async function openList(
  { fileName, bytes }: BroughtFile,
  said: ListChoices,
  specs: readonly ColumnSpec[],
  kept: readonly KeptMapping[],
): Promise<OpenedList> {
  const encoding = said.encoding ?? undefined
  const book = await readSheets(bytes, fileName, { maxRows: 100_000, encoding })
  const plain = chosenSheet(book, said.sheet, specs)
  const header = plain && detectHeader(plain, specs)
  if (!plain || !header) throw new SheetProblem('sheets/no-list', {}, { file: fileName })
  const memory = memoryOf(header, kept)
  const suggestion = suggestMapping(header, specs, memory)
  const mapping = said.mapping ?? suggestion.mapping
  const given = Object.values(mapping).filter(field => field !== null)
  const twice = given.find((field, at) => given.indexOf(field) < at)
  if (twice) throw new SheetProblem('sheets/mapping-conflict', { detail: twice }, { sheet: plain.name })
  return {
    fileName,
    book,
    sheet: corrected(fillDown(plain), said.fixes),
    header,
    specs,
    suggestion,
    mapping,
    missing: specs.filter(spec => spec.required && !given.includes(spec.key)).map(spec => spec.key),
    remembered: memory !== undefined,
    chosen: said.mapping !== null,
  }
}

// ------------------------------------------------------------------------------------------------- the answer

export interface ListFault extends Both {
  column: string
  header: string
  field: string | null
  /** As Excel shows the cell. */
  text: string
  /** One click that mends it; `all` says that it matches the word for the whole column. */
  fix: (Both & { value: string; all: boolean }) | null
}
export interface ListColumn {
  letter: string
  header: string
  /** First cell; of a long number only both ends. */
  sample: string
  field: string | null
  status: SuggestionStatus | 'chosen'
}
export interface ListAnswer {
  fileName: string
  format: string
  encoding: string | null
  sheets: { name: string; hidden: boolean; rows: number }[]
  ignoredSheets: ({ name: string } & Both)[]
  sheet: string
  headerRow: number
  firstRow: number
  lastRow: number
  /** What a column can be mapped to; of a secret field only both ends are shown. */
  fields: ({ key: string; secret: boolean } & Both)[]
  columns: ListColumn[]
  missing: string[]
  remembered: boolean
  /** Digest of the header and the header itself, to keep the mapping under. */
  source: string
  signature: string
  refused: ({ row: number; more: ListFault[] } & ListFault)[]
  /** Totals, signatures and notes: not data, not read. */
  passedOver: ({ row: number; text: string } & Both)[]
}

/** Digits behind a point are a coordinate, not somebody's number; in a secret column blanks hide nothing. */
const masked = (text: string, secret: boolean) =>
  text.replace(
    secret ? /\d[\d\s-]{5,}\d/g : /(?<![.\d])\d{7,}/g,
    digits => `${digits.replace(/\D/g, '').slice(0, 3)}****${digits.replace(/\D/g, '').slice(-4)}`,
  )

/** What every import says of a list; counts and rows are added by the module. `words`: fields matched word by word. */
export function answerOf<T>(
  list: OpenedList,
  mapped: Mapped<T> | undefined,
  words: readonly string[] = [],
): ListAnswer {
  const { book, header, mapping, chosen } = list
  const faultOf = ({ column, header: label, text, zh, en, fix }: CellRefusal): ListFault => {
    const field = mapping[column] ?? null
    const all = field !== null && words.includes(field) && text.trim() !== ''
    return {
      column,
      header: label,
      field,
      text: text.slice(0, 300),
      zh,
      en,
      fix: fix ? { ...fix, all } : null,
    }
  }
  return {
    fileName: list.fileName,
    format: book.format,
    encoding: book.encoding ?? null,
    sheets: book.sheets.map(({ name, hidden, rows }) => ({ name, hidden, rows: rows.length })),
    ignoredSheets: book.ignored,
    sheet: list.sheet.name,
    headerRow: header.lastRow,
    firstRow: mapped?.firstRow ?? 0,
    lastRow: mapped?.lastRow ?? 0,
    fields: list.specs.map(({ key, zh, en, secret = false }) => ({ key, zh, en, secret })),
    columns: list.suggestion.columns.map(({ letter, header: label, sample, key, status }) => {
      const field = mapping[letter] ?? null
      const said = chosen && field !== key ? 'chosen' : status
      const secret = list.specs.find(spec => spec.key === field)?.secret ?? false
      return { letter, header: label, sample: masked(sample, secret).slice(0, 80), field, status: said }
    }),
    missing: list.missing,
    remembered: list.remembered,
    source: sourceOf(header.signature),
    signature: header.signature.slice(0, 20_000),
    refused: (mapped?.refused ?? []).map(row => ({
      row: row.rowNumber,
      ...faultOf(row),
      more: row.more.map(faultOf),
    })),
    passedOver: (mapped?.skipped ?? []).map(({ rowNumber: row, ...rest }) => ({ row, ...rest })),
  }
}

/** The refused rows as they stand in the file, each with its reasons: mended, this sheet can be imported alone. */
export async function refusedFile<T>({ fileName, sheet, header }: OpenedList, mapped: Mapped<T> | undefined) {
  if (!mapped || mapped.refused.length === 0) throw new SheetProblem('sheets/no-faults')
  const at = new Map(sheet.rowNumbers.map((rowNumber, index) => [rowNumber, index]))
  const say = (fault: CellRefusal) => `${fault.column} 列 ${fault.header}:${fault.zh}`
  const bytes = await writeWorkbook({
    sheetName: '有误行',
    columns: [
      { key: 'row', header: '原行号', kind: 'int' },
      ...header.columns.map(({ letter: key, text }) => ({ key, header: text || key, kind: 'text' as const })),
      { key: 'why', header: '哪里不对', kind: 'text', width: 40 },
    ],
    rows: mapped.refused.map(refused => {
      const row = sheet.rows[at.get(refused.rowNumber) ?? -1] ?? []
      return {
        row: refused.rowNumber,
        ...Object.fromEntries(header.columns.map(({ letter: key, index }) => [key, cellText(row[index])])),
        why: [refused, ...refused.more].map(say).join('\n'),
      }
    }),
  })
  return {
    fileName: `${fileName.replace(/\.[^.]*$/, '')}-有误${mapped.refused.length}行.xlsx`,
    contentType: xlsxType,
    base64: bytes.toString('base64'),
  }
}
