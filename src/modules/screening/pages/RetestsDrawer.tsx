// Single re-tests that are open: whose, by when; who is not found or was handed over is closed here.
import { Button } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../kernel/contract.ts'
import { useAsk, useDo, useMay, useSession } from '../../../device/hooks.ts'
import {
  DetailDrawer,
  EmptyState,
  ProblemNote,
  Signal,
  TextInput,
  useFormat,
  useWords,
} from '../../../ui/index.ts'
import { closeRetest, retests } from '../contracts.ts'
import { screeningWords } from './words.ts'

export function RetestsDrawer({ onClose }: { onClose: () => void }) {
  const t = useWords(screeningWords)
  const found = useAsk(retests, { open: true, limit: 500 }, { refetchSeconds: 60 })
  const close = useDo(closeRetest)
  const may = useMay(closeRetest)
  const [note, setNote] = useState('')
  const rows = found.data?.rows ?? []
  const end = (retestId: string, outcome: 'notFound' | 'handedOver') =>
    close.mutate({ retestId, outcome, note: note.trim() }, { onSuccess: () => setNote('') })
  const error = found.error ? (
    <ProblemNote error={found.error} onRetry={() => void found.refetch()} />
  ) : undefined
  return (
    <DetailDrawer
      open
      width={800}
      title={t('retests')}
      loading={found.isPending}
      error={error}
      onClose={onClose}
    >
      {close.error ? <ProblemNote error={close.error} safe="kept" /> : null}
      {rows.length === 0 ? <EmptyState sentence={t('retestNone')} /> : null}
      {may && rows.length > 0 ? (
        <TextInput value={note} onChange={setNote} placeholder={t('closeNote')} aria-label={t('closeNote')} />
      ) : null}
      {rows.length > 0 ? (
        <table className="sp-table">
          <thead>
            <tr>
              <th>{t('tubeCode')}</th>
              <th>{t('site')}</th>
              <th>{t('owner')}</th>
              <th>{t('due')}</th>
              <th>{t('single')}</th>
              {may ? <th>{t('state')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <RetestRow key={row.retestId} row={row} onEnd={may ? end : undefined} />
            ))}
          </tbody>
        </table>
      ) : null}
    </DetailDrawer>
  )
}

type RowProps = {
  row: OutputOf<typeof retests>['rows'][number]
  onEnd: ((retestId: string, outcome: 'notFound' | 'handedOver') => void) | undefined
}

function RetestRow({ row, onEnd }: RowProps) {
  const t = useWords(screeningWords)
  const format = useFormat(useSession().agency.timeZone)
  return (
    <tr>
      <td>
        {row.code} {t('person', { n: row.n })}
      </td>
      <td>{row.postName}</td>
      <td>{row.unitName}</td>
      <td>
        {row.overdue ? <Signal kind="red" size={14} /> : null}{' '}
        <span className="fx-date">
          {format.day(row.dueAt, { weekday: false })} {format.time(row.dueAt)}
        </span>
      </td>
      <td>{row.singleCode ?? '—'}</td>
      {onEnd ? (
        <td className="sp-row">
          <Button size="small" onClick={() => onEnd(row.retestId, 'notFound')}>
            {t('notFound')}
          </Button>
          <Button size="small" onClick={() => onEnd(row.retestId, 'handedOver')}>
            {t('handedOver')}
          </Button>
        </td>
      ) : null}
    </tr>
  )
}
