import { commandsOn } from '../../kernel/command.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { sql } from 'kysely'
import {
  accessProblems,
  addAccount,
  changeAccount,
  changeAgency,
  foundAgency,
  issueResetCode,
} from './contracts.ts'
import type { AccessTables } from './tables.ts'

const on = commandsOn<AccessTables>()

export const commands = [
  on(foundAgency, {
    changesAgency: true,
    handle(tx, input, meta) {
      tx.write(
        tx.db.insertInto('agency').values({
          agency_id: meta.agency.agencyId,
          code: input.code,
          name: input.name,
          kind: input.kind,
          host_name: input.hostName,
        }),
      )
      return {}
    },
  }),

  on(changeAgency, {
    changesAgency: true,
    handle(tx, input, meta) {
      tx.write(
        tx.db
          .updateTable('agency')
          .set({ name: input.name, host_name: input.hostName, hand_over_minute: input.handOverMinute })
          .where('agency_id', '=', meta.agency.agencyId),
        { rows: 1, otherwise: kernelProblems.missing({ what: 'agency' }) },
      )
      return {}
    },
  }),

  on(addAccount, {
    handle(tx, input, meta) {
      tx.write(
        tx.db.insertInto('account').values({
          agency_id: meta.agency.agencyId,
          account_id: input.accountId,
          badge: input.badge,
          name: input.name,
          roles: [...new Set(input.roles)].sort(),
          scope_unit_id: input.scopeUnitId,
          officer_id: input.officerId,
        }),
      )
      return {}
    },
  }),

  on(changeAccount, {
    async handle(tx, input, meta) {
      const administrators = await tx.db
        .selectFrom('account')
        .select('account_id')
        .where('agency_id', '=', meta.agency.agencyId)
        .where('active', '=', true)
        .where(({ eb, val }) => eb(val('administrator'), '=', eb.fn.any('roles')))
        .orderBy('account_id')
        .execute()
      const stays = input.active && input.roles.includes('administrator')
      if (!stays && administrators.length === 1 && administrators[0]?.account_id === input.accountId) {
        throw accessProblems.lastAdministrator()
      }
      tx.write(
        tx.db
          .updateTable('account')
          .set({
            roles: [...new Set(input.roles)].sort(),
            scope_unit_id: input.scopeUnitId,
            active: input.active,
          })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('account_id', '=', input.accountId),
        { rows: 1, otherwise: kernelProblems.missing({ what: '账号' }) },
      )
      return {}
    },
  }),

  on(issueResetCode, {
    async handle(tx, input, meta) {
      const account = await tx.db
        .selectFrom('account')
        .select('account_id')
        .where('agency_id', '=', meta.agency.agencyId)
        .where('account_id', '=', input.accountId)
        .where('active', '=', true)
        .executeTakeFirst()
      if (!account) throw kernelProblems.missing({ what: '账号' })
      const expiresAt = new Date(Date.parse(meta.receivedAt) + input.minutes * 60_000).toISOString()
      const { agencyId } = meta.agency
      const code = sql`select sys.add_code(decode(${input.codeHash}, 'hex'), 'reset', ${agencyId}, ${input.accountId}, ${expiresAt})`
      tx.write({ compile: () => code.compile(tx.db) as never })
      return { expiresAt }
    },
  }),
]
