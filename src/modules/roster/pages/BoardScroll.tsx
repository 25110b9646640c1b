// Paper that scrolls in both directions: only what is in sight is drawn, the head and the first column stay.
import './roster.css'
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { fromFirst } from './board-sizes.ts'

export interface Sight {
  top: number
  left: number
  width: number
  height: number
}

/** What of the paper can be seen, told at most once a frame. */
function useSight(scroller: RefObject<HTMLDivElement | null>): Sight {
  const [sight, setSight] = useState<Sight>({ top: 0, left: 0, width: 1200, height: 700 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    let frame = 0
    const look = () => {
      frame = 0
      const { scrollTop, scrollLeft, clientWidth, clientHeight } = element
      setSight({ top: scrollTop, left: scrollLeft, width: clientWidth, height: clientHeight })
    }
    const soon = () => {
      frame ||= requestAnimationFrame(look)
    }
    look()
    element.addEventListener('scroll', soon, { passive: true })
    const observer = new ResizeObserver(soon)
    observer.observe(element)
    return () => {
      cancelAnimationFrame(frame)
      element.removeEventListener('scroll', soon)
      observer.disconnect()
    }
  }, [scroller])
  return sight
}

export interface BoardScrollProps {
  label: string
  days: number
  /** Width of the column of names. */
  first: number
  dayWidth: number
  headHeight: number
  height: number
  corner: ReactNode
  head: (day: number) => ReactNode
  /** Rows in sight, drawn absolutely at their height below the head. */
  rows: (sight: { top: number; bottom: number; fromDay: number; untilDay: number }) => ReactNode
  /** Places of problems as shares of the height. */
  ticks: number[]
  /** Minute line of now, in px from the first day. */
  nowAt: number | null
  /** Day that is scrolled to when it changes. */
  showDay: { day: number; asked: number }
  onKeyDown: (event: KeyboardEvent) => void
  /** Id of the cell that is selected. */
  active?: string
  scroller: RefObject<HTMLDivElement | null>
}

export function BoardScroll(props: BoardScrollProps) {
  const { days, first, dayWidth, headHeight, height, scroller, showDay } = props
  const sight = useSight(scroller)
  const now = useRef(props.nowAt)
  useLayoutEffect(() => {
    now.current = props.nowAt
  }, [props.nowAt])
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || showDay.day < 0) return
    const begins = showDay.day * dayWidth
    // Where a day is wider than the screen, today is shown from just before now.
    const into = (now.current ?? 0) - begins
    const hides = element.clientWidth - first < dayWidth && into > 0 && into < dayWidth
    element.scrollLeft = hides ? begins + Math.min(into - 28, dayWidth - element.clientWidth + first) : begins
  }, [scroller, showDay, dayWidth, first])
  const fromDay = Math.max(0, Math.floor((sight.left - 40) / dayWidth))
  const untilDay = Math.min(days - 1, Math.floor((sight.left + sight.width - first + 40) / dayWidth))
  const shown = Array.from({ length: Math.max(0, untilDay - fromDay + 1) }, (_, at) => fromDay + at)
  const [top, bottom] = [sight.top - 200, sight.top + sight.height + 200]
  return (
    <div className="rb-frame" style={{ '--rb-first': `${first}px` } as CSSProperties}>
      <div
        ref={scroller}
        className="rb-scroll"
        role="grid"
        aria-label={props.label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the grid takes the keys for its cells
        tabIndex={0}
        onKeyDown={props.onKeyDown}
        aria-activedescendant={props.active}
        // The grid keeps the focus, so that the arrows go on from what was clicked.
        onClick={() => scroller.current?.focus({ preventScroll: true })}
      >
        <div className="rb-canvas" style={{ width: first + days * dayWidth, height: headHeight + height }}>
          <div className="rb-head" role="row" style={{ height: headHeight }}>
            <div className="rb-corner" role="columnheader" style={{ height: headHeight }}>
              {props.corner}
            </div>
            {shown.map(day => (
              <div
                key={day}
                className="rb-day"
                role="columnheader"
                style={{ left: fromFirst(day * dayWidth), width: dayWidth, height: headHeight }}
              >
                {props.head(day)}
              </div>
            ))}
          </div>
          <div className="rb-body" role="rowgroup" style={{ top: headHeight, height }}>
            {props.rows({ top, bottom, fromDay, untilDay })}
            {props.nowAt === null ? null : (
              <div className="rb-now" style={{ left: fromFirst(props.nowAt), height }} aria-hidden="true" />
            )}
          </div>
        </div>
      </div>
      <div className="rb-ticks" aria-hidden="true">
        {props.ticks.map(share => (
          <i key={share} style={{ top: `${share * 100}%` }} />
        ))}
      </div>
    </div>
  )
}

/** Brings a place into sight without moving more than it must. */
export function useReveal(scroller: RefObject<HTMLDivElement | null>, headHeight: number, first: number) {
  return useCallback(
    (box: { x: number; y: number; width: number; height: number }) => {
      const element = scroller.current
      if (!element) return
      const [viewTop, viewBottom] = [element.scrollTop, element.scrollTop + element.clientHeight - headHeight]
      if (box.y < viewTop) element.scrollTop = box.y
      else if (box.y + box.height > viewBottom) {
        element.scrollTop = box.y + box.height - element.clientHeight + headHeight + 8
      }
      const [viewLeft, viewRight] = [element.scrollLeft, element.scrollLeft + element.clientWidth - first]
      if (box.x < viewLeft) element.scrollLeft = box.x
      else if (box.x + box.width > viewRight) {
        element.scrollLeft = box.x + box.width - element.clientWidth + first + 8
      }
    },
    [scroller, headHeight, first],
  )
}

export function useScroller(): RefObject<HTMLDivElement | null> {
  return useRef<HTMLDivElement>(null)
}

/** Enter goes from the board into the side panel, which is there as soon as something is selected. */
export function openSide(): void {
  document.querySelector<HTMLElement>('.rb-side')?.focus()
}
