// What was sampled: each site of a round brings the list of its tubes when it closes. One site seals them on its phones.
import { recordTubes, sealTube } from '../../src/modules/screening/contracts.ts'
import type { StatedFact } from '../scenario.ts'
import type { Course } from './course.ts'
import { type RoundPlan, rounds, sampledPersons } from './ground.ts'
import type { Happening } from './play-attendance.ts'

const tubeSize = 10
const lanes = 2
/** Two sessions of four hours, with the noon between them. */
const session = 240
const noon = 120
/** A list is brought half an hour after the site has closed, on the same duty day. */
const broughtMinute = 2 * session + noon + 30

interface PlannedTube {
  code: string
  lane: number
  people: number
  sealedAt: string
}

/** Everybody of a site's day in tubes of ten, the last one with who is left, sealed evenly over both sessions. */
function tubesOf(it: Course, round: RoundPlan, site: number, people: number): PlannedTube[] {
  const many = Math.ceil(people / tubeSize)
  const at = it.minutesOf(round.day)
  return Array.from({ length: many }, (_, n) => {
    const minute = Math.floor((n * 2 * session) / many)
    return {
      code: `CX${String(round.n).padStart(2, '0')}${String(site).padStart(4, '0')}${String(n + 1).padStart(4, '0')}`,
      lane: (n % lanes) + 1,
      people: Math.min(tubeSize, people - n * tubeSize),
      sealedAt: at(minute < session ? minute : minute + noon),
    }
  })
}

/** Sampling of all rounds, as it comes to the command post. */
export function sampling(it: Course): Happening[] {
  const plans = rounds()
  const visits = plans.reduce((sum, round) => sum + round.sites.length, 0)
  // Shared out so that the sum is what was published, to the last person.
  const before = (visit: number) => Math.floor((visit * sampledPersons) / visits)
  let visit = 0
  return plans.flatMap((round, at) => {
    const own = round.sites.map((key, n) => {
      const people = before(visit + 1) - before(visit)
      visit += 1
      // Worked out when the round is played: all rounds at once are a hundred thousand tubes.
      return { key, tubes: () => tubesOf(it, round, n + 1, people) }
    })
    return [
      {
        at: it.at(round.day, broughtMinute),
        order: 4,
        play: () => {
          // On the first day one site tries the phones; all others write on paper.
          const onPhones = at === 0 ? 1 : 0
          return it.stage.state([
            ...own.slice(0, onPhones).flatMap(site => sealed(it, round, site)),
            ...own.slice(onPhones).map(site => brought(it, round, site)),
          ])
        },
      },
    ]
  })
}

interface SiteDay {
  key: string
  tubes(): readonly PlannedTube[]
}

/** One list of a site, brought when it has closed. */
function brought(it: Course, { n, day }: RoundPlan, { key, tubes }: SiteDay): StatedFact {
  const list = tubes().map(one => ({ ...one, size: tubeSize }))
  return {
    contract: recordTubes,
    input: { postId: it.postId(key), roundId: it.stage.id(`round ${n}`), tubes: list },
    label: `tubes ${n} ${key}`,
    at: it.at(day, broughtMinute),
  }
}

function sealed(it: Course, { n }: RoundPlan, { key, tubes }: SiteDay): StatedFact[] {
  const site = { postId: it.postId(key), roundId: it.stage.id(`round ${n}`), boxes: [], retestId: null }
  return tubes().map(({ sealedAt, ...tube }) => ({
    contract: sealTube,
    input: { ...site, ...tube, size: tubeSize, short: tube.people < tubeSize },
    label: `tube ${tube.code}`,
    at: sealedAt,
  }))
}
