/**
 * When somebody is assumed to sleep, who is known only by his duties. Nobody reports his sleep, and nobody shall: it is
 * an assumption that holds for everybody alike.
 *
 * After a duty he needs an hour home, before one an hour and a half to rise and to come. Within what is left he sleeps
 * eight hours each night, from 23:00 to 07:00 where that is free; otherwise the nearest eight hours, to bed at 21:00 at
 * the earliest, because before that the body does not sleep; what does not fit is lost. Who had no sleep in the night before because he was on duty sleeps as soon
 * as he is home: eight hours where the next night is taken, too, and four where he has that night. On a standby of 24
 * hours he sleeps at the post from 23:00 to 06:00.
 *
 * Minutes from midnight of day 0; half-open.
 */

export interface Stretch {
  from: number
  until: number
}
export interface AssumedDuty extends Stretch {
  /** A standby on which he may lie down at night. */
  mayLieDown?: boolean
}

const day = 1440
const homeMinutes = 60
const riseMinutes = 90
const bed = 23 * 60
const sleepMinutes = 480
const earliestBed = 21 * 60
const napMinutes = 240
/** Shorter than this is no sleep worth counting on. */
const sleepLeast = 60
/** Standby ends its night earlier than who is at home. */
const standbyNight = { from: 23 * 60, until: 30 * 60 }

/** Sleep from 07:00 of one day to noon after another, in order and apart from each other. Duties in order of their beginning. */
export function assumedSleep(duties: readonly AssumedDuty[], firstDay: number, lastDay: number): Stretch[] {
  const sleep: Stretch[] = []
  const end = (lastDay + 1) * day + 12 * 60
  let free = firstDay * day + 7 * 60
  let last: AssumedDuty | null = null
  for (const duty of [...duties, null]) {
    const until = duty ? duty.from - riseMinutes : end
    sleep.push(...sleepWithin({ from: last ? free + homeMinutes : free, until }, last))
    if (!duty) break
    if (duty.mayLieDown) sleep.push(...onStandby(duty))
    free = Math.max(free, duty.until)
    last = duty
  }
  return apart(sleep)
}

function sleepWithin(window: Stretch, before: AssumedDuty | null): Stretch[] {
  const found: Stretch[] = []
  let { from } = window
  if (before && !before.mayLieDown && nightLost(before) && from < nightAfter(from)) {
    // The night was worked: sleep comes first, whatever the hour.
    const hasNight = window.until >= nightAfter(from) + sleepMinutes / 2
    const until = Math.min(window.until, from + (hasNight ? napMinutes : sleepMinutes))
    if (until - from >= sleepLeast) found.push({ from, until })
    from = Math.max(from, until)
  }
  for (let midnight = Math.floor(from / day) * day - day; midnight <= window.until; midnight += day) {
    const one = nightSleep(midnight, { from, until: window.until })
    if (one) found.push(one)
  }
  return found
}

/** When the night after an hour of the day begins; an hour within a night belongs to that night. */
function nightAfter(minute: number): number {
  const midnight = Math.floor(minute / day) * day
  return minute - midnight < 5 * 60 ? midnight - day + bed : midnight + bed
}

/** Whether a duty took the better part of a night: more than four hours of 23:00 to 07:00. */
function nightLost({ from, until }: Stretch): boolean {
  for (let midnight = Math.floor(from / day) * day - day; midnight <= until; midnight += day) {
    const [a, b] = [midnight + bed, midnight + bed + sleepMinutes]
    if (b <= until + 5 * 60 && Math.min(until, b) - Math.max(from, a) >= sleepMinutes / 2) return true
  }
  return false
}

/** The night that begins at 23:00 of a day, moved as little as the window asks for. */
function nightSleep(midnight: number, window: Stretch): Stretch | null {
  const earliest = Math.max(window.from, midnight + earliestBed)
  const latest = window.until - sleepMinutes
  // To bed by 05:00; later it is the sleep of the day and not of this night.
  if (earliest > midnight + 29 * 60) return null
  const from = Math.max(earliest, Math.min(midnight + bed, latest))
  const until = Math.min(from + sleepMinutes, window.until)
  return until - from >= sleepLeast ? { from, until } : null
}

function onStandby(duty: Stretch): Stretch[] {
  const found: Stretch[] = []
  for (let midnight = Math.floor(duty.from / day) * day - day; midnight < duty.until; midnight += day) {
    const from = Math.max(duty.from, midnight + standbyNight.from)
    const until = Math.min(duty.until, midnight + standbyNight.until)
    if (until - from >= sleepLeast) found.push({ from, until })
  }
  return found
}

/** In order, and what overlaps is slept once. */
function apart(sleep: Stretch[]): Stretch[] {
  sleep.sort((a, b) => a.from - b.from)
  const found: Stretch[] = []
  for (const one of sleep) {
    const before = found.at(-1)
    if (before && one.from <= before.until) before.until = Math.max(before.until, one.until)
    else found.push({ ...one })
  }
  return found
}
