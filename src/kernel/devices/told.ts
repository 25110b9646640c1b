// What a device says of itself in the headers of a request. Whoever sends them may make them up: each is read as the
// narrowest thing that it can be, and nothing is decided by it but what the desk sees of that account's own phones.
import { uuidPattern } from '../ids.ts'

export interface ToldByDevice {
  deviceId: string
  unsent: number
  oldestUnsentAt: string | null
  appVersion: string
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

const counted = /^\d{1,6}$/
const instantLike = /^\d{4}-\d{2}-\d{2}T[\d:.]{5,15}(Z|[+-]\d{2}:\d{2})$/
const versionLike = /^[\w.+-]{1,40}$/
const uuidLength = 36
/** So far back an entry may lie; before that it is a clock that is wrong. */
const oldestMs = 90 * 86_400_000

const text = (headers: Headers, name: string): string => {
  const value = headers[name]
  return typeof value === 'string' ? value : ''
}

/** The installation that sent this; null where it says none, or nothing that could be one. */
export function deviceIdOf(headers: Headers): string | null {
  const given = text(headers, 'x-device-id')
  if (given.length !== uuidLength) return null
  const id = given.toLowerCase()
  return uuidPattern.test(id) ? id : null
}

/** A device's claim of an instant, kept between 90 days back and now. */
function claimed(given: string, now: number): string | null {
  const at = instantLike.test(given) ? Date.parse(given) : Number.NaN
  return Number.isNaN(at) ? null : new Date(Math.min(now, Math.max(now - oldestMs, at))).toISOString()
}

export function toldBy(headers: Headers, now: Date): ToldByDevice | null {
  const deviceId = deviceIdOf(headers)
  if (deviceId === null) return null
  const unsent = text(headers, 'x-device-unsent')
  const count = counted.test(unsent) ? Number(unsent) : 0
  const version = text(headers, 'x-app-version')
  return {
    deviceId,
    unsent: count,
    oldestUnsentAt: count > 0 ? claimed(text(headers, 'x-device-oldest'), now.getTime()) : null,
    appVersion: versionLike.test(version) ? version : '',
  }
}
