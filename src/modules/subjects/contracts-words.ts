import type { Both } from '../../kernel/contract.ts'
import type { ValueKind } from './contracts-marks.ts'

export const subjectKinds = ['person', 'vehicle'] as const
export type SubjectKind = (typeof subjectKinds)[number]
export const subjectKindWords: Readonly<Record<SubjectKind, Both>> = {
  person: { zh: '人员', en: 'Person' },
  vehicle: { zh: '车辆', en: 'Vehicle' },
}

export const valueKindWords: Readonly<Record<ValueKind, Both>> = {
  healthCode: { zh: '健康码', en: 'Health code' },
  plate: { zh: '车牌', en: 'Plate' },
  permit: { zh: '通行证', en: 'Permit' },
  name: { zh: '姓名', en: 'Name' },
  idNumber: { zh: '身份证号', en: 'ID number' },
  phone: { zh: '手机号', en: 'Phone number' },
}

/** Two that came in one fact: a driver and a vehicle, or one whose weaker mark is another's already. */
export const linkKinds = ['together', 'sharedMark'] as const
export type LinkKind = (typeof linkKinds)[number]
export const linkKindWords: Readonly<Record<LinkKind, Both>> = {
  together: { zh: '同行', en: 'Came together' },
  sharedMark: { zh: '信息相同，待核', en: 'Share a mark; look into it' },
}
