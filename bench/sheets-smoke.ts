/** Time and peak memory of spreadsheets in and out. Bar: 5,000 officers read and mapped well under 5 s, 400 MB. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  applyMapping,
  type ColumnSpec,
  cellText,
  cleanName,
  cleanPhone,
  cleanText,
  detectHeader,
  fillDown,
  readSheets,
  suggestMapping,
  type WriteColumn,
  type WriteRow,
  writeWorkbook,
} from '../src/sheets/index.ts'

const columns: WriteColumn[] = [
  { key: 'n', header: '序号', kind: 'int' },
  { key: 'unit', header: '单位', kind: 'text', mergeDown: true },
  { key: 'name', header: '姓名', kind: 'text' },
  { key: 'badge', header: '警号', kind: 'text' },
  { key: 'kind', header: '人员类别', kind: 'text' },
  { key: 'phone', header: '联系电话', kind: 'text' },
  { key: 'joined', header: '入警日期', kind: 'date' },
  { key: 'shift', header: '班次', kind: 'text', grounds: { 中: 'light', 夜: 'dark', 备: 'hatched' } },
  { key: 'skills', header: '特长', kind: 'text' },
  { key: 'note', header: '备注', kind: 'text' },
]

function officer(at: number): WriteRow {
  return {
    n: at + 1,
    unit: `第${Math.floor(at / 40)}派出所`,
    name: at % 5 === 0 ? `周　${at % 10}` : `周示${at}`,
    badge: String(100000 + at),
    kind: at % 3 === 0 ? '民警' : '辅警',
    phone: String(10000000000 + at),
    joined: `20${10 + (at % 15)}-0${1 + (at % 9)}-${10 + (at % 18)}`,
    shift: '早中夜休备'[at % 5]!,
    skills: '防护、驾驶',
    note: at % 9 === 0 ? '由点长确认' : null,
  }
}

const specs: ColumnSpec[] = columns.slice(1).map(({ key, header }) => ({
  key,
  zh: header,
  en: key,
  aliases: [],
  required: key === 'name' || key === 'badge',
  parse: cell => {
    const text = cellText(cell)
    if (key === 'name') return { value: cleanName(text).name }
    if (key === 'phone') return { value: cleanPhone(text) }
    if (key === 'joined') return { value: cell.kind === 'date' ? cell.iso : null }
    return { value: cleanText(text) }
  },
}))

/** Highest resident set of this process so far, workers included, in MB; 0 where there is no /proc. */
function peakMb(): number {
  try {
    return Math.round(
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024,
    )
  } catch {
    return 0
  }
}

function resetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5')
  } catch {
    // Not allowed here: the peaks then only rise from step to step.
  }
}

async function measure<T>(step: string, work: () => Promise<T>, say: (result: T) => string): Promise<T> {
  resetPeak()
  const begun = performance.now()
  const result = await work()
  const seconds = (performance.now() - begun) / 1000
  console.log(
    `${step.padEnd(34)} ${seconds.toFixed(2).padStart(6)} s ${String(peakMb()).padStart(6)} MB  ${say(result)}`,
  )
  return result
}

async function readAndMap(bytes: Uint8Array): Promise<{ read: number; accepted: number }> {
  const [sheet] = (await readSheets(bytes, 'bench.xlsx')).sheets
  const filled = fillDown(sheet!)
  const header = detectHeader(filled, specs)!
  const mapped = applyMapping<{ badge: string }>(
    filled,
    header,
    suggestMapping(header, specs).mapping,
    specs,
    {
      keyOf: value => value.badge,
    },
  )
  return { read: mapped.read, accepted: mapped.accepted.length }
}

const write = (count: number) => () => {
  const rows = Array.from({ length: count }, (_, at) => officer(at))
  return writeWorkbook({ sheetName: '全局', title: '警力花名册', columns, rows, totals: {}, foot: true })
}
const size = (bytes: Buffer) => `${Math.round(bytes.length / 1024)} kB`
const counts = (result: { read: number; accepted: number }) =>
  `${result.read} read, ${result.accepted} accepted`

export async function run(): Promise<void> {
  console.log(`start: ${peakMb()} MB`)
  const five = await measure('write 5,000 officers', write(5000), size)
  await measure('read and map 5,000 officers', () => readAndMap(five), counts)
  const fifteen = await measure('write 15,000 rows', write(15_000), size)
  await measure('read and map 15,000 rows', () => readAndMap(fifteen), counts)
  const many = await measure('write 100,000 rows', write(100_000), size)
  await measure('read and map 100,000 rows', () => readAndMap(many), counts)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
