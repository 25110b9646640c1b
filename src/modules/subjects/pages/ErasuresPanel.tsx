import { Button, Input } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  Confirm,
  EmptyState,
  formatDayTime,
  Panel,
  ProblemNote,
  SkeletonPanel,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { erasuresList, eraseSubjects, keepSubject, subjectKindWords } from '../contracts.ts'
import { subjectsWords } from './words.ts'

type Row = OutputOf<typeof erasuresList>['rows'][number]

/** As many as one approval takes. */
const shown = 500

export function ErasuresPanel() {
  const t = useWords(subjectsWords)
  const answer = useAsk(erasuresList, { limit: shown })
  const [asking, setAsking] = useState<string[] | null>(null)
  const erase = useDo(eraseSubjects)
  const rows = answer.data?.rows ?? []
  const expired = rows.filter(row => row.proposedBy === null).map(row => row.subjectId)
  return (
    <Panel
      title={t('erasures')}
      note={t('erasuresNote')}
      padded
      actions={
        expired.length > 1 ? (
          <Button size="small" onClick={() => setAsking(expired)}>
            {t('approveAll', { n: expired.length })}
          </Button>
        ) : undefined
      }
    >
      {answer.isPending ? <SkeletonPanel lines={2} /> : null}
      {answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {erase.error ? <ProblemNote error={erase.error} /> : null}
      {answer.data && rows.length === 0 ? <EmptyState sentence={t('noErasures')} /> : null}
      <ul className="sub-list">
        {rows.map(row => (
          <ErasureRow key={row.subjectId} row={row} onApprove={() => setAsking([row.subjectId])} />
        ))}
      </ul>
      <Confirm
        open={asking !== null}
        busy={erase.isPending}
        title={t('approveAsk')}
        count={asking?.length ?? 0}
        unit={t('subjectsUnit')}
        then={t('approveThen')}
        ok={t('approve')}
        danger
        onCancel={() => setAsking(null)}
        onOk={() => {
          erase.mutate({ subjectIds: asking ?? [] })
          setAsking(null)
        }}
      />
    </Panel>
  )
}

function ErasureRow({ row, onApprove }: { row: Row; onApprove: () => void }) {
  const t = useWords(subjectsWords)
  const { lang } = useLang()
  const keep = useDo(keepSubject)
  const [reason, setReason] = useState('')
  const at = formatDayTime(row.proposedAt, { lang })
  const by =
    row.proposedBy === null ? t('proposedByClock', { at }) : t('proposedBy', { name: row.proposedBy, at })
  return (
    <li>
      <span>
        <b>{subjectKindWords[row.kind][lang]}</b> · {row.reason || t('byClock')} · {by}
        <br />
        <code>{row.subjectId}</code>
      </span>
      <span className="sub-acts">
        <Input
          className="sub-reason"
          aria-label={`${t('keep')} · ${t('reason')}`}
          placeholder={t('reason')}
          maxLength={500}
          value={reason}
          onChange={event => setReason(event.target.value)}
        />
        <Button
          disabled={reason.trim().length < 2}
          loading={keep.isPending}
          onClick={() => keep.mutate({ subjectId: row.subjectId, reason })}
        >
          {t('keep')}
        </Button>
        {row.own ? (
          <span>{t('ownWaits')}</span>
        ) : (
          <Button danger onClick={onApprove}>
            {t('approve')}
          </Button>
        )}
      </span>
      {keep.error ? <ProblemNote error={keep.error} safe="kept" /> : null}
    </li>
  )
}
