// The preview that the desk shows, made of what was read.
import { answerOf } from '../../sheets/index.ts'
import type { ReadRow } from './import-columns.ts'
import { kindOf, type ReadList } from './import-preview.ts'
import type { AcceptedRow, Preview, ReadSheetInput } from './import-shapes.ts'

/** Columns whose words are matched against a list, so that one click mends every row with the same word. */
const matchedFields = ['kind', 'unit']

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

/** How well the column was understood, over the rows that were accepted. */
function columnNotes({ mapped }: ReadList) {
  const rows = mapped?.accepted ?? []
  const unknown = new Map<string, number>()
  for (const { value } of rows) {
    for (const word of value.skills?.unknown ?? []) unknown.set(word, (unknown.get(word) ?? 0) + 1)
  }
  const distinct = (of: (value: ReadRow) => unknown) =>
    new Set(rows.map(row => of(row.value)).filter(Boolean)).size
  const values: Record<string, number> = {
    kind: distinct(value => value.kind),
    unit: distinct(value => value.unit),
    sex: distinct(value => value.sex),
  }
  const words = [...unknown]
    .map(([word, count]) => ({ word: word.slice(0, 200), rows: count }))
    .sort((a, b) => b.rows - a.rows || (a.word < b.word ? -1 : 1))
    .slice(0, 50)
  const cleaned = rows.filter(row => row.value.name.stripped).length
  return (field: string | null) => ({
    values: field === null ? null : (values[field] ?? null),
    cleaned: field === 'name' ? cleaned : 0,
    unknown: field === 'skills' ? words : [],
  })
}

function rowsOf(
  { mapped, known }: ReadList,
  input: ReadSheetInput,
): Pick<Preview, 'counts' | 'accepted' | 'duplicates'> {
  const duplicates: Preview['duplicates'] = (mapped?.duplicate ?? []).map(row => ({
    row: row.rowNumber,
    badge: row.value.badge,
    name: row.value.name.name,
    onBooks: false,
    zh: row.zh,
    en: row.en,
  }))
  const accepted: Preview['accepted'] = []
  let updated = 0
  for (const { rowNumber, value } of mapped?.accepted ?? []) {
    const officer = known.get(value.badge)
    if (officer && input.existing === 'skip') {
      const words = { zh: `警号已在册(${officer.name})`, en: `On the books (${officer.name})` }
      duplicates.push({ row: rowNumber, badge: value.badge, name: value.name.name, onBooks: true, ...words })
      continue
    }
    if (officer) updated += 1
    accepted.push({ row: rowNumber, value: acceptedRow(value, officer?.officerId ?? null) })
  }
  return {
    counts: {
      read: mapped?.read ?? 0,
      accepted: accepted.length,
      refused: mapped?.refused.length ?? 0,
      duplicate: duplicates.length,
      added: accepted.length - updated,
      updated,
    },
    accepted,
    duplicates: duplicates.sort((a, b) => a.row - b.row),
  }
}

export function previewOf(list: ReadList, input: ReadSheetInput): Preview {
  const { columns, ...answer } = answerOf(list, list.mapped, matchedFields)
  const noteOf = columnNotes(list)
  return {
    ...answer,
    columns: columns.map(column => ({ ...column, ...noteOf(column.field) })),
    ...rowsOf(list, input),
  }
}
