// Published duties that a rule forbids by now, each with who could take it, and all put right with one click.
import { Button } from 'antd'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useDo, useMay, useServerNow } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  ListPage,
  ProblemNote,
  Signal,
  useConfirm,
  useFolded,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import { breaks, repair } from '../contracts.ts'
import { BreakDrawer } from './BreakDrawer.tsx'
import { breakWords } from './break-words.ts'
import { DutyWords, LivedFrame, OfficerWords } from './LivedFrame.tsx'

export type BreakRow = OutputOf<typeof breaks>['rows'][number]
export type FillOne = (row: BreakRow, officerId: string) => void

export default function BreaksPage() {
  return <LivedFrame>{operationId => <Breaks operationId={operationId} />}</LivedFrame>
}

/** How long until it begins; amber within a day, since somebody has to be told. */
function LeftWord({ begins }: { begins: string }) {
  const t = useWords(breakWords)
  const now = useServerNow()
  const hours = Math.max(0, Math.floor((Date.parse(begins) - now) / 3_600_000))
  const kind = hours < 4 ? 'red' : hours < 24 ? 'amber' : null
  return (
    <span className="sw-sign">
      {kind ? <Signal kind={kind} size={14} /> : null}
      {hours < 48 ? t('hours', { n: hours }) : t('days', { n: Math.floor(hours / 24) })}
    </span>
  )
}

function WhyWord({ row }: { row: BreakRow }) {
  const { lang } = useLang()
  return (
    <span className="sw-two">
      {row.broken[lang]} <span className="sw-small">{row.broken.rule}</span>
    </span>
  )
}

interface ColumnsOptions {
  onFill: FillOne | null
  busy: boolean
}

function useColumns({ onFill, busy }: ColumnsOptions): Column<BreakRow>[] {
  const t = useWords(breakWords)
  const folded = useFolded()
  const proposal = (row: BreakRow) => {
    const one = row.together ?? row.proposals[0]
    if (!one) return <span className="sw-small">{t('nobody')}</span>
    return (
      <span className="sw-sign">
        <b>{one.name}</b> <span className="sw-small">{one.unitName}</span>
        {onFill ? (
          <Button
            size="small"
            disabled={busy}
            aria-label={`${t('fill')} ${row.name} ${one.name}`}
            onClick={event => {
              event.stopPropagation()
              onFill(row, one.officerId)
            }}
          >
            {t('fill')}
          </Button>
        ) : null}
      </span>
    )
  }
  if (folded) {
    return [
      {
        key: 'officer',
        title: t('officer'),
        width: 240,
        narrow: true,
        render: row => (
          <span className="sw-two">
            <b>{row.name}</b> <WhyWord row={row} />
            <DutyWords duty={row.duty} />
            {proposal(row)}
          </span>
        ),
      },
    ]
  }
  return [
    {
      key: 'officer',
      title: t('officer'),
      width: 120,
      render: row => <OfficerWords officer={row} />,
    },
    { key: 'duty', title: t('duty'), width: 240, grow: 2, render: row => <DutyWords duty={row.duty} /> },
    { key: 'why', title: t('why'), width: 220, grow: 2, render: row => <WhyWord row={row} /> },
    {
      key: 'left',
      title: t('left'),
      width: 112,
      grow: 0,
      render: row => <LeftWord begins={row.duty.begins} />,
    },
    { key: 'proposal', title: t('proposal'), width: 240, grow: 1, render: proposal },
  ]
}

interface Filling {
  row: BreakRow
  officerId: string
  name: string
}

/** Asks first, with every duty that would change hands, then publishes. */
function useFill(operationId: string, onDone: () => void) {
  const t = useWords(breakWords)
  const command = useDo(repair)
  const [ask, question] = useConfirm()
  const [version, setVersion] = useState<number | null>(null)
  const fill = async (some: Filling[], left: number) => {
    const what = (
      <ul className="sw-broken">
        {some.slice(0, 12).map(one => (
          <li key={one.row.duty.assignmentId}>
            <b>{t('arrow', { from: one.row.name, to: one.name })}</b> <DutyWords duty={one.row.duty} />
          </li>
        ))}
      </ul>
    )
    const then = left > 0 ? `${t('fillThen')}${t('fillLeft', { n: left })}` : t('fillThen')
    const count = some.length > 1 ? { count: some.length } : {}
    if (!(await ask({ title: t('fillAllAsk'), ...count, what, then, ok: t('fillOk') }))) return
    const repairs = some.map(one => ({ assignmentId: one.row.duty.assignmentId, officerId: one.officerId }))
    const done = await command.mutateAsync({ operationId, repairs })
    setVersion(done.version)
    onDone()
  }
  const note = command.error ? (
    <ProblemNote error={command.error} safe="kept" />
  ) : version !== null ? (
    <p className="sw-done" role="status">
      <Signal kind="green" size={14} /> {t('filled', { n: version })}
    </p>
  ) : undefined
  return {
    // What went wrong stands in the note.
    fill: (some: Filling[], left: number) => void fill(some, left).catch(() => undefined),
    busy: command.isPending,
    note,
    question,
  }
}

/** Each officer once, as a choice. */
const officersOf = (rows: readonly BreakRow[]) =>
  [...new Map(rows.map(row => [row.officerId, row.name]))].map(([value, label]) => ({ value, label }))

const filled = (row: BreakRow, { officerId, name }: { officerId: string; name: string }): Filling => ({
  row,
  officerId,
  name,
})

function Breaks({ operationId }: { operationId: string }) {
  const t = useWords(breakWords)
  const navigate = useNavigate()
  const folded = useFolded()
  const may = useMay(repair)
  const list = useList(useAddress(), { filters: ['officer'] })
  const answer = useAsk(breaks, { operationId }, { refetchSeconds: 120 })
  const { fill, busy, note, question } = useFill(operationId, () => list.show(null))
  const all = answer.data?.rows ?? []
  const [officer, q] = [list.id('officer'), list.state.q]
  const rows = all.filter(
    row =>
      (officer === undefined || row.officerId === officer) &&
      (q === '' || `${row.name} ${row.unitName} ${row.duty.postName}`.includes(q)),
  )
  const onFill: FillOne = (row, officerId) => {
    const found = [...row.proposals, ...(row.together ? [row.together] : [])]
    const one = found.find(other => other.officerId === officerId)
    if (one) fill([filled(row, one)], 0)
  }
  const together = rows.flatMap(row => (row.together ? [filled(row, row.together)] : []))
  const open = all.find(row => row.duty.assignmentId === list.open)
  const { error } = answer
  const first = {
    label: t('fillAll', { n: together.length }),
    onClick: () => fill(together, rows.length - together.length),
  }
  return (
    <ListPage
      id="roster.breaks"
      title={t('title')}
      counts={answer.data ? t('count', { n: all.length }) : undefined}
      rows={rows}
      loading={answer.isPending}
      error={error ? <ProblemNote error={error} onRetry={() => void answer.refetch()} /> : undefined}
      rowKey={row => row.duty.assignmentId}
      rowName={row => `${row.name} ${row.duty.postName}`}
      columns={useColumns({ onFill: may ? onFill : null, busy })}
      rowHeight={folded ? 120 : 52}
      {...list.page}
      searchHint={t('search')}
      filters={[{ key: 'officer', label: t('officer'), single: true, options: officersOf(all) }]}
      first={may && together.length > 0 ? first : undefined}
      above={note}
      empty={{
        sentence: t('empty'),
        action: { label: t('toRoster'), onClick: () => void navigate({ to: '/roster' }) },
        example: t('emptyExample'),
      }}
      onOpen={row => list.show(row.duty.assignmentId)}
    >
      {open ? (
        <BreakDrawer row={open} busy={busy} onFill={may ? onFill : null} onClose={() => list.show(null)} />
      ) : null}
      {question}
    </ListPage>
  )
}
