// Progress of sampling at the desk: by round and site, with the line and what to do about it.
import './progress.css'
import { Button } from 'antd'
import { useState } from 'react'
import { useAddress, useGo } from '../../../device/address.ts'
import { useAsk, useClient, useMay } from '../../../device/hooks.ts'
import { addDays } from '../../../kernel/time.ts'
import {
  type Column,
  Figure,
  Icon,
  ListPage,
  Signal,
  TextInput,
  useList,
  useWords,
} from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { roundList } from '../../posts/contracts.ts'
import { leading, progress, progressOrders, type ProgressRow, recordResults, setRules } from '../contracts.ts'
import { useAdvice } from './advice-words.ts'
import { ProgressDrawer } from './ProgressDrawer.tsx'
import { ResultsDrawer } from './ResultsDrawer.tsx'
import { RetestsDrawer } from './RetestsDrawer.tsx'
import { RulesDrawer } from './RulesDrawer.tsx'
import { TubesListDrawer } from './TubesListDrawer.tsx'
import { TubesDrawer } from './TubesDrawer.tsx'
import { screeningWords } from './words.ts'

function useColumns(): Column<ProgressRow>[] {
  const t = useWords(screeningWords)
  const advice = useAdvice()
  const figure = (
    key: keyof typeof screeningWords,
    of: (row: ProgressRow) => number | null,
    unit: string,
    tone?: 'red' | 'amber',
  ) =>
    ({
      key,
      title: t(key),
      width: 88,
      grow: 0,
      align: 'end',
      render: (row: ProgressRow) => {
        const value = of(row)
        return value === null ? (
          '—'
        ) : (
          <Figure value={value} unit={unit} {...(tone && value > 0 ? { tone } : {})} />
        )
      },
    }) satisfies Column<ProgressRow>
  return [
    { key: 'round', title: t('round'), width: 96, grow: 0, render: row => row.roundName || t('noRound') },
    { key: 'site', title: t('site'), width: 170, grow: 2, narrow: true, render: row => <b>{row.name}</b> },
    { key: 'code', title: t('code'), width: 84, hidden: true, render: row => row.code },
    { key: 'unit', title: t('unit'), width: 90, hidden: true, render: row => row.unitName },
    figure('expected', row => row.expected, t('unitPerson')),
    { ...figure('sampled', row => row.people, t('unitTimes')), narrow: true },
    figure('tubes', row => row.tubes, t('unitTube')),
    figure('boxes', row => row.boxes, t('unitBox')),
    { ...figure('unboxed', row => row.unboxed, t('unitTube')), hidden: true },
    figure('results', row => row.results, t('unitTube')),
    figure('positive', row => row.positive, t('unitTube'), 'red'),
    figure('overdue', row => row.overdue, t('unitTube'), 'amber'),
    { ...figure('queue', row => row.now?.queue ?? null, t('unitPerson')), narrow: true },
    figure('wait', row => (row.now?.advice ? Math.round(row.now.advice.waitNow) : null), t('unitMinute')),
    {
      key: 'advice',
      title: t('advice'),
      width: 220,
      grow: 3,
      render: row => {
        const [first] = row.now ? advice(row.now).acts : []
        if (!first || first.act === 'none') return '—'
        const isUrgent = first.act !== 'keep' && first.act !== 'closeLane'
        return (
          <span className="sp-advice" title={first.text}>
            {isUrgent ? <Signal kind="amber" size={14} /> : null} {first.text}
          </span>
        )
      },
    },
  ]
}

const day = /^\d{4}-\d{2}-\d{2}$/
type Shown = 'bring' | 'list' | 'retests' | 'rules' | 'overdue' | null

export default function SamplingProgressPage() {
  const t = useWords(screeningWords)
  const client = useClient()
  const go = useGo()
  const [address, setAddress] = useAddress()
  const list = useList([address, setAddress], { filters: ['round'], orders: progressOrders, keep: ['day'] })
  const [shown, setShown] = useState<Shown>(
    address.tubes === 'overdue' ? 'overdue' : address.retests === 'open' ? 'retests' : null,
  )
  const current = useAsk(currentOperation, {})
  const operationId = current.data?.operation?.operationId ?? ''
  const on = address.day && day.test(address.day) ? address.day : (current.data?.dutyDay ?? '')
  const ready = operationId !== '' && on !== ''
  const rounds = useAsk(roundList, { operationId, from: on, until: on }, { enabled: ready })
  const asked = {
    ...list.asked,
    operationId,
    day: on,
    ...(list.id('round') ? { roundId: list.id('round') } : {}),
  }
  const answer = useAsk(progress, { ...asked, limit: 1_000 }, { enabled: ready, refetchSeconds: 60 })
  const rows = answer.data?.rows ?? []
  const open = rows.find(row => row.key === list.open)
  const [mayBring, mayRule, mayEnter] = [useMay(recordResults), useMay(setRules), useMay(leading)]
  return (
    <ListPage
      id="sampling-progress"
      title={t('title')}
      counts={
        answer.data && t(answer.data.totals.expected > 0 ? 'counts' : 'countsUnasked', answer.data.totals)
      }
      actions={
        <>
          <DayStep day={on} onDay={next => setAddress({ ...address, day: next })} />
          <Button onClick={() => setShown('retests')}>{t('retests')}</Button>
          {mayRule ? <Button onClick={() => setShown('rules')}>{t('rules')}</Button> : null}
          {mayEnter ? <Button onClick={() => setShown('list')}>{t('listBring')}</Button> : null}
          {mayBring ? <Button onClick={() => setShown('bring')}>{t('bring')}</Button> : null}
        </>
      }
      answer={answer}
      loading={current.isPending || answer.isLoading}
      rowKey={row => row.key}
      rowName={row => `${row.name} ${row.roundName}`}
      columns={useColumns()}
      {...list.page}
      searchHint={t('search')}
      filters={[
        {
          key: 'round',
          label: t('round'),
          single: true,
          options: (rounds.data?.rows ?? []).map(round => ({ value: round.roundId, label: round.name })),
        },
      ]}
      empty={{
        sentence: t('empty'),
        example: t('emptyExample'),
        action: { label: t('toRounds'), onClick: () => go('/posts/rounds') },
      }}
      onOpen={row => list.show(row.key)}
      file={columns => client.fileUrl('screening.exportProgress', { ...asked, columns })}
    >
      {open ? <ProgressDrawer key={open.key} row={open} onClose={() => list.show(null)} /> : null}
      <ShownDrawer shown={shown} day={on} onClose={() => setShown(null)} />
    </ListPage>
  )
}

function ShownDrawer({ shown, day: on, onClose }: { shown: Shown; day: string; onClose: () => void }) {
  const t = useWords(screeningWords)
  if (shown === 'bring') return <ResultsDrawer onClose={onClose} />
  if (shown === 'list') return <TubesListDrawer onClose={onClose} />
  if (shown === 'retests') return <RetestsDrawer onClose={onClose} />
  if (shown === 'rules') return <RulesDrawer onClose={onClose} />
  if (shown === null) return null
  return (
    <TubesDrawer
      title={t('overdue')}
      asked={{ from: on, until: on, states: ['overdue'] }}
      onClose={onClose}
    />
  )
}

function DayStep({ day: on, onDay }: { day: string; onDay: (day: string) => void }) {
  const t = useWords(screeningWords)
  const go = (by: number) => {
    if (on) onDay(addDays(on, by))
  }
  return (
    <span className="sp-day">
      <Button aria-label={t('dayBefore')} icon={<Icon name="left" />} onClick={() => go(-1)} />
      <TextInput
        type="date"
        aria-label={t('day')}
        value={on}
        onChange={next => (next ? onDay(next) : undefined)}
      />
      <Button aria-label={t('dayAfter')} icon={<Icon name="right" />} onClick={() => go(1)} />
    </span>
  )
}
