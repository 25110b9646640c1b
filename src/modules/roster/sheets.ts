// The rows of the three sheets.
import type { PublishedDuty } from './published.ts'
import {
  figuresOf,
  hoursOf,
  type SheetPerson,
  type SheetSource,
  type SheetView,
  shortDay,
  signatures,
  slashDay,
  sumLine,
  weekdayOn,
} from './sheet-data.ts'

const column = (key: string, header: string, more: { int?: true; merge?: true } = {}) => ({
  key,
  header,
  kind: more.int ? ('int' as const) : ('text' as const),
  mergeDown: more.merge ?? false,
})

export const postKindZh: Record<string, string> = {
  checkpoint: '卡口',
  zoneGate: '封控点',
  isolationHotel: '隔离酒店',
  buildingGate: '门岗',
  patrolGrid: '巡逻网格',
  commandPost: '指挥部',
  reserve: '备勤',
  samplingSite: '采样点',
}

export function sheetOf(source: SheetSource): SheetView {
  if (source.input.kind === 'daily') return dailySheet(source)
  return source.input.kind === 'weekly' ? weeklySheet(source) : unitSheet(source)
}

/** Checkpoints and gates first, as on paper; within a kind by code. */
const byCode = (source: SheetSource) => {
  const kinds = Object.keys(postKindZh)
  const key = (postId: string) => {
    const post = source.posts.get(postId)
    return `${kinds.indexOf(post?.kind ?? '')} ${post?.code ?? ''}`
  }
  return (a: string, b: string) => (key(a) < key(b) ? -1 : 1)
}

const person = (source: SheetSource, duty: PublishedDuty): SheetPerson =>
  source.people.get(duty.officerId) ?? { name: '', badge: '', kind: '', unitId: '', leads: false }

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const list = groups.get(key)
    if (list) list.push(item)
    else groups.set(key, [item])
  }
  return groups
}

// ------------------------------------------------------------------------------------- 每日勤务安排表, by post, a day

function dailySheet(source: SheetSource): SheetView {
  const { agency, input, posts } = source
  const rows: SheetView['rows'] = []
  const byPost = grouped(source.duties, duty => duty.postId)
  for (const postId of [...byPost.keys()].sort(byCode(source))) {
    for (const [patternId, duties] of grouped(byPost.get(postId) ?? [], duty => duty.patternId)) {
      for (const band of source.patterns.get(patternId)?.bands ?? []) {
        const crew = duties.filter(duty => duty.bands.includes(band.key))
        if (crew.length === 0) continue
        const post = posts.get(postId)
        rows.push({
          no: rows.length + 1,
          postId,
          post: post?.name ?? '',
          kind: postKindZh[post?.kind ?? ''] ?? '',
          address: '',
          band: band.zh,
          hours: hoursOf(agency.handOverMinute, band.from, band.minutes),
          chief: '',
          ...crewCells(source, crew),
        })
      }
    }
  }
  const figures = figuresOf(source, source.duties)
  return {
    title: `${agency.name}${shortDay(input.fromDay)}(${weekdayOn(input.fromDay)})勤务安排表`,
    subtitleLeft: `填报单位(盖章):${agency.name}`,
    subtitleRight: `勤务日:${shortDay(input.fromDay)} ${hoursOf(agency.handOverMinute, 0, 1440)}`,
    columns: [
      column('no', '序号', { int: true }),
      column('post', '点位名称', { merge: true }),
      column('kind', '点位类别', { merge: true }),
      column('address', '地址', { merge: true }),
      column('band', '班次'),
      column('hours', '起止时间'),
      column('chief', '带班领导'),
      column('leader', '带班民警'),
      column('phone', '联系电话'),
      column('police', '民警(人)', { int: true }),
      column('auxiliary', '辅警(人)', { int: true }),
      column('names', '人员名单'),
      column('equipment', '警车号牌/装备'),
      column('callSign', '电台呼号'),
      column('note', '备注'),
    ],
    rows,
    foot: [sumLine(figures), signatures],
    figures,
  }
}

/** The one who leads stands first, with a star. */
function crewCells(source: SheetSource, crew: readonly PublishedDuty[]) {
  const people = crew.map(duty => person(source, duty))
  const leader = people.find(one => one.leads && one.kind === 'police') ?? people.find(one => one.leads)
  const others = people.filter(one => one !== leader)
  const ranked = [
    ...others.filter(one => one.kind === 'police'),
    ...others.filter(one => one.kind !== 'police'),
  ]
  const names = [...(leader ? [`${leader.name}★`] : []), ...ranked.map(one => one.name)]
  const count = (kind: string) => people.filter(one => one.kind === kind).length
  const rest = people.length - count('police') - count('auxiliary')
  return {
    leader: leader?.name ?? '',
    phone: '',
    police: count('police'),
    auxiliary: count('auxiliary'),
    names: names.join('、'),
    equipment: '',
    callSign: '',
    note: rest > 0 ? `另有支援及职工 ${rest} 人` : '',
  }
}

// ---------------------------------------------------------------------------- 卡口执勤安排表, by post, seven days

/** One character a band: 早 中 夜 白 上 下 晚. */
function shortBands(source: SheetSource, duty: PublishedDuty): string {
  const bands = source.patterns.get(duty.patternId)?.bands ?? []
  const names = bands.filter(band => duty.bands.includes(band.key)).map(band => band.zh.slice(0, 1))
  return names.join('')
}

function weeklySheet(source: SheetSource): SheetView {
  const { agency, days } = source
  const rows: SheetView['rows'] = []
  const elsewhere = new Map(source.duties.map(duty => [`${duty.officerId} ${duty.day}`, duty]))
  let at = 0
  const byPost = grouped(source.duties, duty => duty.postId)
  for (const postId of [...byPost.keys()].sort(byCode(source))) {
    at += 1
    const post = source.posts.get(postId)
    const unit = source.units.get(post?.unitId ?? '')
    const crew = grouped(byPost.get(postId) ?? [], duty => duty.officerId)
    const members = [...crew].sort(
      ([, [a]], [, [b]]) => rank(source, a) - rank(source, b) || compareFirst(a, b),
    )
    for (const [officerId, duties] of members) {
      const one = source.people.get(officerId)
      const bands = new Set(duties.map(duty => shortBands(source, duty)))
      const cells = Object.fromEntries(
        days.map(day => {
          const here = duties.find(duty => duty.day === day)
          return [day, here ? shortBands(source, here) : elsewhere.has(`${officerId} ${day}`) ? '他' : '休']
        }),
      )
      const leads = one?.leads === true && one.kind === 'police'
      rows.push({
        no: at,
        postId,
        post: post?.name ?? '',
        unit: unit?.shortName ?? '',
        head: '',
        team: bands.size === 1 ? `${[...bands][0]}班` : '轮班',
        leader: leads ? one.name : '',
        badge: one?.badge ?? '',
        phone: '',
        police: !leads && one?.kind !== 'auxiliary' ? (one?.name ?? '') : '',
        auxiliary: one?.kind === 'auxiliary' ? one.name : '',
        partners: '',
        ...cells,
        note: '',
      })
    }
  }
  const figures = figuresOf(source, source.duties)
  const span = `(${shortDay(days[0] ?? '')}—${shortDay(days.at(-1) ?? '')})`
  return {
    title: `${agency.name}疫情防控卡口执勤安排表${span}`,
    subtitleLeft: `填报单位(盖章):${agency.name}`,
    subtitleRight: '早 中 夜 白 上 下 晚：班次；休：休息；他：在其他点位',
    columns: [
      column('no', '序号', { int: true, merge: true }),
      column('post', '点位名称', { merge: true }),
      column('unit', '责任单位', { merge: true }),
      column('head', '点位负责人(点长)及电话', { merge: true }),
      column('team', '班组'),
      column('leader', '带班民警'),
      column('badge', '警号'),
      column('phone', '联系电话'),
      column('police', '参勤民警'),
      column('auxiliary', '参勤辅警'),
      column('partners', '卫健/乡镇人员', { merge: true }),
      ...days.map(day => column(day, `${weekdayOn(day)}(${slashDay(day)})`)),
      column('note', '备注'),
    ],
    rows,
    foot: [sumLine(figures), signatures],
    figures,
  }
}

function rank(source: SheetSource, duty: PublishedDuty | undefined): number {
  const one = duty && person(source, duty)
  if (one?.leads && one.kind === 'police') return 0
  return one?.kind === 'auxiliary' ? 2 : 1
}
const compareFirst = (a: PublishedDuty | undefined, b: PublishedDuty | undefined) =>
  `${a?.day} ${a?.officerId}` < `${b?.day} ${b?.officerId}` ? -1 : 1

// ----------------------------------------------------------------------------- 勤务排班表, by unit, seven days

function unitSheet(source: SheetSource): SheetView {
  const { agency, days, inUnits, input } = source
  const own = source.duties.filter(duty => !inUnits || inUnits.has(person(source, duty).unitId))
  const rows = days.map(day =>
    unitDay(
      source,
      day,
      own.filter(duty => duty.day === day),
    ),
  )
  const unit = input.unitId === null ? undefined : source.units.get(input.unitId)
  const figures = figuresOf(source, own)
  const span = `(${shortDay(days[0] ?? '')}—${shortDay(days.at(-1) ?? '')})`
  return {
    title: `${unit?.name ?? agency.name}勤务排班表${span}`,
    subtitleLeft: `填报单位(盖章):${unit?.name ?? agency.name}`,
    subtitleRight: `填报时间:`,
    columns: [
      column('date', '日期'),
      column('weekday', '星期'),
      column('chief', '带班领导(电话)'),
      column('group', '值班组'),
      column('main', '主班民警'),
      column('second', '副班民警'),
      column('auxiliary', '值班辅警'),
      column('reserve', '备勤组'),
      column('lent', '抽调卡口人员'),
      column('phone', '值班电话'),
      column('note', '备注'),
    ],
    rows,
    foot: [sumLine(figures), signatures],
    figures,
  }
}

/**
 * What the paper never links: who is lent to a post of another unit stands here by name and there by name, from the
 * same row.
 */
function unitDay(source: SheetSource, day: string, duties: readonly PublishedDuty[]) {
  const lists: Record<'chief' | 'main' | 'second' | 'auxiliary' | 'reserve' | 'lent', string[]> = {
    chief: [],
    main: [],
    second: [],
    auxiliary: [],
    reserve: [],
    lent: [],
  }
  for (const duty of duties) {
    const one = person(source, duty)
    const post = source.posts.get(duty.postId)
    const bands = shortBands(source, duty)
    const named = `${one.name}(${bands})`
    const atHome =
      post !== undefined && (post.unitId === one.unitId || source.inUnits?.has(post.unitId) === true)
    if (post?.kind === 'reserve') lists.reserve.push(one.name)
    else if (post?.kind === 'commandPost') lists.chief.push(named)
    else if (!atHome) lists.lent.push(`${one.name}→${post?.name ?? ''}${bands}班`)
    else if (one.kind === 'auxiliary') lists.auxiliary.push(named)
    else if (one.leads) lists.main.push(named)
    else lists.second.push(named)
  }
  const text = (names: readonly string[]) => (names.length === 0 ? '无' : names.join('、'))
  return {
    date: shortDay(day),
    weekday: weekdayOn(day),
    chief: lists.chief.join('、'),
    group: '',
    main: text(lists.main),
    second: text(lists.second),
    auxiliary: text(lists.auxiliary),
    reserve: lists.reserve.length === 0 ? '无' : `${lists.reserve.join('、')}(${lists.reserve.length}人)`,
    lent: text(lists.lent),
    phone: '',
    note: `在勤 ${duties.length} 人`,
  }
}
