// The running search: started, watched, stopped, adopted or dropped. The task is remembered for the tab, so that a
// reload does not lose thirty seconds of work.
import { useState } from 'react'
import { type Client, newId, problemFrom, type Sent } from '../../../device/client.ts'
import { useClient, useDo, useTask } from '../../../device/hooks.ts'
import { adopt, type solveInput } from '../contracts.ts'
import type { BestSoFar, SolveResult } from '../solve-task.ts'
import { remember, remembered } from './kept-task.ts'

export interface Solving {
  state: 'none' | 'running' | 'done' | 'failed'
  best: BestSoFar | null
  spent: number
  total: number
  problem: unknown
  busy: boolean
  start: (input: Sent<{ input: typeof solveInput }>) => Promise<void>
  stop: () => void
  adopt: (replaces: string | null, beside: string[]) => Promise<string | null>
  drop: () => void
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** Ends the search and waits for what it has found. */
async function resultOf(client: Client, taskId: string | null): Promise<SolveResult | null> {
  if (taskId === null) return null
  await client.cancelTask(taskId)
  for (let tries = 0; tries < 60; tries += 1) {
    const found = await client.task(taskId)
    if (found.state !== 'running') return (found.result as SolveResult | null) ?? null
    await pause(200)
  }
  return null
}

export function useSolve(): Solving {
  const client = useClient()
  const [taskId, setTask] = useState<string | null>(remembered)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const task = useTask(taskId)
  const command = useDo(adopt)
  const keep = (next: string | null) => {
    remember(next)
    setTask(next)
  }
  const view = task.data
  const gone = task.error?.code === 'kernel/missing'
  const state = taskId === null || gone || !view ? 'none' : view.state === 'cancelled' ? 'failed' : view.state
  const best = ((view?.result as SolveResult | null)?.best ?? (view?.best as BestSoFar | null)) || null
  return {
    state,
    best,
    spent: view?.done ?? 0,
    total: view?.total ?? 0,
    problem: problem ?? (view?.problem ? problemFrom(view.problem) : null),
    busy: busy || command.isPending,
    async start(input) {
      setProblem(null)
      setBusy(true)
      try {
        keep((await client.startTask('roster.solve', input)).taskId)
      } catch (error) {
        setProblem(error)
      }
      setBusy(false)
    },
    stop: () => {
      if (taskId !== null) client.cancelTask(taskId).catch(setProblem)
    },
    async adopt(replaces, beside) {
      setBusy(true)
      setProblem(null)
      const planId = newId()
      try {
        const found =
          state === 'running'
            ? await resultOf(client, taskId)
            : ((view?.result as SolveResult | null) ?? null)
        if (!found) return null
        const { best: _best, ...solved } = found
        await command.mutateAsync({ planId, ...solved, replaces, beside })
        keep(null)
        return planId
      } catch (error) {
        setProblem(error)
        return null
      } finally {
        setBusy(false)
      }
    },
    drop: () => keep(null),
  }
}
