// Who should be and who is at the posts on a duty day; what needs somebody first stands first. It follows by itself.
import './attendance.css'
import { Button } from 'antd'
import { useState } from 'react'
import { useAddress, useGo } from '../../../device/address.ts'
import { useAsk, useClient, useDo, useMay } from '../../../device/hooks.ts'
import { reviews } from '../../../kernel/books/contracts.ts'
import {
  type Column,
  DayStep,
  type FilterDef,
  Icon,
  ListPage,
  ProblemNote,
  useFormat,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { units } from '../../people/contracts.ts'
import {
  checkInMany,
  checkOutMany,
  dayList,
  type SeatView,
  seatMarks,
  seatMarkTitles,
  seatStates,
  seatStateTitles,
  setRules,
} from '../contracts.ts'
import { HeldDrawer } from './HeldDrawer.tsx'
import { RulesDrawer } from './RulesDrawer.tsx'
import { SeatDrawer } from './SeatDrawer.tsx'
import { StateMark, useNote, useWay } from './seat-marks.tsx'
import { attendanceWords } from './words.ts'

const filterKeys = ['state', 'band', 'unit', 'post']
const step = 500

function useSeatColumns(): Column<SeatView>[] {
  const t = useWords(attendanceWords)
  const { lang } = useLang()
  const format = useFormat()
  const note = useNote()
  const way = useWay()
  return [
    {
      key: 'state',
      title: t('state'),
      width: 110,
      grow: 0,
      narrow: true,
      render: row => <StateMark row={row} />,
    },
    { key: 'name', title: t('name'), width: 84, narrow: true, render: row => <b>{row.officerName}</b> },
    { key: 'badge', title: t('badge'), width: 84, hidden: true, render: row => row.badge },
    { key: 'unit', title: t('unit'), width: 100, render: row => row.unitName },
    { key: 'post', title: t('post'), width: 170, grow: 2, narrow: true, render: row => row.postName },
    {
      key: 'band',
      title: t('band'),
      width: 190,
      grow: 0,
      render: row => (
        <span>
          {lang === 'zh' ? row.bandZh : row.bandEn}{' '}
          <span className="at-quiet fx-date">{format.span(row.begins, row.ends)}</span>
        </span>
      ),
    },
    {
      key: 'came',
      title: t('came'),
      width: 70,
      grow: 0,
      render: row => (row.presence ? format.time(row.presence.cameAt) : ''),
    },
    {
      key: 'left',
      title: t('left'),
      width: 70,
      grow: 0,
      render: row => (row.presence?.leftAt ? format.time(row.presence.leftAt) : ''),
    },
    { key: 'way', title: t('way'), width: 80, grow: 0, render: way },
    { key: 'note', title: t('note'), width: 160, grow: 2, render: note },
  ]
}

type Bands = { key: string; zh: string; en: string }[]

function useFilters(bands: Bands): FilterDef[] {
  const t = useWords(attendanceWords)
  const { lang } = useLang()
  const tree = useAsk(units, {})
  return [
    {
      key: 'state',
      label: t('state'),
      options: [
        ...seatStates.map(value => ({ value: value as string, label: seatStateTitles[value][lang] })),
        ...seatMarks.map(value => ({ value: value as string, label: seatMarkTitles[value][lang] })),
      ],
    },
    { key: 'band', label: t('band'), options: bands.map(one => ({ value: one.key, label: one[lang] })) },
    {
      key: 'unit',
      label: t('unit'),
      single: true,
      options: (tree.data?.rows ?? []).map(one => ({ value: one.unitId, label: one.shortName })),
    },
  ]
}

/** What the address says, as the input of the query. */
function asked(list: ReturnType<typeof useList>) {
  return {
    ...list.asked,
    bands: list.state.filters.band,
    unitId: list.id('unit'),
    postId: list.id('post'),
    states: list.many('state', seatStates),
    marks: list.many('state', seatMarks),
  }
}

export default function AttendancePage() {
  const t = useWords(attendanceWords)
  const client = useClient()
  const go = useGo()
  const [address, setAddress] = useAddress()
  const list = useList([address, setAddress], { filters: filterKeys, keep: ['day'] })
  const [limit, setLimit] = useState(step)
  const [shown, setShown] = useState<'held' | 'rules' | null>(null)
  const current = useAsk(currentOperation, {})
  const operationId = current.data?.operation?.operationId ?? ''
  const day = address.day ?? current.data?.dutyDay ?? ''
  const ready = operationId !== '' && /^\d{4}-\d{2}-\d{2}$/.test(day)
  const input = { operationId, day, ...asked(list) }
  const answer = useAsk(dayList, { ...input, limit }, { enabled: ready, refetchSeconds: 60 })
  const rows = answer.data?.rows ?? []
  const open = rows.find(row => row.key === list.open)
  const mayRules = useMay(setRules)
  return (
    <ListPage
      id="attendance"
      title={t('title')}
      counts={<Counts answer={answer.data} />}
      actions={
        <>
          <DayStep day={day} onDay={next => setAddress({ ...address, day: next })} />
          <Button onClick={() => go('/attendance/unfilled')}>{t('toUnfilled')}</Button>
          <Button onClick={() => go('/post-code')}>{t('codes')}</Button>
          <Button onClick={() => go('/team-duty')}>{t('teams')}</Button>
          <Button onClick={() => go('/handover-book')}>{t('handovers')}</Button>
          {mayRules ? <Button onClick={() => setShown('rules')}>{t('rules')}</Button> : null}
        </>
      }
      above={<HeldLine onLook={() => setShown('held')} />}
      rows={rows}
      total={answer.data?.total}
      loading={current.isPending || answer.isLoading}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      rowKey={row => row.key}
      rowName={row => row.officerName}
      columns={useSeatColumns()}
      {...list.page}
      searchHint={t('search')}
      filters={useFilters(answer.data?.bands ?? [])}
      empty={{
        sentence: t('empty'),
        example: t('emptyExample'),
        action: { label: t('toRoster'), onClick: () => go('/roster') },
      }}
      bulk={(selected, clear) => <RollCall selected={selected} onDone={clear} />}
      onOpen={row => list.show(row.key)}
      onReachEnd={() => {
        if (rows.length < (answer.data?.total ?? 0) && limit < 5_000) setLimit(limit + step)
      }}
      file={() => client.fileUrl('attendance.signInSheet', input)}
    >
      {open ? <SeatDrawer key={open.key} row={open} onClose={() => list.show(null)} /> : null}
      {shown === 'held' ? <HeldDrawer onClose={() => setShown(null)} /> : null}
      {shown === 'rules' ? <RulesDrawer onClose={() => setShown(null)} /> : null}
    </ListPage>
  )
}

function Counts({ answer }: { answer: { counts: Record<string, number> } | undefined }) {
  const t = useWords(attendanceWords)
  if (!answer) return null
  const { counts } = answer
  const always = ['expected', 'present'] as const
  const when = ['overlaps', 'missing', 'absent', 'late', 'open'] as const
  return (
    <>
      {always.map(key => (
        <span key={key}>{t(key, { n: counts[key] ?? 0 })}</span>
      ))}
      {when
        .filter(key => (counts[key] ?? 0) > 0)
        .map(key => (
          <span key={key}>{t(key, { n: counts[key] ?? 0 })}</span>
        ))}
    </>
  )
}

/** What the books could not explain waits for a person, and is said above the list. */
function HeldLine({ onLook }: { onLook: () => void }) {
  const t = useWords(attendanceWords)
  const may = useMay(reviews)
  const held = useAsk(reviews, { state: 'open', limit: 500 }, { enabled: may })
  const n = (held.data?.rows ?? []).filter(row => row.name.startsWith('attendance.')).length
  if (n === 0) return null
  return (
    <p className="at-held" role="status">
      <Icon name="returned" /> {t('held', { n })}
      <Button size="small" onClick={onLook}>
        {t('look')}
      </Button>
    </p>
  )
}

/** Those of the selection for whom it can be done; a roll-call names one band, so there may be several. */
function RollCall({ selected, onDone }: { selected: SeatView[]; onDone: () => void }) {
  const t = useWords(attendanceWords)
  const come = useDo(checkInMany)
  const leave = useDo(checkOutMany)
  const may = useMay(checkInMany)
  const coming = selected.filter(row => row.presence === null && row.state !== 'replaced')
  const leaving = selected.filter(row => row.presence && row.presence.leftAt === null)
  if (!may) return null
  const comeAll = async () => {
    const calls = new Map<string, SeatView[]>()
    for (const row of coming) {
      const key = `${row.day} ${row.patternId} ${row.band}`
      calls.set(key, [...(calls.get(key) ?? []), row])
    }
    for (const rows of calls.values()) {
      const [first] = rows
      if (!first) continue
      const posts = new Map<string, string[]>()
      for (const row of rows) posts.set(row.postId, [...(posts.get(row.postId) ?? []), row.officerId])
      const { day, patternId, band } = first
      const named = [...posts].map(([postId, officerIds]) => ({ postId, officerIds }))
      await come.mutateAsync({ day, patternId, band, posts: named })
    }
    onDone()
  }
  const leaveAll = async () => {
    await leave.mutateAsync({ presenceIds: leaving.flatMap(row => row.presence?.presenceId ?? []) })
    onDone()
  }
  const error = come.error ?? leave.error
  return (
    <span className="at-bulk">
      {error ? <ProblemNote error={error} /> : null}
      <Button
        disabled={coming.length === 0}
        loading={come.isPending}
        onClick={() => void comeAll().catch(() => undefined)}
      >
        {t('checkInThem', { n: coming.length })}
      </Button>
      <Button
        disabled={leaving.length === 0}
        loading={leave.isPending}
        onClick={() => void leaveAll().catch(() => undefined)}
      >
        {t('checkOutThem', { n: leaving.length })}
      </Button>
    </span>
  )
}
