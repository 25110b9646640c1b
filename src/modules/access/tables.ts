// Generated from the migrations by `npm run types`. Do not edit.
import type { Generated } from 'kysely'

/** who may sign in, with roles and unit scope */
export interface AccountTable {
  agency_id: string
  account_id: string
  badge: string
  name: string
  roles: string[]
  scope_unit_id: string | null
  officer_id: string | null
  active: Generated<boolean>
}

/** one bureau, the tenant */
export interface AgencyTable {
  agency_id: string
  code: string
  name: string
  kind: string
  host_name: string | null
  time_zone: Generated<string>
  hand_over_minute: Generated<number>
  logo_text: Generated<string>
}

export interface AccessTables {
  account: AccountTable
  agency: AgencyTable
}
