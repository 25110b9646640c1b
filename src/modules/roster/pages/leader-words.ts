import type { Words } from '../../../ui/i18n.ts'

export const leaderWords = {
  leadersTitle: { zh: '带班领导值班表', en: 'Leaders by day' },
  monthName: { zh: '{year}年{month}月', en: '{year}-{month}' },
  monthBefore: { zh: '上个月', en: 'Month before' },
  monthAfter: { zh: '下个月', en: 'Month after' },
  thisMonth: { zh: '回到本月', en: 'To this month' },
  repeat: { zh: '按周期沿用', en: 'Repeat' },
  nobody: { zh: '未排', en: 'nobody' },
  leadersEmpty: { zh: '这个月还没有排带班领导。', en: 'Nobody is set to lead in this month.' },
  leadersEmptyDo: { zh: '从 {day} 排起', en: 'Begin with {day}' },
  leadersEmptyExample: {
    zh: '周一 周示一，周二 郑例二，先排一周，再按周期沿用到月底',
    en: 'Monday Zhou, Tuesday Zheng: fill a week, then repeat it to the end of the month',
  },
  noLeaders: {
    zh: '没有人具备带班资质，先到警力中登记。',
    en: 'Nobody has the leader skill; grant it among the officers first.',
  },
  setDay: { zh: '{day} 带班', en: 'Who leads on {day}' },
  setDo: { zh: '排定', en: 'Set' },
  leave: { zh: '不排', en: 'Nobody' },
  doubts: { zh: '有疑', en: 'Doubts' },
  repeatTitle: { zh: '按周期沿用', en: 'Repeat an order' },
  repeatHint: {
    zh: '把前一段日期的次序依次沿用到后一段；已无带班资质的人跳过。',
    en: 'The order of the first days is repeated over the others; who may no longer lead is left out.',
  },
  modelFrom: { zh: '样板从', en: 'Order from' },
  modelUntil: { zh: '样板至', en: 'Order until' },
  ontoFrom: { zh: '沿用从', en: 'Onto' },
  ontoUntil: { zh: '沿用至', en: 'Onto, until' },
  replaceThere: { zh: '已排的也替换', en: 'Replace who stands there' },
  repeatDo: { zh: '沿用', en: 'Repeat' },
  repeated: {
    zh: '已排 {filled} 处，保留 {kept} 处，跳过 {left} 处',
    en: '{filled} filled, {kept} kept, {left} left out',
  },
  leadersExcel: { zh: '下载 Excel', en: 'Download Excel' },
  leadersPrint: { zh: '打印', en: 'Print' },
  toRosterBoard: { zh: '返回排班', en: 'Back to the roster' },
  noOperationToLead: {
    zh: '还没有进行中的专项勤务，无从排带班领导。',
    en: 'No operation is running, so nobody has to lead one.',
  },
} satisfies Words
