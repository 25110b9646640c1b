// The first page, from which an operation is led: what is wrong, where, who is there and who leads, now or at any
// moment before.
import './situation.css'
import { Button } from 'antd'
import { useState } from 'react'
import { useGo } from '../../../device/address.ts'
import { useMay, useServerNow, useSession } from '../../../device/hooks.ts'
import {
  EmptyState,
  FigureRow,
  Panel,
  ProblemNote,
  Signal,
  SkeletonPanel,
  useFormat,
  useWords,
} from '../../../ui/index.ts'
import { log } from '../../commandpost/contracts.ts'
import { openOperation } from '../../operations/contracts.ts'
import { AlertList } from './AlertList.tsx'
import { AsOfBar } from './AsOfBar.tsx'
import { figureItems, type Situation } from './figures-of.ts'
import { LogColumn } from './LogColumn.tsx'
import { OnNow } from './OnNow.tsx'
import { SituationFilters } from './SituationFilters.tsx'
import { SituationMap } from './SituationMap.tsx'
import { TrendDrawer } from './TrendDrawer.tsx'
import { type Moment, useMoment } from './use-moment.ts'
import { useTrend } from './use-trend.ts'
import { reportWords } from './words.ts'

export default function SituationPage() {
  const t = useWords(reportWords)
  const moment = useMoment()
  const { data, error, isPending } = moment.answer
  if (isPending) return <Loading />
  if (error || !data) {
    return (
      <div className="situation">
        <h1 className="fx-hidden">{t('situation')}</h1>
        <ProblemNote error={error} onRetry={() => void moment.answer.refetch()} />
        <Back moment={moment} />
      </div>
    )
  }
  if (!data.operation) return <Nothing moment={moment} />
  return <Running seen={data} moment={moment} />
}

/** Out of what cannot be shown: without filters, and now. */
function Back({ moment }: { moment: Moment }) {
  const t = useWords(reportWords)
  return (
    <p>
      <Button onClick={() => moment.change({ at: '', unit: '', zone: '' })}>{t('clearAll')}</Button>
    </p>
  )
}

function Nothing({ moment }: { moment: Moment }) {
  const t = useWords(reportWords)
  const go = useGo()
  const may = useMay(openOperation)
  const first = moment.at
    ? { label: t('backToNow'), onClick: () => moment.change({ at: '' }) }
    : may
      ? { label: t('openOperation'), onClick: () => go('/operation') }
      : undefined
  return (
    <Panel padded>
      <h1 className="fx-hidden">{t('situation')}</h1>
      <EmptyState
        sentence={t(moment.at ? 'noOperationThen' : 'noOperation')}
        {...(first ? { action: first } : {})}
        example={t('operationExample')}
      />
    </Panel>
  )
}

/** The layout of what is being read: nothing jumps when it stands. */
function Loading() {
  const t = useWords(reportWords)
  const mayReadLog = useMay(log)
  const panel = (title: string) => (
    <Panel title={title} fill>
      <SkeletonPanel lines={8} />
    </Panel>
  )
  return (
    <div className="situation">
      <h1 className="fx-hidden">{t('situation')}</h1>
      <FigureRow label={t('figures')} loading items={figureItems(undefined, t, () => undefined)} />
      <div className="situation-grid">
        {panel(t('map'))}
        {panel(t('alerts'))}
        <div className="situation-side">
          {panel(t('whoIsOn'))}
          {mayReadLog ? panel(t('dutyLog')) : null}
        </div>
      </div>
      <div className="fx-panel asof" aria-hidden="true" />
    </div>
  )
}

function Running({ seen, moment }: { seen: Situation; moment: Moment }) {
  const t = useWords(reportWords)
  const go = useGo()
  const serverNow = useServerNow()
  const clock = seen.past ? Date.parse(seen.at) : serverNow
  const trends = useTrend(seen, moment)
  const [trendOpen, setTrendOpen] = useState(false)
  return (
    <div className="situation" data-past={seen.past || undefined}>
      <h1 className="fx-hidden">{t('situation')}</h1>
      {seen.past ? <PastNote seen={seen} moment={moment} /> : null}
      <FigureRow label={t('figures')} items={figureItems(seen, t, go, trends)} />
      <div className="situation-grid">
        <Panel
          title={t('map')}
          note={t('mapNote')}
          fill
          actions={
            <>
              <SituationFilters seen={seen} moment={moment} />
              <Button size="small" onClick={() => setTrendOpen(true)}>
                {t('trend')}
              </Button>
            </>
          }
        >
          <SituationMap seen={seen} to={go} />
        </Panel>
        <AlertList alerts={seen.alerts} now={clock} />
        <div className="situation-side">
          <OnNow seen={seen} />
          {seen.log ? <LogColumn log={seen.log} /> : null}
        </div>
      </div>
      {trendOpen ? <TrendDrawer seen={seen} trends={trends} onClose={() => setTrendOpen(false)} /> : null}
      {seen.operation ? (
        <AsOfBar
          operationId={seen.operation.operationId}
          beginsOn={seen.operation.beginsOn}
          at={moment.at}
          onAt={at => moment.change({ at: at ?? '' })}
        />
      ) : null}
    </div>
  )
}

/** Nobody may take the past for the present: said in words, in amber, at the top, with the way back. */
function PastNote({ seen, moment }: { seen: Situation; moment: Moment }) {
  const t = useWords(reportWords)
  const format = useFormat(useSession().agency.timeZone)
  return (
    <div className="situation-past" role="status">
      <Signal kind="amber" size={16} />
      <strong>{t('lookingBack', { day: format.day(seen.at), time: format.time(seen.at) })}</strong>
      <span>{t('lookingBackNote')}</span>
      <Button size="small" onClick={() => moment.change({ at: '' })}>
        {t('backToNow')}
      </Button>
    </div>
  )
}
