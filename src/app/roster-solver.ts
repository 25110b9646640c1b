// One search in a thread of its own, for `fangxian roster solve`.
import { parentPort, workerData } from 'node:worker_threads'
import { canDive, readShiftFile, type SolveOptions, solve, solveLed } from '../cores/roster/index.ts'
import { highsSolver } from '../cores/roster/linear-highs.ts'

export interface SolverJob {
  text: string
  seed: number
  seconds: number
  /** Whether a linear program shows the search the way. */
  led: boolean
  /** One shared number: 1 asks to stop. */
  stop: SharedArrayBuffer
}
export type SolverMessage =
  | { type: 'progress'; seconds: number; cost: number; open: number }
  | { type: 'done'; cells: Int32Array; cost: number; seconds: number }

const port = parentPort
if (!port) throw new Error('invariant: the solver runs in a worker')
const job = workerData as SolverJob
const stop = new Int32Array(job.stop)
const send = (message: SolverMessage) => port.postMessage(message)
const problem = readShiftFile(job.text)
const options: SolveOptions & { seconds: number; now: () => number } = {
  seed: job.seed,
  seconds: job.seconds,
  now: () => performance.now(),
  shouldStop: () => Atomics.load(stop, 0) === 1,
  onProgress: ({ seconds, cost, open }) => send({ type: 'progress', seconds, cost, open }),
}
const result =
  job.led && canDive(problem)
    ? solveLed(problem, { ...options, solver: await highsSolver() })
    : solve(problem, options)
send({ type: 'done', cells: result.cells, cost: result.cost, seconds: result.seconds })
