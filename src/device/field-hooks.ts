// The phone's own store for pages: its key, its PIN, and whether it is ready to start without the server.
import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { Field, FieldView } from './field.ts'
import { useSession } from './hooks.ts'
import type { DeviceKey } from './device-key.ts'

/** Loads the store at its first use: a desk that never asks for it loads none. */
export type FieldSource = () => Promise<Field>

const FieldContext = createContext<FieldSource>(() =>
  Promise.reject(new Error('invariant: no field app here')),
)
export const FieldProvider = FieldContext.Provider
export const useFieldSource = () => useContext(FieldContext)

/** For the outbox: the key of this account on this device. Waits while the PIN is asked for. */
export function useDeviceKey(): () => Promise<DeviceKey> {
  const source = useFieldSource()
  const session = useSession()
  return useCallback(async () => (await source()).deviceKey(session), [source, session])
}

const nothing: FieldView = { kept: false, pin: false, locked: false }
const never = () => () => undefined

/** What stands; nothing is kept where `source` is not loaded yet. */
export function useFieldView(field: Field | null): FieldView {
  return useSyncExternalStore(field?.subscribe ?? never, field?.view ?? (() => nothing))
}

export interface UsedField {
  view: FieldView
  setPin: (pin: string) => Promise<void>
  removePin: () => Promise<void>
}

export function useField(): UsedField {
  const source = useFieldSource()
  const { accountId } = useSession()
  const [field, setField] = useState<Field | null>(null)
  useEffect(() => {
    let gone = false
    void source().then(found => {
      if (!gone) setField(found)
    })
    return () => {
      gone = true
    }
  }, [source])
  const setPin = useCallback(
    async (pin: string) => (await source()).setPin(accountId, pin),
    [source, accountId],
  )
  const removePin = useCallback(async () => (await source()).removePin(accountId), [source, accountId])
  return { view: useFieldView(field), setPin, removePin }
}

/** A screen that nobody has looked at for so long asks for the PIN again. */
export const hiddenMs = 10 * 60_000

/** Calls back once the page was out of sight for ten minutes; at the latest when it is seen again. */
export function afterHidden(lock: () => void): () => void {
  let since: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') {
      since ??= Date.now()
      timer = setTimeout(lock, hiddenMs)
      return
    }
    // A phone that slept ran no timer.
    if (since !== null && Date.now() - since >= hiddenMs) lock()
    since = null
  }
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
  }
}
