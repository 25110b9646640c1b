// A brought sheet of posts, read and answered with a preview. Nothing is written: the page shows the counts and sends
// what was accepted as `posts.addPosts`.
import { z } from 'zod'
import { id, Problem } from '../../kernel/contract.ts'
import { scanProse } from '../../kernel/input.ts'
import { type ReaderHands, upload } from '../../kernel/module.ts'
import {
  answerOf,
  applyMapping,
  type BroughtFile,
  type CellError,
  inWords,
  type ListAnswer,
  listChoices,
  type Mapped,
  type OpenedList,
  openList,
  refusedFile,
} from '../../sheets/index.ts'
import { keptMappings } from '../people/index.ts'
import { addPost, type Position, type PostKind, postKind, postsProblems } from './contracts.ts'
import { type CoordinateSystem, coordinateSystem, toWgs84 } from './coordinates.ts'
import { type Books, booksOf, numbering } from './import-books.ts'
import { postKindOf } from './kind-words.ts'
import { columns, type SheetRow } from './sheet-columns.ts'

export const rowsMost = 20_000

const input = z.strictObject({
  operationId: id(),
  coordinates: coordinateSystem,
  /** For rows that do not say it themselves; without it the end of the name decides (文化广场采样点). */
  kind: postKind.nullable().default(null),
  unitId: id().nullable().default(null),
  ...listChoices,
})
type Input = z.output<typeof input>

/** What `posts.addPosts` takes, but for the ids that the page makes. */
export interface ReadPost {
  code: string
  name: string
  kind: PostKind
  unitId: string
  zoneId: string | null
  address: string
  duties: string
  equipment: string
  contactName: string
  contactPhone: string | null
  closedLoop: boolean
  state: 'planned' | 'active' | 'paused' | 'closed'
  opensOn: string | null
  place: { lng: number; lat: number } | null
}

export interface SheetPreview extends ListAnswer {
  /** With a required column missing, nothing was read yet. */
  counts: { read: number; accepted: number; refused: number; duplicate: number }
  accepted: { row: number; post: ReadPost }[]
  duplicate: { row: number; name: string; zh: string; en: string }[]
}

function placeOf(row: SheetRow, system: CoordinateSystem): { lng: number; lat: number } | null {
  const position: Position | null =
    row.place ?? (row.lng !== null && row.lat !== null ? [row.lng, row.lat] : null)
  if (!position) return null
  const [lng, lat] = toWgs84(position, system)
  return { lng, lat }
}

type Fault = CellError & { key: string }
const fault = (key: string, zh: string, en: string): Fault => ({ key, zh, en })

/** The whole row against the books: what it lacks, and what nobody knows. */
function faultOf(row: SheetRow, asked: Input, books: Books): Fault | null {
  if (row.kind === null && asked.kind === null && postKindOf(row.name) === null) {
    return fault(
      'name',
      '没有类别，名称也看不出；请选择默认类别',
      'It has no kind; choose one for all such rows',
    )
  }
  if (row.unit === null && asked.unitId === null) {
    return fault('name', '没有责任单位；请选择默认单位', 'It has no unit; choose one for all such rows')
  }
  if (row.unit !== null && !books.units.has(row.unit)) {
    return fault('unit', `没有名为“${row.unit}”的单位`, `There is no unit “${row.unit}”`)
  }
  if (row.zone !== null && !books.zones.has(row.zone)) {
    return fault(
      'zone',
      `本次勤务没有名为“${row.zone}”的区域`,
      `There is no zone “${row.zone}” in the operation`,
    )
  }
  if ((row.lng === null) !== (row.lat === null) && row.place === null) {
    return fault('lng', '经度、纬度须同时填写', 'Longitude and latitude go together')
  }
  return contractFault(postOf(row, asked, books, 'X'))
}

const example = '00000000-0000-7000-8000-000000000000'

/** What is accepted here must be accepted by the command, so the command's own contract has the last word. */
function contractFault(post: ReadPost): Fault | null {
  const whole = { operationId: example, postId: example, ...post }
  const parsed = addPost.input.safeParse(whole)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const key = String(issue?.path[0] ?? 'name')
    return fault(key, `不能写入:${issue?.message ?? ''}`, `Cannot be written: ${issue?.message ?? ''}`)
  }
  try {
    scanProse(addPost.input, parsed.data)
    return null
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { what = '', field = 'name' } = error.params
    return fault(String(field), `文本中含有${what},请删去`, 'The text contains a personal number; remove it')
  }
}

function postOf(row: SheetRow, asked: Input, books: Books, code: string): ReadPost {
  const unitId = row.unit === null ? asked.unitId : books.units.get(row.unit)
  return {
    code: row.code ?? code,
    name: row.name,
    kind: row.kind ?? asked.kind ?? postKindOf(row.name) ?? 'checkpoint',
    unitId: unitId ?? '',
    zoneId: row.zone === null ? null : (books.zones.get(row.zone) ?? null),
    address: row.address ?? '',
    duties: row.duties ?? '',
    equipment: row.equipment ?? '',
    contactName: row.contact?.name ?? '',
    contactPhone: row.phone ?? row.contact?.phone ?? null,
    closedLoop: row.closedLoop ?? false,
    state: row.state ?? 'active',
    opensOn: row.opensOn,
    place: placeOf(row, asked.coordinates),
  }
}

function sortOut(mapped: Mapped<SheetRow>, asked: Input, books: Books) {
  const accepted: SheetPreview['accepted'] = []
  const duplicate: SheetPreview['duplicate'] = mapped.duplicate.map(({ rowNumber: row, value, zh, en }) => ({
    row,
    name: value.name,
    zh,
    en,
  }))
  const used = new Set(books.codes)
  for (const { value } of mapped.accepted) if (value.code !== null) used.add(value.code)
  const next = numbering(used)
  for (const { rowNumber: row, value } of mapped.accepted) {
    const there = (zh: string, en: string) => duplicate.push({ row, name: value.name, zh, en })
    const kind = postOf(value, asked, books, '').kind
    const same = books.names.get(`${kind} ${value.name}`)
    if (value.code !== null && books.codes.has(value.code)) {
      there(`编号 ${value.code} 已存在`, `Code ${value.code} exists already`)
    } else if (same !== undefined) {
      there(`已有同名同类点位(${same})`, `A post of this name and kind exists (${same})`)
    } else {
      accepted.push({ row, post: postOf(value, asked, books, value.code ?? next(kind)) })
    }
  }
  duplicate.sort((a, b) => a.row - b.row)
  return { accepted, duplicate }
}

/** Two rows are one post when their codes are the same; without codes, when name and place are. */
const keyOf = (row: SheetRow) => row.code ?? `${row.name} ${row.place?.join(',') ?? `${row.lng},${row.lat}`}`

interface ReadPosts {
  list: OpenedList
  books: Books
  /** Undefined while a required column has no place. */
  mapped: Mapped<SheetRow> | undefined
}

async function readPosts(file: BroughtFile, asked: Input, hands: ReaderHands): Promise<ReadPosts> {
  const kept = await hands.read(db => keptMappings(db, hands.agency.agencyId, 'posts'))
  const list = await openList(file, asked, columns, kept)
  const books = await booksOf(hands, asked.operationId)
  if (list.missing.length > 0) return { list, books, mapped: undefined }
  const empty = Object.fromEntries(columns.map(spec => [spec.key, null]))
  const whole = (row: SheetRow): SheetRow => ({ ...empty, ...row })
  const mapped = applyMapping<SheetRow>(list.sheet, list.header, list.mapping, columns, {
    keyOf: row => keyOf(whole(row)),
    check: row => faultOf(whole(row), asked, books),
  })
  if (mapped.read > rowsMost) throw postsProblems.tooManyRows({ rows: mapped.read, limit: rowsMost })
  for (const one of [...mapped.accepted, ...mapped.duplicate]) one.value = whole(one.value)
  return { list, books, mapped }
}

function previewOf({ list, books, mapped }: ReadPosts, asked: Input): SheetPreview {
  const { accepted, duplicate } = mapped ? sortOut(mapped, asked, books) : { accepted: [], duplicate: [] }
  const answer = answerOf(list, mapped)
  return {
    ...answer,
    counts: {
      read: mapped?.read ?? 0,
      accepted: accepted.length,
      refused: answer.refused.length,
      duplicate: duplicate.length,
    },
    accepted,
    duplicate,
  }
}

const brought = {
  roles: ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'system'] as const,
  input,
  bytesMost: 20 * 1024 * 1024,
}

export const readSheet = upload({
  name: 'posts.readSheet',
  title: { zh: '读取点位表', en: 'Read a sheet of posts' },
  ...brought,
  read: (file, asked, hands) => inWords(async () => previewOf(await readPosts(file, asked, hands), asked)),
})

export const errorRows = upload({
  name: 'posts.errorRows',
  title: { zh: '下载有误行', en: 'The refused rows as Excel' },
  ...brought,
  read: (file, asked, hands) =>
    inWords(async () => {
      const { list, mapped } = await readPosts(file, asked, hands)
      return refusedFile(list, mapped)
    }),
})
