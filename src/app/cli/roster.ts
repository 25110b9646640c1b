// `fangxian roster solve FILE` and `fangxian roster check FILE SOLUTION`: the engine of the rosters on instances in the
// public text format, so that anybody can compare it. What it says of a result comes from the validator.
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import {
  type Breach,
  readShiftFile,
  readShiftSolution,
  type RosterProblem,
  ShiftFileFault,
  type SoftCost,
  softCost,
  validate,
  writeShiftSolution,
} from '../../cores/roster/index.ts'
import { parseArguments, textFlag } from '../arguments.ts'
import { progressLine } from '../progress.ts'
import type { BoundJob, BoundMessage } from '../roster-bound.ts'
import type { SolverJob, SolverMessage } from '../roster-solver.ts'

const usage =
  'fangxian roster solve FILE [--seconds S] [--workers N] [--seed K] [--out SOLUTION] [--bound] [--json], or roster check FILE SOLUTION [--json]'
const secondsDefault = 60
const workersDefault = 2
const workersMost = 16
const bytesMost = 50_000_000
const namedMost = 20

function textOf(file: string): string {
  const size = statSync(file).size
  if (size > bytesMost) throw new Error(`${file} has ${size} bytes; at most ${bytesMost} are read.`)
  return readFileSync(file, 'utf8')
}

/** Faults of a file say which file it is. */
function read<T>(file: string, of: (text: string) => T): T {
  try {
    return of(textOf(file))
  } catch (error) {
    if (error instanceof ShiftFileFault) throw new Error(`${file}: ${error.message}`, { cause: error })
    throw error
  }
}

interface Judged {
  soft: SoftCost
  breaches: Breach[]
}

function judge(problem: RosterProblem, cells: Int32Array): Judged {
  const roster = { days: problem.days, cells }
  return { soft: softCost(problem, roster), breaches: validate(problem, roster).breaches }
}

function number(text: string | undefined, name: string, usual: number, least: number, most: number): number {
  const value = text === undefined ? usual : Number(text)
  if (!(value >= least && value <= most)) throw new Error(`--${name} is a number from ${least} to ${most}.`)
  return value
}

type Done = Extract<SolverMessage, { type: 'done' }>

function search(job: SolverJob, told: (message: SolverMessage) => void): Promise<Done> {
  const worker = new Worker(new URL('../roster-solver.ts', import.meta.url), {
    workerData: job,
    execArgv: [],
  })
  return new Promise((resolve, reject) => {
    worker.on('error', reject)
    worker.on('exit', code => reject(new Error(`the search ended by itself (${code})`)))
    worker.on('message', (message: SolverMessage) => {
      if (message.type === 'done') resolve(message)
      else told(message)
    })
  })
}

/** What every roster costs at the least; null when there was no time for any answer. */
function prove(job: BoundJob): Promise<number | null> {
  const worker = new Worker(new URL('../roster-bound.ts', import.meta.url), { workerData: job, execArgv: [] })
  return new Promise((resolve, reject) => {
    worker.on('error', reject)
    worker.on('exit', code => reject(new Error(`the bound ended by itself (${code})`)))
    worker.on('message', ({ bound }: BoundMessage) => resolve(bound))
  })
}

async function solveFile(file: string, flags: ReturnType<typeof parseArguments>): Promise<number> {
  const seconds = number(textFlag(flags, 'seconds'), 'seconds', secondsDefault, 0.1, 86_400)
  const workers = Math.floor(number(textFlag(flags, 'workers'), 'workers', workersDefault, 1, workersMost))
  const seed = Math.floor(number(textFlag(flags, 'seed'), 'seed', 1, 0, 2 ** 31 - 1))
  const text = read(file, whole => whole)
  const problem = read(file, readShiftFile)
  const began = performance.now()
  const stop = new SharedArrayBuffer(4)
  const cancel = () => Atomics.store(new Int32Array(stop), 0, 1)
  process.once('SIGINT', cancel)
  const say = progressLine()
  let least = Infinity
  const told = (message: SolverMessage) => {
    if (message.cost >= least) return
    least = message.cost
    say(`${message.seconds.toFixed(1)} s  cost ${least}`)
  }
  const jobs = Array.from({ length: workers }, (_, n) => ({
    text,
    seed: seed + n,
    seconds,
    stop,
    // One goes its own way: where rows are many the program comes too late.
    led: workers > 1 && n % 2 === 0,
  }))
  const [bound, found] = await Promise.all([
    flags.flags.has('bound') ? prove({ text, seconds, stop }) : null,
    Promise.all(jobs.map(job => search(job, told))),
  ])
  process.off('SIGINT', cancel)
  say('')
  const judged = found.map(({ cells }) => ({ cells, ...judge(problem, cells) }))
  judged.sort((a, b) => a.breaches.length - b.breaches.length || a.soft.total - b.soft.total)
  const [best] = judged
  if (!best) throw new Error('invariant: a search gives a roster')
  const out = textFlag(flags, 'out')
  if (out !== undefined) writeFileSync(out, writeShiftSolution(problem, best.cells))
  const spent = Number(((performance.now() - began) / 1000).toFixed(2))
  tell(flags, best, { seconds: spent, seed, bound })
  return 0
}

function tell(
  flags: ReturnType<typeof parseArguments>,
  { soft, breaches }: Judged,
  more: { bound?: number | null; seconds?: number; seed?: number },
): void {
  if (flags.flags.has('json')) {
    process.stdout.write(`${JSON.stringify({ cost: soft.total, violations: breaches.length, ...more })}\n`)
    return
  }
  const { under, over, wishes } = soft
  process.stdout.write(`cost ${soft.total} (too few ${under}, too many ${over}, requests ${wishes})\n`)
  if (typeof more.bound === 'number') process.stdout.write(`${boundLine(soft.total, more.bound)}\n`)
  process.stdout.write(`${breaches.length} hard rules broken\n`)
  for (const { officerId, day, rule, detail } of breaches.slice(0, namedMost)) {
    process.stdout.write(`  ${officerId} day ${day}: ${rule} ${detail}\n`)
  }
}

function boundLine(cost: number, bound: number): string {
  const least = `no roster costs less than ${Math.floor(bound * 100) / 100}`
  if (cost <= bound + 1e-6) return `${least}: this one is a best one`
  return cost > 0 ? `${least} (gap ${((100 * (cost - bound)) / cost).toFixed(1)} %)` : least
}

export async function run(args: string[]): Promise<number> {
  const parsed = parseArguments(args, {
    seconds: 'value',
    workers: 'value',
    seed: 'value',
    out: 'value',
    bound: 'switch',
    json: 'switch',
  })
  const [word, file, solution] = parsed.words
  if (word === 'solve' && file !== undefined && solution === undefined) return await solveFile(file, parsed)
  if (word === 'check' && file !== undefined && solution !== undefined) {
    const problem = read(file, readShiftFile)
    const judged = judge(
      problem,
      read(solution, text => readShiftSolution(problem, text)),
    )
    tell(parsed, judged, {})
    return judged.breaches.length === 0 ? 0 : 1
  }
  throw new Error(usage)
}
