import type { Words } from '../../../ui/i18n.ts'

export const toldWords = {
  left: { zh: '距开班', en: 'Begins in' },
  leftHours: { zh: '{n} 小时', en: '{n} h' },
  leftDays: { zh: '{n} 天', en: '{n} {n|day|days}' },
  chased: { zh: '催办', en: 'Chased' },
  times: { zh: '{n} 次', en: '{n} {n|time|times},' },
  chase: { zh: '催办 {n} 人', en: 'Chase {n}' },
} satisfies Words
