// The duty log: entries go in and are never edited. One that is wrong is corrected by a further one.
import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { instantAt } from '../../kernel/time.ts'
import { officerNames } from '../people/index.ts'
import { commandpostProblems, correct, pin, record, recordChange } from './contracts.ts'
import { joinEnclosures } from './enclosures.ts'
import { anyDb, needPost, nextNumber, operationOf, unitsOf, utc, zonesOf } from './lower.ts'
import type { CommandpostTables } from './tables.ts'
import { scopeUnit } from './units.ts'

const on = commandsOn<CommandpostTables>()
type Tx = CommandTx<CommandpostTables>
/** Two clocks at one desk differ by a little. */
const aheadMinutes = 5

function checkTime(meta: CommandMeta, happenedAt: string, operation: { beginsOn: string }): string {
  const at = utc(happenedAt)
  if (Date.parse(at) > Date.parse(meta.receivedAt) + aheadMinutes * 60_000)
    throw commandpostProblems.inFuture()
  // From midnight of its first day: the command post is set up before the first hand-over.
  if (at < instantAt(meta.agency.timeZone, operation.beginsOn, 0)) {
    throw commandpostProblems.beforeOperation({ day: operation.beginsOn })
  }
  return at
}

/** What an entry is about must belong to its operation, and to the writer's units. The unit follows from the post. */
async function checkLinks(tx: Tx, meta: CommandMeta, input: InputOf<typeof record>): Promise<string | null> {
  const { agencyId } = meta.agency
  const { operationId, postId, zoneId, officerId } = input
  const units = await unitsOf(tx.db, agencyId)
  const post = postId === null ? null : await needPost(tx.db, agencyId, operationId, postId)
  if (
    zoneId !== null &&
    !(await zonesOf(tx.db, agencyId, operationId)).some(zone => zone.zoneId === zoneId)
  ) {
    throw commandpostProblems.otherOperation({ name: zoneId })
  }
  if (officerId !== null && !(await officerNames(anyDb(tx.db), agencyId, [officerId])).has(officerId)) {
    throw commandpostProblems.outsideScope()
  }
  await checkRecords(tx, meta, input)
  const unitId = input.unitId ?? post?.unitId ?? scopeUnit(meta.actor, units)
  if (unitId !== null && !units.has(unitId)) throw commandpostProblems.unitMissing()
  const { unitIds } = meta.actor.scope
  if (unitIds !== '*' && (unitId === null || !unitIds.includes(unitId)))
    throw commandpostProblems.outsideScope()
  return unitId
}

async function checkRecords(tx: Tx, meta: CommandMeta, input: InputOf<typeof record>): Promise<void> {
  const { agencyId } = meta.agency
  const { operationId, directiveId, difficultyId } = input
  if (directiveId !== null) {
    const found = await tx.db
      .selectFrom('directive')
      .select('operation_id')
      .where('agency_id', '=', agencyId)
      .where('directive_id', '=', directiveId)
      .executeTakeFirst()
    if (found?.operation_id !== operationId) throw commandpostProblems.directiveMissing()
  }
  if (difficultyId === null) return
  const found = await tx.db
    .selectFrom('difficulty')
    .select('operation_id')
    .where('agency_id', '=', agencyId)
    .where('difficulty_id', '=', difficultyId)
    .executeTakeFirst()
  if (found?.operation_id !== operationId) throw commandpostProblems.difficultyMissing()
}

async function entryOf(tx: Tx, meta: CommandMeta, entryId: string) {
  const row = await tx.db
    .selectFrom('duty_entry')
    .selectAll()
    .where('agency_id', '=', meta.agency.agencyId)
    .where('entry_id', '=', entryId)
    .executeTakeFirst()
  if (!row) throw commandpostProblems.entryMissing()
  return row
}

async function correctedBy(tx: Tx, meta: CommandMeta, entryId: string) {
  return tx.db
    .selectFrom('duty_entry')
    .select('n')
    .where('agency_id', '=', meta.agency.agencyId)
    .where('corrects', '=', entryId)
    .executeTakeFirst()
}

export const logCommands = [
  on(record, {
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const operation = await operationOf(tx.db, agencyId, input.operationId)
      const happenedAt = checkTime(meta, input.happenedAt, operation)
      const unitId = await checkLinks(tx, meta, input)
      tx.write(
        tx.db.insertInto('duty_entry').values({
          agency_id: agencyId,
          entry_id: input.entryId,
          operation_id: input.operationId,
          n: await nextNumber(tx, meta, input.operationId, 'entry'),
          kind: input.kind,
          happened_at: happenedAt,
          entered_at: meta.receivedAt,
          text: input.text.trim(),
          text_en: null,
          author_id: meta.actor.accountId,
          unit_id: unitId,
          post_id: input.postId,
          zone_id: input.zoneId,
          officer_id: input.officerId,
          directive_id: input.directiveId,
          difficulty_id: input.difficultyId,
          pinned: input.pinned,
          corrects: null,
        }),
      )
      await joinEnclosures(
        tx,
        meta,
        { holder: 'entry', holderId: input.entryId, step: null },
        input.enclosures,
      )
      return {}
    },
  }),

  on(correct, {
    async handle(tx, input, meta) {
      const { agencyId } = meta.agency
      const before = await entryOf(tx, meta, input.corrects)
      if (before.author_id === null) throw commandpostProblems.systemEntry()
      const command = meta.actor.roles.some(role => role === 'commander' || role === 'dutyOfficer')
      if (!command && before.author_id !== meta.actor.accountId) throw commandpostProblems.notYourEntry()
      const again = await correctedBy(tx, meta, input.corrects)
      if (again) throw commandpostProblems.correctedAlready({ n: again.n })
      const operation = await operationOf(tx.db, agencyId, before.operation_id)
      const happenedAt = checkTime(meta, input.happenedAt, operation)
      tx.write(
        tx.db.insertInto('duty_entry').values({
          ...before,
          entry_id: input.entryId,
          n: await nextNumber(tx, meta, before.operation_id, 'entry'),
          kind: input.kind,
          happened_at: happenedAt,
          entered_at: meta.receivedAt,
          text: input.text.trim(),
          author_id: meta.actor.accountId,
          corrects: before.entry_id,
        }),
      )
      await joinEnclosures(
        tx,
        meta,
        { holder: 'entry', holderId: input.entryId, step: null },
        input.enclosures,
      )
      return {}
    },
  }),

  on(pin, {
    async handle(tx, input, meta) {
      await entryOf(tx, meta, input.entryId)
      tx.write(
        tx.db
          .updateTable('duty_entry')
          .set({ pinned: input.pinned })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('entry_id', '=', input.entryId),
        { rows: 1, otherwise: commandpostProblems.entryMissing() },
      )
      return {}
    },
  }),

  on(recordChange, {
    async handle(tx, input, meta) {
      const first = await nextNumber(tx, meta, input.operationId, 'entry', input.entries.length)
      tx.write(
        tx.db.insertInto('duty_entry').values(
          input.entries.map((one, at) => ({
            agency_id: meta.agency.agencyId,
            entry_id: one.entryId,
            operation_id: input.operationId,
            n: first + at,
            kind: one.kind,
            happened_at: utc(one.happenedAt),
            entered_at: meta.receivedAt,
            text: one.text,
            text_en: one.textEn,
            author_id: null,
            unit_id: one.unitId,
            post_id: one.postId,
            zone_id: one.zoneId,
            officer_id: one.officerId,
            directive_id: one.directiveId,
            difficulty_id: one.difficultyId,
            pinned: false,
            corrects: null,
          })),
        ),
      )
      return {}
    },
  }),
]
