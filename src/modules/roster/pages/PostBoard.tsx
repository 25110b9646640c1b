// The board by post: zones and posts down, days and bands across.
import { type KeyboardEvent, useEffect, useMemo } from 'react'
import { Signal, useFormat, useLang, useWords } from '../../../ui/index.ts'
import { type BoardModel, type Chip, itemsBetween, type PostRow } from './board-layout.ts'
import type { BoardSizes } from './board-sizes.ts'
import { BoardScroll, openSide, useReveal, useScroller } from './BoardScroll.tsx'
import { GroupView, PostRowView } from './BoardRows.tsx'
import { CarryFrame } from './CarryLayer.tsx'
import { targetPlace } from './carry.ts'
import { OverviewRow } from './OverviewRow.tsx'
import { chipAt, chipBox, idOf, type Place, placeOf } from './place.ts'
import type { Carry } from './use-carry.ts'
import { usePointerCarry } from './use-pointer-carry.ts'
import { rosterWords } from './words.ts'

const headHeight = 70

export interface PostBoardProps {
  model: BoardModel
  sizes: BoardSizes
  dayWidth: number
  overview: boolean
  selected: Place | null
  onSelect: (place: Place | null) => void
  onRemove: () => void
  onUndo: () => void
  onRedo: () => void
  nowMinute: number
  timeZone: string
  showDay: { day: number; asked: number }
  carry: Carry
}

export function PostBoard(props: PostBoardProps) {
  const { model, dayWidth, selected, onSelect, nowMinute, carry } = props
  const t = useWords(rosterWords)
  const scroller = useScroller()
  const reveal = useReveal(scroller, headHeight, props.sizes.first)
  const posts = useMemo(() => model.items.filter((item): item is PostRow => item.type === 'row'), [model])
  usePointerCarry({ scroller, model, sizes: props.sizes, dayWidth, headHeight, carry })
  const cursor = carry.carrying && carry.over && carry.over !== 'off' ? targetPlace(carry.over) : selected
  const go = (place: Place) => {
    const row = posts.find(one => one.row === place.row)
    const chip = chipAt(row, place)
    if (carry.carrying) carry.hold(row && chip ? { row, day: place.day, chip } : null)
    else onSelect(place)
    if (!row || !chip) return
    const box = chipBox(chip, row, place.day, dayWidth)
    reveal({ x: box.x, y: row.y + box.y, width: box.width, height: box.height })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const done = carry.carrying ? carryKey(event, props, posts, go) : handleKey(event, props, posts, go)
    if (done) event.preventDefault()
  }
  const ticks = useMemo(
    () =>
      posts.filter(row => row.missing > 0 || row.broken > 0).map(row => row.y / Math.max(1, model.height)),
    [posts, model.height],
  )
  return (
    <BoardScroll
      label={t('boardLabel')}
      days={model.view.days.length}
      first={props.sizes.first}
      dayWidth={dayWidth}
      headHeight={headHeight}
      height={model.height}
      scroller={scroller}
      showDay={props.showDay}
      ticks={ticks}
      nowAt={nowMinute >= 0 ? (nowMinute / 1440) * dayWidth : null}
      onKeyDown={onKeyDown}
      active={cursor ? idOf(cursor) : undefined}
      corner={
        <>
          <strong>{t('posts')}</strong>
          <span className="rb-quiet">{t('postsCount', { n: posts.length })}</span>
        </>
      }
      head={day => <DayHead day={day} {...props} />}
      rows={sight => (
        <>
          <RowsInSight {...props} {...sight} />
          <CarryFrame carry={carry} dayWidth={dayWidth} />
        </>
      )}
    />
  )
}

interface Sight {
  top: number
  bottom: number
  fromDay: number
  untilDay: number
}

function RowsInSight(props: PostBoardProps & Sight) {
  const { model, dayWidth, fromDay, untilDay, overview, carry } = props
  const span = { fromDay, untilDay, dayWidth }
  const { see } = carry
  const carries = carry.carrying !== null
  useEffect(() => {
    if (carries) see(fromDay, untilDay)
  }, [carries, see, fromDay, untilDay])
  return itemsBetween(model.items, props.top, props.bottom).map(item => {
    if (item.type === 'group') return <GroupView key={item.key} group={item} model={model} {...span} />
    if (overview) return <OverviewRow key={item.row} row={item} {...span} />
    return (
      <PostRowView
        key={item.row}
        row={item}
        model={model}
        selected={props.selected}
        onPick={props.onSelect}
        nowMinute={props.nowMinute}
        carrying={carry.carrying}
        {...span}
      />
    )
  })
}

function DayHead({ day, model, dayWidth, nowMinute, timeZone }: PostBoardProps & { day: number }) {
  const t = useWords(rosterWords)
  const { lang } = useLang()
  const format = useFormat(timeZone)
  const total = model.totals[day]
  const begins = Date.parse(model.view.begins) + day * 86_400_000
  return (
    <>
      <div className={dayWidth >= 220 ? 'rb-day-name' : 'rb-day-name rb-day-narrow'}>
        <strong className="fx-date">{format.day(model.view.days[day] ?? '')}</strong>
        {dayWidth >= 220 ? (
          <span className="rb-quiet">{t('shouldHave', { n: total?.need ?? 0 })}</span>
        ) : null}
        {total && total.open > 0 ? (
          <span className="rb-short" title={t('short', { n: total.open })}>
            <Signal kind="red" size={13} label={dayWidth >= 220 ? undefined : t('shortMark')} />
            {dayWidth >= 220 ? t('short', { n: total.open }) : total.open}
          </span>
        ) : null}
        {total && total.past > 0 && dayWidth >= 220 ? (
          <span className="rb-quiet">{t('wasShort', { n: total.past })}</span>
        ) : null}
      </div>
      {model.slots.map(slot => {
        const [from, until] = [begins + slot.from * 60_000, begins + slot.until * 60_000]
        const isNow = nowMinute >= day * 1440 + slot.from && nowMinute < day * 1440 + slot.until
        const width = ((slot.until - slot.from) / 1440) * dayWidth
        return (
          <div
            key={slot.key}
            className={isNow ? 'rb-slot rb-slot-now' : 'rb-slot'}
            style={{ left: (slot.from / 1440) * dayWidth, width }}
          >
            {width >= 84 ? (
              <>
                <b>{slot[lang].replace(/班$/u, '')}</b>
                <span className="fx-date">
                  {format.time(new Date(from))}
                  <br />
                  {format.time(new Date(until))}
                </span>
              </>
            ) : (
              <b title={slot[lang]}>{slot[lang].slice(0, lang === 'zh' ? 1 : 2)}</b>
            )}
          </div>
        )
      })}
    </>
  )
}

// ------------------------------------------------------------------------------------------------------ keyboard

function handleKey(
  event: KeyboardEvent,
  props: PostBoardProps,
  posts: readonly PostRow[],
  go: (place: Place) => void,
): boolean {
  const { selected, onSelect, onRemove, onUndo, onRedo, carry } = props
  const asked = undoKey(event)
  if (asked) {
    if (asked === 'redo') onRedo()
    else onUndo()
    return true
  }
  if (event.key === ' ' && selected) return carry.pick(selected, 'keys')
  if (event.key === 'Escape') {
    onSelect(null)
    return true
  }
  if (event.key === 'Enter' && selected) {
    openSide()
    return true
  }
  if ((event.key === 'Delete' || event.key === 'Backspace') && selected) {
    onRemove()
    return true
  }
  if (!event.key.startsWith('Arrow')) return false
  const next = selected ? neighbour(posts, selected, event.key) : firstPlace(posts)
  if (next) go(next)
  return true
}

/** Ctrl Z, and Ctrl Y or Ctrl Shift Z. */
export function undoKey(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (!event.ctrlKey && !event.metaKey) return null
  const key = event.key.toLowerCase()
  if (key === 'y' || (key === 'z' && event.shiftKey)) return 'redo'
  return key === 'z' ? 'undo' : null
}

/** While somebody is carried the arrows go from place to place, and he is put down or back. */
function carryKey(
  event: KeyboardEvent,
  { carry, onSelect }: PostBoardProps,
  posts: readonly PostRow[],
  go: (place: Place) => void,
): boolean {
  const { over } = carry
  if (event.key === 'Escape') carry.putBack()
  else if (event.key === 'Enter' || event.key === ' ') {
    if (over && over !== 'off' && carry.verdict?.state !== 'not') onSelect(targetPlace(over))
    carry.drop()
  } else if (event.key === 'Delete' || event.key === 'Backspace') carry.hold('off')
  else if (event.key.startsWith('Arrow')) {
    const from = over && over !== 'off' ? targetPlace(over) : (carry.carrying?.carried.place ?? null)
    const next = from ? neighbour(posts, from, event.key) : firstPlace(posts)
    if (next) go(next)
  } else return false
  return true
}

function firstPlace(posts: readonly PostRow[]): Place | null {
  for (const row of posts) {
    const day = row.days.findIndex(chips => chips.length > 0)
    const chip = row.days[day]?.[0]
    if (chip) return placeOf(row.row, day, chip)
  }
  return null
}

const middleOf = (chip: Chip, day: number) => day * 1440 + (chip.from + chip.until) / 2

/** Sideways along the row to the next in time; up and down to what stands nearest in time, lane by lane. */
function neighbour(posts: readonly PostRow[], place: Place, key: string): Place | null {
  const at = posts.findIndex(row => row.row === place.row)
  const row = posts[at]
  const chip = chipAt(row, place)
  if (!row || !chip) return firstPlace(posts)
  const now = middleOf(chip, place.day)
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const forward = key === 'ArrowRight'
    return nearest(row, (one, day) => {
      const distance = (middleOf(one, day) - now) * (forward ? 1 : -1)
      return distance > 0 ? distance + Math.abs(one.lane - chip.lane) * 10 : null
    })
  }
  const down = key === 'ArrowDown'
  const inRow = nearest(row, (one, day) => {
    const steps = (one.lane - chip.lane) * (down ? 1 : -1)
    const overlaps = Math.abs(middleOf(one, day) - now) < 720
    return steps > 0 && overlaps ? steps * 10_000 + Math.abs(middleOf(one, day) - now) : null
  })
  if (inRow) return inRow
  for (let next = at + (down ? 1 : -1); next >= 0 && next < posts.length; next += down ? 1 : -1) {
    const other = posts[next]
    if (!other) break
    const found = nearest(other, (one, day) => {
      const lane = down ? one.lane : 100 - one.lane
      return Math.abs(middleOf(one, day) - now) < 1440
        ? lane * 10_000 + Math.abs(middleOf(one, day) - now)
        : null
    })
    if (found) return found
  }
  return null
}

function nearest(row: PostRow, costOf: (chip: Chip, day: number) => number | null): Place | null {
  let best: Place | null = null
  let least = Number.POSITIVE_INFINITY
  row.days.forEach((chips, day) => {
    for (const chip of chips) {
      const cost = costOf(chip, day)
      if (cost === null || cost >= least) continue
      least = cost
      best = placeOf(row.row, day, chip)
    }
  })
  return best
}
