import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import type { AgencySettings } from '../../kernel/command.ts'
import type { Module } from '../../kernel/module.ts'
import { commands } from './commands.ts'
import { operationsProblems } from './contracts.ts'
import { routines } from './fall-back.ts'
import { measures } from './measures.ts'
import {
  type OperationName,
  operationAtMoment,
  operationById,
  queries,
  runningOperations,
} from './queries.ts'
import type { OperationsTables } from './tables.ts'
import { watches } from './watches.ts'

export type { OperationName }

export const operations: Module = {
  name: 'operations',
  title: { zh: '专项勤务', en: 'Operations' },
  commands,
  queries,
  measures,
  watches,
  routines,
  problems: [operationsProblems],
  constraints: {
    operation_pkey: () => operationsProblems.operationExists(),
    operation_check: () => operationsProblems.endsBeforeItBegins(),
    duty_level_pkey: () => operationsProblems.levelExists(),
    duty_level_agency_id_operation_id_fkey: () => operationsProblems.operationMissing(),
  },
}

/** For the commands of higher modules: the operation, not ended, or a problem. */
export async function needOperation(
  db: Kysely<AnyTables>,
  agencyId: string,
  operationId: string,
): Promise<OperationName> {
  const found = await operationById(db as Kysely<OperationsTables>, agencyId, operationId)
  if (!found) throw operationsProblems.operationMissing()
  if (found.state === 'ended') {
    throw operationsProblems.operationEnded({ name: found.name, day: found.endsOn ?? '' })
  }
  return found
}

/** Operations that run now, the newest first; empty where none runs. */
export function operationsRunning(
  db: Kysely<AnyTables>,
  agencyId: string,
  dutyDay: string,
): Promise<OperationName[]> {
  return runningOperations(db as Kysely<OperationsTables>, agencyId, dutyDay)
}

/** The operation that runs at an instant, the named one or the newest, with the levels that hold then. */
export function operationNow(
  db: Kysely<AnyTables>,
  agency: Pick<AgencySettings, 'agencyId' | 'timeZone' | 'handOverMinute'>,
  at: string,
  operationId?: string,
) {
  return operationAtMoment(db as Kysely<OperationsTables>, agency, at, operationId)
}

/** An order for a duty level, as it was given; undefined where there is none. */
export async function levelOrder(db: Kysely<AnyTables>, agencyId: string, levelId: string) {
  return (db as Kysely<OperationsTables>)
    .selectFrom('duty_level')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('level_id', '=', levelId)
    .executeTakeFirst()
}

/** The name of an operation in whatever state; undefined where there is none. */
export async function operationName(
  db: Kysely<AnyTables>,
  agencyId: string,
  operationId: string,
): Promise<string | undefined> {
  return (await operationById(db as Kysely<OperationsTables>, agencyId, operationId))?.name
}
