import { Button } from 'antd'
import { useAddress, useGo } from '../../../device/address.ts'
import { useAsk } from '../../../device/hooks.ts'
import { activity } from '../../../kernel/books/contracts.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { type Column, formatDayTime, ListPage, useLang, useList, useWords } from '../../../ui/index.ts'
import { accessWords } from './words.ts'

type Row = OutputOf<typeof activity>['rows'][number]
const verdicts = ['done', 'refused', 'held'] as const

export default function ActivityPage() {
  const t = useWords(accessWords)
  const { lang } = useLang()
  const go = useGo()
  const list = useList(useAddress(), { filters: ['verdict'] })
  const answer = useAsk(activity, { limit: 500, verdict: list.one('verdict', verdicts) })
  const { q } = list.state
  const title = (row: Row) => (lang === 'zh' ? row.titleZh : row.titleEn)
  const rows = (answer.data?.rows ?? []).filter(
    row => q === '' || `${title(row)} ${row.actor ?? ''} ${row.name}`.includes(q),
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
      render: row => t(row.verdict as (typeof verdicts)[number]),
    },
  ]
  return (
    <ListPage
      id="activity"
      title={t('activity')}
      actions={<Button onClick={() => go('/activity/as-of')}>{t('asOf')}</Button>}
      answer={answer}
      rows={rows}
      rowKey={row => row.id}
      columns={columns}
      {...list.page}
      filters={[
        {
          key: 'verdict',
          label: t('verdict'),
          single: true,
          options: verdicts.map(value => ({ value, label: t(value) })),
        },
      ]}
      empty={{ sentence: t('emptyActivity') }}
    />
  )
}
