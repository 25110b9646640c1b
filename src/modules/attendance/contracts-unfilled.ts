// Duties of today that nobody fills, with who could stand in.
import { z } from 'zod'
import { id, instant, query } from '../../kernel/contract.ts'
import { count, deskReaders, seatFields } from './contracts-words.ts'

/** Declared absent, not come for longer than is waited, gone before the end, or nobody was rostered. */
export const unfilledReasons = ['absent', 'unavailable', 'missing', 'left', 'open'] as const
export type UnfilledReason = (typeof unfilledReasons)[number]
export const unfilledReasonTitles: Record<UnfilledReason, { zh: string; en: string }> = {
  absent: { zh: '已登记缺勤', en: 'declared absent' },
  unavailable: { zh: '已登记不可用', en: 'declared unavailable' },
  missing: { zh: '开班后未签到', en: 'has not checked in' },
  left: { zh: '已提前签退', en: 'signed out early' },
  open: { zh: '没有排人', en: 'nobody is rostered' },
}

/** Rows for which it is worked out who could stand in; the others ask when they are opened. */
export const proposedMost = 20

export const unfilled = query({
  name: 'attendance.unfilled',
  title: { zh: '今日缺口', en: 'Duties of today that nobody fills' },
  roles: [...deskReaders, 'system'],
  input: z.strictObject({ operationId: id() }),
  output: z.strictObject({
    now: instant(),
    day: z.string(),
    /** What runs now first; within that by the beginning and the code of the post. */
    rows: z.array(
      z.strictObject({
        key: z.string(),
        ...seatFields,
        postCode: z.string(),
        postName: z.string(),
        unitName: z.string(),
        bandZh: z.string(),
        bandEn: z.string(),
        begins: instant(),
        ends: instant(),
        why: z.enum(unfilledReasons),
        /** Whose place it is; null where nobody was rostered. */
        officerId: z.string().nullable(),
        officerName: z.string(),
        officerUnit: z.string(),
        assignmentId: z.string().nullable(),
        /** Places that are open; one where it is somebody's. */
        heads: count(),
        /** Five at most, the best first; null where it was not worked out. */
        proposals: z
          .array(z.strictObject({ officerId: z.string(), name: z.string(), unitName: z.string() }))
          .nullable(),
        /** The best whom no row before proposes. */
        first: z.string().nullable(),
      }),
    ),
  }),
})
