// Generated from the migrations by `npm run types`. Do not edit.
import type { ColumnType, Generated } from 'kysely'

/** unavailable or limited, from and until; the reason is sealed */
export interface AvailabilityTable {
  agency_id: string
  availability_id: string
  officer_id: string
  state: string
  no_nights: Generated<boolean>
  begins_at: string
  ends_at: string
  reason: string | null
  withdrawn: Generated<boolean>
}

/** how the columns of a source were mapped last time */
export interface ImportMappingTable {
  agency_id: string
  signature: string
  subject: string
  mapping: ColumnType<unknown, string, string>
}

/** a member of staff who can be assigned */
export interface OfficerTable {
  agency_id: string
  officer_id: string
  badge: string
  name: string
  name_sort: string
  kind: string
  sex: Generated<string>
  unit_id: string
  title: Generated<string>
  phone: string | null
  home_agency: string | null
  begins_on: string | null
  ends_on: string | null
  active: Generated<boolean>
}

/** a skill that a post can demand, with its validity */
export interface OfficerSkillTable {
  agency_id: string
  officer_id: string
  skill: string
  valid_from: string | null
  valid_until: string | null
}

/** somebody of another organisation at a post; never counted as an officer */
export interface PartnerTable {
  agency_id: string
  partner_id: string
  name: string
  kind: string
  organisation: string
  phone: string | null
  active: Generated<boolean>
}

/** an officer sent out to a community or another agency */
export interface SecondmentTable {
  agency_id: string
  secondment_id: string
  officer_id: string
  to_whom: string
  begins_on: string
  ends_on: string
  withdrawn: Generated<boolean>
}

/** officers grouped for the operation across units */
export interface TeamTable {
  agency_id: string
  team_id: string
  name: string
  kind: string
  leader_id: string | null
  begins_on: string
  ends_on: string | null
}

/** who belongs to a team, from and until */
export interface TeamMemberTable {
  agency_id: string
  team_id: string
  officer_id: string
  begins_on: string
  ends_on: string | null
}

/** the tree of departments and stations */
export interface UnitTable {
  agency_id: string
  unit_id: string
  parent_id: string | null
  name: string
  short_name: string
  kind: string
  sort: Generated<number>
  lendable: Generated<boolean>
  lng: number | null
  lat: number | null
  active: Generated<boolean>
}

export interface PeopleTables {
  availability: AvailabilityTable
  import_mapping: ImportMappingTable
  officer: OfficerTable
  officer_skill: OfficerSkillTable
  partner: PartnerTable
  secondment: SecondmentTable
  team: TeamTable
  team_member: TeamMemberTable
  unit: UnitTable
}
