// Swaps at the desk: those that wait for approval first, what is due soonest at the top.
import { useNavigate } from '@tanstack/react-router'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useClient } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { type Column, ListPage, Signal, useFolded, useLang, useList, useWords } from '../../../ui/index.ts'
import { swapKinds, swapKindTitles, swapOrders, swaps, swapStates, swapStateTitles } from '../contracts.ts'
import { DutyWords, LivedFrame, Moment } from './LivedFrame.tsx'
import { SwapDrawer } from './SwapDrawer.tsx'
import { swapWords } from './swap-words.ts'

export type SwapRow = OutputOf<typeof swaps>['rows'][number]

export default function SwapListPage() {
  return <LivedFrame>{operationId => <Swaps operationId={operationId} />}</LivedFrame>
}

export function SwapStateWord({ state }: { state: SwapRow['state'] }) {
  const { lang } = useLang()
  const kind = state === 'approved' ? 'green' : state === 'agreed' ? 'amber' : null
  return (
    <span className="sw-sign">
      {kind ? <Signal kind={kind} size={14} /> : null}
      {swapStateTitles[state][lang]}
    </span>
  )
}

function usePartnerWord() {
  const t = useWords(swapWords)
  return (row: SwapRow) => row.partner?.name ?? t('nobodyYet')
}

function useColumns(): Column<SwapRow>[] {
  const t = useWords(swapWords)
  const { lang } = useLang()
  const partner = usePartnerWord()
  const folded = useFolded()
  if (folded) {
    return [
      {
        key: 'asker',
        title: t('asker'),
        width: 240,
        narrow: true,
        render: row => (
          <span className="sw-two">
            <b>{row.asker.name}</b> {swapKindTitles[row.kind][lang]} {partner(row)}{' '}
            <SwapStateWord state={row.state} />
            <br />
            <DutyWords duty={row.given} />
          </span>
        ),
      },
    ]
  }
  const person = (one: SwapRow['partner']) =>
    one ? (
      <span className="sw-two">
        <b>{one.name}</b>
        <br />
        <span className="sw-small">{one.unitName}</span>
      </span>
    ) : (
      <span className="sw-small">{t('nobodyYet')}</span>
    )
  return [
    { key: 'asker', title: t('asker'), width: 120, render: row => person(row.asker) },
    { key: 'given', title: t('given'), width: 220, grow: 2, render: row => <DutyWords duty={row.given} /> },
    { key: 'kind', title: t('kind'), width: 80, grow: 0, render: row => swapKindTitles[row.kind][lang] },
    { key: 'partner', title: t('partner'), width: 120, render: row => person(row.partner) },
    {
      key: 'returned',
      title: t('returned'),
      width: 220,
      grow: 2,
      render: row => (row.returned ? <DutyWords duty={row.returned} /> : '—'),
    },
    {
      key: 'state',
      title: t('state'),
      width: 120,
      grow: 0,
      render: row => <SwapStateWord state={row.state} />,
    },
    { key: 'dueAt', title: t('due'), width: 136, grow: 0, render: row => <Moment at={row.dueAt} /> },
    { key: 'askedAt', title: t('askedAt'), width: 136, grow: 0, render: row => <Moment at={row.askedAt} /> },
  ]
}

function Swaps({ operationId }: { operationId: string }) {
  const t = useWords(swapWords)
  const { lang } = useLang()
  const navigate = useNavigate()
  const folded = useFolded()
  const client = useClient()
  const list = useList(useAddress(), { filters: ['state', 'kind'], orders: swapOrders })
  const asked = {
    operationId,
    ...list.asked,
    states: list.many('state', swapStates),
    kinds: list.many('kind', swapKinds),
  }
  const answer = useAsk(swaps, { ...asked, limit: 1_000 }, { refetchSeconds: 60 })
  return (
    <ListPage
      id="roster.swaps"
      title={t('deskTitle')}
      counts={answer.data ? t('count', { n: answer.data.total }) : undefined}
      answer={answer}
      rowKey={row => row.swapId}
      rowName={row => `${row.asker.name} ${swapKindTitles[row.kind][lang]}`}
      columns={useColumns()}
      rowHeight={folded ? 88 : 52}
      {...list.page}
      searchHint={t('searchDesk')}
      filters={[
        {
          key: 'state',
          label: t('state'),
          options: swapStates.map(value => ({ value, label: swapStateTitles[value][lang] })),
        },
        {
          key: 'kind',
          label: t('kind'),
          options: swapKinds.map(value => ({ value, label: swapKindTitles[value][lang] })),
        },
      ]}
      empty={{
        sentence: t('empty'),
        action: { label: t('toRoster'), onClick: () => void navigate({ to: '/roster' }) },
        example: t('emptyExample'),
      }}
      onOpen={row => list.show(row.swapId)}
      file={() => client.fileUrl('roster.exportSwaps', asked)}
    >
      {list.open ? <SwapDrawer swapId={list.open} onClose={() => list.show(null)} /> : null}
    </ListPage>
  )
}
