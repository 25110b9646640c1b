import { Button, Input } from 'antd'
import { useState } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk, useDo, useSession } from '../../../device/hooks.ts'
import { acceptReview, dismissReview, reviews } from '../../../kernel/books/contracts.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  type Column,
  DetailDrawer,
  DetailSection,
  EmptyState,
  Facts,
  Field,
  formatDayTime,
  inputWord,
  isNothing,
  type Lang,
  ListPage,
  listStateFromSearch,
  listStateToSearch,
  ProblemNote,
  useFieldWords,
  useLang,
  useWords,
  writeValue,
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
  const reason = useReason()
  const found = (row: Row) => `${row.titleZh} ${row.titleEn} ${row.actor ?? ''}`.toLowerCase()
  const columns: Column<Row>[] = [
    {
      key: 'at',
      title: t('heldAt'),
      width: 160,
      grow: 0,
      narrow: true,
      render: row => formatDayTime(row.heldAt, { lang }),
    },
    { key: 'name', title: t('what'), width: 180, narrow: true, render: row => title(row, lang) },
    { key: 'actor', title: t('heldFrom'), width: 100, grow: 0, render: row => row.actor ?? t('system') },
    {
      key: 'reason',
      title: t('reason'),
      width: 320,
      grow: 2,
      narrow: true,
      render: row => reason(row),
    },
  ]
  const label = { open: t('openState'), accepted: t('accepted'), dismissed: t('dismissed') }
  return (
    <ListPage
      id="reviews"
      title={t('reviews')}
      counts={t('reviewsNote')}
      rows={(answer.data?.rows ?? []).filter(row => found(row).includes(value.q.trim().toLowerCase()))}
      total={answer.data?.total}
      rowKey={row => row.reviewId}
      rowName={row => title(row, lang)}
      searchHint={t('searchReviews')}
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
      {shown ? (
        <ReviewDrawer row={shown} names={answer.data?.names ?? {}} onClose={() => setShown(null)} />
      ) : null}
    </ListPage>
  )
}

const title = (row: Row, lang: Lang) => (lang === 'zh' ? row.titleZh : row.titleEn)

/** Why it is held, without the names that only programs know. */
function useReason(): (row: Row) => string {
  const t = useWords(accessWords)
  const { lang } = useLang()
  const words = useFieldWords()
  return row => {
    const { code, params, message } = row.reason
    if (code === 'kernel/unknown-command') return t('unknownReason')
    if (code === 'kernel/bad-body') return t('unreadableReason')
    if (code === 'kernel/no-right') return t('noRightReason')
    const field = String(params.field ?? '')
      .split('.')
      .findLast(part => /^[a-z]/i.test(part))
    if (code === 'kernel/bad-input' && field)
      return t('inputReason', { field: inputWord(words, row.name, field)[lang] })
    return message[lang]
  }
}

type ReviewProps = { row: Row; names: Record<string, string> }

/** What was sent, field by field in words. */
function HeldInput({ row, names }: ReviewProps) {
  const t = useWords(accessWords)
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  const words = useFieldWords()
  const fields = Object.entries(row.input ?? {}).filter(([, value]) => !isNothing(value))
  return (
    <DetailSection title={t('heldInput')}>
      {row.input === null ? <p>{t('heldSealed')}</p> : null}
      {row.input !== null && fields.length === 0 ? <p>{t('heldEmpty')}</p> : null}
      <Facts
        facts={fields.map(([key, value]) => {
          const word = inputWord(words, row.name, key, value)
          return { label: word[lang], value: writeValue(value, word, { lang, names, timeZone }) }
        })}
      />
    </DetailSection>
  )
}

function ReviewDrawer({ row, names, onClose }: ReviewProps & { onClose: () => void }) {
  const t = useWords(accessWords)
  const { lang } = useLang()
  const reason = useReason()
  const [why, setWhy] = useState('')
  const accept = useDo(acceptReview)
  const dismiss = useDo(dismissReview)
  const error = accept.error ?? dismiss.error
  const ready = why.trim().length >= 2
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={title(row, lang)}
      subtitle={`${row.actor ?? t('system')} · ${formatDayTime(row.heldAt, { lang })}`}
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
      <DetailSection title={t('heldReason')}>
        <p>{reason(row)}</p>
        <p>{row.reason.do[lang]}</p>
      </DetailSection>
      <HeldInput row={row} names={names} />
      {row.settledWhy ? (
        <DetailSection title={t('decided')}>
          <p>{row.settledWhy}</p>
        </DetailSection>
      ) : null}
      {row.state === 'open' ? (
        <DetailSection title={t('decision')}>
          <Field label={t('why')} required>
            <Input.TextArea
              rows={3}
              maxLength={500}
              value={why}
              onChange={event => setWhy(event.target.value)}
            />
          </Field>
        </DetailSection>
      ) : null}
      {error ? <ProblemNote error={error} safe="kept" /> : null}
    </DetailDrawer>
  )
}
