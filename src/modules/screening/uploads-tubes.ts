// The tubes of sites that worked on paper, many sites in one list: read and answered with a preview; the page sends what
// was accepted as `screening.recordTubes`, site by site.
import type { ReaderHands } from '../../kernel/module.ts'
import { dutyDayOf, instantAt } from '../../kernel/time.ts'
import { type Cell, type CellError, type ColumnSpec, parseDay } from '../../sheets/index.ts'
import { type PostOfOperation, postsOfAgency, roundSites } from '../posts/index.ts'
import { isTimely } from './commands-list.ts'
import { tubesByCode } from './commands-results.ts'
import { leading, type TubeSize, tubeSizes } from './contracts.ts'
import {
  type CodedList,
  type CodedPreview,
  listUploads,
  oneLine,
  type Parsed,
  tubeCodeColumn,
} from './list-uploads.ts'
import { screeningDb } from './lower.ts'

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
/** As `screening.recordTubes` takes it, with the site and round that it goes to. */
interface AcceptedTube {
  postId: string
  siteName: string
  roundId: string | null
  code: string
  lane: number
  size: TubeSize
  people: number
  sealedAt: string
}
export type TubesPreview = CodedPreview<AcceptedTube>

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

const tubesOfSites: CodedList<TubeLine, Books, AcceptedTube> = {
  subject: 'tubes',
  columns,
  books: booksOf,
  fault(line, books, hands) {
    const site = books.sites.get(line.site)
    if (!site) {
      return { key: 'site', zh: '没有这个采样点，或不在管辖范围内', en: 'No such site in your units' }
    }
    if (line.people > (line.size ?? tubeSizeUsual)) {
      return { key: 'people', zh: '人数超过了混采规格', en: 'More people than the tube takes' }
    }
    if (!isTimely(sealedAtOf(hands.agency, line), hands.now().toISOString())) {
      return { key: 'day', zh: '须在最近 28 天内，且不晚于现在', en: 'Not within the last 28 days up to now' }
    }
    const tube = books.tubes.get(line.code)
    if (tube && (tube.post_id !== site.postId || tube.people !== line.people)) {
      return { key: 'code', zh: '该管码已用于别处或人数不同', en: 'Used elsewhere, or with other people' }
    }
    return null
  },
  known: (line, books) =>
    books.tubes.has(line.code) ? { zh: '已有这一管', en: 'This tube stands already' } : null,
  accepted(line, books, { agency }) {
    const site = books.sites.get(line.site)
    if (!site) throw new Error('invariant: a line without a site is refused')
    const sealedAt = sealedAtOf(agency, line)
    const roundId = books.rounds.get(`${site.postId} ${dutyDayOf(agency, sealedAt)}`) ?? null
    return {
      ...{ postId: site.postId, siteName: site.name, roundId },
      ...{ code: line.code, lane: line.lane ?? 1, size: line.size ?? tubeSizeUsual },
      ...{ people: line.people, sealedAt },
    }
  },
}

export const tubeUploads = listUploads(
  tubesOfSites,
  { read: 'readTubes', refused: 'refusedTubes', title: { zh: '读取采样管清单', en: 'Read a list of tubes' } },
  leading,
)
