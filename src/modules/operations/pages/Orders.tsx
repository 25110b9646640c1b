import { Button } from 'antd'
import { useState } from 'react'
import { useDo, useMay, useSession } from '../../../device/hooks.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  DetailDrawer,
  EmptyState,
  Field,
  FieldForm,
  formatDayTime,
  Panel,
  ProblemNote,
  RecordHistory,
  SkeletonPanel,
  TextArea,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { endLevel, type levelHistory } from '../contracts.ts'
import { operationWords, scopeName } from './words.ts'

type Level = OutputOf<typeof levelHistory>['rows'][number]

export type OrdersProps = {
  rows: Level[]
  loading: boolean
  error: unknown
  onRetry: () => void
  onOrder?: () => void
}

/** Every order of the operation, the newest first, with what became of it. */
export function Orders({ rows, loading, error, onRetry, onOrder }: OrdersProps) {
  const t = useWords(operationWords)
  const [ending, setEnding] = useState<Level | null>(null)
  return (
    <Panel
      fill
      title={t('history')}
      note={rows.length > 0 ? t('historyNote', { n: rows.length }) : undefined}
      actions={
        onOrder && rows.length > 0 ? (
          <Button type="primary" size="small" onClick={onOrder}>
            {t('order')}
          </Button>
        ) : null
      }
    >
      {error ? <ProblemNote error={error} onRetry={onRetry} /> : null}
      {loading ? <SkeletonPanel lines={8} /> : null}
      {!loading && !error && rows.length === 0 ? (
        <EmptyState
          sentence={t('levelNone')}
          action={onOrder ? { label: t('order'), onClick: onOrder } : undefined}
          example={t('levelExample')}
        />
      ) : null}
      <ol className="fx-duty-orders">
        {rows.map(level => (
          <OrderRow key={level.levelId} level={level} onEnd={() => setEnding(level)} />
        ))}
      </ol>
      {ending ? <EndDrawer level={ending} onClose={() => setEnding(null)} /> : null}
    </Panel>
  )
}

function OrderRow({ level, onEnd }: { level: Level; onEnd: () => void }) {
  const t = useWords(operationWords)
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  const mayEnd = useMay(endLevel)
  const at = (instant: string) => formatDayTime(instant, { lang, timeZone })
  const until = level.endedAt ?? level.fallsBackAt
  const open = level.state === 'inForce' || level.state === 'ahead'
  return (
    <li>
      <span className="fx-duty-orders-name">{t(`level${level.level}` as 'level1')}</span>
      <div>
        <p>
          {level.orderNumber} · {scopeName(level.scopeText, t)} · {t('by', { who: level.orderedBy })}
        </p>
        <p>{level.reason}</p>
        <p className="fx-duty-note fx-date">
          {at(level.beginsAt)} — {at(until)}
          {level.state === 'replaced'
            ? ''
            : ` · ${t('fallsBackLevel', { level: t(`level${level.fallsBackTo}` as 'level1') })}`}
        </p>
      </div>
      <div className="fx-duty-orders-side">
        <span>{t(level.state)}</span>
        {open && mayEnd ? (
          <Button size="small" onClick={onEnd}>
            {level.state === 'ahead' ? t('withdrawLevel') : t('endLevel')}
          </Button>
        ) : null}
      </div>
    </li>
  )
}

function EndDrawer({ level, onClose }: { level: Level; onClose: () => void }) {
  const t = useWords(operationWords)
  const end = useDo(endLevel)
  const [reason, setReason] = useState('')
  const past = useRecordHistory({ table: 'duty_level', rowId: level.levelId })
  const ahead = level.state === 'ahead'
  const to = t(`level${level.fallsBackTo}` as 'level1')
  const submit = () => end.mutate({ levelId: level.levelId, reason: reason.trim() }, { onSuccess: onClose })
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={ahead ? t('withdrawTitle') : t('endLevelTitle', { level: to })}
      subtitle={level.orderNumber}
      footEnd={
        <Button type="primary" disabled={reason.trim() === ''} loading={end.isPending} onClick={submit}>
          {ahead ? t('withdrawTitle') : t('endLevelTitle', { level: to })}
        </Button>
      }
    >
      <FieldForm
        onSubmit={reason.trim() === '' ? undefined : submit}
        error={end.error ? <ProblemNote error={end.error} safe="kept" /> : undefined}
      >
        <Field label={t('reason')} required>
          <TextArea value={reason} maxLength={500} onChange={setReason} />
        </Field>
      </FieldForm>
      <RecordHistory {...past} />
    </DetailDrawer>
  )
}
