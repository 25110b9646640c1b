// Sign-ins for officers, many at once: each account and each code is a command of the access module.
import { commandsOn } from '../../kernel/command.ts'
import { addAccount, issueResetCode } from '../access/contracts.ts'
import { badgesWithAccount } from '../access/index.ts'
import { openAccounts } from './contracts.ts'
import { needOfficers } from './people-db.ts'
import type { PeopleTables } from './tables.ts'

const on = commandsOn<PeopleTables>()
/** A printed slip reaches a post at the far end of the county within a week. */
const minutes = 7 * 24 * 60

export const accountCommands = [
  on(openAccounts, {
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const rows = await needOfficers(
        tx.db,
        agencyId,
        input.officers.map(one => one.officerId),
      )
      const officers = new Map(rows.map(row => [row.officer_id, row]))
      const badges = rows.map(row => row.badge)
      const known = await badgesWithAccount(tx.db as never, agencyId, badges)
      const opened: string[] = []
      for (const { officerId, accountId, codeHash } of input.officers) {
        const officer = officers.get(officerId)
        if (!officer || known.has(officer.badge)) continue
        known.add(officer.badge)
        await meta.call(addAccount, {
          accountId,
          badge: officer.badge,
          name: officer.name,
          roles: ['officer'],
          scopeUnitId: officer.unit_id,
          officerId,
        })
        await meta.call(issueResetCode, { accountId, codeHash, minutes })
        opened.push(officerId)
      }
      return { opened, expiresAt: new Date(Date.parse(meta.receivedAt) + minutes * 60_000).toISOString() }
    },
  }),
]
