// What `datetime-local` and `time` inputs show and give, in the bureau's zone: the machine's own zone is never used.
import { addDays, instantAt } from '../kernel/time.ts'
import { formatTime } from './i18n.ts'

/** `2021-11-03T14:30` of the bureau → an instant; null while the input is incomplete. */
export function instantOf(text: string, timeZone: string): string | null {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(text)
  if (!found) return null
  return instantAt(timeZone, found[1] ?? '', Number(found[2]) * 60 + Number(found[3]))
}

/** An instant → what the input shows; the day is found by trying, since only the zone knows it. */
export function localOf(instant: string, timeZone: string): string {
  const utc = instant.slice(0, 10)
  const at = Date.parse(instant)
  const day = [addDays(utc, -1), utc, addDays(utc, 1)].find(one => {
    const begins = Date.parse(instantAt(timeZone, one, 0))
    return at >= begins && at < begins + 86_400_000
  })
  return `${day ?? utc}T${formatTime(instant, { timeZone })}`
}

export const laterBy = (instant: string, minutes: number) =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString()

/** `08:00` of so many minutes after midnight; past midnight the caller says so. */
export function clockOf(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`
}

/** Minutes after midnight of `HH:mm`; null while it is incomplete. */
export function minutesOf(text: string): number | null {
  const found = /^(\d{2}):(\d{2})$/.exec(text)
  return found ? Number(found[1]) * 60 + Number(found[2]) : null
}
