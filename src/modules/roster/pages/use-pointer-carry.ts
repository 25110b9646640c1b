// Carrying with a mouse, a pen or a finger. A mouse that moves with the button down picks up; a finger that moves
// scrolls, so it picks up by resting first. At the edges the board scrolls on by itself.
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { BoardSizes } from './board-sizes.ts'
import type { BoardModel } from './board-layout.ts'
import { targetAt, targetPlace } from './carry.ts'
import type { Carry } from './use-carry.ts'

const movedLeast = 5
const fingerMost = 10
const restMs = 350
const edge = 44
const speedMost = 22

interface Options {
  scroller: RefObject<HTMLDivElement | null>
  model: BoardModel
  sizes: BoardSizes
  dayWidth: number
  headHeight: number
  carry: Carry
}

export function usePointerCarry(options: Options): void {
  const latest = useRef(options)
  useLayoutEffect(() => {
    latest.current = options
  })
  const { scroller } = options
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const hand = new Hand(element, latest)
    return () => hand.letGo()
  }, [scroller])
}

/** One pointer over the board, from the press to the release. */
class Hand {
  private readonly element: HTMLDivElement
  private readonly latest: RefObject<Options>
  private readonly ending = new AbortController()
  private pressed: { id: number; x: number; y: number; touch: boolean } | null = null
  private at = { x: 0, y: 0 }
  private isCarrying = false
  private rest: ReturnType<typeof setTimeout> | undefined
  private frame = 0

  constructor(element: HTMLDivElement, latest: RefObject<Options>) {
    this.element = element
    this.latest = latest
    const { signal } = this.ending
    element.addEventListener('pointerdown', event => this.press(event), { signal })
    element.addEventListener('pointermove', event => this.move(event), { signal })
    element.addEventListener('pointerup', () => this.release(), { signal })
    element.addEventListener('pointercancel', () => this.cancel(), { signal })
    // Once somebody is in hand the finger carries and does not scroll; only a listener that may refuse can say so.
    const hold = (event: globalThis.Event) => {
      if (this.isCarrying) event.preventDefault()
    }
    element.addEventListener('touchmove', hold, { passive: false, signal })
    element.addEventListener(
      'contextmenu',
      event => {
        if (this.pressed?.touch) event.preventDefault()
      },
      { signal },
    )
  }

  letGo(): void {
    this.ending.abort()
    clearTimeout(this.rest)
    cancelAnimationFrame(this.frame)
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary) return
    if (!(event.target instanceof Element) || !event.target.closest('.rb-chip')) return
    const touch = event.pointerType === 'touch'
    this.pressed = { id: event.pointerId, x: event.clientX, y: event.clientY, touch }
    this.at = { x: event.clientX, y: event.clientY }
    if (touch) this.rest = setTimeout(() => this.pick(), restMs)
  }

  private move(event: PointerEvent): void {
    if (!this.pressed || event.pointerId !== this.pressed.id) return
    this.at = { x: event.clientX, y: event.clientY }
    if (this.isCarrying) {
      // He may have been put back by a key meanwhile.
      if (!this.latest.current.carry.isHolding()) return this.end()
      return this.follow()
    }
    const moved = Math.hypot(event.clientX - this.pressed.x, event.clientY - this.pressed.y)
    if (this.pressed.touch) {
      if (moved > fingerMost) this.end()
    } else if (moved > movedLeast) this.pick()
  }

  private pick(): void {
    const { pressed } = this
    if (!pressed) return
    const target = this.targetUnder(pressed.x, pressed.y)
    const { carry } = this.latest.current
    if (!target || target === 'off') return this.end()
    if (!carry.pick(targetPlace(target), 'pointer')) return this.end()
    this.isCarrying = true
    this.element.setPointerCapture(pressed.id)
    // The chip may scroll out of the drawing, and the keys with it; the grid stays.
    this.element.focus({ preventScroll: true })
    if (pressed.touch) navigator.vibrate?.(15)
    this.scroll()
  }

  private release(): void {
    const { carry } = this.latest.current
    if (this.isCarrying && carry.isHolding()) {
      // Where it is let go counts, also when the last move has not been drawn yet.
      carry.hold(this.targetUnder(this.at.x, this.at.y))
      carry.drop()
    }
    this.end()
  }

  private cancel(): void {
    if (this.isCarrying) this.latest.current.carry.putBack()
    this.end()
  }

  private end(): void {
    clearTimeout(this.rest)
    cancelAnimationFrame(this.frame)
    this.pressed = null
    this.isCarrying = false
  }

  private targetUnder(clientX: number, clientY: number) {
    const { model, dayWidth, sizes, headHeight } = this.latest.current
    const box = this.element.getBoundingClientRect()
    const [x, y] = [clientX - box.left, clientY - box.top]
    if (x < 0 || y < 0 || x > box.width || y > box.height) return 'off' as const
    if (x < sizes.first || y < headHeight) return null
    const point = {
      x: x - sizes.first + this.element.scrollLeft,
      y: y - headHeight + this.element.scrollTop,
    }
    return targetAt(model, dayWidth, point)
  }

  private follow(): void {
    const { carry } = this.latest.current
    const { x, y } = this.at
    carry.hold(this.targetUnder(x, y))
    const ghost = carry.ghost.current
    if (!ghost) return
    // Beside a mouse, above a finger; never over the edge of the screen.
    const [width, height] = [ghost.offsetWidth, ghost.offsetHeight]
    const left = this.pressed?.touch ? x - width / 2 : x + 14
    const top = this.pressed?.touch ? y - height - 36 : y + 16
    const within = (value: number, most: number) => Math.max(4, Math.min(value, most - 4))
    ghost.style.transform = `translate(${within(left, innerWidth - width)}px, ${within(top, innerHeight - height)}px)`
  }

  /** Every frame while somebody is carried: near an edge the paper moves on, the faster the nearer. */
  private scroll(): void {
    this.frame = requestAnimationFrame(() => {
      if (!this.isCarrying || !this.latest.current.carry.isHolding()) return
      const { sizes, headHeight } = this.latest.current
      const box = this.element.getBoundingClientRect()
      const across = pull(this.at.x, box.left + sizes.first, box.right)
      const down = pull(this.at.y, box.top + headHeight, box.bottom)
      if (across !== 0 || down !== 0) this.element.scrollBy(across, down)
      this.follow()
      this.scroll()
    })
  }
}

/** Pixels a frame; nothing outside, where letting go means off the board. */
function pull(at: number, from: number, until: number): number {
  if (at < from || at > until) return 0
  if (at < from + edge) return -Math.ceil(((from + edge - at) / edge) * speedMost)
  if (at > until - edge) return Math.ceil(((at - until + edge) / edge) * speedMost)
  return 0
}
