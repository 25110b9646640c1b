// The task that works a what-if out: reads the books, lays the suppositions over them, searches in a worker, and tells
// what it would take. It writes nothing, and nothing that stands is touched.
import { Worker } from 'node:worker_threads'
import type { z } from 'zod'
import type { Both } from '../../kernel/contract.ts'
import { type ReaderHands, type TaskControl, task } from '../../kernel/module.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { demandMark } from '../posts/index.ts'
import { planners, type WhatIfResult, whatIfInput, whatIfVouched } from './contracts.ts'
import { needSound, needWholeAgency } from './drafting.ts'
import { readInputs } from './inputs.ts'
import type { Duty } from './matrix.ts'
import { needSpan } from './plans.ts'
import { type BuiltProblem, buildProblem, fromRoster } from './problem.ts'
import { needSomething } from './solve-task.ts'
import { type Change, changesAgainst, figuresOf } from './what-if-figures.ts'
import { whatIfProblems } from './what-if-problems.ts'
import { readSupposedBooks, supposed } from './what-if-suppose.ts'
import type { WhatIfJob, WhatIfMessage, WhatIfStage } from './what-if-worker.ts'

export interface WhatIfBest {
  stage: WhatIfStage
  /** Lines of demand that the best roster so far leaves open. */
  open: number
  seconds: number
}

/** A change in words of the roster; of posts by name, because a supposed one is in no book. */
export interface WhatIfChange {
  officerId: string
  name: string
  day: string
  before: WhatIfDuty | null
  after: WhatIfDuty | null
}
interface WhatIfDuty {
  postName: string
  bands: Both[]
}

export interface WhatIfAnswer {
  result: WhatIfResult
  /** With it, and for these suppositions only, the result may be saved. */
  voucher: string
  /** The first of them, with names; a saved what-if has counts only. */
  changes: WhatIfChange[]
}

type Done = Extract<WhatIfMessage, { type: 'done' }>
type Asked = z.output<typeof whatIfInput>
const changesTold = 500

export const whatIfTask = task({
  name: 'roster.whatIf',
  title: { zh: '推演', en: 'Work out a what-if' },
  roles: planners,
  input: whatIfInput,
  run: (input, hands, control) => workOut(input, hands, control),
})

async function workOut(input: Asked, hands: ReaderHands, control: TaskControl): Promise<WhatIfAnswer> {
  needWholeAgency(hands)
  needSpan(input.fromDay, input.untilDay)
  const note = { zh: '读取警力与需求', en: 'Reading people and demand' }
  control.progress({ done: 0, total: input.seconds, note })
  const now = hands.now().toISOString()
  if (input.untilDay < dutyDayOf(hands.agency, now)) throw whatIfProblems.whatIfOver()
  const { operationId, fromDay, untilDay } = input
  const [live, laid] = await hands.read(async db => {
    const inputs = await readInputs(db, hands.agency, operationId, fromDay, untilDay, now)
    const books = await readSupposedBooks(db, hands.agency.agencyId, inputs, input.suppositions)
    return [inputs, supposed(inputs, input.suppositions, books)] as const
  })
  const built = buildProblem(laid.inputs, { preference: input.preference })
  needSomething(built)
  needSound(built)
  const job = {
    problem: built.problem,
    days: live.days,
    cells: null,
    seed: input.seed,
    seconds: input.seconds,
  }
  const done = await inWorker(job, control.signal, message =>
    control.progress(stepOf(message, input.seconds)),
  )
  const cells = fromRoster(built, done.cells)
  const changes = changesAgainst(live, officerId => day => cells.get(officerId, day))
  const result: WhatIfResult = {
    ...figuresOf({ built, done, changes, supposed: laid.posts }),
    madeAt: now,
    demandMark: demandMark(live.demand),
    rosterVersion: live.basedOn,
    supposed: { posts: laid.posts.size, absent: laid.absent, closed: laid.closed },
    more: done.more,
    preference: input.preference ?? live.preference,
    seed: input.seed,
    seconds: Math.round(done.seconds * 10) / 10,
    stopped: control.signal.aborted,
  }
  const { by, of } = whatIfVouched
  return {
    result,
    voucher: hands.vouch(by, of({ operationId, suppositions: input.suppositions, result })),
    changes: (changes ?? []).slice(0, changesTold).map(one => inNames(built, one)),
  }
}

function inNames(built: BuiltProblem, { before, after, ...one }: Change): WhatIfChange {
  const { posts, patterns } = built.inputs
  const named = (duty: Duty | null) =>
    duty && {
      postName: posts.get(duty.postId)?.name ?? '',
      bands: (patterns.get(duty.patternId)?.bands ?? [])
        .filter(band => duty.bands.includes(band.key))
        .map(({ zh, en }) => ({ zh, en })),
    }
  return { ...one, before: named(before), after: named(after) }
}

const notes: Record<WhatIfStage, Both> = {
  solving: { zh: '求解中', en: 'Solving' },
  counting: { zh: '核算中', en: 'Counting' },
  proving: { zh: '验证需增加的人数', en: 'Trying how many more are needed' },
}

function stepOf(message: Extract<WhatIfMessage, { type: 'progress' }>, total: number) {
  const { stage, open, seconds } = message
  const best: WhatIfBest = { stage, open, seconds }
  const done = stage === 'solving' ? Math.min(total, seconds) : total
  // What follows the search has no best of its own: the last one of the search stands.
  return { done, total, note: notes[stage], ...(stage === 'solving' ? { best } : {}) }
}

/** Runs a job in a worker of its own; asked to stop, it ends with the best so far. */
export async function inWorker(
  job: Omit<WhatIfJob, 'stop'>,
  signal: AbortSignal | null,
  onProgress: (message: Extract<WhatIfMessage, { type: 'progress' }>) => void,
): Promise<Done> {
  const stop = new SharedArrayBuffer(4)
  const workerData: WhatIfJob = { ...job, stop }
  const worker = new Worker(new URL('./what-if-worker.ts', import.meta.url), { workerData, execArgv: [] })
  const ask = () => Atomics.store(new Int32Array(stop), 0, 1)
  signal?.addEventListener('abort', ask)
  if (signal?.aborted) ask()
  try {
    return await new Promise<Done>((resolve, reject) => {
      worker.on('message', (message: WhatIfMessage) => {
        if (message.type === 'done') resolve(message)
        else onProgress(message)
      })
      worker.on('error', reject)
      worker.on('exit', code => reject(new Error(`the what-if ended with code ${code} and no answer`)))
    })
  } finally {
    signal?.removeEventListener('abort', ask)
    await worker.terminate()
  }
}
