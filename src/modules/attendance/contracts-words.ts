// Words and shapes that the contracts of attendance share. Browser-safe.
import { z } from 'zod'
import { type Both, day, everyone, id, instant } from '../../kernel/contract.ts'

/** Who may speak for others at a post: a unit's leader within his units, and the command post. */
export const leaders = ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'system'] as const
/** Who sees the lists of the day with everybody's times. */
export const deskReaders = ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'inspector'] as const
export const readers = [...everyone, 'system'] as const

export const bandKey = () => z.string().min(1).max(20)
export const count = () => z.int().min(0)

/** How it was recorded. `stay`: one band was followed by the next without leaving; `corrected`: entered by hand. */
export const ways = ['code', 'printed', 'place', 'leader', 'stay', 'corrected'] as const
export type Way = (typeof ways)[number]
export const wayTitles: Record<Way, Both> = {
  code: { zh: '扫码', en: 'Code' },
  printed: { zh: '印刷码', en: 'Printed code' },
  place: { zh: '定位', en: 'Place' },
  leader: { zh: '代签', en: 'By the leader' },
  stay: { zh: '连班', en: 'Stayed on' },
  corrected: { zh: '补签', en: 'Entered later' },
}

/** The six digits under the turning code, or what stands in its picture (or in the printed one). */
export const codePattern = /^(?:[0-9]{6}|[A-Za-z0-9_-]{16})$/
/**
 * What shows that somebody stands at the post: its code, or the phone's own comparison of places. Only yes or no and
 * how sure the phone is (fine ≤ 30 m, fair ≤ 100 m) are sent; where the phone is never leaves it.
 */
export const proof = z.discriminatedUnion('way', [
  z.strictObject({ way: z.literal('code'), code: z.string().regex(codePattern) }),
  z.strictObject({
    way: z.literal('place'),
    near: z.boolean(),
    accuracy: z.enum(['fine', 'fair', 'coarse']),
  }),
])
export type Proof = z.output<typeof proof>

/** A band of one duty day at one post. */
export const seatFields = { postId: id(), day: day(), patternId: id(), band: bandKey() }

export const absenceKinds = ['noShow', 'unavailable'] as const
export type AbsenceKind = (typeof absenceKinds)[number]
export const absenceTitles: Record<AbsenceKind, Both> = {
  noShow: { zh: '缺勤', en: 'Did not come' },
  unavailable: { zh: '不可用', en: 'Unavailable' },
}

/**
 * How it stands with a band of an officer. `due`: not begun; `missing`: begun, and nobody has come; `open`: over, and
 * not signed out.
 */
export const seatStates = [
  'missing',
  'absent',
  'unavailable',
  'replaced',
  'open',
  'present',
  'left',
  'due',
] as const
export type SeatState = (typeof seatStates)[number]
export const seatStateTitles: Record<SeatState, Both> = {
  missing: { zh: '未签到', en: 'Not come' },
  absent: { zh: '缺勤', en: 'Absent' },
  unavailable: { zh: '不可用', en: 'Unavailable' },
  replaced: { zh: '已顶班', en: 'Replaced' },
  open: { zh: '未签退', en: 'Not signed out' },
  present: { zh: '在岗', en: 'Present' },
  left: { zh: '已签退', en: 'Signed out' },
  due: { zh: '未到时间', en: 'Due' },
}
/** What the list can be narrowed to besides a state. */
export const seatMarks = ['late', 'early', 'overlap', 'standIn'] as const
export const seatMarkTitles: Record<(typeof seatMarks)[number], Both> = {
  late: { zh: '迟到', en: 'Late' },
  early: { zh: '早退', en: 'Left early' },
  overlap: { zh: '两处在岗', en: 'At two posts' },
  standIn: { zh: '顶班', en: 'Stand-in' },
}

const presenceView = z.strictObject({
  presenceId: z.string(),
  cameAt: instant(),
  lateMinutes: count(),
  way: z.enum(ways),
  accuracy: z.string().nullable(),
  recordedAt: instant(),
  leftAt: instant().nullable(),
  leftWay: z.enum(ways).nullable(),
  earlyMinutes: count(),
})

export const seatView = z.strictObject({
  /** Stands for the row: officer, day, post, pattern and band. */
  key: z.string(),
  operationId: z.string(),
  officerId: z.string(),
  officerName: z.string(),
  badge: z.string(),
  kind: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  postId: z.string(),
  postCode: z.string(),
  postName: z.string(),
  day: z.string(),
  patternId: z.string(),
  band: z.string(),
  bandZh: z.string(),
  bandEn: z.string(),
  begins: instant(),
  ends: instant(),
  assignmentId: z.string().nullable(),
  standInId: z.string().nullable(),
  /** Whose place he takes. */
  replacesName: z.string().nullable(),
  /** Who takes his. */
  replacedByName: z.string().nullable(),
  absenceId: z.string().nullable(),
  state: z.enum(seatStates),
  /** His presence at another post overlaps this one. */
  overlaps: z.boolean(),
  presence: presenceView.nullable(),
})
export type SeatView = z.output<typeof seatView>
