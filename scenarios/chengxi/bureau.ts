// The invented bureau: 610 people in a realistic tree (222 police, 375 auxiliaries, 13 civilians), and 72 attached
// officers of other bureaus beside them.
import { inventedNames } from '../names.ts'

export interface UnitPlan {
  key: string
  name: string
  short: string
  kind: 'bureau' | 'office' | 'brigade' | 'station' | 'detention'
  police: number
  auxiliary: number
  civilian: number
  lendable: boolean
}

const unit = (
  key: string,
  name: string,
  short: string,
  kind: UnitPlan['kind'],
  [police, auxiliary, civilian]: [number, number, number],
  lendable = true,
): UnitPlan => ({ key, name, short, kind, police, auxiliary, civilian, lendable })

/** In the order of protocol. The sums are checked by the scenario's test. */
export const units: readonly UnitPlan[] = [
  unit('leaders', '局领导', '局领导', 'bureau', [9, 0, 0], false),
  unit('office', '办公室', '办公室', 'office', [6, 5, 2]),
  unit('command', '指挥中心', '指挥中心', 'office', [12, 22, 0]),
  unit('politics', '政治处', '政治处', 'office', [9, 6, 0]),
  unit('inspection', '警务督察大队', '督察', 'brigade', [5, 4, 0]),
  unit('logistics', '警务保障室', '警保', 'office', [6, 9, 8]),
  unit('legal', '法制大队', '法制', 'brigade', [7, 3, 0]),
  unit('order', '治安管理大队', '治安', 'brigade', [12, 14, 0]),
  unit('crime', '刑事侦查大队', '刑侦', 'brigade', [26, 20, 0]),
  unit('economy', '经济犯罪侦查大队', '经侦', 'brigade', [5, 2, 0]),
  unit('drugs', '禁毒大队', '禁毒', 'brigade', [5, 4, 0]),
  unit('traffic', '交通警察大队', '交警', 'brigade', [28, 84, 0]),
  unit('patrol', '巡特警大队', '巡特警', 'brigade', [16, 58, 0]),
  unit('household', '户政管理大队', '户政', 'brigade', [5, 8, 0]),
  unit('detention', '看守所', '看守所', 'detention', [14, 16, 3], false),
  unit('chengguan', '城关派出所', '城关所', 'station', [12, 28, 0]),
  unit('chengdong', '城东派出所', '城东所', 'station', [9, 20, 0]),
  unit('chengbei', '城北派出所', '城北所', 'station', [8, 18, 0]),
  unit('development', '经济开发区派出所', '开发区所', 'station', [7, 16, 0]),
  unit('hekou', '河口派出所', '河口所', 'station', [4, 8, 0]),
  unit('shiqiao', '石桥派出所', '石桥所', 'station', [4, 8, 0]),
  unit('liulin', '柳林派出所', '柳林所', 'station', [4, 7, 0]),
  unit('dongshan', '东山派出所', '东山所', 'station', [3, 5, 0]),
  unit('nanping', '南坪派出所', '南坪所', 'station', [3, 5, 0]),
  unit('beitang', '北塘派出所', '北塘所', 'station', [3, 5, 0]),
]

/** Stations that zones and sites lie in, with a place each (an invented town on a grid). */
export const stations = units.filter(one => one.kind === 'station')

export interface OfficerPlan {
  badge: string
  name: string
  kind: 'police' | 'auxiliary' | 'civilian' | 'attached'
  kindWord: string
  unit: string
  title: string
  sex: 'male' | 'female'
  phone: string
  skills: ('leader' | 'ppe' | 'driver' | 'medical')[]
  homeAgency: string
}

const kindWords = { police: '民警', auxiliary: '辅警', civilian: '职工', attached: '支援' } as const
export const attachedMany = 72

function titleOf(kind: OfficerPlan['kind'], unit: UnitPlan, nth: number): string {
  if (kind === 'auxiliary') return '辅警'
  if (kind === 'civilian') return '职工'
  if (kind === 'attached') return '民警'
  if (unit.kind === 'bureau') return nth === 0 ? '局长' : nth === 1 ? '政委' : '副局长'
  if (nth === 0) return unit.kind === 'station' ? '所长' : unit.kind === 'brigade' ? '大队长' : '主任'
  if (nth === 1) return unit.kind === 'station' ? '教导员' : '副职'
  return '民警'
}

/** Everybody, in the order of the tree: the same every time. */
export function officers(): OfficerPlan[] {
  const names = inventedNames(610 + attachedMany)
  const plans: OfficerPlan[] = []
  const count = { police: 0, auxiliary: 0, civilian: 0, attached: 0 }
  const add = (kind: OfficerPlan['kind'], unit: UnitPlan, nth: number, homeAgency = '') => {
    const n = plans.length
    count[kind] += 1
    const number = count[kind]
    const badge =
      kind === 'police'
        ? `99${String(number + 100).padStart(4, '0')}`
        : kind === 'auxiliary'
          ? `FJ99${String(number).padStart(3, '0')}`
          : kind === 'civilian'
            ? `ZG99${String(number).padStart(3, '0')}`
            : `98${String(number).padStart(4, '0')}`
    const skills: OfficerPlan['skills'] = []
    if (kind === 'police' || kind === 'attached' || (kind === 'auxiliary' && n % 12 === 0))
      skills.push('leader')
    if (kind !== 'civilian' && n % 5 !== 0) skills.push('ppe')
    if (kind !== 'civilian' && (n % 2 === 0 || unit.key === 'traffic')) skills.push('driver')
    if (n % 41 === 7) skills.push('medical')
    plans.push({
      badge,
      name: names[n] ?? '',
      kind,
      kindWord: kindWords[kind],
      unit: unit.name,
      title: titleOf(kind, unit, nth),
      sex: n % 6 === 1 ? 'female' : 'male',
      phone: `100${String(n + 1).padStart(8, '0')}`,
      skills,
      homeAgency,
    })
  }
  for (const unit of units) {
    for (let nth = 0; nth < unit.police; nth += 1) add('police', unit, nth)
    for (let nth = 0; nth < unit.auxiliary; nth += 1) add('auxiliary', unit, nth)
    for (let nth = 0; nth < unit.civilian; nth += 1) add('civilian', unit, nth)
  }
  const hosts = [...stations, ...units.filter(one => one.key === 'patrol' || one.key === 'traffic')]
  for (let nth = 0; nth < attachedMany; nth += 1) {
    const host = hosts[nth % hosts.length]
    if (host) add('attached', host, nth, nth % 2 === 0 ? '示例市公安局甲区分局' : '示例市公安局乙区分局')
  }
  return plans
}

/** A few are ill or watched at home for some days of the operation. `n` is the place in the list of everybody. */
export const isAbsent = (officer: OfficerPlan, n: number): boolean =>
  n % 53 === 11 && officer.kind !== 'attached'
