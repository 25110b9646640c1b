// The task that proves how good a draft is: what every roster of its days costs at the least, beside what it costs
// itself. It writes nothing; the answer lives as long as the task is remembered.
import { Worker } from 'node:worker_threads'
import type { z } from 'zod'
import { costOf } from '../../cores/roster/index.ts'
import { type ReaderHands, type TaskControl, task } from '../../kernel/module.ts'
import type { BoundJob, BoundMessage } from './bound-worker.ts'
import { boundInput, planners } from './contracts.ts'
import { needSound, needWholeAgency } from './drafting.ts'
import { judged, needPlan } from './judged.ts'
import { ledgerOf } from './ledger.ts'
import { ledgerUntil, withLedger } from './ledger-problem.ts'
import type { RosterDb } from './published.ts'
import { needSomething } from './solve-task.ts'

export interface BoundAnswer {
  planId: string
  /** The draft as it stood; after an edit its cost is another. */
  revision: number
  /** Null when there was no time for any answer. */
  bound: number | null
  cost: number
  /** Part of the cost that may be too much, 0 to 1; null without a bound, or where nothing costs anything. */
  gap: number | null
  seconds: number
}

/** What progress tells: the bound so far. */
export interface BoundSoFar {
  bound: number
}

type Asked = z.output<typeof boundInput>
type Done = Extract<BoundMessage, { type: 'done' }>

export const boundTask = task({
  name: 'roster.bound',
  title: { zh: '证明排班下界', en: 'Prove a bound of a roster' },
  roles: planners,
  input: boundInput,
  run: (input, hands, control) => prove(input, hands, control),
})

async function prove(input: Asked, hands: ReaderHands, control: TaskControl): Promise<BoundAnswer> {
  needWholeAgency(hands)
  const { planId, seconds } = input
  control.progress({
    done: 0,
    total: seconds,
    note: { zh: '读取警力与需求', en: 'Reading people and demand' },
  })
  const { agency } = hands
  const now = hands.now().toISOString()
  const [plan, found, ledger] = await hands.read(async reader => {
    const db = reader as unknown as RosterDb
    const plan = await needPlan(db, agency.agencyId, planId)
    const until = ledgerUntil(plan.fromDay)
    return [
      plan,
      await judged(db, { agency, now }, planId),
      await ledgerOf(reader, agency, { untilDay: until, now, officerIds: null }),
    ]
  })
  const built = withLedger(found.built, ledger)
  needSomething(built)
  needSound(built)
  const cost = costOf(built.problem, found.roster)
  const done = await search({ problem: built.problem, seconds, known: cost }, control)
  const bound = Number.isFinite(done.bound) ? Math.min(done.bound, cost) : null
  return {
    planId,
    revision: plan.revision,
    bound,
    cost,
    gap: bound === null || cost <= 0 ? null : Math.max(0, (cost - bound) / cost),
    seconds: Math.round(done.seconds * 10) / 10,
  }
}

async function search(asked: Omit<BoundJob, 'stop'>, control: TaskControl): Promise<Done> {
  const stop = new SharedArrayBuffer(4)
  const job: BoundJob = { ...asked, stop }
  const worker = new Worker(new URL('./bound-worker.ts', import.meta.url), { workerData: job, execArgv: [] })
  const ask = () => Atomics.store(new Int32Array(stop), 0, 1)
  control.signal.addEventListener('abort', ask)
  if (control.signal.aborted) ask()
  try {
    return await new Promise<Done>((resolve, reject) => {
      worker.on('message', (message: BoundMessage) => {
        if (message.type === 'done') resolve(message)
        else {
          const best: BoundSoFar = { bound: message.bound }
          control.progress({
            done: Math.min(asked.seconds, message.seconds),
            total: asked.seconds,
            note: { zh: '证明下界', en: 'Proving the bound' },
            best,
          })
        }
      })
      worker.on('error', reject)
      worker.on('exit', code => reject(new Error(`the bound ended with code ${code} and no answer`)))
    })
  } finally {
    control.signal.removeEventListener('abort', ask)
    await worker.terminate()
  }
}
