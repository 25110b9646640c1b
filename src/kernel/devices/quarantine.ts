import type { PreparedCommand } from '../pipeline.ts'
import { kernelProblems } from '../problem.ts'

/** Held, whatever it is: nobody knows who had the phone in hand. A request would be refused, and its text lost. */
export const quarantined = (prepared: PreparedCommand): PreparedCommand => ({
  ...prepared,
  kind: 'fact',
  problem: kernelProblems.fromRevokedDevice(),
})
