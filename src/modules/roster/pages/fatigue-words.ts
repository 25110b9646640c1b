import type { Words } from '../../../ui/i18n.ts'

/** Worded as advice: nothing here forbids, and nothing says anything of a person. */
export const fatigueWords = {
  title: { zh: '困倦推算', en: 'How tiring' },
  value: { zh: '{time} 推算困倦度 {n}', en: '{n} on the sleepiness scale at {time}' },
  sleepy: { zh: '偏困', en: 'sleepy' },
  fair: { zh: '尚可', en: 'fair' },
  minutes: { zh: '本班约 {n} 小时偏困', en: 'about {n} h of this duty' },
  advice: {
    zh: '只供排班参考：按班次和假定的睡眠推算，1–9 级，7 以上偏困。不针对个人，不存档。',
    en: 'Advice for planning only: from the duties and an assumed sleep, on a scale of 1 to 9, sleepy from 7. It says nothing of the person and is kept nowhere.',
  },
  other: { zh: '推算 {n}', en: 'sleepiness {n}' },
  item: { zh: '偏困班次', en: 'Tiring duties' },
  unit: { zh: '班', en: 'duties' },
  planTitle: { zh: '最容易犯困的班次', en: 'The duties that tire most' },
  planNote: {
    zh: '未开始的 {all} 班里有 {n} 班推算偏困，分布在 {places} 个班位。可考虑加人轮换、安排小睡，或换成前一夜在家的人。',
    en: '{n} of the {all} duties that have not begun reach 7, at {places} places. Consider more hands to take turns, a nap, or somebody who slept at home.',
  },
  none: { zh: '未开始的班次推算都不偏困。', en: 'No duty that has not begun reaches 7.' },
  more: { zh: '只列推算最高的 {n} 个班位。', en: 'The {n} highest are listed.' },
  heads: { zh: '{n} 人', en: '{n} {n|person|people}' },
  show: { zh: '在表上看', en: 'Show on the board' },
  close: { zh: '关闭', en: 'Close' },
  comma: { zh: '、', en: ', ' },
} satisfies Words
