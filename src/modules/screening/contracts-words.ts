// The closed lists of sampling, what screens and sheets call them, and what a code of a tube looks like.
import { z } from 'zod'
import { type Both, type Role, sealedBox } from '../../kernel/contract.ts'

type Words<K extends string> = Readonly<Record<K, Both>>

export const tubeSizes = [1, 5, 10, 20] as const
export type TubeSize = (typeof tubeSizes)[number]

export const tubeResults = ['negative', 'positive', 'invalid'] as const
export type TubeResult = (typeof tubeResults)[number]
export const tubeResultTitles: Words<TubeResult> = {
  negative: { zh: '阴性', en: 'Negative' },
  positive: { zh: '阳性', en: 'Positive' },
  invalid: { zh: '无效', en: 'Invalid' },
}

export const tubeStates = ['waiting', 'overdue', ...tubeResults] as const
export type TubeState = (typeof tubeStates)[number]
export const tubeStateTitles: Words<TubeState> = {
  waiting: { zh: '待出结果', en: 'No result yet' },
  overdue: { zh: '超时未出', en: 'Result overdue' },
  ...tubeResultTitles,
}

export const retestOutcomes = ['negative', 'positive', 'notFound', 'handedOver'] as const
export type RetestOutcome = (typeof retestOutcomes)[number]
export const retestOutcomeTitles: Words<RetestOutcome> = {
  negative: { zh: '单采阴性', en: 'Alone: negative' },
  positive: { zh: '单采阳性', en: 'Alone: positive' },
  notFound: { zh: '未找到本人', en: 'Not found' },
  handedOver: { zh: '移交卫健', en: 'Handed to health' },
}

/** What keeps order at a site. */
export const kitItems = ['loudspeaker', 'cordon', 'oneMetre'] as const
export type KitItem = (typeof kitItems)[number]
export const kitTitles: Words<KitItem> = {
  loudspeaker: { zh: '喇叭', en: 'Loudspeaker' },
  cordon: { zh: '警戒带', en: 'Cordon' },
  oneMetre: { zh: '一米线', en: 'One-metre line' },
}

export const boxKinds = ['healthCode', 'name', 'idNumber', 'phone'] as const
export const box = sealedBox(boxKinds)

export const leading = ['administrator', 'commander', 'dutyOfficer', 'unitLeader', 'system'] as const
export const commanding = ['administrator', 'commander', 'dutyOfficer', 'system'] as const
/** Who takes results in: the laboratory's list comes to the command post or to the health officer. */
export const resultTakers = [...leading, 'healthOfficer'] as const satisfies readonly (Role | 'system')[]
export const deskReaders = [...resultTakers, 'inspector', 'viewer'] as const

/** A scanner may read anything; up to here it is taken whole, so that the answer can say what was wrong with it. */
export const scanMost = 4_096
const tubeCodePattern = /^[0-9A-Z][0-9A-Z-]{3,39}$/
/** Seventeen digits and a check sign, with a date inside: somebody's card was scanned, not a tube. */
const idNumberPattern = /^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{2}\d{3}[\dX]$/

export type CodeFault = 'empty' | 'tooLong' | 'strange' | 'person'
export const codeFaultTitles: Words<CodeFault> = {
  empty: { zh: '没有读到内容', en: 'nothing was read' },
  tooLong: { zh: '内容过长，采样管码不超过 40 位', en: 'it is too long; a tube has 40 signs at the most' },
  strange: {
    zh: '采样管码只有数字、字母和“-”，至少 4 位',
    en: 'a tube has digits, letters and “-”, four at least',
  },
  person: { zh: '这是身份证号，不是采样管', en: 'this is somebody’s ID number, not a tube' },
}

/** A code as it stands in the books (full width made narrow, letters large), or why it is none. Phone and server ask. */
export function readCode(scanned: string): { code: string } | { fault: CodeFault } {
  if (scanned.length > scanMost) return { fault: 'tooLong' }
  const code = scanned.normalize('NFKC').trim().toUpperCase()
  if (code === '') return { fault: 'empty' }
  if (code.length > 40) return { fault: 'tooLong' }
  if (!tubeCodePattern.test(code)) return { fault: 'strange' }
  return idNumberPattern.test(code) ? { fault: 'person' } : { code }
}
export const scannedCode = () => z.string().max(scanMost)
export const count = () => z.int().min(0)
