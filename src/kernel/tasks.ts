// Long work that a user started: one process's memory, because a task that dies with the process has changed
// nothing; what it found is adopted by a command. Finished tasks are kept for an hour.
import type { Actor } from './command.ts'
import { type Both, Problem, type ProblemAnswer, problemAnswer } from './contract.ts'
import { uuidv7 } from './ids.ts'
import { parseInput } from './input.ts'
import type { Kernel } from './kernel.ts'
import { kernelProblems } from './problem.ts'

export interface TaskView {
  taskId: string
  name: string
  state: 'running' | 'done' | 'failed' | 'cancelled'
  done: number
  total: number
  note: Both
  best: unknown
  result: unknown
  problem: ProblemAnswer | null
  startedAt: string
}
interface Running extends TaskView {
  agencyId: string
  accountId: string | null
  abort: AbortController
  endedAt: number
}

const keptMs = 3_600_000
const atOnceMost = 4

export class Tasks {
  private readonly kernel: Kernel
  private readonly all = new Map<string, Running>()
  constructor(kernel: Kernel) {
    this.kernel = kernel
  }

  async start(actor: Actor, name: string, raw: unknown): Promise<string> {
    const task = this.kernel.registry.tasks.get(name)
    if (!task) throw kernelProblems.unknownQuery({ name })
    if (!task.roles.some(role => actor.roles.includes(role)))
      throw kernelProblems.noRight({ what: task.title.zh })
    const input = parseInput(task.input, raw)
    // Before anything is entered here: a task whose hands cannot be had must not stand as running.
    const hands = await this.kernel.reader(actor)
    this.sweep()
    if ([...this.all.values()].filter(one => one.state === 'running').length >= atOnceMost)
      throw kernelProblems.busy()
    const taskId = uuidv7(Date.now())
    const running: Running = {
      taskId,
      name,
      state: 'running',
      done: 0,
      total: 0,
      note: { zh: '', en: '' },
      best: null,
      result: null,
      problem: null,
      startedAt: this.kernel.now().toISOString(),
      agencyId: actor.scope.agencyId,
      accountId: actor.accountId,
      abort: new AbortController(),
      endedAt: 0,
    }
    this.all.set(taskId, running)
    const control = {
      taskId,
      signal: running.abort.signal,
      progress: (step: { done: number; total: number; note: Both; best?: unknown }) => {
        running.done = step.done
        running.total = step.total
        running.note = step.note
        if (step.best !== undefined) running.best = step.best
      },
    }
    // A turn later, so that a task that throws at once fails like any other.
    const run = Promise.resolve().then(() => task.run(input as never, hands, control))
    run.then(
      result => {
        running.result = result
        this.finish(running, running.abort.signal.aborted && result == null ? 'cancelled' : 'done')
      },
      (error: unknown) => {
        running.problem =
          error instanceof Problem
            ? problemAnswer(error)
            : running.abort.signal.aborted
              ? null
              : problemAnswer(kernelProblems.internal({ reference: this.kernel.reportBug(error, name) }))
        this.finish(running, running.abort.signal.aborted ? 'cancelled' : 'failed')
      },
    )
    return taskId
  }

  private finish(running: Running, state: TaskView['state']): void {
    running.state = state
    running.endedAt = Date.now()
  }

  private find(actor: Actor, taskId: string): Running {
    const found = this.all.get(taskId)
    if (!found || found.agencyId !== actor.scope.agencyId || found.accountId !== actor.accountId) {
      throw kernelProblems.missing({ what: '任务' })
    }
    return found
  }

  view(actor: Actor, taskId: string): TaskView {
    const {
      agencyId: _agency,
      accountId: _account,
      abort: _abort,
      endedAt: _ended,
      ...view
    } = this.find(actor, taskId)
    return view
  }

  cancel(actor: Actor, taskId: string): void {
    this.find(actor, taskId).abort.abort()
  }

  cancelAll(): void {
    for (const running of this.all.values()) running.abort.abort()
  }

  private sweep(): void {
    for (const [taskId, running] of this.all) {
      if (running.endedAt && running.endedAt < Date.now() - keptMs) this.all.delete(taskId)
    }
  }
}
