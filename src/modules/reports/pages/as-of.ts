// The line of time under the map: where it begins and ends, its labels, and steps along it. Pure.
import { addDays, dutyDayOf, instantAt } from '../../../kernel/time.ts'

export interface Clock {
  timeZone: string
  handOverMinute: number
}
export type Stretch = 'day' | 'week' | 'all'
export const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

export interface Line {
  from: number
  until: number
}

/** Whole duty days: that of the moment, the seven that end with now's, or all since the operation began. */
export function lineOf(clock: Clock, stretch: Stretch, at: number, now: number, beginsOn: string): Line {
  const begin = (day: string) => Date.parse(instantAt(clock.timeZone, day, clock.handOverMinute))
  const today = dutyDayOf(clock, new Date(now))
  const shown = stretch === 'day' ? dutyDayOf(clock, new Date(at)) : today
  const week = addDays(today, -6)
  const first = stretch === 'day' ? shown : stretch === 'week' && week > beginsOn ? week : beginsOn
  return { from: begin(first < shown ? first : shown), until: begin(addDays(shown, 1)) }
}

export const share = ({ from, until }: Line, at: number) =>
  Math.min(1, Math.max(0, (at - from) / (until - from)))

/** Never ahead of now, never before the line of the whole operation. */
export const held = (at: number, least: number, now: number) =>
  Math.max(least, Math.min(now, Math.floor(at / minuteMs) * minuteMs))

/** Instants to write under the line: every two hours of a day, else days, about a dozen of them. */
export function labelsOf({ from, until }: Line): number[] {
  const span = until - from
  const step = span <= dayMs * 1.1 ? 2 * hourMs : Math.max(1, Math.round(span / dayMs / 8)) * dayMs
  const found: number[] = []
  for (let at = from; at <= until; at += step) found.push(at)
  return found
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -minuteMs,
  ArrowRight: minuteMs,
  ArrowDown: -hourMs,
  ArrowUp: hourMs,
  PageDown: -dayMs,
  PageUp: dayMs,
}

/** Where a key leads from a moment; `now` for End, undefined for keys that mean nothing here. */
export function stepOf(key: string, at: number, line: Line): number | 'now' | undefined {
  if (key === 'End') return 'now'
  if (key === 'Home') return line.from
  const step = steps[key]
  return step === undefined ? undefined : at + step
}
