// Published duties that a rule forbids by now, who could take them, and putting it right; and chasing 催办 those who have
// not acknowledged.
import { z } from 'zod'
import { command, id, query } from '../../kernel/contract.ts'
import { planners } from './contracts-shapes.ts'
import { brokenRule, swapDuty } from './contracts-swaps.ts'

export const repairsMost = 60
const leaders = ['administrator', 'commander', 'dutyOfficer', 'unitLeader'] as const

const proposal = z.strictObject({
  officerId: z.string(),
  name: z.string(),
  badge: z.string(),
  unitName: z.string(),
  sameUnit: z.boolean(),
  /** Stays on or comes early: a duty of two bands. */
  doubles: z.boolean(),
  /** Of the seven duty days that end with this one, the duty included. */
  weekMinutes: z.int(),
})

export const breaks = query({
  name: 'roster.breaks',
  title: { zh: '失效班次', en: 'Duties that break' },
  roles: [...leaders, 'inspector', 'system'],
  input: z.strictObject({ operationId: id() }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        officerId: z.string(),
        name: z.string(),
        unitName: z.string(),
        duty: swapDuty,
        broken: brokenRule,
        /** Five at most, the best first. */
        proposals: z.array(proposal),
        /** Who takes it when all are put right together; null where nobody is left. */
        together: proposal.nullable(),
      }),
    ),
  }),
})

export const repair = command({
  name: 'roster.repair',
  title: { zh: '为失效班次补位', en: 'Fill duties that break' },
  roles: planners,
  input: z.strictObject({
    operationId: id(),
    repairs: z
      .array(z.strictObject({ assignmentId: id(), officerId: id() }))
      .min(1)
      .max(repairsMost),
  }),
  output: z.strictObject({ version: z.int(), duties: z.int() }),
})

export const chase = command({
  name: 'roster.chase',
  title: { zh: '催办签收', en: 'Chase who has not acknowledged' },
  roles: leaders,
  input: z.strictObject({ operationId: id(), officerIds: z.array(id()).min(1).max(1_000) }),
  /** Those who were chased within the hour, or have nothing to acknowledge, are passed over. */
  output: z.strictObject({ chased: z.int(), passedOver: z.int() }),
})
