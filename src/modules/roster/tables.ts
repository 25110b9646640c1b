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

/** a leader chased an officer who has not acknowledged his duties */
export interface ChaseTable {
  agency_id: string
  operation_id: string
  officer_id: string
  n: number
  version: number
  at: string
  by_account: string | null
}

/** who leads an operation for the 24 hours of a duty day, by office */
export interface LeadDutyTable {
  agency_id: string
  operation_id: string
  day: string
  office: string
  officer_id: string
  set_at: string
  set_by: string | null
}

/** a compulsory rest granted to an officer, from and until; no duty may lie in it */
export interface RestGrantTable {
  agency_id: string
  grant_id: string
  officer_id: string
  cause: string
  arisen_at: string
  begins_at: string
  ends_at: string
  granted_at: string
  granted_by: string | null
  ended_at: string | null
}

/** an officer is kept on duty although rest is owed to him: by whose order, and why */
export interface RestOrderTable {
  agency_id: string
  order_id: string
  operation_id: string
  officer_id: string
  cause: string
  arisen_at: string
  orderer: string
  reason: string
  ordered_at: string
  ordered_by: string | null
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

/** what the rosters of an operation lean to: even shares, little change, nearness */
export interface RosterPreferenceTable {
  agency_id: string
  operation_id: string
  even: string
  steady: string
  near: string
  set_at: string
  set_by: string | null
}

/** each publication, with how it differs from the last */
export interface RosterVersionTable {
  agency_id: string
  operation_id: string
  version: number
  plan_id: string | null
  from_day: string
  until_day: string
  published_at: string
  published_by: string | null
  assignments: number
  added: number
  removed: number
  cause: Generated<string>
}

/** a holiday, or a weekend day on which everybody works, as the State Council publishes them */
export interface SpecialDayTable {
  agency_id: string
  day: string
  kind: string
  name: string
  set_at: string
  set_by: string | null
}

/** a sitting at meals or a round of disinfection that a station names */
export interface StationTurnTable {
  agency_id: string
  turn_id: string
  unit_id: string
  kind: string
  name: string
  from_minute: number
  minutes: number
  heads: number | null
  ended: boolean
}

/** who goes in a turn of a station on a duty day */
export interface StationTurnOfficerTable {
  agency_id: string
  turn_id: string
  unit_id: string
  day: string
  officer_id: string
  by_hand: boolean
}

/** a duty that is offered in a request, or wanted for it */
export interface SwapDutyTable {
  agency_id: string
  swap_id: string
  side: string
  assignment_id: string
  post_id: string
  day: string
  pattern_id: string
  bands: string[]
  period: string
}

/** an officer offers a duty of his, for another one or for nothing */
export interface SwapRequestTable {
  agency_id: string
  swap_id: string
  operation_id: string
  kind: string
  asker_id: string
  partner_id: string | null
  named: boolean
  state: string
  asked_at: string
  asked_by: string | null
  due_at: string
  settled_at: string | null
  version: number | null
}

/** what was said to a request, by whom and when */
export interface SwapStepTable {
  agency_id: string
  swap_id: string
  n: number
  kind: string
  at: string
  by_account: string | null
  text: Generated<string>
}

/** a saved what-if: suppositions, and the figures that came of them */
export interface WhatIfTable {
  agency_id: string
  what_if_id: string
  operation_id: string
  name: string
  from_day: string
  until_day: string
  suppositions: ColumnType<unknown, string, string>
  result: ColumnType<unknown, string, string>
  demand_mark: string
  made_at: string
  revision: number
  saved_at: string
  saved_by: string | null
}

export interface RosterTables {
  acknowledgement: AcknowledgementTable
  assignment: AssignmentTable
  chase: ChaseTable
  lead_duty: LeadDutyTable
  rest_grant: RestGrantTable
  rest_order: RestOrderTable
  rest_rule: RestRuleTable
  roster_plan: RosterPlanTable
  roster_preference: RosterPreferenceTable
  roster_version: RosterVersionTable
  special_day: SpecialDayTable
  station_turn: StationTurnTable
  station_turn_officer: StationTurnOfficerTable
  swap_duty: SwapDutyTable
  swap_request: SwapRequestTable
  swap_step: SwapStepTable
  what_if: WhatIfTable
}
