// Generated from the migrations by `npm run types`. Do not edit.
import type { ColumnType, Generated } from 'kysely'

/** an emergency that was let through at once */
export interface EmergencyPassageTable {
  agency_id: string
  passage_id: string
  post_id: string
  emergency: string
  people: number
  passer: string
  note: string
  passed_at: string
  received_at: string
  passed_by: string | null
}

/** somebody who came to a post and what was decided, without identity */
export interface EncounterTable {
  agency_id: string
  encounter_id: string
  commit_id: string
  digest: string
  occurred_at: string
  claimed_at: string | null
  received_at: string
  account_id: string | null
  device_id: string | null
  post_id: string
  passer: string
  direction: string
  people: number
  temperature: number | null
  code_shown: string
  disinfected: boolean
  verdict: string
  reason: string | null
  rules_version: number
  pass_token: string | null
  boxes: ColumnType<unknown, string, string>
  subject_id: string | null
}

/** how many came to a post in an hour, by what was decided */
export interface EncounterHourTable {
  agency_id: string
  duty_day: string
  hour: string
  post_id: string
  passer: string
  verdict: string
  passes: number
  people: number
  fevers: number
  refusals: number
  last_at: string
}

/** a version of what posts go by, for one, a kind or all */
export interface EncounterRuleTable {
  agency_id: string
  version: number
  post_kind: string | null
  post_id: string | null
  fever_tenths: number
  asks_code: boolean
  asks_temperature: boolean
  asks_disinfection: boolean
  exempt: string
  turn_back_words: string
  objection_words: string
  set_at: string
  set_by: string | null
}

/** somebody asked to wait at a post, why, and until when at most */
export interface HoldingTable {
  agency_id: string
  holding_id: string
  post_id: string
  encounter_id: string
  basis: string
  needs: string
  began_at: string
  ends_at: string
  held_by: string | null
  ended_at: string | null
  outcome: string | null
  ended_by: string | null
  note: Generated<string>
}

export interface EncountersTables {
  emergency_passage: EmergencyPassageTable
  encounter: EncounterTable
  encounter_hour: EncounterHourTable
  encounter_rule: EncounterRuleTable
  holding: HoldingTable
}
