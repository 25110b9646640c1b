// Generated from the migrations by `npm run types`. Do not edit.
import type { ColumnType, Generated } from 'kysely'

/** somebody did not come to a band; declared by a leader, without a reason */
export interface AbsenceTable {
  agency_id: string
  absence_id: string
  operation_id: string
  officer_id: string
  post_id: string
  assignment_id: string | null
  day: string
  pattern_id: string
  band: string
  period: string
  kind: string
  declared_at: string
  declared_by: string | null
  ended_at: string | null
}

/** versioned settings of check-in; the newest holds */
export interface AttendanceRuleTable {
  agency_id: string
  rule_set: number
  late_minutes: number
  early_minutes: number
  absent_minutes: number
  near_metres: number
  set_at: string
}

/** one page of the hand-over book of a post, from one band to the next */
export interface HandoverTable {
  agency_id: string
  handover_id: string
  operation_id: string
  post_id: string
  unit_id: string
  day: string
  pattern_id: string
  band: string
  period: string
  next_day: string
  next_pattern_id: string
  next_band: string
  next_begins: string
  giver_id: string
  successor_id: string
  round: number
  state: string
  given_at: string
  weather: string
  vehicles: number
  people: number
  vehicles_turned: number
  people_turned: number
  fevers: number
  transferred: number
  events: string
  orders: string
  must_know: string
  items: ColumnType<unknown, string, string>
  signed_at: string | null
  settled_at: string | null
  settled_by: string | null
  settled_why: string | null
}

/** a post that hands over in writing, and what stood there when its book was opened */
export interface HandoverBookTable {
  agency_id: string
  post_id: string
  operation_id: string
  unit_id: string
  items: ColumnType<unknown, string, string>
  required: boolean
  opened_at: string
  opened_by: string | null
}

/** a figure of a hand-over on which giver and successor differed, with both figures */
export interface HandoverDifferenceTable {
  agency_id: string
  handover_id: string
  round: number
  kind: string
  name: string
  stated: number
  found: number
}

/** something unfinished at a post, carried from hand-over to hand-over until one closes it */
export interface HandoverMatterTable {
  agency_id: string
  matter_id: string
  post_id: string
  text: string
  due_at: string | null
  opened_in: string
  closed_in: string | null
  closed_how: string | null
}

/** whom a leader named to take a post over instead of the rostered one, and why */
export interface HandoverNamingTable {
  agency_id: string
  naming_id: string
  post_id: string
  day: string
  pattern_id: string
  band: string
  officer_id: string
  why: string
  named_at: string
  named_by: string | null
  ended_at: string | null
}

/** somebody whom a leader let go before the hand-over of his band was signed */
export interface HandoverReliefTable {
  agency_id: string
  relief_id: string
  officer_id: string
  post_id: string
  day: string
  pattern_id: string
  band: string
  relieved_at: string
  relieved_by: string | null
  why: string
}

/** a hand-over that the successor did not sign, and why */
export interface HandoverReturnTable {
  agency_id: string
  handover_id: string
  round: number
  returned_at: string
  returned_by: string
  why: string
}

/** a member's objection to his closed loop, who decided it, and why */
export interface LoopObjectionTable {
  agency_id: string
  objection_id: string
  order_id: string
  officer_id: string
  text: string
  health_reason: string | null
  raised_at: string
  due_at: string
  withdrawn_at: string | null
  decided_at: string | null
  decided_by: string | null
  outcome: string | null
  why: string | null
  leaves_on: string | null
}

/** the order that a closed-loop team rests on, and the day on which it ends by itself */
export interface LoopOrderTable {
  agency_id: string
  order_id: string
  team_id: string
  order_number: string
  approver: string
  approver_id: string | null
  basis: string
  reason: string
  begins_on: string
  ends_on: string
  ordered_at: string
  ordered_by: string | null
}

/** the secret that the turning and the printed code of a post are made of */
export interface PostCodeTable {
  agency_id: string
  post_id: string
  secret: string
  issued_at: string
  issued_by: string | null
}

/** one band really worked at a post by one officer; the deployment (人次) that is counted */
export interface PresenceTable {
  agency_id: string
  presence_id: string
  operation_id: string
  officer_id: string
  post_id: string
  assignment_id: string | null
  stand_in_id: string | null
  replaces: string | null
  day: string
  pattern_id: string
  band: string
  period: string
  came_at: string
  late_minutes: number
  way: string
  accuracy: string | null
  recorded_at: string
  recorded_by: string | null
  left_at: string | null
  left_way: string | null
  early_minutes: Generated<number>
  left_recorded_at: string | null
  voided_at: string | null
  voided_why: string | null
}

/** who was ordered to a band on the spot, and whose place he takes */
export interface StandInTable {
  agency_id: string
  stand_in_id: string
  operation_id: string
  officer_id: string
  post_id: string
  replaces: string | null
  replaces_officer_id: string | null
  day: string
  pattern_id: string
  band: string
  period: string
  ordered_at: string
  ordered_by: string | null
  cancelled_at: string | null
}

/** a post that a team is given to hold, from and until, by whose order */
export interface TeamPostTable {
  agency_id: string
  team_post_id: string
  team_id: string
  operation_id: string
  post_id: string
  begins_on: string
  ends_on: string | null
  order_number: string
  approver: string
  given_at: string
  given_by: string | null
  ended_at: string | null
  ended_by: string | null
}

export interface AttendanceTables {
  absence: AbsenceTable
  attendance_rule: AttendanceRuleTable
  handover: HandoverTable
  handover_book: HandoverBookTable
  handover_difference: HandoverDifferenceTable
  handover_matter: HandoverMatterTable
  handover_naming: HandoverNamingTable
  handover_relief: HandoverReliefTable
  handover_return: HandoverReturnTable
  loop_objection: LoopObjectionTable
  loop_order: LoopOrderTable
  post_code: PostCodeTable
  presence: PresenceTable
  stand_in: StandInTable
  team_post: TeamPostTable
}
