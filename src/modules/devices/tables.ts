// Generated from the migrations by `npm run types`. Do not edit.

/** phones that were lost or taken away from an account, by whom and why */
export interface DeviceRevocationTable {
  agency_id: string
  device_id: string
  account_id: string
  revoked_at: string
  revoked_by: string
  why: string
  restored_at: string | null
  restored_by: string | null
  restored_why: string | null
}

export interface DevicesTables {
  device_revocation: DeviceRevocationTable
}
