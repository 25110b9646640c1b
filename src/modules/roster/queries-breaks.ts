// Duties that break, with who could take them.
import type { OutputOf } from '../../kernel/contract.ts'
import { queriesOn, type QueryMeta } from '../../kernel/query.ts'
import { dutyDayOf } from '../../kernel/time.ts'
import { officerNames, unitNames } from '../people/index.ts'
import { breaksOf, takenTogether } from './breaks.ts'
import { keeper } from './cache.ts'
import { breaks, repairsMost } from './contracts.ts'
import { problemTables } from './inputs.ts'
import { stageWord } from './judged.ts'
import { openMoves, type Taker, takersOf } from './moves.ts'
import type { RosterDb } from './published.ts'
import { any, dutyViews, spanOf } from './swap-reads.ts'
import type { RosterTables } from './tables.ts'

const offeredMost = 5
/** The search may fall back on people whom the list does not offer. */
const searchedMost = 15

/** What breaks is looked through by every desk that has the page open, and changes with the books or the next band. */
const breaksKept = keeper(4)

type Row = OutputOf<typeof breaks>['rows'][number]

async function allBreaks(
  db: RosterDb,
  meta: QueryMeta,
  operationId: string,
): Promise<{ unitId: string; row: Row }[]> {
  const { agency, now } = meta
  const { agencyId } = agency
  const found = (await breaksOf(any(db), agency, operationId, now)).slice(0, repairsMost)
  if (found.length === 0) return []
  const days = found.map(one => one.duty.day)
  const duties = found.map(one => one.duty)
  const people = duties.map(one => one.officerId)
  const [book, units, names, views] = await Promise.all([
    openMoves(any(db), agency, spanOf(operationId, days), true),
    unitNames(any(db), agencyId),
    officerNames(any(db), agencyId, people),
    dutyViews(db, agencyId, duties),
  ])
  const unitName = (unitId: string) => units.get(unitId)?.shortName ?? ''
  const said = (one: Taker) => ({
    officerId: one.officerId,
    name: one.name,
    badge: one.badge,
    unitName: unitName(one.unitId),
    sameUnit: one.sameUnit,
    doubles: one.doubles,
    weekMinutes: one.weekMinutes,
  })
  const withTakers = duties.map(duty => {
    const { officerId, day, postId, patternId, bands } = duty
    const all = takersOf(book, { officerId, day, duty: { postId, patternId, bands } }, now)
    return { duty, takers: all.filter(one => one.barred === null).slice(0, searchedMost) }
  })
  const together = takenTogether(book, withTakers)
  return found.flatMap(({ duty, broken }, at) => {
    const [view, person, taker] = [views[at], names.get(duty.officerId), together[at]]
    if (!view || !person) return []
    const row: Row = {
      officerId: duty.officerId,
      name: person.name,
      unitName: unitName(person.unitId),
      duty: view,
      broken,
      proposals: (withTakers[at]?.takers ?? []).slice(0, offeredMost).map(said),
      together: taker ? said(taker) : null,
    }
    return [{ unitId: person.unitId, row }]
  })
}

export const breakQueries = [
  queriesOn<RosterTables>()(breaks, {
    sees: 'agency',
    async run(db, input, meta) {
      const { operationId } = input
      const { agencyId } = meta.agency
      const today = dutyDayOf(meta.agency, meta.now)
      const about = `breaks ${operationId} ${await stageWord(db, meta.agency, today, meta.now)} ${today}`
      const kept = { agencyId, about, tables: problemTables }
      const all = await breaksKept(any(db), kept, () => allBreaks(db, meta, operationId))
      const { unitIds } = meta.actor.scope
      const mine = all.filter(one => unitIds === '*' || unitIds.includes(one.unitId))
      return { rows: mine.map(one => one.row) }
    },
  }),
]
