// Teams of the operation: 13 commando teams, 5 temporary branches, 2 pioneer posts, one volunteer team, and the two
// closed loops.
import type { OfficerPlan } from './bureau.ts'
import { commandoOne, hotelPeople } from './closed-loop.ts'
import { days, hold } from './ground.ts'

export interface TeamPlan {
  name: string
  kind: 'commando' | 'branch' | 'pioneerPost' | 'volunteer' | 'closedLoop'
  /** Badge numbers; the first leads. */
  members: string[]
  from: number
  until: number
}

const numerals = '一 二 三 四 五 六 七 八 九 十 十一 十二 十三'.split(' ')
const commandoName = (n: number) => `党员突击队第${numerals[n]}队`

export function teams(everybody: readonly OfficerPlan[]): TeamPlan[] {
  const police = everybody.filter(officer => officer.kind === 'police').map(officer => officer.badge)
  const auxiliaries = everybody.filter(officer => officer.kind === 'auxiliary').map(officer => officer.badge)
  const take = (from: readonly string[], start: number, many: number) => from.slice(start, start + many)
  const plans: TeamPlan[] = []
  const first = commandoOne(everybody).map(officer => officer.badge)
  plans.push({ name: commandoName(0), kind: 'commando', members: first, from: hold.from, until: hold.until })
  for (let n = 1; n < numerals.length; n += 1) {
    plans.push({
      name: commandoName(n),
      kind: 'commando',
      members: [...take(police, 20 + n * 6, 6), ...take(auxiliaries, n * 8, 8)],
      from: 0,
      until: days - 1,
    })
  }
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
  return [...plans, ...loops(everybody)]
}

/**
 * Formed on the first day, though the commando team marches on the third: the roster is solved in one piece, and it
 * knows as members those who are in the loop when its span begins.
 */
function loops(everybody: readonly OfficerPlan[]): TeamPlan[] {
  const badges = (people: readonly OfficerPlan[]) => people.map(officer => officer.badge)
  return [
    {
      name: `${commandoName(0)}闭环执勤组`,
      kind: 'closedLoop',
      members: badges(commandoOne(everybody)),
      from: 0,
      until: hold.until,
    },
    {
      name: '隔离酒店闭环队',
      kind: 'closedLoop',
      members: badges(hotelPeople(everybody)),
      from: 0,
      until: days - 1,
    },
  ]
}
