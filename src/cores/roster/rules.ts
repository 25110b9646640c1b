/** The rules of the roster, as shown to people. `hard` rules are never broken by the engine. */
export type RuleId =
  | 'RST1'
  | 'RST2'
  | 'RST3'
  | 'RST4'
  | 'RST5'
  | 'RST6'
  | 'RST7'
  | 'RST8'
  | 'RST9'
  | 'RST10'
  | 'RST11'
  | 'RST12'
  | 'RST13'
  | 'RST14'
  | 'RST15'
  | 'RST16'
  | 'RST17'
  | 'RST18'
  | 'RST19'
  | 'RST20'
  | 'RST21'
  | 'RST22'
  | 'RST23'
  | 'RST24'
  | 'RST25'
  | 'RST26'
  | 'RST27'

export type Rule = { id: RuleId; zh: string; en: string; hard: boolean }

export const RULES: readonly Rule[] = [
  {
    id: 'RST1',
    zh: '一日一勤：同一点位的一个或两个相接班次',
    en: 'one duty a day: one band or two that may go together, of one post',
    hard: true,
  },
  { id: 'RST2', zh: '单次勤务时长上限', en: 'longest duty', hard: true },
  { id: 'RST3', zh: '两个勤务日之间的休息', en: 'rest between duty days', hard: true },
  { id: 'RST4', zh: '点位必备资质', en: 'skills that the post requires', hard: true },
  { id: 'RST5', zh: '不可用时段', en: 'unavailable', hard: true },
  { id: 'RST6', zh: '不排夜班', en: 'no nights', hard: true },
  { id: 'RST7', zh: '周期内工时上限', en: 'most minutes in the horizon', hard: true },
  { id: 'RST8', zh: '任意七日工时上限', en: 'most minutes in seven days', hard: true },
  { id: 'RST9', zh: '连续夜班上限', en: 'most nights in a row', hard: true },
  { id: 'RST10', zh: '连续上勤天数上限', en: 'most work days in a row', hard: true },
  { id: 'RST11', zh: '七日内休息天数', en: 'days off in seven', hard: true },
  {
    id: 'RST12',
    zh: '闭环：不外出勤、期满休整、人数上限',
    en: 'closed loop: nowhere else, rest after, size of team',
    hard: true,
  },
  { id: 'RST13', zh: '锁定和已执行的格不变', en: 'locked and past cells stand', hard: true },
  { id: 'RST14', zh: '限定点位', en: 'only the posts allowed to the officer', hard: true },
  { id: 'RST15', zh: '周期内工时下限', en: 'least minutes in the horizon', hard: true },
  { id: 'RST16', zh: '连续上勤天数下限', en: 'least work days in a row', hard: true },
  { id: 'RST17', zh: '连续休息天数下限', en: 'least days off in a row', hard: true },
  { id: 'RST18', zh: '周末上勤次数上限', en: 'most weekends with a duty', hard: true },
  { id: 'RST19', zh: '同一点位勤务次数上限', en: 'most duties at a post', hard: true },
  { id: 'RST27', zh: '次日不得接续的点位', en: 'posts that may not follow on the next day', hard: true },
  { id: 'RST20', zh: '警力需求', en: 'demand is covered', hard: false },
  { id: 'RST21', zh: '班组资质最低人数', en: 'skill minima of a post', hard: false },
  { id: 'RST22', zh: '已发布的少变动', en: 'few changes to the published roster', hard: false },
  {
    id: 'RST23',
    zh: '夜班、周末、重勤、工时均衡',
    en: 'fair share of nights, weekends, heavy duties and hours',
    hard: false,
  },
  { id: 'RST24', zh: '个人意愿', en: 'wishes', hard: false },
  { id: 'RST25', zh: '就近', en: 'nearness and home unit', hard: false },
  { id: 'RST26', zh: '固定点位', en: 'staying with a post', hard: false },
]
