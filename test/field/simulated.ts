// The outbox without a phone, a network or a server: its pure machine in a simulated world.
import { simulate } from '../../src/device/outbox/trial.ts'
import { bugs } from '../../src/device/outbox/trial-phone.ts'
import type { Result } from './judging.ts'
import type { Sizes } from './sizes.ts'

export async function simulator({ many }: Sizes): Promise<Result> {
  const seeds = many(2_000, 100_000)
  const violations: string[] = []
  let booked = 0
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { faults, counts } = simulate(seed)
    booked += counts.booked
    for (const fault of faults) violations.push(`--simulated ${seed}: ${fault}`)
  }
  return { looked: `${seeds} seeds, ${booked} entries booked`, violations }
}

/** From several first seeds on, each bug within ten. */
export async function plantedBugs({ many }: Sizes): Promise<Result> {
  const begins = Array.from({ length: many(1, 4) }, (_, n) => n * 1_000 + 1)
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
