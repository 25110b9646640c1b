import './posts.css'
import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useAsk } from '../../../device/hooks.ts'
import { EmptyState, Panel, ProblemNote, SkeletonPanel, useWords } from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { postsWords } from './words.ts'

export interface Running {
  operationId: string
  /** The duty day of now, and the days of the operation. */
  dutyDay: string
  now: string
  beginsOn: string
  endsOn: string | null
}

const tabs = [
  ['/posts/map', 'map'],
  ['/posts', 'posts'],
  ['/zones', 'zones'],
  ['/posts/demand', 'demand'],
  ['/posts/rounds', 'rounds'],
  ['/posts/patterns', 'patterns'],
  ['/posts/cameras', 'cameras'],
] as const

/** The pages of places under one head; all of them are about the operation that runs. */
export function PostsFrame({ children }: { children: (running: Running) => ReactNode }) {
  const t = useWords(postsWords)
  const path = useRouterState({ select: state => state.location.pathname })
  const current = useAsk(currentOperation, {})
  const { data } = current
  const here = tabs.find(([to]) => to === path)?.[1] ?? 'places'
  const operation = data?.operation
  return (
    <div className="fx-posts">
      <nav className="fx-posts-tabs" aria-label={t('places')}>
        {tabs.map(([to, word]) => (
          <Link
            key={to}
            to={to}
            aria-current={path === to ? 'page' : undefined}
            activeOptions={{ exact: true }}
          >
            {t(word)}
          </Link>
        ))}
      </nav>
      <div className="fx-posts-page">
        {current.error ? (
          <ProblemNote error={current.error} onRetry={() => void current.refetch()} />
        ) : current.isPending ? (
          <SkeletonPanel lines={12} />
        ) : operation && data ? (
          children({
            operationId: operation.operationId,
            dutyDay: data.dutyDay,
            now: data.now,
            beginsOn: operation.beginsOn,
            endsOn: operation.endsOn,
          })
        ) : (
          <Panel title={t('places')}>
            <h1 className="fx-hidden">{t(here)}</h1>
            <EmptyState sentence={t('noOperation')} example={t('noOperationExample')} />
          </Panel>
        )}
      </div>
    </div>
  )
}
