// The state of a form that outlives closing it, a reload and a session that ended.
import { useCallback, useMemo, useRef, useState } from 'react'
import type { z } from 'zod'
import type { CommandContract } from '../kernel/contract.ts'
import { closedFields, draftKey, pruneDrafts, readDraft, type TextStore, writeDraft } from './draft-store.ts'
import { useSession } from './hooks.ts'

export interface KeptDraft {
  /** What was left last time stands in the form again. */
  restored: boolean
  /** Throws it away: the form is as it begins. */
  discard: () => void
  /** For `onSuccess`: what was sent is kept no longer; then `after`. */
  done: (after: () => void) => () => void
}

export interface DraftOptions<T> {
  /** Names the form and what it changes: `officer 0190…`, `post new`. */
  form: string
  /** How the form begins; asked once. */
  initial: () => T
  /** What it sends. Its personal and health fields are not kept. */
  contract: CommandContract<z.ZodType, z.ZodType>
  /** Fields of the form that are called otherwise in the contract and are not to be kept either. */
  never?: readonly (keyof T & string)[]
}

/** Storage may be refused (private window, locked-down kiosk); then nothing is kept, and the form works. */
function browserStore(): TextStore | undefined {
  try {
    return globalThis.localStorage
  } catch {
    // Refused: as good as none.
    return undefined
  }
}

/** A full or refused storage costs the draft, not the form. */
function quietly(work: (store: TextStore) => void): void {
  const store = browserStore()
  if (!store) return
  try {
    work(store)
  } catch {
    // Not kept; what is typed still stands in the form.
  }
}

/** In place of `useState` for a form: `const [draft, setDraft, kept] = useKeptDraft({ … })`, `<FieldForm kept={kept}>`. */
export function useKeptDraft<T extends object>(options: DraftOptions<T>): [T, (next: T) => void, KeptDraft] {
  const { form, initial, contract, never = [] } = options
  const key = draftKey(useSession().accountId, form)
  const [base] = useState(initial)
  const [closed] = useState(() => new Set([...closedFields(contract.input), ...never]))
  const [found] = useState(() => {
    let left: T | undefined
    quietly(store => {
      pruneDrafts(store, Date.now())
      left = readDraft(store, key, base, closed, Date.now())
    })
    return left
  })
  const [draft, setDraft] = useState(found ?? base)
  const [restored, setRestored] = useState(found !== undefined)
  const over = useRef(false)
  const set = useCallback(
    (next: T) => {
      setDraft(next)
      if (!over.current) quietly(store => writeDraft(store, key, base, next, closed, Date.now()))
    },
    [key, base, closed],
  )
  const kept = useMemo<KeptDraft>(
    () => ({
      restored,
      discard: () => {
        quietly(store => store.removeItem(key))
        setDraft(base)
        setRestored(false)
      },
      done: after => () => {
        over.current = true
        quietly(store => store.removeItem(key))
        after()
      },
    }),
    [restored, key, base],
  )
  return [draft, set, kept]
}
