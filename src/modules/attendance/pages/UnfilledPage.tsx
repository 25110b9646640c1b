// Every duty of today that nobody fills, with who could: what was seen at the posts, and what a rule forbids by now.
import './attendance.css'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useAddress, useGo } from '../../../device/address.ts'
import { useAsk, useMay, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  DetailDrawer,
  Facts,
  ListPage,
  ProblemNote,
  Signal,
  useFolded,
  useFormat,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { breaks } from '../../roster/contracts.ts'
import { replace, unfilled, unfilledReasons, unfilledReasonTitles } from '../contracts.ts'
import { ReplaceSection } from './ReplaceSection.tsx'
import { unfilledWords } from './unfilled-words.ts'
import { attendanceWords } from './words.ts'

const words = { ...attendanceWords, ...unfilledWords }
type Seat = OutputOf<typeof unfilled>['rows'][number]
type Break = OutputOf<typeof breaks>['rows'][number]

interface Line {
  key: string
  post: string
  band: { zh: string; en: string }
  begins: string
  ends: string
  who: string
  unit: string
  why: { zh: string; en: string; signal: 'red' | 'amber' }
  /** By name, the best first; null where it was not worked out. */
  proposals: { name: string; unitName: string }[] | null
  first: string | null
  seat: Seat | null
  heads: number
}

function seatLine(row: Seat, now: string): Line {
  const first = row.proposals?.find(one => one.officerId === row.first)
  return {
    key: row.key,
    post: row.postName,
    band: { zh: row.bandZh, en: row.bandEn },
    ...{ begins: row.begins, ends: row.ends, who: row.officerName, unit: row.officerUnit || row.unitName },
    // What runs now is missed now.
    why: { ...unfilledReasonTitles[row.why], signal: row.begins <= now ? 'red' : 'amber' },
    proposals: row.proposals,
    first: first?.name ?? null,
    ...{ seat: row, heads: row.heads },
  }
}

function breakLine(row: Break): Line {
  const { duty, broken } = row
  const word = (lang: 'zh' | 'en') => duty.bands.map(band => band[lang]).join(' ')
  return {
    key: duty.assignmentId,
    post: duty.postName,
    band: { zh: word('zh'), en: word('en') },
    ...{ begins: duty.begins, ends: duty.ends, who: row.name, unit: row.unitName },
    why: { zh: broken.zh, en: broken.en, signal: 'amber' },
    proposals: row.proposals,
    first: (row.together ?? row.proposals[0])?.name ?? null,
    ...{ seat: null, heads: 1 },
  }
}

/** A duty that is declared absent and breaks a rule as well stands once, as what was seen. */
function linesOf(
  answer: OutputOf<typeof unfilled> | undefined,
  broken: OutputOf<typeof breaks> | undefined,
): Line[] {
  if (!answer) return []
  const seen = new Set(answer.rows.map(row => row.assignmentId))
  const more = (broken?.rows ?? []).filter(
    ({ duty }) => duty.day === answer.day && !seen.has(duty.assignmentId),
  )
  const lines = [...answer.rows.map(row => seatLine(row, answer.now)), ...more.map(breakLine)]
  return lines.sort((a, b) => (a.begins < b.begins ? -1 : a.begins > b.begins ? 1 : 0))
}

function useCells() {
  const t = useWords(words)
  const { lang } = useLang()
  const format = useFormat(useSession().agency.timeZone)
  return {
    when: (row: Line) => (
      <span>
        {row.band[lang]} <span className="at-quiet fx-date">{format.span(row.begins, row.ends)}</span>
      </span>
    ),
    who: (row: Line) =>
      row.who ? (
        <span>
          <b>{row.who}</b> <span className="at-quiet">{row.unit}</span>
        </span>
      ) : (
        t('placesOpen', { n: row.heads })
      ),
    why: (row: Line) => (
      <span className="at-state">
        <Signal kind={row.why.signal} size={14} /> {row.why[lang]}
      </span>
    ),
    proposal: (row: Line) =>
      row.first ? (
        <b>{row.first}</b>
      ) : (
        <span className="at-quiet">{t(row.proposals === null ? 'openToSee' : 'noProposal')}</span>
      ),
  }
}

function useColumns(): Column<Line>[] {
  const t = useWords(words)
  const { when, who, why, proposal } = useCells()
  if (useFolded()) {
    const all = (row: Line) => (
      <span>
        <b>{row.post}</b> {when(row)}
        <br />
        {why(row)} {who(row)}
        <br />
        {t('proposal')} {proposal(row)}
      </span>
    )
    return [{ key: 'post', title: t('post'), width: 240, narrow: true, render: all }]
  }
  return [
    { key: 'post', title: t('post'), width: 180, grow: 2, render: row => row.post },
    { key: 'band', title: t('band'), width: 200, grow: 0, render: when },
    { key: 'why', title: t('unfilledWhy'), width: 200, grow: 1, render: why },
    { key: 'whose', title: t('whose'), width: 180, grow: 1, render: who },
    { key: 'proposal', title: t('proposal'), width: 160, grow: 1, render: proposal },
  ]
}

export default function UnfilledPage() {
  const t = useWords(words)
  const go = useGo()
  const { lang } = useLang()
  const list = useList(useAddress(), { filters: ['why'] })
  const current = useAsk(currentOperation, {})
  const operationId = current.data?.operation?.operationId ?? ''
  const ready = { enabled: operationId !== '', refetchSeconds: 60 }
  const answer = useAsk(unfilled, { operationId }, ready)
  const broken = useAsk(breaks, { operationId }, ready)
  const all = useMemo(() => linesOf(answer.data, broken.data), [answer.data, broken.data])
  const wanted = list.many('why', [...unfilledReasons, 'rule'])
  const rows = all.filter(
    row =>
      (!wanted || wanted.includes(row.seat?.why ?? 'rule')) &&
      `${row.post} ${row.who} ${row.unit}`.includes(list.state.q),
  )
  const open = all.find(row => row.key === list.open)
  const failed = [answer, broken].find(one => one.error)
  const options = [
    ...unfilledReasons.map(value => ({ value: value as string, label: unfilledReasonTitles[value][lang] })),
    { value: 'rule', label: t('rule') },
  ]
  return (
    <ListPage
      id="attendance.unfilled"
      title={t('unfilledTitle')}
      counts={answer.data ? t('unfilledCount', { n: all.length }) : undefined}
      rows={rows}
      loading={current.isPending || answer.isLoading || broken.isLoading}
      error={failed ? <ProblemNote error={failed.error} onRetry={() => void failed.refetch()} /> : undefined}
      rowKey={row => row.key}
      rowName={row => `${row.post} ${row.who}`}
      columns={useColumns()}
      rowHeight={useFolded() ? 96 : 40}
      {...list.page}
      searchHint={t('unfilledSearch')}
      filters={[{ key: 'why', label: t('unfilledWhy'), options }]}
      empty={{
        sentence: t('unfilledEmpty'),
        example: t('unfilledExample'),
        action: { label: t('toDay'), onClick: () => go('/attendance') },
      }}
      onOpen={row => list.show(row.key)}
    >
      {open ? <UnfilledDrawer key={open.key} row={open} onClose={() => list.show(null)} /> : null}
    </ListPage>
  )
}

function UnfilledDrawer({ row, onClose }: { row: Line; onClose: () => void }) {
  const t = useWords(words)
  const may = useMay(replace)
  const { when, who, why } = useCells()
  const { seat } = row
  return (
    <DetailDrawer open onClose={onClose} title={row.post} subtitle={row.who || undefined}>
      <Facts
        facts={[
          { label: t('band'), value: when(row) },
          { label: t('unfilledWhy'), value: why(row) },
          { label: t('whose'), value: who(row) },
          ...(seat
            ? []
            : [
                {
                  label: t('proposal'),
                  value: row.proposals?.map(one => one.name).join(' ') || t('noProposal'),
                },
              ]),
        ]}
      />
      {seat && may ? <ReplaceSection row={{ ...seat, state: 'missing' }} onDone={onClose} /> : null}
      {seat ? null : (
        <p>
          <Link to="/roster/breaks" search={{ open: row.key } as never}>
            {t('toBreak')}
          </Link>
        </p>
      )}
    </DetailDrawer>
  )
}
