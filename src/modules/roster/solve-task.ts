// The task that solves a roster: reads the books, searches in a worker, tells the best so far, and hands back a plan
// that a person may adopt. It writes nothing.
import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { z } from 'zod'
import type { AgencySettings } from '../../kernel/command.ts'
import { type ReaderHands, type TaskControl, task } from '../../kernel/module.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { addDays, dutyDayOf } from '../../kernel/time.ts'
import { publishedBoard } from './board.ts'
import { changedCells, openSeats } from './check.ts'
import {
  adoptVouched,
  minuteOf,
  openPlaces,
  planners,
  rosterProblems,
  solveInput,
  staffingOf,
} from './contracts.ts'
import { needSound, needWholeAgency } from './drafting.ts'
import { readInputs } from './inputs.ts'
import { ledgerOf } from './ledger.ts'
import { ledgerUntil, withLedger } from './ledger-problem.ts'
import { type PlanMatrix, packPlan } from './matrix.ts'
import { needSpan, type OpenLine, readPlan, type SolverNote, type StoredPlan } from './plans.ts'
import { type BuiltProblem, buildProblem, fromRoster } from './problem.ts'
import type { RosterDb } from './published.ts'
import type { ExplainedOpen, SolveJob, SolveMessage } from './worker.ts'

/** Rises when the same seed may give another roster. */
export const solverVersion = 'lns-2'

export interface BestSoFar {
  /** People missing in bands that have not ended, as the board counts them. */
  open: number
  broken: number
  /** Officer's days that differ from the published roster; null where nothing is published. */
  changed: number | null
  /** Officer's days that differ from the best told before; null at the first and at the end. */
  moved: number | null
  /** What the wishes of fairness, nearness and steadiness cost; only comparable while nothing is open. */
  preference: number | null
  iterations: number
  seconds: number
  /** Seconds and cost of each better roster, for the line that falls. */
  curve: [number, number][]
}

export interface SolveResult {
  operationId: string
  fromDay: string
  untilDay: string
  matrix: PlanMatrix
  open: OpenLine[]
  solver: SolverNote
  /** That this search has made it; adopting asks for it. */
  voucher: string
  basedOn: number | null
  best: BestSoFar
}

type Done = Extract<SolveMessage, { type: 'done' }>

export const solveTask = task({
  name: 'roster.solve',
  title: { zh: '求解排班', en: 'Solve a roster' },
  roles: planners,
  input: solveInput,
  run: (input, hands, control) => solveRoster(input, hands, control),
})

async function solveRoster(
  input: z.output<typeof solveInput>,
  hands: ReaderHands,
  control: TaskControl,
): Promise<SolveResult> {
  needWholeAgency(hands)
  needSpan(input.fromDay, input.untilDay)
  control.progress({
    done: 0,
    total: input.seconds,
    note: { zh: '读取警力与需求', en: 'Reading people and demand' },
  })
  const now = hands.now().toISOString()
  const { operationId, fromDay, untilDay, planId } = input
  const [inputs, draft, running, ledger] = await hands.read(async db => [
    await readInputs(db, hands.agency, operationId, fromDay, untilDay, now),
    planId === null ? null : await readPlan(db as unknown as RosterDb, hands.agency.agencyId, planId),
    await missingNow(db as unknown as RosterDb, hands.agency, input, now),
    await ledgerOf(db, hands.agency, { untilDay: ledgerUntil(fromDay), now, officerIds: null }),
  ])
  if (planId !== null && !draft) throw kernelProblems.missing({ what: '排班方案' })
  await turn()
  const bare = buildProblem(inputs, {
    keepHours: input.keepHours,
    preference: input.preference,
    ...(draft ? { cells: draft.cells, fixed: keptCells(draft, fromDay, built => built < inputs.days) } : {}),
  })
  // Each of these takes tens of milliseconds; requests go between them.
  await turn()
  const built = withLedger(bare, ledger)
  needSomething(built)
  needSound(built)
  await turn()
  const done = await search(built, input, control, running)
  const found = resultOf(built, input, done, running)
  const { by, of } = adoptVouched
  return { ...found, voucher: hands.vouch(by, of(found)) }
}

/** People missing in bands that run now: out of the search's reach, but as open as before it. */
async function missingNow(
  db: RosterDb,
  agency: AgencySettings,
  { operationId, fromDay, untilDay }: z.output<typeof solveInput>,
  now: string,
): Promise<number> {
  const today = dutyDayOf(agency, now)
  // A band may pass the hand-over, so yesterday's are looked at too.
  const first = addDays(today, -1) > fromDay ? addDays(today, -1) : fromDay
  const last = today < untilDay ? today : untilDay
  if (first > last) return 0
  const view = await publishedBoard(db, { agency, operationId, fromDay: first, untilDay: last })
  return openPlaces(staffingOf(view, minuteOf(view, now))).running
}

/** Cells that a person locked or picked by hand stay as he left them. */
function keptCells(draft: StoredPlan, fromDay: string, inside: (day: number) => boolean) {
  const shift = Math.round((Date.parse(draft.fromDay) - Date.parse(fromDay)) / 86_400_000)
  const kept = new Map<string, { officerId: string; day: number }>()
  const places = [
    ...draft.making.locks,
    ...draft.making.edits.map(([officerId, day]) => [officerId, day] as const),
  ]
  for (const [officerId, day] of places) kept.set(`${officerId} ${day}`, { officerId, day })
  return [...kept.values()]
    .filter(({ day }) => day + shift >= 0 && inside(day + shift))
    .map(({ officerId, day }) => ({ officerId, day: day + shift, duty: draft.cells.get(officerId, day) }))
}

export function needSomething({ problem }: BuiltProblem): void {
  if (problem.officers.length === 0) {
    throw rosterProblems.unsound({
      whereZh: '没有可排的警力',
      whereEn: 'there is nobody who could be assigned',
    })
  }
  if (problem.demands.length === 0) {
    throw rosterProblems.unsound({
      whereZh: '所选日期没有尚未开始的警力需求',
      whereEn: 'these days have no demand that has not begun',
    })
  }
}

async function search(
  built: BuiltProblem,
  input: z.output<typeof solveInput>,
  control: TaskControl,
  running: number,
): Promise<Done> {
  const stop = new SharedArrayBuffer(4)
  const { seed, seconds, stopWhenCovered } = input
  const { alone = false } = control
  const job: SolveJob = { problem: built.problem, seed, seconds, stopWhenCovered, alone, stop }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: job, execArgv: [] })
  const ask = () => Atomics.store(new Int32Array(stop), 0, 1)
  control.signal.addEventListener('abort', ask)
  if (control.signal.aborted) ask()
  const curve: [number, number][] = []
  try {
    return await new Promise<Done>((resolve, reject) => {
      worker.on('message', (message: SolveMessage) => {
        if (message.type === 'done') resolve(message)
        else control.progress(stepOf(message, seconds, curve, running))
      })
      worker.on('error', reject)
      worker.on('exit', code => reject(new Error(`the solver ended with code ${code} and no answer`)))
    })
  } finally {
    control.signal.removeEventListener('abort', ask)
    await worker.terminate()
  }
}

function stepOf(
  message: Extract<SolveMessage, { type: 'progress' }>,
  seconds: number,
  curve: [number, number][],
  running: number,
) {
  const cost = Math.round(message.cost)
  if (curve.at(-1)?.[1] !== cost && Number.isFinite(cost)) {
    curve.push([Math.round(message.seconds * 10) / 10, cost])
    if (curve.length > 120) curve.splice(1, 1)
  }
  const best: BestSoFar = {
    open: message.open + running,
    // The search holds only rosters that keep every hard rule; the validator says it again before adoption.
    broken: 0,
    changed: message.changed,
    moved: message.moved,
    preference: message.open === 0 ? cost : null,
    iterations: message.iteration,
    seconds: message.seconds,
    curve,
  }
  return {
    done: Math.min(seconds, message.seconds),
    total: seconds,
    note: { zh: '求解中', en: 'Solving' },
    best,
  }
}

function resultOf(
  built: BuiltProblem,
  input: z.output<typeof solveInput>,
  done: Done,
  running: number,
): Omit<SolveResult, 'voucher'> {
  const roster = { days: built.horizon, cells: done.cells }
  const cells = fromRoster(built, done.cells)
  const seats = openSeats(done.open)
  const { seed } = input
  return {
    operationId: input.operationId,
    fromDay: input.fromDay,
    untilDay: input.untilDay,
    matrix: packPlan(cells, built.bandsOf),
    open: done.open.map(line => openLineOf(built, line)),
    solver: {
      version: solverVersion,
      seed,
      seconds: Math.round(done.seconds * 10) / 10,
      iterations: done.iterations,
      cost: Math.round(done.cost * 10) / 10,
      preference: input.preference ?? built.inputs.preference,
    },
    basedOn: built.inputs.basedOn,
    best: {
      open: seats + running,
      broken: done.broken,
      changed: built.problem.previous ? changedCells(built, roster) : null,
      moved: null,
      preference: seats === 0 ? Math.round(done.cost) : null,
      iterations: done.iterations,
      seconds: done.seconds,
      curve: done.history.map(([seconds, cost]) => [Math.round(seconds * 10) / 10, Math.round(cost)]),
    },
  }
}

export function openLineOf(
  built: BuiltProblem,
  line: Pick<ExplainedOpen, 'post' | 'band' | 'day' | 'skill' | 'missing'> & Partial<ExplainedOpen>,
): OpenLine {
  const [postId = '', patternId = ''] = line.post.split(' ')
  return {
    postId,
    patternId,
    band: line.band,
    day: addDays(built.inputs.fromDay, line.day),
    skill: line.skill,
    missing: line.missing,
    reason: line.reason ?? '',
    counts: line.counts ?? {},
  }
}
