// 推演: what would come of more zones, fewer people or another rule; what is kept of it; and two rosters side by side.
import './what-if.css'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useAsk } from '../../../device/hooks.ts'
import { EmptyState, Panel, ProblemNote, SkeletonRows, useWords } from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { PlansCompare } from './PlansCompare.tsx'
import { addDays } from './use-board.ts'
import { useAsked } from './use-what-if.ts'
import { WhatIfSaved } from './WhatIfSaved.tsx'
import { WhatIfWork } from './WhatIfWork.tsx'
import { whatIfWords } from './what-if-words.ts'

const parts = ['work', 'saved', 'plans'] as const
export type Part = (typeof parts)[number]

/** Days that are supposed of unless others are chosen: a week from tomorrow. */
const daysUsual = 7

export default function WhatIfPage() {
  const t = useWords(whatIfWords)
  const navigate = useNavigate()
  const current = useAsk(currentOperation, {})
  if (current.error) return <ProblemNote error={current.error} onRetry={() => void current.refetch()} />
  if (!current.data) return <SkeletonRows rows={8} columns={6} />
  const { operation, dutyDay } = current.data
  if (!operation) {
    return (
      <Panel padded>
        <h1 className="fx-hidden">{t('title')}</h1>
        <EmptyState
          sentence={t('noOperation')}
          action={{ label: t('toOperation'), onClick: () => void navigate({ to: '/operations' }) }}
          example={t('emptyExample')}
        />
      </Panel>
    )
  }
  return <Parts key={operation.operationId} operationId={operation.operationId} today={dutyDay} />
}

function Parts({ operationId, today }: { operationId: string; today: string }) {
  const t = useWords(whatIfWords)
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const navigate = useNavigate()
  const part = parts.find(one => one === search.part) ?? 'work'
  const [asked, change] = useAsked(operationId, addDays(today, 1), addDays(today, daysUsual))
  const go = (more: Record<string, string | undefined>) =>
    void navigate({ to: '/roster/whatif', search: more as never })
  return (
    <div className="wf-page">
      <h1 className="fx-hidden">{t('title')}</h1>
      <nav className="wf-parts" aria-label={t('parts')}>
        {parts.map(one => (
          <Link
            key={one}
            to="/roster/whatif"
            search={(one === 'work' ? {} : { part: one }) as never}
            activeOptions={{ exact: true, includeSearch: true }}
            aria-current={part === one ? 'page' : undefined}
          >
            {t(one)}
          </Link>
        ))}
        <Link className="wf-back" to="/roster" activeOptions={{ exact: true }}>
          {t('back')}
        </Link>
      </nav>
      {part === 'work' ? <WhatIfWork asked={asked} change={change} today={today} /> : null}
      {part === 'saved' ? (
        <WhatIfSaved
          operationId={operationId}
          picked={(search.with ?? '').split(',').filter(one => one !== '')}
          onPick={picked => go({ part: 'saved', with: picked.length > 0 ? picked.join(',') : undefined })}
          onAgain={again => {
            change({ ...again, taskId: null, given: '' })
            go({})
          }}
          onWork={() => go({})}
        />
      ) : null}
      {part === 'plans' ? (
        <PlansCompare
          operationId={operationId}
          a={search.a ?? ''}
          b={search.b ?? ''}
          onChoose={sides => go({ part: 'plans', ...sides })}
        />
      ) : null}
    </div>
  )
}
