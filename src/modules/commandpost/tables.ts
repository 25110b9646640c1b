// Generated from the migrations by `npm run types`. Do not edit.
import type { Generated } from 'kysely'

/** something that a post cannot solve alone, owned by somebody until the post says it is solved */
export interface DifficultyTable {
  agency_id: string
  difficulty_id: string
  operation_id: string
  n: number
  post_id: string
  unit_id: string
  kind: string
  urgency: string
  text: string
  raised_at: string
  raised_by: string | null
  raised_officer_id: string | null
  state: string
  owner: string
  due_at: string | null
  solved_at: string | null
  solved_by: string | null
  closed_at: string | null
  closed_by: string | null
  merged_into: string | null
  reopened: Generated<number>
}

/** what was said and done about a difficulty */
export interface DifficultyStepTable {
  agency_id: string
  difficulty_id: string
  n: number
  kind: string
  at: string
  by_account: string | null
  text: Generated<string>
  owner: string
}

/** an order from above or our own, with addressees and a due time */
export interface DirectiveTable {
  agency_id: string
  directive_id: string
  operation_id: string
  n: number
  number: string
  source: string
  from_whom: string
  title: string
  text: string
  issuer_unit_id: string | null
  issued_by: string | null
  issued_at: string
  due_at: string
  parent_id: string | null
  parent_addressee_id: string | null
  state: Generated<string>
  completed_at: string | null
}

/** a unit or post that a directive is addressed to, and how far it is */
export interface DirectiveAddresseeTable {
  agency_id: string
  addressee_id: string
  directive_id: string
  unit_id: string
  post_id: string | null
  informed_unit_id: string | null
  informed_seen_at: string | null
  state: string
  received_at: string | null
  received_by: string | null
  done_at: string | null
  done_by: string | null
  completed_at: string | null
  completed_by: string | null
  chased: Generated<number>
  chased_at: string | null
  supervised: string | null
}

/** what was done about a directive, by whom and when */
export interface DirectiveStepTable {
  agency_id: string
  directive_id: string
  n: number
  addressee_id: string | null
  kind: string
  at: string
  by_account: string | null
  text: Generated<string>
}

/** what happened at the command post; never edited, only corrected by a further entry */
export interface DutyEntryTable {
  agency_id: string
  entry_id: string
  operation_id: string
  n: number
  kind: string
  happened_at: string
  entered_at: string
  text: string
  text_en: string | null
  author_id: string | null
  unit_id: string | null
  post_id: string | null
  zone_id: string | null
  officer_id: string | null
  directive_id: string | null
  difficulty_id: string | null
  pinned: Generated<boolean>
  corrects: string | null
}

/** a photo or document joined to a record; its bytes stand in sys, found by their digest */
export interface EnclosureTable {
  agency_id: string
  enclosure_id: string
  holder: string
  holder_id: string
  step: number | null
  digest: string
  content_type: string
  size_bytes: number
  name: string
  added_at: string
  added_by: string | null
  removed_at: string | null
  removed_by: string | null
  removed_why: string | null
}

/** minutes that each owner of a difficulty has, by urgency */
export interface EscalationClockTable {
  agency_id: string
  urgency: string
  unit_minutes: number
  duty_officer_minutes: number
  duty_leader_minutes: number
}

/** a meeting of the command post and its minutes */
export interface MeetingTable {
  agency_id: string
  meeting_id: string
  operation_id: string
  n: number
  title: string
  held_at: string
  place: string
  chair: string
  attendees: Generated<string>
  minutes: Generated<string>
  recorded_at: string
  recorded_by: string | null
}

/** what a meeting decided, and the directive that it became */
export interface MeetingDecisionTable {
  agency_id: string
  decision_id: string
  meeting_id: string
  n: number
  text: string
  directive_id: string | null
}

/** an order that calls officers back, where to report and by when */
export interface RecallTable {
  agency_id: string
  recall_id: string
  operation_id: string
  n: number
  reason: string
  ordered_by: string
  report_unit_id: string | null
  report_post_id: string | null
  report_by: string
  answer_minutes: number
  share_percent: number
  level_id: string | null
  ordered_at: string
  ordered_account: string | null
  state: Generated<string>
  closed_at: string | null
  closed_account: string | null
  closed_how: string | null
  closed_why: string | null
}

/** an officer who was called back, what he answered and when he came */
export interface RecallOfficerTable {
  agency_id: string
  recall_id: string
  officer_id: string
  unit_id: string
  state: string
  duty_post_id: string | null
  away: Generated<boolean>
  seconded: Generated<boolean>
  called_at: string
  reached_at: string | null
  tries: Generated<number>
  eta: string | null
  leave_ended: Generated<boolean>
  exempt_class: string | null
  exempt_until: string | null
  exempt_account: string | null
  arrived_at: string | null
  arrived_account: string | null
  arrived_how: string | null
}

/** what was said and done about an officer who was called back */
export interface RecallStepTable {
  agency_id: string
  recall_id: string
  officer_id: string
  n: number
  kind: string
  at: string
  by_account: string | null
  phoned_at: string | null
  text: Generated<string>
}

/** last number of each kind of record in an operation */
export interface RecordNumberTable {
  agency_id: string
  operation_id: string
  kind: string
  n: number
}

/** leaders or superiors at a post, what they found */
export interface VisitTable {
  agency_id: string
  visit_id: string
  operation_id: string
  n: number
  kind: string
  visitor: string
  visited_at: string
  post_id: string
  unit_id: string
  found: Generated<string>
  recorded_at: string
  recorded_by: string | null
}

/** what was promised at a visit, by whom and by when */
export interface VisitPromiseTable {
  agency_id: string
  promise_id: string
  visit_id: string
  n: number
  text: string
  by_whom: string
  due_at: string
  difficulty_id: string | null
  directive_id: string | null
  kept_at: string | null
  kept_by: string | null
  kept_text: string | null
}

export interface CommandpostTables {
  difficulty: DifficultyTable
  difficulty_step: DifficultyStepTable
  directive: DirectiveTable
  directive_addressee: DirectiveAddresseeTable
  directive_step: DirectiveStepTable
  duty_entry: DutyEntryTable
  enclosure: EnclosureTable
  escalation_clock: EscalationClockTable
  meeting: MeetingTable
  meeting_decision: MeetingDecisionTable
  recall: RecallTable
  recall_officer: RecallOfficerTable
  recall_step: RecallStepTable
  record_number: RecordNumberTable
  visit: VisitTable
  visit_promise: VisitPromiseTable
}
