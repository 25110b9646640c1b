// Who leads by the calendar of leaders on the duty day of a moment: 带班局领导 and 指挥长.
import type { Kysely } from 'kysely'
import type { OutputOf } from '../../kernel/contract.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { QueryMeta } from '../../kernel/query.ts'
import { addDays, instantAt } from '../../kernel/time.ts'
import { seeingAgency } from '../../kernel/whole-agency.ts'
import { officerOffices } from '../people/index.ts'
import { leadOffices } from '../roster/contracts.ts'
import { leadersAt } from '../roster/index.ts'
import type { situation } from './contracts.ts'
import type { Picture } from './picture.ts'

/**
 * Everybody at a desk may know who leads, as in the calendar itself: a leader of one station is led by somebody who is
 * not of his station. Nothing else may be asked on this connection meanwhile.
 */
export async function calendarAt(
  db: Kysely<AnyTables>,
  meta: QueryMeta,
  picture: Picture,
  wall: boolean,
): Promise<OutputOf<typeof situation>['calendar']> {
  const { agency } = meta
  const until = instantAt(agency.timeZone, addDays(picture.dutyDay, 1), agency.handOverMinute)
  return seeingAgency({ db }, meta, async () => {
    const leaders = await leadersAt(db, agency, picture.operation.operationId, picture.at)
    const ids = leaders.map(one => one.officerId)
    const titles = await officerOffices(db, agency.agencyId, ids, picture.dutyDay)
    return leadOffices.map(office => {
      const holder = leaders.find(one => one.office === office)
      return {
        ...{ office, until, set: holder !== undefined, unit: holder?.unit ?? '' },
        title: titles.get(holder?.officerId ?? '')?.title ?? '',
        name: wall ? null : (holder?.name ?? null),
      }
    })
  })
}
