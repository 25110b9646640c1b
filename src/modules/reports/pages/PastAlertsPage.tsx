// Alerts of the past: how long each stood, and who did something about it.
import './situation.css'
import './alerts.css'
import { Button } from 'antd'
import { useAddress, useGo } from '../../../device/address.ts'
import { useAsk, useClient, useServerNow, useSession } from '../../../device/hooks.ts'
import { ownerRoles, pastAlerts, pastOrders, severities } from '../../../kernel/books/contracts.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { addDays, dutyDayOf } from '../../../kernel/time.ts'
import {
  type Column,
  type FilterDef,
  ListPage,
  useFolded,
  useLang,
  useList,
  useWords,
} from '../../../ui/index.ts'
import {
  OpenAlert,
  SeverityWord,
  useAlertFilters,
  useFoldedColumns,
  watchesAsked,
  What,
} from './AlertsPage.tsx'
import { At, ownerWords, stretchWords, titleOf } from './alert-texts.tsx'
import { alertWords } from './alert-words.ts'

type Past = OutputOf<typeof pastAlerts>['rows'][number]
const foldedRow = 84
const spans = ['today', 'yesterday', 'week'] as const

function useColumns(): Column<Past>[] {
  const t = useWords(alertWords)
  const { lang } = useLang()
  const narrow = useFoldedColumns(row => (row.clearedAt ? <At instant={row.clearedAt} /> : null))
  const stood: Column<Past> = {
    key: 'stood',
    title: t('stood'),
    width: 112,
    grow: 0,
    narrow: true,
    render: row => stretchWords(t, row.stoodMinutes),
  }
  if (useFolded()) return [...(narrow as Column<Past>[]), { ...stood, width: 96, align: 'end' }]
  return [
    {
      key: 'severity',
      title: t('severity'),
      width: 88,
      grow: 0,
      render: row => <SeverityWord row={row} />,
    },
    { key: 'what', title: t('what'), width: 300, grow: 3, render: row => <What row={row} /> },
    stood,
    {
      key: 'raisedAt',
      title: t('raised'),
      width: 132,
      grow: 0,
      render: row => <At instant={row.raisedAt} />,
    },
    {
      key: 'clearedAt',
      title: t('cleared'),
      width: 132,
      grow: 0,
      render: row => (row.clearedAt ? <At instant={row.clearedAt} /> : null),
    },
    { key: 'owner', title: t('owner'), width: 180, render: row => ownerWords(row, lang) },
    { key: 'handledBy', title: t('handledBy'), width: 112, render: row => row.handledBy ?? t('byItself') },
  ]
}

function useFilters(): FilterDef[] {
  const t = useWords(alertWords)
  return [
    { key: 'only', label: t('only'), single: true, options: [{ value: 'mine', label: t('mineDone') }] },
    {
      key: 'day',
      label: t('day'),
      single: true,
      options: spans.map(value => ({ value, label: t(value) })),
    },
    ...useAlertFilters(),
  ]
}

export default function PastAlertsPage() {
  const t = useWords(alertWords)
  const go = useGo()
  const client = useClient()
  const { agency } = useSession()
  const now = useServerNow()
  const list = useList(useAddress(), {
    filters: ['only', 'day', 'severity', 'watch', 'owner'],
    orders: pastOrders,
  })
  const today = dutyDayOf(agency, new Date(now).toISOString())
  const span = list.one('day', spans)
  const last = { today: [0, 0], yesterday: [-1, -1], week: [-6, 0] } as const
  const days = span ? { from: addDays(today, last[span][0]), until: addDays(today, last[span][1]) } : {}
  const asked = {
    ...list.asked,
    ...days,
    severities: list.many('severity', severities),
    owners: list.many('owner', ownerRoles),
    watches: watchesAsked(list.state.filters.watch),
    mine: list.one('only', ['mine']) ? true : undefined,
  }
  const answer = useAsk(pastAlerts, { ...asked, limit: 1_000 })
  return (
    <ListPage
      id="alerts-past"
      title={t('pastTitle')}
      counts={answer.data?.total ? t('countsPast', { n: answer.data.total }) : undefined}
      answer={answer}
      rowKey={row => row.alertId}
      rowName={row => titleOf(row, 'zh')}
      columns={useColumns()}
      rowHeight={useFolded() ? foldedRow : 48}
      {...list.page}
      searchHint={t('searchHint')}
      filters={useFilters()}
      actions={<Button onClick={() => go('/alerts')}>{t('toOpen')}</Button>}
      empty={{ sentence: t('emptyPast') }}
      onOpen={row => list.show(row.alertId)}
      file={() => client.fileUrl('reports.exportPastAlerts', asked)}
    >
      <OpenAlert rows={answer.data?.rows ?? []} open={list.open} show={list.show} />
    </ListPage>
  )
}
