// The main job: a roster of 610 officers over 24 days solved, 15,000 assignments published, and its board read.
import { solve, validate } from '../../src/cores/roster/index.ts'
import { testProblem } from '../../src/cores/roster/test-problem.ts'
import { commandStatement, scopeStatements } from '../../src/kernel/db/scope.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { board, explain, landings, publish } from '../../src/modules/roster/contracts.ts'
import { type BenchOptions, median, type Row, rounded } from '../bench.ts'
import { cpuMeter } from './cpu.ts'
import { type BenchDatabase, benchDatabase } from './database.ts'
import { type RosterBureau, rosterBureau } from './roster-bureau.ts'

export async function rows(options: BenchOptions): Promise<Row[]> {
  const engine = solved(options)
  const database = await benchDatabase()
  try {
    options.say('roster: making the bureau')
    const bureau = await rosterBureau(database)
    try {
      const first = [
        ...engine,
        ...(await published(database, bureau, options)),
        ...(await boards(database, bureau, options)),
      ]
      const draft = await bureau.draft()
      return [
        ...first,
        ...(await reasons(database, bureau, draft, options)),
        ...(await carried(bureau, draft, options)),
      ]
    } finally {
      await bureau.close()
    }
  } finally {
    await database.close()
  }
}

type Draft = Awaited<ReturnType<RosterBureau['draft']>>

/** Judged by the validator, which is written apart from the engine. */
function solved({ quick, say }: BenchOptions): Row[] {
  const seeds = quick ? [1] : [1, 2, 3, 4, 5]
  const list = { seconds: [] as number[], processor: [] as number[], open: 0, broken: 0 }
  for (const seed of seeds) {
    say(`roster: solving 610 × 24, seed ${seed}`)
    const problem = testProblem({ seed })
    const before = process.threadCpuUsage()
    const result = solve(problem, { seed, seconds: 10, now: () => performance.now(), stopWhenCovered: true })
    const { user } = process.threadCpuUsage(before)
    const judged = validate(problem, result)
    list.seconds.push(result.seconds)
    list.processor.push(user / 1_000_000)
    list.open = Math.max(list.open, judged.open.length)
    list.broken = Math.max(list.broken, judged.breaches.length)
  }
  const name = 'roster: 610 × 24, two-band days'
  return [
    { name: `${name}, until covered`, value: rounded(median(list.seconds)), unit: 's' },
    { name: `${name}, processor`, value: rounded(median(list.processor)), unit: 's' },
    { name: `${name}, open at the worst of ${seeds.length} seeds`, value: list.open, unit: 'places' },
    { name: `${name}, rules broken`, value: list.broken, unit: 'breaches' },
  ]
}

async function published(
  database: BenchDatabase,
  bureau: RosterBureau,
  { say }: BenchOptions,
): Promise<Row[]> {
  say('roster: solving what is to be published')
  const { planId, revision } = await bureau.adopted()
  say('roster: publishing')
  const meter = await cpuMeter(database.owner)
  const used = meter?.() ?? 0
  const begun = performance.now()
  const answer = (await bureau.run(publish, { planId, revision })) as { assignments: number }
  const seconds = (performance.now() - begun) / 1000
  const processor = ((meter?.() ?? 0) - used) / 1_000_000
  await database.owner.query('analyze')
  say('roster: the same rows by unnest and row by row')
  const [together, apart] = [
    await rewritten(database, bureau, true),
    await rewritten(database, bureau, false),
  ]
  const many = answer.assignments.toLocaleString('en-GB')
  const peer = 'the same rows inserted one by one'
  return [
    {
      name: `roster: publish of ${many} assignments`,
      value: rounded(seconds),
      unit: 's',
      ratio: rounded(seconds / apart),
      peer,
    },
    ...(meter ? [{ name: 'roster: publish, processor', value: rounded(processor), unit: 's' }] : []),
    {
      name: 'roster: the same rows in one statement',
      value: rounded(together),
      unit: 's',
      ratio: rounded(together / apart),
      peer,
    },
    { name: `roster: ${peer}`, value: rounded(apart), unit: 's' },
  ]
}

/** Takes the assignments out and puts them in again, in a transaction that is undone. Gives the seconds of putting in. */
async function rewritten({ owner }: BenchDatabase, bureau: RosterBureau, together: boolean): Promise<number> {
  await owner.query('begin')
  try {
    const { rows: named } = await owner.query<{ columns: string }>(
      `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
       where attrelid = 'app.assignment'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    )
    const list = named[0]?.columns ?? ''
    await owner.query(`create temp table kept on commit drop as select ${list} from app.assignment`)
    await owner.query('grant select on kept to fangxian_app')
    await owner.query(scopeStatements({ agencyId: bureau.agencyId, unitIds: '*' }))
    await owner.query(commandStatement(uuidv7(Date.now())))
    await owner.query('delete from app.assignment')
    const { rows } = await owner.query<{ row: string }>('select kept::text as row from kept')
    await owner.query('set local role fangxian_app')
    const begun = performance.now()
    if (together) await owner.query(`insert into app.assignment (${list}) select ${list} from kept`)
    else {
      const text = `insert into app.assignment (${list}) select ${list} from (select ($1::text::kept).*) as one`
      for (const { row } of rows) await owner.query({ name: 'one', text, values: [row] })
    }
    return (performance.now() - begun) / 1000
  } finally {
    await owner.query('rollback')
  }
}

/** Milliseconds of each of `times` calls, in order of size. `before` is not counted. */
async function timed(
  times: number,
  work: (n: number) => Promise<unknown>,
  before?: (n: number) => Promise<unknown>,
): Promise<number[]> {
  const list: number[] = []
  for (let n = 0; n < times; n += 1) {
    await before?.(n)
    const begun = performance.now()
    await work(n)
    list.push(performance.now() - begun)
  }
  return list.sort((a, b) => a - b)
}
const p95 = (list: readonly number[]) => list[Math.floor(list.length * 0.95)] ?? Number.NaN

async function boards(
  database: BenchDatabase,
  bureau: RosterBureau,
  { quick, say }: BenchOptions,
): Promise<Row[]> {
  const { kernel, actor, span } = bureau
  const meter = await cpuMeter(database.owner)
  const day = { ...span, fromDay: '2021-11-10', untilDay: '2021-11-10' }
  const measured = async (name: string, input: object, times: number, before?: () => Promise<unknown>) => {
    say(`roster: ${name}`)
    const used = meter?.() ?? 0
    const list = await timed(times, async () => JSON.stringify(await kernel.ask(actor, board, input)), before)
    const processor = ((meter?.() ?? 0) - used) / 1_000 / times
    return { name, processor, p50: median(list), p95: p95(list) }
  }
  const [some, many] = quick ? [20, 200] : [100, 1_000]
  const all = [
    await measured('board of a day', day, many),
    await measured('board of 24 days with names', span, some),
    await measured('board of 24 days as counts', { ...span, names: false }, some),
    await measured('board of a day after an absence', day, some, bureau.absence),
    await measured('board of 24 days after an absence', span, some, bureau.absence),
  ]
  const named = all[1]?.p50 ?? Number.NaN
  return all.flatMap(({ name, p50, p95, processor }): Row[] => [
    {
      name: `roster: ${name}, p50`,
      value: rounded(p50),
      unit: 'ms',
      ratio: rounded(p50 / named),
      peer: '24 days with names, p50',
    },
    { name: `roster: ${name}, p95`, value: rounded(p95), unit: 'ms' },
    ...(meter ? [{ name: `roster: ${name}, processor`, value: rounded(processor), unit: 'ms' }] : []),
  ])
}

/**
 * Why an officer stands somewhere and who else could: asked again, and as the first question after a command, which is
 * cold where the command touched what the answer rests on. Each asks of another place.
 */
async function reasons(
  database: BenchDatabase,
  bureau: RosterBureau,
  draft: Draft,
  { quick, say }: BenchOptions,
): Promise<Row[]> {
  const { kernel, actor } = bureau
  const meter = await cpuMeter(database.owner)
  const seats = await bureau.seats('2021-11-10')
  const times = quick ? 20 : 60
  const ask = (planId: string | null, n: number) =>
    kernel.ask(actor, explain, { planId, ...seats[(n * 7) % seats.length] })
  say('roster: explain, the first of the process')
  const first = await timed(1, () => ask(null, 0))
  // Twenty answers until the functions are compiled; what a server gives all day is what counts.
  for (let n = 0; n < 20; n += 1) await ask(n % 2 ? draft.planId : null, n)
  const warm = await timed(times, n => ask(draft.planId, n))
  const cases: [string, string | null, () => Promise<unknown>][] = [
    ['after a command elsewhere', draft.planId, bureau.elsewhere],
    ['after an absence', draft.planId, bureau.absence],
    ['after an absence, of the published roster', null, bureau.absence],
    ['after an edit by hand', draft.planId, draft.edit],
  ]
  const rows: Row[] = [
    { name: 'roster: explain, the first of the process', value: rounded(median(first)), unit: 'ms' },
    { name: 'roster: explain asked again, p50', value: rounded(median(warm)), unit: 'ms' },
    { name: 'roster: explain asked again, p95', value: rounded(p95(warm)), unit: 'ms' },
  ]
  for (const [name, planId, before] of cases) {
    say(`roster: explain ${name}`)
    let processor = 0
    const list = await timed(
      times,
      async n => {
        const used = meter?.() ?? 0
        await ask(planId, n)
        processor += ((meter?.() ?? 0) - used) / 1_000 / times
      },
      before,
    )
    const peer = 'asked again, p50'
    const ratio = rounded(median(list) / median(warm))
    rows.push(
      { name: `roster: explain ${name}, p50`, value: rounded(median(list)), unit: 'ms', ratio, peer },
      { name: `roster: explain ${name}, p95`, value: rounded(p95(list)), unit: 'ms' },
      ...(meter
        ? [{ name: `roster: explain ${name}, processor`, value: rounded(processor), unit: 'ms' }]
        : []),
    )
  }
  return rows
}

/** Where somebody may be put: every place of three days, for whoever stands at a seat; each asks for another. */
export async function carried(
  bureau: RosterBureau,
  { planId }: Draft,
  { quick, say }: BenchOptions,
): Promise<Row[]> {
  const { kernel, actor } = bureau
  const day = '2021-11-10'
  const seats = await bureau.seats(day)
  say('roster: landings of three days')
  const ask = (n: number) => {
    const { officerId } = seats[(n * 7) % seats.length] as { officerId: string }
    const span = { fromDay: '2021-11-09', untilDay: '2021-11-11' }
    return kernel.ask(actor, landings, { planId, officerId, day, ...span })
  }
  for (let n = 0; n < 10; n += 1) await ask(n)
  const list = await timed(quick ? 20 : 60, ask)
  return [
    { name: 'roster: landings of three days, p50', value: rounded(median(list)), unit: 'ms' },
    { name: 'roster: landings of three days, p95', value: rounded(p95(list)), unit: 'ms' },
  ]
}
