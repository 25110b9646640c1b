// The strip above the board: the draft beside the best so far, and what can be decided now.
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { OutputOf } from '../../../kernel/contract.ts'
import { Figure, ProblemNote, Signal, Sparkline, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { type check, type OpenPlaces, type plans, preferenceText } from '../contracts.ts'
import type { BestSoFar } from '../solve-task.ts'
import { BoundPart } from './BoundPart.tsx'
import type { Solving } from './use-solve.ts'
import { fatigueWords } from './fatigue-words.ts'
import { preferenceWords } from './preference-words.ts'
import { rosterWords } from './words.ts'

type PlanRow = OutputOf<typeof plans>[number]

export interface RosterStripProps {
  draft: PlanRow | null
  check: OutputOf<typeof check> | undefined
  version: number | null
  /** What is open on the board that is shown; null until it is there. */
  places: OpenPlaces | null
  solving: Solving
  mayDraft: boolean
  timeZone: string
  onSolve: () => void
  onAdopt: () => void
  onOpenDraft: () => void
  onDiscard: () => void
  onDiff: () => void
  onFatigue: () => void
  /** Duties of the draft that tire; undefined while it is worked out. */
  tiring: number | undefined
  /** Between the draft and what is published; null without a draft. */
  toggle: { showing: boolean; onToggle: () => void } | null
}

export function RosterStrip(props: RosterStripProps) {
  const { draft, solving, mayDraft } = props
  const t = useWords(rosterWords)
  const running = solving.state === 'running' || solving.state === 'done'
  return (
    <>
      <section className="rb-strip fx-panel" aria-label={t('roster')}>
        {draft ? <DraftPart {...props} draft={draft} /> : <PublishedPart {...props} />}
        {running ? <BestPart solving={solving} /> : null}
        {running ? (
          <SolvingPart {...props} />
        ) : mayDraft ? (
          <div className="rb-strip-part rb-strip-end">
            {props.toggle ? (
              <Button onClick={props.toggle.onToggle}>
                {props.toggle.showing ? t('showPublished') : t('showDraft')}
              </Button>
            ) : null}
            {draft ? (
              <Button onClick={props.onDiscard}>{t('discardDraft')}</Button>
            ) : (
              <Button onClick={props.onOpenDraft} disabled={props.version === null || props.toggle !== null}>
                {t('openDraft')}
              </Button>
            )}
            <Button type={draft ? 'default' : 'primary'} onClick={props.onSolve} loading={solving.busy}>
              {draft ? t('solveAgain') : t('solve')}
            </Button>
          </div>
        ) : null}
      </section>
      {solving.problem ? <ProblemNote error={solving.problem} safe="kept" /> : null}
    </>
  )
}

function Item({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className="rb-item">
      <span className="rb-quiet">{label}</span>
      {children}
    </span>
  )
}

/** Nothing is good news: a green disc; anything else is wrong. */
function Judged({ n, unit }: { n: number; unit: string }) {
  return (
    <span className={n > 0 ? 'rb-judged fx-tone-red' : 'rb-judged fx-tone-green'}>
      <Signal kind={n > 0 ? 'red' : 'green'} size={15} />
      <Figure value={n} unit={unit} />
    </span>
  )
}

/** What can still be filled; what was missed and is over stands beside it, and alarms nobody. */
function OpenItem({ places }: { places: OpenPlaces | null }) {
  const t = useWords(rosterWords)
  if (!places) return null
  return (
    <Item label={t('open')}>
      <Judged n={places.open} unit={t('unitPlaces')} />
      {places.past > 0 ? <span className="rb-quiet">{t('pastOpen', { n: places.past })}</span> : null}
    </Item>
  )
}

function DraftPart(props: RosterStripProps & { draft: PlanRow }) {
  const { draft, check: found, places, timeZone, onDiff, onFatigue, tiring } = props
  const t = useWords(rosterWords)
  const tired = useWords(fatigueWords)
  const lean = useWords(preferenceWords)
  const { lang } = useLang()
  const leaning = draft.solver?.preference
  const format = useFormat(timeZone)
  const at = draft.adoptedAt ? format.time(draft.adoptedAt) : ''
  return (
    <div className="rb-strip-part">
      <div className="rb-strip-head">
        <strong>{t('draft')}</strong>
        <span className="rb-quiet">{t('draftNote', { n: draft.revision, at })}</span>
        {draft.stale ? (
          <span className="fx-tone-amber">
            <Signal kind="amber" size={14} /> {t('stale')}
          </span>
        ) : null}
      </div>
      <div className="rb-items">
        <OpenItem places={places} />
        <Item label={t('breaches')}>
          <Judged n={found?.breaches.length ?? 0} unit={t('unitRules')} />
        </Item>
        <Item label={t('differs')}>
          <button type="button" className="rb-link" onClick={onDiff}>
            <Figure value={found?.changed ?? 0} unit={t('unitCells')} />
          </button>
        </Item>
        {tiring === undefined ? null : (
          <Item label={tired('item')}>
            <button type="button" className="rb-link" onClick={onFatigue}>
              <Figure value={tiring} unit={tired('unit')} />
            </button>
          </Item>
        )}
        {leaning ? <Item label={lean('item')}>{preferenceText(leaning, lang)}</Item> : null}
      </div>
      {props.mayDraft ? <BoundPart planId={draft.planId} revision={draft.revision} /> : null}
    </div>
  )
}

function PublishedPart({ version, places }: RosterStripProps) {
  const t = useWords(rosterWords)
  return (
    <div className="rb-strip-part">
      <div className="rb-strip-head">
        <strong>{t('published')}</strong>
        <span className="rb-quiet">
          {version === null ? t('notPublished') : t('publishedVersion', { n: version })}
        </span>
      </div>
      <div className="rb-items">
        <OpenItem places={places} />
      </div>
    </div>
  )
}

function BestPart({ solving }: { solving: Solving }) {
  const t = useWords(rosterWords)
  const { best, state } = solving
  return (
    <div className="rb-strip-part rb-strip-best">
      <div className="rb-strip-head">
        <span className="rb-tag">{state === 'running' ? t('solving') : t('solved')}</span>
        <strong>{t('bestSoFar')}</strong>
        <span className="rb-quiet" aria-live="off">
          {best ? t('tries', { n: best.iterations }) : t('reading')}
        </span>
      </div>
      {best ? <BestItems best={best} /> : null}
    </div>
  )
}

function BestItems({ best }: { best: BestSoFar }) {
  const t = useWords(rosterWords)
  return (
    <div className="rb-items">
      <Item label={t('open')}>
        <Judged n={best.open} unit={t('unitPlaces')} />
      </Item>
      <Item label={t('breaches')}>
        <Judged n={best.broken} unit={t('unitRules')} />
      </Item>
      {best.changed === null ? null : (
        <Item label={t('differs')}>
          <Figure value={best.changed} unit={t('unitCells')} />
        </Item>
      )}
      {best.moved === null ? null : (
        <Item label={t('moved')}>
          <Figure value={best.moved} unit={t('unitCells')} />
        </Item>
      )}
      {best.preference === null ? null : (
        <Item label={t('preference')}>
          <Figure value={best.preference} unit={t('unitPoints')} />
        </Item>
      )}
    </div>
  )
}

function SolvingPart({ solving, onAdopt }: RosterStripProps) {
  const t = useWords(rosterWords)
  const { state, spent, total, best } = solving
  const share = total > 0 ? Math.min(100, (spent / total) * 100) : 0
  return (
    <div className="rb-strip-part rb-strip-end">
      {state === 'running' ? (
        <div className="rb-spent">
          <span>{t('spent', { a: Math.floor(spent), b: total })}</span>
          <span
            className="rb-bar"
            role="progressbar"
            aria-label={t('solving')}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(share)}
          >
            <i style={{ width: `${share}%` }} />
          </span>
        </div>
      ) : null}
      {best && best.curve.length > 1 ? (
        <Sparkline values={best.curve.map(([, cost]) => cost)} width={80} height={36} label={t('curve')} />
      ) : null}
      {state === 'running' ? (
        <Button onClick={solving.stop} disabled={!best}>
          {t('stop')}
        </Button>
      ) : (
        <Button onClick={solving.drop}>{t('dropIt')}</Button>
      )}
      <Button type="primary" onClick={onAdopt} loading={solving.busy} disabled={!best || best.broken > 0}>
        {t('adoptThis')}
      </Button>
    </div>
  )
}
