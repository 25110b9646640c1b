import './commandpost.css'
import { Link, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { useAsk, useSession } from '../../../device/hooks.ts'
import {
  EmptyState,
  formatDayTime,
  Panel,
  ProblemNote,
  SkeletonPanel,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { units } from '../../people/contracts.ts'
import { postKinds, postList } from '../../posts/contracts.ts'
import { leadAt, leadOffices, leadOfficeTitles } from '../../roster/contracts.ts'
import { commandWords } from './words.ts'

export interface Running {
  operationId: string
  /** The duty day of now, and the first of the operation. */
  dutyDay: string
  beginsOn: string
  now: string
}

/** In the order of the day's work; a page that joins the command post joins here. */
const tabs = [
  ['/duty-log', 'log'],
  ['/difficulties', 'difficulties'],
  ['/directives', 'directives'],
  ['/recall', 'recall'],
  ['/visits', 'visits'],
  ['/meetings', 'meetings'],
] as const

/** The pages of the command post under one head; all of them are about the operation that runs. */
export function CommandFrame({ children }: { children: (running: Running) => ReactNode }) {
  const t = useWords(commandWords)
  const path = useRouterState({ select: state => state.location.pathname })
  const current = useAsk(currentOperation, {})
  const { data } = current
  const operation = data?.operation
  const here = tabs.find(([to]) => to === path)?.[1] ?? 'post'
  return (
    <div className="cmd">
      <nav className="cmd-tabs" aria-label={t('post')}>
        {tabs.map(([to, word]) => (
          <Link key={to} to={to} aria-current={path === to ? 'page' : undefined}>
            {t(word)}
          </Link>
        ))}
      </nav>
      {operation ? <Leading operationId={operation.operationId} /> : null}
      <div className="cmd-page">
        {current.error ? (
          <ProblemNote error={current.error} onRetry={() => void current.refetch()} />
        ) : current.isPending ? (
          <SkeletonPanel lines={12} />
        ) : operation && data ? (
          children({
            operationId: operation.operationId,
            dutyDay: data.dutyDay,
            beginsOn: operation.beginsOn,
            now: data.now,
          })
        ) : (
          <Panel title={t(here)}>
            <h1 className="fx-hidden">{t(here)}</h1>
            <EmptyState sentence={t('noOperation')} example={t('noOperationExample')} />
          </Panel>
        )}
      </div>
    </div>
  )
}

/** Who leads today: whom the log, an order or a difficulty goes up to. */
function Leading({ operationId }: { operationId: string }) {
  const t = useWords(commandWords)
  const { lang } = useLang()
  const { data } = useAsk(leadAt, { operationId }, { refetchSeconds: 300 })
  const missing = data !== undefined && data.leaders.length < leadOffices.length
  return (
    <p className="cmd-leading">
      <span>{t('leading')}</span>
      {leadOffices.map(office => {
        const holder = data?.leaders.find(one => one.office === office)
        return (
          <span key={office}>
            {leadOfficeTitles[office][lang]} <b>{data ? (holder?.name ?? t('nobodySet')) : ''}</b>
          </span>
        )
      })}
      {missing ? <Link to="/roster/leaders">{t('toLeaders')}</Link> : null}
    </p>
  )
}

/** Units as choices, in the order of protocol. */
export function useUnitOptions(): { value: string; label: string }[] {
  const answer = useAsk(units, {})
  return useMemo(
    () => (answer.data?.rows ?? []).map(unit => ({ value: unit.unitId, label: unit.shortName })),
    [answer.data],
  )
}

export interface PostOption {
  value: string
  label: string
  unitId: string
}

/** Posts in use as choices. The thousand sampling sites of a county come last. */
export function usePostOptions(operationId: string): PostOption[] {
  const input = { operationId, states: ['active', 'paused', 'planned'] as const, order: 'kind' as const }
  const answer = useAsk(postList, { ...input, states: [...input.states], limit: 5_000 })
  return useMemo(() => {
    const rows = [...(answer.data?.rows ?? [])]
    const last = (kind: string) => (kind === 'samplingSite' ? postKinds.length : 0)
    rows.sort((a, b) => last(a.kind) - last(b.kind))
    return rows.map(post => ({ value: post.postId, label: `${post.code} ${post.name}`, unitId: post.unitId }))
  }, [answer.data])
}

export function Moment({ at }: { at: string }) {
  const dayTime = useDayTime()
  return (
    <time dateTime={at} className="fx-date">
      {dayTime(at)}
    </time>
  )
}

/** Writes instants in the bureau's zone and the reader's language. */
export function useDayTime(): (instant: string) => string {
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  return instant => formatDayTime(instant, { lang, timeZone })
}
