// Suppositions and answers as sentences.
import type { Lang, Translate } from '../../../ui/index.ts'
import { formatDay } from '../../../ui/index.ts'
import type { SupposableRule, Supposition, WhatIfResult } from '../contracts.ts'
import { skillNames } from './skill-marks.ts'
import type { answerWords, whatIfWords } from './what-if-words.ts'
import type { rosterWords } from './words.ts'

export type SayWords = Translate<typeof whatIfWords>

export const ruleUnit = (rule: SupposableRule): 'hour' | 'daysUnit' | 'nightsUnit' => {
  if (rule === 'maxNightsInRow') return 'nightsUnit'
  return rule.includes('Minutes') ? 'hour' : 'daysUnit'
}
/** Rules in minutes are shown in hours. */
export const shownValue = (rule: SupposableRule, value: number): number =>
  ruleUnit(rule) === 'hour' ? Math.round(value / 6) / 10 : value

const amounts = { hour: 'hourAmount', daysUnit: 'daysAmount', nightsUnit: 'nightsAmount' } as const
/** A rule's value with its unit; minutes come as hours. */
export const amountText = (rule: SupposableRule, value: number, t: SayWords): string =>
  t(amounts[ruleUnit(rule)], { n: shownValue(rule, value) })

export function daysText(one: { fromDay: string; untilDay: string }, lang: Lang): string {
  const day = (at: string) => formatDay(at, { lang, weekday: false })
  return one.fromDay === one.untilDay ? day(one.fromDay) : `${day(one.fromDay)}—${day(one.untilDay)}`
}

export interface Saying {
  t: SayWords
  words: Translate<typeof rosterWords>
  lang: Lang
  names: Readonly<Record<string, string>>
}

export function suppositionText(one: Supposition, { t, words, lang, names }: Saying): string {
  const name = (id: string) => names[id] ?? t('gone')
  if (one.kind === 'rest') {
    return t('sayRest', { rule: t(one.rule), amount: amountText(one.rule, one.value, t) })
  }
  const days = daysText(one, lang)
  if (one.kind === 'zones') return t('sayZones', { n: one.count, name: name(one.likeZoneId), days })
  if (one.kind === 'closed') return t('sayClosed', { name: name(one.postId), days })
  if (one.kind === 'rounds') {
    const weekdays = [...one.weekdays]
      .sort()
      .map(day => t(`weekday${day}` as 'weekday1'))
      .join(t('comma'))
    return t('sayRounds', { weekdays, n: one.sites, name: name(one.likePostId), days })
  }
  const unit = one.unitId === null ? t('whoAny') : name(one.unitId)
  const skill = one.skill === null ? null : (skillNames(words, [one.skill])[0] ?? one.skill)
  const who = skill === null ? unit : t('whoSkill', { who: unit, skill })
  return t('sayAbsent', { who, n: one.people, days })
}

const daysNamed = 3

/** One or two plain sentences: enough and how many to spare, or how many more and on which days. */
export function answerText(
  result: Pick<WhatIfResult, 'open' | 'more' | 'spare' | 'days'>,
  t: Translate<typeof answerWords>,
  lang: Lang,
  comma: string,
): string[] {
  const day = (at: string) => formatDay(at, { lang, weekday: false })
  if (result.open === 0) return [enoughText(result.spare, t, lang)]
  const short = result.days.filter(one => one.open > 0)
  const worst = [...short].sort((a, b) => b.more - a.more).slice(0, daysNamed)
  const first = worst
    .sort((a, b) => (a.day < b.day ? -1 : 1))
    .map(one => t('dayPeople', { day: day(one.day), n: one.more }))
    .join(comma)
  const days = short.length > worst.length ? t('andMore', { days: first, n: short.length }) : first
  const { open, more } = result
  if (!more) return [t('openOnly', { days, open })]
  const said = [t('needed', { n: more.people, days, open })]
  said.push(
    more.left > 0 ? t('stillOpen', { n: more.people, left: more.left }) : t('tried', { n: more.people }),
  )
  return said
}

export function enoughText(
  spare: WhatIfResult['spare'],
  t: Translate<typeof answerWords>,
  lang: Lang,
): string {
  if (!spare) return ''
  const day = formatDay(spare.day, { lang, weekday: false })
  return t(spare.people === 0 ? 'justEnough' : 'enough', { n: spare.people, day })
}

/** The verdict of a saved one, in a line. */
export function verdictText(
  row: Pick<WhatIfResult, 'open' | 'more' | 'spare'>,
  t: Translate<typeof answerWords>,
  lang: Lang,
): string {
  if (row.open === 0) return enoughText(row.spare, t, lang)
  if (!row.more) return t('openShort', { open: row.open })
  return t('neededShort', { n: row.more.people, open: row.open })
}
