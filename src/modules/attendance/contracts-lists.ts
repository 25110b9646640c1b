// Lists of the desk, the records behind the figures, and counts of a moment.
import { z } from 'zod'
import { day, id, instant, listInput, pageOf, query } from '../../kernel/contract.ts'
import {
  absenceKinds,
  bandKey,
  count,
  deskReaders,
  readers,
  seatMarks,
  seatStates,
  seatView,
  ways,
} from './contracts-words.ts'

export const dayFilters = {
  operationId: id(),
  day: day(),
  bands: z.array(bandKey()).max(20).optional(),
  unitId: id().optional(),
  postId: id().optional(),
  states: z.array(z.enum(seatStates)).max(seatStates.length).optional(),
  marks: z.array(z.enum(seatMarks)).max(seatMarks.length).optional(),
  search: listInput.search,
}

/** Everybody who should be or was somewhere on a duty day: what needs attention first, then by band and post. */
export const dayList = query({
  name: 'attendance.day',
  title: { zh: '考勤', en: 'Attendance of a day' },
  roles: [...deskReaders, 'system'],
  input: z.strictObject({ ...dayFilters, offset: listInput.offset, limit: listInput.limit }),
  output: pageOf(seatView).extend({
    now: instant(),
    /** Over the day within the scope, whatever the filters say. */
    counts: z.strictObject({
      expected: count(),
      present: count(),
      late: count(),
      missing: count(),
      absent: count(),
      open: count(),
      overlaps: count(),
      standIns: count(),
    }),
    bands: z.array(z.strictObject({ key: z.string(), zh: z.string(), en: z.string() })),
  }),
})

const span = { from: day(), until: day(), offset: listInput.offset, limit: listInput.limit }

/** One row per deployment: the records behind the figures of effort. */
export const deployments = query({
  name: 'attendance.deployments',
  title: { zh: '警力投入记录', en: 'Deployments' },
  roles: readers,
  input: z.strictObject({
    ...span,
    kinds: z.array(z.string().max(20)).max(8).optional(),
    zoneKinds: z.array(z.string().max(20)).max(4).optional(),
  }),
  output: pageOf(
    z.strictObject({
      presenceId: z.string(),
      officerId: z.string(),
      officerName: z.string(),
      postId: z.string(),
      postName: z.string(),
      postKind: z.string(),
      day: z.string(),
      band: z.string(),
      begins: instant(),
      ends: instant(),
    }),
  ),
})

/** Presences with their times; `late` keeps those who came late. */
export const presences = query({
  name: 'attendance.presences',
  title: { zh: '签到记录', en: 'Presences' },
  roles: [...deskReaders, 'system'],
  input: z.strictObject({ ...span, late: z.boolean().default(false) }),
  output: pageOf(
    z.strictObject({
      presenceId: z.string(),
      officerId: z.string(),
      officerName: z.string(),
      postName: z.string(),
      day: z.string(),
      band: z.string(),
      begins: instant(),
      cameAt: instant(),
      lateMinutes: count(),
      way: z.enum(ways),
      recordedAt: instant(),
      leftAt: instant().nullable(),
      earlyMinutes: count(),
    }),
  ),
})

export const absences = query({
  name: 'attendance.absences',
  title: { zh: '未到岗记录', en: 'Absences' },
  roles: [...deskReaders, 'system'],
  input: z.strictObject(span),
  output: pageOf(
    z.strictObject({
      absenceId: z.string(),
      officerId: z.string(),
      officerName: z.string(),
      postName: z.string(),
      day: z.string(),
      band: z.string(),
      begins: instant(),
      kind: z.enum(absenceKinds),
      declaredAt: instant(),
    }),
  ),
})

/** How many stand at each post at an instant; with `knownAt`, as the books had it then. */
export const presentNow = query({
  name: 'attendance.presentAt',
  title: { zh: '某时在岗人数', en: 'Present at a moment' },
  roles: readers,
  input: z.strictObject({ operationId: id(), at: instant().optional(), knownAt: instant().optional() }),
  output: z.strictObject({
    at: instant(),
    present: count(),
    posts: z.array(z.strictObject({ postId: z.string(), present: count() })),
  }),
})
