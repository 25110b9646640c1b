// Generated from the migrations by `npm run types`. Do not edit.
import type { ColumnType, Generated } from 'kysely'

/** an officer has seen a published version */
export interface AcknowledgementTable {
  agency_id: string
  officer_id: string
  operation_id: string
  version: number
  at: string
}

/** the published roster; nobody is at two posts at once */
export interface AssignmentTable {
  agency_id: string
  assignment_id: string
  operation_id: string
  officer_id: string
  post_id: string
  day: string
  pattern_id: string
  bands: string[]
  period: string
  skill: string | null
  version: number
}

/** versioned rules of rest */
export interface RestRuleTable {
  agency_id: string
  rule_set: number
  rules: ColumnType<unknown, string, string>
  begins_on: string
}

/** a drafted, adopted or published plan as a compact matrix */
export interface RosterPlanTable {
  agency_id: string
  plan_id: string
  operation_id: string
  name: Generated<string>
  from_day: string
  until_day: string
  state: string
  matrix: ColumnType<unknown, string, string>
  open: Generated<ColumnType<unknown, string, string>>
  solver: Generated<ColumnType<unknown, string, string>>
  revision: Generated<number>
  based_on: number | null
  adopted_at: string | null
  adopted_by: string | null
}

/** each publication, with how it differs from the last */
export interface RosterVersionTable {
  agency_id: string
  operation_id: string
  version: number
  plan_id: string
  from_day: string
  until_day: string
  published_at: string
  published_by: string | null
  assignments: number
  added: number
  removed: number
}

export interface RosterTables {
  acknowledgement: AcknowledgementTable
  assignment: AssignmentTable
  rest_rule: RestRuleTable
  roster_plan: RosterPlanTable
  roster_version: RosterVersionTable
}
