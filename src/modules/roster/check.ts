// Judging a plan: what of it can still become true, which rules it breaks, what it leaves open.
import {
  type Breach,
  type OpenDemand,
  openDemand,
  type Roster,
  RULES,
  validate,
} from '../../cores/roster/index.ts'
import { addDays } from '../../kernel/time.ts'
import { rosterProblems } from './contracts.ts'
import { publishedDays } from './inputs.ts'
import { type PlanCells, sameDuty } from './matrix.ts'
import { type BuiltProblem, hasBegun, toRoster } from './problem.ts'

export interface Effective {
  roster: Roster
  /** Duties of the plan that had begun before it was made, and so cannot be. */
  late: number
}

/** The roster as it would be: the plan where nothing has begun, the published roster elsewhere. */
export function effective(built: BuiltProblem, cells: PlanCells): Effective {
  const { inputs } = built
  let late = 0
  const roster = toRoster(built, officerId => {
    const publishedOn = publishedDays(inputs, officerId)
    const row = cells.rowsByOfficer().get(officerId)
    return day => {
      const published = publishedOn(day)
      if (day >= inputs.days) return published
      const meant = row?.[day] ?? null
      if (meant === published || !hasBegun(built, day, published, meant)) return meant
      if (meant && !sameDuty(meant, published)) late += 1
      return published
    }
  })
  return { roster: { days: built.horizon, cells: roster }, late }
}

/** Breaches that somebody could still avoid. */
export function breachesOf(built: BuiltProblem, roster: Roster): Breach[] {
  return validate(built.problem, roster).breaches.filter(breach => !breach.fixed)
}

export function openOf(built: BuiltProblem, roster: Roster): OpenDemand[] {
  return openDemand(built.problem, roster)
}

/** People missing: heads short, and where the heads are there, the largest lack of a skill. */
export function openSeats(open: readonly OpenDemand[]): number {
  const heads = new Map<string, number>()
  const skills = new Map<string, number>()
  for (const { post, band, day, skill, missing } of open) {
    const key = `${post} ${band} ${day}`
    const into = skill === null ? heads : skills
    into.set(key, Math.max(missing, into.get(key) ?? 0))
  }
  let sum = 0
  for (const key of new Set([...heads.keys(), ...skills.keys()])) {
    sum += Math.max(heads.get(key) ?? 0, skills.get(key) ?? 0)
  }
  return sum
}

/** Officer's days that would differ from the published roster; 0 where nothing is published yet. */
export function changedCells(built: BuiltProblem, roster: Roster): number {
  const before = built.problem.previous?.cells
  if (!before) return 0
  let changed = 0
  for (let at = 0; at < before.length; at += 1) if (before[at] !== roster.cells[at]) changed += 1
  return changed
}

export interface BreachWords {
  rule: string
  zh: string
  en: string
  officerId: string
  name: string
  day: string
  detail: string
}

const rules = new Map(RULES.map(rule => [rule.id as string, rule]))
const hours = (minutes: number) => String(Math.round(minutes / 6) / 10)

export function inWords(built: BuiltProblem, breach: Breach): BreachWords {
  const { inputs } = built
  const rule = rules.get(breach.rule)
  const detail = detailWords(breach)
  return {
    rule: breach.rule,
    zh: detail.zh || (rule?.zh ?? breach.rule),
    en: detail.en || (rule?.en ?? breach.rule),
    officerId: breach.officerId,
    name: inputs.officers[breach.officer]?.name ?? '',
    day: addDays(inputs.fromDay, breach.day),
    detail: breach.detail,
  }
}

export const skillWords: Record<string, { zh: string; en: string }> = {
  leader: { zh: '带班', en: 'leader' },
  ppe: { zh: '防护', en: 'PPE' },
  driver: { zh: '驾驶', en: 'driver' },
  medical: { zh: '医疗', en: 'medical' },
  woman: { zh: '女警', en: 'woman officer' },
  closedLoop: { zh: '闭环队', en: 'closed-loop team' },
}

function detailWords({ rule, detail }: Breach): { zh: string; en: string } {
  const [a = '', sign, b = ''] = detail.split(' ')
  const over = sign === '>'
  if (rule === 'RST2' && over) {
    const [is, most] = [hours(Number(a)), hours(Number(b))]
    return { zh: `单次勤务 ${is} 小时,上限 ${most} 小时`, en: `a duty of ${is} h; ${most} h at most` }
  }
  if (rule === 'RST3') {
    const short = hours(Number(a))
    return { zh: `两次勤务之间休息不足,差 ${short} 小时`, en: `rest is ${short} h short` }
  }
  if (rule === 'RST4') {
    const skill = skillWords[detail] ?? { zh: detail, en: detail }
    return { zh: `无${skill.zh}资质`, en: `lacks the skill: ${skill.en}` }
  }
  if (rule === 'RST5') return { zh: '该时段不可用', en: 'is unavailable then' }
  if (rule === 'RST7' && over) {
    const most = hours(Number(b))
    return {
      zh: `周期内工时 ${hours(Number(a))} 小时,上限 ${most} 小时`,
      en: `${hours(Number(a))} h in the span; ${most} h at most`,
    }
  }
  if (rule === 'RST8' && over) {
    const most = hours(Number(b))
    return {
      zh: `七日内工时 ${hours(Number(a))} 小时,上限 ${most} 小时`,
      en: `${hours(Number(a))} h in seven days; ${most} h at most`,
    }
  }
  if (rule === 'RST9')
    return { zh: `连续 ${a} 个夜班,上限 ${b} 个`, en: `${a} nights in a row; ${b} at most` }
  if (rule === 'RST10') return { zh: `连续上勤 ${a} 天,上限 ${b} 天`, en: `${a} days in a row; ${b} at most` }
  if (rule === 'RST11')
    return { zh: `七日内只休 ${a} 天,至少 ${b} 天`, en: `${a} days off in seven; at least ${b}` }
  if (rule === 'RST12' && detail.startsWith('elsewhere')) {
    return { zh: '闭环期间不得上其他点位', en: 'is in a closed loop and may work nowhere else' }
  }
  if (rule === 'RST12' && detail.startsWith('rest'))
    return { zh: '闭环期满休整中', en: 'rests after a closed loop' }
  if (rule === 'RST13') return { zh: '该班次已锁定或已开始', en: 'the duty is locked or has begun' }
  return { zh: '', en: '' }
}

const namedMost = 8

/** The refusal that names every rule broken, the first of them in full. */
export function rulesBroken(built: BuiltProblem, breaches: readonly Breach[]) {
  const words = breaches.map(breach => inWords(built, breach))
  const seen = new Set<string>()
  const different = words.filter(one => {
    const key = `${one.rule} ${one.officerId} ${one.day}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  const shown = different.slice(0, namedMost)
  const rest = different.length - shown.length
  const names = [...new Set(words.map(one => one.rule))].join('、')
  return rosterProblems.rulesBroken({
    count: different.length,
    rules: names,
    rulesZh:
      shown.map(one => `${one.name} ${one.day.slice(5)} ${one.zh}(${one.rule})`).join(';') +
      (rest > 0 ? `;另有 ${rest} 条(${names})` : ''),
    rulesEn:
      shown.map(one => `${one.name} ${one.day.slice(5)} ${one.en} (${one.rule})`).join('; ') +
      (rest > 0 ? `; and ${rest} more (${names})` : ''),
  })
}
