// Teams of the operation: 13 commando teams, 5 temporary branches, 2 pioneer posts, one volunteer team.
import type { OfficerPlan } from './bureau.ts'
import { days } from './ground.ts'

export interface TeamPlan {
  name: string
  kind: 'commando' | 'branch' | 'pioneerPost' | 'volunteer'
  /** Badge numbers; the first leads. */
  members: string[]
  from: number
  until: number
}

const numerals = '一 二 三 四 五 六 七 八 九 十 十一 十二 十三'.split(' ')

export function teams(everybody: readonly OfficerPlan[]): TeamPlan[] {
  const police = everybody.filter(officer => officer.kind === 'police').map(officer => officer.badge)
  const auxiliaries = everybody.filter(officer => officer.kind === 'auxiliary').map(officer => officer.badge)
  const take = (from: readonly string[], start: number, many: number) => from.slice(start, start + many)
  const plans: TeamPlan[] = []
  numerals.forEach((numeral, n) => {
    plans.push({
      name: `党员突击队第${numeral}队`,
      kind: 'commando',
      members: [...take(police, 20 + n * 6, 6), ...take(auxiliaries, n * 8, 8)],
      from: n === 0 ? 2 : 0,
      // The first team held two zones for sixteen days.
      until: n === 0 ? 17 : days - 1,
    })
  })
  for (let n = 0; n < 5; n += 1) {
    plans.push({
      name: `第${numerals[n]}临时党支部`,
      kind: 'branch',
      members: take(police, 30 + n * 12, 12),
      from: 0,
      until: days - 1,
    })
  }
  for (let n = 0; n < 2; n += 1) {
    plans.push({
      name: `党员先锋岗${numerals[n]}`,
      kind: 'pioneerPost',
      members: take(police, 120 + n * 4, 4),
      from: 0,
      until: days - 1,
    })
  }
  plans.push({
    name: '志愿服务队',
    kind: 'volunteer',
    members: take(auxiliaries, 200, 30),
    from: 0,
    until: days - 1,
  })
  return plans
}
