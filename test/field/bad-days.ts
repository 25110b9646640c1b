// Runs of the network and of our own process: a proxy that cuts, and a kill between commit and answer.
import { acknowledgesItself, badNetwork, ignoresIds, refusesInSilence, type Weather } from './bad-network.ts'
import { booksOf, type Ground, rowsNow } from './ground.ts'
import { newLedger, type Result, resultOf } from './judging.ts'
import { batches, phonesState, postsState } from './traffic.ts'
import type { Sizes } from './sizes.ts'

const hour = 3_600_000

export async function cutNetwork(ground: Ground, { many, draw }: Sizes): Promise<Result> {
  const entries = many(5_000, 100_000)
  const network = await badNetwork(ground.server.base, {
    request: () => draw() < 0.1,
    answer: () => draw() < 0.15,
  })
  const [ledger, before] = [newLedger(), await rowsNow(ground.server)]
  // Some come from phones, each with at most a hundred.
  const phones = Math.ceil(entries / 5_000)
  const each = 100
  const order = { ground, base: network.base, ledger, until: Date.now() + hour }
  try {
    await Promise.all([
      // Small batches: the more requests, the more of them are cut.
      postsState({ ...order, lanes: 8, next: batches(ground, entries - phones * each, 20) }),
      phonesState(order, { phones, each }),
    ])
    const { requests, answers } = network.cut
    const more = requests > 0 && answers > 0 ? [] : ['nothing was cut']
    const happened = `${requests} requests and ${answers} answers cut`
    return resultOf(ledger, await booksOf(ground.server, ledger, before), happened, { more })
  } finally {
    await network.close()
  }
}

/** The answer stands in the proxy, so it is committed; then our process is killed and the answer is thrown away. */
export async function killedBeforeAnswer(ground: Ground, { many }: Sizes): Promise<Result> {
  const { server } = ground
  const most = many(5, 100)
  let [kills, answers] = [0, 0]
  let restarting: Promise<void> | undefined
  const network = await badNetwork(server.base, {
    request: () => restarting !== undefined,
    answer: async () => {
      answers += 1
      if (restarting || kills >= most || answers % 4 !== 0) return false
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
  const [ledger, before] = [newLedger(), await rowsNow(server)]
  const order = { ground, base: network.base, ledger, until: Date.now() + hour }
  const next = batches(ground, Number.POSITIVE_INFINITY, 50)
  try {
    await Promise.all([
      postsState({ ...order, lanes: 3, next: () => (kills < most ? next() : undefined) }),
      phonesState(order, { phones: 2, each: 30 }),
    ])
    const more = kills === most ? [] : [`${kills} kills of ${most}`]
    return resultOf(ledger, await booksOf(server, ledger, before), `${kills} kills`, { more })
  } finally {
    await network.close()
  }
}

/** Servers that are none: each must be found out, or the runs above would have shown nothing. */
export async function plantedServers(ground: Ground, { many, draw }: Sizes): Promise<Result> {
  const rows = many(600, 6_000)
  const answer = () => draw() < 0.3
  const planted: [string, Weather, RegExp][] = [
    ['acknowledges by itself', { liar: acknowledgesItself() }, / lost$/],
    ['ignores ids', { liar: ignoresIds(), answer }, / doubled$/],
    ['refuses in silence', { liar: refusesInSilence() }, / refused in silence$/],
  ]
  const violations: string[] = []
  const found: string[] = []
  for (const [what, weather, sign] of planted) {
    const network = await badNetwork(ground.server.base, weather)
    const [ledger, before] = [newLedger(), await rowsNow(ground.server)]
    const order = { ground, base: network.base, ledger, until: Date.now() + hour }
    try {
      await postsState({ ...order, lanes: 2, next: batches(ground, rows, 20) })
    } finally {
      await network.close()
    }
    const result = resultOf(ledger, await booksOf(ground.server, ledger, before), what, { refusals: true })
    const [first] = result.violations.filter(one => sign.test(one))
    if (first) found.push(`${what}: ${first}`)
    else violations.push(`a server that ${what} is not found: ${result.looked}`)
  }
  return { looked: found.join('; '), violations }
}
