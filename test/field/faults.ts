// `npm run faults [-- --large] [--seed N] [--only WORD]`: the runs of the field, each against what must hold. What cannot
// run here says what it needs; it never passes in silence. `--simulated N` tells one seed of the simulator whole.
import { rmSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArguments } from '../../src/app/arguments.ts'
import { simulate } from '../../src/device/outbox/trial.ts'
import { endBrowsers } from './browser-killed.ts'
import { undoMounts } from './disk-full.ts'
import { type Ground, makeGround } from './ground.ts'
import type { Result } from './judging.ts'
import { openFolders, RealServer } from './real-server.ts'
import { type Row, rows } from './rows.ts'
import { sizesOf } from './sizes.ts'

const usualSeed = 20_211_105

/** The rows that use the real program share one: it outlives everything that is done to it, or that is a find. */
class Shared {
  private made: Promise<Ground> | undefined
  readonly ground = (): Promise<Ground> => (this.made ??= makeGround())

  /** Another for the rows that follow. */
  async forsake(): Promise<void> {
    const made = await this.made?.catch(() => undefined)
    this.made = undefined
    await made?.server.close()
  }
}

async function run(row: Row, large: boolean, seed: number, shared: Shared): Promise<Result> {
  const sizes = sizesOf(large, seed)
  try {
    return await (row.on === 'ground' ? row.run(await shared.ground(), sizes) : row.run(sizes))
  } catch (error) {
    await shared.forsake()
    return { looked: 'broken off', violations: [(error as Error).stack ?? String(error)] }
  }
}

async function main(args: string[]): Promise<number> {
  const { flags } = parseArguments(args, {
    large: 'switch',
    seed: 'value',
    only: 'value',
    simulated: 'value',
  })
  const [large, seed] = [flags.has('large'), Number(flags.get('seed') ?? usualSeed)]
  const only = String(flags.get('only') ?? '')
  const simulated = flags.get('simulated')
  if (simulated !== undefined) {
    process.stdout.write(`${JSON.stringify(simulate(Number(simulated)), null, 2)}\n`)
    return 0
  }
  const begun = new Date().toISOString().slice(0, 16)
  process.stdout.write(
    `${begun} seed ${seed}${large ? ', large' : ''}, ${cpus().length} cores, ${loadNow()}\n`,
  )
  const shared = new Shared()
  let [runs, violated, notRun] = [0, 0, 0]
  for (const row of rows.filter(({ name }) => name.includes(only))) {
    const needs = await row.needs?.()
    if (needs) {
      notRun += 1
      process.stdout.write(`${row.name.padEnd(56)} not run: needs ${needs}\n`)
      continue
    }
    const from = performance.now()
    const { looked, violations } = await run(row, large, seed, shared)
    const seconds = ((performance.now() - from) / 1_000).toFixed(1)
    runs += 1
    violated += violations.length
    const verdict = violations.length === 0 ? 'holds' : 'VIOLATED'
    process.stdout.write(`${row.name.padEnd(56)} ${verdict}  ${looked} (${seconds} s)\n`)
    for (const one of violations.slice(0, 10)) process.stdout.write(`  ${one}\n`)
  }
  process.stdout.write(`${loadNow()}\nruns ${runs}, violations ${violated}, not run ${notRun}\n`)
  return violated === 0 ? 0 : 1
}

const loadNow = () =>
  `load ${loadavg()
    .map(one => one.toFixed(1))
    .join(' ')}`

async function end(): Promise<void> {
  endBrowsers()
  await RealServer.closeAll()
  undoMounts()
  for (const folder of openFolders()) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

// A server that was started is in a process group of its own, and would outlive us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void end().finally(() => process.exit(1)))
}
try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${(error as Error).stack ?? String(error)}\n`)
  process.exitCode = 1
} finally {
  await end()
}
