import { Button, Input } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useDo } from '../../../device/hooks.ts'
import { acceptReview, dismissReview, reviews } from '../../../kernel/books/contracts.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  DetailDrawer,
  EmptyState,
  Field,
  formatDayTime,
  ListPage,
  listStateFromSearch,
  listStateToSearch,
  ProblemNote,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { accessWords } from './words.ts'

type Row = OutputOf<typeof reviews>['rows'][number]
const states = ['open', 'accepted', 'dismissed'] as const

export default function ReviewsPage() {
  const t = useWords(accessWords)
  const { lang } = useLang()
  const [address, setAddress] = useAddress()
  const value = listStateFromSearch(address, ['state'])
  const wanted = (value.filters.state?.[0] ?? 'open') as (typeof states)[number]
  const answer = useAsk(reviews, { state: wanted, limit: 500 })
  const [shown, setShown] = useState<Row | null>(null)
  const columns: Column<Row>[] = [
    {
      key: 'at',
      title: t('heldAt'),
      width: 160,
      grow: 0,
      narrow: true,
      render: row => formatDayTime(row.heldAt, { lang }),
    },
    { key: 'name', title: t('what'), width: 180, narrow: true, render: row => row.name },
    {
      key: 'reason',
      title: t('reason'),
      width: 320,
      grow: 2,
      narrow: true,
      render: row => row.reason.message[lang],
    },
  ]
  const label = { open: t('openState'), accepted: t('accepted'), dismissed: t('dismissed') }
  return (
    <ListPage
      id="reviews"
      title={t('reviews')}
      counts={t('reviewsNote')}
      rows={(answer.data?.rows ?? []).filter(row => value.q === '' || row.name.includes(value.q))}
      total={answer.data?.total}
      rowKey={row => row.reviewId}
      columns={columns}
      value={value}
      onChange={next => setAddress(listStateToSearch(next))}
      filters={[
        {
          key: 'state',
          label: t('state'),
          single: true,
          options: states.map(one => ({ value: one, label: label[one] })),
        },
      ]}
      loading={answer.isPending}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      empty={<EmptyState sentence={t('emptyReviews')} />}
      onOpen={setShown}
      openKey={shown?.reviewId}
    >
      {shown ? <ReviewDrawer row={shown} onClose={() => setShown(null)} /> : null}
    </ListPage>
  )
}

function ReviewDrawer({ row, onClose }: { row: Row; onClose: () => void }) {
  const t = useWords(accessWords)
  const { lang } = useLang()
  const [why, setWhy] = useState('')
  const accept = useDo(acceptReview)
  const dismiss = useDo(dismissReview)
  const error = accept.error ?? dismiss.error
  const ready = why.trim().length >= 2
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={row.name}
      subtitle={formatDayTime(row.heldAt, { lang })}
      footEnd={
        row.state === 'open' ? (
          <>
            <Button
              disabled={!ready}
              loading={dismiss.isPending}
              onClick={() => dismiss.mutate({ reviewId: row.reviewId, why }, { onSuccess: onClose })}
            >
              {t('dismiss')}
            </Button>
            <Button
              type="primary"
              disabled={!ready}
              loading={accept.isPending}
              onClick={() =>
                accept.mutate({ reviewId: row.reviewId, correctedBy: null, why }, { onSuccess: onClose })
              }
            >
              {t('accept')}
            </Button>
          </>
        ) : undefined
      }
    >
      <p>{row.reason.message[lang]}</p>
      <p>{row.reason.do[lang]}</p>
      {row.settledWhy ? <p>{row.settledWhy}</p> : null}
      {row.state === 'open' ? (
        <Field label={t('why')} required>
          <Input.TextArea
            rows={3}
            maxLength={500}
            value={why}
            onChange={event => setWhy(event.target.value)}
          />
        </Field>
      ) : null}
      {error ? <ProblemNote error={error} safe="kept" /> : null}
    </DetailDrawer>
  )
}
