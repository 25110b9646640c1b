// The main job: a roster of 610 officers over 24 days solved, 15,000 assignments published, and its board read.
import { solve, validate } from '../../src/cores/roster/index.ts'
import { testProblem } from '../../src/cores/roster/test-problem.ts'
import { commandStatement, scopeStatements } from '../../src/kernel/db/scope.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { board, publish } from '../../src/modules/roster/contracts.ts'
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
      return [
        ...engine,
        ...(await published(database, bureau, options)),
        ...(await boards(database, bureau, options)),
      ]
    } finally {
      await bureau.close()
    }
  } finally {
    await database.close()
  }
}

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

async function boards(
  database: BenchDatabase,
  { kernel, actor, span }: RosterBureau,
  { quick, say }: BenchOptions,
): Promise<Row[]> {
  const meter = await cpuMeter(database.owner)
  const day = { ...span, fromDay: '2021-11-10', untilDay: '2021-11-10' }
  const times = quick ? 20 : 100
  const measured = async (name: string, input: object) => {
    say(`roster: ${name}`)
    const list: number[] = []
    const used = meter?.() ?? 0
    for (let n = 0; n < times; n += 1) {
      const begun = performance.now()
      JSON.stringify(await kernel.ask(actor, board, input))
      list.push(performance.now() - begun)
    }
    list.sort((a, b) => a - b)
    const processor = ((meter?.() ?? 0) - used) / 1_000 / times
    return { name, processor, p50: median(list), p95: list[Math.floor(times * 0.95)] ?? Number.NaN }
  }
  const all = [
    await measured('board of a day', day),
    await measured('board of 24 days with names', span),
    await measured('board of 24 days as counts', { ...span, names: false }),
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
