// Which moment and which part of the operation the page shows: all of it stands in the address.
import { useCallback } from 'react'
import { useAddress } from '../../../device/address.ts'
import { useAsk } from '../../../device/hooks.ts'
import { situation } from '../contracts.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const idIn = (text: string | undefined) => (text && uuid.test(text) ? text : undefined)

/** The whole minute of an instant in the address; undefined for what is none. */
export function minuteIn(text: string | undefined): string | undefined {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? undefined : new Date(Math.floor(at / 60_000) * 60_000).toISOString()
}

export function useMoment() {
  const [address, setAddress] = useAddress()
  const at = minuteIn(address.at)
  const unitId = idIn(address.unit)
  const zoneId = idIn(address.zone)
  /** An empty text takes something out of the address. */
  const change = useCallback(
    (next: Record<string, string>) => {
      const all = Object.entries({ ...address, ...next }).filter(([, value]) => value !== '')
      setAddress(Object.fromEntries(all))
    },
    [address, setAddress],
  )
  const answer = useAsk(
    situation,
    { ...(at ? { at } : {}), ...(unitId ? { unitId } : {}), ...(zoneId ? { zoneId } : {}) },
    // The clock moves on also when nobody does anything: a band ends, a deadline passes.
    at ? { settled: true } : { refetchSeconds: 30 },
  )
  return { at, unitId, zoneId, change, answer }
}
export type Moment = ReturnType<typeof useMoment>
