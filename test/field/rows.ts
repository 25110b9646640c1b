// Every run by its name, with what it stands on and what it needs.
import { cutNetwork, killedBeforeAnswer, plantedServers } from './bad-days.ts'
import { backendKilled, backendsStopped, databaseKilled, databaseRestarted } from './database-strikes.ts'
import { browserKilled, browserNeeds } from './browser-killed.ts'
import { diskFull, mountNeeds } from './disk-full.ts'
import type { Ground } from './ground.ts'
import type { Result } from './judging.ts'
import { anotherApp, clocksOff, manyTaps } from './phone-oddities.ts'
import { phoneFull } from './phone-storage.ts'
import { plantedBugs, simulator } from './simulated.ts'
import { scopeOracle } from './scope-oracle.ts'
import type { Sizes } from './sizes.ts'

interface Named {
  name: string
  /** What this machine lacks; undefined where it has all. */
  needs?(): Promise<string | undefined>
  /** Its small size is part of `npm test`, in faults.test.ts. */
  tested: boolean
}
export type Row = Named &
  (
    | { on: 'nothing'; run(sizes: Sizes): Promise<Result> }
    | { on: 'ground'; run(ground: Ground, sizes: Sizes): Promise<Result> }
  )

const ground = (name: string, run: (ground: Ground, sizes: Sizes) => Promise<Result>): Row => ({
  ...{ name, on: 'ground', run, tested: true },
})
const alone = (name: string, run: (sizes: Sizes) => Promise<Result>, more: Partial<Named> = {}): Row => ({
  ...{ name, on: 'nothing', run, tested: false, ...more },
})

export const rows: readonly Row[] = [
  alone('outbox simulator', simulator),
  alone('planted bugs in it', plantedBugs),
  ground('proxy that cuts 10 % of requests and 15 % of answers', cutNetwork),
  ground('kill -9 of our process between commit and answer', killedBeforeAnswer),
  ground('kill -9 of the database while ingesting', databaseKilled),
  ground('kill -9 of one backend', backendKilled),
  ground('immediate restart of the database', databaseRestarted),
  ground('SIGSTOP of the database for 4 s', backendsStopped),
  ground('storage of the phone full or refused', phoneFull),
  ground('device clock −10 to +10 years, with steps', clocksOff),
  ground('ten thousand identical taps', manyTaps),
  ground('phone with the app of another month', anotherApp),
  ground('tenant and scope oracle', scopeOracle),
  alone('browser killed around "saved"', browserKilled, { needs: browserNeeds }),
  alone('disk full, then grown', diskFull, { needs: mountNeeds }),
  ground('planted servers that lie', plantedServers),
]
