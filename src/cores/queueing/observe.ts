// What comes to a site and how fast it works, from what is known there: people in sealed tubes, and the line as it was
// counted now and before. Nobody counts who comes.

export interface Observed {
  minutes: number
  /** People in tubes that were sealed in these minutes. */
  sampled: number
  /** The line at the beginning and at the end; null where nobody counted. */
  queueBefore: number | null
  queueNow: number | null
  lanes: number
  /** What a person takes by the rules, until enough was seen. */
  secondsPerPerson: number
}

export interface Pace {
  arrivalsPerMinute: number
  minutesPerPerson: number
  /** By what was seen, and not by the rules. */
  seen: boolean
}

/** Fewer say little of how fast a site works. */
const sampledLeast = 20
const secondsBounds = [5, 600] as const

/**
 * Who was sampled came, and so did whoever the line has grown by. How long one person takes shows only while there is
 * a line: without one a lane waits for people.
 */
export function paceOf(seen: Observed): Pace {
  const { minutes, sampled, queueBefore, queueNow, lanes } = seen
  const grown = (queueNow ?? 0) - (queueBefore ?? queueNow ?? 0)
  const arrivalsPerMinute = Math.max(0, sampled + grown) / minutes
  const isBusy = (queueBefore ?? 0) > 0 && (queueNow ?? 0) > 0
  if (!isBusy || sampled < sampledLeast || lanes < 1) {
    return { arrivalsPerMinute, minutesPerPerson: seen.secondsPerPerson / 60, seen: false }
  }
  const seconds = (lanes * minutes * 60) / sampled
  const [least, most] = secondsBounds
  return { arrivalsPerMinute, minutesPerPerson: Math.min(most, Math.max(least, seconds)) / 60, seen: true }
}
