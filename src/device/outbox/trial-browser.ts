// A browser for tests: a lock and a channel over tabs of one process, and a server that is a function.
import type { CommandEntry, Verdict } from '../../kernel/contract.ts'
import { deviceKey } from '../device-key.ts'
import type { OutboxKeys } from './keys.ts'
import { Outbox, type OutboxParts, type Told } from './outbox.ts'
import type { OutboxStore } from './store.ts'
import type { Turns, Word } from './surroundings.ts'

/** What of Web Locks is used: one holder at a time, in the order of asking. */
export function trialLocks(): LockManager {
  const waiting: (() => void)[] = []
  let held = false
  const next = () => {
    held = false
    waiting.shift()?.()
  }
  const request = (_name: string, options: { signal: AbortSignal }, work: () => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      const begin = () => {
        held = true
        void work().then(resolve, reject).finally(next)
      }
      if (!held) return begin()
      waiting.push(begin)
      options.signal.addEventListener('abort', () => {
        const at = waiting.indexOf(begin)
        if (at >= 0) waiting.splice(at, 1)
        reject(options.signal.reason as Error)
      })
    })
  return { request, query: () => Promise.resolve({}) } as unknown as LockManager
}

/** One channel; every tab hears the others and not itself. */
export function trialChannel(): () => Word {
  const tabs: Set<() => void>[] = []
  return () => {
    const own = new Set<() => void>()
    tabs.push(own)
    return {
      tell: () => {
        for (const tab of tabs) if (tab !== own) for (const listener of tab) listener()
      },
      hear: listener => {
        own.add(listener)
        return () => own.delete(listener)
      },
    }
  }
}

export interface TrialPosted {
  entries: readonly CommandEntry[]
  told: Told
}

/** An outbox over a store, whose server answers as `answer` says. */
export function trialOutbox(
  store: OutboxStore,
  more: { turns: Turns; word: Word; answer: (posted: TrialPosted) => Promise<Verdict[]>; keys?: OutboxKeys },
): { outbox: Outbox; posted: TrialPosted[] } {
  const posted: TrialPosted[] = []
  const parts: OutboxParts = {
    store,
    keys: more.keys ?? {
      current: () => Promise.resolve('browser'),
      of: async by => (by === 'browser' ? deviceKey(await store.key()) : null),
    },
    post: async (entries, told) => {
      const one = { entries, told }
      posted.push(one)
      const verdicts = await more.answer(one)
      return { verdicts, standing: { restoreEpoch: 0, headSeq: posted.length }, at: Date.now() }
    },
    turns: more.turns,
    word: more.word,
    roll: () => 0,
  }
  return { outbox: new Outbox(parts), posted }
}
