// Who has acknowledged the published roster, and who has yet to be told.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useAsk, useSession } from '../../../device/hooks.ts'
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
import { currentOperation } from '../../operations/contracts.ts'
import { unitSubtreeOf } from './units-below.ts'
import { units } from '../../people/contracts.ts'
import { acknowledgements } from '../contracts.ts'
import { kindWord } from './skill-marks.ts'
import { rosterWords } from './words.ts'

type Row = OutputOf<typeof acknowledgements>['rows'][number]

function useToldColumns(names: ReadonlyMap<string, string>): Column<Row>[] {
  const t = useWords(rosterWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
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
    [t, format, names],
  )
}

export default function ToldPage() {
  const t = useWords(rosterWords)
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Record<string, string>
  const value = listStateFromSearch(search, ['pending', 'unit'])
  const current = useAsk(currentOperation, {})
  const operationId = current.data?.operation?.operationId ?? ''
  const pending = value.filters.pending?.includes('yes') ?? false
  const found = useAsk(
    acknowledgements,
    { operationId, pending, limit: 5_000 },
    { enabled: operationId !== '' },
  )
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
  const error = current.error ?? found.error
  return (
    <ListPage
      id="roster.told"
      title={t('toldTitle')}
      counts={found.data && !pending ? t('toldCounts', { a: done, b: found.data.total - done }) : null}
      rows={rows}
      rowKey={row => row.officerId}
      columns={columns}
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
      loading={current.isPending || found.isLoading}
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
