// Rows of the board by post: zones with what they have and need, posts with their chips.
import { memo } from 'react'
import { GapSwatch, Signal, useLang, useWords, ZoneSwatch, type ZoneKind } from '../../../ui/index.ts'
import { type BoardModel, type Chip, coverOf, type GroupRow, type PostRow } from './board-layout.ts'
import { fromFirst } from './board-sizes.ts'
import { type Carrying, verdictOf, type Verdict } from './carry.ts'
import { chipBox, idOf, type Place, placeOf, samePlace } from './place.ts'
import { kindWord, skillMarks } from './skill-marks.ts'
import { rosterWords } from './words.ts'

interface Span {
  fromDay: number
  untilDay: number
  dayWidth: number
}

const daysOf = ({ fromDay, untilDay }: Span) =>
  Array.from({ length: Math.max(0, untilDay - fromDay + 1) }, (_, at) => fromDay + at)

export const GroupView = memo(function GroupView(props: Span & { group: GroupRow; model: BoardModel }) {
  const { group, model, dayWidth } = props
  const t = useWords(rosterWords)
  return (
    <div className="rb-row rb-group" role="row" style={{ top: group.y, height: group.height }}>
      <div className="rb-first" role="rowheader">
        {group.zoneKind ? (
          <ZoneSwatch kind={group.zoneKind as ZoneKind} size={14} />
        ) : (
          <span className="rb-square" />
        )}
        <strong className="rb-name">
          {group.zoneKind ? (
            <>
              <span className="rb-wide">{`${t(group.zoneKind as ZoneKind)} · `}</span>
              {group.name}
            </>
          ) : (
            kindWord(t, group.postKind ?? '')
          )}
        </strong>
        <span className="rb-quiet rb-wide">{t('places', { n: group.posts })}</span>
      </div>
      {daysOf(props).map(day =>
        model.slots.map(slot => {
          const { need, have, open } = coverOf(group, day, slot)
          if (need === 0) return null
          const left = fromFirst((day + slot.from / 1440) * dayWidth)
          const width = ((slot.until - slot.from) / 1440) * dayWidth
          return (
            <span
              key={`${day} ${slot.key}`}
              role="gridcell"
              className={open > 0 ? 'rb-cover rb-cover-short' : 'rb-cover'}
              style={{ left, width }}
            >
              {open > 0 && width >= 48 ? <Signal kind="red" size={13} label={t('shortMark')} /> : null}
              <b>{have}</b>/{need}
            </span>
          )
        }),
      )}
    </div>
  )
})

interface RowProps extends Span {
  row: PostRow
  model: BoardModel
  selected: Place | null
  onPick: (place: Place) => void
  nowMinute: number
  /** Somebody who is held over the board: then each place says whether it may take him. */
  carrying: Carrying | null
}

export const PostRowView = memo(
  function PostRowView(props: RowProps) {
    const { row, model } = props
    const t = useWords(rosterWords)
    const skills = skillMarks(t, model.view.skills, row.skills).map(one => one.full)
    return (
      <div className="rb-row rb-post" role="row" style={{ top: row.y, height: row.height }}>
        <div className="rb-first rb-post-name" role="rowheader">
          <span className="rb-name">{row.post.name}</span>
          <span className="rb-quiet">
            {row.post.code} · {t('headsOnly', { n: row.heads })}
            {skills.length > 0 ? <span className="rb-wide">{` · ${skills.join(' ')}`}</span> : null}
          </span>
        </div>
        {daysOf(props).map(day => (
          <DayChips key={day} {...props} day={day} />
        ))}
      </div>
    )
  },
  (before, after) =>
    before.row === after.row &&
    before.model === after.model &&
    before.fromDay === after.fromDay &&
    before.untilDay === after.untilDay &&
    before.dayWidth === after.dayWidth &&
    before.nowMinute === after.nowMinute &&
    before.onPick === after.onPick &&
    before.carrying === after.carrying &&
    (samePlace(before.selected, after.selected) ||
      (before.selected?.row !== before.row.row && after.selected?.row !== after.row.row)),
)

function DayChips(props: RowProps & { day: number }) {
  const { row, day, dayWidth, selected } = props
  return (
    <>
      <span className="rb-edge" style={{ left: fromFirst(day * dayWidth) }} />
      {(row.days[day] ?? []).map(chip => (
        <ChipView
          key={`${chip.kind} ${chip.officer} ${chip.from} ${chip.lane}`}
          {...props}
          chip={chip}
          verdict={props.carrying ? verdictOf(props.carrying, { row, day, chip }) : null}
          isSelected={samePlace(selected, placeOf(row.row, day, chip))}
          onPick={() => props.onPick(placeOf(row.row, day, chip))}
        />
      ))}
    </>
  )
}

interface ChipProps extends Omit<RowProps, 'onPick'> {
  day: number
  chip: Chip
  verdict: Verdict | null
  isSelected: boolean
  onPick: () => void
}

const verdictClasses = { may: 'rb-may', not: 'rb-not', asking: 'rb-asking', home: 'rb-home' } as const

/** What a place says to him who is held over the board: a tick, or the rule in the way with its words. */
function VerdictMark({ verdict }: { verdict: Verdict }) {
  const t = useWords(rosterWords)
  const { lang } = useLang()
  const { state, obstacle } = verdict
  if (state === 'may') return <Signal kind="green" size={12} label={t('mayTake')} />
  if (state !== 'not' || !obstacle) return null
  return (
    <span className="rb-rule" title={obstacle[lang]}>
      {obstacle.rule} {obstacle[lang]}
    </span>
  )
}

/** Room in a row for one more, shown only while somebody is carried. */
function FreeView({ chip, day, dayWidth, row, verdict }: ChipProps) {
  const t = useWords(rosterWords)
  const { lang } = useLang()
  const { x, y, width, height } = chipBox(chip, row, day, dayWidth)
  const bands = row.pattern.bands.filter(band => chip.bands.includes(band.key)).map(band => band[lang])
  return (
    <div
      role="gridcell"
      id={idOf(placeOf(row.row, day, chip))}
      className={`rb-free ${verdict ? verdictClasses[verdict.state] : ''}`}
      style={{ left: fromFirst(x), top: y, width, height }}
    >
      <span className="fx-hidden">{`${t('freePlace')} ${bands.join(t('comma'))} ${row.post.name}`}</span>
      {verdict ? <VerdictMark verdict={verdict} /> : null}
    </div>
  )
}

/** A place with nobody in it, or a crew that lacks a skill. */
function GapView({ chip, day, dayWidth, model, row, isSelected, onPick, verdict }: ChipProps) {
  const t = useWords(rosterWords)
  const { lang } = useLang()
  const { x, y, width, height } = chipBox(chip, row, day, dayWidth)
  const bands = row.pattern.bands.filter(band => chip.bands.includes(band.key)).map(band => band[lang])
  const needs = skillMarks(t, model.view.skills, chip.lacks).map(one => one.full)
  const said = { post: row.post.name, band: bands.join(t('comma')), n: Math.max(1, chip.missing) }
  const classes = ['rb-gap']
  if (chip.ended) classes.push('rb-gap-past')
  if (verdict) classes.push(verdictClasses[verdict.state])
  if (isSelected) classes.push('rb-selected')
  return (
    <button
      type="button"
      role="gridcell"
      id={idOf(placeOf(row.row, day, chip))}
      tabIndex={-1}
      aria-selected={isSelected}
      className={classes.join(' ')}
      style={{ left: fromFirst(x), top: y, width, height }}
      onClick={onPick}
    >
      <span className="fx-hidden">
        {`${t(chip.ended ? 'pastGapLabel' : 'gapLabel', said)} ${needs.join(t('comma'))}`}
      </span>
      {chip.kind === 'gap' ? (
        <b aria-hidden="true">{t(chip.ended ? 'wasShort' : 'short', { n: chip.missing })}</b>
      ) : chip.ended ? null : (
        <Signal kind="red" size={12} />
      )}
      {verdict ? (
        <VerdictMark verdict={verdict} />
      ) : needs.length > 0 && (width > 80 || chip.lanes > 1) ? (
        <span aria-hidden="true">
          {t('must')}
          {needs.join(t('comma'))}
        </span>
      ) : null}
    </button>
  )
}

function ChipView(props: ChipProps) {
  const { chip, day, dayWidth, model, row, isSelected, nowMinute, onPick } = props
  const t = useWords(rosterWords)
  const { lang } = useLang()
  const { x, y, width, height } = chipBox(chip, row, day, dayWidth)
  const style = { left: fromFirst(x), top: y, width, height }
  const officer = model.view.officers[chip.officer]
  if (!officer) return chip.kind === 'free' ? <FreeView {...props} /> : <GapView {...props} />
  const { verdict } = props
  const bands = row.pattern.bands.filter(band => chip.bands.includes(band.key)).map(band => band[lang])
  const room = width > 150 ? 3 : width > 90 ? 2 : width > 64 ? 1 : 0
  const marks = skillMarks(t, model.view.skills, officer[5]).slice(0, room)
  const past = day * 1440 + chip.until < nowMinute
  const classes = ['rb-chip', officer[3] === 'auxiliary' ? 'rb-auxiliary' : 'rb-police']
  if (past) classes.push('rb-past')
  if (chip.flags & 1) classes.push('rb-changed')
  if (chip.flags & 4) classes.push('rb-broken')
  if (isSelected) classes.push('rb-selected')
  if (verdict) classes.push(verdictClasses[verdict.state])
  const said = [...bands, row.post.name, ...marks.map(one => one.full)]
  if (chip.flags & 1) said.push(t('changed'))
  if (chip.flags & 2) said.push(t('locked'))
  if (chip.flags & 4) said.push(t('breaksRule'))
  return (
    <button
      type="button"
      role="gridcell"
      id={idOf(placeOf(row.row, day, chip))}
      tabIndex={-1}
      aria-selected={isSelected}
      className={classes.join(' ')}
      style={style}
      onClick={onPick}
    >
      {chip.flags & 4 ? <Signal kind="red" size={12} /> : null}
      <span className="rb-chip-name">{officer[1]}</span>
      <span className="fx-hidden">{said.join(' ')}</span>
      {chip.flags & 2 ? <span className="rb-lock" /> : null}
      {verdict ? <VerdictMark verdict={verdict} /> : null}
      {(verdict ? [] : marks).map(({ mark, full }) => (
        <span key={full} className="rb-mark" aria-hidden="true">
          {mark}
        </span>
      ))}
    </button>
  )
}

export function Legend() {
  const t = useWords(rosterWords)
  return (
    <ul className="rb-legend">
      <li>
        <span className="rb-chip rb-police" />
        {t('police')}
      </li>
      <li>
        <span className="rb-chip rb-auxiliary" />
        {t('auxiliary')}
      </li>
      <li>
        <span className="rb-chip rb-auxiliary rb-changed" />
        {t('changed')}
      </li>
      <li>
        <GapSwatch size={16} />
        {t('open')}
      </li>
    </ul>
  )
}
