// The lists that the people's contracts share, with their words in both languages. Browser-safe.
import { z } from 'zod'
import { type Both, day } from '../../kernel/contract.ts'

export const unitKinds = ['bureau', 'office', 'brigade', 'squad', 'station', 'detention', 'other'] as const
export const unitKindTitles: Record<(typeof unitKinds)[number], Both> = {
  bureau: { zh: '局领导', en: 'Bureau' },
  office: { zh: '机关', en: 'Office' },
  brigade: { zh: '大队', en: 'Brigade' },
  squad: { zh: '中队', en: 'Squad' },
  station: { zh: '派出所', en: 'Station' },
  detention: { zh: '监所', en: 'Detention' },
  other: { zh: '其他', en: 'Other' },
}
export const unitKind = z.enum(unitKinds)

export const officerKinds = ['police', 'auxiliary', 'civilian', 'attached'] as const
export type OfficerKind = (typeof officerKinds)[number]
export const officerKindTitles: Record<OfficerKind, Both> = {
  police: { zh: '民警', en: 'Police' },
  auxiliary: { zh: '辅警', en: 'Auxiliary' },
  civilian: { zh: '职工', en: 'Civilian' },
  attached: { zh: '支援', en: 'Attached' },
}
export const officerKind = z.enum(officerKinds)
/** On the books of this bureau; attached officers are counted apart. */
export const ownKinds: readonly OfficerKind[] = ['police', 'auxiliary', 'civilian']

/**
 * What a badge number looks like, per kind: the one place to change where a bureau numbers otherwise
 * (PAPERWORK §3.4). Attached officers keep the number of their home agency.
 */
export const badgePatterns: Record<OfficerKind, { pattern: RegExp; words: Both }> = {
  police: { pattern: /^\d{6}$/, words: { zh: '警号须为 6 位数字', en: 'A police number has 6 digits' } },
  auxiliary: {
    pattern: /^[A-Z]{1,3}\d{4,6}$/,
    words: {
      zh: '辅警编号须为 1–3 个大写字母加 4–6 位数字',
      en: 'An auxiliary number has 1–3 capital letters and 4–6 digits',
    },
  },
  civilian: {
    pattern: /^[A-Z]{0,3}\d{4,6}$/,
    words: {
      zh: '职工编号须为 4–6 位数字，前面可有 1–3 个大写字母',
      en: 'A civilian number has 4–6 digits, after up to 3 capital letters',
    },
  },
  attached: {
    pattern: /^[A-Z0-9-]{3,20}$/,
    words: {
      zh: '支援人员编号须为 3–20 位大写字母或数字',
      en: 'An attached officer’s number has 3–20 capital letters or digits',
    },
  },
}

export const sexes = ['male', 'female', 'unknown'] as const
export const sexTitles: Record<(typeof sexes)[number], Both> = {
  male: { zh: '男', en: 'Male' },
  female: { zh: '女', en: 'Female' },
  unknown: { zh: '未填', en: 'Not stated' },
}
export const sex = z.enum(sexes)

/** Skills that are granted; `woman` is never granted but follows from sex. */
export const skillKinds = ['leader', 'ppe', 'driver', 'medical'] as const
export type SkillKind = (typeof skillKinds)[number]
export const demandSkills = [...skillKinds, 'woman'] as const
export const skillTitles: Record<(typeof demandSkills)[number], Both> = {
  leader: { zh: '带班', en: 'Leader' },
  ppe: { zh: '防护', en: 'PPE' },
  driver: { zh: '驾驶', en: 'Driver' },
  medical: { zh: '医疗', en: 'Medical' },
  woman: { zh: '女警', en: 'Woman officer' },
}
export const skill = z.enum(skillKinds)

export const partnerKinds = ['health', 'community', 'volunteer', 'enterprise'] as const
export const partnerKindTitles: Record<(typeof partnerKinds)[number], Both> = {
  health: { zh: '卫健', en: 'Health' },
  community: { zh: '社区', en: 'Community' },
  volunteer: { zh: '志愿者', en: 'Volunteer' },
  enterprise: { zh: '企业', en: 'Enterprise' },
}
export const partnerKind = z.enum(partnerKinds)

export const teamKinds = ['commando', 'branch', 'pioneerPost', 'volunteer', 'closedLoop', 'task'] as const
export const teamKindTitles: Record<(typeof teamKinds)[number], Both> = {
  commando: { zh: '突击队', en: 'Commando team' },
  branch: { zh: '临时党支部', en: 'Temporary branch' },
  pioneerPost: { zh: '先锋岗', en: 'Pioneer post' },
  volunteer: { zh: '志愿队', en: 'Volunteer team' },
  closedLoop: { zh: '闭环队', en: 'Closed-loop team' },
  task: { zh: '专班', en: 'Task group' },
}
export const teamKind = z.enum(teamKinds)

export const availabilityStates = ['available', 'limited', 'unavailable'] as const
export const availabilityTitles: Record<(typeof availabilityStates)[number], Both> = {
  available: { zh: '可用', en: 'Available' },
  limited: { zh: '受限', en: 'Limited' },
  unavailable: { zh: '不可用', en: 'Unavailable' },
}

/** Columns that a spreadsheet of officers can be mapped to, in the order of the export. */
export const importFields = [
  'name',
  'badge',
  'kind',
  'sex',
  'unit',
  'title',
  'phone',
  'skills',
  'homeAgency',
  'beginsOn',
  'endsOn',
] as const
export type ImportField = (typeof importFields)[number]
export const importField = z.enum(importFields)
export const importFieldTitles: Record<ImportField, Both> = {
  name: { zh: '姓名', en: 'Name' },
  badge: { zh: '警号(或辅警编号)', en: 'Badge number' },
  kind: { zh: '人员类别', en: 'Kind' },
  sex: { zh: '性别', en: 'Sex' },
  unit: { zh: '所属单位', en: 'Unit' },
  title: { zh: '职务', en: 'Title' },
  phone: { zh: '联系电话', en: 'Phone' },
  skills: { zh: '资质', en: 'Skills' },
  homeAgency: { zh: '派出单位', en: 'Home agency' },
  beginsOn: { zh: '到岗日期', en: 'From' },
  endsOn: { zh: '离岗日期', en: 'Until' },
}

/** At most this many rows in one import command: 5,000 officers take about two seconds. */
export const importRowsMost = 5_000

export const name = (max: number) => z.string().min(1).max(max).regex(/\S/)
/** First and last day of something; both inclusive, null where open. */
export const openSpan = { beginsOn: day().nullable().default(null), endsOn: day().nullable().default(null) }
