// A brought GeoJSON: polygons are zones, points are posts. Each feature ends as accepted, refused or duplicate; the
// page asks for the order that zones need and sends `posts.addZones` and `posts.addPosts`.
import { z } from 'zod'
import { id } from '../../kernel/contract.ts'
import { upload } from '../../kernel/module.ts'
import { cleanText } from '../../sheets/index.ts'
import {
  type Position,
  type PostKind,
  postKind,
  postsProblems,
  type ZoneKind,
  zoneKind,
} from './contracts.ts'
import { type CoordinateSystem, coordinateSystem, toWgs84 } from './coordinates.ts'
import { type Books, booksOf, numbering } from './import-books.ts'
import { postKindOf, zoneKindOf } from './kind-words.ts'
import { openRing } from './polygon.ts'
import { outlineProblem } from './zone-commands.ts'

export const featuresMost = 5_000

const input = z.strictObject({
  operationId: id(),
  coordinates: coordinateSystem,
  /** For features that do not say it themselves; without them the name decides. */
  zoneKind: zoneKind.nullable().default(null),
  postKind: postKind.nullable().default(null),
  unitId: id().nullable().default(null),
})
type Input = z.output<typeof input>

export interface ReadZone {
  name: string
  kind: ZoneKind
  orderNumber: string
  approver: string
  beginsAt: string | null
  plannedEndAt: string | null
  households: number | null
  polygon: Position[]
}
export interface ReadPoint {
  name: string
  code: string
  kind: PostKind
  address: string
  unitId: string
  /** Of a zone that exists; one that comes in the same file has only its name yet. */
  zoneId: string | null
  zoneName: string | null
  place: { lng: number; lat: number }
}
export interface GeoJsonPreview {
  fileName: string
  counts: { read: number; accepted: number; refused: number; duplicate: number }
  /** `n` is the feature's place in the file, from 1. */
  zones: { n: number; zone: ReadZone }[]
  posts: { n: number; post: ReadPoint }[]
  refused: { n: number; name: string; zh: string; en: string }[]
  duplicate: { n: number; name: string; zh: string; en: string }[]
}

class Refusal extends Error {
  readonly zh: string
  constructor(zh: string, en: string) {
    super(en)
    this.zh = zh
  }
}

type Properties = Record<string, unknown>

/** The first of the keys that holds a text or number, cleaned; empty where none does. */
function textOf(properties: Properties, keys: readonly string[], most: number): string {
  for (const key of keys) {
    const value = properties[key]
    if (typeof value === 'string' || typeof value === 'number') {
      const text = cleanText(String(value)).replaceAll('\n', ' ')
      if (text.length > most)
        throw new Refusal(`“${key}”超过 ${most} 字`, `“${key}” has more than ${most} characters`)
      if (text !== '') return text
    }
  }
  return ''
}

const instantOf = (text: string) => {
  const at = Date.parse(text)
  return text !== '' && !Number.isNaN(at) && /T.*(Z|[+-]\d\d:?\d\d)$/.test(text)
    ? new Date(at).toISOString()
    : null
}

function positionOf(value: unknown, system: CoordinateSystem): Position {
  const [lng, lat] = Array.isArray(value) ? value : []
  if (typeof lng !== 'number' || typeof lat !== 'number') {
    throw new Refusal('坐标须为 [经度, 纬度] 两个数字', 'A position is two numbers, [longitude, latitude]')
  }
  if (Math.abs(lng) > 180 || Math.abs(lat) > 90) {
    throw new Refusal(
      `坐标(${lng},${lat})超出范围;先经度、后纬度`,
      `(${lng}, ${lat}) is not on earth; longitude comes first`,
    )
  }
  return toWgs84([lng, lat], system)
}

function outerRing(geometry: { type?: unknown; coordinates?: unknown }): unknown[] {
  const { type, coordinates } = geometry
  const parts = type === 'MultiPolygon' && Array.isArray(coordinates) ? coordinates : [coordinates]
  if (parts.length !== 1) {
    throw new Refusal(
      `多个面(${parts.length} 个),请拆成多个区域`,
      `${parts.length} polygons in one feature; make each a zone of its own`,
    )
  }
  const [rings] = parts
  if (!Array.isArray(rings) || !Array.isArray(rings[0]))
    throw new Refusal('面没有坐标', 'The polygon has no positions')
  if (rings.length > 1) throw new Refusal('面中有洞，区域不能有洞', 'The polygon has a hole; a zone cannot')
  return rings[0]
}

const nameKeys = ['name', '名称', '点位名称', '区域名称', 'title', 'NAME', 'Name']
const kindKeys = ['kind', '类别', '类型', 'type']

function zoneFrom(properties: Properties, geometry: object, asked: Input): ReadZone {
  const name = textOf(properties, nameKeys, 80)
  const kindText = textOf(properties, kindKeys, 80)
  const kind = zoneKindOf(kindText) ?? asked.zoneKind ?? zoneKindOf(name)
  if (name === '') throw new Refusal('没有名称(name)', 'It has no name')
  if (!kind)
    throw new Refusal('没有类别(封控区、管控区、防范区)', 'It has no kind (sealed, control, precaution)')
  const raw = outerRing(geometry)
  if (raw.length > 5_000) throw new Refusal('边界超过 5,000 个点', 'The outline has more than 5,000 points')
  const polygon = raw.map(position => positionOf(position, asked.coordinates))
  const problem = outlineProblem(name, polygon)
  if (problem) {
    const { message } = problem.toJSON()
    throw new Refusal(message.zh, message.en)
  }
  const households = Number(textOf(properties, ['households', '户数'], 20) || Number.NaN)
  return {
    name,
    kind,
    orderNumber: textOf(properties, ['orderNumber', '文号'], 60),
    approver: textOf(properties, ['approver', '批准人'], 60),
    beginsAt: instantOf(textOf(properties, ['beginsAt'], 40)),
    plannedEndAt: instantOf(textOf(properties, ['plannedEndAt'], 40)),
    households:
      Number.isInteger(households) && households >= 0 && households <= 1_000_000 ? households : null,
    polygon: openRing(polygon),
  }
}

function unitOf(properties: Properties, asked: Input, books: Books): string {
  const named = textOf(properties, ['unit', '责任单位'], 80)
  const unitId = named === '' ? asked.unitId : books.units.get(named)
  if (unitId) return unitId
  throw named === ''
    ? new Refusal('没有责任单位；请选择默认单位', 'It has no unit; choose one for all such features')
    : new Refusal(`没有名为“${named}”的单位`, `There is no unit “${named}”`)
}

function postFrom(
  properties: Properties,
  geometry: { coordinates?: unknown },
  asked: Input,
  books: Books,
): Omit<ReadPoint, 'code'> & { code: string | null } {
  const name = textOf(properties, nameKeys, 80)
  if (name === '') throw new Refusal('没有名称(name)', 'It has no name')
  const kind = postKindOf(textOf(properties, kindKeys, 80)) ?? asked.postKind ?? postKindOf(name)
  if (!kind) throw new Refusal('没有点位类别，名称也看不出', 'It has no kind of post')
  const [lng, lat] = positionOf(geometry.coordinates, asked.coordinates)
  const zoneName = textOf(properties, ['zone', '所属区域'], 80) || null
  return {
    name,
    code: textOf(properties, ['code', '编号'], 20) || null,
    kind,
    address: textOf(properties, ['address', '地址'], 200),
    unitId: unitOf(properties, asked, books),
    zoneId: books.zones.get(zoneName ?? '') ?? null,
    zoneName,
    place: { lng, lat },
  }
}

function featuresOf(bytes: Buffer): unknown[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw postsProblems.notGeoJson({ reason: String((error as Error).message).slice(0, 120) })
  }
  const { type, features } = (parsed ?? {}) as { type?: unknown; features?: unknown }
  if (type === 'Feature') return [parsed]
  if (type !== 'FeatureCollection' || !Array.isArray(features)) {
    throw postsProblems.notGeoJson({ reason: 'FeatureCollection' })
  }
  if (features.length > featuresMost) {
    throw postsProblems.tooManyRows({ rows: features.length, limit: featuresMost })
  }
  return features
}

class Reading {
  readonly answer: GeoJsonPreview
  private readonly asked: Input
  private readonly books: Books
  private readonly nextCode: (kind: PostKind) => string

  constructor(fileName: string, read: number, asked: Input, books: Books) {
    this.asked = asked
    this.books = books
    this.nextCode = numbering(books.codes)
    const counts = { read, accepted: 0, refused: 0, duplicate: 0 }
    this.answer = { fileName, counts, zones: [], posts: [], refused: [], duplicate: [] }
  }

  feature(feature: unknown, n: number): void {
    const { properties: given, geometry } = (feature ?? {}) as { properties?: unknown; geometry?: unknown }
    const properties = (given !== null && typeof given === 'object' ? given : {}) as Properties
    const shape = (geometry ?? {}) as { type?: unknown; coordinates?: unknown }
    const { counts, refused } = this.answer
    let name = ''
    try {
      name = textOf(properties, nameKeys, 10_000).slice(0, 80)
      if (shape.type === 'Polygon' || shape.type === 'MultiPolygon') this.zone(properties, shape, n)
      else if (shape.type === 'Point') this.post(properties, shape, n)
      else throw new Refusal('只接受点(点位)和面(区域)', 'Only points (posts) and polygons (zones) are taken')
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push({ n, name, zh: error.zh, en: error.message })
      counts.refused += 1
    }
  }

  private again(n: number, name: string, zh: string, en: string): void {
    this.answer.duplicate.push({ n, name, zh, en })
    this.answer.counts.duplicate += 1
  }

  private zone(properties: Properties, shape: object, n: number): void {
    const zone = zoneFrom(properties, shape, this.asked)
    if (this.books.zones.has(zone.name)) {
      this.again(n, zone.name, '已有同名区域', 'A zone of this name exists')
      return
    }
    this.books.zones.set(zone.name, '')
    this.answer.zones.push({ n, zone })
    this.answer.counts.accepted += 1
  }

  private post(properties: Properties, shape: { coordinates?: unknown }, n: number): void {
    const post = postFrom(properties, shape, this.asked, this.books)
    const key = `${post.kind} ${post.name}`
    if (this.books.names.has(key)) {
      this.again(n, post.name, '已有同名同类点位', 'A post of this name and kind exists')
      return
    }
    if (post.code !== null && this.books.codes.has(post.code)) {
      this.again(n, post.name, `编号 ${post.code} 已存在`, `Code ${post.code} exists already`)
      return
    }
    const code = post.code ?? this.nextCode(post.kind)
    this.books.codes.add(code)
    this.books.names.set(key, code)
    this.answer.posts.push({ n, post: { ...post, code, zoneId: post.zoneId || null } })
    this.answer.counts.accepted += 1
  }
}

export const readGeoJson = upload({
  name: 'posts.readGeoJson',
  title: { zh: '读取 GeoJSON', en: 'Read a GeoJSON file' },
  roles: ['administrator', 'commander', 'dutyOfficer', 'system'],
  input,
  bytesMost: 20 * 1024 * 1024,
  async read(file, asked, hands): Promise<GeoJsonPreview> {
    const features = featuresOf(file.bytes)
    const books = await booksOf(hands, asked.operationId)
    const reading = new Reading(file.fileName, features.length, asked, books)
    for (const [index, feature] of features.entries()) reading.feature(feature, index + 1)
    return reading.answer
  },
})
