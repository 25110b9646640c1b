import { useAddress } from '../../../device/address.ts'
import { useAsk } from '../../../device/hooks.ts'
import { activity } from '../../../kernel/books/contracts.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  EmptyState,
  formatDayTime,
  ListPage,
  listStateFromSearch,
  listStateToSearch,
  ProblemNote,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { accessWords } from './words.ts'

type Row = OutputOf<typeof activity>['rows'][number]
type VerdictWord = 'done' | 'refused' | 'held'

export default function ActivityPage() {
  const t = useWords(accessWords)
  const { lang } = useLang()
  const [address, setAddress] = useAddress()
  const state = listStateFromSearch(address, ['verdict'])
  const verdict = state.filters.verdict?.[0] as VerdictWord | undefined
  const answer = useAsk(activity, { limit: 500, ...(verdict ? { verdict } : {}) })
  const title = (row: Row) => (lang === 'zh' ? row.titleZh : row.titleEn)
  const rows = (answer.data?.rows ?? []).filter(
    row => state.q === '' || `${title(row)} ${row.actor ?? ''} ${row.name}`.includes(state.q),
  )
  const columns: Column<Row>[] = [
    { key: 'seq', title: t('number'), width: 80, grow: 0, align: 'end', render: row => row.seq },
    {
      key: 'at',
      title: t('when'),
      width: 160,
      grow: 0,
      narrow: true,
      render: row => formatDayTime(row.receivedAt, { lang }),
    },
    { key: 'who', title: t('who'), width: 120, narrow: true, render: row => row.actor ?? t('system') },
    { key: 'what', title: t('what'), width: 240, grow: 2, narrow: true, render: title },
    {
      key: 'verdict',
      title: t('verdict'),
      width: 100,
      grow: 0,
      render: row => t(row.verdict as VerdictWord),
    },
  ]
  return (
    <ListPage
      id="activity"
      title={t('activity')}
      rows={rows}
      rowKey={row => row.id}
      columns={columns}
      value={state}
      onChange={next => setAddress(listStateToSearch(next))}
      filters={[
        {
          key: 'verdict',
          label: t('verdict'),
          single: true,
          options: (['done', 'refused', 'held'] as const).map(value => ({ value, label: t(value) })),
        },
      ]}
      loading={answer.isPending}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      empty={<EmptyState sentence={t('emptyActivity')} />}
    />
  )
}
