// Fair shares of ninety days: an officer reads his own figures, who plans sees how they are spread. Nobody is ranked.
import { z } from 'zod'
import { command, day, everyone, id, query, staffName } from '../../kernel/contract.ts'
import { restDebt } from './contracts-rest.ts'
import { planners, readers } from './contracts-shapes.ts'

/** Duty days with a night, on a weekend, in suits, at a sampling site; minutes in suits and altogether. */
export const ledgerFigures = [
  'nights',
  'weekends',
  'suitDays',
  'suitMinutes',
  'samplingDays',
  'minutes',
] as const

export const ownShare = query({
  name: 'roster.ownShare',
  title: { zh: '我的九十天', en: 'My ninety days' },
  roles: everyone,
  input: z.strictObject({}),
  output: z.strictObject({
    from: z.string(),
    until: z.string(),
    figures: z.record(z.enum(ledgerFigures), z.int()),
    /** Rest that is owed to him or granted. */
    rest: z.array(restDebt),
  }),
})

/** A holiday counts like a weekend; a weekend day on which everybody works does not. */
export const specialDayKinds = ['holiday', 'workday'] as const
export const specialDayTitles: Record<(typeof specialDayKinds)[number], { zh: string; en: string }> = {
  holiday: { zh: '放假', en: 'holiday' },
  workday: { zh: '调休上班', en: 'working day' },
}
export const specialDays = query({
  name: 'roster.specialDays',
  title: { zh: '节假日调休', en: 'Holidays and working weekends' },
  roles: readers,
  input: z.strictObject({ from: day(), until: day() }),
  output: z.strictObject({
    rows: z.array(z.strictObject({ day: z.string(), kind: z.enum(specialDayKinds), name: z.string() })),
  }),
})
export const setSpecialDays = command({
  name: 'roster.setSpecialDays',
  title: { zh: '登记节假日调休', en: 'Set holidays and working weekends' },
  roles: planners,
  input: z.strictObject({
    /** A year's at most; null makes it an ordinary day again. */
    days: z
      .array(z.strictObject({ day: day(), kind: z.enum(specialDayKinds).nullable(), name: staffName(40) }))
      .min(1)
      .max(60),
  }),
})

const spread = z.strictObject({
  key: z.enum(ledgerFigures),
  /** Hours where the figure is in minutes, else duty days. */
  min: z.number(),
  q1: z.number(),
  median: z.number(),
  q3: z.number(),
  max: z.number(),
  /** Bands of values, from inclusive, until exclusive; the last holds the highest. */
  bands: z.array(z.strictObject({ from: z.number(), until: z.number(), officers: z.int() })),
})
/** Of fewer nothing is told: a spread of two is two people. */
export const spreadLeast = 5

export const fairness = query({
  name: 'roster.fairness',
  title: { zh: '九十天均衡情况', en: 'How duties were shared' },
  roles: planners,
  input: z.strictObject({ unitId: id().optional() }),
  output: z.strictObject({
    from: z.string(),
    until: z.string(),
    officers: z.int(),
    /** Empty where there are fewer than five. */
    spreads: z.array(spread),
  }),
})
