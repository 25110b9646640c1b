// A brought sheet of posts, read and answered with a preview. Nothing is written: the page shows the counts and sends
// what was accepted as `posts.addPosts`.
import { z } from 'zod'
import { id, Problem } from '../../kernel/contract.ts'
import { scanProse } from '../../kernel/input.ts'
import { upload } from '../../kernel/module.ts'
import {
  applyMapping,
  type CellError,
  csvEncodings,
  detectHeader,
  fillDown,
  type Header,
  type Mapped,
  readSheets,
  type RefusedRow,
  type Sheet,
  SheetProblem,
  suggestMapping,
} from '../../sheets/index.ts'
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
  /** Name of the sheet, when the workbook has several. */
  sheet: z.string().max(100).optional(),
  /** Column letter → key, or null; left out, it is suggested. */
  mapping: z.record(z.string().max(3), z.string().max(30).nullable()).optional(),
  encoding: z.enum(csvEncodings).optional(),
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

export interface SheetPreview {
  fileName: string
  encoding: string | null
  sheets: { name: string; rows: number; hidden: boolean }[]
  sheet: string
  columns: { letter: string; header: string; sample: string; key: string | null; status: string }[]
  fields: { key: string; zh: string; en: string; required: boolean }[]
  /** Keys without a column; with any of them nothing was read yet. */
  missing: string[]
  counts: {
    read: number
    accepted: number
    refused: number
    duplicate: number
    blank: number
    skipped: number
  }
  accepted: { rowNumber: number; post: ReadPost }[]
  refused: RefusedRow[]
  duplicate: { rowNumber: number; name: string; zh: string; en: string }[]
  skipped: { rowNumber: number; text: string; zh: string; en: string }[]
}

/** A file's own fault, said with the words that the reader has for it. */
export function fileProblem(error: unknown): unknown {
  if (!(error instanceof SheetProblem)) return error
  return new Problem(error.code, {
    status: error.status,
    zh: error.zh,
    en: error.en,
    doZh: '没有写入任何内容。',
    doEn: 'Nothing was written.',
  })
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
  const duplicate: SheetPreview['duplicate'] = mapped.duplicate.map(({ rowNumber, value, zh, en }) => ({
    rowNumber,
    name: value.name,
    zh,
    en,
  }))
  const used = new Set(books.codes)
  for (const { value } of mapped.accepted) if (value.code !== null) used.add(value.code)
  const next = numbering(used)
  for (const { rowNumber, value } of mapped.accepted) {
    const there = (zh: string, en: string) => duplicate.push({ rowNumber, name: value.name, zh, en })
    const kind = postOf(value, asked, books, '').kind
    const same = books.names.get(`${kind} ${value.name}`)
    if (value.code !== null && books.codes.has(value.code)) {
      there(`编号 ${value.code} 已存在`, `Code ${value.code} exists already`)
    } else if (same !== undefined) {
      there(`已有同名同类点位(${same})`, `A post of this name and kind exists (${same})`)
    } else {
      accepted.push({ rowNumber, post: postOf(value, asked, books, value.code ?? next(kind)) })
    }
  }
  duplicate.sort((a, b) => a.rowNumber - b.rowNumber)
  return { accepted, duplicate }
}

/** Two rows are one post when their codes are the same; without codes, when name and place are. */
const keyOf = (row: SheetRow) => row.code ?? `${row.name} ${row.place?.join(',') ?? `${row.lng},${row.lat}`}`

function preview(
  sheet: Sheet,
  header: Header,
  asked: Input,
  books: Books,
  file: Pick<SheetPreview, 'fileName' | 'encoding' | 'sheets'>,
): SheetPreview {
  const suggested = suggestMapping(header, columns)
  const mapping = asked.mapping ?? suggested.mapping
  const has = new Set(Object.values(mapping))
  const missing = columns.filter(spec => spec.required && !has.has(spec.key)).map(spec => spec.key)
  const start: SheetPreview = {
    ...file,
    sheet: sheet.name,
    columns: suggested.columns.map(({ letter, header: label, sample, status }) => ({
      letter,
      header: label,
      sample,
      key: mapping[letter] ?? null,
      status,
    })),
    fields: columns.map(({ key, zh, en, required }) => ({ key, zh, en, required: required ?? false })),
    missing,
    counts: { read: 0, accepted: 0, refused: 0, duplicate: 0, blank: 0, skipped: 0 },
    accepted: [],
    refused: [],
    duplicate: [],
    skipped: [],
  }
  if (missing.length > 0) return start
  const empty = Object.fromEntries(columns.map(spec => [spec.key, null]))
  const whole = (row: SheetRow): SheetRow => ({ ...empty, ...row })
  const mapped = applyMapping<SheetRow>(sheet, header, mapping, columns, {
    keyOf: row => keyOf(whole(row)),
    check: row => faultOf(whole(row), asked, books),
  })
  if (mapped.read > rowsMost) throw postsProblems.tooManyRows({ rows: mapped.read, limit: rowsMost })
  for (const one of [...mapped.accepted, ...mapped.duplicate]) one.value = whole(one.value)
  const { accepted, duplicate } = sortOut(mapped, asked, books)
  const { read, refused, blank, skipped } = mapped
  return {
    ...start,
    counts: {
      read,
      accepted: accepted.length,
      refused: refused.length,
      duplicate: duplicate.length,
      blank,
      skipped: skipped.length,
    },
    accepted,
    refused,
    duplicate,
    skipped,
  }
}

export const readSheet = upload({
  name: 'posts.readSheet',
  title: { zh: '读取点位表', en: 'Read a sheet of posts' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'system'],
  input,
  bytesMost: 20 * 1024 * 1024,
  async read(file, asked, hands): Promise<SheetPreview> {
    try {
      const workbook = await readSheets(file.bytes, file.fileName, { encoding: asked.encoding })
      const sheets = workbook.sheets.map(({ name, rows, hidden }) => ({ name, rows: rows.length, hidden }))
      const wanted = workbook.sheets.find(sheet =>
        asked.sheet === undefined ? !sheet.hidden && sheet.rows.length > 0 : sheet.name === asked.sheet,
      )
      if (!wanted) throw postsProblems.noHeader()
      const sheet = fillDown(wanted)
      const header = detectHeader(sheet, columns)
      if (!header) throw postsProblems.noHeader()
      const books = await booksOf(hands, asked.operationId)
      const encoding = workbook.encoding ?? null
      return preview(sheet, header, asked, books, { fileName: file.fileName, encoding, sheets })
    } catch (error) {
      throw fileProblem(error)
    }
  },
})
