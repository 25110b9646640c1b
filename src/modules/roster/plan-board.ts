// The board of a draft, with what of it differs from the published roster, is locked or breaks a rule.
import type { Kysely } from 'kysely'
import type { Breach } from '../../cores/roster/index.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { QueryMeta } from '../../kernel/query.ts'
import { type BoardGroup, boardOf, type BoardView, surroundingTables } from './board.ts'
import { keeper } from './cache.ts'
import { breachesOf } from './check.ts'
import { publishedAt } from './inputs.ts'
import { type Judged, judged, keptPlan, planTables, stageWord } from './judged.ts'
import { type Duty, sameDuty } from './matrix.ts'
import type { StoredPlan } from './plans.ts'
import { fromRoster } from './problem.ts'
import type { RosterDb } from './published.ts'

export interface SeenPlan extends Judged {
  plan: StoredPlan
  breaches: Breach[]
  view: BoardView
}

function planGroups(plan: StoredPlan, { built, roster }: Judged, broken: ReadonlySet<string>): BoardGroup[] {
  const locked = new Set(plan.making.locks.map(([officerId, day]) => `${officerId} ${day}`))
  const compared = built.problem.previous !== undefined
  const groups = new Map<string, { group: BoardGroup; officers: string[]; flags: number[] }>()
  const { inputs } = built
  const add = (officerId: string, day: number, duty: Duty) => {
    const key = `${day} ${duty.postId} ${duty.patternId} ${duty.bands.join('+')}`
    let found = groups.get(key)
    if (!found) {
      const [officers, flags]: [string[], number[]] = [[], []]
      const { postId, patternId, bands } = duty
      found = { group: { postId, patternId, day, bands, officers, count: 0, flags }, officers, flags }
      groups.set(key, found)
    }
    const before = publishedAt(inputs, officerId, day)
    const changed = compared && !sameDuty(before, duty) ? 1 : 0
    const place = `${officerId} ${day}`
    found.officers.push(officerId)
    found.flags.push(changed | (locked.has(place) ? 2 : 0) | (broken.has(place) ? 4 : 0))
    found.group.count += 1
  }
  for (const { officerId, day, duty } of fromRoster(built, roster.cells).each()) add(officerId, day, duty)
  return [...groups.values()].map(one => one.group)
}

const seenKept = keeper(4)
const tables = [...new Set([...planTables, ...surroundingTables])]

/** The draft with its breaches and its board: after each edit a page asks for all of it at once. */
export async function seenPlan(db: RosterDb, meta: QueryMeta, planId: string): Promise<SeenPlan> {
  const { agency } = meta
  const { agencyId } = agency
  const any = db as unknown as Kysely<AnyTables>
  const plan = await keptPlan(db, agencyId, planId)
  const about = `${planId} ${await stageWord(db, agency, plan.fromDay, meta.now)}`
  return seenKept(any, { agencyId, about, tables }, async () => {
    const found = await judged(db, meta, planId)
    const { built, roster } = found
    const breaches = breachesOf(built, roster)
    const broken = new Set(breaches.map(one => `${one.officerId} ${one.day}`))
    const groups = planGroups(plan, found, broken)
    const view = await boardOf(any, { agency, ...plan }, groups, plan, built.inputs.basedOn)
    return { ...found, plan, breaches, view }
  })
}
