import { useAsk } from '../../../device/hooks.ts'
import {
  EmptyState,
  formatDayTime,
  Panel,
  ProblemNote,
  SkeletonPanel,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { looksList } from '../contracts.ts'
import { subjectsWords } from './words.ts'

export function LooksPanel() {
  const t = useWords(subjectsWords)
  const { lang } = useLang()
  const answer = useAsk(looksList, { limit: 100 }, { refetchSeconds: 60 })
  const { rows = [], total = 0 } = answer.data ?? {}
  return (
    <Panel title={t('looks')} note={answer.data ? t('looksNote', { n: total }) : undefined} padded>
      {answer.isPending ? <SkeletonPanel lines={3} /> : null}
      {answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.data && rows.length === 0 ? <EmptyState sentence={t('noLooks')} /> : null}
      <ul className="sub-list">
        {rows.map(row => (
          <li key={row.openingId}>
            <span>
              {formatDayTime(row.at, { lang })} · <b>{row.actor}</b> ·{' '}
              {t(row.opened ? 'lookedAt' : 'lookedFor')} · {row.purpose} · {row.caseRef}
            </span>
            {row.subjectId ? <code>{row.subjectId}</code> : <span>{t('foundNobody')}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
