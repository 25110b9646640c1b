// The pages beside the board: swaps to approve, duties that break, and who has not acknowledged.
import './swaps.css'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useAsk, useMay, useSession } from '../../../device/hooks.ts'
import {
  EmptyState,
  formatDayTime,
  formatSpan,
  Panel,
  ProblemNote,
  SkeletonPanel,
  useLang,
  useWords,
} from '../../../ui/index.ts'
import { currentOperation } from '../../operations/contracts.ts'
import { breaks, fairness, swaps } from '../contracts.ts'
import { livedWords } from './lived-words.ts'
import { swapWords } from './swap-words.ts'

const tabs = [
  ['/roster', 'board'],
  ['/roster/swaps', 'swaps'],
  ['/roster/breaks', 'breaks'],
  // A page of attendance, which lies above this module: absences declared at the posts are known there.
  ['/attendance/unfilled', 'unfilled'],
  ['/roster/told', 'told'],
  ['/roster/fairness', 'fairness'],
] as const

export function LivedFrame({ children }: { children: (operationId: string) => ReactNode }) {
  const t = useWords(livedWords)
  const navigate = useNavigate()
  const path = useRouterState({ select: state => state.location.pathname })
  const current = useAsk(currentOperation, {})
  const may = {
    swaps: useMay(swaps),
    breaks: useMay(breaks),
    unfilled: useMay(breaks),
    board: true,
    told: true,
    fairness: useMay(fairness),
  }
  const operation = current.data?.operation
  const here = tabs.find(([to]) => to === path)?.[1] ?? 'frame'
  return (
    <div className="sw-frame">
      <nav className="sw-tabs" aria-label={t('frame')}>
        {tabs.map(([to, word]) =>
          may[word] ? (
            <Link
              key={to}
              to={to}
              activeOptions={{ exact: true }}
              aria-current={path === to ? 'page' : undefined}
            >
              {t(word)}
            </Link>
          ) : null,
        )}
      </nav>
      <div className="sw-page">
        {current.error ? (
          <ProblemNote error={current.error} onRetry={() => void current.refetch()} />
        ) : current.isPending ? (
          <SkeletonPanel lines={12} />
        ) : operation ? (
          children(operation.operationId)
        ) : (
          <Panel title={t(here)}>
            <h1 className="fx-hidden">{t(here)}</h1>
            <EmptyState
              sentence={t('noOperation')}
              action={{ label: t('toOperation'), onClick: () => void navigate({ to: '/operations' }) }}
              example={t('noOperationExample')}
            />
          </Panel>
        )}
      </div>
    </div>
  )
}

/** An officer in two lines: the name, and the unit. */
export function OfficerWords({ officer }: { officer: { name: string; unitName: string } }) {
  return (
    <span className="sw-two">
      <b>{officer.name}</b>
      <br />
      <span className="sw-small">{officer.unitName}</span>
    </span>
  )
}

interface DutyWordsProps {
  duty: { begins: string; ends: string; postName: string; bands: { zh: string; en: string }[] }
}

/** A duty in two lines: the post, and when. */
export function DutyWords({ duty }: DutyWordsProps) {
  const t = useWords(swapWords)
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  const bands = duty.bands.map(band => band[lang]).join(t('comma'))
  return (
    <span className="sw-two">
      {duty.postName} {bands}
      <br />
      <span className="sw-small fx-date">
        {formatDayTime(duty.begins, { lang, timeZone }).split(' ').slice(0, -1).join(' ')}{' '}
        {formatSpan(duty.begins, duty.ends, { lang, timeZone })}
      </span>
    </span>
  )
}

export function Moment({ at }: { at: string }) {
  const { lang } = useLang()
  const { timeZone } = useSession().agency
  return (
    <time dateTime={at} className="fx-date">
      {formatDayTime(at, { lang, timeZone })}
    </time>
  )
}
