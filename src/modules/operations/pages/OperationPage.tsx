import './duty.css'
import { Button } from 'antd'
import { useState } from 'react'
import { useAsk, useMay } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { EmptyState, Panel, ProblemNote, SkeletonPanel, useWords } from '../../../ui/index.ts'
import { currentOperation, levelHistory, openOperation, operationList, orderLevel } from '../contracts.ts'
import { LevelDrawer } from './LevelDrawer.tsx'
import { LevelNow } from './LevelNow.tsx'
import { Orders } from './Orders.tsx'
import { OperationCard, OperationDrawer, OperationList } from './OperationCard.tsx'
import { operationWords } from './words.ts'

export type Current = OutputOf<typeof currentOperation>
export type Operation = NonNullable<Current['operation']>
type Open = { what: 'order' } | { what: 'open' } | { what: 'change'; operation: Operation } | null

export default function OperationPage() {
  const t = useWords(operationWords)
  const current = useAsk(currentOperation, {}, { refetchSeconds: 60 })
  const list = useAsk(operationList, { limit: 200 })
  const operation = current.data?.operation ?? null
  const history = useAsk(
    levelHistory,
    { operationId: operation?.operationId ?? '', limit: 500 },
    { enabled: operation !== null },
  )
  const mayOpen = useMay(openOperation)
  const mayOrder = useMay(orderLevel)
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  if (current.error) return <ProblemNote error={current.error} onRetry={() => void current.refetch()} />
  if (!current.data) return <SkeletonPanel lines={12} />
  return (
    <div className={operation ? 'fx-duty' : 'fx-duty fx-duty-none'}>
      <div>
        <h1 className="fx-hidden">{t('operation')}</h1>
        {operation ? (
          <OperationCard operation={operation} onChange={() => setOpen({ what: 'change', operation })} />
        ) : (
          <Panel title={t('operation')}>
            <EmptyState
              sentence={t('noOperation')}
              action={mayOpen ? { label: t('open'), onClick: () => setOpen({ what: 'open' }) } : undefined}
              example={t('noOperationExample')}
            />
          </Panel>
        )}
        {operation ? <LevelNow current={current.data} /> : null}
        <OperationList
          rows={list.data?.rows ?? []}
          actions={
            mayOpen && operation ? (
              <Button size="small" onClick={() => setOpen({ what: 'open' })}>
                {t('open')}
              </Button>
            ) : null
          }
        />
      </div>
      {operation ? (
        <Orders
          rows={history.data?.rows ?? []}
          loading={history.isPending}
          error={history.error}
          onRetry={() => void history.refetch()}
          onOrder={mayOrder ? () => setOpen({ what: 'order' }) : undefined}
        />
      ) : null}
      {open?.what === 'order' && operation ? (
        <LevelDrawer current={current.data} operation={operation} onClose={close} />
      ) : null}
      {open?.what === 'open' ? <OperationDrawer today={current.data.dutyDay} onClose={close} /> : null}
      {open?.what === 'change' ? (
        <OperationDrawer today={current.data.dutyDay} operation={open.operation} onClose={close} />
      ) : null}
    </div>
  )
}
