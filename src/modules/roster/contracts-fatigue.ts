// Advice on how sleepy a plan makes. It is asked for by whoever plans, and stands in no record and no file.
import { z } from 'zod'
import { id, instant, query } from '../../kernel/contract.ts'
import { planners } from './contracts-shapes.ts'

/** On the Karolinska scale of 1 to 9: 7 and more is sleepy. */
export const fatigueAdvice = z.strictObject({
  peak: z.number(),
  /** When it is highest. */
  at: instant(),
  /** Minutes of the duty at 7 or more. */
  sleepyMinutes: z.int(),
})

export const planFatigue = query({
  name: 'roster.planFatigue',
  title: { zh: '草稿的困倦推算', en: 'How sleepy a draft makes' },
  roles: planners,
  input: z.strictObject({ planId: id() }),
  output: z.strictObject({
    /** Duties that have not begun; those of them that reach 7; the places where those are. */
    duties: z.int(),
    sleepy: z.int(),
    places: z.int(),
    /** The worst places first, twenty at most. */
    rows: z.array(
      fatigueAdvice.extend({
        day: z.string(),
        postId: z.string(),
        postName: z.string(),
        patternId: z.string(),
        bands: z.array(z.strictObject({ key: z.string(), zh: z.string(), en: z.string() })),
        begins: instant(),
        ends: instant(),
        /** How many stand there for whom it reaches 7. */
        heads: z.int(),
      }),
    ),
  }),
})
