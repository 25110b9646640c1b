// Generated from the migrations by `npm run types`. Do not edit.
import type { ColumnType, Generated } from 'kysely'

/** somebody of a positive mixed tube who is to be sampled alone, by whom and by when */
export interface RetestTable {
  agency_id: string
  retest_id: string
  tube_id: string
  n: number
  post_id: string
  unit_id: string
  opened_at: string
  due_at: string
  single_tube_id: string | null
  outcome: string | null
  closed_at: string | null
  closed_by: string | null
  note: Generated<string>
}

/** how many people a site expects in a round */
export interface SamplingExpectedTable {
  agency_id: string
  round_id: string
  post_id: string
  people: number
}

/** a lane of a site that was opened or closed */
export interface SamplingLaneTable {
  agency_id: string
  post_id: string
  n: number
  day: string
  open: boolean
  changed_at: string
  changed_by: string | null
}

/** what sampling sites are held to: pace, longest wait and line, time for results and re-tests */
export interface SamplingRuleTable {
  agency_id: string
  rule_set: number
  seconds_per_person: number
  wait_minutes_max: number
  queue_max: number
  result_hours: number
  retest_hours: number
  set_at: string
  set_by: string | null
}

/** what keeps order at a site in a shift: loudspeaker, cordon, one-metre line */
export interface SiteKitTable {
  agency_id: string
  post_id: string
  day: string
  band: string
  loudspeaker: boolean
  cordon: boolean
  one_metre: boolean
  noted_at: string
  noted_by: string | null
}

/** how many stood in the line of a site, counted by the officer there */
export interface SiteQueueTable {
  agency_id: string
  queue_id: string
  post_id: string
  queue: number
  noted_at: string
  noted_by: string | null
}

/** a sealed sampling tube, how many people are in it, and its result */
export interface TubeTable {
  agency_id: string
  tube_id: string
  code: string
  operation_id: string
  post_id: string
  unit_id: string
  round_id: string | null
  lane: number
  size: number
  people: number
  boxes: Generated<ColumnType<unknown, string, string>>
  day: string
  sealed_at: string
  sealed_by: string | null
  recorded_at: string
  box_id: string | null
  result: string | null
  result_at: string | null
  result_by: string | null
}

/** a sealed box of tubes, and to whom it was handed */
export interface TubeBoxTable {
  agency_id: string
  box_id: string
  operation_id: string
  post_id: string
  unit_id: string
  seal_number: string
  handed_to: string
  day: string
  handed_at: string
  recorded_at: string
  recorded_by: string | null
}

export interface ScreeningTables {
  retest: RetestTable
  sampling_expected: SamplingExpectedTable
  sampling_lane: SamplingLaneTable
  sampling_rule: SamplingRuleTable
  site_kit: SiteKitTable
  site_queue: SiteQueueTable
  tube: TubeTable
  tube_box: TubeBoxTable
}
