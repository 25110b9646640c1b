// The columns of this module's tables in words, for the history of a record and for what a held command says.
import { roleTitles } from '../../../kernel/contract.ts'
import type { TableWords } from '../../../ui/index.ts'

export const accessFields: Record<string, TableWords> = {
  account: {
    zh: '账号',
    en: 'Account',
    hidden: ['account_id'],
    fields: {
      badge: { zh: '警号', en: 'Badge' },
      name: { zh: '姓名', en: 'Name' },
      roles: { zh: '角色', en: 'Roles', values: roleTitles },
      scope_unit_id: { zh: '范围', en: 'Scope' },
      officer_id: { zh: '人员', en: 'Officer' },
      active: { zh: '可登录', en: 'May sign in' },
    },
  },
}
