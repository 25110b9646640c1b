// 卡口执勤安排表, by post, seven days: one block a post with a row per team, as it hangs on the wall. Teams are what
// the week shows: those who stand there on the same days in the same bands. Where everybody stands differently there
// are no teams, and a row per band takes their place, with the days behind each name.
import { phonesSealedNote } from './contracts.ts'
import type { PublishedDuty } from './published.ts'
import {
  figuresOf,
  type SheetSource,
  shortDay,
  signatures,
  slashDay,
  sumLine,
  weekdayOn,
} from './sheet-data.ts'
import {
  byCode,
  column,
  grouped,
  leaderOf,
  none,
  partnersText,
  person,
  phonePosts,
  type SheetRow,
  type SheetView,
  shortBands,
} from './sheet-parts.ts'

/** More rows a post make a sheet that nobody hangs up. */
const teamsMost = 4
const numerals = ['一', '二', '三', '四']

/** One row: who, what stands in the cells of the days, and which days each of them is there. */
interface TeamRow {
  team: string
  cells: ReadonlyMap<string, string>
  leaders: DaysOf
  police: DaysOf
  auxiliary: DaysOf
}
/** Officer → days; null where he is there whenever the row is. */
type DaysOf = ReadonlyMap<string, readonly string[] | null>

export function weeklySheet(source: SheetSource): SheetView {
  const { agency, days } = source
  const rows: SheetRow[] = []
  const byPost = grouped(source.duties, duty => duty.postId)
  const postIds = [...byPost.keys()].sort(byCode(source))
  const elsewhere = new Set(source.duties.map(duty => `${duty.officerId} ${duty.day}`))
  postIds.forEach((postId, at) => {
    const post = source.posts.get(postId)
    const paper = source.papers.get(postId)
    for (const team of teamRows(source, byPost.get(postId) ?? [], elsewhere)) {
      rows.push({
        no: at + 1,
        postId,
        contact: paper?.contactName ?? '',
        post: post?.name ?? '',
        unit: source.units.get(post?.unitId ?? '')?.shortName || none,
        head: paper?.contactName || none,
        team: team.team,
        leader: namesOf(source, team.leaders),
        badge: [...team.leaders.keys()].map(id => source.people.get(id)?.badge ?? '').join('、'),
        phone: '',
        police: namesOf(source, team.police),
        auxiliary: namesOf(source, team.auxiliary),
        partners: partnersText(source, postId) || none,
        ...Object.fromEntries(days.map(day => [day, team.cells.get(day) ?? none])),
        note: paper?.equipment || none,
      })
    }
  })
  const figures = figuresOf(source, source.duties)
  const span = `(${shortDay(days[0] ?? '')}—${shortDay(days.at(-1) ?? '')})`
  return {
    title: `${agency.name}疫情防控卡口执勤安排表${span}`,
    subtitleLeft: `填报单位(盖章):${agency.name}`,
    subtitleRight: '早 中 夜 白 上 下 晚 备:班次;休:休息;他:在其他点位;—:有休有他;姓名后为在岗的星期',
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
      column('note', '备注', { merge: true }),
    ],
    rows,
    foot: [sumLine(figures), phonesSealedNote, signatures],
    phonePosts: phonePosts(source, postIds),
    figures,
  }
}

function namesOf(source: SheetSource, people: DaysOf): string {
  const weekday = (day: string) => weekdayOn(day).slice(1)
  return [...people]
    .map(([officerId, days]) => {
      const name = source.people.get(officerId)?.name ?? ''
      return days === null ? name : `${name}(${days.map(weekday).join('')})`
    })
    .join('、')
}

/** Officers of one post who stand there on the same days in the same bands. */
interface Team {
  duties: PublishedDuty[]
  officers: string[]
  /** Day → bands. */
  bands: Map<string, string>
}

function teamsOf(source: SheetSource, duties: readonly PublishedDuty[]): Team[] {
  const teams = new Map<string, Team>()
  for (const [officerId, own] of grouped(duties, duty => duty.officerId)) {
    const bands = new Map<string, string>()
    for (const duty of own) bands.set(duty.day, (bands.get(duty.day) ?? '') + shortBands(source, duty))
    const key = source.days.map(day => bands.get(day) ?? '').join('|')
    const team = teams.get(key)
    if (team) {
      team.officers.push(officerId)
      team.duties.push(...own)
    } else teams.set(key, { duties: [...own], officers: [officerId], bands })
  }
  return [...teams.values()].sort((a, b) => firstOf(a) - firstOf(b) || b.officers.length - a.officers.length)
}

const firstOf = (team: Team) => Math.min(...team.duties.map(duty => Date.parse(duty.begins)))
const bandsIn = (duties: readonly PublishedDuty[]) => duties.reduce((sum, one) => sum + one.bands.length, 0)

function teamRows(
  source: SheetSource,
  duties: readonly PublishedDuty[],
  elsewhere: ReadonlySet<string>,
): TeamRow[] {
  const teams = teamsOf(source, duties)
  if (teams.length <= teamsMost) return teams.map((team, at) => teamRow(source, team, at, elsewhere))
  // Some teams and those who stand in for them: the teams keep their rows if they do most of the work.
  const standing = teams
    .filter(team => team.officers.length > 1 && team.bands.size > 1)
    .sort((a, b) => bandsIn(b.duties) - bandsIn(a.duties) || firstOf(a) - firstOf(b))
    .slice(0, teamsMost)
  const share = standing.reduce((sum, team) => sum + bandsIn(team.duties), 0) / bandsIn(duties)
  if (share < 0.5) return bandRows(source, duties)
  const members = new Set(standing.flatMap(team => team.officers))
  return [
    ...standing
      .sort((a, b) => firstOf(a) - firstOf(b))
      .map((team, at) => teamRow(source, team, at, elsewhere)),
    ...bandRows(
      source,
      duties.filter(duty => !members.has(duty.officerId)),
    ),
  ]
}

function teamRow(source: SheetSource, team: Team, at: number, elsewhere: ReadonlySet<string>): TeamRow {
  const cells = new Map(
    source.days.map(day => {
      const away = team.officers.filter(officerId => elsewhere.has(`${officerId} ${day}`)).length
      const free = away === 0 ? '休' : away === team.officers.length ? '他' : '—'
      return [day, team.bands.get(day) ?? free]
    }),
  )
  const leader = leaderOf(
    source,
    team.officers.map(officerId => ({ officerId })),
  )?.officerId
  const rest = team.officers.filter(officerId => officerId !== leader)
  const isAuxiliary = (officerId: string) => source.people.get(officerId)?.kind === 'auxiliary'
  const always = (ids: readonly string[]): DaysOf => new Map(ids.map(officerId => [officerId, null]))
  return {
    team: `${numerals[at]}班`,
    cells,
    leaders: always(leader ? [leader] : []),
    police: always(rest.filter(officerId => !isAuxiliary(officerId))),
    auxiliary: always(rest.filter(isAuxiliary)),
  }
}

/** A row per band in the order of the duty day; each name with its days, unless he is there whenever somebody is. */
function bandRows(source: SheetSource, duties: readonly PublishedDuty[]): TeamRow[] {
  const rows: TeamRow[] = []
  for (const [patternId, own] of [...grouped(duties, duty => duty.patternId)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    for (const band of source.patterns.get(patternId)?.bands ?? []) {
      const crew = own.filter(duty => duty.bands.includes(band.key))
      if (crew.length > 0) rows.push(bandRow(source, band, crew))
    }
  }
  return rows
}

function bandRow(
  source: SheetSource,
  band: { key: string; zh: string },
  crew: readonly PublishedDuty[],
): TeamRow {
  const lists = { leaders: new Map(), police: new Map(), auxiliary: new Map() } as Record<
    'leaders' | 'police' | 'auxiliary',
    Map<string, string[]>
  >
  const cells = new Map<string, string>()
  for (const day of source.days) {
    const there = crew.filter(duty => duty.day === day)
    const [first] = there
    if (!first) continue
    cells.set(day, shortBands(source, { ...first, bands: [band.key] }))
    const leader = leaderOf(source, there)
    for (const duty of there) {
      const auxiliary = person(source, duty).kind === 'auxiliary'
      const list = lists[duty === leader ? 'leaders' : auxiliary ? 'auxiliary' : 'police']
      list.set(duty.officerId, [...(list.get(duty.officerId) ?? []), day])
    }
  }
  const always = (list: Map<string, string[]>): DaysOf =>
    new Map([...list].map(([officerId, days]) => [officerId, days.length === cells.size ? null : days]))
  return {
    team: band.zh,
    cells,
    leaders: always(lists.leaders),
    police: always(lists.police),
    auxiliary: always(lists.auxiliary),
  }
}
