// Rows of the board by post: zones with what they have and need, posts with their chips.
import { memo } from 'react'
import { GapSwatch, Signal, useLang, useWords, ZoneSwatch, type ZoneKind } from '../../../ui/index.ts'
import {
  type BoardModel,
  type Chip,
  coverOf,
  type GroupRow,
  laneHeight,
  type PostRow,
} from './board-layout.ts'
import { firstColumn } from './BoardScroll.tsx'
import { kindWord, skillMarks } from './skill-marks.ts'
import { rosterWords } from './words.ts'

/** Where on the paper, not who: after somebody is replaced the same place is still looked at. */
export interface Place {
  row: number
  day: number
  from: number
  lane: number
}
export const samePlace = (a: Place | null, b: Place | null): boolean =>
  a?.row === b?.row && a?.day === b?.day && a?.from === b?.from && a?.lane === b?.lane
export const placeOf = (row: number, day: number, { from, lane }: Chip): Place => ({ row, day, from, lane })
/** Names the place for `aria-activedescendant`: the grid keeps the focus, readers follow the selection. */
export const idOf = ({ row, day, from, lane }: Place): string => `rb-${row}-${day}-${from}-${lane}`
export const chipAt = (row: PostRow | undefined, place: Place | null): Chip | undefined =>
  place ? row?.days[place.day]?.find(one => one.from === place.from && one.lane === place.lane) : undefined

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
  const name = group.zoneKind
    ? `${t(group.zoneKind as ZoneKind)} · ${group.name}`
    : kindWord(t, group.postKind ?? '')
  return (
    <div className="rb-row rb-group" role="row" style={{ top: group.y, height: group.height }}>
      <div className="rb-first" role="rowheader" style={{ width: firstColumn }}>
        {group.zoneKind ? (
          <ZoneSwatch kind={group.zoneKind as ZoneKind} size={14} />
        ) : (
          <span className="rb-square" />
        )}
        <strong>{name}</strong>
        <span className="rb-quiet">{t('places', { n: group.posts })}</span>
      </div>
      {daysOf(props).map(day =>
        model.slots.map(slot => {
          const { need, have } = coverOf(group, day, slot)
          if (need === 0) return null
          const left = firstColumn + day * dayWidth + (slot.from / 1440) * dayWidth
          const width = ((slot.until - slot.from) / 1440) * dayWidth
          return (
            <span
              key={`${day} ${slot.key}`}
              role="gridcell"
              className={have < need ? 'rb-cover rb-cover-short' : 'rb-cover'}
              style={{ left, width }}
            >
              {have < need ? <Signal kind="red" size={13} label={t('shortMark')} /> : null}
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
}

export const PostRowView = memo(
  function PostRowView(props: RowProps) {
    const { row, model } = props
    const t = useWords(rosterWords)
    const skills = skillMarks(t, model.view.skills, row.skills).map(one => one.full)
    return (
      <div className="rb-row rb-post" role="row" style={{ top: row.y, height: row.height }}>
        <div className="rb-first rb-post-name" role="rowheader" style={{ width: firstColumn }}>
          <span className="rb-name">{row.post.name}</span>
          <span className="rb-quiet">
            {row.post.code} · {t('headsOnly', { n: row.heads })}
            {skills.length > 0 ? ` · ${skills.join(' ')}` : ''}
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
    (samePlace(before.selected, after.selected) ||
      (before.selected?.row !== before.row.row && after.selected?.row !== after.row.row)),
)

function DayChips(props: RowProps & { day: number }) {
  const { row, day, dayWidth, selected } = props
  return (
    <>
      <span className="rb-edge" style={{ left: firstColumn + day * dayWidth }} />
      {(row.days[day] ?? []).map(chip => (
        <ChipView
          key={`${chip.kind} ${chip.officer} ${chip.from} ${chip.lane}`}
          {...props}
          chip={chip}
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
  isSelected: boolean
  onPick: () => void
}

/** Where a chip lies on the paper, from the first day's edge. */
export function chipBox(chip: Chip, day: number, dayWidth: number) {
  return {
    x: day * dayWidth + (chip.from / 1440) * dayWidth + 1,
    y: chip.lane * laneHeight + 3,
    width: ((chip.until - chip.from) / 1440) * dayWidth - 3,
    height: chip.lanes * laneHeight - 4,
  }
}

/** A place with nobody in it, or a crew that lacks a skill. */
function GapView({ chip, day, dayWidth, model, row, isSelected, onPick }: ChipProps) {
  const t = useWords(rosterWords)
  const { lang } = useLang()
  const { x, y, width, height } = chipBox(chip, day, dayWidth)
  const bands = row.pattern.bands.filter(band => chip.bands.includes(band.key)).map(band => band[lang])
  const needs = skillMarks(t, model.view.skills, chip.lacks).map(one => one.full)
  const said = { post: row.post.name, band: bands.join(t('comma')), n: Math.max(1, chip.missing) }
  return (
    <button
      type="button"
      role="gridcell"
      id={idOf(placeOf(row.row, day, chip))}
      tabIndex={-1}
      aria-selected={isSelected}
      className={isSelected ? 'rb-gap rb-selected' : 'rb-gap'}
      style={{ left: firstColumn + x, top: y, width, height }}
      onClick={onPick}
    >
      <span className="fx-hidden">{`${t('gapLabel', said)} ${needs.join(t('comma'))}`}</span>
      {chip.kind === 'gap' ? (
        <b aria-hidden="true">{t('short', { n: chip.missing })}</b>
      ) : (
        <Signal kind="red" size={12} />
      )}
      {needs.length > 0 && (width > 80 || chip.lanes > 1) ? (
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
  const { x, y, width, height } = chipBox(chip, day, dayWidth)
  const style = { left: firstColumn + x, top: y, width, height }
  const officer = model.view.officers[chip.officer]
  if (!officer) return <GapView {...props} />
  const bands = row.pattern.bands.filter(band => chip.bands.includes(band.key)).map(band => band[lang])
  const marks = width > 64 ? skillMarks(t, model.view.skills, officer[5]).slice(0, width > 150 ? 3 : 2) : []
  const past = day * 1440 + chip.until < nowMinute
  const classes = ['rb-chip', officer[3] === 'auxiliary' ? 'rb-auxiliary' : 'rb-police']
  if (past) classes.push('rb-past')
  if (chip.flags & 1) classes.push('rb-changed')
  if (chip.flags & 4) classes.push('rb-broken')
  if (isSelected) classes.push('rb-selected')
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
      {marks.map(({ mark, full }) => (
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
