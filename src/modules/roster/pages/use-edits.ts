// Hand edits of a draft with undo and redo. An undo is an edit too: it goes through the same rules.
import { useCallback, useRef, useState } from 'react'
import { useDo } from '../../../device/hooks.ts'
import { Problem } from '../../../kernel/contract.ts'
import { editCell } from '../contracts.ts'

export interface Duty {
  postId: string
  patternId: string
  bands: string[]
}
export interface Edit {
  officerId: string
  day: string
  before: Duty | null
  after: Duty | null
}

export interface Edits {
  /** Whether it was made; if not, `problem` says why. */
  apply: (edits: Edit[]) => Promise<boolean>
  undo: () => Promise<void>
  redo: () => Promise<void>
  canUndo: boolean
  canRedo: boolean
  busy: boolean
  problem: unknown
  clear: () => void
}

/** `overtaken`: somebody else has changed the place meanwhile. */
type Sent = 'done' | 'refused' | 'overtaken'

function useSend(planId: string | null, revision: number | null, tell: (problem: unknown) => void) {
  const command = useDo(editCell)
  // The revision that the last edit made is newer than the one on screen until the board has come again.
  const newest = useRef<{ planId: string | null; revision: number }>({ planId: null, revision: 0 })
  const send = useCallback(
    async (edits: Edit[], which: 'before' | 'after'): Promise<Sent> => {
      if (planId === null || revision === null) return 'refused'
      const known = newest.current.planId === planId ? newest.current.revision : 0
      try {
        const done = await command.mutateAsync({
          planId,
          revision: Math.max(known, revision),
          // What is there by now goes with it: whoever has changed it meanwhile is not overwritten.
          edits: edits.map(({ officerId, day, before, after }) =>
            which === 'after'
              ? { officerId, day, duty: after, was: before }
              : { officerId, day, duty: before, was: after },
          ),
        })
        newest.current = { planId, revision: done.revision }
        tell(null)
        return 'done'
      } catch (error) {
        tell(error)
        return error instanceof Problem && error.code === 'roster/place-changed' ? 'overtaken' : 'refused'
      }
    },
    [command.mutateAsync, planId, revision, tell],
  )
  return { send, busy: command.isPending }
}

/** Every step done, and every step taken back; a list is put up anew with each change, never altered. */
interface History {
  past: readonly Edit[][]
  future: readonly Edit[][]
}

/**
 * One step after the other, each beginning where the last one ended: whoever presses Ctrl Z twice, or is faster than
 * the answers, takes back two steps and is not refused by his own last one.
 */
export function useEdits(planId: string | null, revision: number | null): Edits {
  const history = useRef<History>({ past: [], future: [] })
  const [shown, setShown] = useState(history.current)
  const [problem, setProblem] = useState<unknown>(null)
  const { send, busy } = useSend(planId, revision, setProblem)
  const clear = useCallback(() => setProblem(null), [])
  const turns = useRef<Promise<unknown>>(Promise.resolve())
  const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
    const turn = turns.current.then(step)
    turns.current = turn
    return turn
  }
  const keep = (next: History) => {
    history.current = next
    setShown(next)
  }
  const apply = (edits: Edit[]) =>
    inTurn(async () => {
      if ((await send(edits, 'after')) !== 'done') return false
      keep({ past: [...history.current.past.slice(-99), edits], future: [] })
      return true
    })
  const undo = () =>
    inTurn(async () => {
      const { past, future } = history.current
      const last = past.at(-1)
      const sent = last ? await send(last, 'before') : 'refused'
      if (!last || sent === 'refused') return
      // What somebody else has changed can no longer be taken back; what was done before it still can.
      keep({ past: past.slice(0, -1), future: sent === 'done' ? [...future, last] : future })
    })
  const redo = () =>
    inTurn(async () => {
      const { past, future } = history.current
      const next = future.at(-1)
      const sent = next ? await send(next, 'after') : 'refused'
      if (!next || sent === 'refused') return
      keep({ future: future.slice(0, -1), past: sent === 'done' ? [...past, next] : past })
    })
  return {
    apply,
    undo,
    redo,
    canUndo: shown.past.length > 0,
    canRedo: shown.future.length > 0,
    busy,
    problem,
    clear,
  }
}
