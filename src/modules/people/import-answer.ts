// The preview that the desk shows, made of what was read.
import type { CellRefusal, Mapping } from '../../sheets/index.ts'
import type { ImportField } from './contracts.ts'
import type { ReadRow } from './import-columns.ts'
import { sourceOf } from './import-people.ts'
import { kindOf, type ReadList } from './import-preview.ts'
import type { AcceptedRow, Preview, PreviewColumn, PreviewFault, ReadSheetInput } from './import-shapes.ts'

/** Columns whose words are matched against a list, so that one click mends every row with the same word. */
const matchedFields = new Set<ImportField | null>(['kind', 'unit'])

const masked = (text: string) =>
  text.replace(/\d{7,}/g, digits => `${digits.slice(0, 3)}****${digits.slice(-4)}`)

function faultOf(fault: CellRefusal, mapping: Mapping): PreviewFault {
  const field = (mapping[fault.column] ?? null) as ImportField | null
  const all = matchedFields.has(field) && fault.text.trim() !== ''
  return {
    column: fault.column,
    header: fault.header,
    field,
    text: fault.text.slice(0, 300),
    zh: fault.zh,
    en: fault.en,
    fix: fault.fix ? { ...fault.fix, all } : null,
  }
}

/** Blank says nothing and is left out; `无` and `/` clear. */
export function acceptedRow(value: ReadRow, officerId: string | null): AcceptedRow {
  const { name, skills } = value
  const sex =
    value.sex ?? (name.marks.includes('女') ? 'female' : name.marks.includes('男') ? 'male' : undefined)
  const phone = value.phone ?? name.phone
  return {
    officerId,
    badge: value.badge,
    name: name.name,
    kind: kindOf(value) ?? 'police',
    unit: value.unit ?? '',
    ...(sex ? { sex } : {}),
    ...(value.title === null || value.title === undefined ? {} : { title: value.title }),
    ...(phone === null || phone === undefined ? {} : { phone: phone === '' ? null : phone }),
    ...(skills ? { skills: skills.known } : {}),
    ...(value.homeAgency ? { homeAgency: value.homeAgency } : {}),
    ...(value.beginsOn ? { beginsOn: value.beginsOn } : {}),
    ...(value.endsOn ? { endsOn: value.endsOn } : {}),
  }
}

function columnsOf(list: ReadList, input: ReadSheetInput): PreviewColumn[] {
  const rows = list.mapped?.accepted ?? []
  const unknown = new Map<string, number>()
  for (const { value } of rows) {
    for (const word of value.skills?.unknown ?? []) unknown.set(word, (unknown.get(word) ?? 0) + 1)
  }
  const distinct = (of: (value: ReadRow) => unknown) =>
    new Set(rows.map(row => of(row.value)).filter(Boolean)).size
  const values: Partial<Record<ImportField, number>> = {
    kind: distinct(value => value.kind),
    unit: distinct(value => value.unit),
    sex: distinct(value => value.sex),
  }
  return list.suggestion.columns.map(column => {
    const field = (list.mapping[column.letter] ?? null) as ImportField | null
    const chosen = input.mapping !== null && field !== column.key
    return {
      letter: column.letter,
      header: column.header,
      sample: masked(column.sample).slice(0, 80),
      field,
      status: chosen ? 'chosen' : column.status,
      values: field === null ? null : (values[field] ?? null),
      cleaned: field === 'name' ? rows.filter(row => row.value.name.stripped).length : 0,
      unknown:
        field === 'skills'
          ? [...unknown]
              .map(([word, count]) => ({ word: word.slice(0, 200), rows: count }))
              .sort((a, b) => b.rows - a.rows || (a.word < b.word ? -1 : 1))
              .slice(0, 50)
          : [],
    }
  })
}

function rowsOf(
  list: ReadList,
  input: ReadSheetInput,
): Pick<Preview, 'counts' | 'accepted' | 'refused' | 'duplicates'> {
  const { mapped, known, mapping } = list
  if (!mapped) {
    const counts = { read: 0, accepted: 0, refused: 0, duplicate: 0, added: 0, updated: 0 }
    return { counts, accepted: [], refused: [], duplicates: [] }
  }
  const duplicates: Preview['duplicates'] = mapped.duplicate.map(row => ({
    row: row.rowNumber,
    badge: row.value.badge,
    name: row.value.name.name,
    onBooks: false,
    zh: row.zh,
    en: row.en,
  }))
  const accepted: Preview['accepted'] = []
  let updated = 0
  for (const { rowNumber, value } of mapped.accepted) {
    const officer = known.get(value.badge)
    if (officer && input.existing === 'skip') {
      const words = { zh: `警号已在册(${officer.name})`, en: `On the books (${officer.name})` }
      duplicates.push({ row: rowNumber, badge: value.badge, name: value.name.name, onBooks: true, ...words })
      continue
    }
    if (officer) updated += 1
    accepted.push({ row: rowNumber, value: acceptedRow(value, officer?.officerId ?? null) })
  }
  const refused = mapped.refused.map(row => ({
    row: row.rowNumber,
    ...faultOf(row, mapping),
    more: row.more.map(one => faultOf(one, mapping)),
  }))
  return {
    counts: {
      read: mapped.read,
      accepted: accepted.length,
      refused: refused.length,
      duplicate: duplicates.length,
      added: accepted.length - updated,
      updated,
    },
    accepted,
    refused,
    duplicates: duplicates.sort((a, b) => a.row - b.row),
  }
}

export function previewOf(fileName: string, list: ReadList, input: ReadSheetInput): Preview {
  const { book, header, mapped } = list
  const given = new Set(Object.values(list.mapping))
  return {
    fileName,
    format: book.format,
    encoding: book.encoding ?? null,
    sheets: book.sheets.map(sheet => ({ name: sheet.name, hidden: sheet.hidden, rows: sheet.rows.length })),
    ignoredSheets: book.ignored,
    sheet: list.sheet.name,
    headerRow: header.lastRow,
    firstRow: mapped?.firstRow ?? 0,
    lastRow: mapped?.lastRow ?? 0,
    columns: columnsOf(list, input),
    missing: (['name', 'badge', 'unit'] as const).filter(field => !given.has(field)),
    remembered: list.remembered,
    source: sourceOf(header.signature),
    signature: header.signature.slice(0, 20_000),
    ...rowsOf(list, input),
    passedOver: (mapped?.skipped ?? []).map(({ rowNumber, text, zh, en }) => ({
      row: rowNumber,
      text,
      zh,
      en,
    })),
  }
}
