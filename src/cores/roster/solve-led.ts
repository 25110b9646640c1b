import { LED_MOST } from './bound.ts'
import { compile } from './compile.ts'
import { Dive } from './dive.ts'
import type { LinearSolver } from './linear.ts'
import type { RosterProblem, RosterResult } from './model.ts'
import { type Progress, type SolveOptions, solve } from './solve.ts'

/** Parts of the budget by whose end the first search, the finding of rows and the dive are over. */
const SEARCHED = 0.1
const FOUND = 0.4
const DIVED = 0.65
/** Rosters of the first search whose rows the program begins with. */
const ROSTERS_MOST = 30

export type LedOptions = SolveOptions & { seconds: number; now: () => number; solver: LinearSolver }

/** Whether a dive has rows for all that the problem asks. It knows no teams and no skills beside each other. */
export function canDive(problem: RosterProblem): boolean {
  return (
    problem.previous === undefined &&
    (problem.blocks ?? []).length === 0 &&
    problem.officers.length * problem.days <= LED_MOST &&
    problem.demands.every(line => (line.minima ?? []).every(m => m.need === 0))
  )
}

/**
 * A search that a dive shows the way: a tenth of the time searches as {@link solve} does, then {@link Dive} makes a roster
 * of all rows at once, and the rest of the time searches on from there. Never dearer than what the first search found. A
 * second worker that searches without it is worth its core: where rows are many the dive comes too late.
 */
export function solveLed(problem: RosterProblem, options: LedOptions): RosterResult {
  const { now, seconds } = options
  const began = now()
  const spent = () => (now() - began) / 1000
  const late = (part: number) => spent() > part * seconds || options.shouldStop?.() === true
  let least = Infinity
  const rosters: Int32Array[] = []
  const onProgress = (offset: number) => (progress: Progress) => {
    if (offset === 0) rosters.push(progress.cells.slice())
    if (progress.cost >= least) return
    least = progress.cost
    options.onProgress?.({
      ...progress,
      seconds: progress.seconds + offset,
      fraction: Math.min(1, spent() / seconds),
    })
  }
  const first = solve(problem, { ...options, seconds: SEARCHED * seconds, onProgress: onProgress(0) })
  const dive = new Dive(compile(problem), options.solver, options.seed, () => late(DIVED))
  let cells: Int32Array | undefined
  try {
    for (const roster of [...rosters.slice(-ROSTERS_MOST), first.cells]) dive.take(roster)
    dive.lead(() => late(FOUND))
    cells = dive.run()
  } finally {
    dive.dispose()
  }
  const offset = spent()
  const last = solve(problem, {
    ...options,
    start: cells ?? first.cells,
    seconds: Math.max(0, seconds - offset),
    onProgress: onProgress(offset),
  })
  const later = last.bestHistory.map(one => ({ ...one, seconds: one.seconds + offset }))
  return {
    ...(last.cost < first.cost ? last : first),
    iterations: first.iterations + last.iterations,
    seconds: spent(),
    bestHistory: [...first.bestHistory, ...later.filter(one => one.cost < first.cost)],
  }
}
