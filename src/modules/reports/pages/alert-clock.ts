// What the clock says of a deadline.
import type { Translate } from '../../../ui/i18n.ts'
import type { reportWords } from './words.ts'

const minute = 60_000

/** 超 26 分 / 剩 3 小时 / 剩 2 天: what the clock says of a deadline. */
export function clockWords(dueAt: string, now: number, t: Translate<typeof reportWords>): string {
  const minutes = Math.round((Date.parse(dueAt) - now) / minute)
  const away = Math.abs(minutes)
  const hours = Math.round(away / 60)
  const days = Math.round(hours / 24)
  if (minutes < 0) {
    if (away < 90) return t('overBy', { n: away })
    return hours < 48 ? t('overHours', { n: hours }) : t('overDays', { n: days })
  }
  if (away < 90) return t('left', { n: away })
  return hours < 48 ? t('leftHours', { n: hours }) : t('leftDays', { n: days })
}

export type Group = 'overdue' | 'withinHour' | 'today' | 'later'
export function groupOf(dueAt: string, now: number): Group {
  const minutes = (Date.parse(dueAt) - now) / minute
  if (minutes < 0) return 'overdue'
  if (minutes <= 60) return 'withinHour'
  return minutes <= 24 * 60 ? 'today' : 'later'
}
