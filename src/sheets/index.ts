/** Spreadsheets in and out: read, clean, map, write. See README.md and docs/specs/sheets.md. */
export {
  answerOf,
  type BroughtFile,
  inWords,
  type KeptMapping,
  type ListAnswer,
  type ListColumn,
  type ListChoices,
  listChoices,
  type OpenedList,
  openList,
  refusedFile,
} from './brought.ts'
export * from './cells.ts'
export * from './clean.ts'
export { csvEncodings, type CsvEncoding } from './csv.ts'
export * from './days.ts'
export { detectHeader, type Header, type HeaderColumn } from './header.ts'
export {
  applyMapping,
  type CellError,
  type CellRefusal,
  type ColumnSpec,
  type DuplicateRow,
  type Mapped,
  type Mapping,
  type MappingOptions,
  type RefusedRow,
  type RowContext,
  type SkippedRow,
} from './mapping.ts'
export { type SheetPlace, SheetProblem, type SheetProblemCode, sheetProblems } from './problems.ts'
export { readLimits, type ReadOptions, readSheets } from './read.ts'
export {
  type ColumnSuggestion,
  type MappingSuggestion,
  type RememberedMapping,
  rememberMapping,
  type SuggestionStatus,
  suggestMapping,
} from './suggest.ts'
export { workbookFile, writeColumn, xlsxType } from './workbook-file.ts'
export { footLine, streamWorkbook, writeWorkbook } from './write.ts'
export type { ColumnKind, WriteColumn, WriteRow, WriteSheet, WriteSpec } from './write.ts'
export type { WrittenValue } from './write-values.ts'
