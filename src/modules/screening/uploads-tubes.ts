// The tubes of sites that worked on paper, many sites in one list: read and answered with a preview; the page sends what
// was accepted as `screening.recordTubes`, site by site.
import { z } from 'zod'
import { type ReaderHands, upload } from '../../kernel/module.ts'
import { dutyDayOf, instantAt } from '../../kernel/time.ts'
import {
  answerOf,
  applyMapping,
  type BroughtFile,
  type Cell,
  type CellError,
  type ColumnSpec,
  inWords,
  type ListAnswer,
  listChoices,
  type Mapped,
  openList,
  parseDay,
  refusedFile,
} from '../../sheets/index.ts'
import { keptMappings } from '../people/index.ts'
import { type PostOfOperation, postsOfAgency, roundSites } from '../posts/index.ts'
import { tubesByCode } from './commands-results.ts'
import { leading, screeningProblems, type TubeSize, tubeSizes } from './contracts.ts'
import { oneLine, type Parsed, tubeCodeColumn } from './list-cells.ts'
import { screeningDb } from './lower.ts'

export const tubeRowsMost = 50_000
const input = z.strictObject(listChoices)
type Input = z.output<typeof input>

interface TubeLine {
  site: string
  code: string
  day: string
  /** `HH:MM:SS`; noon where the list says none. */
  time: string | null
  lane: number | null
  size: TubeSize | null
  people: number
}
export interface TubesPreview extends ListAnswer {
  counts: { read: number; accepted: number; refused: number; duplicate: number }
  /** As `screening.recordTubes` takes them, with the site and round that each goes to. */
  accepted: {
    row: number
    postId: string
    siteName: string
    roundId: string | null
    code: string
    lane: number
    size: TubeSize
    people: number
    sealedAt: string
  }[]
  duplicate: { row: number; code: string; zh: string; en: string }[]
}

const tubeSizeUsual: TubeSize = 10
const noon = '12:00:00'

const whole = (least: number, most: number, error: CellError) => (cell: Cell) => {
  const text = oneLine(cell).replace(/[人管台号]$/, '')
  const n = Number(text)
  return /^\d+$/.test(text) && n >= least && n <= most ? { value: n } : { error }
}
function clockOf(cell: Cell): Parsed {
  const written = cell.kind === 'date' ? (cell.iso.split('T')[1] ?? '') : oneLine(cell)
  const [, hour = '', minute = '', second = '00'] =
    /^(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?$/.exec(written) ?? []
  const isClock = hour !== '' && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  return isClock
    ? { value: `${hour.padStart(2, '0')}:${minute}:${second}` }
    : { error: { zh: '认不出时间；写成 08:31', en: 'Not a time: write it as 08:31' } }
}

const columns: readonly ColumnSpec[] = [
  {
    key: 'site',
    zh: '采样点',
    en: 'Site',
    aliases: ['采样点编号', '采样点名称', '点位', '点位编号', '点位名称', 'site'],
    required: true,
    parse: cell => ({ value: oneLine(cell) }),
  },
  tubeCodeColumn,
  {
    key: 'people',
    zh: '人数',
    en: 'People',
    aliases: ['采样人数', '管内人数', '实采人数', 'people'],
    required: true,
    parse: whole(1, 100, {
      zh: '人数须为 1 至 100 的整数',
      en: 'People must be a whole number from 1 to 100',
    }),
  },
  {
    key: 'day',
    zh: '采样日期',
    en: 'Day',
    aliases: ['日期', '采样时间', '封管时间', 'date'],
    required: true,
    parse: (cell): Parsed => {
      const read = parseDay(cell)
      return read.day === null
        ? { error: { zh: '认不出日期；写成 2021-11-04', en: 'Not a day: write it as 2021-11-04' } }
        : { value: read.time ? `${read.day}T${read.time}` : read.day }
    },
  },
  {
    key: 'time',
    zh: '时间',
    en: 'Time',
    aliases: ['时刻', '封管时刻', 'time'],
    required: false,
    parse: clockOf,
  },
  {
    key: 'lane',
    zh: '采样台',
    en: 'Lane',
    aliases: ['台号', '通道', 'lane'],
    required: false,
    parse: whole(1, 50, { zh: '采样台须为 1 至 50', en: 'The lane must be from 1 to 50' }),
  },
  {
    key: 'size',
    zh: '混采规格',
    en: 'Size',
    aliases: ['规格', '混采比例', '规格(人)', '几合一', 'size'],
    required: false,
    parse: (cell): Parsed => {
      const size = Number(oneLine(cell).replace(/(人|合一|[:：]1|合1|混1)$/, ''))
      return (tubeSizes as readonly number[]).includes(size)
        ? { value: size }
        : { error: { zh: '规格须为 1、5、10 或 20', en: 'A tube takes 1, 5, 10 or 20' } }
    },
  },
]

interface Books {
  sites: ReadonlyMap<string, PostOfOperation>
  /** Round by site and duty day. */
  rounds: ReadonlyMap<string, string>
  tubes: Awaited<ReturnType<typeof tubesByCode>>
}

async function booksOf(hands: ReaderHands, codes: readonly string[]): Promise<Books> {
  const { agencyId } = hands.agency
  const [posts, rounds, tubes] = await hands.read(async db => [
    await postsOfAgency(db, agencyId),
    await roundSites(db, agencyId, {}),
    await tubesByCode(screeningDb(db), agencyId, codes),
  ])
  const { unitIds } = hands.actor.scope
  const own = posts.filter(
    post => post.kind === 'samplingSite' && (unitIds === '*' || unitIds.includes(post.unitId)),
  )
  return {
    // A name may be of two sites; a code is of one.
    sites: new Map([
      ...own.map(post => [post.name, post] as const),
      ...own.map(post => [post.code, post] as const),
    ]),
    rounds: new Map(rounds.map(one => [`${one.postId} ${one.day}`, one.roundId])),
    tubes,
  }
}

/** When it was sealed; a day with a time in it needs no time beside it. */
function sealedAtOf({ timeZone }: ReaderHands['agency'], { day, time }: TubeLine): string {
  const [date = '', own] = day.split('T')
  const [hour = 0, minute = 0, second = 0] = (own ?? time ?? noon).split(':').map(Number)
  const minutes = Date.parse(instantAt(timeZone, date, hour * 60 + minute))
  return new Date(minutes + second * 1_000).toISOString()
}

const sameAs = (line: TubeLine, books: Books) => {
  const tube = books.tubes.get(line.code)
  const isSame = tube?.post_id === books.sites.get(line.site)?.postId && tube?.people === line.people
  return tube ? { isSame } : null
}

function faultOf(hands: ReaderHands, line: TubeLine, books: Books): (CellError & { key: string }) | null {
  if (!books.sites.has(line.site)) {
    return { key: 'site', zh: '没有这个采样点，或不在管辖范围内', en: 'No such site in your units' }
  }
  if (line.people > (line.size ?? tubeSizeUsual)) {
    return { key: 'people', zh: '人数超过了混采规格', en: 'More people than the tube takes' }
  }
  if (Date.parse(sealedAtOf(hands.agency, line)) > hands.now().getTime()) {
    return { key: 'day', zh: '时间还没有到', en: 'That time has not come yet' }
  }
  if (sameAs(line, books)?.isSame === false) {
    return { key: 'code', zh: '该管码已用于别处或人数不同', en: 'Used elsewhere, or with other people' }
  }
  return null
}

async function readTubes(file: BroughtFile, asked: Input, hands: ReaderHands) {
  const kept = await hands.read(db => keptMappings(db, hands.agency.agencyId, 'tubes'))
  const list = await openList(file, asked, columns, kept)
  if (list.missing.length > 0) return { list, mapped: undefined, books: undefined }
  const judged = (check: (line: TubeLine) => (CellError & { key: string }) | null) =>
    applyMapping<TubeLine>(list.sheet, list.header, list.mapping, columns, {
      keyOf: line => line.code,
      check,
    })
  // Read for the codes first, and then once more with what the books know of them.
  const codes = judged(() => null).accepted.map(row => row.value.code)
  const books = await booksOf(hands, codes)
  const mapped = judged(line => faultOf(hands, line, books))
  if (mapped.read > tubeRowsMost)
    throw screeningProblems.tooManyRows({ rows: mapped.read, limit: tubeRowsMost })
  return { list, mapped, books }
}

function previewOf(hands: ReaderHands, read: Awaited<ReturnType<typeof readTubes>>): TubesPreview {
  const { list, mapped, books } = read
  const answer = answerOf(list, mapped)
  const duplicate = (mapped?.duplicate ?? []).map(({ rowNumber: row, value, zh, en }) => ({
    ...{ row, zh, en },
    code: value.code,
  }))
  const accepted: TubesPreview['accepted'] = []
  for (const { rowNumber: row, value } of mapped?.accepted ?? []) {
    const site = books?.sites.get(value.site)
    if (!books || !site) continue
    const { code, people } = value
    const [lane, size] = [value.lane ?? 1, value.size ?? tubeSizeUsual]
    if (books.tubes.has(code)) {
      duplicate.push({ row, code, zh: '已有这一管', en: 'This tube stands already' })
      continue
    }
    const sealedAt = sealedAtOf(hands.agency, value)
    const roundId = books.rounds.get(`${site.postId} ${dutyDayOf(hands.agency, sealedAt)}`) ?? null
    accepted.push({
      ...{ row, postId: site.postId, siteName: site.name, roundId },
      ...{ code, lane, size, people, sealedAt },
    })
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

const brought = { roles: leading, input, bytesMost: 20 * 1024 * 1024 }

export const tubeUploads = [
  upload({
    name: 'screening.readTubes',
    title: { zh: '读取采样管清单', en: 'Read a list of tubes' },
    ...brought,
    read: (file, asked, hands) => inWords(async () => previewOf(hands, await readTubes(file, asked, hands))),
  }),
  upload({
    name: 'screening.refusedTubes',
    title: { zh: '下载有误行', en: 'The refused rows as Excel' },
    ...brought,
    read: (file, asked, hands) =>
      inWords(async () => {
        const { list, mapped } = await readTubes(file, asked, hands)
        return refusedFile(list, mapped as Mapped<unknown> | undefined)
      }),
  }),
]
