import { type ReactNode, useId } from 'react'
import { useWords } from '../i18n.ts'
import { PostMark, type PostState, ZoneSwatch } from '../signals.tsx'
import { formatNumber } from '../format.ts'
import {
  areaKey,
  countPosts,
  countZones,
  groupKey,
  hiddenAtFirst,
  postKey,
  postStates,
  problemsOnly,
  zoneKey,
  zoneKinds,
} from './legend.ts'
import { groupShapes } from './group-shapes.ts'
import type { MapData, MapGroup } from './map-types.ts'
import { mapWords } from './map-words.ts'

type MapLegendProps = { data: MapData; hidden: ReadonlySet<string>; onHidden: (next: Set<string>) => void }

/** The legend is the filter: what is unticked is neither drawn nor listed. */
export function MapLegend({ data, hidden, onHidden }: MapLegendProps) {
  const t = useWords(mapWords)
  const toggle = (key: string) => {
    const next = new Set(hidden)
    if (!next.delete(key)) next.add(key)
    onHidden(next)
  }
  const row = (key: string, label: string, mark: ReactNode, count: number, tone?: 'red' | 'amber') => (
    <LegendRow
      key={key}
      label={label}
      mark={mark}
      count={count}
      tone={count ? tone : undefined}
      shown={!hidden.has(key)}
      onToggle={() => toggle(key)}
    />
  )
  const post = (state: PostState, tone?: 'red' | 'amber') =>
    row(postKey(state), t(state), <PostMark state={state} />, countPosts(data, state), tone)
  const manned = data.posts.filter(each => each.state !== 'sampling').length
  return (
    <aside className="fx-legend" aria-label={t('legend')}>
      <LegendPart title={t('zones')}>
        {zoneKinds.map(kind =>
          row(zoneKey(kind), t(kind), <ZoneSwatch kind={kind} />, countZones(data, kind)),
        )}
      </LegendPart>
      <LegendPart title={t('posts')} note={t('postCount', { n: manned })}>
        {postStates.map(state =>
          post(state, state === 'open' ? 'red' : state === 'short' ? 'amber' : undefined),
        )}
      </LegendPart>
      <LegendPart title={t('others')}>
        {post('sampling')}
        {(data.groups ?? []).map(group =>
          row(groupKey(group.key), group.label, <GroupMark mark={group.mark} />, group.points.length),
        )}
        {data.areas?.length ? row(areaKey, t('areas'), null, data.areas.length) : null}
      </LegendPart>
      <div className="fx-legend-foot">
        <button type="button" onClick={() => onHidden(problemsOnly(data))}>
          {t('problems')}
        </button>
        <button type="button" onClick={() => onHidden(hiddenAtFirst(data))}>
          {t('reset')}
        </button>
      </div>
    </aside>
  )
}

function LegendPart({ title, note, children }: { title: string; note?: string; children?: ReactNode }) {
  const id = useId()
  return (
    <div className="fx-legend-part" role="group" aria-labelledby={id}>
      <div className="fx-legend-title">
        <span id={id}>{title}</span>
        {note ? <span>{note}</span> : null}
      </div>
      {children}
    </div>
  )
}

type LegendRowProps = {
  label: string
  mark: ReactNode
  count: number
  tone?: 'red' | 'amber'
  shown: boolean
  onToggle: () => void
}

function LegendRow({ label, mark, count, tone, shown, onToggle }: LegendRowProps) {
  return (
    <label className="fx-legend-row" data-off={shown ? undefined : true}>
      <input type="checkbox" checked={shown} onChange={onToggle} />
      {mark}
      <span className="fx-legend-label">{label}</span>
      <span className={tone ? `fx-legend-count fx-tone-${tone}` : 'fx-legend-count'}>
        {formatNumber(count)}
      </span>
    </label>
  )
}

function GroupMark({ mark }: { mark: MapGroup['mark'] }) {
  return (
    <svg aria-hidden className="fx-signal" width="16" height="16" viewBox="0 0 16 16">
      <path d={groupShapes[mark]} fill="none" stroke="var(--fx-text2)" strokeWidth="1.3" />
    </svg>
  )
}
