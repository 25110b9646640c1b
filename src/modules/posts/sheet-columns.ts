// Columns of a sheet of posts: what they are called on paper, and how a cell is read.
import {
  type Cell,
  type CellError,
  type ColumnSpec,
  cellText,
  cleanText,
  parseDay,
  parseYesNo,
  splitNamePhone,
} from '../../sheets/index.ts'
import type { PostKind, PostState } from './contracts.ts'
import { degreesOf } from './coordinates.ts'
import { postKindOf, postStateOf } from './kind-words.ts'

type Parsed = { value: unknown } | { error: CellError }
const error = (zh: string, en: string): Parsed => ({ error: { zh, en } })

/** One line of text: breaks inside a cell would break the lists that show it. */
const oneLine = (cell: Cell) => cleanText(cellText(cell)).replaceAll('\n', ' ')

function text(most: number, lines = false) {
  return (cell: Cell): Parsed => {
    const value = lines ? cleanText(cellText(cell)) : oneLine(cell)
    return value.length > most
      ? error(`共 ${value.length} 字,上限 ${most} 字`, `${value.length} characters; the limit is ${most}`)
      : { value }
  }
}

function coordinate(most: 90 | 180) {
  const [zh, en] = most === 180 ? ['经度', 'Longitude'] : ['纬度', 'Latitude']
  return (cell: Cell): Parsed => {
    const value = cell.kind === 'number' ? cell.value : degreesOf(oneLine(cell))
    if (value === null) return error(`${zh}应为数字,如 107.1234`, `${en} should be a number such as 107.1234`)
    if (Math.abs(value) > most) {
      return error(
        `${zh}须在 −${most} 至 ${most} 之间;经度、纬度是否填反了?`,
        `${en} lies between −${most} and ${most}; are longitude and latitude the wrong way round?`,
      )
    }
    return { value }
  }
}

function pair(cell: Cell): Parsed {
  const [lng, lat, ...more] = oneLine(cell)
    .split(/[,;、 /]+/)
    .map(degreesOf)
  if (lng === undefined || lat === undefined || lng === null || lat === null || more.length > 0) {
    return error(
      '应为“经度，纬度”，如 107.1234,40.5678',
      'Should be “longitude,latitude”, as 107.1234,40.5678',
    )
  }
  if (Math.abs(lng) > 180 || Math.abs(lat) > 90) {
    return error('经度、纬度是否填反了？先经度、后纬度', 'Longitude first, then latitude; are they swapped?')
  }
  return { value: [lng, lat] }
}

const day = (cell: Cell): Parsed => {
  const parsed = parseDay(cell)
  return parsed.day === null
    ? error(`日期看不懂:${parsed.reason.zh}`, `Not a day: ${parsed.reason.en}`)
    : { value: parsed.day }
}

/** What a row gives before the defaults of the import are put in; null where a cell was empty. */
export interface SheetRow {
  name: string
  code: string | null
  kind: PostKind | null
  address: string | null
  lng: number | null
  lat: number | null
  place: [number, number] | null
  unit: string | null
  zone: string | null
  contact: { name: string; phone: string | null } | null
  phone: string | null
  duties: string | null
  equipment: string | null
  state: PostState | null
  opensOn: string | null
  closedLoop: boolean | null
}

export const columns: readonly ColumnSpec[] = [
  {
    key: 'name',
    zh: '点位名称',
    en: 'Name',
    aliases: ['名称', '点位', '卡口名称', '采样点名称', '采样点', '酒店名称', 'poi_name', 'site', 'post'],
    required: true,
    parse: text(80),
  },
  { key: 'code', zh: '编号', en: 'Code', aliases: ['点位编号', '编码', '代码', 'id'], parse: text(20) },
  {
    key: 'kind',
    zh: '类别',
    en: 'Kind',
    aliases: ['点位类别', '点位类型', '类型', '种类', 'type', '性质'],
    parse: cell => {
      const kind = postKindOf(oneLine(cell))
      return kind
        ? { value: kind }
        : error(
            '认不出点位类别；可写卡口(卡点)、封控点、采样点、隔离酒店、门岗、巡逻网格、指挥部、备勤',
            'Not a known kind of post: checkpoint, zone gate, sampling site, isolation hotel, building gate, patrol grid, command post or reserve',
          )
    },
  },
  {
    key: 'address',
    zh: '地址',
    en: 'Address',
    aliases: ['详细地址', '位置', '采样点地址', '所在地'],
    parse: text(200),
  },
  {
    key: 'lng',
    zh: '经度',
    en: 'Longitude',
    aliases: ['lon', 'long', 'lng', 'x', 'longitude'],
    parse: coordinate(180),
  },
  { key: 'lat', zh: '纬度', en: 'Latitude', aliases: ['lat', 'y', 'latitude'], parse: coordinate(90) },
  { key: 'place', zh: '经纬度', en: 'Coordinates', aliases: ['坐标', '位置坐标', 'location'], parse: pair },
  {
    key: 'unit',
    zh: '责任单位',
    en: 'Unit',
    aliases: ['单位', '辖区派出所', '责任部门', '属地派出所', '秩序维护责任单位'],
    parse: text(80),
  },
  { key: 'zone', zh: '所属区域', en: 'Zone', aliases: ['区域', '封控区', '所在区域'], parse: text(80) },
  {
    key: 'contact',
    secret: true,
    zh: '点长',
    en: 'Contact',
    aliases: ['点位负责人', '负责人', '联系人', '点位负责人(点长)及电话', '点长及电话'],
    parse: cell => {
      const { name, phone, rest } = splitNamePhone(oneLine(cell))
      if (rest !== '') return error(`“${rest}”不是完整的电话号码`, `“${rest}” is not a whole phone number`)
      return name.length > 60 ? error('姓名过长', 'The name is too long') : { value: { name, phone } }
    },
  },
  {
    key: 'phone',
    zh: '联系电话',
    en: 'Phone',
    aliases: ['电话', '手机', '值班电话'],
    secret: true,
    parse: text(30),
  },
  {
    key: 'duties',
    zh: '定责',
    en: 'Duties',
    aliases: ['职责', '工作职责', '任务'],
    parse: text(2_000, true),
  },
  {
    key: 'equipment',
    zh: '装备',
    en: 'Equipment',
    aliases: ['装备物资', '警车号牌/装备'],
    parse: text(500, true),
  },
  {
    key: 'state',
    zh: '状态',
    en: 'State',
    aliases: ['点位状态', '启用状态'],
    parse: cell => {
      const state = postStateOf(oneLine(cell))
      return state
        ? { value: state }
        : error('状态应为筹备、启用、暂停或撤除', 'State is planned, in use, paused or closed')
    },
  },
  {
    key: 'opensOn',
    zh: '起用时间',
    en: 'In use from',
    aliases: ['启用时间', '启用日期', '设立时间'],
    parse: day,
  },
  {
    key: 'closedLoop',
    zh: '闭环',
    en: 'Closed loop',
    aliases: ['闭环管理', '是否闭环'],
    parse: cell => {
      const parsed = parseYesNo(cell)
      return parsed.value === null ? error('应为“是”或“否”', 'Should be yes or no') : { value: parsed.value }
    },
  },
]
