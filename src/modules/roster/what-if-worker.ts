// A what-if is searched and counted here, so that the server's thread goes on answering. When places stay open a second
// search tries how many more people would close them.
import { parentPort, workerData } from 'node:worker_threads'
import {
  type OpenDemand,
  openDemand,
  type Roster,
  type RosterProblem,
  solve,
  whyOpen,
} from '../../cores/roster/index.ts'
import { stepBack } from '../../kernel/step-back.ts'
import { type Counted, countRoster, leastMore, withMore } from './what-if-count.ts'

export interface WhatIfJob {
  problem: RosterProblem
  /** Days of the horizon that are asked about. */
  days: number
  /** Only counted: a roster that stands. */
  cells: Int32Array | null
  seed: number
  seconds: number
  /** One shared number: 1 asks to stop. */
  stop: SharedArrayBuffer
}
export type WhatIfStage = 'solving' | 'counting' | 'proving'
export type WhatIfMessage =
  | { type: 'progress'; stage: WhatIfStage; seconds: number; open: number; iteration: number; cost: number }
  | {
      type: 'done'
      cells: Int32Array
      counted: Counted
      open: (OpenDemand & { reason: string })[]
      more: { people: number; left: number } | null
      seconds: number
    }

/** Reasons cost a look at every officer; past so many lines a person reads none of them. */
const explainedMost = 80
const explainingMs = 3_000
/** How often more people are tried, and for how long each time. */
const triesMost = 5
const tryingSeconds = 5

const port = parentPort
if (!port) throw new Error('invariant: a what-if is worked out in a worker')
stepBack()
const job = workerData as WhatIfJob
const stop = new Int32Array(job.stop)
const stopped = () => Atomics.load(stop, 0) === 1
const send = (message: WhatIfMessage) => port.postMessage(message)
const began = performance.now()
const spent = () => (performance.now() - began) / 1000

function found(): Roster {
  const { problem } = job
  if (job.cells) return { days: problem.days, cells: job.cells }
  return solve(problem, {
    seed: job.seed,
    seconds: job.seconds,
    now: () => performance.now(),
    shouldStop: stopped,
    onProgress: ({ seconds, open, iteration, cost }) =>
      send({ type: 'progress', stage: 'solving', seconds, open, iteration, cost }),
  })
}

function explained(roster: Roster, open: readonly OpenDemand[]) {
  const from = performance.now()
  return open.map((line, at) => {
    const told = at < explainedMost && performance.now() - from < explainingMs
    return { ...line, reason: told ? whyOpen(job.problem, roster, line).reason : '' }
  })
}

/** Tries with more and more people until nothing is open, or more of them do not help; null where it was stopped. */
function moreFor(roster: Roster, counted: Counted): { people: number; left: number } | null {
  let people = leastMore(job.problem, roster, counted)
  let [best, left] = [people, counted.days.reduce((sum, day) => sum + day.open, 0)]
  for (let tries = 0; tries < triesMost && left > 0; tries += 1) {
    if (stopped()) return null
    send({ type: 'progress', stage: 'proving', seconds: spent(), open: 0, iteration: people, cost: 0 })
    const problem = withMore(job.problem, roster.cells, people)
    const tried = solve(problem, {
      seed: job.seed,
      seconds: tryingSeconds,
      stopWhenCovered: true,
      now: () => performance.now(),
      shouldStop: stopped,
    })
    const again = countRoster(problem, tried, job.days)
    const open = again.days.reduce((sum, day) => sum + day.open, 0)
    if (stopped() && open > 0) return null
    if (open >= left) break
    ;[best, left] = [people, open]
    people += Math.max(1, leastMore(problem, tried, again))
  }
  return { people: best, left }
}

const roster = found()
send({ type: 'progress', stage: 'counting', seconds: spent(), open: 0, iteration: 0, cost: 0 })
const counted = countRoster(job.problem, roster, job.days)
const open = openDemand(job.problem, roster).filter(line => line.day < job.days)
send({
  type: 'done',
  cells: roster.cells,
  counted,
  open: explained(roster, open),
  more: open.length === 0 || job.cells ? null : moreFor(roster, counted),
  seconds: spent(),
})
