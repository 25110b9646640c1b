// For how long one team held zones: the stretches behind the figures.
import { z } from 'zod'
import { day, id, instant, pageOf, query } from '../../kernel/contract.ts'
import { readers } from './contracts-shapes.ts'

/** One row per commando team, two zones and unbroken stretch, as published; the longest first. */
export const teamHolds = query({
  name: 'roster.teamHolds',
  title: {
    zh: '突击队坚守两区时段(按已发布勤务表)',
    en: 'Stretches for which a commando team holds two zones (as published)',
  },
  roles: readers,
  input: z.strictObject({
    from: day(),
    until: day(),
    teamId: id().optional(),
    offset: z.int().min(0).max(10_000_000).default(0),
    limit: z.int().min(1).max(5000).default(100),
  }),
  output: pageOf(
    z.strictObject({
      teamId: z.string(),
      team: z.string(),
      zoneIds: z.array(z.string()),
      /** Names of the two zones, joined. */
      zones: z.string(),
      begins: instant(),
      ends: instant(),
      /** Whole hours by the clock, and whole duty days inside. */
      hours: z.int(),
      days: z.int(),
      /** Members who stood there, and their published duties. */
      officers: z.int(),
      duties: z.int(),
    }),
  ),
})
