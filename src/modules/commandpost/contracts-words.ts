// Words and shapes that the contracts of log, difficulties and directives share. Browser-safe.
import { z } from 'zod'
import { type ActorRole, type Both, everyone, id, staffName } from '../../kernel/contract.ts'

/** The command post itself: keeps the log, gives directives for the bureau. */
export const commandPost = ['commander', 'dutyOfficer', 'system'] as const
/** Keeps the log of the command post or of a unit. */
export const recorders = ['commander', 'dutyOfficer', 'unitLeader', 'system'] as const
/** Signs for a unit, and reports for it. */
export const unitVoices: readonly ActorRole[] = [
  'commander',
  'dutyOfficer',
  'unitLeader',
  'logistics',
  'inspector',
  'healthOfficer',
  'publicity',
]
export const readers = [...everyone, 'system'] as const
/** Works at a desk: lists and sheets. */
export const deskReaders: readonly ActorRole[] = [...everyone.filter(role => role !== 'officer'), 'system']

export const entryKinds = ['call', 'order', 'report', 'incident', 'visit', 'handOver', 'note'] as const
export const allEntryKinds = [...entryKinds, 'change', 'alert'] as const
export type EntryKind = (typeof allEntryKinds)[number]
export const entryKindTitles: Record<EntryKind, Both> = {
  call: { zh: '来电', en: 'Call' },
  order: { zh: '指令', en: 'Order' },
  report: { zh: '上报', en: 'Report' },
  incident: { zh: '事件', en: 'Incident' },
  visit: { zh: '巡查', en: 'Visit' },
  handOver: { zh: '交接', en: 'Hand-over' },
  note: { zh: '备注', en: 'Note' },
  change: { zh: '勤务变动', en: 'Change' },
  alert: { zh: '预警', en: 'Alert' },
}

export const difficultyKinds = ['people', 'supplies', 'equipment', 'living', 'order', 'other'] as const
export type DifficultyKind = (typeof difficultyKinds)[number]
export const difficultyKindTitles: Record<DifficultyKind, Both> = {
  people: { zh: '人手', en: 'People' },
  supplies: { zh: '物资', en: 'Supplies' },
  equipment: { zh: '装备', en: 'Equipment' },
  living: { zh: '生活', en: 'Living' },
  order: { zh: '秩序', en: 'Public order' },
  other: { zh: '其他', en: 'Other' },
}
export const urgencies = ['urgent', 'soon', 'ordinary'] as const
export type Urgency = (typeof urgencies)[number]
export const urgencyTitles: Record<Urgency, Both> = {
  urgent: { zh: '紧急', en: 'Urgent' },
  soon: { zh: '尽快', en: 'Soon' },
  ordinary: { zh: '一般', en: 'Ordinary' },
}
export const difficultyStates = ['raised', 'working', 'solved', 'closed', 'merged'] as const
export type DifficultyState = (typeof difficultyStates)[number]
export const difficultyStateTitles: Record<DifficultyState, Both> = {
  raised: { zh: '待答复', en: 'Unanswered' },
  working: { zh: '办理中', en: 'In hand' },
  solved: { zh: '待点位确认', en: 'For the post to confirm' },
  closed: { zh: '已销号', en: 'Closed' },
  merged: { zh: '已合并', en: 'Merged' },
}
export const owners = ['unit', 'dutyOfficer', 'dutyLeader'] as const
export type Owner = (typeof owners)[number]
export const ownerTitles: Record<Owner, Both> = {
  unit: { zh: '单位负责人', en: 'Unit leader' },
  dutyOfficer: { zh: '指挥中心值班员', en: 'Duty officer' },
  dutyLeader: { zh: '带班领导', en: 'Duty leader' },
}

export const sources = ['above', 'own'] as const
export type Source = (typeof sources)[number]
export const sourceTitles: Record<Source, Both> = {
  above: { zh: '上级', en: 'From above' },
  own: { zh: '本级', en: 'Our own' },
}
export const addresseeStates = ['sent', 'received', 'done', 'completed', 'returned', 'withdrawn'] as const
export type AddresseeState = (typeof addresseeStates)[number]
export const addresseeStateTitles: Record<AddresseeState, Both> = {
  sent: { zh: '待签收', en: 'Not acknowledged' },
  received: { zh: '办理中', en: 'In hand' },
  done: { zh: '待审核', en: 'For review' },
  completed: { zh: '已办结', en: 'Completed' },
  returned: { zh: '已退回', en: 'Returned' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
}
export const directiveStates = ['open', 'completed', 'withdrawn'] as const
export type DirectiveState = (typeof directiveStates)[number]

/** A name that is seen: something other than spaces, and no control character, which no table can hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out
const visible = /^(?=.*\S)[^\u0000-\u001f\u007f]+$/u
export const shortName = (max: number) => staffName(max).regex(visible)

export const enclosuresMost = 9
/** What the upload gave back, joined to a record: the name is the sender's own, and only ever shown. */
export const newEnclosure = z.strictObject({
  enclosureId: id(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  name: shortName(120),
})
export const newEnclosures = () => z.array(newEnclosure).max(enclosuresMost).default([])

export const enclosureRow = z.strictObject({
  enclosureId: z.string(),
  name: z.string(),
  contentType: z.string(),
  size: z.int(),
  /** Null: with the record itself. */
  step: z.int().nullable(),
  /** Why it was removed; null while it is there. */
  removedWhy: z.string().nullable(),
})

export const count = () => z.int().min(0)
/** Up to so many filters of one kind. */
export const some = <T extends z.ZodType>(one: T) => z.array(one).max(20)
