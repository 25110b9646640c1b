// What "open" means: the strip, the board, the check and the solver all count by this and so show one number.
// Browser-safe.
import type { z } from 'zod'
import type { boardView } from './contracts-board.ts'

type BoardView = z.output<typeof boardView>

/** One band of one post on one day, against what it needs. */
export interface Staffing {
  /** Place in `rows` of the board. */
  row: number
  day: number
  /** Place in the bands of the row's pattern. */
  band: number
  need: number
  have: number
  /** Skills that the crew is short of, as bits of `skills`. */
  skills: number
  /** People missing: heads short, or where the heads are there, the most that are short of one skill. */
  missing: number
  /** The band is over: nobody can be sent any more. */
  ended: boolean
  /** It has begun and is not over. */
  running: boolean
}

/** Every band of the board. `nowMinute` counts from the board's first instant. */
export function staffingOf(
  view: Pick<BoardView, 'need' | 'lacks' | 'rows' | 'patterns'>,
  nowMinute: number,
): Staffing[] {
  const found: Staffing[] = []
  for (let at = 0; at < view.need.length; at += 6) {
    const [row = 0, day = 0, band = 0, need = 0, have = 0, skills = 0] = view.need.slice(at, at + 6)
    const cut = view.patterns[view.rows[row]?.[1] ?? -1]?.bands[band]
    if (!cut) continue
    const begins = day * 1440 + cut.from
    const ended = begins + cut.minutes <= nowMinute
    const running = begins < nowMinute && !ended
    const missing = Math.max(0, need - have, view.lacks[at / 6] ?? 0)
    found.push({ row, day, band, need, have, skills, missing, ended, running })
  }
  return found
}

export interface OpenPlaces {
  /** Missing in bands that have not ended. */
  open: number
  /** Of these, in bands that are running: the solver cannot fill them any more, a person can. */
  running: number
  /** Missing in bands that are over. */
  past: number
}

export function openPlaces(bands: readonly Staffing[]): OpenPlaces {
  const sum: OpenPlaces = { open: 0, running: 0, past: 0 }
  for (const { missing, ended, running } of bands) {
    if (ended) sum.past += missing
    else sum.open += missing
    if (running) sum.running += missing
  }
  return sum
}

/** Minutes, also parts of them, from the board's first instant to now; less than 0 before it. */
export const minuteOf = (view: Pick<BoardView, 'begins'>, now: string): number =>
  (Date.parse(now) - Date.parse(view.begins)) / 60_000
