// What every roster costs at the least, worked out here, so that the server's thread goes on answering.
import { parentPort, workerData } from 'node:worker_threads'
import { boundOf, type RosterProblem } from '../../cores/roster/index.ts'
import { highsSolver } from '../../cores/roster/linear-highs.ts'
import { stepBack } from '../../kernel/step-back.ts'

export interface BoundJob {
  problem: RosterProblem
  seconds: number
  /** Cost of the roster that is to be compared. */
  known: number
  /** One shared number: 1 asks to stop. */
  stop: SharedArrayBuffer
}
export type BoundMessage =
  | { type: 'progress'; seconds: number; bound: number }
  | { type: 'done'; bound: number; seconds: number; rounds: number; converged: boolean }

const toldEverySeconds = 0.3

const port = parentPort
if (!port) throw new Error('invariant: the bound is worked out in a worker')
stepBack()
const job = workerData as BoundJob
const stop = new Int32Array(job.stop)
const send = (message: BoundMessage) => port.postMessage(message)
let told = 0
const { bound, seconds, rounds, converged } = boundOf(job.problem, {
  solver: await highsSolver(),
  seconds: job.seconds,
  known: job.known,
  now: () => performance.now(),
  shouldStop: () => Atomics.load(stop, 0) === 1,
  onProgress: step => {
    if (step.seconds < told + toldEverySeconds) return
    told = step.seconds
    send({ type: 'progress', seconds: step.seconds, bound: step.bound })
  },
})
send({ type: 'done', bound, seconds, rounds, converged })
