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
  useSyncExternalStore,
} from 'react'
import type { Both, CommandContract } from '../kernel/contract.ts'
import type { Client, Sent } from './client.ts'
import { newId } from './client.ts'
import { useClient, useSession } from './hooks.ts'
import { deviceKey } from './outbox/device-key.ts'
import { Outbox, type OutboxEntry, type OutboxView, type Told } from './outbox/outbox.ts'
import type { Answered } from './outbox/sender.ts'
import { dexieStore } from './outbox/store.ts'
import { browserTurns, browserWord } from './outbox/surroundings.ts'

export type { OutboxEntry } from './outbox/outbox.ts'

/** No answer after this is as good as none: the same ids are sent again. */
const patienceMs = 30_000
const name = 'fangxian-outbox'

function headersOf({ accountId, installationId, unsent, oldest }: Told): Record<string, string> {
  return {
    'x-account-id': accountId,
    'x-device-id': installationId,
    'x-device-unsent': String(unsent),
    ...(oldest === null ? {} : { 'x-device-oldest': oldest }),
  }
}

function browserOutbox(client: Client): Outbox {
  const store = dexieStore(name)
  return new Outbox({
    store,
    key: async () => deviceKey(await store.key()),
    async post(entries, told): Promise<Answered> {
      const answer = await client.batch(entries, headersOf(told), AbortSignal.timeout(patienceMs))
      // Whoever answers for the server, such as the door of a foreign network, knows no verdicts.
      if (!Array.isArray(answer.verdicts)) throw new SyntaxError('an answer without verdicts')
      const { verdicts, restoreEpoch, headSeq, at } = answer
      return { verdicts, standing: { restoreEpoch, headSeq }, at }
    },
    turns: browserTurns(name),
    word: browserWord(name),
    roll: () => Math.random(),
  })
}

const OutboxContext = createContext<Outbox | null>(null)

/** Around the pages of whoever is signed in. */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const client = useClient()
  const queries = useQueryClient()
  const { accountId, restoreEpoch, headSeq } = useSession()
  const outbox = useMemo(() => browserOutbox(client), [client])
  useEffect(() => () => outbox.close(), [outbox])
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

export const isUnsent = ({ state }: Pick<OutboxEntry, 'state'>) =>
  state === 'waiting' || state === 'sending' || state === 'unsent'
