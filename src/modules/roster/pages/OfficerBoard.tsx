// The board by officer: units and people down, days across.
import { type KeyboardEvent, useMemo } from 'react'
import { Signal, useFormat, useWords } from '../../../ui/index.ts'
import { type BoardView, itemsBetween } from './board-layout.ts'
import { type BoardSizes, fromFirst } from './board-sizes.ts'
import { BoardScroll, openSide, useReveal, useScroller } from './BoardScroll.tsx'
import type { OfficerModel, OfficerRow, UnitRow } from './officer-layout.ts'
import { undoKey } from './PostBoard.tsx'
import { skillMarks } from './skill-marks.ts'
import { rosterWords } from './words.ts'

const headHeight = 44

export interface OfficerPlace {
  officer: number
  day: number
}

export interface OfficerBoardProps {
  model: OfficerModel
  selected: OfficerPlace | null
  onSelect: (place: OfficerPlace | null) => void
  onRemove: () => void
  onUndo: () => void
  onRedo: () => void
  timeZone: string
  sizes: BoardSizes
  showDay: { day: number; asked: number }
}

export function OfficerBoard(props: OfficerBoardProps) {
  const { model, selected, onSelect, sizes } = props
  const { first, officerDay: dayWidth } = sizes
  const t = useWords(rosterWords)
  const scroller = useScroller()
  const reveal = useReveal(scroller, headHeight, first)
  const people = useMemo(
    () => model.items.filter((item): item is OfficerRow => item.type === 'officer'),
    [model],
  )
  const days = model.view.days.length
  const go = (place: OfficerPlace, row: OfficerRow) => {
    onSelect(place)
    reveal({ x: place.day * dayWidth, y: row.y, width: dayWidth, height: row.height })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (handleKey(event, props, people, go)) event.preventDefault()
  }
  return (
    <BoardScroll
      label={t('boardLabel')}
      days={days}
      first={first}
      dayWidth={dayWidth}
      headHeight={headHeight}
      height={model.height}
      scroller={scroller}
      showDay={props.showDay}
      ticks={people.filter(row => row.broken).map(row => row.y / Math.max(1, model.height))}
      nowAt={null}
      onKeyDown={onKeyDown}
      active={selected ? `rb-p-${selected.officer}-${selected.day}` : undefined}
      corner={
        <>
          <strong>{t('officers')}</strong>
          <span className="rb-quiet">{t('officersCount', { n: people.length })}</span>
        </>
      }
      head={day => <PersonDay day={model.view.days[day] ?? ''} timeZone={props.timeZone} />}
      rows={({ top, bottom, fromDay, untilDay }) =>
        itemsBetween(model.items as never, top, bottom).map(raw => {
          const item = raw as unknown as OfficerRow | UnitRow
          const span = { fromDay, untilDay, dayWidth }
          return item.type === 'unit' ? (
            <UnitView key={item.unitId} unit={item} {...span} />
          ) : (
            <OfficerView
              key={item.officer}
              row={item}
              view={model.view}
              selectedDay={selected?.officer === item.officer ? selected.day : -1}
              onSelect={onSelect}
              {...span}
            />
          )
        })
      }
    />
  )
}

function PersonDay({ day, timeZone }: { day: string; timeZone: string }) {
  const format = useFormat(timeZone)
  const [date, weekday] = [format.day(day, { weekday: false }), format.day(day)]
  return (
    <div className="rb-person-day">
      <strong className="fx-date">{date}</strong>
      <span className="rb-quiet">{weekday.replace(date, '').trim()}</span>
    </div>
  )
}

const steps: Record<string, [number, number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function handleKey(
  event: KeyboardEvent,
  props: OfficerBoardProps,
  people: readonly OfficerRow[],
  go: (place: OfficerPlace, row: OfficerRow) => void,
): boolean {
  const { selected } = props
  const asked = undoKey(event)
  if (asked) {
    if (asked === 'redo') props.onRedo()
    else props.onUndo()
    return true
  }
  if (event.key === 'Escape') props.onSelect(null)
  else if (event.key === 'Enter' && selected) openSide()
  else if ((event.key === 'Delete' || event.key === 'Backspace') && selected) props.onRemove()
  else {
    const step = steps[event.key]
    if (!step) return false
    const at = people.findIndex(row => row.officer === selected?.officer)
    const row = people[Math.min(people.length - 1, Math.max(0, at + step[0]))]
    const last = props.model.view.days.length - 1
    const day = Math.min(last, Math.max(0, (selected?.day ?? 0) + step[1]))
    if (row) go({ officer: row.officer, day }, row)
  }
  return true
}

const range = (from: number, until: number) =>
  Array.from({ length: Math.max(0, until - from + 1) }, (_, at) => from + at)

interface Days {
  fromDay: number
  untilDay: number
  dayWidth: number
}

function UnitView({ unit, fromDay, untilDay, dayWidth }: Days & { unit: UnitRow }) {
  const t = useWords(rosterWords)
  return (
    <div className="rb-row rb-group" role="row" style={{ top: unit.y, height: unit.height }}>
      <div className="rb-first" role="rowheader">
        <strong>{unit.name}</strong>
        <span className="rb-quiet">{t('heads', { n: unit.officers })}</span>
      </div>
      {range(fromDay, untilDay).map(day => (
        <span key={day} className="rb-cover" style={{ left: fromFirst(day * dayWidth), width: dayWidth }}>
          <b>{unit.days[day]}</b>/{unit.officers}
        </span>
      ))}
    </div>
  )
}

/** What an officer does on a day, as the view says it. */
export function dutyAt(view: BoardView, cell: number) {
  const [post, pattern] = view.rows[view.cells[cell] ?? -1] ?? [-1, -1]
  const mask = view.cells[cell + 2] ?? 0
  const bands = (view.patterns[pattern]?.bands ?? []).filter((_band, bit) => (mask >> bit) & 1)
  return { post: view.posts[post], pattern: view.patterns[pattern], bands, flags: view.cells[cell + 4] ?? 0 }
}

function OfficerView(
  props: Days & {
    row: OfficerRow
    view: BoardView
    selectedDay: number
    onSelect: (place: OfficerPlace) => void
  },
) {
  const { row, view, selectedDay, fromDay, untilDay } = props
  const t = useWords(rosterWords)
  const officer = view.officers[row.officer]
  if (!officer) return null
  const [, name, badge, kind, , skills] = officer
  return (
    <div className="rb-row rb-person" role="row" style={{ top: row.y, height: row.height }}>
      <div className="rb-first" role="rowheader">
        <span className={kind === 'auxiliary' ? 'rb-dot rb-auxiliary' : 'rb-dot rb-police'} />
        <span className="rb-name">{name}</span>
        <span className="rb-quiet rb-wide">{badge}</span>
        {skillMarks(t, view.skills, skills)
          .slice(0, 2)
          .map(({ mark, full }) => (
            <span key={full} className="rb-mark rb-wide">
              {mark}
            </span>
          ))}
        <span className="rb-quiet rb-end">{Math.round(row.minutes / 60)}</span>
      </div>
      {range(fromDay, untilDay).map(day => (
        <DayCell key={day} {...props} day={day} isSelected={selectedDay === day} />
      ))}
    </div>
  )
}

function DayCell(props: {
  row: OfficerRow
  view: BoardView
  day: number
  dayWidth: number
  isSelected: boolean
  onSelect: (place: OfficerPlace) => void
}) {
  const { row, view, day, dayWidth, isSelected, onSelect } = props
  const t = useWords(rosterWords)
  const cell = row.days[day] ?? -1
  const duty = cell < 0 ? null : dutyAt(view, cell)
  const night = duty?.bands.some(band => band.key === 'night' || band.key === 'evening') ?? false
  const classes = ['rb-cell']
  if (duty) classes.push(night ? 'rb-night' : 'rb-daytime')
  if (duty && duty.flags & 1) classes.push('rb-changed')
  if (duty && duty.flags & 4) classes.push('rb-broken')
  if (isSelected) classes.push('rb-selected')
  const bands = duty?.bands.map(band => band.zh.slice(0, 1)).join('') ?? ''
  return (
    <button
      type="button"
      role="gridcell"
      id={`rb-p-${row.officer}-${day}`}
      tabIndex={-1}
      aria-selected={isSelected}
      className={classes.join(' ')}
      style={{ left: fromFirst(day * dayWidth), width: dayWidth }}
      onClick={() => onSelect({ officer: row.officer, day })}
      title={duty?.post?.name}
    >
      {duty ? (
        <>
          {duty.flags & 4 ? <Signal kind="red" size={12} /> : null}
          <b lang="zh">{bands}</b>
          <span>{duty.post?.code}</span>
        </>
      ) : (
        <span className="rb-off">{t('dayOff')}</span>
      )}
    </button>
  )
}
