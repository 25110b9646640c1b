// Every measure over a span of duty days, and the records behind each.
import './figures.css'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient } from '../../../device/hooks.ts'
import { type Both, type CountUnit, countUnits, type Problem } from '../../../kernel/contract.ts'
import {
  type Column,
  DetailDrawer,
  EmptyState,
  Figure,
  formatNumber,
  ListPage,
  listStateFromSearch,
  listStateToSearch,
  ProblemNote,
  useFolded,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { RecordTable } from './RecordTable.tsx'
import { reportWords } from './words.ts'

interface MeasureRow {
  key: string
  title: Both
  unit: CountUnit
  records: string
  value?: number
}

function useFigures(from: string, until: string) {
  const client = useClient()
  return useQuery<MeasureRow[], Problem>({
    queryKey: ['figures', from, until],
    enabled: from !== '' && until !== '',
    queryFn: async ({ signal }) => {
      const list = await client.get<{ rows: MeasureRow[] }>('/api/measures', signal)
      const span = `from=${from}&until=${until}`
      return Promise.all(
        list.rows.map(async row => {
          const figure = await client.get<{ value: number }>(`/api/measures/${row.key}?${span}`, signal)
          return { ...row, value: figure.value }
        }),
      )
    },
  })
}

export default function FiguresPage() {
  const t = useWords(reportWords)
  const { lang } = useLang()
  const [address, setAddress] = useAddress()
  const state = listStateFromSearch(address, [])
  const current = useAsk(currentOperation, {})
  const from = address.from ?? current.data?.operation?.beginsOn ?? current.data?.dutyDay ?? ''
  const until = address.until ?? current.data?.dutyDay ?? ''
  const figures = useFigures(from, until < from ? from : until)
  const [shown, setShown] = useState<MeasureRow | null>(null)
  const folded = useFolded()
  const rows = (figures.data ?? []).filter(
    row =>
      state.q === '' ||
      `${row.title.zh} ${row.title.en} ${row.key}`.toLowerCase().includes(state.q.toLowerCase()),
  )
  const columns: Column<MeasureRow>[] = [
    {
      key: 'measure',
      title: t('measure'),
      width: folded ? 200 : 400,
      grow: folded ? 1 : 0,
      narrow: true,
      render: row => <span className={folded ? 'figures-two' : undefined}>{row.title[lang]}</span>,
    },
    {
      key: 'value',
      title: t('value'),
      width: folded ? 116 : 140,
      grow: 0,
      align: 'end',
      narrow: true,
      render: row => <Figure value={row.value ?? 0} unit={countUnits[row.unit][lang]} />,
    },
    {
      key: 'key',
      title: t('key'),
      width: 220,
      render: row => <code className="figures-key">{row.key}</code>,
    },
  ]
  const set = (name: 'from' | 'until') => (day: string) => setAddress({ ...address, [name]: day })
  return (
    <ListPage
      id="figures"
      title={t('figuresPage')}
      counts={t('figuresNote')}
      rows={rows}
      rowKey={row => row.key}
      columns={columns}
      rowHeight={folded ? 48 : undefined}
      value={state}
      onChange={next => setAddress({ from, until, ...listStateToSearch(next) })}
      above={<SpanFields from={from} until={until} onFrom={set('from')} onUntil={set('until')} />}
      loading={figures.isPending}
      error={
        figures.error ? (
          <ProblemNote error={figures.error} onRetry={() => void figures.refetch()} />
        ) : undefined
      }
      empty={<EmptyState sentence={t('noMeasures')} />}
      onOpen={setShown}
      openKey={shown?.key}
    >
      {shown ? <Records measure={shown} from={from} until={until} onClose={() => setShown(null)} /> : null}
    </ListPage>
  )
}

function SpanFields(props: {
  from: string
  until: string
  onFrom: (day: string) => void
  onUntil: (day: string) => void
}) {
  const t = useWords(reportWords)
  return (
    <div className="figures-span">
      <label>
        {t('from')}{' '}
        <Input type="date" value={props.from} onChange={event => props.onFrom(event.target.value)} />
      </label>
      <label>
        {t('to')}{' '}
        <Input type="date" value={props.until} onChange={event => props.onUntil(event.target.value)} />
      </label>
    </div>
  )
}

function Records(props: { measure: MeasureRow; from: string; until: string; onClose: () => void }) {
  const { measure, from, until, onClose } = props
  const t = useWords(reportWords)
  const { lang } = useLang()
  const client = useClient()
  const answer = useQuery<{ answer: unknown }, Problem>({
    queryKey: ['records', measure.key, from, until],
    queryFn: ({ signal }) =>
      client.get(`/api/measures/${measure.key}/records?from=${from}&until=${until}`, signal),
  })
  return (
    <DetailDrawer
      open
      width={800}
      onClose={onClose}
      title={t('recordsOf', { title: measure.title[lang] })}
      subtitle={`${formatNumber(measure.value ?? 0)} ${countUnits[measure.unit][lang]}`}
      loading={answer.isPending}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
    >
      <RecordTable answer={answer.data?.answer} query={measure.records} />
    </DetailDrawer>
  )
}
