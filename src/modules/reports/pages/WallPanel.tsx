import { useServerNow, useSession } from '../../../device/hooks.ts'
import { type Role, roleTitles } from '../../../kernel/contract.ts'
import { EmptyState, Signal, useFormat, useLang, useWords, ZoneSwatch } from '../../../ui/index.ts'
import { clockWords } from './alert-clock.ts'
import { awayWords } from './away-words.ts'
import type { Situation } from './figures-of.ts'
import { reportWords } from './words.ts'
import { wallWords } from './wall-words.ts'

/** In the order in which they turn. */
export const wallPanels = ['alerts', 'posts', 'zones'] as const
export type WallPanelKey = (typeof wallPanels)[number]
const rowsMost = 4

export function WallPanel(props: { seen: Situation; shown: WallPanelKey; state: string }) {
  const { seen, shown, state } = props
  const t = useWords(wallWords)
  const counts = {
    alerts: seen.alerts.total,
    posts: seen.onNow.rows.filter(row => row.there < row.need).length,
    zones: seen.zones.filter(zone => zone.kind !== 'lifted').length,
  }
  return (
    <section className="wall-box wall-panel" aria-label={t(shown)}>
      <h2>
        {t(shown)} <strong>{counts[shown]}</strong> <small>{state}</small>
      </h2>
      {counts[shown] === 0 ? <EmptyState sentence={t(`${shown}None`)} /> : null}
      <ul>
        {shown === 'alerts' ? <Alerts seen={seen} /> : null}
        {shown === 'posts' ? <Posts seen={seen} /> : null}
        {shown === 'zones' ? <Zones seen={seen} /> : null}
      </ul>
    </section>
  )
}

function Alerts({ seen }: { seen: Situation }) {
  const t = useWords(reportWords)
  const wall = useWords(wallWords)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const now = useServerNow()
  return seen.alerts.rows.slice(0, rowsMost).map(row => (
    <li key={row.alertId} data-tone={row.severity}>
      <time>{format.time(row.dueAt)}</time>
      <Signal kind={row.severity} size={28} label={t(row.severity)} />
      <div>
        <strong>
          {row.units > 1 ? wall('ofUnits', { n: row.units }) : (row.post ?? row.unit ?? '')}{' '}
          {lang === 'zh' ? row.titleZh : row.titleEn}
          {row.many > 1 ? ` ${wall('times', { n: row.many })}` : ''}
        </strong>
        <span>
          {roleTitles[row.ownerRole as Role]?.[lang] ?? row.ownerRole} · {clockWords(row.dueAt, now, t)}
        </span>
      </div>
    </li>
  ))
}

function Posts({ seen }: { seen: Situation }) {
  const t = useWords(reportWords)
  const format = useFormat(useSession().agency.timeZone)
  const short = seen.onNow.rows.filter(row => row.there < row.need)
  return short.slice(0, rowsMost).map(row => {
    const tone = row.there <= 0 ? 'red' : 'amber'
    return (
      <li key={row.postId} data-tone={tone}>
        <time>{format.time(row.ends)}</time>
        <Signal kind={tone} size={28} />
        <div>
          <strong>{row.name}</strong>
          <span>
            {t('missing', { n: row.need - row.there })} · {t('need', { n: row.need })}
            {awayWords(row.away, t)}
          </span>
        </div>
      </li>
    )
  })
}

function Zones({ seen }: { seen: Situation }) {
  const t = useWords(wallWords)
  const format = useFormat(useSession().agency.timeZone)
  const zones = seen.zones
    .filter(zone => zone.kind !== 'lifted')
    .toSorted((a, b) => (a.plannedEndAt < b.plannedEndAt ? -1 : 1))
  return zones.slice(0, rowsMost).map(zone => (
    <li key={zone.zoneId} {...(zone.overdue ? { 'data-tone': 'amber' } : {})}>
      <time>{format.time(zone.plannedEndAt)}</time>
      <ZoneSwatch kind={zone.kind} size={28} />
      <div>
        <strong>{zone.name}</strong>
        <span>
          {t(zone.kind)} · {t('until', { day: format.day(zone.plannedEndAt) })}
        </span>
      </div>
    </li>
  ))
}
