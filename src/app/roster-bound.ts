// What every roster of a file costs at the least, worked out in a thread of its own, for `fangxian roster solve --bound`.
import { parentPort, workerData } from 'node:worker_threads'
import { boundOf, readShiftFile } from '../cores/roster/index.ts'
import { highsSolver } from '../cores/roster/linear-highs.ts'

export interface BoundJob {
  text: string
  seconds: number
  /** One shared number: 1 asks to stop. */
  stop: SharedArrayBuffer
}
/** `bound` is null when no round was over in time. */
export type BoundMessage = { type: 'done'; bound: number | null }

const port = parentPort
if (!port) throw new Error('invariant: the bound is worked out in a worker')
const job = workerData as BoundJob
const stop = new Int32Array(job.stop)
const { bound } = boundOf(readShiftFile(job.text), {
  solver: await highsSolver(),
  seconds: job.seconds,
  now: () => performance.now(),
  shouldStop: () => Atomics.load(stop, 0) === 1,
})
const message: BoundMessage = { type: 'done', bound: Number.isFinite(bound) ? bound : null }
port.postMessage(message)
