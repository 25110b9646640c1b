import { Button } from 'antd'
import { useGo } from '../../../device/address.ts'
import { useAsk } from '../../../device/hooks.ts'
import { alerts } from '../../../kernel/books/contracts.ts'
import { type OutputOf, type Role, roleTitles } from '../../../kernel/contract.ts'
import {
  EmptyState,
  Panel,
  ProblemNote,
  Signal,
  SkeletonPanel,
  type Translate,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { reportWords } from './words.ts'

export type Alert = OutputOf<typeof alerts>['rows'][number]
const minute = 60_000

/** 超 26 分 / 剩 3 小时: what the clock says of a deadline. */
export function clockWords(dueAt: string, now: number, t: Translate<typeof reportWords>): string {
  const minutes = Math.round((Date.parse(dueAt) - now) / minute)
  const away = Math.abs(minutes)
  const hours = Math.round(away / 60)
  if (minutes < 0) return away < 90 ? t('overBy', { n: away }) : t('overHours', { n: hours })
  return away < 90 ? t('left', { n: away }) : t('leftHours', { n: hours })
}

type Group = 'overdue' | 'withinHour' | 'today' | 'later'
function groupOf(dueAt: string, now: number): Group {
  const minutes = (Date.parse(dueAt) - now) / minute
  if (minutes < 0) return 'overdue'
  if (minutes <= 60) return 'withinHour'
  return minutes <= 24 * 60 ? 'today' : 'later'
}

export function AlertList() {
  const t = useWords(reportWords)
  const go = useGo()
  const open = useAsk(alerts, { limit: 60 }, { refetchSeconds: 60 })
  const now = Date.now()
  const groups: Group[] = ['overdue', 'withinHour', 'today', 'later']
  return (
    <Panel
      title={t('alerts')}
      note={t('byTime')}
      fill
      actions={
        <Button size="small" onClick={() => go('/alerts')}>
          {t('allAlerts', { n: open.data?.total ?? 0 })}
        </Button>
      }
    >
      {open.isPending ? <SkeletonPanel lines={6} /> : null}
      {open.error ? <ProblemNote error={open.error} onRetry={() => void open.refetch()} /> : null}
      {open.data?.total === 0 ? <EmptyState sentence={t('noAlerts')} /> : null}
      {groups.map(group => {
        const rows = (open.data?.rows ?? []).filter(row => groupOf(row.dueAt, now) === group)
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

function AlertRow({ row, now, onOpen }: { row: Alert; now: number; onOpen: () => void }) {
  const t = useWords(reportWords)
  const { lang } = useLang()
  const format = useFormat()
  const over = Date.parse(row.dueAt) < now
  return (
    <li>
      <button type="button" className="situation-alert" onClick={onOpen}>
        <span className="situation-time">
          <strong>{format.time(row.dueAt)}</strong>
          <span className={over ? 'situation-over' : ''}>{clockWords(row.dueAt, now, t)}</span>
        </span>
        <Signal kind={row.severity} size={14} label={t(row.severity)} />
        <span className="situation-what">
          <span>{lang === 'zh' ? row.titleZh : row.titleEn}</span>
          <small>{roleTitles[row.ownerRole as Role]?.[lang] ?? row.ownerRole}</small>
        </span>
      </button>
    </li>
  )
}
