// The published roster as it is lived: publications, my shifts, who is on duty, who has acknowledged.
import { z } from 'zod'
import { everyone, id, instant, query } from '../../kernel/contract.ts'
import { dutyView, headCount } from './contracts-board.ts'
import { readers } from './contracts-shapes.ts'

// --------------------------------------------------------------------------------------------- published, live

export const versions = query({
  name: 'roster.versions',
  title: { zh: '发布记录', en: 'Publications' },
  roles: readers,
  input: z.strictObject({ operationId: id(), limit: z.int().min(1).max(500).default(50) }),
  output: z.array(
    z.strictObject({
      version: z.int(),
      /** Null for a swap or a repair, which come from no draft. */
      planId: z.string().nullable(),
      cause: z.enum(['plan', 'swap', 'repair']),
      fromDay: z.string(),
      untilDay: z.string(),
      publishedAt: instant(),
      assignments: z.int(),
      added: z.int(),
      removed: z.int(),
    }),
  ),
})

const myShift = dutyView.extend({
  operationId: z.string(),
  bandNames: z.array(z.strictObject({ zh: z.string(), en: z.string() })),
  postKind: z.string(),
  version: z.int(),
  acknowledged: z.boolean(),
  mates: z.array(z.strictObject({ name: z.string(), kind: z.string() })),
})
export const my = query({
  name: 'roster.my',
  title: { zh: '我的班次', en: 'My shifts' },
  roles: everyone,
  input: z.strictObject({ days: z.int().min(1).max(31).default(14) }),
  output: z.strictObject({
    now: instant(),
    dutyDay: z.string(),
    /** A leader chased him to acknowledge what stands below; null: nobody did, or it is acknowledged. */
    chased: z.strictObject({ times: z.int(), at: instant(), by: z.string().nullable() }).nullable(),
    /** Swaps that wait for his yes or no. */
    swapsToAnswer: z.int(),
    shifts: z.array(myShift),
  }),
})

export const onNow = query({
  name: 'roster.onNow',
  title: { zh: '此刻在岗', en: 'On duty now' },
  roles: readers,
  input: z.strictObject({ operationId: id(), at: instant().optional() }),
  output: z.array(
    z.strictObject({
      postId: z.string(),
      code: z.string(),
      name: z.string(),
      kind: z.string(),
      ends: instant(),
      need: z.int(),
      officers: z.array(
        z.strictObject({ officerId: z.string(), name: z.string(), badge: z.string(), kind: z.string() }),
      ),
    }),
  ),
})

export const coverage = query({
  name: 'roster.coverage',
  title: { zh: '在岗与应到', en: 'Coverage' },
  roles: readers,
  input: z.strictObject({ operationId: id(), at: instant().optional() }),
  output: z.strictObject({
    at: instant(),
    need: z.int(),
    have: z.int(),
    posts: z.array(headCount.extend({ postId: z.string(), patternId: z.string(), band: z.string() })),
  }),
})

export const acknowledgements = query({
  name: 'roster.acknowledgements',
  title: { zh: '签收情况', en: 'Acknowledgements' },
  roles: readers,
  input: z.strictObject({
    operationId: id(),
    pending: z.boolean().default(false),
    offset: z.int().min(0).max(1_000_000).default(0),
    limit: z.int().min(1).max(5000).default(100),
  }),
  output: z.strictObject({
    total: z.int(),
    acknowledged: z.int(),
    rows: z.array(
      z.strictObject({
        officerId: z.string(),
        name: z.string(),
        badge: z.string(),
        kind: z.string(),
        unitId: z.string(),
        next: instant(),
        postName: z.string(),
        version: z.int(),
        at: instant().nullable(),
        /** How often he was chased for this version, and when last. */
        chased: z.int(),
        chasedAt: instant().nullable(),
      }),
    ),
  }),
})
