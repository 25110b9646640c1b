// The operation as it was ordered: books first, then the roster of all days, then the zones' stages as days pass.
import type { Stage } from '../scenario.ts'
import { officers } from './bureau.ts'
import { Course } from './course.ts'
import { days, posts, sites, zones } from './ground.ts'
import { drawGround, setNeeds } from './play-ground.ts'
import { setLeaders } from './play-leaders.ts'
import { bringPeople, openAccounts, openBooks } from './play-people.ts'
import { postTeams } from './play-teams.ts'
import { passDays, publishRoster } from './play-roster.ts'

export async function play(stage: Stage) {
  const it = new Course(stage)
  stage.setClock(it.at(-1, 2 * 60))
  await openBooks(it)
  const people = await bringPeople(it)
  await drawGround(it)
  await setNeeds(it)
  await setLeaders(it)
  await publishRoster(it)
  await postTeams(it)
  await passDays(it)
  return { accounts: await openAccounts(it, people), holds: holds() }
}

function holds() {
  const { length: zoneMany } = zones()
  const { length: postMany } = posts()
  const { length: siteMany } = sites()
  const { length: peopleMany } = officers()
  return {
    zh: `${peopleMany} 人、${zoneMany} 个区域、${postMany} 个点位、${siteMany} 个采样点、${days} 天勤务表`,
    en: `${peopleMany} people, ${zoneMany} zones, ${postMany} posts, ${siteMany} sampling sites, rosters for ${days} days`,
  }
}
