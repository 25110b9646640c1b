import type { Words } from '../../../ui/i18n.ts'

export const shareWords = {
  title: { zh: '近 90 天', en: 'The last 90 days' },
  nights: { zh: '夜班', en: 'Nights' },
  weekends: { zh: '周末节假日', en: 'Weekends, holidays' },
  suitDays: { zh: '穿防护服', en: 'Days in suits' },
  suitMinutes: { zh: '防护服时长', en: 'Hours in suits' },
  samplingDays: { zh: '采样勤务', en: 'Sampling days' },
  minutes: { zh: '在岗时长', en: 'Hours on duty' },
  inDays: { zh: '天', en: 'days' },
  inHours: { zh: '小时', en: 'h' },
  owed: { zh: '应补休 {n} 小时，待安排', en: '{n} h of rest owed to you' },
  ordered: { zh: '应补休 {n} 小时，已命令留勤', en: '{n} h of rest owed; ordered on duty' },
  granted: { zh: '已安排补休', en: 'Rest granted' },
  byOrder: { zh: '{who}：{reason}', en: '{who}: {reason}' },
  how: {
    zh: '{from} 至 {until}，按签到计；没有签到记录的，按已发布的勤务表计。这些数字只给您自己看；该不该补休，排班的人也看得到。',
    en: '{from} to {until}, by check-in; where nothing was recorded, by the published roster. Only you see these figures; whether rest is owed to you, who plans sees, too.',
  },
} satisfies Words
