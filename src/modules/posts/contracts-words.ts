// Words and shapes that the contracts of zones, posts and demand share. Browser-safe: zod and the kernel's contract.
import { z } from 'zod'
import { type Both, id, pageOf, staffName } from '../../kernel/contract.ts'

export const zoneKinds = ['sealed', 'control', 'precaution'] as const
export type ZoneKind = (typeof zoneKinds)[number]
export const zoneKindTitles: Record<ZoneKind | 'lifted', Both> = {
  sealed: { zh: '封控区', en: 'Sealed zone' },
  control: { zh: '管控区', en: 'Control zone' },
  precaution: { zh: '防范区', en: 'Precaution zone' },
  lifted: { zh: '已解除', en: 'Lifted' },
}

export const postKinds = [
  'checkpoint',
  'zoneGate',
  'samplingSite',
  'isolationHotel',
  'buildingGate',
  'patrolGrid',
  'commandPost',
  'reserve',
] as const
export type PostKind = (typeof postKinds)[number]
export const postKindTitles: Record<PostKind, Both> = {
  checkpoint: { zh: '卡口', en: 'Checkpoint' },
  zoneGate: { zh: '封控点', en: 'Zone gate' },
  samplingSite: { zh: '采样点', en: 'Sampling site' },
  isolationHotel: { zh: '隔离酒店', en: 'Isolation hotel' },
  buildingGate: { zh: '门岗', en: 'Building gate' },
  patrolGrid: { zh: '巡逻网格', en: 'Patrol grid' },
  commandPost: { zh: '指挥部', en: 'Command post' },
  reserve: { zh: '备勤', en: 'Reserve' },
}
/** The letters that a code made by the import begins with. */
export const postKindLetters: Record<PostKind, string> = {
  checkpoint: 'KK',
  zoneGate: 'FK',
  samplingSite: 'CY',
  isolationHotel: 'GL',
  buildingGate: 'MG',
  patrolGrid: 'XL',
  commandPost: 'ZH',
  reserve: 'BQ',
}

export const postStates = ['planned', 'active', 'paused', 'closed'] as const
export type PostState = (typeof postStates)[number]
export const postStateTitles: Record<PostState, Both> = {
  planned: { zh: '筹备', en: 'Planned' },
  active: { zh: '启用', en: 'In use' },
  paused: { zh: '暂停', en: 'Paused' },
  closed: { zh: '撤除', en: 'Closed' },
}

export const patternKinds = ['4x6', '3x8', '2x12', 'day', 'standby24'] as const
export type PatternKind = (typeof patternKinds)[number]

/** What demand can ask for: the skills of people, by their keys there, and the sex of an officer. */
export const demandSkills = ['leader', 'ppe', 'driver', 'medical', 'woman'] as const
export type DemandSkill = (typeof demandSkills)[number]
export const demandSkillTitles: Record<DemandSkill, Both> = {
  leader: { zh: '带班', en: 'Leader' },
  ppe: { zh: '防护', en: 'PPE' },
  driver: { zh: '驾驶', en: 'Driver' },
  medical: { zh: '医疗', en: 'Medical' },
  woman: { zh: '女警', en: 'Woman officer' },
}
export const skill = z.enum(demandSkills)

export const partnerKinds = ['health', 'community', 'volunteer', 'enterprise'] as const
export const partnerKindTitles: Record<(typeof partnerKinds)[number], Both> = {
  health: { zh: '卫健', en: 'Health' },
  community: { zh: '社区', en: 'Community' },
  volunteer: { zh: '志愿者', en: 'Volunteers' },
  enterprise: { zh: '企业', en: 'Enterprise' },
}

/** A name that is seen: something other than spaces, and no control character, which no table can hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out
export const visible = /^(?=.*\S)[^\u0000-\u001f\u007f]+$/u

export const name = (max: number) => staffName(max).regex(visible)
/** Left out or blank, the handler answers with the problem that says what an order needs. */
export const orderNumber = () => staffName(60).default('')
export const approver = () => staffName(60).default('')

export type Position = [number, number]
/**
 * The outer ring of a zone as GeoJSON positions `[lng, lat]` in WGS-84; the first point may be repeated at the end.
 * Points, extent and crossings are judged by the handler, so that each fault has its own words.
 */
export const ring = () => z.array(z.array(z.number()).length(2)).max(5_000)

export const zoneKind = z.enum(zoneKinds)
export const zoneStageKind = z.enum([...zoneKinds, 'lifted'])
export const postKind = z.enum(postKinds)
export const postState = z.enum(postStates)
export const count = () => z.int().min(0)

export const named = () => z.strictObject({ id: id(), name: z.string() })
export { pageOf }

/** Where it is commanded from: they order zones, posts and how many people stand there. */
export const commanding = ['administrator', 'commander', 'dutyOfficer', 'system'] as const
