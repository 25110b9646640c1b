// The columns of this module's tables in words, for the history of a record.
import type { TableWords } from '../../../ui/index.ts'

export const devicesFields: Record<string, TableWords> = {
  device_revocation: {
    zh: '设备停用',
    en: 'Revocation of a device',
    hidden: ['device_id', 'account_id'],
    fields: {
      revoked_at: { zh: '停用时间', en: 'Revoked at' },
      revoked_by: { zh: '停用人', en: 'Revoked by' },
      why: { zh: '停用原因', en: 'Reason for revoking' },
      restored_at: { zh: '恢复时间', en: 'Restored at' },
      restored_by: { zh: '恢复人', en: 'Restored by' },
      restored_why: { zh: '恢复原因', en: 'Reason for restoring' },
    },
  },
}
