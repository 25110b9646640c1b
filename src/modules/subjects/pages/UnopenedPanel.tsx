import { Button, Input } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { formatDayTime, Panel, ProblemNote, useLang, useWords } from '../../../ui/index.ts'
import { dismissBox, unopenedList, valueKindWords } from '../contracts.ts'
import { subjectsWords } from './words.ts'

type Row = OutputOf<typeof unopenedList>['rows'][number]

/** Only where there are some. */
export function UnopenedPanel() {
  const t = useWords(subjectsWords)
  const answer = useAsk(unopenedList, { limit: 100 })
  const { rows = [], total = 0 } = answer.data ?? {}
  if (rows.length === 0) return null
  return (
    <Panel title={t('unopened')} note={t('unopenedNote', { n: total })} padded>
      <ul className="sub-list">
        {rows.map(row => (
          <BoxRow key={`${row.factId} ${row.n}`} row={row} />
        ))}
      </ul>
    </Panel>
  )
}

function BoxRow({ row }: { row: Row }) {
  const t = useWords(subjectsWords)
  const { lang } = useLang()
  const dismiss = useDo(dismissBox)
  const [reason, setReason] = useState('')
  const { factId, n } = row
  return (
    <li>
      <span>
        {formatDayTime(row.notedAt, { lang })} · {valueKindWords[row.kind][lang]} · <code>{factId}</code>
      </span>
      <span className="sub-acts">
        <Input
          className="sub-reason"
          aria-label={`${t('dismiss')} · ${t('reason')}`}
          placeholder={t('reason')}
          maxLength={500}
          value={reason}
          onChange={event => setReason(event.target.value)}
        />
        <Button
          disabled={reason.trim().length < 2}
          loading={dismiss.isPending}
          onClick={() => dismiss.mutate({ factId, n, reason })}
        >
          {t('dismiss')}
        </Button>
      </span>
      {dismiss.error ? <ProblemNote error={dismiss.error} safe="kept" /> : null}
    </li>
  )
}
