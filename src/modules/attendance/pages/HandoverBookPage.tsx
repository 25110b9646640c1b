// The hand-over book of a post at the desk, turned band by band with the arrow keys.
import './handover.css'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useAddress, useGo } from '../../../device/address.ts'
import { useAsk, useClient, useMay } from '../../../device/hooks.ts'
import { EmptyState, Icon, ProblemNote, SelectInput, SkeletonPanel, useWords } from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { handoverBook, handoverPosts, openHandoverBook } from '../contracts.ts'
import { HandoverOpenDrawer } from './HandoverOpenDrawer.tsx'
import { HandoverSheet } from './HandoverSheet.tsx'
import { handoverWords } from './handover-words.ts'

/** Arrow keys turn the pages, unless somebody types or chooses. */
function useArrows(turn: (by: number) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement
      if (
        event.altKey ||
        event.ctrlKey ||
        event.metaKey ||
        at.closest('input, select, textarea, [role=dialog]')
      )
        return
      if (event.key === 'ArrowLeft') turn(1)
      if (event.key === 'ArrowRight') turn(-1)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [turn])
}

export default function HandoverBookPage() {
  const t = useWords(handoverWords)
  const [address, setAddress] = useAddress()
  const [opening, setOpening] = useState(false)
  const mayOpen = useMay(openHandoverBook)
  const current = useAsk(currentOperation, {})
  const operationId = current.data?.operation?.operationId ?? ''
  const books = useAsk(handoverPosts, { operationId }, { enabled: operationId !== '' })
  const posts = books.data?.rows ?? []
  const postId = address.post ?? posts[0]?.postId ?? ''
  const offset = /^\d{1,6}$/.test(address.page ?? '') ? Number(address.page) : 0
  const book = useAsk(
    handoverBook,
    { postId, offset, limit: 1 },
    { enabled: postId !== '', refetchSeconds: 60 },
  )
  const total = book.data?.total ?? 0
  const turn = (by: number) => {
    const next = offset + by
    if (next >= 0 && next < total) setAddress({ ...address, post: postId, page: String(next) })
  }
  useArrows(turn)
  const page = book.data?.rows[0]
  const opener = mayOpen ? { label: t('open'), onClick: () => setOpening(true) } : undefined
  const error = current.error ?? books.error ?? book.error
  return (
    <>
      <div className="ho-bar">
        <h1>{t('book')}</h1>
        <SelectInput
          aria-label={t('post')}
          value={postId}
          onChange={post => setAddress({ post })}
          options={posts.map(one => ({ value: one.postId, label: `${one.postCode} ${one.postName}` }))}
        />
        <Button icon={<Icon name="left" />} disabled={offset + 1 >= total} onClick={() => turn(1)}>
          {t('earlier')}
        </Button>
        <Button icon={<Icon name="right" />} disabled={offset === 0} onClick={() => turn(-1)}>
          {t('next')}
        </Button>
        {total > 0 ? <span>{t('pageOf', { n: total - offset, total })}</span> : null}
        {page ? <TakeAway postId={postId} offset={offset} /> : null}
        {opener ? <Button onClick={opener.onClick}>{opener.label}</Button> : null}
      </div>
      <div className="ho-desk">
        {error ? <ProblemNote error={error} onRetry={() => void book.refetch()} /> : null}
        {current.isPending || books.isLoading || book.isLoading ? <SkeletonPanel lines={10} /> : null}
        {books.data && posts.length === 0 && !address.post ? (
          <EmptyState sentence={t('empty')} example={t('emptyExample')} action={opener} />
        ) : null}
        {book.data && total === 0 ? <EmptyState sentence={t('noPages')} example={t('emptyExample')} /> : null}
        {page ? <HandoverSheet page={page} /> : null}
      </div>
      {opening ? <HandoverOpenDrawer operationId={operationId} onClose={() => setOpening(false)} /> : null}
    </>
  )
}

/** On paper this page, as Excel the whole book. */
function TakeAway({ postId, offset }: { postId: string; offset: number }) {
  const t = useWords(handoverWords)
  const client = useClient()
  const go = useGo()
  const paper = { post: postId, page: String(offset) }
  return (
    <>
      <Button icon={<Icon name="print" />} onClick={() => go('/handover-book/print', paper)}>
        {t('print')}
      </Button>
      <Button icon={<Icon name="download" />} href={client.fileUrl('attendance.handoverBook', { postId })}>
        {t('excel')}
      </Button>
    </>
  )
}
