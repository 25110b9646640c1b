import { useAddress, useGo } from '../../../device/address.ts'
import { useAsk } from '../../../device/hooks.ts'
import { alerts } from '../../../kernel/books/contracts.ts'
import { type Role, roleTitles } from '../../../kernel/contract.ts'
import {
  type Column,
  EmptyState,
  formatDayTime,
  ListPage,
  listStateFromSearch,
  listStateToSearch,
  ProblemNote,
  Signal,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { type Alert, clockWords } from './AlertList.tsx'
import { reportWords } from './words.ts'

export default function AlertsPage() {
  const t = useWords(reportWords)
  const { lang } = useLang()
  const go = useGo()
  const [address, setAddress] = useAddress()
  const state = listStateFromSearch(address, ['severity'])
  const answer = useAsk(alerts, { limit: 5_000 }, { refetchSeconds: 60 })
  const now = Date.now()
  const title = (row: Alert) => (lang === 'zh' ? row.titleZh : row.titleEn)
  const rows = (answer.data?.rows ?? []).filter(
    row =>
      (state.q === '' || title(row).includes(state.q)) &&
      (!state.filters.severity?.length || state.filters.severity.includes(row.severity)),
  )
  const columns: Column<Alert>[] = [
    {
      key: 'severity',
      title: t('severity'),
      width: 80,
      grow: 0,
      narrow: true,
      render: row => (
        <>
          <Signal kind={row.severity} size={14} /> {t(row.severity)}
        </>
      ),
    },
    { key: 'what', title: t('what'), width: 320, grow: 3, narrow: true, render: title },
    {
      key: 'due',
      title: t('due'),
      width: 210,
      narrow: true,
      render: row => `${formatDayTime(row.dueAt, { lang })} · ${clockWords(row.dueAt, now, t)}`,
    },
    { key: 'raised', title: t('raised'), width: 150, render: row => formatDayTime(row.raisedAt, { lang }) },
    {
      key: 'owner',
      title: t('owner'),
      width: 150,
      render: row => roleTitles[row.ownerRole as Role]?.[lang] ?? row.ownerRole,
    },
  ]
  return (
    <ListPage
      id="alerts"
      title={t('alerts')}
      rows={rows}
      total={answer.data?.total}
      rowKey={row => row.alertId}
      columns={columns}
      value={state}
      onChange={next => setAddress(listStateToSearch(next))}
      filters={[
        {
          key: 'severity',
          label: t('severity'),
          options: (['red', 'amber'] as const).map(value => ({ value, label: t(value) })),
        },
      ]}
      loading={answer.isPending}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      empty={<EmptyState sentence={t('noAlerts')} />}
      onOpen={row => go(row.link)}
    />
  )
}
