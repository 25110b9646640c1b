// Duty days. A duty day starts at the agency's hand-over hour, not at midnight; instants are kept in UTC.
import type { AgencySettings } from './command.ts'
import type { Span } from './module.ts'

const formats = new Map<string, Intl.DateTimeFormat>()
function partsIn(timeZone: string, at: Date): { day: string; minute: number } {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(timeZone, format)
  }
  const part: Record<string, string> = {}
  for (const { type, value } of format.formatToParts(at)) part[type] = value
  return {
    day: `${part.year}-${part.month}-${part.day}`,
    minute: Number(part.hour) * 60 + Number(part.minute),
  }
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Whole days from `a` to `b`. */
export function daysBetween(a: string, b: string): number {
  return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / 86_400_000)
}

/** The instant at `minute` minutes after midnight of a calendar day in a zone (minute may pass 1,440). */
export function instantAt(timeZone: string, day: string, minute: number): string {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minute * 60_000
  // Two rounds settle the offset, also across a change of clocks.
  let guess = wanted
  for (let round = 0; round < 2; round += 1) {
    const seen = partsIn(timeZone, new Date(guess))
    guess += wanted - (Date.parse(`${seen.day}T00:00:00Z`) + seen.minute * 60_000)
  }
  return new Date(guess).toISOString()
}

/** Calendar day and clock of an instant in a zone: `2021-11-03` and `15:41`. */
export function writtenIn(timeZone: string, at: string): { day: string; clock: string } {
  const { day, minute } = partsIn(timeZone, new Date(at))
  const two = (n: number) => String(n).padStart(2, '0')
  return { day, clock: `${two(Math.floor(minute / 60))}:${two(minute % 60)}` }
}

/** The duty day that an instant belongs to. */
export function dutyDayOf(
  agency: Pick<AgencySettings, 'timeZone' | 'handOverMinute'>,
  at: string | Date,
): string {
  const seen = partsIn(agency.timeZone, typeof at === 'string' ? new Date(at) : at)
  return seen.minute < agency.handOverMinute ? addDays(seen.day, -1) : seen.day
}

export function spanOf(
  agency: Pick<AgencySettings, 'timeZone' | 'handOverMinute'>,
  from: string,
  until: string,
): Span {
  return {
    from,
    until,
    begins: instantAt(agency.timeZone, from, agency.handOverMinute),
    ends: instantAt(agency.timeZone, addDays(until, 1), agency.handOverMinute),
  }
}
