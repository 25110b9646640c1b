import { bareLabel, type Header, type HeaderColumn, normalLabel, specLabels } from './header.ts'
import type { ColumnSpec, Mapping } from './mapping.ts'

export type SuggestionStatus =
  /** The person chose it the last time for this label. */
  | 'remembered'
  /** The label is the column's name or one of its aliases. */
  | 'recognised'
  /** The label only resembles: show it for confirmation. */
  | 'similar'
  /** It would fit, but another column has the key already. */
  | 'repeated'
  /** 序号 and the like: never imported. */
  | 'row-number'
  | 'unknown'

export interface ColumnSuggestion {
  letter: string
  index: number
  header: string
  sample: string
  key: string | null
  status: SuggestionStatus
  /** 0 to 1. */
  confidence: number
}

export interface MappingSuggestion {
  columns: ColumnSuggestion[]
  mapping: Mapping
  /** Required keys that no column was found for. */
  missing: string[]
}

/** What is kept per source of a list. Labels, not letters, so that an inserted column does not shift all. */
export interface RememberedMapping {
  signature: string
  columns: { letter: string; header: string; key: string | null }[]
}

/** To be stored when the person ticks 记住这份对照. */
export function rememberMapping(header: Header, mapping: Mapping): RememberedMapping {
  return {
    signature: header.signature,
    columns: header.columns.map(column => ({
      letter: column.letter,
      header: normalLabel(column.text),
      key: mapping[column.letter] ?? null,
    })),
  }
}

const rowNumberLabels = new Set(['序号', '序', 'no', '#', '行号'])

export function isRowNumberLabel(text: string): boolean {
  return rowNumberLabels.has(normalLabel(text))
}

function matchOf(column: HeaderColumn, spec: ColumnSpec): number {
  const labels = new Set(specLabels(spec))
  const lastPart = column.parts[column.parts.length - 1]
  if (lastPart === undefined) return 0
  if (labels.has(normalLabel(column.text)) || labels.has(normalLabel(column.parts.join('')))) return 1
  if (labels.has(bareLabel(column.text))) return 0.95
  if (labels.has(normalLabel(lastPart)) || labels.has(bareLabel(lastPart))) return 0.85
  const text = bareLabel(lastPart)
  const bare = [...labels].map(label => bareLabel(label)).filter(label => label.length >= 2)
  // 警号/编号 names two things; each piece is as good as an alias, but the person should look.
  if (text.split('/').some(piece => labels.has(piece))) return 0.7
  if (text.length >= 2 && bare.some(label => text.includes(label) || label.includes(text))) return 0.5
  return 0
}

function remembered(header: Header, memory: RememberedMapping | undefined): Map<string, string | null> {
  const counts = new Map<string, number>()
  for (const column of header.columns) {
    const label = normalLabel(column.text)
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  const byLetter = new Map<string, string | null>()
  if (memory === undefined) return byLetter
  header.columns.forEach(column => {
    const label = normalLabel(column.text)
    const same =
      memory.signature === header.signature
        ? memory.columns.find(known => known.letter === column.letter)
        : undefined
    // A label that stands twice is only told apart by its place, and that is sure only in the same header.
    const byLabel =
      label !== '' && counts.get(label) === 1
        ? memory.columns.filter(known => normalLabel(known.header) === label)
        : []
    const hit = same ?? (byLabel.length === 1 ? byLabel[0] : undefined)
    if (hit !== undefined) byLetter.set(column.letter, hit.key)
  })
  return byLetter
}

/**
 * A key for every column, best matches first; each key goes to one column only. A remembered choice
 * comes before any match, also the choice not to import.
 */
export function suggestMapping(
  header: Header,
  specs: readonly ColumnSpec[],
  memory?: RememberedMapping,
): MappingSuggestion {
  const known = new Set(specs.map(spec => spec.key))
  const taken = new Map<string, string>()
  const chosen = new Map<string, { key: string | null; status: SuggestionStatus; confidence: number }>()
  for (const [letter, key] of remembered(header, memory)) {
    if (key !== null && (!known.has(key) || taken.has(key))) continue
    chosen.set(letter, { key, status: 'remembered', confidence: 1 })
    if (key !== null) taken.set(key, letter)
  }
  const pairs = header.columns
    .filter(column => !chosen.has(column.letter))
    .flatMap(column => specs.map(spec => ({ column, spec, confidence: matchOf(column, spec) })))
    .filter(pair => pair.confidence > 0)
    .sort((a, b) => b.confidence - a.confidence || a.column.index - b.column.index)
  for (const { column, spec, confidence } of pairs) {
    if (chosen.get(column.letter)?.key) continue
    // A mere resemblance to a key that another column has by name is not worth a word.
    if (taken.has(spec.key)) {
      if (confidence >= 0.85 && !chosen.has(column.letter))
        chosen.set(column.letter, { key: null, status: 'repeated', confidence })
      continue
    }
    if (chosen.get(column.letter)?.status === 'repeated') continue
    chosen.set(column.letter, {
      key: spec.key,
      status: confidence >= 0.85 ? 'recognised' : 'similar',
      confidence,
    })
    taken.set(spec.key, column.letter)
  }
  return assemble(header, specs, chosen, taken)
}

function assemble(
  header: Header,
  specs: readonly ColumnSpec[],
  chosen: Map<string, { key: string | null; status: SuggestionStatus; confidence: number }>,
  taken: Map<string, string>,
): MappingSuggestion {
  const columns = header.columns.map((column): ColumnSuggestion => {
    const fallback = isRowNumberLabel(column.text) ? ('row-number' as const) : ('unknown' as const)
    const choice = chosen.get(column.letter) ?? { key: null, status: fallback, confidence: 0 }
    return {
      letter: column.letter,
      index: column.index,
      header: column.text,
      sample: column.sample,
      ...choice,
    }
  })
  return {
    columns,
    mapping: Object.fromEntries(columns.map(column => [column.letter, column.key])),
    missing: specs.filter(spec => spec.required && !taken.has(spec.key)).map(spec => spec.key),
  }
}
