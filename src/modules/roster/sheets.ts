// The sheet of a day by post and the sheet of a week by unit; that of a week by post is in `sheet-weekly`.
import { phonesSealedNote } from './contracts.ts'
import type { PublishedDuty } from './published.ts'
import {
  figuresOf,
  hoursOf,
  type SheetSource,
  shortDay,
  signatures,
  sumLine,
  weekdayOn,
} from './sheet-data.ts'
import {
  byCode,
  column,
  grouped,
  leaderOf,
  none,
  person,
  phonePosts,
  postKindZh,
  type SheetView,
  shortBands,
} from './sheet-parts.ts'
import { weeklySheet } from './sheet-weekly.ts'

export function sheetOf(source: SheetSource): SheetView {
  if (source.input.kind === 'daily') return dailySheet(source)
  return source.input.kind === 'weekly' ? weeklySheet(source) : unitSheet(source)
}

// ------------------------------------------------------------------------------------- 每日勤务安排表, by post, a day

function dailySheet(source: SheetSource): SheetView {
  const { agency, input, posts } = source
  const rows: SheetView['rows'] = []
  const byPost = grouped(source.duties, duty => duty.postId)
  const postIds = [...byPost.keys()].sort(byCode(source))
  for (const postId of postIds) {
    const paper = source.papers.get(postId)
    for (const [patternId, duties] of grouped(byPost.get(postId) ?? [], duty => duty.patternId)) {
      for (const band of source.patterns.get(patternId)?.bands ?? []) {
        const crew = duties.filter(duty => duty.bands.includes(band.key))
        if (crew.length === 0) continue
        const post = posts.get(postId)
        rows.push({
          no: rows.length + 1,
          postId,
          contact: paper?.contactName ?? '',
          post: post?.name ?? '',
          kind: postKindZh[post?.kind ?? ''] ?? '',
          address: paper?.address || none,
          band: band.zh,
          hours: hoursOf(agency.handOverMinute, band.from, band.minutes),
          chief: '',
          phone: '',
          ...crewCells(source, crew),
          equipment: paper?.equipment || none,
          callSign: '',
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
      column('equipment', '警车号牌/装备', { merge: true }),
      column('callSign', '电台呼号'),
      column('note', '备注'),
    ],
    rows,
    foot: [sumLine(figures), phonesSealedNote, callSignNote, signatures],
    phonePosts: phonePosts(source, postIds),
    figures,
  }
}
const callSignNote = '注:电台呼号、带班领导系统内未登记,由填表人填写。'

/** The one who leads stands first, with a star. */
function crewCells(source: SheetSource, crew: readonly PublishedDuty[]) {
  const first = leaderOf(source, crew)
  const leader = first && person(source, first)
  const others = crew.filter(duty => duty !== first).map(duty => person(source, duty))
  const ranked = [
    ...others.filter(one => one.kind === 'police'),
    ...others.filter(one => one.kind !== 'police'),
  ]
  const names = [...(leader ? [`${leader.name}★`] : []), ...ranked.map(one => one.name)]
  const people = crew.map(duty => person(source, duty))
  const count = (kind: string) => people.filter(one => one.kind === kind).length
  const rest = people.length - count('police') - count('auxiliary')
  return {
    leader: leader?.name ?? '',
    police: count('police'),
    auxiliary: count('auxiliary'),
    names: names.join('、'),
    note: rest > 0 ? `另有支援及职工 ${rest} 人` : '',
  }
}

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
    phonePosts: [],
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
