// A laboratory's list of results, read and answered with a preview; the page sends what was accepted as
// `screening.recordResults`.
import { z } from 'zod'
import { type ReaderHands, upload } from '../../kernel/module.ts'
import {
  answerOf,
  applyMapping,
  type BroughtFile,
  type CellError,
  type ColumnSpec,
  inWords,
  type ListAnswer,
  listChoices,
  type Mapped,
  openList,
  refusedFile,
} from '../../sheets/index.ts'
import { keptMappings } from '../people/index.ts'
import { tubesByCode } from './commands-results.ts'
import { resultTakers, screeningProblems, type TubeResult } from './contracts.ts'
import { oneLine, type Parsed, tubeCodeColumn } from './list-cells.ts'
import { screeningDb } from './lower.ts'

export const rowsMost = 50_000
const input = z.strictObject(listChoices)
type Input = z.output<typeof input>

interface ResultRow {
  code: string
  result: TubeResult
}
export interface ResultsPreview extends ListAnswer {
  counts: { read: number; accepted: number; refused: number; duplicate: number }
  accepted: (ResultRow & { row: number; people: number })[]
  duplicate: { row: number; code: string; zh: string; en: string }[]
}

/** As laboratories write it. `未检出` holds `检出`, so what is negative is asked first. */
const words: readonly [RegExp, TubeResult][] = [
  [/^(阴性?|未检出|negative|neg|-|－|—|0)$/i, 'negative'],
  [/^(阳性?|检出|positive|pos|\+|＋|1)$/i, 'positive'],
  [/^(无效|待复检|不合格|灰区|可疑|invalid)$/i, 'invalid'],
]
function resultOf(text: string): TubeResult | null {
  const plain = text.replace(/[（(].*[)）]$/, '').trim()
  return words.find(([pattern]) => pattern.test(plain))?.[1] ?? null
}

const columns: readonly ColumnSpec[] = [
  tubeCodeColumn,
  {
    key: 'result',
    zh: '检测结果',
    en: 'Result',
    aliases: ['结果', '核酸结果', '核酸检测结果', '判定', 'result'],
    required: true,
    parse: (cell): Parsed => {
      const value = resultOf(oneLine(cell))
      return value === null
        ? {
            error: {
              zh: '认不出结果；可写阴性、阳性、无效',
              en: 'Not a known result: negative, positive or invalid',
            },
          }
        : { value }
    },
  },
]

async function readResults(file: BroughtFile, asked: Input, hands: ReaderHands) {
  const kept = await hands.read(db => keptMappings(db, hands.agency.agencyId, 'results'))
  const list = await openList(file, asked, columns, kept)
  if (list.missing.length > 0) return { list, mapped: undefined, known: new Map() as Known }
  const judged = (check: (row: ResultRow) => ReturnType<typeof faultOf>) =>
    applyMapping<ResultRow>(list.sheet, list.header, list.mapping, columns, {
      keyOf: row => row.code,
      check,
    })
  // Read for the codes first, and then once more with what the books know of them.
  const codes = judged(() => null).accepted.map(row => row.value.code)
  const known = await hands.read(db => tubesByCode(screeningDb(db), hands.agency.agencyId, codes))
  const mapped = judged(row => faultOf(row, known))
  if (mapped.read > rowsMost) throw screeningProblems.tooManyRows({ rows: mapped.read, limit: rowsMost })
  return { list, mapped, known }
}
type Known = Awaited<ReturnType<typeof tubesByCode>>

function faultOf(row: ResultRow, known: Known): (CellError & { key: string }) | null {
  const tube = known.get(row.code)
  if (!tube) {
    return { key: 'code', zh: '没有这个管的封管记录', en: 'No tube with this code was sealed' }
  }
  if (tube.result === null || tube.result === row.result) return null
  return {
    key: 'result',
    zh: '与已有的结果不同，请向检测机构核实',
    en: 'Another result stands; ask the laboratory',
  }
}

function previewOf(read: Awaited<ReturnType<typeof readResults>>): ResultsPreview {
  const { list, mapped, known } = read
  const answer = answerOf(list, mapped)
  const duplicate = (mapped?.duplicate ?? []).map(({ rowNumber: row, value, zh, en }) => ({
    ...{ row, zh, en },
    code: value.code,
  }))
  const accepted: ResultsPreview['accepted'] = []
  for (const { rowNumber: row, value } of mapped?.accepted ?? []) {
    const tube = known.get(value.code)
    if (tube?.result === value.result) {
      duplicate.push({ row, code: value.code, zh: '已有同样的结果', en: 'This result stands already' })
    } else accepted.push({ row, ...value, people: tube?.people ?? 0 })
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

const brought = { roles: resultTakers, input, bytesMost: 20 * 1024 * 1024 }

export const uploads = [
  upload({
    name: 'screening.readResults',
    title: { zh: '读取检测结果', en: 'Read a list of results' },
    ...brought,
    read: (file, asked, hands) => inWords(async () => previewOf(await readResults(file, asked, hands))),
  }),
  upload({
    name: 'screening.errorRows',
    title: { zh: '下载有误行', en: 'The refused rows as Excel' },
    ...brought,
    read: (file, asked, hands) =>
      inWords(async () => {
        const { list, mapped } = await readResults(file, asked, hands)
        return refusedFile(list, mapped as Mapped<unknown> | undefined)
      }),
  }),
]
