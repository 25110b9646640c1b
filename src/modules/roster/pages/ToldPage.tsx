// Who has acknowledged the published roster, and who has yet to be told.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useAsk, useDo, useMay, useServerNow, useSession } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  EmptyState,
  ListPage,
  type ListState,
  listStateFromSearch,
  listStateToSearch,
  ProblemNote,
  Signal,
  useFormat,
  useWords,
} from '../../../ui/index.ts'
import { unitSubtreeOf } from './units-below.ts'
import { units } from '../../people/contracts.ts'
import { acknowledgements, chase } from '../contracts.ts'
import { LivedFrame } from './LivedFrame.tsx'
import { kindWord } from './skill-marks.ts'
import { toldWords } from './told-words.ts'
import { rosterWords } from './words.ts'

const words = { ...rosterWords, ...toldWords }

/** As the watch counts: so near, who has not acknowledged is told of. */
const warnHours = 12

type Row = OutputOf<typeof acknowledgements>['rows'][number]

function useToldColumns(names: ReadonlyMap<string, string>): Column<Row>[] {
  const t = useWords(words)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const now = useServerNow()
  return useMemo(
    () => [
      { key: 'name', title: t('name'), width: 96, narrow: true, render: row => <b>{row.name}</b> },
      { key: 'badge', title: t('badge'), width: 96, render: row => row.badge },
      { key: 'kind', title: t('kind'), width: 80, render: row => kindWord(t, row.kind) },
      { key: 'unit', title: t('homeUnit'), width: 120, render: row => names.get(row.unitId) ?? '' },
      {
        key: 'next',
        title: t('nextShift'),
        width: 150,
        narrow: true,
        render: row => <time dateTime={row.next}>{`${format.day(row.next)} ${format.time(row.next)}`}</time>,
      },
      {
        key: 'left',
        title: t('left'),
        width: 104,
        render: row => {
          if (row.at) return '—'
          const hours = Math.max(0, Math.floor((Date.parse(row.next) - now) / 3_600_000))
          return (
            <span className="sw-sign">
              {hours < warnHours ? <Signal kind="amber" size={14} /> : null}
              {hours < 48 ? t('leftHours', { n: hours }) : t('leftDays', { n: Math.floor(hours / 24) })}
            </span>
          )
        },
      },
      {
        key: 'chased',
        title: t('chased'),
        width: 136,
        render: row => (row.chasedAt ? `${t('times', { n: row.chased })} ${format.time(row.chasedAt)}` : '—'),
      },
      { key: 'post', title: t('post'), width: 180, render: row => row.postName },
      {
        key: 'at',
        title: t('acknowledged'),
        width: 150,
        narrow: true,
        render: row =>
          row.at ? (
            <span>
              <Signal kind="green" size={14} /> {format.day(row.at, { weekday: false })} {format.time(row.at)}
            </span>
          ) : (
            <span>
              <Signal kind="amber" size={14} /> {t('notYet')}
            </span>
          ),
      },
    ],
    [t, format, names, now],
  )
}

export default function ToldPage() {
  return <LivedFrame>{operationId => <Told operationId={operationId} />}</LivedFrame>
}

/** What is done with the chosen ones; those chased within the hour are passed over. */
function Chase({ operationId, rows, onDone }: { operationId: string; rows: Row[]; onDone: () => void }) {
  const t = useWords(words)
  const command = useDo(chase)
  const waiting = rows.filter(row => row.at === null)
  const officerIds = waiting.map(row => row.officerId)
  return (
    <>
      {command.error ? <ProblemNote error={command.error} /> : null}
      <Button
        type="primary"
        disabled={waiting.length === 0}
        loading={command.isPending}
        onClick={() => command.mutate({ operationId, officerIds }, { onSuccess: onDone })}
      >
        {t('chase', { n: waiting.length })}
      </Button>
    </>
  )
}

function Told({ operationId }: { operationId: string }) {
  const t = useWords(words)
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Record<string, string>
  const value = listStateFromSearch(search, ['pending', 'unit'])
  const mayChase = useMay(chase)
  const pending = value.filters.pending?.includes('yes') ?? false
  const found = useAsk(acknowledgements, { operationId, pending, limit: 5_000 }, { refetchSeconds: 60 })
  const tree = useAsk(units, {})
  const names = useMemo(
    () => new Map((tree.data?.rows ?? []).map(unit => [unit.unitId, unit.shortName])),
    [tree.data],
  )
  const columns = useToldColumns(names)
  const below = unitSubtreeOf(tree.data?.rows ?? [], value.filters.unit ?? [])
  const rows = (found.data?.rows ?? []).filter(
    row =>
      (below.size === 0 || below.has(row.unitId)) &&
      (value.q === '' || `${row.name} ${row.badge} ${row.postName}`.includes(value.q)),
  )
  const change = (next: ListState) =>
    void navigate({ to: '/roster/told', search: listStateToSearch(next) as never, replace: true })
  const done = found.data?.acknowledged ?? 0
  const { error } = found
  return (
    <ListPage
      id="roster.told"
      title={t('toldTitle')}
      counts={found.data && !pending ? t('toldCounts', { a: done, b: found.data.total - done }) : null}
      rows={rows}
      rowKey={row => row.officerId}
      rowName={row => row.name}
      columns={columns}
      bulk={
        mayChase
          ? (selected, clear) => <Chase operationId={operationId} rows={selected} onDone={clear} />
          : undefined
      }
      value={value}
      onChange={change}
      searchHint={t('search')}
      filters={[
        {
          key: 'pending',
          label: t('state'),
          single: true,
          options: [{ value: 'yes', label: t('pendingOnly') }],
        },
        {
          key: 'unit',
          label: t('homeUnit'),
          options: (tree.data?.rows ?? []).map(unit => ({ value: unit.unitId, label: unit.shortName })),
        },
      ]}
      loading={found.isLoading}
      error={error ? <ProblemNote error={error} onRetry={() => void found.refetch()} /> : undefined}
      empty={
        <EmptyState
          sentence={t('toldEmpty')}
          action={{ label: t('toRoster'), onClick: () => void navigate({ to: '/roster' }) }}
          example={t('toldExample')}
        />
      }
    />
  )
}
