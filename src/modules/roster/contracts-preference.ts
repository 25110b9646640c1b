// What a roster leans to (侧重), in words: even shares, little change, nearness. Cover comes before all of them and is
// not for choice. Browser-safe.
import { z } from 'zod'
import { command, id, instant, query } from '../../kernel/contract.ts'
import { planners } from './contracts-shapes.ts'

/** From least to most. Only how they stand to each other tells: all three `strong` is all three `usual`. */
export const preferenceSteps = ['minor', 'usual', 'strong', 'strongest'] as const
export type PreferenceStep = (typeof preferenceSteps)[number]
export const preferenceStepTitles: Record<PreferenceStep, { zh: string; en: string }> = {
  minor: { zh: '次要', en: 'less' },
  usual: { zh: '一般', en: 'as usual' },
  strong: { zh: '看重', en: 'more' },
  strongest: { zh: '最看重', en: 'most' },
}

export const preferenceKeys = ['even', 'steady', 'near'] as const
export type PreferenceKey = (typeof preferenceKeys)[number]
export const preferenceTitles: Record<PreferenceKey, { zh: string; en: string }> = {
  even: { zh: '公平', en: 'Even shares' },
  steady: { zh: '稳定', en: 'Little change' },
  near: { zh: '本单位', en: 'Own unit' },
}

export const preference = z.strictObject({
  /** Nights, weekends, duties in suits and hours go round evenly. */
  even: z.enum(preferenceSteps),
  /** The published roster changes little, and officers stay with a post. */
  steady: z.enum(preferenceSteps),
  /** Officers stand at posts of their own unit, and near it. */
  near: z.enum(preferenceSteps),
})
export type Preference = z.output<typeof preference>

export const preferencePresets = ['balanced', 'steady', 'even', 'near'] as const
export type PreferencePreset = (typeof preferencePresets)[number]
export const presetTitles: Record<PreferencePreset, { zh: string; en: string }> = {
  balanced: { zh: '均衡', en: 'Balanced' },
  steady: { zh: '少变动', en: 'Steady' },
  even: { zh: '重公平', en: 'Even' },
  near: { zh: '近岗', en: 'Near' },
}
export const presets: Record<PreferencePreset, Preference> = {
  balanced: { even: 'usual', steady: 'usual', near: 'usual' },
  steady: { even: 'usual', steady: 'strongest', near: 'usual' },
  even: { even: 'strongest', steady: 'usual', near: 'minor' },
  near: { even: 'usual', steady: 'usual', near: 'strongest' },
}
export const balanced: Preference = presets.balanced

/** The preset that says the same, if there is one. */
export function presetOf(chosen: Preference): PreferencePreset | null {
  const same = (name: PreferencePreset) => preferenceKeys.every(key => presets[name][key] === chosen[key])
  return preferencePresets.find(same) ?? null
}

/** “重公平”, or where no preset says it “公平：看重 · 稳定：一般 · 本单位：次要”. */
export function preferenceText(chosen: Preference, lang: 'zh' | 'en'): string {
  const preset = presetOf(chosen)
  if (preset) return presetTitles[preset][lang]
  const colon = lang === 'zh' ? '：' : ': '
  return preferenceKeys
    .map(key => `${preferenceTitles[key][lang]}${colon}${preferenceStepTitles[chosen[key]][lang]}`)
    .join(' · ')
}

/** For the drafts and what-ifs to come; those that are there keep what they were made with. */
export const setPreference = command({
  name: 'roster.setPreference',
  title: { zh: '设定排班侧重', en: 'Set what rosters lean to' },
  roles: planners,
  input: z.strictObject({ operationId: id(), preference }),
})

export const preferenceInForce = query({
  name: 'roster.preference',
  title: { zh: '排班侧重', en: 'What rosters lean to' },
  roles: planners,
  input: z.strictObject({ operationId: id() }),
  output: z.strictObject({
    preference,
    /** Null where nobody has set it: balanced. */
    setAt: instant().nullable(),
  }),
})
