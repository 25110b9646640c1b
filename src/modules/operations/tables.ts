// Generated from the migrations by `npm run types`. Do not edit.
import type { Generated } from 'kysely'

/** a level of duty with scope, reason and the time it falls back */
export interface DutyLevelTable {
  agency_id: string
  level_id: string
  operation_id: string
  level: number
  scope_unit_id: string | null
  scope_text: string
  reason: string
  order_number: string
  ordered_by: string
  begins_at: string
  falls_back_at: string
  falls_back_to: number
  ended_at: string | null
}

/** one mobilisation with a start and an end */
export interface OperationTable {
  agency_id: string
  operation_id: string
  name: string
  begins_on: string
  ends_on: string | null
  state: Generated<string>
}

export interface OperationsTables {
  duty_level: DutyLevelTable
  operation: OperationTable
}
