import { Button } from 'antd'
import { useGo } from '../../../device/address.ts'
import { useSession } from '../../../device/hooks.ts'
import { alertStateTitles } from '../../../kernel/books/contracts.ts'
import { EmptyState, Panel, Signal, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { clockWords, type Group, groupOf } from './alert-clock.ts'
import { roleName } from './alert-texts.tsx'
import type { Situation } from './figures-of.ts'
import { reportWords } from './words.ts'

type Line = Situation['alerts']['rows'][number]

export function AlertList({ alerts: open, now }: { alerts: Situation['alerts']; now: number }) {
  const t = useWords(reportWords)
  const go = useGo()
  const groups: Group[] = ['overdue', 'withinHour', 'today', 'later']
  return (
    <Panel
      title={t('alerts')}
      note={t('byTime')}
      fill
      actions={
        <Button size="small" onClick={() => go('/alerts')}>
          {t('allAlerts', { n: open.total })}
        </Button>
      }
    >
      {open.total === 0 ? <EmptyState sentence={t('noAlerts')} /> : null}
      {groups.map(group => {
        const rows = open.rows.filter(row => groupOf(row.dueAt, now) === group)
        if (rows.length === 0) return null
        return (
          <section key={group} aria-label={t(group)}>
            <h3 className="situation-group">{t(group)}</h3>
            <ul className="situation-rows">
              {rows.map(row => (
                <AlertRow key={row.alertId} row={row} now={now} onOpen={() => go(row.link)} />
              ))}
            </ul>
          </section>
        )
      })}
    </Panel>
  )
}

function AlertRow({ row, now, onOpen }: { row: Line; now: number; onOpen: () => void }) {
  const t = useWords(reportWords)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  const over = Date.parse(row.dueAt) < now
  const sameDay = format.day(row.dueAt) === format.day(now)
  return (
    <li>
      <button type="button" className="situation-alert" onClick={onOpen}>
        <span className="situation-time">
          {sameDay ? null : <span className="fx-date">{format.day(row.dueAt, { weekday: false })}</span>}
          <strong>{format.time(row.dueAt)}</strong>
          <span className={over ? 'situation-over' : ''}>{clockWords(row.dueAt, now, t)}</span>
        </span>
        <Signal kind={row.severity} size={14} label={t(row.severity)} />
        <span className="situation-what">
          <span>{lang === 'zh' ? row.titleZh : row.titleEn}</span>
          <small>
            {roleName(row.ownerRole, lang)}
            {row.acknowledged ? ` · ${alertStateTitles.acknowledged[lang]}` : ''}
          </small>
        </span>
      </button>
    </li>
  )
}
