// Facts of this page that are on their way. They live in the memory of the open page and nowhere else, and the page
// says so; each keeps its id and its time, so that sending it again is the same fact.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { Client, Sent } from '../../../device/client.ts'
import { useClient, useSession } from '../../../device/hooks.ts'
import type { CommandContract, CommandEntry, ProblemAnswer } from '../../../kernel/contract.ts'

export type FactState = 'sending' | 'unsent' | 'done' | 'held'
export interface KeptFact {
  /** Whose it is: nothing is sent in somebody else's name after another sign-in. */
  accountId: string
  entry: CommandEntry
  /** Whom or what it is about, as the line that stays says it. */
  about: string
  state: FactState
  answer: unknown
  /** Why it is held, or what kept it from being sent. */
  problem: ProblemAnswer | null
}

let facts: readonly KeptFact[] = []
const listeners = new Set<() => void>()
const againMs = 10_000
const keptMost = 20

function change(next: readonly KeptFact[]): void {
  facts = next.slice(-keptMost)
  for (const listener of listeners) listener()
}
const put = (entry: CommandEntry, more: Partial<KeptFact>) =>
  change(facts.map(one => (one.entry.id === entry.id ? { ...one, ...more } : one)))

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const waits = (one: KeptFact) => one.state === 'unsent' || one.state === 'sending'
let sending = false

/** One after the other, in the order in which they happened. Gives whether something got through. */
async function send(client: Client, accountId: string): Promise<boolean> {
  const next = () => facts.find(one => waits(one) && one.accountId === accountId)
  if (sending) return false
  sending = true
  let through = false
  try {
    for (let one = next(); one; one = next()) {
      const { entry } = one
      put(entry, { state: 'sending' })
      const [verdict] = await client.commands([entry])
      if (!verdict || verdict.verdict === 'retry') {
        put(entry, { state: 'unsent', problem: verdict?.problem ?? null })
        break
      }
      through = true
      if (verdict.verdict === 'done') put(entry, { state: 'done', answer: verdict.answer, problem: null })
      else put(entry, { state: 'held', problem: verdict.problem })
    }
  } catch {
    // Without network, or signed out meanwhile: what waits is said to wait, and is sent again.
    change(facts.map(one => (one.state === 'sending' ? { ...one, state: 'unsent' as const } : one)))
  } finally {
    sending = false
  }
  return through
}

/** The facts of this page, and a way to state one. While any waits it is sent again, and closing the page warns. */
export function useKeptFacts() {
  const client = useClient()
  const queries = useQueryClient()
  const { accountId } = useSession()
  const every = useSyncExternalStore(subscribe, () => facts)
  const all = every.filter(one => one.accountId === accountId)
  const unsent = all.filter(waits)
  const many = unsent.length
  useEffect(() => {
    if (many === 0) return
    const retry = () => {
      void send(client, accountId).then(through => (through ? queries.invalidateQueries() : undefined))
    }
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    const timer = setInterval(retry, againMs)
    window.addEventListener('online', retry)
    window.addEventListener('beforeunload', stay)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', retry)
      window.removeEventListener('beforeunload', stay)
    }
  }, [many, client, queries, accountId])
  const state = <C extends CommandContract>(contract: C, input: Sent<C>, about: string): string => {
    const entry = client.entry(contract, input)
    change([...facts, { accountId, entry, about, state: 'sending', answer: null, problem: null }])
    void send(client, accountId).then(through => (through ? queries.invalidateQueries() : undefined))
    return entry.id
  }
  const again = () => {
    void send(client, accountId)
  }
  return {
    facts: all,
    unsent,
    last: all.at(-1),
    /** For the phone's strip: how many wait, and since when. */
    oldest: unsent[0]?.entry.occurredAt,
    /** Whether something was stated of this band and has not been answered yet. */
    waitsFor: (id: string) => unsent.some(one => Object.values(one.entry.input as object).includes(id)),
    state,
    again,
  }
}
