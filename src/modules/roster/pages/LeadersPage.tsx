// 带班领导值班表: who leads the operation on each day of a month, filled by hand and repeated over weeks.
import './leaders.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { type CSSProperties, useState } from 'react'
import { useAsk, useClient, useMay, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  EmptyState,
  Icon,
  Panel,
  ProblemNote,
  Signal,
  SkeletonRows,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { leadOffices, leadOfficeTitles, leads, setLeads } from '../contracts.ts'
import { LeadDayDrawer, RepeatDrawer } from './LeadDrawers.tsx'
import { leaderWords } from './leader-words.ts'

export type LeadCalendar = OutputOf<typeof leads>
export type LeadDay = LeadCalendar['days'][number]

const monthOf = (day: string) => day.slice(0, 7)
const dayMs = 86_400_000
const shifted = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
export const firstOf = (month: string) => `${month}-01`
export const lastOf = (month: string) => shifted(firstOf(monthOf(shifted(firstOf(month), 31))), -1)

export default function LeadersPage() {
  const t = useWords(leaderWords)
  const current = useAsk(currentOperation, {}, { refetchSeconds: 300 })
  if (current.error) return <ProblemNote error={current.error} onRetry={() => void current.refetch()} />
  if (!current.data) return <SkeletonRows rows={12} columns={7} />
  const { operation, dutyDay } = current.data
  if (!operation) {
    return (
      <Panel padded>
        <h1 className="fx-hidden">{t('leadersTitle')}</h1>
        <EmptyState sentence={t('noOperationToLead')} example={t('leadersEmptyExample')} />
      </Panel>
    )
  }
  const { operationId, beginsOn, endsOn } = operation
  return <Leaders operation={{ operationId, beginsOn, endsOn }} today={dutyDay} />
}

export interface LedOperation {
  operationId: string
  beginsOn: string
  endsOn: string | null
}

function useMonth(today: string) {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const navigate = useNavigate()
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(search.month ?? '') ? (search.month ?? '') : monthOf(today)
  const go = (next: string) =>
    void navigate({ to: '/roster/leaders', search: { month: next } as never, replace: true })
  return { month, go }
}

function Leaders({ operation, today }: { operation: LedOperation; today: string }) {
  const t = useWords(leaderWords)
  const may = useMay(setLeads)
  const { month, go } = useMonth(today)
  const span = { fromDay: firstOf(month), untilDay: lastOf(month) }
  const found = useAsk(leads, { operationId: operation.operationId, ...span })
  const [open, setOpen] = useState<string | null>(null)
  const [repeats, setRepeats] = useState(false)
  const calendar = found.data?.days[0]?.day === span.fromDay ? found.data : undefined
  const isOpen = (day: string) =>
    may && day >= today && day >= operation.beginsOn && (operation.endsOn === null || day <= operation.endsOn)
  const first = calendar?.days.find(one => isOpen(one.day))?.day
  const empty = calendar?.days.every(one => one.holders.length === 0) ?? false
  const shown = calendar?.days.find(one => one.day === open)
  return (
    <Panel fill className="ld-panel">
      <h1 className="fx-hidden">{t('leadersTitle')}</h1>
      <LeadTools
        month={month}
        go={go}
        today={today}
        operationId={operation.operationId}
        onRepeat={may ? () => setRepeats(true) : null}
        bare={empty}
      />
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {empty ? (
        <EmptyState
          sentence={calendar?.leaders.length === 0 ? t('noLeaders') : t('leadersEmpty')}
          action={
            first && calendar && calendar.leaders.length > 0
              ? { label: t('leadersEmptyDo', { day: first.slice(5) }), onClick: () => setOpen(first) }
              : undefined
          }
          example={t('leadersEmptyExample')}
        />
      ) : null}
      {calendar ? (
        empty ? null : (
          <LeadGrid calendar={calendar} today={today} isOpen={isOpen} onOpen={setOpen} />
        )
      ) : (
        <SkeletonRows rows={12} columns={7} />
      )}
      {shown && calendar ? (
        <LeadDayDrawer
          key={shown.day}
          day={shown}
          leaders={calendar.leaders}
          operationId={operation.operationId}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {repeats ? (
        <RepeatDrawer operation={operation} today={today} month={month} onClose={() => setRepeats(false)} />
      ) : null}
    </Panel>
  )
}

function LeadTools(props: {
  month: string
  go: (month: string) => void
  today: string
  operationId: string
  onRepeat: (() => void) | null
  /** With nobody in it the empty page's own button comes first. */
  bare: boolean
}) {
  const { month, go, today, operationId, onRepeat, bare } = props
  const t = useWords(leaderWords)
  const { lang } = useLang()
  const navigate = useNavigate()
  const client = useClient()
  const [year, at] = [month.slice(0, 4), Number(month.slice(5))]
  const fromDay = firstOf(month)
  return (
    <div className="ld-tools">
      <Button
        aria-label={t('monthBefore')}
        onClick={() => go(monthOf(shifted(fromDay, -1)))}
        icon={<Icon name="left" size={14} />}
      />
      <Button onClick={() => go(monthOf(today))} title={t('thisMonth')}>
        {t('monthName', { year, month: lang === 'zh' ? String(at) : month.slice(5) })}
      </Button>
      <Button
        aria-label={t('monthAfter')}
        onClick={() => go(monthOf(shifted(fromDay, 31)))}
        icon={<Icon name="right" size={14} />}
      />
      <span className="ld-tools-end">
        <Button onClick={() => void navigate({ to: '/roster' })}>{t('toRosterBoard')}</Button>
        <Button
          onClick={() =>
            location.assign(
              client.fileUrl('roster.sheet', { kind: 'leaders', operationId, fromDay, format: 'xlsx' }),
            )
          }
        >
          {t('leadersExcel')}
        </Button>
        <Button
          onClick={() =>
            void navigate({ to: '/roster/print', search: { kind: 'leaders', day: fromDay } as never })
          }
        >
          {t('leadersPrint')}
        </Button>
        {onRepeat ? (
          <Button type={bare ? 'default' : 'primary'} onClick={onRepeat}>
            {t('repeat')}
          </Button>
        ) : null}
      </span>
    </div>
  )
}

interface GridProps {
  calendar: LeadCalendar
  today: string
  isOpen: (day: string) => boolean
  onOpen: (day: string) => void
}

/** Monday first, as the week of the sheets; on a phone one day below the other. */
function LeadGrid({ calendar, today, isOpen, onOpen }: GridProps) {
  const t = useWords(leaderWords)
  const first = new Date(`${calendar.days[0]?.day ?? ''}T00:00:00Z`).getUTCDay()
  const before = (first + 6) % 7
  return (
    <ol
      className="ld-grid"
      aria-label={t('leadersTitle')}
      style={{ '--ld-first': before + 1 } as CSSProperties}
    >
      {calendar.days.map(day => (
        <li key={day.day}>
          <DayCell day={day} isToday={day.day === today} onOpen={isOpen(day.day) ? onOpen : null} />
        </li>
      ))}
    </ol>
  )
}

function DayCell(props: { day: LeadDay; isToday: boolean; onOpen: ((day: string) => void) | null }) {
  const { day, isToday, onOpen } = props
  const t = useWords(leaderWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const inside = (
    <>
      <span className="ld-date fx-date">
        <strong>{format.day(day.day)}</strong>
        {day.doubts.length > 0 ? <Signal kind="amber" size={14} label={t('doubts')} /> : null}
      </span>
      {leadOffices.map(office => {
        const holder = day.holders.find(one => one.office === office)
        return (
          <span key={office} className="ld-line">
            <span className="ld-quiet">{leadOfficeTitles[office][lang]}</span>
            {holder ? <b>{holder.name}</b> : <span className="ld-quiet">{t('nobody')}</span>}
          </span>
        )
      })}
      {day.doubts.map(one => (
        <span key={`${one.rule} ${one.officerId} ${one.en}`} className="ld-doubt fx-tone-amber">
          {one.rule} {one[lang]}
        </span>
      ))}
    </>
  )
  const classes = ['ld-day']
  if (isToday) classes.push('ld-today')
  if (!onOpen) return <div className={classes.join(' ')}>{inside}</div>
  return (
    <button type="button" className={classes.join(' ')} onClick={() => onOpen(day.day)}>
      {inside}
    </button>
  )
}
