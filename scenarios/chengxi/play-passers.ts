// Who came to the checkpoints and gates: cars and people by the hour, a few with a fever, a few turned back.
import { noteEncounter } from '../../src/modules/encounters/contracts.ts'
import type { StatedFact } from '../scenario.ts'
import type { Course } from './course.ts'
import { days, type PostPlan, posts } from './ground.ts'
import type { Happening } from './play-attendance.ts'

/** Of an hour at each kind of post, by day and by night. */
const perHour: Partial<Record<PostPlan['kind'], readonly [number, number]>> = {
  checkpoint: [18, 4],
  zoneGate: [3, 0],
  buildingGate: [6, 1],
}
/** The phones of a watch have all sent by then. */
const watchHours = 6
const dayHours = 14
const hourMinutes = 60

/** Even but not regular, the same every time: which one of `of` the nth is. */
const turn = (n: number, of: number) => (Math.imul(n + 1, 0x9e3779b1) >>> 0) % of

/** One that came to a post, the nth of all. */
function passing(postId: string, kind: PostPlan['kind'], n: number) {
  const isVehicle = kind === 'checkpoint' && turn(n, 5) > 0
  const common = {
    ...{ postId, passer: isVehicle ? 'vehicle' : 'person', people: isVehicle ? 1 + turn(n, 4) : 1 },
    ...{ codeShown: 'green', disinfected: isVehicle, rulesVersion: 0, passToken: null, boxes: [] },
    direction:
      kind === 'checkpoint' ? (['in', 'out', 'through'] as const)[turn(n, 3)] : turn(n, 2) ? 'in' : 'out',
  }
  const calm = { temperature: 360 + turn(n, 12), verdict: 'pass', reason: null }
  if (turn(n, 900) === 0) return { ...common, temperature: 378, verdict: 'refer', reason: 'fever' }
  if (turn(n, 70) === 0) return { ...common, ...calm, verdict: 'turnBack', reason: 'noPermit' }
  if (turn(n, 120) === 0) return { ...common, ...calm, codeShown: 'none', reason: 'livelihood' }
  return { ...common, ...calm }
}

/** All watches of all days, each told when it is over. */
export function passers(it: Course): Happening[] {
  const found: Happening[] = []
  for (let day = 0; day < days; day += 1) {
    for (let from = 0; from < 24; from += watchHours) {
      found.push({
        at: it.at(day, (from + watchHours) * hourMinutes),
        order: 5,
        play: () => it.stage.state(ofWatch(it, day, from)),
      })
    }
  }
  return found
}

function ofWatch(it: Course, day: number, from: number): StatedFact[] {
  const facts: StatedFact[] = []
  const minuteOf = it.minutesOf(day)
  for (const [at, { key, kind, opens, closes }] of posts().entries()) {
    const rates = perHour[kind]
    if (!rates || day < opens || day > closes) continue
    for (let hour = from; hour < from + watchHours; hour += 1) {
      const many = rates[hour < dayHours ? 0 : 1]
      for (let n = 0; n < many; n += 1) {
        const nth = ((at * days + day) * 24 + hour) * 32 + n
        facts.push({
          contract: noteEncounter,
          input: passing(it.postId(key), kind, nth),
          label: `passer ${key} ${day} ${hour} ${n}`,
          at: minuteOf(hour * hourMinutes + Math.floor((n * hourMinutes) / many)),
        })
      }
    }
  }
  return facts
}
