// 带班领导: who leads an operation for the 24 hours of a duty day, one person an office.
import { z } from 'zod'
import { command, day, id, instant, query } from '../../kernel/contract.ts'
import { planners, readers, spanDays } from './contracts-shapes.ts'

/** A leader of the bureau, and the duty leader of the command post. */
export const leadOffices = ['bureau', 'commandPost'] as const
export type LeadOffice = (typeof leadOffices)[number]
export const leadOfficeTitles: Record<LeadOffice, { zh: string; en: string }> = {
  bureau: { zh: '带班局领导', en: 'Bureau leader' },
  commandPost: { zh: '指挥长', en: 'Command-post leader' },
}
const office = z.enum(leadOffices)

export const setLeads = command({
  name: 'roster.setLeads',
  title: { zh: '排定带班领导', en: 'Set who leads' },
  roles: planners,
  input: z.strictObject({
    operationId: id(),
    /** Two months of both offices at most; null leaves the place empty. */
    places: z
      .array(z.strictObject({ day: day(), office, officerId: id().nullable() }))
      .min(1)
      .max(124),
  }),
})

export const copyLeads = command({
  name: 'roster.copyLeads',
  title: { zh: '按周期沿用带班领导', en: 'Repeat who leads' },
  roles: planners,
  input: z.strictObject({
    operationId: id(),
    /** The days whose order is repeated. */
    ...spanDays,
    /** The days that are filled, both inclusive. */
    ontoDay: day(),
    ontoUntil: day(),
    /** Also where somebody stands already. */
    replace: z.boolean().default(false),
  }),
  output: z.strictObject({ filled: z.int(), kept: z.int(), left: z.int() }),
})

/** What speaks against somebody who leads; told, not refused. */
const doubt = z.strictObject({
  rule: z.string(),
  zh: z.string(),
  en: z.string(),
  officerId: z.string(),
})
const holder = z.strictObject({
  office,
  officerId: z.string(),
  name: z.string(),
  badge: z.string(),
  unit: z.string(),
})

export const leads = query({
  name: 'roster.leads',
  title: { zh: '带班领导值班表', en: 'Who leads, by day' },
  roles: readers,
  input: z.strictObject({ operationId: id(), ...spanDays }),
  output: z.strictObject({
    today: z.string(),
    days: z.array(z.strictObject({ day: z.string(), holders: z.array(holder), doubts: z.array(doubt) })),
    /** Who may lead on some day of the span, in the order of unit and name. */
    leaders: z.array(
      z.strictObject({ officerId: z.string(), name: z.string(), badge: z.string(), unit: z.string() }),
    ),
  }),
})

/** Who leads at a moment. */
export const leadAt = query({
  name: 'roster.leadAt',
  title: { zh: '此刻带班领导', en: 'Who leads now' },
  roles: readers,
  input: z.strictObject({ operationId: id(), at: instant().optional() }),
  output: z.strictObject({
    at: instant(),
    day: z.string(),
    begins: instant(),
    ends: instant(),
    leaders: z.array(holder),
  }),
})
