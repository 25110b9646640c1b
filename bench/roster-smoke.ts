/**
 * Prints one line per measured fact of the roster core, name and value separated by a tab:
 * `node bench/roster-smoke.ts [seeds]`. Not a timed test; the bars are in ROSTERING.md.
 */
import { type RosterProblem, solve, validate, whoElse, whyOpen } from '../src/cores/roster/index.ts'
import { testProblem } from '../src/cores/roster/test-problem.ts'

const now = () => performance.now()
const seeds = Number(process.argv[2] ?? 1)
const print = (name: string, value: number | string) => console.log(`${name}\t${value}`)

for (let seed = 1; seed <= seeds; seed++) {
  const problem = testProblem({ seed })
  const first = solve(problem, { seed, seconds: 10, now, stopWhenCovered: true })
  const judged = validate(problem, first)
  print('610x24 seconds', first.seconds.toFixed(2))
  print('610x24 open', judged.open.length)
  print('610x24 broken', judged.breaches.length)
  print('610x24 moves', first.iterations)
  const better = solve(problem, { seed, seconds: 4, now })
  print('610x24 cost at first cover / after 4 s', `${first.cost.toFixed(0)} / ${better.cost.toFixed(0)}`)
  explain(problem, better.cells)
  replan(problem, better.cells, seed)
}

/** Twenty officers fall out for fourteen days, seven days after the roster began. */
function replan(problem: RosterProblem, published: Int32Array, seed: number): void {
  const { days } = problem
  const later = structuredClone(problem)
  later.previous = { cells: published }
  later.frozenUntil = 8 * 1440
  const lost = new Set(Array.from({ length: 20 }, (_, i) => (i * 29 + 7) % problem.officers.length))
  let shifts = 0
  for (const o of lost) {
    const officer = later.officers[o]!
    officer.unavailable = [...(officer.unavailable ?? []), { from: 8 * 1440, until: 22 * 1440 }]
    for (let d = 8; d < 22; d++) if (published[o * days + d]! > 0) shifts++
  }
  const result = solve(later, { seed, seconds: 10, now, stopWhenCovered: true })
  const judged = validate(later, result)
  let past = 0
  let others = 0
  result.cells.forEach((cell, at) => {
    if (cell === published[at]) return
    if (at % days < 8) past++
    if (!lost.has(Math.floor(at / days))) others++
  })
  print('replan seconds', result.seconds.toFixed(2))
  print('replan lost shifts', shifts)
  print('replan open', judged.open.length)
  print('replan broken', judged.breaches.length)
  print('replan cells changed of others', others)
  print('replan past cells changed', past)
}

function explain(problem: RosterProblem, cells: Int32Array): void {
  const roster = { days: problem.days, cells }
  const seat = { post: 'post-1', band: 'night', day: 9, skill: 'leader' }
  const times: Record<string, number[]> = { whoElse: [], whyOpen: [], validate: [] }
  for (let i = 0; i < 9; i++) {
    const t0 = now()
    whoElse(problem, roster, seat)
    const t1 = now()
    whyOpen(problem, roster, { ...seat, missing: 1 })
    const t2 = now()
    validate(problem, roster)
    times.whoElse!.push(t1 - t0)
    times.whyOpen!.push(t2 - t1)
    times.validate!.push(now() - t2)
  }
  for (const [name, list] of Object.entries(times)) {
    list.sort((a, b) => a - b)
    print(`${name} milliseconds (median of 9)`, list[4]!.toFixed(1))
  }
}
