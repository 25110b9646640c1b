// The wall of the hall: what the whole room may see, readable at six metres. Never a name or a number of anybody.
import './wall.css'
import { useEffect, useMemo } from 'react'
import { useAsk, useLive, useServerNow, useSession } from '../../../device/hooks.ts'
import {
  DeskProvider,
  EmptyState,
  MapView,
  ProblemNote,
  SkeletonPanel,
  useFormat,
  useWords,
} from '../../../ui/index.ts'
import { situation } from '../contracts.ts'
import type { Situation } from './figures-of.ts'
import { mapData } from './SituationMap.tsx'
import { useTurning } from './use-turning.ts'
import { WallFigures } from './WallFigures.tsx'
import { WallLeaders } from './WallLeaders.tsx'
import { WallLegend } from './WallLegend.tsx'
import { type WallPanelKey, WallPanel, wallPanels } from './WallPanel.tsx'
import { reportWords } from './words.ts'
import { wallWords } from './wall-words.ts'

export default function WallPage() {
  return (
    <DeskProvider theme="night">
      <Wall />
    </DeskProvider>
  )
}

function Wall() {
  const t = useWords(wallWords)
  const say = useWords(reportWords)
  useLive()
  const { agency } = useSession()
  const answer = useAsk(situation, { wall: true }, { refetchSeconds: 30 })
  const turning = useTurning(wallPanels.length)
  useEffect(() => {
    document.title = `${t('wall')} · ${agency.name}`
  }, [t, agency.name])
  const seen = answer.data
  return (
    <div className="wall">
      {agency.kind === 'rehearsal' ? (
        <aside className="wall-band" aria-label={t('rehearsal')}>
          <strong>{t('rehearsalNote')}</strong>
        </aside>
      ) : null}
      <Head seen={seen} />
      <main className="wall-body">
        {answer.isPending ? <SkeletonPanel lines={12} /> : null}
        {answer.error ? <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} /> : null}
        {seen && !seen.operation ? <EmptyState sentence={say('noOperation')} /> : null}
        {seen?.operation ? (
          <Shown
            seen={seen}
            shown={wallPanels[turning.at] ?? 'alerts'}
            state={t(turning.stopped ? 'stopped' : 'turning', {
              n: turning.at + 1,
              of: wallPanels.length,
            })}
          />
        ) : null}
      </main>
    </div>
  )
}

function Head({ seen }: { seen: Situation | undefined }) {
  const t = useWords(wallWords)
  const { agency } = useSession()
  const format = useFormat(agency.timeZone)
  const now = useServerNow()
  return (
    <header className="wall-head">
      <h1>
        {agency.name} <span>{seen?.operation?.name}</span>
      </h1>
      {seen?.level ? (
        <strong className="wall-level">{t(`level${seen.level.level}` as 'level1')}</strong>
      ) : null}
      <span className="wall-day">
        {seen?.operation ? t('dutyDay', { day: format.day(seen.dutyDay), n: seen.operation.days }) : null}
      </span>
      <time>{format.time(now)}</time>
    </header>
  )
}

/** Names on the map are 28 px where the wall is 1,920 wide. */
const mapScale = 28 / 12
const wallWide = 1_920

function Shown({ seen, shown, state }: { seen: Situation; shown: WallPanelKey; state: string }) {
  const t = useWords(reportWords)
  const wall = useWords(wallWords)
  const { zones, posts } = seen
  const data = useMemo(() => mapData({ zones, posts, cameras: [] }, t), [zones, posts, t])
  return (
    <>
      <WallFigures seen={seen} />
      <div className="wall-main">
        <section className="wall-box wall-map" aria-label={wall('map')}>
          <h2>
            {wall('map')} <small>{wall('sketch')}</small>
          </h2>
          <MapView
            label={t('map')}
            data={data}
            theme="night"
            legend={false}
            controls={false}
            scale={Math.max(1, (mapScale * window.innerWidth) / wallWide)}
            empty={<EmptyState sentence={wall('emptyMap')} />}
          />
          <WallLegend data={data} />
        </section>
        <div className="wall-side">
          <WallPanel seen={seen} shown={shown} state={state} />
          <WallLeaders leaders={seen.leaders} calendar={seen.calendar} />
        </div>
      </div>
    </>
  )
}
