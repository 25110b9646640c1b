// Small pieces of alerts that list, drawer and past share.
import { useServerNow, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { type Role, roleTitles } from '../../../kernel/contract.ts'
import { type alerts, alertStateTitles } from '../../../kernel/books/contracts.ts'
import { formatDayTime, type Lang, type Translate, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { clockWords } from './alert-clock.ts'
import { alertWords } from './alert-words.ts'
import { reportWords } from './words.ts'

export type Alert = OutputOf<typeof alerts>['rows'][number]
type Say = Translate<typeof alertWords>

export const titleOf = (row: Pick<Alert, 'titleZh' | 'titleEn'>, lang: Lang) =>
  lang === 'zh' ? row.titleZh : row.titleEn
export const watchOf = (row: Pick<Alert, 'watchZh' | 'watchEn'>, lang: Lang) =>
  lang === 'zh' ? row.watchZh : row.watchEn
export const roleName = (role: string, lang: Lang): string => roleTitles[role as Role]?.[lang] ?? role

/** The person before the role, where there is one. */
export function ownerWords(row: Pick<Alert, 'ownerRole' | 'ownerName'>, lang: Lang): string {
  const role = roleName(row.ownerRole, lang)
  return row.ownerName ? `${row.ownerName} · ${role}` : role
}

/** 42 分, 2 小时 5 分, 3 天 4 小时. */
export function stretchWords(t: Say, minutes: number): string {
  if (minutes < 60) return t('minutes', { n: minutes })
  if (minutes < 48 * 60) return t('hoursMinutes', { h: Math.floor(minutes / 60), m: minutes % 60 })
  return t('daysHours', { d: Math.floor(minutes / 1_440), h: Math.floor((minutes % 1_440) / 60) })
}

export function At({ instant }: { instant: string }) {
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  return <span className="fx-date">{formatDayTime(instant, { lang, timeZone })}</span>
}

export function Clock({ row }: { row: Alert }) {
  const t = useWords(reportWords)
  const now = useServerNow()
  return (
    <span className={Date.parse(row.dueAt) < now ? 'situation-over' : undefined}>
      {clockWords(row.dueAt, now, t)}
    </span>
  )
}

/** What stands with a sign and a word; who knows of it, and until when it is put off. */
export function StateWords({ row }: { row: Alert }) {
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const word = alertStateTitles[row.state][lang]
  if (row.state === 'waiting') return <strong>{word}</strong>
  const more =
    row.state === 'snoozed' ? row.snoozedUntil && format.time(row.snoozedUntil) : row.acknowledgedBy
  return (
    <span className="alert-sign alert-quiet">
      {word}
      {more ? ` ${more}` : ''}
    </span>
  )
}

export function Times({ row }: { row: Pick<Alert, 'times'> }) {
  const t = useWords(alertWords)
  if (row.times < 2) return null
  return <span className="alert-times">{t('again', { n: row.times })}</span>
}
