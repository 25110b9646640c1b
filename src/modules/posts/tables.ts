// Generated from the migrations by `npm run types`. Do not edit.
import type { ColumnType, Generated } from 'kysely'

/** a place with video and what it covers; nothing recognises faces or plates */
export interface CameraTable {
  agency_id: string
  camera_id: string
  operation_id: string
  name: string
  covers: Generated<string>
  zone_id: string | null
  added_on: string
  lng: number | null
  lat: number | null
  removed_on: string | null
}

/** how many of which skill a post needs in which bands; skill null is the whole crew */
export interface DemandTable {
  agency_id: string
  demand_id: string
  post_id: string
  pattern_id: string
  bands: string[]
  skill: string | null
  heads: number
  priority: Generated<number>
  begins_on: string
  ends_on: string
  weekdays: number[] | null
  round_id: string | null
  withdrawn: Generated<boolean>
}

/** a place that must be staffed */
export interface PostTable {
  agency_id: string
  post_id: string
  operation_id: string
  code: string
  name: string
  kind: string
  zone_id: string | null
  unit_id: string
  address: Generated<string>
  lng: number | null
  lat: number | null
  duties: Generated<string>
  equipment: Generated<string>
  contact_name: Generated<string>
  contact_phone: string | null
  partners_expected: Generated<ColumnType<unknown, string, string>>
  closed_loop: Generated<boolean>
  state: Generated<string>
  opens_on: string | null
  closes_on: string | null
}

/** which sampling sites work in a round */
export interface RoundSiteTable {
  agency_id: string
  round_id: string
  post_id: string
  lanes: Generated<number>
}

/** one pass of sampling over an area */
export interface SamplingRoundTable {
  agency_id: string
  round_id: string
  operation_id: string
  n: number
  name: string
  day: string
  opens_minute: number
  closes_minute: number
  area: Generated<string>
}

/** how a duty day is cut into bands */
export interface ShiftPatternTable {
  agency_id: string
  pattern_id: string
  name: string
  kind: string
  bands: ColumnType<unknown, string, string>
  adjoining: Generated<boolean>
  active: Generated<boolean>
}

/** an area under measures */
export interface ZoneTable {
  agency_id: string
  zone_id: string
  operation_id: string
  name: string
  kind: string
  opened_as: string
  order_number: string
  approver: string
  begins_at: string
  planned_end_at: string
  lifted_at: string | null
  households: number | null
  polygon: ColumnType<unknown, string, string> | null
  unit_id: string | null
}

/** how a zone was opened, changed and lifted */
export interface ZoneStageTable {
  agency_id: string
  zone_id: string
  n: number
  kind: string
  at: string
  order_number: string
  approver: string
  reason: string
}

export interface PostsTables {
  camera: CameraTable
  demand: DemandTable
  post: PostTable
  round_site: RoundSiteTable
  sampling_round: SamplingRoundTable
  shift_pattern: ShiftPatternTable
  zone: ZoneTable
  zone_stage: ZoneStageTable
}
