// When an officer is not there: absences and limits, and secondments out.
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import {
  endSecondment,
  endUnavailable,
  peopleProblems,
  reportUnavailable,
  secondOfficer,
  withdrawSecondment,
  withdrawUnavailable,
} from './contracts.ts'
import { needOfficer, needSpan, type PeopleDb } from './people-db.ts'
import type { PeopleTables } from './tables.ts'

const on = commandsOn<PeopleTables>()

/** A longer absence is entered again: nobody stays off the rosters for ever by a slip of the pen. */
export const absenceDaysMost = 366

const forOthers = new Set([
  'administrator',
  'commander',
  'dutyOfficer',
  'unitLeader',
  'healthOfficer',
  'system',
])

/** Everybody may report himself; leaders and the health officer also those they may see. */
async function needRight(db: PeopleDb, meta: CommandMeta, officerId: string): Promise<void> {
  const own = meta.actor.officerId === officerId
  if (!own && !meta.actor.roles.some(role => forOthers.has(role))) throw peopleProblems.ownOnly()
  await needOfficer(db, meta.agency.agencyId, officerId)
}

async function needAbsence(db: PeopleDb, meta: CommandMeta, availabilityId: string) {
  const row = await db
    .selectFrom('availability')
    .select(['officer_id', 'withdrawn', 'begins_at', 'ends_at'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('availability_id', '=', availabilityId)
    .executeTakeFirst()
  if (!row || row.withdrawn) throw peopleProblems.availabilityMissing()
  return row
}

async function needSecondment(db: PeopleDb, meta: CommandMeta, secondmentId: string) {
  const row = await db
    .selectFrom('secondment')
    .select(['officer_id', 'begins_on', 'ends_on', 'withdrawn'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('secondment_id', '=', secondmentId)
    .executeTakeFirst()
  if (!row || row.withdrawn) throw peopleProblems.secondmentMissing()
  await needOfficer(db, meta.agency.agencyId, row.officer_id)
  return row
}

async function needFree(
  db: PeopleDb,
  meta: CommandMeta,
  wanted: { secondmentId: string; officerId: string; beginsOn: string; endsOn: string },
): Promise<void> {
  const other = await db
    .selectFrom('secondment')
    .select(['begins_on', 'ends_on'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('officer_id', '=', wanted.officerId)
    .where('secondment_id', '<>', wanted.secondmentId)
    .where('withdrawn', '=', false)
    .where('begins_on', '<=', wanted.endsOn)
    .where('ends_on', '>=', wanted.beginsOn)
    .orderBy('begins_on')
    .orderBy('secondment_id')
    .executeTakeFirst()
  if (other) throw peopleProblems.secondmentOverlaps({ from: other.begins_on, until: other.ends_on })
}

const absenceCommands = [
  on(reportUnavailable, {
    async allow(tx, input, meta) {
      await needRight(tx.db, meta, input.officerId)
    },
    handle(tx, input, meta) {
      const [begins, ends] = [Date.parse(input.beginsAt), Date.parse(input.endsAt)]
      if (ends <= begins) throw peopleProblems.endsBeforeItBegins()
      if (ends - begins > absenceDaysMost * 86_400_000) {
        throw peopleProblems.stretchTooLong({ days: absenceDaysMost })
      }
      if (input.state === 'limited' && !input.noNights) throw peopleProblems.limitNeedsMeaning()
      tx.write(
        tx.db.insertInto('availability').values({
          agency_id: meta.agency.agencyId,
          availability_id: input.availabilityId,
          officer_id: input.officerId,
          state: input.state,
          no_nights: input.state === 'limited',
          begins_at: new Date(begins).toISOString(),
          ends_at: new Date(ends).toISOString(),
          reason: input.reason,
        }),
      )
      return {}
    },
  }),

  on(withdrawUnavailable, {
    async allow(tx, input, meta) {
      const row = await needAbsence(tx.db, meta, input.availabilityId)
      await needRight(tx.db, meta, row.officer_id)
    },
    handle(tx, input, meta) {
      tx.write(
        tx.db
          .updateTable('availability')
          .set({ withdrawn: true })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('availability_id', '=', input.availabilityId),
        { rows: 1, otherwise: peopleProblems.availabilityMissing() },
      )
      return {}
    },
  }),

  on(endUnavailable, {
    async allow(tx, input, meta) {
      const row = await needAbsence(tx.db, meta, input.availabilityId)
      await needRight(tx.db, meta, row.officer_id)
    },
    async handle(tx, input, meta) {
      const row = await needAbsence(tx.db, meta, input.availabilityId)
      const endsAt = new Date(input.endsAt).toISOString()
      if (endsAt >= row.ends_at) throw peopleProblems.endsLater()
      tx.write(
        tx.db
          .updateTable('availability')
          .set(endsAt <= row.begins_at ? { withdrawn: true } : { ends_at: endsAt })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('availability_id', '=', input.availabilityId),
        { rows: 1, otherwise: peopleProblems.availabilityMissing() },
      )
      return {}
    },
  }),
]

const secondmentCommands = [
  on(secondOfficer, {
    async allow(tx, input, meta) {
      await needOfficer(tx.db, meta.agency.agencyId, input.officerId)
    },
    async handle(tx, input, meta) {
      needSpan(input.beginsOn, input.endsOn)
      await needFree(tx.db, meta, input)
      tx.write(
        tx.db.insertInto('secondment').values({
          agency_id: meta.agency.agencyId,
          secondment_id: input.secondmentId,
          officer_id: input.officerId,
          to_whom: input.toWhom.trim(),
          begins_on: input.beginsOn,
          ends_on: input.endsOn,
        }),
      )
      return {}
    },
  }),

  on(endSecondment, {
    async handle(tx, input, meta) {
      const row = await needSecondment(tx.db, meta, input.secondmentId)
      needSpan(row.begins_on, input.endsOn)
      await needFree(tx.db, meta, {
        secondmentId: input.secondmentId,
        officerId: row.officer_id,
        beginsOn: row.begins_on,
        endsOn: input.endsOn,
      })
      tx.write(
        tx.db
          .updateTable('secondment')
          .set({ ends_on: input.endsOn })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('secondment_id', '=', input.secondmentId),
        { rows: 1, otherwise: peopleProblems.secondmentMissing() },
      )
      return {}
    },
  }),

  on(withdrawSecondment, {
    async handle(tx, input, meta) {
      await needSecondment(tx.db, meta, input.secondmentId)
      tx.write(
        tx.db
          .updateTable('secondment')
          .set({ withdrawn: true })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('secondment_id', '=', input.secondmentId),
        { rows: 1, otherwise: peopleProblems.secondmentMissing() },
      )
      return {}
    },
  }),
]

export const timeCommands = [...absenceCommands, ...secondmentCommands]
