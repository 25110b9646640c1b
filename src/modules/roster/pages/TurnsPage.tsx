// 就餐和消毒轮次: the small rosters of a station, a week at a time.
import './turns.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useAsk, useDo, useMay, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  EmptyState,
  Icon,
  Panel,
  ProblemNote,
  SelectInput,
  SkeletonRows,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { units } from '../../people/contracts.ts'
import { makeTurns, setTurns, turnKindTitles, turns } from '../contracts.ts'
import { NameTurnsDrawer, TurnDayDrawer } from './TurnDrawers.tsx'
import { turnWords } from './turn-words.ts'

export type TurnWeek = OutputOf<typeof turns>

const dayMs = 86_400_000
const plus = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
const monday = (day: string) => plus(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

export default function TurnsPage() {
  const t = useWords(turnWords)
  const current = useAsk(currentOperation, {})
  const all = useAsk(units, {})
  const error = current.error ?? all.error
  if (error) return <ProblemNote error={error} onRetry={() => void all.refetch()} />
  if (!current.data || !all.data) return <SkeletonRows rows={8} columns={8} />
  const list = all.data.rows.map(one => ({ value: one.unitId, label: one.shortName }))
  if (list.length === 0) {
    return (
      <Panel padded>
        <h1 className="fx-hidden">{t('turnsTitle')}</h1>
        <EmptyState sentence={t('noUnits')} example={t('turnsExample')} />
      </Panel>
    )
  }
  return <Turns list={list} today={current.data.dutyDay} />
}

function Turns({ list, today }: { list: { value: string; label: string }[]; today: string }) {
  const t = useWords(turnWords)
  const may = useMay(setTurns)
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const navigate = useNavigate()
  const { message } = App.useApp()
  const unitId = list.find(one => one.value === search.unit)?.value ?? list[0]?.value ?? ''
  const fromDay = monday(/^\d{4}-\d\d-\d\d$/.test(search.day ?? '') ? (search.day ?? today) : today)
  const untilDay = plus(fromDay, 6)
  const go = (more: Record<string, string>) =>
    void navigate({
      to: '/roster/turns',
      search: { unit: unitId, day: fromDay, ...more } as never,
      replace: true,
    })
  const found = useAsk(turns, { unitId, fromDay, untilDay })
  const make = useDo(makeTurns)
  const [names, setNames] = useState(false)
  const [open, setOpen] = useState<{ turnId: string; day: string } | null>(null)
  const week = found.data?.days[0]?.day === fromDay ? found.data : undefined
  const begin = fromDay < today ? today : fromDay
  const makes = () =>
    make.mutate(
      { unitId, fromDay: begin, untilDay },
      { onSuccess: done => void message.success(t('made', done)) },
    )
  return (
    <Panel fill className="tn-panel">
      <h1 className="fx-hidden">{t('turnsTitle')}</h1>
      <TurnTools
        {...{ list, unitId, fromDay, go }}
        onNames={may ? () => setNames(true) : null}
        making={make.isPending}
        onMake={week?.turns.some(one => !one.ended) && untilDay >= today ? makes : null}
      />
      {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
      {make.error ? <ProblemNote error={make.error} safe="kept" /> : null}
      {!week ? (
        <SkeletonRows rows={8} columns={8} />
      ) : week.turns.length === 0 ? (
        <EmptyState
          sentence={t('turnsEmpty')}
          action={may ? { label: t('nameTurns'), onClick: () => setNames(true) } : undefined}
          example={t('turnsExample')}
        />
      ) : (
        <WeekTable week={week} onOpen={may ? setOpen : null} />
      )}
      {names && week ? <NameTurnsDrawer unitId={unitId} week={week} onClose={() => setNames(false)} /> : null}
      {open && week ? (
        <TurnDayDrawer
          key={`${open.turnId} ${open.day}`}
          week={week}
          {...open}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </Panel>
  )
}

interface ToolsProps {
  list: { value: string; label: string }[]
  unitId: string
  fromDay: string
  go: (more: Record<string, string>) => void
  /** Null for whoever may only look. */
  onNames: (() => void) | null
  making: boolean
  /** Null where there is nothing to make. */
  onMake: (() => void) | null
}

function TurnTools({ list, unitId, fromDay, go, onNames, making, onMake }: ToolsProps) {
  const t = useWords(turnWords)
  const navigate = useNavigate()
  const paper = { kind: 'turns', day: fromDay, unit: unitId }
  return (
    <div className="tn-tools">
      <SelectInput aria-label={t('turnUnit')} value={unitId} options={list} onChange={unit => go({ unit })} />
      <Button
        aria-label={t('weekBefore')}
        onClick={() => go({ day: plus(fromDay, -7) })}
        icon={<Icon name="left" size={14} />}
      />
      <Button
        aria-label={t('weekAfter')}
        onClick={() => go({ day: plus(fromDay, 7) })}
        icon={<Icon name="right" size={14} />}
      />
      <span className="tn-end">
        <Button onClick={() => void navigate({ to: '/roster' })}>{t('turnsBack')}</Button>
        <Button onClick={() => void navigate({ to: '/roster/print', search: paper as never })}>
          {t('turnsPrint')}
        </Button>
        {onNames ? (
          <>
            <Button onClick={onNames}>{t('nameTurns')}</Button>
            <Button type="primary" loading={making} disabled={!onMake} onClick={() => onMake?.()}>
              {t('makeWeek')}
            </Button>
          </>
        ) : null}
      </span>
    </div>
  )
}

export const clockOf = (minute: number): string => {
  const at = minute % 1440
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
}

function WeekTable(props: {
  week: TurnWeek
  onOpen: ((cell: { turnId: string; day: string }) => void) | null
}) {
  const { week, onOpen } = props
  const t = useWords(turnWords)
  const { lang } = useLang()
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const start = agency.handOverMinute
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <div className="tn-scroll" tabIndex={0}>
      <table className="tn-table">
        <thead>
          <tr>
            <th scope="col">{t('turn')}</th>
            {week.days.map(({ day }) => (
              <th
                key={day}
                scope="col"
                className="fx-date"
                aria-current={day === week.today ? 'date' : undefined}
              >
                {format.day(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {week.turns.map(turn => (
            <tr key={turn.turnId}>
              <th scope="row">
                {turn.name}
                <span className="tn-quiet">
                  {turnKindTitles[turn.kind][lang]} {clockOf(start + turn.fromMinute)}—
                  {clockOf(start + turn.fromMinute + turn.minutes)}
                  {turn.ended ? ` ${t('ended')}` : ''}
                </span>
              </th>
              {week.days.map(({ day, turns: cells }) => {
                const cell = cells.find(one => one.turnId === turn.turnId)
                const text =
                  cell?.officers.map(one => one.name).join(lang === 'zh' ? '、' : ', ') || t('none')
                const mark = cell?.byHand ? <span className="tn-quiet">{t('byHand')}</span> : null
                return (
                  <td key={day}>
                    {onOpen && !turn.ended && day >= week.today ? (
                      <button type="button" onClick={() => onOpen({ turnId: turn.turnId, day })}>
                        {text}
                        {mark}
                      </button>
                    ) : (
                      <>
                        {text}
                        {mark}
                      </>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
