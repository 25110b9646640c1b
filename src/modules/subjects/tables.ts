// Generated from the migrations by `npm run types`. Do not edit.
import type { Generated } from 'kysely'

/** a member of the public or a vehicle that records are about, by a bare id */
export interface SubjectTable {
  agency_id: string
  subject_id: string
  kind: string
  made_at: string
  last_seen_on: string
  erased_at: string | null
}

/** boxes that could not be opened, kept as they came */
export interface SubjectBoxTable {
  agency_id: string
  fact_id: string
  n: number
  kind: string
  box: string
  noted_at: string
  dismissed_at: string | null
  dismissed_by: string | null
  dismissed_why: string | null
}

/** proposals to erase, and what another person decided */
export interface SubjectErasureTable {
  agency_id: string
  erasure_id: string
  subject_id: string
  reason: string
  proposed_at: string
  proposed_by: string | null
  decided_at: string | null
  decided_by: string | null
  decision: string | null
  decided_why: Generated<string>
}

/** two that came in one fact and were not made one */
export interface SubjectLinkTable {
  agency_id: string
  subject_id: string
  other_id: string
  kind: string
  fact_id: string
  made_at: string
}

/** what is known of one, sealed under its own key */
export interface SubjectValueTable {
  agency_id: string
  value_id: string
  subject_id: string
  kind: string
  value: string
  noted_at: string
}

export interface SubjectsTables {
  subject: SubjectTable
  subject_box: SubjectBoxTable
  subject_erasure: SubjectErasureTable
  subject_link: SubjectLinkTable
  subject_value: SubjectValueTable
}
