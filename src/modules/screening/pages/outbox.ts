// The way in which this page states facts, until the outbox of the device takes its place: the same face, but what
// waits lives in the memory of the open page, and the page says so.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { Client, Sent } from '../../../device/client.ts'
import { useClient, useSession } from '../../../device/hooks.ts'
import type { Both, CommandContract, CommandEntry, ProblemAnswer } from '../../../kernel/contract.ts'

export interface OutboxEntry {
  id: string
  name: string
  about: Both | string
  occurredAt: string
  state: 'waiting' | 'sending' | 'done' | 'refused' | 'held' | 'unsent'
  problem: ProblemAnswer | null
  answer: unknown
}
interface Kept extends OutboxEntry {
  accountId: string
  entry: CommandEntry
}

let kept: readonly Kept[] = []
const listeners = new Set<() => void>()
const againMs = 10_000
const answeredMost = 30
let sending = false

const isOnItsWay = ({ state }: OutboxEntry) =>
  state === 'waiting' || state === 'sending' || state === 'unsent'

function change(next: readonly Kept[]): void {
  const answered = next.filter(one => !isOnItsWay(one))
  const gone = new Set(answered.slice(0, Math.max(0, answered.length - answeredMost)))
  kept = next.filter(one => !gone.has(one))
  for (const listener of listeners) listener()
}
const put = (id: string, more: Partial<Kept>) =>
  change(kept.map(one => (one.id === id ? { ...one, ...more } : one)))
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** One after the other, in the order in which they happened; gives whether something got through. */
async function send(client: Client, accountId: string): Promise<boolean> {
  if (sending) return false
  sending = true
  let through = false
  try {
    const next = () => kept.find(one => one.accountId === accountId && isOnItsWay(one))
    for (let one = next(); one; one = next()) {
      put(one.id, { state: 'sending' })
      const [verdict] = await client.commands([one.entry])
      if (!verdict || verdict.verdict === 'retry') {
        put(one.id, { state: 'unsent', problem: verdict?.problem ?? null })
        break
      }
      through = true
      if (verdict.verdict === 'done') put(one.id, { state: 'done', answer: verdict.answer, problem: null })
      else put(one.id, { state: verdict.verdict, problem: verdict.problem })
    }
  } catch {
    // Without a network, or signed out meanwhile: what waits is said to wait, and is sent again.
    change(kept.map(one => (one.state === 'sending' ? { ...one, state: 'unsent' as const } : one)))
  } finally {
    sending = false
  }
  return through
}

export function useOutbox() {
  const client = useClient()
  const queries = useQueryClient()
  const { accountId } = useSession()
  const every = useSyncExternalStore(subscribe, () => kept)
  const entries: readonly OutboxEntry[] = every.filter(one => one.accountId === accountId)
  const waiting = entries.filter(isOnItsWay)
  const unsent = waiting.length
  const go = () =>
    void send(client, accountId).then(through => (through ? queries.invalidateQueries() : undefined))
  useEffect(() => {
    if (unsent === 0) return
    const again = () =>
      void send(client, accountId).then(through => (through ? queries.invalidateQueries() : undefined))
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    const timer = setInterval(again, againMs)
    window.addEventListener('online', again)
    window.addEventListener('beforeunload', stay)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', again)
      window.removeEventListener('beforeunload', stay)
    }
  }, [unsent, client, queries, accountId])
  return {
    entries,
    unsent,
    oldest: waiting[0]?.occurredAt ?? null,
    /** Resolves with the entry's id once it is kept. */
    state: async <C extends CommandContract>(
      contract: C,
      input: Sent<C>,
      about: Both | string,
      id?: string,
    ): Promise<string> => {
      const entry = client.entry(contract, input, id)
      const { name, occurredAt } = entry
      const one = { id: entry.id, name, about, occurredAt, problem: null, answer: null, accountId, entry }
      change([...kept, { ...one, state: 'waiting' }])
      go()
      return entry.id
    },
    acknowledge: async (id: string) => change(kept.filter(one => one.id !== id)),
  }
}
