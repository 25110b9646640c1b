// The proof that runs for a draft: started, watched, ended early. The task is remembered for the tab and by draft.
import { useState } from 'react'
import { problemFrom } from '../../../device/client.ts'
import { useClient, useTask } from '../../../device/hooks.ts'
import type { BoundAnswer, BoundSoFar } from '../bound-task.ts'
import { keptText } from './kept-task.ts'

export interface Proving {
  state: 'none' | 'running' | 'done'
  soFar: BoundSoFar | null
  answer: BoundAnswer | null
  spent: number
  total: number
  problem: unknown
  start: () => void
  stop: () => void
}

const secondsAsked = 30
const kept = keptText('bound')

/** The task that was started for this draft, if the tab remembers one. */
function rememberedFor(planId: string): string | null {
  const [forPlan, taskId] = (kept.remembered() ?? '').split(' ')
  return forPlan === planId && taskId ? taskId : null
}

export function useBound(planId: string, revision: number): Proving {
  const client = useClient()
  const [started, setStarted] = useState({ planId, taskId: rememberedFor(planId) })
  const [problem, setProblem] = useState<unknown>(null)
  const taskId = started.planId === planId ? started.taskId : null
  const task = useTask(taskId)
  const view = task.data
  const gone = task.error?.code === 'kernel/missing'
  const answer = (view?.result as BoundAnswer | null | undefined) ?? null
  // After an edit the draft costs something else, and what was said of it is over.
  const current = answer !== null && answer.planId === planId && answer.revision === revision ? answer : null
  const running = taskId !== null && !gone && view?.state === 'running'
  return {
    state: running ? 'running' : current ? 'done' : 'none',
    soFar: (view?.best as BoundSoFar | null | undefined) ?? null,
    answer: current,
    spent: view?.done ?? 0,
    total: view?.total ?? 0,
    problem: problem ?? (view?.problem ? problemFrom(view.problem) : null),
    start: () => {
      setProblem(null)
      client
        .startTask('roster.bound', { planId, seconds: secondsAsked })
        .then(next => {
          kept.remember(`${planId} ${next.taskId}`)
          setStarted({ planId, taskId: next.taskId })
        })
        .catch(setProblem)
    },
    stop: () => {
      if (taskId !== null) client.cancelTask(taskId).catch(setProblem)
    },
  }
}
