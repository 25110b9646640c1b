// Who leads must be known before the day begins.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Sighting, Watch } from '../../kernel/module.ts'
import { addDays, dutyDayOf, instantAt } from '../../kernel/time.ts'
import { operationsRunning } from '../operations/index.ts'
import { officerNames } from '../people/index.ts'
import { leadOffices, leadOfficeTitles } from './contracts.ts'
import { doubtsIn, leadsIn } from './lead-reads.ts'
import { agencyOf } from './scope.ts'

/** So many days back somebody must have led in an office for its emptiness to be news. */
const usedDays = 31

async function unled(db: Kysely<AnyTables>, now: string): Promise<Sighting[]> {
  const agency = await agencyOf(db)
  const today = dutyDayOf(agency, now)
  const tomorrow = addDays(today, 1)
  const all = await leadsIn(db, agency.agencyId, addDays(today, -usedDays), addDays(today, usedDays))
  const found: Sighting[] = []
  for (const operation of await operationsRunning(db, agency.agencyId, today)) {
    const { operationId } = operation
    const own = all.filter(one => one.operationId === operationId)
    const link = `/roster/leaders?month=${today.slice(0, 7)}`
    for (const office of leadOffices) {
      if (!own.some(one => one.office === office)) continue
      const empty = [today, tomorrow].find(
        day =>
          (operation.endsOn === null || day <= operation.endsOn) &&
          !own.some(one => one.office === office && one.day === day),
      )
      if (!empty) continue
      const title = leadOfficeTitles[office]
      found.push({
        subject: `${operationId} ${office}`,
        title: {
          zh: `${empty.slice(5)} 未排${title.zh}`,
          en: `Nobody is set as ${title.en.toLowerCase()} on ${empty.slice(5)}`,
        },
        severity: empty === today ? 'red' : 'amber',
        link,
        unitId: null,
        dueAt: instantAt(agency.timeZone, empty, agency.handOverMinute),
      })
    }
    const doubts = await doubtsIn(db, agency, operationId, { fromDay: today, untilDay: tomorrow })
    const names = await officerNames(
      db,
      agency.agencyId,
      doubts.map(one => one.officerId),
    )
    for (const one of doubts) {
      const subject = `${operationId} ${one.officerId} ${one.rule} ${one.day}`
      if (found.some(other => other.subject === subject)) continue
      const name = names.get(one.officerId)?.name ?? ''
      found.push({
        subject,
        title: {
          zh: `带班领导 ${name} ${one.day.slice(5)} ${one.zh}`,
          en: `${name}, who leads on ${one.day.slice(5)}, ${one.en}`,
        },
        severity: 'amber',
        link,
        unitId: null,
        dueAt: instantAt(agency.timeZone, one.day, agency.handOverMinute),
      })
    }
  }
  return found
}

export const leadWatches: readonly Watch[] = [
  {
    key: 'roster.unled',
    title: { zh: '带班领导未排或有疑', en: 'Nobody leads, or somebody should not' },
    owner: 'dutyOfficer',
    detect: unled,
  },
]
