import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useAsk, useMay } from '../../../device/hooks.ts'
import { useRecordHistory } from '../../../device/record-history.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import {
  DetailDrawer,
  DetailSection,
  type Fact,
  Facts,
  ProblemNote,
  RecordHistory,
  useFormat,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import {
  addPost,
  partnerKinds,
  partnerKindTitles,
  postDetail,
  postKindTitles,
  postStateTitles,
} from '../contracts.ts'
import { ContactPhone } from './ContactPhone.tsx'
import { DemandLinesOf } from './DemandLinesOf.tsx'
import { PostForm } from './PostForm.tsx'
import { PostStateButtons } from './PostStateButtons.tsx'
import type { Running } from './PostsFrame.tsx'
import { postsWords } from './words.ts'

export type PostDetail = OutputOf<typeof postDetail>

export function PostDrawer({
  postId,
  running,
  onClose,
}: {
  postId: string
  running: Running
  onClose: () => void
}) {
  const t = useWords(postsWords)
  const { lang } = useLang()
  const navigate = useNavigate()
  const answer = useAsk(postDetail, { postId })
  const mayChange = useMay(addPost)
  const [changing, setChanging] = useState(false)
  const post = answer.data?.postId === postId ? answer.data : undefined
  if (changing && post) {
    return <PostForm operationId={post.operationId} post={post} onClose={() => setChanging(false)} />
  }
  return (
    <DetailDrawer
      open
      onClose={onClose}
      title={post?.name ?? ''}
      subtitle={
        post ? `${post.code} · ${postKindTitles[post.kind][lang]} · ${postStateTitles[post.state][lang]}` : ''
      }
      loading={answer.isPending || (!post && !answer.error)}
      error={
        answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : undefined
      }
      footStart={post && mayChange ? <PostStateButtons rows={[post]} today={running.dutyDay} /> : null}
      footEnd={
        post && mayChange ? (
          <>
            <Button onClick={() => void navigate({ to: '/posts/map', search: { place: postId } as never })}>
              {t('moveOnMap')}
            </Button>
            <Button type="primary" onClick={() => setChanging(true)}>
              {t('changePost')}
            </Button>
          </>
        ) : null
      }
    >
      {post ? <PostContent post={post} running={running} /> : null}
    </DetailDrawer>
  )
}

function useFacts(post: PostDetail): Fact[] {
  const t = useWords(postsWords)
  const { lang } = useLang()
  const format = useFormat()
  const partners = partnerKinds.filter(kind => post.partnersExpected[kind] > 0)
  const days = [
    post.opensOn ? t('since', { day: format.day(post.opensOn) }) : '',
    post.closesOn ? t('until', { day: format.day(post.closesOn) }) : '',
  ].filter(Boolean)
  const facts: Fact[] = [
    { label: t('unit'), value: post.unitName },
    { label: t('zone'), value: post.zoneName ?? '—' },
    { label: t('address'), value: post.address || '—' },
    {
      label: t('place'),
      value: post.lng === null || post.lat === null ? t('noPlace') : `${post.lng}, ${post.lat}`,
    },
    { label: t('days'), value: days.join(' ') || '—' },
    { label: t('contact'), value: post.contactName || '—' },
    { label: t('phone'), value: <ContactPhone post={post} /> },
    {
      label: t('partners'),
      value:
        partners.map(kind => `${partnerKindTitles[kind][lang]} ${post.partnersExpected[kind]}`).join('、') ||
        '—',
    },
  ]
  if (post.closedLoop) facts.push({ label: t('closedLoop'), value: t('closedLoopHint') })
  return facts
}

function PostContent({ post, running }: { post: PostDetail; running: Running }) {
  const t = useWords(postsWords)
  const format = useFormat()
  const past = useRecordHistory({ table: 'post', rowId: post.postId, parts: ['demand'] })
  return (
    <>
      <Facts facts={useFacts(post)} />
      <DemandLinesOf postId={post.postId} operationId={post.operationId} day={running.dutyDay} />
      {post.duties ? (
        <DetailSection title={t('duties')}>
          <p className="fx-posts-wrap">{post.duties}</p>
        </DetailSection>
      ) : null}
      {post.equipment ? (
        <DetailSection title={t('equipment')}>
          <p className="fx-posts-wrap">{post.equipment}</p>
        </DetailSection>
      ) : null}
      {post.rounds.length > 0 ? (
        <DetailSection title={t('inRounds')}>
          {post.rounds.map(round => (
            <p key={round.roundId}>
              {t('roundLine', { name: round.name, day: format.day(round.day), n: round.lanes })}
            </p>
          ))}
        </DetailSection>
      ) : null}
      <RecordHistory {...past} />
    </>
  )
}
