// The closed lists of an encounter, with what screens and sheets call them.
import type { Both } from '../../kernel/contract.ts'

type Words<K extends string> = Readonly<Record<K, Both>>

export const directions = ['in', 'out', 'through'] as const
export type Direction = (typeof directions)[number]
export const directionWords: Words<Direction> = {
  in: { zh: '入', en: 'In' },
  out: { zh: '出', en: 'Out' },
  through: { zh: '过境', en: 'Passing through' },
}

export const passerKinds = ['vehicle', 'person'] as const
export type PasserKind = (typeof passerKinds)[number]
export const passerKindWords: Words<PasserKind> = {
  vehicle: { zh: '车辆', en: 'Vehicle' },
  person: { zh: '人员', en: 'Person' },
}

/** As shown on the passer's own phone. It decides nothing by itself. */
export const codesShown = ['green', 'yellow', 'red', 'none', 'notAsked'] as const
export type CodeShown = (typeof codesShown)[number]
export const codeShownWords: Words<CodeShown> = {
  green: { zh: '绿码', en: 'Green' },
  yellow: { zh: '黄码', en: 'Yellow' },
  red: { zh: '红码', en: 'Red' },
  none: { zh: '无码', en: 'No code' },
  notAsked: { zh: '未查', en: 'Not asked' },
}

export const verdicts = ['pass', 'turnBack', 'refer', 'hold'] as const
export type EncounterVerdict = (typeof verdicts)[number]
export const verdictWords: Words<EncounterVerdict> = {
  pass: { zh: '放行', en: 'Pass' },
  turnBack: { zh: '劝返', en: 'Turn back' },
  refer: { zh: '移交', en: 'Refer' },
  hold: { zh: '留观', en: 'Hold' },
}

/** Why it was not simply let pass, or was in spite of something. A code's colour is not among them. */
export const verdictReasons = [
  'noPermit',
  'closedRoad',
  'fromControlledArea',
  'fever',
  'symptoms',
  'noRecentTest',
  'refusedCheck',
  'exempt',
  'livelihood',
  'medical',
  'other',
] as const
export type VerdictReason = (typeof verdictReasons)[number]
export const verdictReasonWords: Words<VerdictReason> = {
  noPermit: { zh: '无通行证明', en: 'No permit' },
  closedRoad: { zh: '道路管制', en: 'Road closed' },
  fromControlledArea: { zh: '来自管控区域', en: 'From a controlled area' },
  fever: { zh: '体温异常', en: 'Fever' },
  symptoms: { zh: '有症状', en: 'Symptoms' },
  noRecentTest: { zh: '无规定时限核酸', en: 'No recent test' },
  refusedCheck: { zh: '拒绝查验', en: 'Refused the check' },
  exempt: { zh: '免查对象', en: 'Exempt' },
  livelihood: { zh: '保供车辆', en: 'Essential supplies' },
  medical: { zh: '就医', en: 'Medical care' },
  other: { zh: '其他', en: 'Other' },
}

/** On what somebody may be asked to wait, and what became of them. */
export const holdingBases = [
  'fever',
  'symptoms',
  'fromControlledArea',
  'refusedCheck',
] as const satisfies readonly VerdictReason[]
export type HoldingBasis = (typeof holdingBases)[number]
export const holdingOutcomes = ['released', 'handedOver', 'left'] as const
export type HoldingOutcome = (typeof holdingOutcomes)[number]

export const emergencyKinds = ['labour', 'dialysis', 'injury', 'fire', 'police', 'other'] as const
export type EmergencyKind = (typeof emergencyKinds)[number]
export const emergencyKindWords: Words<EmergencyKind> = {
  labour: { zh: '急产', en: 'Labour' },
  dialysis: { zh: '透析', en: 'Dialysis' },
  injury: { zh: '急病、受伤', en: 'Illness or injury' },
  fire: { zh: '消防', en: 'Fire' },
  police: { zh: '警情', en: 'Police' },
  other: { zh: '其他急难', en: 'Other' },
}

/** First sign of a plate: provinces, the few special ones, and 示 of examples and drills. */
export const plateProvinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领学警港澳示'

/** What a box holds. */
export const boxKinds = ['healthCode', 'plate', 'permit', 'name', 'idNumber', 'phone'] as const
export type BoxKind = (typeof boxKinds)[number]
