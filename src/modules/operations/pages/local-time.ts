// What a `datetime-local` input shows and gives, in the bureau's zone: the machine's own zone is never used.
import { instantAt } from '../../../kernel/time.ts'

/** `2021-11-03T14:30` of the bureau → an instant; null while the input is incomplete. */
export function instantOf(text: string, timeZone: string): string | null {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(text)
  if (!found) return null
  return instantAt(timeZone, found[1] ?? '', Number(found[2]) * 60 + Number(found[3]))
}

/** An instant as a `datetime-local` input of the bureau shows it. */
export function localInput(instant: string, timeZone: string): string {
  const parts: Record<string, string> = {}
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  for (const { type, value } of format.formatToParts(new Date(instant))) parts[type] = value
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`
}

/** The day `days` after a day. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
