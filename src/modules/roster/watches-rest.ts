// A rest that is owed and that nobody has granted.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { Sighting, Watch } from '../../kernel/module.ts'
import { officerNames } from '../people/index.ts'
import { grantWithinHours, restCauseTitles } from './contracts.ts'
import { debtKey, restDebts } from './rest-reads.ts'
import { agencyOf } from './scope.ts'

const hourMs = 3_600_000
/** Nobody has seen to it for so long that somebody is at risk. */
const redHours = 12

async function notGranted(db: Kysely<AnyTables>, now: string): Promise<Sighting[]> {
  const agency = await agencyOf(db)
  const nowMs = Date.parse(now)
  const owed = (await restDebts(db, agency, now, null)).filter(
    ({ view, debt }) => view.state === 'owed' && nowMs >= debt.arisenAt + grantWithinHours * hourMs,
  )
  const names = await officerNames(
    db,
    agency.agencyId,
    owed.map(one => one.officerId),
  )
  return owed.flatMap(({ officerId, debt }) => {
    const officer = names.get(officerId)
    if (!officer) return []
    const cause = restCauseTitles[debt.cause]
    return [
      {
        subject: debtKey(officerId, debt.cause, debt.arisenAt),
        title: {
          zh: `${officer.name}应补休未安排：${cause.zh}`,
          en: `${officer.name} is owed rest and has not been granted it: ${cause.en.toLowerCase()}`,
        },
        severity: nowMs >= debt.arisenAt + redHours * hourMs ? ('red' as const) : ('amber' as const),
        link: `/roster/fairness?open=${officerId}.${debt.cause}`,
        unitId: officer.unitId,
        dueAt: new Date(debt.arisenAt + redHours * hourMs).toISOString(),
      },
    ]
  })
}

export const restWatches: readonly Watch[] = [
  {
    key: 'roster.restNotGranted',
    title: { zh: '应补休未安排', en: 'A rest owed and not granted' },
    owner: 'dutyOfficer',
    detect: notGranted,
  },
]
