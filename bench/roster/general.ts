// A general solver beside the search: the same public instances as an assignment program of zeros and ones, given to HiGHS.
import { readFileSync } from 'node:fs'
import highsLoader, { type Highs } from 'highs'
import { readShiftFile, type RosterProblem } from '../../src/cores/roster/index.ts'
import { type BenchOptions, type Row, rounded } from '../bench.ts'
import { instances, solved } from './public.ts'

const seconds = 60
const numbers = ['1', '3', '5']

type Terms = [column: number, value: number][]

/** Columns and rows of a program as they come. */
class Program {
  readonly cost: number[] = []
  readonly upper: number[] = []
  readonly lows: number[] = []
  readonly highs: number[] = []
  readonly rows: Terms[] = []
  offset = 0

  column(cost: number, upper: number): number {
    this.upper.push(upper)
    return this.cost.push(cost) - 1
  }

  row(terms: Terms, low: number, high: number): void {
    if (terms.length === 0) return
    this.rows.push(terms)
    this.lows.push(low)
    this.highs.push(high)
  }
}

/** x of (officer, day, shift) as columns; everything asked of a person as rows (Curtois and Qu 2014). */
export function programOf(problem: RosterProblem): Program {
  const { days, posts, officers, demands } = problem
  const program = new Program()
  const postAt = new Map(posts.map((post, p) => [post.id, p]))
  const minutes = posts.map(post => {
    const band = problem.patterns.find(one => one.id === post.pattern)?.bands[0]
    return band ? band.end - band.start : 0
  })
  const x = officers.map(officer =>
    Array.from({ length: days }, (_, d) => {
      const away = (officer.unavailable ?? []).some(a => a.from < (d + 1) * 1440 && a.until > d * 1440)
      const fixed = officer.fixed?.some(one => one.day === d && one.cell === 0) === true
      return posts.map(post => {
        const may = officer.posts === undefined || officer.posts.includes(post.id)
        return program.column(0, may && !away && !fixed ? 1 : 0)
      })
    }),
  )
  officers.forEach((officer, o) => {
    const on = (d: number): Terms => (d < days ? x[o]![d]!.map(column => [column, 1]) : [])
    for (let d = 0; d < days; d += 1) program.row(on(d), 0, 1)
    const all = x[o]!.flatMap(day => day.map((column, p): Terms[number] => [column, minutes[p]!]))
    program.row(all, officer.minMinutes ?? 0, officer.maxMinutes ?? Infinity)
    posts.forEach((post, p) => {
      const most = officer.mostAt?.[post.id]
      if (most !== undefined)
        program.row(
          x[o]!.map(day => [day[p]!, 1]),
          0,
          most,
        )
      for (const barred of post.notFollowedBy ?? []) {
        const after = postAt.get(barred)!
        for (let d = 0; d + 1 < days; d += 1)
          program.row(
            [
              [x[o]![d]![p]!, 1],
              [x[o]![d + 1]![after]!, 1],
            ],
            0,
            1,
          )
      }
    })
    stretches(program, officer, days, on)
    weekends(program, problem, officer, on)
    for (const wish of officer.wishes ?? []) {
      if (wish.want !== 'at' && wish.want !== 'notAt') continue
      const column = x[o]![wish.day]![postAt.get(wish.post)!]!
      program.cost[column]! += wish.want === 'at' ? -wish.weight : wish.weight
      if (wish.want === 'at') program.offset += wish.weight
    }
  })
  for (const line of demands) {
    const under = program.column(100 * (line.priority ?? 1), line.need)
    const over = program.column(line.over ?? 0, Infinity)
    const p = postAt.get(line.post)!
    const there = officers.map((_, o): Terms[number] => [x[o]![line.day]![p]!, 1])
    program.row([...there, [under, 1], [over, -1]], line.need, line.need)
  }
  return program
}

type Officer = RosterProblem['officers'][number]

/** Most and least days in a row at work, least days off; what touches an end of the horizon may be shorter. */
function stretches(program: Program, officer: Officer, days: number, on: (d: number) => Terms): void {
  const most = officer.maxWorkDaysInRow ?? days
  const times = (terms: Terms, by: number): Terms => terms.map(([column]) => [column, by])
  for (let d = 0; d + most < days; d += 1) {
    program.row(Array.from({ length: most + 1 }, (_, at) => on(d + at)).flat(), 0, most)
  }
  for (let length = 1; length < (officer.minWorkDaysInRow ?? 1); length += 1) {
    // Off, so many at work, off: not one of these.
    for (let d = 0; d + length + 1 < days; d += 1) {
      const inside = Array.from({ length }, (_, at) => times(on(d + 1 + at), -1)).flat()
      program.row([...on(d), ...inside, ...on(d + length + 1)], 1 - length, Infinity)
    }
  }
  for (let length = 1; length < (officer.minDaysOffInRow ?? 1); length += 1) {
    for (let d = 0; d + length + 1 < days; d += 1) {
      const inside = Array.from({ length }, (_, at) => times(on(d + 1 + at), -1)).flat()
      program.row([...on(d), ...inside, ...on(d + length + 1)], -Infinity, 1)
    }
  }
}

function weekends(
  program: Program,
  problem: RosterProblem,
  officer: Officer,
  on: (d: number) => Terms,
): void {
  const worked: Terms = []
  for (const d of problem.weekendDays ?? []) {
    if (problem.weekendDays?.includes(d - 1)) continue
    const column = program.column(0, 1)
    worked.push([column, -1])
    for (let e = d; problem.weekendDays?.includes(e); e += 1) program.row([...on(e), [column, -1]], -1, 0)
  }
  program.row(
    worked.map(([column]) => [column, 1]),
    0,
    officer.maxWeekends ?? Infinity,
  )
}

/** Cost of the best roster that HiGHS finds in the time, and what it proves; null where it finds none. */
export function general(highs: Highs, problem: RosterProblem, limit: number) {
  const program = programOf(problem)
  const starts = [0]
  for (const terms of program.rows) starts.push(starts.at(-1)! + terms.length)
  const model = highs.createModel({
    numCols: program.cost.length,
    numRows: program.rows.length,
    offset: program.offset,
    colCost: program.cost,
    colLower: program.cost.map(() => 0),
    colUpper: program.upper,
    rowLower: program.lows,
    rowUpper: program.highs,
    integrality: Int32Array.from(program.cost, () => 1),
    matrix: {
      format: 'csr',
      numRows: program.rows.length,
      numCols: program.cost.length,
      starts,
      indices: program.rows.flatMap(terms => terms.map(([column]) => column)),
      values: program.rows.flatMap(terms => terms.map(([, value]) => value)),
    },
  })
  try {
    model.options.set({ output_flag: false, time_limit: limit })
    model.run()
    const found = model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible
    return {
      cost: found ? Math.round(model.getObjectiveValue()) : null,
      bound: Number(model.info.get('mip_dual_bound')),
    }
  } finally {
    model.dispose()
  }
}

export async function rows({ quick, say }: BenchOptions): Promise<Row[]> {
  if (quick) return []
  const load = highsLoader as unknown as () => Promise<Highs>
  const all: Row[] = []
  for (const { number, file, best } of instances().filter(one => numbers.includes(one.number))) {
    say(`roster: public instance ${number}, a general solver and the search, ${seconds} s each`)
    const { cost, bound } = general(await load(), readShiftFile(readFileSync(file, 'utf8')), seconds)
    const search = await solved(file, seconds, 1)
    const peer = `the search, one thread: ${search}; best known ${best}`
    const name = `public ${number}, HiGHS as a general solver, ${seconds} s`
    all.push({
      name,
      value: cost ?? -1,
      unit: cost === null ? 'no roster' : 'penalty',
      ...(cost === null ? {} : { ratio: rounded(cost / search) }),
      peer,
    })
    all.push({ name: `${name}, proven`, value: rounded(bound), unit: 'penalty' })
  }
  return all
}
