// Lists with a code of a tube in every row: read twice, once for the codes and once with what the books know of them, and
// answered with a preview. The page sends what was accepted as commands.
import { z } from 'zod'
import type { Both, Role } from '../../kernel/contract.ts'
import { type ReaderHands, upload } from '../../kernel/module.ts'
import {
  answerOf,
  applyMapping,
  type BroughtFile,
  type Cell,
  type CellError,
  type ColumnSpec,
  cellText,
  cleanText,
  inWords,
  type ListAnswer,
  listChoices,
  type Mapped,
  openList,
  refusedFile,
} from '../../sheets/index.ts'
import type { MappedSubject } from '../people/contracts.ts'
import { keptMappings } from '../people/index.ts'
import { codeFaultTitles, readCode, screeningProblems } from './contracts.ts'

export const rowsMost = 50_000

export type Parsed = { value: unknown } | { error: CellError }
export const oneLine = (cell: Cell) => cleanText(cellText(cell)).replaceAll('\n', ' ')

export const tubeCodeColumn: ColumnSpec = {
  key: 'code',
  zh: '采样管编号',
  en: 'Tube',
  aliases: ['管码', '试管编号', '采集管编号', '样本编号', '条码', '条形码', '管号', 'barcode', 'tube'],
  required: true,
  parse: (cell): Parsed => {
    const read = readCode(oneLine(cell))
    return 'code' in read ? { value: read.code } : { error: codeFaultTitles[read.fault] }
  },
}

export interface CodedPreview<Accepted> extends ListAnswer {
  counts: { read: number; accepted: number; refused: number; duplicate: number }
  accepted: (Accepted & { row: number })[]
  duplicate: { row: number; code: string; zh: string; en: string }[]
}

type Fault = (CellError & { key: string }) | null

/** What one kind of list is. */
export interface CodedList<Row extends { code: string }, Books, Accepted> {
  /** Under which name the mapping of its columns is remembered. */
  subject: MappedSubject
  columns: readonly ColumnSpec[]
  /** What the books know of these codes. */
  books(hands: ReaderHands, codes: readonly string[]): Promise<Books>
  fault(row: Row, books: Books, hands: ReaderHands): Fault
  /** Stands in the books already: said so, and not written again. */
  known(row: Row, books: Books): Both | null
  accepted(row: Row, books: Books, hands: ReaderHands): Accepted
}

const input = z.strictObject(listChoices)
type Input = z.output<typeof input>

async function read<Row extends { code: string }, Books, Accepted>(
  one: CodedList<Row, Books, Accepted>,
  file: BroughtFile,
  asked: Input,
  hands: ReaderHands,
) {
  const kept = await hands.read(db => keptMappings(db, hands.agency.agencyId, one.subject))
  const list = await openList(file, asked, one.columns, kept)
  if (list.missing.length > 0) return { list, mapped: undefined, books: undefined }
  const judged = (check: (row: Row) => Fault) =>
    applyMapping<Row>(list.sheet, list.header, list.mapping, one.columns, { keyOf: row => row.code, check })
  const codes = judged(() => null).accepted.map(row => row.value.code)
  const books = await one.books(hands, codes)
  const mapped = judged(row => one.fault(row, books, hands))
  if (mapped.read > rowsMost) throw screeningProblems.tooManyRows({ rows: mapped.read, limit: rowsMost })
  return { list, mapped, books }
}

async function preview<Row extends { code: string }, Books, Accepted>(
  one: CodedList<Row, Books, Accepted>,
  file: BroughtFile,
  asked: Input,
  hands: ReaderHands,
): Promise<CodedPreview<Accepted>> {
  const { list, mapped, books } = await read(one, file, asked, hands)
  const answer = answerOf(list, mapped)
  const duplicate = (mapped?.duplicate ?? []).map(({ rowNumber: row, value: { code }, zh, en }) => ({
    ...{ row, code, zh, en },
  }))
  const accepted: CodedPreview<Accepted>['accepted'] = []
  for (const { rowNumber: row, value } of (books && mapped?.accepted) ?? []) {
    const known = one.known(value, books as Books)
    if (known) duplicate.push({ row, code: value.code, ...known })
    else accepted.push({ row, ...one.accepted(value, books as Books, hands) })
  }
  duplicate.sort((a, b) => a.row - b.row)
  const counts = {
    read: mapped?.read ?? 0,
    accepted: accepted.length,
    refused: answer.refused.length,
    duplicate: duplicate.length,
  }
  return { ...answer, counts, accepted, duplicate }
}

/** The look at a list, and its refused rows as a file. */
export function listUploads<Row extends { code: string }, Books, Accepted>(
  one: CodedList<Row, Books, Accepted>,
  names: { read: string; refused: string; title: Both },
  roles: readonly (Role | 'system')[],
) {
  const brought = { roles, input, bytesMost: 20 * 1024 * 1024 }
  return [
    upload({
      ...{ name: `screening.${names.read}`, title: names.title },
      ...brought,
      read: (file, asked, hands) => inWords(() => preview(one, file, asked, hands)),
    }),
    upload({
      name: `screening.${names.refused}`,
      title: { zh: '下载有误行', en: 'The refused rows as Excel' },
      ...brought,
      read: (file, asked, hands) =>
        inWords(async () => {
          const { list, mapped } = await read(one, file, asked, hands)
          return refusedFile(list, mapped as Mapped<unknown> | undefined)
        }),
    }),
  ]
}
