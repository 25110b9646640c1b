import type { Module } from '../../kernel/module.ts'
import { commands } from './commands.ts'
import { accessProblems } from './contracts.ts'
import { queries } from './queries.ts'

export { type AccountName, accountNames, badgesWithAccount } from './reads.ts'

export const access: Module = {
  name: 'access',
  title: { zh: '系统', en: 'System' },
  commands,
  queries,
  problems: [accessProblems],
  constraints: {
    account_agency_id_badge_key: () => accessProblems.badgeTaken(),
    account_agency_id_scope_unit_id_fkey: () => accessProblems.unitMissing(),
    agency_code_key: () => accessProblems.agencyExists(),
    agency_pkey: () => accessProblems.agencyExists(),
  },
}
