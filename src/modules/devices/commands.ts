// Taking a device out of use, and back. The device is named by its id and its holder; what the server has heard of it
// stands outside the books and decides nothing here, so that the journal can be run again.
import type { Kysely } from 'kysely'
import { type CommandMeta, commandsOn, type CommandTx } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { accountNames } from '../access/index.ts'
import { officerNames } from '../people/index.ts'
import { devicesProblems, restore, revoke, revokers } from './contracts.ts'
import type { DevicesTables } from './tables.ts'

const on = commandsOn<DevicesTables>()
type Tx = CommandTx<DevicesTables>
interface Device {
  deviceId: string
  accountId: string
}

/** Of an account of one's own units; who is bound to no unit reaches all. */
async function needReach(tx: Tx, { accountId }: Device, { actor, agency }: CommandMeta): Promise<void> {
  const db = tx.db as unknown as Kysely<AnyTables>
  const holder = (await accountNames(db as never, agency.agencyId, [accountId])).get(accountId)
  if (!holder) throw kernelProblems.missing({ what: '账号' })
  if (actor.scope.unitIds === '*') return
  const { officerId } = holder
  // Under the scope of the actor: who is outside it is not found.
  const found = officerId ? await officerNames(db, agency.agencyId, [officerId]) : undefined
  if (!found?.size) throw devicesProblems.notYours()
}

const standing = (tx: Tx, { deviceId, accountId }: Device, { agency }: CommandMeta) =>
  tx.db
    .selectFrom('device_revocation')
    .select(['restored_at'])
    .where('agency_id', '=', agency.agencyId)
    .where('device_id', '=', deviceId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()

export const commands = [
  on(revoke, {
    async allow(tx, input, meta) {
      if (input.accountId === meta.actor.accountId) return
      if (!revokers.some(role => meta.actor.roles.includes(role))) throw devicesProblems.notYours()
      await needReach(tx, input, meta)
    },
    async handle(tx, { deviceId, accountId, why }, meta) {
      const before = await standing(tx, { deviceId, accountId }, meta)
      if (before && before.restored_at === null) throw devicesProblems.alreadyRevoked()
      const key = { agency_id: meta.agency.agencyId, device_id: deviceId, account_id: accountId }
      const now = {
        revoked_at: meta.receivedAt,
        revoked_by: meta.actor.accountId ?? '',
        why,
        restored_at: null,
        restored_by: null,
        restored_why: null,
      }
      tx.write(
        before
          ? tx.db
              .updateTable('device_revocation')
              .set(now)
              .where('agency_id', '=', key.agency_id)
              .where('device_id', '=', deviceId)
              .where('account_id', '=', accountId)
          : tx.db.insertInto('device_revocation').values({ ...key, ...now }),
      )
      return {}
    },
  }),

  on(restore, {
    allow: needReach,
    async handle(tx, { deviceId, accountId, why }, meta) {
      tx.write(
        tx.db
          .updateTable('device_revocation')
          .set({ restored_at: meta.receivedAt, restored_by: meta.actor.accountId ?? '', restored_why: why })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('device_id', '=', deviceId)
          .where('account_id', '=', accountId)
          .where('restored_at', 'is', null),
        { rows: 1, otherwise: devicesProblems.notRevoked() },
      )
      return {}
    },
  }),
]
