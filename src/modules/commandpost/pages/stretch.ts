import type { Translate } from '../../../ui/i18n.ts'
import type { commandWords } from './words.ts'

type Say = Translate<Pick<typeof commandWords, 'minutes' | 'hoursMinutes' | 'daysHours' | 'left' | 'over'>>

/** 42 分, 2 小时 5 分, 3 天 4 小时. */
export function stretch(t: Say, minutes: number): string {
  const n = Math.max(0, Math.round(minutes))
  if (n < 60) return t('minutes', { n })
  if (n < 48 * 60) return t('hoursMinutes', { h: Math.floor(n / 60), m: n % 60 })
  return t('daysHours', { d: Math.floor(n / 1_440), h: Math.floor((n % 1_440) / 60) })
}

/** 剩余 2 小时 5 分 or 逾期 42 分. */
export function untilWords(t: Say, dueAt: string, now: number): string {
  const minutes = (Date.parse(dueAt) - now) / 60_000
  return minutes >= 0 ? t('left', { left: stretch(t, minutes) }) : t('over', { left: stretch(t, -minutes) })
}

/** Green while there is time, amber in the last four hours or the last quarter, red when it is past. */
export function dueTone(dueAt: string, now: number, beganAt?: string): 'red' | 'amber' | null {
  const left = Date.parse(dueAt) - now
  if (left <= 0) return 'red'
  const whole = beganAt ? Date.parse(dueAt) - Date.parse(beganAt) : Number.POSITIVE_INFINITY
  return left <= Math.min(4 * 3_600_000, whole / 4) ? 'amber' : null
}
