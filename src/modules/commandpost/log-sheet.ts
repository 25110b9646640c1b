// One duty day of the log as it goes on paper: the bureau's own 值班日志, or an activity log laid out like form ICS 214
// (incident name, operational period, name and position, resources assigned, activity log, prepared by).
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { roleTitles } from '../../kernel/contract.ts'
import { addDays, instantAt } from '../../kernel/time.ts'
import { officerNames } from '../people/index.ts'
import { publishedDuties } from '../roster/index.ts'
import { leadOfficeTitles } from '../roster/contracts.ts'
import { entryKindTitles, type logSheet } from './contracts.ts'
import { leadersSeen } from './duty-leader.ts'
import { entriesIn, type Entry, entryViews, type Meta } from './log-reads.ts'
import { accountsOf, anyDb, type CommandpostDb, operationNamed, postsOf, unitsOf } from './lower.ts'

type Sheet = OutputOf<typeof logSheet>
type View = Awaited<ReturnType<typeof entryViews>>[number]
/** A day of the log that does not fit on so many lines is no day that anybody prints. */
const linesMost = 5_000

interface Member {
  name: string
  /** Empty for those whose account says nothing of a role. */
  zh: string
  en: string
  unit: string
}

/** Who kept the log that day, who led it, and the crew of the command posts by the published roster; each once. */
async function membersOf(
  db: CommandpostDb,
  meta: Meta,
  input: InputOf<typeof logSheet>,
  rows: readonly Entry[],
): Promise<Member[]> {
  const { agencyId } = meta.agency
  const accounts = await accountsOf(
    db,
    agencyId,
    rows.map(row => row.author_id),
  )
  const posts = (await postsOf(db, agencyId, input.operationId)).filter(post => post.kind === 'commandPost')
  const postNames = new Map(posts.map(post => [post.postId, post.name]))
  const duties = (
    await publishedDuties(anyDb(db) as never, agencyId, input.operationId, input.day, input.day)
  ).filter(duty => postNames.has(duty.postId))
  const officerIds = [...accounts.values()].flatMap(one => (one.officerId ? [one.officerId] : []))
  const people = await officerNames(anyDb(db), agencyId, [
    ...officerIds,
    ...duties.map(duty => duty.officerId),
  ])
  const units = await unitsOf(db, agencyId)
  const unitName = (officerId: string | null) =>
    units.get(people.get(officerId ?? '')?.unitId ?? '')?.shortName ?? ''
  const members: Member[] = [...accounts.values()].map(one => {
    const title = one.roles[0] ? roleTitles[one.roles[0]] : { zh: '', en: '' }
    return { name: one.name, ...title, unit: unitName(one.officerId) }
  })
  const begins = instantAt(meta.agency.timeZone, input.day, meta.agency.handOverMinute)
  const [leaders = []] = await leadersSeen(db, meta, input.operationId, [begins])
  for (const one of leaders) {
    const account = [...accounts.values()].find(other => other.officerId === one.officerId)
    if (!account) members.push({ name: one.name, ...leadOfficeTitles[one.office], unit: one.unit })
  }
  const known = new Set([...officerIds, ...leaders.map(one => one.officerId)])
  for (const duty of duties) {
    if (known.has(duty.officerId)) continue
    known.add(duty.officerId)
    const name = people.get(duty.officerId)?.name
    const post = postNames.get(duty.postId) ?? ''
    if (name) members.push({ name, zh: post, en: `On duty, ${post}`, unit: unitName(duty.officerId) })
  }
  return members
}

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const weekdayOf = (day: string) => weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''

export async function readLogSheet(
  db: CommandpostDb,
  meta: Meta,
  input: InputOf<typeof logSheet>,
): Promise<Sheet> {
  const found = await entriesIn(db, meta, {
    operationId: input.operationId,
    from: input.day,
    until: input.day,
  })
  const rows = await found
    .selectAll()
    .orderBy('happened_at')
    .orderBy('n')
    .orderBy('entry_id')
    .limit(linesMost)
    .execute()
  const views = await entryViews(db, meta, input.operationId, rows)
  const members = await membersOf(db, meta, input, rows)
  const operation = await operationNamed(db, meta.agency.agencyId, input.operationId)
  const sheet = { input, meta, operation, members, views }
  return input.form === 'zh' ? chineseSheet(sheet) : activityLog(sheet)
}

interface Source {
  input: InputOf<typeof logSheet>
  meta: Meta
  operation: string
  members: Member[]
  views: View[]
}

/** Day and time of an instant where the bureau is: `2021-11-03 14:30`. */
function localTime(meta: Meta, instant: string): string {
  const { timeZone } = meta.agency
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return format.format(new Date(instant))
}

/** First and last moment of the duty day, where the bureau is. */
function period(meta: Meta, day: string): [string, string] {
  const { timeZone, handOverMinute } = meta.agency
  const at = (one: string) => localTime(meta, instantAt(timeZone, one, handOverMinute))
  return [at(day), at(addDays(day, 1))]
}

const about = (view: View) => [view.unit?.name, view.post?.name, view.zone?.name].filter(Boolean).join(' ')

function chineseSheet({ input, meta, operation, members, views }: Source): Sheet {
  const [begins, ends] = period(meta, input.day)
  const [, month = '', day = ''] = input.day.split('-')
  const note = (view: View) =>
    [
      view.correctedBy === null ? '' : `由第${view.correctedBy}条更正`,
      view.corrects === null ? '' : `更正第${view.corrects}条`,
      view.late ? '补记' : '',
      view.enclosures.length > 0 ? `附件${view.enclosures.length}` : '',
    ]
      .filter(Boolean)
      .join('；')
  const struck = views.filter(view => view.correctedBy !== null).length
  return {
    form: 'zh',
    title: `${meta.agency.name}值班日志`,
    head: [
      { label: '专项勤务', value: operation },
      {
        label: '勤务日',
        value: `${Number(month)}月${Number(day)}日(${weekdayOf(input.day)}) ${begins.slice(11)}—次日${ends.slice(11)}`,
      },
    ],
    resources: {
      title: '值班人员',
      columns: ['姓名', '岗位', '单位'],
      rows: members.map(one => [one.name, one.zh, one.unit]),
    },
    activity: {
      title: '值班记录',
      columns: ['序号', '时间', '类别', '内容', '单位、点位', '记录人', '备注'],
      rows: views.map(view => ({
        cells: [
          String(view.n),
          localTime(meta, view.happenedAt).slice(5).replace('-', '/'),
          entryKindTitles[view.kind].zh,
          view.text,
          about(view),
          view.authorName ?? '系统',
          note(view),
        ],
        struck: view.correctedBy !== null,
      })),
    },
    foot: [
      `共 ${views.length} 条，其中已更正 ${struck} 条。`,
      '值班员:　　　　　　带班领导:　　　　　　交班时间:　　　　　　接班人:',
    ],
  }
}

function activityLog({ input, meta, operation, members, views }: Source): Sheet {
  const [begins, ends] = period(meta, input.day)
  const role = meta.actor.roles[0]
  const position = role && role !== 'system' ? roleTitles[role].en : 'System'
  const note = (view: View) =>
    [
      view.correctedBy === null ? '' : `Corrected by entry ${view.correctedBy}.`,
      view.corrects === null ? '' : `Corrects entry ${view.corrects}.`,
    ]
      .filter(Boolean)
      .join(' ')
  return {
    form: 'ics214',
    title: 'ACTIVITY LOG (ICS 214)',
    head: [
      { label: '1. Incident Name', value: operation },
      {
        label: '2. Operational Period',
        value: `Date/Time From: ${begins}   Date/Time To: ${ends}`,
      },
      { label: '3. Name', value: meta.actor.name },
      { label: '4. ICS Position', value: position },
      { label: '5. Home Agency (and Unit)', value: meta.agency.name },
    ],
    resources: {
      title: '6. Resources Assigned',
      columns: ['Name', 'ICS Position', 'Home Agency (and Unit)'],
      rows: members.map(one => [one.name, one.en, [meta.agency.name, one.unit].filter(Boolean).join(' ')]),
    },
    activity: {
      title: '7. Activity Log',
      columns: ['Date/Time', 'Notable Activities'],
      rows: views.map(view => ({
        cells: [
          localTime(meta, view.happenedAt),
          [`[${entryKindTitles[view.kind].en}]`, view.textEn ?? view.text, about(view), note(view)]
            .filter(Boolean)
            .join(' '),
        ],
        struck: view.correctedBy !== null,
      })),
    },
    foot: [
      `8. Prepared by: Name: ${meta.actor.name}   Position/Title: ${position}   Signature: ______________   Date/Time: ${localTime(meta, meta.now)}`,
    ],
  }
}
