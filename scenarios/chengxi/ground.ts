// The invented ground: zones with their stages, hotels, checkpoints, gates, grids, cameras, and the sampling sites
// of sixteen rounds. Days are offsets from the first duty day; places lie on an invented grid of streets.
import { stations } from './bureau.ts'

export const days = 24

/**
 * A sealed and a control zone side by side, which the first commando team holds from their order to their lifting:
 * 16 whole duty days, 384 hours. Days are offsets, both inclusive.
 */
export const hold = { zones: ['sealed-9', 'control-9'], from: 2, until: 17 } as const
const isHeld = (zone: string) => (hold.zones as readonly string[]).includes(zone)
export const gateOf = (zone: string): string => `gate-${zone}`

/** Minutes after the hand-over: an hour before the last watch goes home. */
const liftMinute = 23 * 60
const origin = { lng: 103.2, lat: 35.9 }

export interface Spot {
  lng: number
  lat: number
}
/** A place `east` and `north` kilometres from the middle of the invented town. */
export function spot(east: number, north: number): Spot {
  return {
    lng: Math.round((origin.lng + east / 90.2) * 1e6) / 1e6,
    lat: Math.round((origin.lat + north / 111.2) * 1e6) / 1e6,
  }
}

/** Even but not regular: the same sequence every time. */
function scatter(n: number, width: number, height: number): [number, number] {
  const golden = 0.618_033_988_75
  const x = (n * golden + 0.17) % 1
  const y = (n * golden * golden * 1.9 + 0.43) % 1
  return [(x - 0.5) * width, (y - 0.5) * height]
}

/** The middle of square `n` of a town of six by five squares, a little off, so that no two zones overlap. */
function square(n: number): [number, number] {
  const [offEast, offNorth] = scatter(n + 3, 0.7, 0.5)
  return [((n % 6) - 2.5) * 2.3 + offEast, (Math.floor(n / 6) - 2) * 1.9 + offNorth]
}

export interface ZonePlan {
  key: string
  name: string
  kind: 'sealed' | 'control'
  /** Offsets of duty days: opened, eased (sealed zones only) and lifted. */
  opens: number
  eases: number | null
  lifts: number
  /** Minutes after the hand-over of its last day. */
  liftsMinute: number
  households: number
  unit: string
  ring: [number, number][]
  centre: [number, number]
}

const sealedNames =
  '花园小区 文化里 学府雅苑 河口老街 石桥新村 柳林家园 东山名邸 南坪小区 北塘里 站前小区 工人新村 迎宾苑 青年里 盐业大院 物资小区'
const controlNames =
  '城东片区 城北片区 学府片区 文化片区 河口片区 石桥片区 柳林片区 东山片区 北塘片区 南坪片区 站前片区 迎宾片区 青年片区 新街片区 西关片区'

/** An uneven six-sided outline round a centre, of about `size` kilometres across. */
function outline([east, north]: [number, number], size: number, turn: number): [number, number][] {
  const ring: [number, number][] = []
  for (let corner = 0; corner < 6; corner += 1) {
    const angle = (Math.PI * 2 * corner) / 6 + turn
    const radius = (size / 2) * (corner % 2 === 0 ? 1 : 0.82)
    const at = spot(east + Math.cos(angle) * radius, north + Math.sin(angle) * radius)
    ring.push([at.lng, at.lat])
  }
  return ring
}

function stationOf(n: number): string {
  return stations[n % stations.length]?.name ?? ''
}

/** 15 sealed and 15 control zones: opened over five days, lifted over the last week; the last sealed one on the last day. */
export function zones(): ZonePlan[] {
  const plans: ZonePlan[] = []
  sealedNames.split(' ').forEach((name, n) => {
    const centre = square(n * 2)
    const key = `sealed-${n + 1}`
    const lifts = n === 14 ? days - 1 : isHeld(key) ? hold.until : 17 + (n % 6)
    plans.push({
      key,
      name,
      kind: 'sealed',
      opens: Math.floor(n / 4),
      // A sealed zone that lifts late is eased to a control zone for its last days.
      eases: n % 5 === 2 ? lifts - 3 : null,
      lifts,
      liftsMinute: isHeld(key) ? 24 * 60 : liftMinute,
      households: 60 + ((n * 37) % 200),
      unit: stationOf(n),
      ring: outline(centre, 0.7 + (n % 4) * 0.12, n * 0.4),
      centre,
    })
  })
  controlNames.split(' ').forEach((name, n) => {
    const centre = square(n * 2 + 1)
    const key = `control-${n + 1}`
    plans.push({
      key,
      name,
      kind: 'control',
      opens: Math.floor(n / 3),
      eases: null,
      lifts: isHeld(key) ? hold.until : 18 + ((n * 2) % 6),
      liftsMinute: isHeld(key) ? 24 * 60 : liftMinute,
      households: 200 + ((n * 53) % 400),
      unit: stationOf(n + 4),
      ring: outline(centre, 1 + (n % 3) * 0.15, n * 0.7),
      centre,
    })
  })
  return plans
}

export interface PostPlan {
  key: string
  code: string
  name: string
  kind: 'checkpoint' | 'zoneGate' | 'isolationHotel' | 'buildingGate' | 'patrolGrid' | 'commandPost'
  zone: string | null
  unit: string
  at: [number, number]
  opens: number
  closes: number
  duties: string
  equipment: string
  closedLoop: boolean
  partners: { health: number; community: number; volunteer: number; enterprise: number }
}

const duty = {
  zoneGate: '核对进出人员，拦停并登记；物资交接在黄线外；急产、透析、消防先放行后补记',
  isolationHotel: '看守出入口和消防通道，登记进出车辆；不进入隔离楼层',
  checkpoint: '拦停检查车辆和人员，测温、查码，异常移交卫健',
  buildingGate: '测温、查双码、看口罩，登记来访',
  patrolGrid: '沿线巡逻，劝散聚集，回应求助',
  commandPost: '接收汇总、调度警力、记值班日志',
}
const equipment = '对讲机2、执法记录仪2、测温枪1、隔离带、喊话器'
const partners = (health: number, community: number, volunteer = 0) => ({
  health,
  community,
  volunteer,
  enterprise: 0,
})
const code = (letters: string, n: number) => `${letters}-${String(n + 1).padStart(2, '0')}`

type Standing = Pick<PostPlan, 'key' | 'code' | 'name' | 'kind' | 'unit' | 'at'> & Partial<PostPlan>
/** A post of the whole operation, outside the zones, unless it says otherwise. */
const post = (own: Standing): PostPlan => ({
  zone: null,
  opens: 0,
  closes: days - 1,
  duties: duty[own.kind],
  equipment,
  closedLoop: false,
  partners: partners(0, 0),
  ...own,
})

function gates(): PostPlan[] {
  return zones().map((zone, n) =>
    post({
      key: gateOf(zone.key),
      code: code('FK', n),
      name: `${zone.name}${zone.kind === 'sealed' ? '东门封控点' : '管控点'}`,
      kind: 'zoneGate',
      zone: zone.key,
      unit: zone.unit,
      at: [zone.centre[0] + 0.36, zone.centre[1]],
      opens: zone.opens,
      closes: zone.lifts,
      closedLoop: isHeld(zone.key),
      partners: partners(1, 1, 1),
    }),
  )
}

function hotels(): PostPlan[] {
  return '假日 金谷 河畔 新世纪 兴隆 城西 学府 云海 站前'.split(' ').map((name, n) =>
    post({
      key: `hotel-${n + 1}`,
      code: code('GL', n),
      name: `${name}酒店集中隔离点`,
      kind: 'isolationHotel',
      unit: stationOf(n),
      at: scatter(n + 90, 10, 7),
      opens: Math.floor(n / 3),
      closedLoop: true,
      partners: partners(2, 1),
    }),
  )
}

const checkpointNames =
  '城西高速收费站出口卡口 城北高速收费站出口卡口 石桥县际疫情防控卡点 S999线柳林卡口(K12+300) 东山国道卡口 河口大桥卡口 南坪路口卡口 站前广场卡口'

function checkpoints(): PostPlan[] {
  return checkpointNames.split(' ').map((name, n) => {
    const angle = (Math.PI * 2 * n) / 8
    return post({
      key: `checkpoint-${n + 1}`,
      code: code('KK', n),
      name,
      kind: 'checkpoint',
      unit: '交通警察大队',
      at: [Math.cos(angle) * 8.2, Math.sin(angle) * 6],
      partners: partners(1, 1),
    })
  })
}

/** Patrols, the bureau's own gates and the command post. */
function homePosts(): PostPlan[] {
  const grids = Array.from({ length: 4 }, (_, n) =>
    post({
      key: `grid-${n + 1}`,
      code: code('XL', n),
      name: `城西第${n + 1}巡区`,
      kind: 'patrolGrid',
      unit: '巡特警大队',
      at: scatter(n + 140, 9, 6),
      equipment: '警车1、对讲机2、喊话器',
      partners: partners(0, 0, 1),
    }),
  )
  const buildings = ['分局机关大院门岗', '业务技术楼门岗'].map((name, n) =>
    post({
      key: `building-${n + 1}`,
      code: code('MG', n),
      name,
      kind: 'buildingGate',
      unit: '警务保障室',
      at: [0.2 + n * 0.4, 0.3],
      equipment: '测温枪1、登记本',
    }),
  )
  const command = post({
    key: 'command',
    code: 'ZH-01',
    name: '分局疫情防控指挥部',
    kind: 'commandPost',
    unit: '指挥中心',
    at: [0.1, 0.1],
    equipment: '值班电话、视频会议',
    partners: partners(1, 0),
  })
  return [...grids, ...buildings, command]
}

/** Everything that is held day and night, but the sampling sites. */
export function posts(): PostPlan[] {
  return [...gates(), ...hotels(), ...checkpoints(), ...homePosts()]
}

export interface SitePlan {
  key: string
  code: string
  name: string
  unit: string
  at: [number, number]
}
export const sitesMany = 1_020
const siteWords = [
  '社区广场',
  '小学操场',
  '中学体育馆',
  '居委会院内',
  '文化站',
  '停车场',
  '市场南口',
  '公园北门',
]

export function sites(): SitePlan[] {
  return Array.from({ length: sitesMany }, (_, n) => ({
    key: `site-${n + 1}`,
    code: `CY-${String(n + 1).padStart(4, '0')}`,
    name: `第${n + 1}采样点(${siteWords[n % siteWords.length]})`,
    unit: stationOf(n),
    at: scatter(n + 200, 13, 10),
  }))
}

export interface RoundPlan {
  n: number
  day: number
  sites: string[]
}
/** The duty days with a round: eight whole passes of two days each. */
export const roundDays = [1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17, 19, 20, 21, 22]
const sitesADay = 69
/** Published. Each sample is of one person, ten to a tube. */
export const sampledPersons = 1_200_000

/** 69 sites a day, walking through the list and starting again: every site once, the first 84 twice. */
export function rounds(): RoundPlan[] {
  return roundDays.map((day, index) => ({
    n: index + 1,
    day,
    sites: Array.from(
      { length: sitesADay },
      (_, nth) => `site-${((index * sitesADay + nth) % sitesMany) + 1}`,
    ),
  }))
}

/** 17 places round the zones where video was added. */
export function cameras() {
  return zones()
    .slice(0, 17)
    .map((zone, n) => ({
      key: `camera-${n + 1}`,
      name: `${zone.name}外围${n + 1}号监控`,
      covers: '外墙和背街小门',
      zone: zone.key,
      day: zone.opens,
      at: [zone.centre[0] - 0.4, zone.centre[1] + 0.1] as [number, number],
    }))
}
