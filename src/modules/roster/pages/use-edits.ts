// Hand edits of a draft with undo and redo. An undo is an edit too: it goes through the same rules.
import { useCallback, useRef, useState } from 'react'
import { useDo } from '../../../device/hooks.ts'
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
  apply: (edits: Edit[]) => Promise<void>
  undo: () => Promise<void>
  redo: () => Promise<void>
  canUndo: boolean
  canRedo: boolean
  busy: boolean
  problem: unknown
  clear: () => void
}

export function useEdits(planId: string | null, revision: number | null): Edits {
  const command = useDo(editCell)
  const [past, setPast] = useState<Edit[][]>([])
  const [future, setFuture] = useState<Edit[][]>([])
  const [problem, setProblem] = useState<unknown>(null)
  // The revision that the last edit made is newer than the one on screen until the board has come again.
  const newest = useRef<{ planId: string | null; revision: number }>({ planId: null, revision: 0 })
  const send = useCallback(
    async (edits: Edit[], which: 'before' | 'after'): Promise<boolean> => {
      if (planId === null || revision === null) return false
      const known = newest.current.planId === planId ? newest.current.revision : 0
      try {
        const done = await command.mutateAsync({
          planId,
          revision: Math.max(known, revision),
          edits: edits.map(edit => ({ officerId: edit.officerId, day: edit.day, duty: edit[which] })),
        })
        newest.current = { planId, revision: done.revision }
        setProblem(null)
        return true
      } catch (error) {
        setProblem(error)
        return false
      }
    },
    [command.mutateAsync, planId, revision],
  )
  const clear = useCallback(() => setProblem(null), [])
  const apply = async (edits: Edit[]) => {
    if (!(await send(edits, 'after'))) return
    setPast(list => [...list.slice(-99), edits])
    setFuture([])
  }
  const undo = async () => {
    const last = past.at(-1)
    if (!last || !(await send(last, 'before'))) return
    setPast(list => list.slice(0, -1))
    setFuture(list => [...list, last])
  }
  const redo = async () => {
    const next = future.at(-1)
    if (!next || !(await send(next, 'after'))) return
    setFuture(list => list.slice(0, -1))
    setPast(list => [...list, next])
  }
  return {
    apply,
    undo,
    redo,
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    busy: command.isPending,
    problem,
    clear,
  }
}
