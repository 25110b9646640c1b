// Who leads on each day of the operation: the deputies of the bureau by turns, half of them as leaders of the bureau and
// half as leaders of the command post. They do not stand in the roster, so that nobody is two things on one day.
import { setLeads } from '../../src/modules/roster/contracts.ts'
import { isAbsent, officers } from './bureau.ts'
import type { Course } from './course.ts'
import { days } from './ground.ts'

/** Badges by office, in the order of their turns. */
export function turnsOfLeaders(): { bureau: string[]; commandPost: string[] } {
  const may = officers().filter(
    (one, n) => one.unit === '局领导' && one.skills.includes('leader') && !isAbsent(one, n),
  )
  // The head of the bureau commands the whole operation and is not in the turns.
  const badges = may.slice(1).map(one => one.badge)
  return {
    bureau: badges.filter((_badge, n) => n % 2 === 0),
    commandPost: badges.filter((_badge, n) => n % 2 === 1),
  }
}

export async function setLeaders(it: Course): Promise<void> {
  const { stage } = it
  stage.say({ zh: '排定带班领导', en: 'setting who leads' })
  const turns = turnsOfLeaders()
  const places = Array.from({ length: days }, (_, n) =>
    (['bureau', 'commandPost'] as const).map(office => ({
      ...{ day: it.day(n), office },
      officerId: it.officerId(turns[office][n % turns[office].length] ?? ''),
    })),
  ).flat()
  await stage.run(setLeads, { operationId: it.operationId, places }, 'setLeads')
}
