// Words of records that the books' own words do not give: fields that are worked out, counted, or a name for an id.
import type { FieldWord } from '../../../ui/index.ts'
import { skillTitles } from '../../people/contracts.ts'

export const recordFields: Record<string, FieldWord> = {
  days: { zh: '天数', en: 'Days' },
  unitName: { zh: '所属单位', en: 'Unit' },
  zoneName: { zh: '所属区域', en: 'Zone' },
  postName: { zh: '点位', en: 'Post' },
  postKind: { zh: '点位类别', en: 'Kind of post' },
  officerName: { zh: '姓名', en: 'Name' },
  leaderName: { zh: '负责人', en: 'Leader' },
  memberCount: { zh: '人数', en: 'Members' },
  hasPhone: { zh: '有联系电话', en: 'Has a phone' },
  skills: { zh: '资质', en: 'Skills', values: skillTitles },
  openedAs: { zh: '划定时类别', en: 'Opened as' },
  overdue: { zh: '已过期限', en: 'Past its end' },
  drawn: { zh: '已绘制', en: 'Drawn' },
  posts: { zh: '点位数', en: 'Posts' },
  gates: { zh: '封控点数', en: 'Gates' },
  demandLines: { zh: '需求条数', en: 'Lines of demand' },
  day: { zh: '勤务日', en: 'Duty day' },
  begins: { zh: '开始', en: 'Begins' },
  ends: { zh: '结束', en: 'Ends' },
}

const teamWords: Record<string, FieldWord> = {
  team: { zh: '队伍', en: 'Team' },
  zone: { zh: '所属区域', en: 'Zone' },
  zones: { zh: '坚守区域', en: 'Zones held' },
  hours: { zh: '时长(小时)', en: 'Hours' },
  officers: { zh: '人数', en: 'People' },
  duties: { zh: '排班数', en: 'Duties' },
  presences: { zh: '签到数', en: 'Check-ins' },
  deployments: { zh: '人次', en: 'Deployments' },
  postCode: { zh: '点位编号', en: 'Code of the post' },
  beginsOn: { zh: '起', en: 'From' },
  endsOn: { zh: '止', en: 'Until' },
  cameAt: { zh: '签到时间', en: 'Came' },
  leftAt: { zh: '签退时间', en: 'Left' },
}

/** Where the same field is another thing in one query's records. */
export const recordsOfQuery: Record<string, Record<string, FieldWord>> = {
  'roster.teamHolds': teamWords,
  'attendance.teamHolds': teamWords,
  'attendance.teamPosts': teamWords,
  'attendance.teamDeployments': teamWords,
  'attendance.loopMembers': {
    name: { zh: '姓名', en: 'Name' },
    teams: { zh: '闭环队', en: 'Closed loops' },
  },
  'people.teams': {
    name: { zh: '队伍名称', en: 'Team' },
    beginsOn: { zh: '起', en: 'From' },
    endsOn: { zh: '止', en: 'Until' },
  },
}
