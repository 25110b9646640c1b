// The outbox of the pages: one for the open tab, started once somebody is signed in.
import { useQueryClient } from '@tanstack/react-query'
import {
  createContext,
  createElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { Both, CommandContract } from '../kernel/contract.ts'
import type { Client, Sent } from './client.ts'
import { newId } from './client.ts'
import { useDeviceKey, useFieldSource } from './field-hooks.ts'
import { useClient, useSession } from './hooks.ts'
import { keepsField } from './is-phone.ts'
import { browserOutbox, deviceHeaders, type PinKey } from './outbox-parts.ts'
import type { Outbox, OutboxEntry, OutboxView } from './outbox/outbox.ts'

export type { OutboxEntry } from './outbox/outbox.ts'

/** A page that is looked at is heard of as often as this, also where nothing is asked or stated. */
const pingMs = 5 * 60_000

/** The key that a PIN opens; on a desk there is none, and what would find it is not even loaded. */
function usePinKey(): PinKey {
  const source = useFieldSource()
  const asked = useDeviceKey()
  const key = useRef(asked)
  key.current = asked
  return useMemo(
    () => ({
      counts: async () => keepsField() && (await source()).view().pin,
      key: () =>
        key.current().catch((error: unknown) => {
          console.warn('the key of this phone is not at hand', error)
          return null
        }),
    }),
    [source],
  )
}

/** Every request says which device it comes from and what waits there; one that is looked at says so by itself. */
function useDeviceTold(client: Client, outbox: Outbox): void {
  useEffect(() => {
    let installationId: string | null = null
    const tell = () => {
      const { unsent, oldest, ready } = outbox.snapshot()
      if (installationId === null || !ready) return
      client.device = deviceHeaders({ installationId, unsent, oldest })
    }
    const ping = () => {
      if (document.visibilityState === 'visible' && client.device)
        void client.post('/api/device', {}).catch(() => undefined)
    }
    void outbox.installationId().then(
      found => {
        installationId = found
        tell()
        ping()
      },
      () => undefined,
    )
    const stop = outbox.subscribe(tell)
    const timer = setInterval(ping, pingMs)
    return () => {
      clearInterval(timer)
      stop()
      client.device = undefined
    }
  }, [client, outbox])
}

/** A PIN was set or taken away, or putting under another key was cut short the last time. */
function useResealing(outbox: Outbox): void {
  const source = useFieldSource()
  useEffect(() => {
    if (!keepsField()) return
    let gone = false
    let stop: () => void = () => undefined
    const reseal = () =>
      void outbox.reseal().catch((error: unknown) => console.warn('not sealed anew', error))
    void source().then(field => {
      if (gone) return
      let { pin, kept } = field.view()
      stop = field.subscribe(() => {
        const now = field.view()
        if (now.pin !== pin || now.kept !== kept) reseal()
        ;({ pin, kept } = now)
      })
      reseal()
    })
    return () => {
      gone = true
      stop()
    }
  }, [outbox, source])
}

const OutboxContext = createContext<Outbox | null>(null)

/** Around the pages of whoever is signed in. */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const client = useClient()
  const queries = useQueryClient()
  const { accountId, restoreEpoch, headSeq } = useSession()
  const pin = usePinKey()
  // Keys are one account's: another one has an outbox of his own.
  const outbox = useMemo(() => browserOutbox(client, pin), [client, pin, accountId])
  useEffect(() => () => outbox.close(), [outbox])
  useDeviceTold(client, outbox)
  useResealing(outbox)
  useEffect(() => {
    void outbox.signedIn(accountId, { restoreEpoch, headSeq }).catch(() => undefined)
    return () => outbox.signedOut()
  }, [outbox, accountId, restoreEpoch, headSeq])
  useEffect(() => outbox.onSettled(() => void queries.invalidateQueries()), [outbox, queries])
  useEffect(() => {
    const online = () => outbox.sendNow()
    const seen = () => outbox.seen(document.visibilityState === 'visible')
    seen()
    window.addEventListener('online', online)
    document.addEventListener('visibilitychange', seen)
    return () => {
      window.removeEventListener('online', online)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [outbox])
  return createElement(OutboxContext.Provider, { value: outbox }, children)
}

function useOwnOutbox(): Outbox {
  const outbox = useContext(OutboxContext)
  if (!outbox) throw new Error('invariant: pages are shown inside the provider of the outbox')
  return outbox
}

export interface UsedOutbox extends OutboxView {
  /** Gives the entry's id once it is durably stored on this device; rejects with a Problem where it could not be. */
  state<C extends CommandContract>(
    contract: C,
    input: Sent<C>,
    about: Both | string,
    id?: string,
  ): Promise<string>
  /** A refusal has been read. */
  acknowledge(id: string): Promise<void>
  /** Tries now, whatever rest is on. */
  sendNow(): void
}

/** What this account has stated on this device, and the way to state more. */
export function useOutbox(): UsedOutbox {
  const outbox = useOwnOutbox()
  const client = useClient()
  const view = useSyncExternalStore(outbox.subscribe, outbox.snapshot)
  const state = useCallback<UsedOutbox['state']>(
    (contract, input, about, id = newId()) =>
      outbox.state(client.entry(contract, input, id), { title: contract.title, about }),
    [outbox, client],
  )
  const acknowledge = useCallback((id: string) => outbox.acknowledge(id), [outbox])
  const sendNow = useCallback(() => outbox.sendNow(), [outbox])
  return useMemo(() => ({ ...view, state, acknowledge, sendNow }), [view, state, acknowledge, sendNow])
}

/** The name of this device's storage; null before it is read. */
export function useInstallationId(): string | null {
  const outbox = useOwnOutbox()
  const [id, setId] = useState<string | null>(null)
  useEffect(() => {
    void outbox.installationId().then(setId, () => undefined)
  }, [outbox])
  return id
}

export const isUnsent = ({ state }: Pick<OutboxEntry, 'state'>) =>
  state === 'waiting' || state === 'sending' || state === 'unsent'
