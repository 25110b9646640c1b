// The side panel: why this officer (or why nobody), who else could, and what would break.
import { Button } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../../device/hooks.ts'
import type { OutputOf } from '../../../kernel/contract.ts'
import { Icon, ProblemNote, Signal, SkeletonPanel, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { explain, lockCell } from '../contracts.ts'
import type { BoardView, Chip, PostRow } from './board-layout.ts'
import { FatigueSection } from './FatigueAdvice.tsx'
import { OthersList } from './OthersList.tsx'
import { SeatFacts } from './SeatFacts.tsx'
import { SeatPast } from './SeatPast.tsx'
import { kindWord, skillMarks } from './skill-marks.ts'
import type { Duty, Edits } from './use-edits.ts'
import { rosterWords } from './words.ts'

export type Explained = OutputOf<typeof explain>

export interface Seat {
  row: PostRow
  day: number
  chip: Chip
}

export interface SeatPanelProps {
  view: BoardView
  seat: Seat
  /** Null: the published roster, which is only looked at. */
  plan: { planId: string; revision: number } | null
  edits: Edits
  nowMinute: number
  timeZone: string
  onClose: () => void
}

export function dutyOf(seat: Seat): Duty {
  return { postId: seat.row.post.postId, patternId: seat.row.pattern.patternId, bands: seat.chip.bands }
}

export function SeatPanel(props: SeatPanelProps) {
  const { view, seat, plan, edits } = props
  const t = useWords(rosterWords)
  const officer = view.officers[seat.chip.officer]
  const lacks = skillsLacked(view, seat.chip)
  // A gap that is over has no reasons left: nobody can be sent.
  const { ended } = seat.chip
  const place = {
    planId: plan?.planId ?? null,
    operationId: view.operationId,
    postId: seat.row.post.postId,
    patternId: seat.row.pattern.patternId,
    band: seat.chip.bands[0] ?? '',
    day: view.days[seat.day] ?? '',
    skill: lacks[0] ?? null,
    officerId: officer?.[0] ?? null,
  }
  const found = useAsk(explain, place, { enabled: !ended })
  const [chosen, setChosen] = useState<string | null>(null)
  const answer = found.data
  return (
    <aside className="rb-side fx-panel" tabIndex={-1} aria-label={officer ? t('whyHim') : t('whyOpen')}>
      <SeatHead {...props} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <div className="rb-side-body" tabIndex={0}>
        {edits.problem ? <ProblemNote error={edits.problem} safe="kept" /> : null}
        {found.error ? <ProblemNote error={found.error} onRetry={() => void found.refetch()} /> : null}
        {ended ? (
          <p className="rb-quiet">{t('overNote')}</p>
        ) : !answer ? (
          <SkeletonPanel lines={10} />
        ) : (
          <>
            <SeatFacts
              answer={answer}
              dayBegins={Date.parse(view.begins) + seat.day * 86_400_000}
              timeZone={props.timeZone}
            />
            <FatigueSection answer={answer} timeZone={props.timeZone} />
            <OthersList answer={answer} chosen={chosen} onChoose={setChosen} />
            {answer.facts ? <Breaks answer={answer} /> : null}
          </>
        )}
        <SeatPast {...props} />
      </div>
      <SeatFoot {...props} answer={answer} chosen={chosen} />
    </aside>
  )
}

function skillsLacked(view: BoardView, chip: Chip): string[] {
  return view.skills.filter((_skill, bit) => (chip.lacks >> bit) & 1)
}

function SeatHead({ view, seat, timeZone, onClose }: SeatPanelProps) {
  const t = useWords(rosterWords)
  const { lang } = useLang()
  const format = useFormat(timeZone)
  const officer = view.officers[seat.chip.officer]
  const begins = Date.parse(view.begins) + (seat.day * 1440 + seat.chip.from) * 60_000
  const ends = begins + (seat.chip.until - seat.chip.from) * 60_000
  const bands = seat.row.pattern.bands
    .filter(band => seat.chip.bands.includes(band.key))
    .map(band => band[lang])
  const units = new Map(view.units)
  const lacks = skillMarks(t, view.skills, seat.chip.lacks).map(one => one.full)
  return (
    <header className="rb-side-head">
      <div className="rb-side-name">
        {officer ? (
          <>
            <strong>{officer[1]}</strong>
            <span className="rb-tag rb-tag-quiet">{kindWord(t, officer[3])}</span>
            <span className="rb-quiet">
              {officer[2]} · {units.get(officer[4]) ?? ''}
            </span>
          </>
        ) : (
          <>
            {seat.chip.ended ? null : <Signal kind="red" size={18} />}
            <strong>
              {t(seat.chip.ended ? 'wasShort' : 'short', { n: Math.max(1, seat.chip.missing) })}
            </strong>
            {lacks.length > 0 ? (
              <span className="rb-quiet">
                {t('must')}
                {lacks.join(t('comma'))}
              </span>
            ) : null}
          </>
        )}
        <Button
          type="text"
          aria-label={t('close')}
          onClick={onClose}
          icon={<Icon name="close" size={16} />}
        />
      </div>
      <div>
        {seat.row.post.name} <span className="rb-quiet">{bands.join(t('comma'))}</span>
      </div>
      <div className="rb-quiet fx-date">{format.span(new Date(begins), new Date(ends), { days: true })}</div>
    </header>
  )
}

function Breaks({ answer }: { answer: Explained }) {
  const t = useWords(rosterWords)
  const { lang } = useLang()
  const many = answer.facts !== null && answer.facts.nights > answer.facts.nightsMean + 1
  return (
    <section>
      <h2>{t('whatBreaks')}</h2>
      <div className="rb-breaks">
        <Signal kind={answer.breaks.length > 0 ? 'red' : 'green'} size={16} />
        <div>
          <b>{t('hardRules', { n: answer.breaks.length })}</b>
          {answer.breaks.length === 0 ? (
            <p className="rb-quiet">{t('hardKept')}</p>
          ) : (
            answer.breaks.map(one => (
              <p key={`${one.rule} ${one.day} ${one.detail}`}>
                {one.day.slice(5)} {one[lang]} <span className="rb-quiet">{one.rule}</span>
              </p>
            ))
          )}
        </div>
      </div>
      {many && answer.facts ? (
        <div className="rb-breaks">
          <Signal kind="amber" size={16} />
          <div>
            <b>{t('softRules', { n: 1 })}</b>
            <p className="rb-quiet">
              {t('softNights', { n: answer.facts.nights, mean: answer.facts.nightsMean })}
            </p>
          </div>
        </div>
      ) : null}
    </section>
  )
}

function SeatFoot(props: SeatPanelProps & { answer: Explained | undefined; chosen: string | null }) {
  const { view, seat, plan, edits, answer, chosen } = props
  const t = useWords(rosterWords)
  const lock = useDo(lockCell)
  const officer = view.officers[seat.chip.officer]
  const begun = seat.day * 1440 + seat.chip.from < props.nowMinute
  if (!plan) return <footer className="rb-side-foot rb-quiet">{t('readOnly')}</footer>
  if (begun) return <footer className="rb-side-foot rb-quiet">{t('begunNote')}</footer>
  const day = view.days[seat.day] ?? ''
  const locked = (seat.chip.flags & 2) !== 0
  const other = answer?.others.find(one => one.officerId === chosen) ?? answer?.others[0]
  const off = officer ? [{ officerId: officer[0], day, before: dutyOf(seat), after: null }] : []
  const send = () => {
    if (!other) return
    const after: Duty = { ...dutyOf(seat), bands: other.bands }
    const before = dutyBefore(view, other.officerId, seat.day)
    void edits.apply([...off, { officerId: other.officerId, day, before, after }])
  }
  return (
    <footer className="rb-side-foot">
      {officer ? (
        <>
          <Button
            icon={<Icon name="lock" size={14} />}
            loading={lock.isPending}
            onClick={() => lock.mutate({ ...plan, officerId: officer[0], day, locked: !locked })}
          >
            {locked ? t('unlock') : t('lock')}
          </Button>
          <Button disabled={locked} loading={edits.busy} onClick={() => void edits.apply(off)}>
            {t('takeOff')}
          </Button>
        </>
      ) : null}
      {other ? (
        <Button className="rb-side-do" disabled={locked} loading={edits.busy} onClick={send}>
          {t(officer ? 'replaceBy' : 'sendWho', { name: other.name })}
        </Button>
      ) : null}
    </footer>
  )
}

/** What somebody does that day as the board shows it, so that taking his place can be undone. */
export function dutyBefore(view: BoardView, officerId: string, day: number): Duty | null {
  for (let at = 0; at < view.cells.length; at += 5) {
    if (view.cells[at + 1] !== day || view.officers[view.cells[at + 3] ?? -1]?.[0] !== officerId) continue
    const [post, pattern] = view.rows[view.cells[at] ?? -1] ?? [-1, -1]
    const cut = view.patterns[pattern]
    const place = view.posts[post]
    if (!cut || !place) return null
    const mask = view.cells[at + 2] ?? 0
    const bands = cut.bands.filter((_band, bit) => (mask >> bit) & 1).map(band => band.key)
    return { postId: place.postId, patternId: cut.patternId, bands }
  }
  return null
}
