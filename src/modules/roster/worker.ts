// The search runs here, so that the server's thread goes on answering. Best so far is told five times a second.
import { parentPort, workerData } from 'node:worker_threads'
import { type OpenDemand, type RosterProblem, solve, validate, whyOpen } from '../../cores/roster/index.ts'
import { stepBack } from '../../kernel/step-back.ts'

export interface SolveJob {
  problem: RosterProblem
  seed: number
  seconds: number
  stopWhenCovered: boolean
  /** Nobody else waits for this machine's cores. */
  alone: boolean
  /** One shared number: 1 asks to stop. */
  stop: SharedArrayBuffer
}
export interface ExplainedOpen extends OpenDemand {
  reason: string
  counts: Record<string, number>
}
export type SolveMessage =
  | {
      type: 'progress'
      seconds: number
      fraction: number
      cost: number
      open: number
      iteration: number
      /** Officer's days that differ from the published roster; null where nothing is published. */
      changed: number | null
      /** Officer's days that differ from the best told before; null when it is the first. */
      moved: number | null
    }
  | {
      type: 'done'
      cells: Int32Array
      cost: number
      iterations: number
      seconds: number
      open: ExplainedOpen[]
      /** Breaches that somebody could avoid, by the validator. */
      broken: number
      history: [number, number, number][]
    }

/** Reasons cost a look at every officer; past so many lines a person reads none of them. */
const explainedMost = 200
const explainingMs = 3_000

function explained(problem: RosterProblem, cells: Int32Array, open: readonly OpenDemand[]): ExplainedOpen[] {
  const roster = { days: problem.days, cells }
  const began = performance.now()
  return open.map((line, at) => {
    if (at >= explainedMost || performance.now() - began > explainingMs) {
      return { ...line, reason: '', counts: {} }
    }
    const { reason, counts } = whyOpen(problem, roster, line)
    return { ...line, reason, counts }
  })
}

const port = parentPort
if (!port) throw new Error('invariant: the solver runs in a worker')
const job = workerData as SolveJob
if (!job.alone) stepBack()
const stop = new Int32Array(job.stop)
const send = (message: SolveMessage) => port.postMessage(message)

/** Cells in which two rosters of one problem differ; null without the other. */
function differing(cells: Int32Array, other: Int32Array | undefined): number | null {
  if (!other) return null
  let n = 0
  for (let at = 0; at < cells.length; at += 1) if (cells[at] !== other[at]) n += 1
  return n
}

const published = job.problem.previous?.cells
let told: Int32Array | undefined

const result = solve(job.problem, {
  seed: job.seed,
  seconds: job.seconds,
  stopWhenCovered: job.stopWhenCovered,
  now: () => performance.now(),
  shouldStop: () => Atomics.load(stop, 0) === 1,
  onProgress: ({ seconds, fraction, cost, open, iteration, cells }) => {
    const [changed, moved] = [differing(cells, published), differing(cells, told)]
    told = cells.slice()
    send({ type: 'progress', seconds, fraction, cost, open, iteration, changed, moved })
  },
})
send({
  type: 'done',
  cells: result.cells,
  cost: result.cost,
  iterations: result.iterations,
  seconds: result.seconds,
  open: explained(job.problem, result.cells, result.open),
  broken: validate(job.problem, result).breaches.filter(breach => !breach.fixed).length,
  history: result.bestHistory.map(({ seconds, cost, open }) => [seconds, cost, open]),
})
