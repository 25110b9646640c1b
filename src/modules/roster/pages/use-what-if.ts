// What is supposed and what runs, remembered for the tab: a reload loses neither.
import { useState } from 'react'
import { problemFrom } from '../../../device/client.ts'
import { useClient, useTask } from '../../../device/hooks.ts'
import { type PreferencePreset, presets, type Supposition } from '../contracts.ts'
import type { WhatIfAnswer, WhatIfBest } from '../what-if-task.ts'
import { keptText } from './kept-task.ts'

/** A saved what-if that is being run again. */
export interface Origin {
  whatIfId: string
  revision: number
  name: string
}

export interface Asked {
  operationId: string
  fromDay: string
  untilDay: string
  suppositions: Supposition[]
  /** Null: as it is set for the operation. */
  preference: PreferencePreset | null
  origin: Origin | null
  /** The task that worked these out, and what exactly it was given. */
  taskId: string | null
  given: string
}

const kept = keptText('whatIf')
export const givenOf = ({
  fromDay,
  untilDay,
  suppositions,
  preference,
}: Omit<Asked, 'taskId' | 'given'>): string => JSON.stringify([fromDay, untilDay, suppositions, preference])

function rememberedAsked(operationId: string): Asked | null {
  const text = kept.remembered()
  if (text === null) return null
  try {
    const found = JSON.parse(text) as Asked
    return found.operationId === operationId && Array.isArray(found.suppositions) ? found : null
  } catch {
    // Something else stands under the name; it is as good as nothing.
    return null
  }
}

export function useAsked(operationId: string, fromDay: string, untilDay: string) {
  const [asked, setAsked] = useState<Asked>(
    () =>
      rememberedAsked(operationId) ?? {
        operationId,
        fromDay,
        untilDay,
        suppositions: [],
        preference: null,
        origin: null,
        taskId: null,
        given: '',
      },
  )
  const change = (more: Partial<Asked>) =>
    setAsked(before => {
      const next = { ...before, ...more }
      kept.remember(JSON.stringify(next))
      return next
    })
  return [asked, change] as const
}

export interface Working {
  state: 'none' | 'running' | 'done' | 'failed'
  note: { zh: string; en: string }
  best: WhatIfBest | null
  done: number
  total: number
  answer: WhatIfAnswer | null
  problem: unknown
  lost: boolean
  busy: boolean
  start: (seconds: number) => Promise<void>
  stop: () => void
}

export function useWorking(asked: Asked, change: (more: Partial<Asked>) => void): Working {
  const client = useClient()
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const task = useTask(asked.taskId)
  const lost = asked.taskId !== null && task.error?.code === 'kernel/missing'
  const view = lost || asked.taskId === null ? undefined : task.data
  const answer = (view?.result as WhatIfAnswer | null | undefined) ?? null
  const state = !view ? 'none' : view.state === 'cancelled' ? 'failed' : view.state
  return {
    state,
    note: view?.note ?? { zh: '', en: '' },
    best: (view?.best as WhatIfBest | null | undefined) ?? null,
    done: view?.done ?? 0,
    total: view?.total ?? 0,
    answer,
    problem: problem ?? (view?.problem ? problemFrom(view.problem) : lost ? null : task.error),
    lost,
    busy,
    async start(seconds) {
      const { operationId, fromDay, untilDay, suppositions } = asked
      const preference = asked.preference && presets[asked.preference]
      setProblem(null)
      setBusy(true)
      try {
        const input = { operationId, fromDay, untilDay, suppositions, preference, seconds }
        const { taskId } = await client.startTask('roster.whatIf', input)
        change({ taskId, given: givenOf(asked) })
      } catch (error) {
        setProblem(error)
      }
      setBusy(false)
    },
    stop: () => {
      if (asked.taskId !== null) client.cancelTask(asked.taskId).catch(setProblem)
    },
  }
}
