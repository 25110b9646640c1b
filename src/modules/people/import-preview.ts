// A brought list of officers, read and judged: what each row becomes, what is wrong where. Nothing is written here; the
// client sends `people.importOfficers` with the rows that were accepted.
import type { ReaderHands } from '../../kernel/module.ts'
import {
  applyMapping,
  type BroughtFile,
  type CellError,
  type CellRefusal,
  columnIndex,
  type Mapped,
  type Mapping,
  type OpenedList,
  openList,
  type Sheet,
} from '../../sheets/index.ts'
import { badgePatterns, importRowsMost, type OfficerKind, peopleProblems } from './contracts.ts'
import { likelyBadge, type MatchedWords, officerColumns, type ReadRow, wordKey } from './import-columns.ts'
import {
  keptMappings,
  type KnownOfficer,
  type KnownUnits,
  knownOfficers,
  knownUnits,
} from './import-people.ts'
import type { ReadSheetInput } from './import-shapes.ts'

/** Everything that answering needs: shared by the preview and the file of refused rows. */
export interface ReadList extends OpenedList {
  /** Undefined while a required column has no place: then no row can be read. */
  mapped: Mapped<ReadRow> | undefined
  known: ReadonlyMap<string, KnownOfficer>
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
function badgesIn({ sheet, header, mapping, specs }: OpenedList): string[] {
  const letter = Object.keys(mapping).find(key => mapping[key] === 'badge')
  if (letter === undefined) return []
  const column = columnIndex(letter)
  const spec = specs.find(one => one.key === 'badge')
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
  file: BroughtFile,
  input: ReadSheetInput,
  hands: ReaderHands,
): Promise<ReadList> {
  if (hands.actor.scope.unitIds !== '*') throw peopleProblems.agencyWideOnly()
  const kept = await hands.read(db => keptMappings(db, hands.agency.agencyId, 'officers'))
  const list = await openList(file, input, officerColumns(matchedWords(input)), kept)
  const { sheet, header, mapping, specs } = list
  const [units, known] = await Promise.all([knownUnits(hands), knownOfficers(hands, badgesIn(list))])
  if (list.missing.length > 0) return { ...list, mapped: undefined, known }
  const mapped = applyMapping<ReadRow>(sheet, header, mapping, specs, {
    keyOf: value => value.badge,
    check: value => checkRow(value, units, known),
  })
  if (mapped.read > importRowsMost) {
    throw peopleProblems.importTooMany({ rows: mapped.read, most: importRowsMost })
  }
  offerUnitAbove(sheet, mapped, mapping, units)
  return { ...list, mapped, known }
}
