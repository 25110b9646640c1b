// Plans as they are stored. The matrix stands as it was adopted; hand edits and locks lie beside it in `solver`, so
// that an edit writes a hundred bytes and its change row too, not the whole matrix twice.
import type { z } from 'zod'
import { daysBetween } from '../../kernel/time.ts'
import { type openLine, rosterProblems, type solverNote, spanMost } from './contracts.ts'
import { type Duty, PlanCells, type PlanMatrix, unpackPlan } from './matrix.ts'
import type { RosterDb } from './published.ts'

export type OpenLine = z.output<typeof openLine>
export type SolverNote = z.output<typeof solverNote>
export type PlanState = 'draft' | 'adopted' | 'published' | 'superseded' | 'discarded'

/** Officer, day offset, and the duty as "post pattern bands", or null for a day off. */
type StoredEdit = [string, number, [string, string, string] | null]
export interface Making {
  note: SolverNote | null
  edits: StoredEdit[]
  locks: [string, number][]
}
/** So many edits fold into the matrix: reading a plan stays cheap. */
export const editsMost = 400

export interface StoredPlan {
  planId: string
  operationId: string
  name: string
  fromDay: string
  untilDay: string
  days: number
  state: PlanState
  revision: number
  basedOn: number | null
  adoptedAt: string | null
  matrix: PlanMatrix
  open: OpenLine[]
  making: Making
  /** With the edits laid over the matrix. */
  cells: PlanCells
}

const columns = [
  'plan_id',
  'operation_id',
  'name',
  'from_day',
  'until_day',
  'state',
  'revision',
  'based_on',
  'adopted_at',
  'matrix',
  'open',
  'solver',
] as const

export async function readPlan(db: RosterDb, agencyId: string, planId: string): Promise<StoredPlan | null> {
  const row = await db
    .selectFrom('roster_plan')
    .select(columns)
    .where('agency_id', '=', agencyId)
    .where('plan_id', '=', planId)
    .executeTakeFirst()
  if (!row) return null
  const days = daysBetween(row.from_day, row.until_day) + 1
  const matrix = row.matrix as PlanMatrix
  const making = row.solver as unknown as Making
  const cells = unpackPlan(matrix, days)
  for (const [officerId, day, duty] of making.edits) cells.set(officerId, day, readDuty(duty))
  return {
    planId: row.plan_id,
    operationId: row.operation_id,
    name: row.name,
    fromDay: row.from_day,
    untilDay: row.until_day,
    days,
    state: row.state as PlanState,
    revision: row.revision,
    basedOn: row.based_on,
    adoptedAt: row.adopted_at,
    matrix,
    open: row.open as unknown as OpenLine[],
    making,
    cells,
  }
}

export function storedEdit(officerId: string, day: number, duty: Duty | null): StoredEdit {
  return [officerId, day, duty && [duty.postId, duty.patternId, duty.bands.join('+')]]
}
function readDuty(stored: StoredEdit[2]): Duty | null {
  return stored && { postId: stored[0], patternId: stored[1], bands: stored[2].split('+') }
}

/** Days of a span, or a problem. */
export function needSpan(fromDay: string, untilDay: string): number {
  const days = daysBetween(fromDay, untilDay) + 1
  if (days < 1 || days > spanMost) throw rosterProblems.badSpan({ most: spanMost })
  return days
}

export function emptyCells(days: number): PlanCells {
  return new PlanCells(days)
}
