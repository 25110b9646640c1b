// Check-ins that the books could not explain: what each says, and entering it with its review settled in one step.
import { Button } from 'antd'
import { useState } from 'react'
import { useGo } from '../../../device/address.ts'
import { useAsk } from '../../../device/hooks.ts'
import { reviews } from '../../../kernel/books/contracts.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { DetailDrawer, ProblemNote, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { RightDrawer } from './RightDrawer.tsx'
import { attendanceWords } from './words.ts'

type Held = OutputOf<typeof reviews>['rows'][number]

const text = (value: unknown) => (typeof value === 'string' ? value : '')

export function HeldDrawer({ onClose }: { onClose: () => void }) {
  const t = useWords(attendanceWords)
  const { lang } = useLang()
  const format = useFormat()
  const go = useGo()
  const answer = useAsk(reviews, { state: 'open', limit: 500 })
  const [entering, setEntering] = useState<Held | null>(null)
  const rows = (answer.data?.rows ?? []).filter(row => row.name.startsWith('attendance.'))
  const names = answer.data?.names ?? {}
  const whom = (row: Held) => text(row.reason.params.officerId)
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={t('heldTitle')}
      loading={answer.isPending}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      footStart={<Button onClick={() => go('/reviews')}>{t('heldOther')}</Button>}
    >
      {rows.length === 0 ? <p>{t('heldNone')}</p> : null}
      <ul className="at-heldlist">
        {rows.map(row => (
          <li key={row.reviewId}>
            <span>
              <b>{names[whom(row)] ?? row.actor ?? ''}</b>{' '}
              <span className="at-quiet">{`${lang === 'zh' ? row.titleZh : row.titleEn} ${format.time(row.heldAt)}`}</span>
              <span className="at-reasons">{row.reason.message[lang]}</span>
            </span>
            {whom(row) && text(row.reason.params.postId) ? (
              <Button size="small" onClick={() => setEntering(row)}>
                {t('enter')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {entering ? (
        <RightDrawer
          who={{ officerId: whom(entering), name: names[whom(entering)] ?? entering.actor ?? '' }}
          postId={text(entering.reason.params.postId)}
          at={text(entering.reason.params.at) || entering.heldAt}
          reviewId={entering.reviewId}
          onClose={() => setEntering(null)}
        />
      ) : null}
    </DetailDrawer>
  )
}
