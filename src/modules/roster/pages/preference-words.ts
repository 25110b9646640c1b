import type { Words } from '../../../ui/i18n.ts'

export const preferenceWords = {
  title: { zh: '排班侧重', en: 'What it leans to' },
  item: { zh: '侧重', en: 'Leans to' },
  preset: { zh: '常用侧重', en: 'Usual choices' },
  own: { zh: '自定', en: 'Own' },
  coverFirst: {
    zh: '到岗始终优先：怎么选都不会多出空缺，也不违反休息等规则。',
    en: 'Cover always comes first: no choice opens a place or breaks a rule.',
  },
  evenHint: {
    zh: '夜班、周末、着防护服和工时轮流分担',
    en: 'Nights, weekends, suits and hours go round',
  },
  steadyHint: { zh: '已发布的班次少动，人员守原岗', en: 'Published duties stay, officers keep their post' },
  nearHint: { zh: '优先在本单位的点位上岗', en: 'Officers stand at posts of their own unit' },
  keep: { zh: '以后的草稿和推演也按此侧重', en: 'Drafts and what-ifs to come lean the same way' },
  standing: { zh: '按本专项勤务的设定（{what}）', en: 'As set for the operation ({what})' },
  compared: { zh: '{side}的侧重：{what}', en: '{side} leans to: {what}' },
} satisfies Words
