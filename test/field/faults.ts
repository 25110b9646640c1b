// `npm run faults [-- --large] [--seed N]`: the runs of the field, each against what must hold. What cannot run here
// says what it needs; it never passes in silence.
import { parseArguments } from '../../src/app/arguments.ts'
import { simulate } from '../../src/device/outbox/trial.ts'
import { drawn } from '../../src/device/outbox/trial-draw.ts'
import { bugs } from '../../src/device/outbox/trial-phone.ts'
import { phonesState, type Tally } from './real-phones.ts'
import { badNetwork, RealServer } from './real-server.ts'

interface Result {
  looked: string
  violations: string[]
}
interface Row {
  name: string
  needs?: string
  run?: (large: boolean) => Promise<Result>
}

async function simulator(large: boolean): Promise<Result> {
  const seeds = large ? 100_000 : 2_000
  const violations: string[] = []
  let booked = 0
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { faults, counts } = simulate(seed)
    booked += counts.booked
    for (const fault of faults) violations.push(`--seed ${seed}: ${fault}`)
  }
  return { looked: `${seeds} seeds, ${booked} entries booked`, violations }
}

/** From several first seeds on, each bug within ten. */
async function plantedBugs(large: boolean): Promise<Result> {
  const begins = large ? [1, 1_001, 2_001, 3_001] : [1]
  const violations: string[] = []
  for (const begin of begins) {
    for (const bug of bugs) {
      const found = Array.from({ length: 10 }, (_, n) => begin + n).some(
        seed => simulate(seed, bug).faults.length > 0,
      )
      if (!found) violations.push(`${bug} is not found from seed ${begin} on`)
    }
  }
  return { looked: `${begins.length * bugs.length} bugs`, violations }
}

function judged({ stated, lost, doubled, undone }: Tally, happened: string, least: boolean): Result {
  const violations = Object.entries({ lost, doubled, undone }).flatMap(([what, n]) =>
    n > 0 ? [`${n} ${what}`] : [],
  )
  if (!least) violations.push(`too little happened: ${happened}`)
  return { looked: `${stated} entries, ${happened}; ${lost} lost, ${doubled} doubled`, violations }
}

async function cutNetwork(large: boolean): Promise<Result> {
  const draw = drawn(20_211_105)
  const server = await RealServer.founded()
  const network = await badNetwork(server.base, { request: () => draw() < 0.1, answer: () => draw() < 0.15 })
  try {
    const [phones, each] = large ? [1_000, 100] : [50, 100]
    const tally = await phonesState(server, network.base, { phones, each, minutesMost: large ? 120 : 10 })
    const { requests, answers } = network.cut
    return judged(tally, `${requests} requests and ${answers} answers cut`, requests > 0 && answers > 0)
  } finally {
    await network.close()
    await server.close()
  }
}

/** The answer stands in the proxy, so it is committed; then our process is killed and the answer is thrown away. */
async function killedBeforeAnswer(large: boolean): Promise<Result> {
  const most = large ? 100 : 5
  const server = await RealServer.founded()
  let [kills, answers] = [0, 0]
  let restarting: Promise<void> | undefined
  const network = await badNetwork(server.base, {
    request: () => restarting !== undefined,
    answer: async () => {
      answers += 1
      if (restarting || kills >= most || answers % 3 !== 0) return false
      kills += 1
      restarting = server
        .killed()
        .then(() => server.start())
        .finally(() => {
          restarting = undefined
        })
      await restarting
      return true
    },
  })
  try {
    const tally = await phonesState(server, network.base, {
      ...{ phones: 4, each: most * 20, minutesMost: large ? 120 : 10 },
    })
    return judged(tally, `${kills} kills`, kills > 0)
  } finally {
    await network.close()
    await server.close()
  }
}

const rows: readonly Row[] = [
  { name: 'outbox simulator', run: simulator },
  { name: 'planted bugs in it', run: plantedBugs },
  { name: 'proxy that cuts 10 % of requests and 15 % of answers', run: cutNetwork },
  { name: 'kill -9 of our process between commit and answer', run: killedBeforeAnswer },
  { name: 'kill -9 of the database while ingesting', needs: 'the road of bulk facts' },
  { name: 'kill -9 of one backend, immediate restart, SIGSTOP', needs: 'the road of bulk facts' },
  { name: 'disk full, then grown', needs: 'a mount of its own' },
  { name: 'browser killed around "saved"', needs: 'a page that states facts offline' },
]

async function main(args: string[]): Promise<number> {
  const { flags } = parseArguments(args, { large: 'switch', seed: 'value' })
  const seed = flags.get('seed')
  if (seed !== undefined) {
    process.stdout.write(`${JSON.stringify(simulate(Number(seed)), null, 2)}\n`)
    return 0
  }
  let [runs, violated, notRun] = [0, 0, 0]
  for (const { name, needs, run } of rows) {
    if (!run) {
      notRun += 1
      process.stdout.write(`${name.padEnd(56)} not run: needs ${needs}\n`)
      continue
    }
    const { looked, violations } = await run(flags.has('large'))
    runs += 1
    violated += violations.length
    process.stdout.write(`${name.padEnd(56)} ${violations.length === 0 ? 'holds' : 'VIOLATED'}  ${looked}\n`)
    for (const one of violations.slice(0, 10)) process.stdout.write(`  ${one}\n`)
  }
  process.stdout.write(`runs ${runs}, violations ${violated}, not run ${notRun}\n`)
  return violated === 0 ? 0 : 1
}

// A server that was started is in a process group of its own, and would outlive us.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void RealServer.closeAll().finally(() => process.exit(1)))
}
try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${(error as Error).stack ?? String(error)}\n`)
  process.exitCode = 1
}
