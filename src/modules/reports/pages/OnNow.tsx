import { useAsk } from '../../../device/hooks.ts'
import { Panel, ProblemNote, SkeletonPanel, useFormat, useWords } from '../../../ui/index.ts'
import { onNow } from '../../roster/contracts.ts'
import { reportWords } from './words.ts'

const shownMost = 60

/** Who stands where at this moment, short posts first. */
export function OnNow({ operationId }: { operationId: string }) {
  const t = useWords(reportWords)
  const format = useFormat()
  const answer = useAsk(onNow, { operationId }, { refetchSeconds: 60 })
  const posts = [...(answer.data ?? [])].sort(
    (a, b) => a.officers.length - a.need - (b.officers.length - b.need) || a.code.localeCompare(b.code),
  )
  return (
    <Panel title={t('whoIsOn')} fill>
      {answer.isPending ? <SkeletonPanel lines={6} /> : null}
      {answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : null}
      <ul className="situation-rows">
        {posts.slice(0, shownMost).map(post => (
          <li key={`${post.postId} ${post.ends}`} className="situation-on">
            <span className="situation-on-head">
              <strong>{post.name}</strong>
              <small>{t('until', { time: format.time(post.ends) })}</small>
            </span>
            <span>{post.officers.map(one => one.name).join('、') || t('nobody')}</span>
          </li>
        ))}
      </ul>
      {posts.length > shownMost ? (
        <p className="situation-more">{t('moreOn', { n: posts.length - shownMost })}</p>
      ) : null}
    </Panel>
  )
}
