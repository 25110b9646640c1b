// Where somebody who is picked up from a draft may be put down: asked once for the days in sight.
import { z } from 'zod'
import { day, id, query } from '../../kernel/contract.ts'
import { planners, spanDays } from './contracts-shapes.ts'

/** The first rule that putting him there breaks, of whom, on which day. */
const obstacle = z.strictObject({
  rule: z.string(),
  zh: z.string(),
  en: z.string(),
  officerId: z.string(),
  name: z.string(),
  day: z.string(),
})

/**
 * Verdicts in few bytes: 0 is "may", else 1 + the place in `obstacles`. `joins` holds four numbers each: place in
 * `places`, days after `fromDay`, place of the band in its pattern, verdict. `swaps` holds three each: place in
 * `officers`, days after `fromDay`, verdict; the officer comes to where the other one leaves. `off` is his day off
 * instead, null where he has none to give up.
 */
export const landings = query({
  name: 'roster.landings',
  title: { zh: '可以放到哪里', en: 'Where somebody may be put' },
  roles: planners,
  input: z.strictObject({
    planId: id(),
    officerId: id(),
    /** The duty day from which he is picked up. */
    day: day(),
    ...spanDays,
  }),
  output: z.strictObject({
    planId: z.string(),
    revision: z.int(),
    officerId: z.string(),
    day: z.string(),
    fromDay: z.string(),
    untilDay: z.string(),
    places: z.array(z.tuple([z.string(), z.string()])),
    officers: z.array(z.string()),
    obstacles: z.array(obstacle),
    joins: z.array(z.int()),
    swaps: z.array(z.int()),
    off: z.int().nullable(),
  }),
})
