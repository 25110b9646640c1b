// A laboratory's list of results, read and answered with a preview; the page sends what was accepted as
// `screening.recordResults`.
import { tubesByCode } from './commands-results.ts'
import { resultTakers, type TubeResult } from './contracts.ts'
import {
  type CodedList,
  type CodedPreview,
  listUploads,
  oneLine,
  type Parsed,
  tubeCodeColumn,
} from './list-uploads.ts'
import { screeningDb } from './lower.ts'

interface ResultRow {
  code: string
  result: TubeResult
}
type Known = Awaited<ReturnType<typeof tubesByCode>>
type AcceptedResult = ResultRow & { people: number }
export type ResultsPreview = CodedPreview<AcceptedResult>

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

const results: CodedList<ResultRow, Known, AcceptedResult> = {
  subject: 'results',
  columns: [
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
  ],
  books: (hands, codes) => hands.read(db => tubesByCode(screeningDb(db), hands.agency.agencyId, codes)),
  fault(row, known) {
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
  },
  known: (row, known) =>
    known.get(row.code)?.result === row.result
      ? { zh: '已有同样的结果', en: 'This result stands already' }
      : null,
  accepted: (row, known) => ({ ...row, people: known.get(row.code)?.people ?? 0 }),
}

export const uploads = listUploads(
  results,
  { read: 'readResults', refused: 'errorRows', title: { zh: '读取检测结果', en: 'Read a list of results' } },
  resultTakers,
)
