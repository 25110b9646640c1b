/**
 * The three-process model of alertness (Ingre et al. 2014), constants as published. A homeostatic process that falls
 * while awake and recovers in sleep, a rhythm of the day, one of half a day, and the drowsiness after waking give a
 * value of the Karolinska sleepiness scale: 1 very alert, 9 fighting sleep, 7 and more is sleepy.
 *
 * Hours throughout; `clock` is the hour of the day and may pass 24.
 */

const lower = 2.4
const upper = 14.3
/** Below it recovery in sleep is linear, above it slows down. */
const breakLevel = 12.2
const recovery = Math.log(0.3 / 6.34) / 8
const linearRise = recovery * (breakLevel - upper)

/** The homeostatic process after so many hours awake. */
export function awakeFor(atWaking: number, hours: number): number {
  return lower + (atWaking - lower) * Math.exp(-0.0353 * hours)
}

/** The homeostatic process after so many hours of sleep. */
export function asleepFor(atFallingAsleep: number, hours: number): number {
  const toBreak = Math.max(0, (breakLevel - atFallingAsleep) / linearRise)
  if (hours <= toBreak) return atFallingAsleep + linearRise * hours
  const from = Math.max(breakLevel, atFallingAsleep)
  return upper - (upper - from) * Math.exp(recovery * (hours - toBreak))
}

const rhythm = (clock: number) => 2.5 * Math.cos(((2 * Math.PI) / 24) * (clock - 16.8))
const halfDay = (clock: number) => -0.5 + 0.5 * Math.cos(((2 * Math.PI) / 12) * (clock - 19.8))
const drowsiness = (hoursAwake: number) => -5.72 * Math.exp(-1.51 * hoursAwake)

export interface Moment {
  /** The homeostatic process at waking. */
  atWaking: number
  hoursAwake: number
  clock: number
}

/** Sleepiness at a moment awake, within the bounds of the scale. */
export function sleepiness({ atWaking, hoursAwake, clock }: Moment): number {
  const alert = awakeFor(atWaking, hoursAwake) + rhythm(clock) + halfDay(clock) + drowsiness(hoursAwake)
  return Math.min(9, Math.max(1, 10.6 - 0.6 * alert))
}

/** From here on the scale calls it sleepy. */
export const sleepy = 7

function rested(): number {
  // Sixteen hours awake and eight asleep, until a day is like the day before.
  let level = upper
  for (let day = 0; day < 20; day += 1) level = asleepFor(awakeFor(level, 16), 8)
  return level
}
/** The homeostatic process at waking of whoever sleeps eight hours every night. */
export const restedAtWaking: number = rested()
