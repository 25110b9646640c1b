// A brought list of officers, read and answered: what each column means, what each row becomes, what is wrong where.
// Nothing is written here; the client sends `people.importOfficers` with the rows that were accepted.
import type { ReaderHands } from '../../kernel/module.ts'
import {
  applyMapping,
  type Cell,
  type CellError,
  type CellRefusal,
  columnIndex,
  detectHeader,
  fillDown,
  type Header,
  type Mapped,
  type Mapping,
  type MappingSuggestion,
  readSheets,
  type Sheet,
  SheetProblem,
  sheetProblems,
  suggestMapping,
  type Workbook,
} from '../../sheets/index.ts'
import { Problem } from '../../kernel/contract.ts'
import { badgePatterns, importRowsMost, type OfficerKind, peopleProblems } from './contracts.ts'
import { likelyBadge, type MatchedWords, officerColumns, type ReadRow, wordKey } from './import-columns.ts'
import {
  type KnownOfficer,
  type KnownUnits,
  knownOfficers,
  knownUnits,
  rememberedMapping,
} from './import-people.ts'
import type { ReadSheetInput } from './import-shapes.ts'

/** Everything that answering needs: shared by the preview and the file of refused rows. */
export interface ReadList {
  book: Workbook
  /** With merged cells filled down and the person's corrections put in. */
  sheet: Sheet
  header: Header
  suggestion: MappingSuggestion
  mapping: Mapping
  /** Undefined while a required column has no place: then no row can be read. */
  mapped: Mapped<ReadRow> | undefined
  known: ReadonlyMap<string, KnownOfficer>
  remembered: boolean
}

/** A file that cannot be read is a problem in words, not a fault of the system. */
async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SheetProblem)) throw error
    const entry = sheetProblems[error.code]
    throw new Problem(
      error.code,
      {
        status: entry.status,
        zh: error.zh,
        en: error.en,
        doZh: '没有写入任何内容；改好文件后再选一次。',
        doEn: 'Nothing was written. Mend the file and choose it again.',
      },
      error.details,
    )
  }
}

function chosenSheet(book: Workbook, wanted: string | null, specs: ReturnType<typeof officerColumns>): Sheet {
  if (wanted !== null) {
    const named = book.sheets.find(sheet => sheet.name === wanted)
    if (named) return named
  }
  const shown = book.sheets.filter(sheet => sheet.rows.length > 0)
  const visible = shown.filter(sheet => !sheet.hidden)
  const sheet =
    visible.find(one => detectHeader(one, specs)?.found === 'labels') ??
    visible[0] ??
    shown[0] ??
    book.sheets[0]
  if (!sheet) throw peopleProblems.importNothing()
  return sheet
}

/** Puts the person's corrections into the cells, as if they had been typed in Excel. */
function corrected(sheet: Sheet, fixes: ReadSheetInput['fixes']): Sheet {
  if (fixes.length === 0) return sheet
  const at = new Map(sheet.rowNumbers.map((rowNumber, index) => [rowNumber, index]))
  const rows = sheet.rows.slice()
  const copied = new Set<number>()
  for (const fix of fixes) {
    const index = at.get(fix.row)
    const column = columnIndex(fix.column)
    const row = index === undefined ? undefined : rows[index]
    if (index === undefined || row === undefined || column < 0) continue
    const copy = copied.has(index) ? row : row.slice()
    while (copy.length <= column) copy.push({ kind: 'empty' })
    copy[column] = { kind: 'text', text: fix.text } satisfies Cell
    rows[index] = copy
    copied.add(index)
  }
  return { ...sheet, rows }
}

/** Kind by its column, else by the mark at the name, else by how the number looks. */
export function kindOf(value: ReadRow): OfficerKind | null {
  if (value.kind) return value.kind
  const { marks } = value.name
  if (marks.some(mark => mark === '辅' || mark === '辅警')) return 'auxiliary'
  if (marks.some(mark => mark === '民' || mark === '民警')) return 'police'
  if (marks.some(mark => mark === '职' || mark === '职工')) return 'civilian'
  if (badgePatterns.police.pattern.test(value.badge)) return 'police'
  if (badgePatterns.auxiliary.pattern.test(value.badge)) return 'auxiliary'
  return null
}

function checkBadge(value: ReadRow): CellError | null {
  const kind = kindOf(value)
  const { badge } = value
  if (kind && badgePatterns[kind].pattern.test(badge)) return null
  const likely = likelyBadge(badge, kind)
  const letter = kind === 'police' ? /[A-Za-z]/.exec(badge)?.[0] : undefined
  const words = kind
    ? badgePatterns[kind].words
    : { zh: '看不出是民警还是辅警，请补上人员类别', en: 'Neither a police nor an auxiliary number' }
  return {
    zh: letter ? `含字母 ${letter}，${words.zh}` : words.zh,
    en: letter ? `It contains the letter ${letter}. ${words.en}` : words.en,
    ...(likely ? { fix: { zh: `改为 ${likely}`, en: `Make it ${likely}`, value: likely } } : {}),
  }
}

/** One unit that is surely meant: the name holds the word or the word the name, and no other does. */
function likelyUnit(units: KnownUnits, text: string): string | null {
  const alike = units.names.filter(
    ({ name, shortName }) => name.includes(text) || text.includes(name) || text.includes(shortName),
  )
  return alike.length === 1 && text.length >= 2 ? (alike[0]?.name ?? null) : null
}

function checkUnit(value: ReadRow, units: KnownUnits): CellError | null {
  const text = value.unit ?? ''
  const found = units.byWord.get(text)
  if (found === null) {
    return {
      zh: '有几个单位简称相同，请写全称',
      en: 'Several units have this short name; write the full one',
    }
  }
  if (found !== undefined) return null
  const likely = likelyUnit(units, text)
  return {
    zh: '部门表中无此单位',
    en: 'There is no such unit in use',
    ...(likely ? { fix: { zh: `对照为${likely}`, en: `Match with ${likely}`, value: likely } } : {}),
  }
}

function checkRow(
  value: ReadRow,
  units: KnownUnits,
  known: ReadonlyMap<string, KnownOfficer>,
): (CellError & { key: string }) | null {
  const badge = checkBadge(value)
  if (badge) return { key: 'badge', ...badge }
  const unit = checkUnit(value, units)
  if (unit) return { key: 'unit', ...unit }
  if (kindOf(value) === 'attached' && !value.homeAgency) {
    const error = { zh: '支援人员须填写派出单位', en: 'An attached officer needs a home agency' }
    return { key: 'homeAgency', ...error }
  }
  if (value.beginsOn && value.endsOn && value.endsOn < value.beginsOn) {
    return { key: 'endsOn', zh: '离岗日期早于到岗日期', en: 'The last day is before the first' }
  }
  if (known.get(value.badge)?.active === false) {
    return { key: 'badge', zh: '该警号的人员已离册，须先恢复在册', en: 'This officer is off the books' }
  }
  return null
}

/** A blank 单位 under a filled one is a merge that a CSV has lost: the one above is offered, never assumed. */
function offerUnitAbove(sheet: Sheet, mapped: Mapped<ReadRow>, mapping: Mapping, units: KnownUnits): void {
  const letter = Object.keys(mapping).find(key => mapping[key] === 'unit')
  if (letter === undefined) return
  const column = columnIndex(letter)
  const blank = mapped.refused.flatMap(row => [
    row as CellRefusal & { rowNumber: number },
    ...row.more.map(one => ({ ...one, rowNumber: row.rowNumber })),
  ])
  const above = new Map<number, string>()
  let last = ''
  sheet.rows.forEach((row, index) => {
    const cell = row[column]
    const text = cell && 'text' in cell ? cell.text.trim() : ''
    if (text !== '') last = units.byWord.has(text) ? text : ''
    above.set(sheet.rowNumbers[index] ?? 0, last)
  })
  for (const one of blank) {
    if (one.column !== letter || one.text.trim() !== '') continue
    const value = above.get(one.rowNumber)
    if (value) one.fix = { zh: `同上：${value}`, en: `As above: ${value}`, value }
  }
}

function matchedWords(input: ReadSheetInput): MatchedWords {
  return new Map(input.words.map(one => [wordKey(one.field, one.word), one.means]))
}

/** Badges that stand in the file, read before the rows are judged, so that one look-up answers all. */
function badgesIn(sheet: Sheet, header: Header, mapping: Mapping): string[] {
  const letter = Object.keys(mapping).find(key => mapping[key] === 'badge')
  if (letter === undefined) return []
  const column = columnIndex(letter)
  const spec = officerColumns(new Map()).find(one => one.key === 'badge')
  const badges = new Set<string>()
  sheet.rows.forEach((row, index) => {
    const cell = row[column]
    if (!cell || (sheet.rowNumbers[index] ?? 0) <= header.lastRow) return
    const parsed = spec?.parse(cell, { rowNumber: 0, get: () => ({ kind: 'empty' }) })
    if (parsed && 'value' in parsed) badges.add(String(parsed.value))
  })
  return [...badges]
}

/** Reads the file and judges every row. */
export async function readList(
  file: { fileName: string; bytes: Buffer },
  input: ReadSheetInput,
  hands: ReaderHands,
): Promise<ReadList> {
  if (hands.actor.scope.unitIds !== '*') throw peopleProblems.agencyWideOnly()
  return reading(async () => {
    const book = await readSheets(file.bytes, file.fileName, {
      maxRows: 100_000,
      ...(input.encoding === null ? {} : { encoding: input.encoding }),
    })
    const matched = matchedWords(input)
    const specs = officerColumns(matched)
    const plain = chosenSheet(book, input.sheet, specs)
    const header = detectHeader(plain, specs)
    if (!header) throw peopleProblems.importNothing()
    const sheet = corrected(fillDown(plain), input.fixes)
    const labels = header.columns.map(column => column.text)
    const memory = await rememberedMapping(hands, header.signature, labels)
    const suggestion = suggestMapping(header, specs, memory)
    const mapping = input.mapping ?? suggestion.mapping
    const twice = Object.values(mapping).find((field, at, all) => field !== null && all.indexOf(field) < at)
    if (twice) throw new SheetProblem('sheets/mapping-conflict', { detail: twice }, { sheet: plain.name })
    const [units, known] = await Promise.all([
      knownUnits(hands),
      knownOfficers(hands, badgesIn(sheet, header, mapping)),
    ])
    const given = new Set(Object.values(mapping))
    const complete = specs.every(spec => !spec.required || given.has(spec.key))
    const mapped = complete
      ? applyMapping<ReadRow>(sheet, header, mapping, specs, {
          keyOf: value => value.badge,
          check: value => checkRow(value, units, known),
        })
      : undefined
    if (mapped && mapped.read > importRowsMost) {
      throw peopleProblems.importTooMany({ rows: mapped.read, most: importRowsMost })
    }
    if (mapped) offerUnitAbove(sheet, mapped, mapping, units)
    return { book, sheet, header, suggestion, mapping, mapped, known, remembered: memory !== undefined }
  })
}
