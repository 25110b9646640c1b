// Runs of the database: it is killed, restarted and stopped while posts and phones state, and comes back by itself.
import { setTimeout as sleep } from 'node:timers/promises'
import { booksOf, type Ground, inDatabase, rowsNow } from './ground.ts'
import { type Ledger, newLedger, type Result, resultOf } from './judging.ts'
import type { RealServer } from './real-server.ts'
import { picked, type Sizes } from './sizes.ts'
import { batches, phonesState, postsState } from './traffic.ts'

const stopMs = 4_000
/** On a busy machine it takes its time; what has not come back by then never does. */
const neverMs = 5 * 60_000
const ruleMs = 10_000
const betweenMs = 300

type Strike = (server: RealServer, draw: () => number) => Promise<void>

async function strikePostmaster(server: RealServer, name: 'SIGKILL' | 'SIGQUIT'): Promise<void> {
  const { postmaster } = server
  if (postmaster === undefined) throw new Error('invariant: it is struck once it is back')
  process.kill(postmaster, name)
  // Behind this the next answer is one of the next database.
  while (server.postmaster === postmaster) await sleep(5)
}

/** Those that work for the program, or every process of the database but the one that asks. */
const pidsOf = (server: RealServer, which: 'own' | 'all') =>
  inDatabase(server, async owner => {
    const own = which === 'own' ? "and usename = 'fangxian_app' and state <> 'idle'" : ''
    const { rows } = await owner.query<{ pid: number }>(
      `select pid from pg_stat_activity where pid <> pg_backend_pid() ${own}`,
    )
    return rows.map(({ pid }) => pid)
  })

async function killBackend(server: RealServer, draw: () => number): Promise<void> {
  const until = Date.now() + neverMs
  for (;;) {
    const busy = await pidsOf(server, 'own')
    if (busy.length > 0) {
      process.kill(picked(draw, busy), 'SIGKILL')
      return
    }
    if (Date.now() > until) throw new Error('no backend was ever at work')
  }
}

const stopBackends: Strike = async server => server.paused(await pidsOf(server, 'all'), stopMs)

/** Strikes while entries come in, waits each time until one is acknowledged again, and then until all are. */
async function underStrikes(
  ground: Ground,
  { draw }: Sizes,
  times: number,
  word: string,
  strike: Strike,
): Promise<Result> {
  const { server } = ground
  const [ledger, before] = [newLedger(), await rowsNow(server)]
  const order = { ground, base: server.base, ledger, until: Date.now() + times * 60_000 + neverMs }
  let over = false
  let answers = 0
  const next = batches(ground, Number.POSITIVE_INFINITY, 25)
  const traffic = Promise.all([
    postsState({
      ...{ ...order, lanes: 4, pauseMs: 20, next: () => (over ? undefined : next()) },
      answered: () => {
        answers += 1
      },
    }),
    phonesState(order, { phones: 2, each: 30 }),
  ])
  const backs: number[] = []
  const more: string[] = []
  const answersGoOn = async () => {
    const from = answers
    // Each of the four lanes may still be told what was committed before.
    while (answers < from + 5) {
      if (Date.now() > order.until || server.diedSaying) return false
      await sleep(10)
    }
    return true
  }
  try {
    for (let n = 0; n < times && (await answersGoOn()); n += 1) {
      await sleep(betweenMs * draw())
      const from = performance.now()
      await strike(server, draw)
      if (await answersGoOn()) backs.push(performance.now() - from)
      else more.push(`never came back after the ${n + 1}. time`)
    }
    if (server.diedSaying) {
      more.push(`the program ended: ${server.diedSaying}`)
      // So that what is under way comes to its end, and the rest of the runs too.
      await server.start()
    }
  } finally {
    over = true
    await traffic
  }
  if (backs.length < times && more.length === 0) more.push(`${backs.length} of ${times} times`)
  return struckResult(server, ledger, before, { word, backs, more })
}

async function struckResult(
  server: RealServer,
  ledger: Ledger,
  before: number,
  { word, backs, more }: { word: string; backs: number[]; more: string[] },
): Promise<Result> {
  const seconds = (ms: number) => (ms / 1_000).toFixed(1)
  const late = backs.filter(ms => ms > ruleMs).length
  const happened = [
    `${backs.length} × ${word}`,
    `back after ${seconds(Math.min(...backs))}–${seconds(Math.max(...backs))} s`,
    ...(late > 0 ? [`${late} of them later than 10 s`] : []),
  ].join(', ')
  return resultOf(ledger, await booksOf(server, ledger, before), happened, { more })
}

export const databaseKilled = (ground: Ground, sizes: Sizes): Promise<Result> =>
  underStrikes(ground, sizes, sizes.many(2, 25), 'kill -9 of the postmaster', server =>
    strikePostmaster(server, 'SIGKILL'),
  )

export const backendKilled = (ground: Ground, sizes: Sizes): Promise<Result> =>
  underStrikes(ground, sizes, sizes.many(5, 200), 'kill -9 of a backend', killBackend)

export const databaseRestarted = (ground: Ground, sizes: Sizes): Promise<Result> =>
  underStrikes(ground, sizes, sizes.many(1, 20), 'immediate shutdown', server =>
    strikePostmaster(server, 'SIGQUIT'),
  )

export const backendsStopped = (ground: Ground, sizes: Sizes): Promise<Result> =>
  underStrikes(ground, sizes, sizes.many(1, 20), 'SIGSTOP for 4 s', stopBackends)
