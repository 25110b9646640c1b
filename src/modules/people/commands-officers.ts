import { type CommandMeta, type CommandTx, commandsOn } from '../../kernel/command.ts'
import {
  addOfficer,
  changeOfficer,
  grantSkill,
  type OfficerKind,
  peopleProblems,
  reactivateOfficer,
  retireOfficer,
  transferOfficer,
  withdrawSkill,
} from './contracts.ts'
import { nameSort } from './name-sort.ts'
import {
  anyOf,
  needBadge,
  needOfficer,
  needOfficers,
  needSpan,
  needUnit,
  type PeopleDb,
  todayOf,
} from './people-db.ts'
import type { PeopleTables } from './tables.ts'

const on = commandsOn<PeopleTables>()
type Tx = CommandTx<PeopleTables>

async function needBadgeFree(
  db: PeopleDb,
  meta: CommandMeta,
  officerId: string,
  badge: string,
): Promise<void> {
  const same = await db
    .selectFrom('officer')
    .select('officer_id')
    .where('agency_id', '=', meta.agency.agencyId)
    .where('badge', '=', badge)
    .where('officer_id', '<>', officerId)
    .executeTakeFirst()
  // One that stands outside the actor's scope is not seen here; the unique key of the table finds it.
  if (same) throw peopleProblems.badgeTaken({ badge })
}

interface OfficerFields {
  kind: OfficerKind
  badge: string
  homeAgency: string | null
  beginsOn: string | null
  endsOn: string | null
}

function needSense(input: OfficerFields): void {
  needSpan(input.beginsOn, input.endsOn)
  needBadge(input.kind, input.badge)
  if (input.kind === 'attached' && !input.homeAgency?.trim()) throw peopleProblems.homeAgencyNeeded()
}

function updateOfficer(
  tx: Tx,
  meta: CommandMeta,
  officerId: string,
  set: Partial<{ active: boolean; ends_on: string | null }>,
): void {
  tx.write(
    tx.db
      .updateTable('officer')
      .set(set)
      .where('agency_id', '=', meta.agency.agencyId)
      .where('officer_id', '=', officerId),
    { rows: 1, otherwise: peopleProblems.officerMissing() },
  )
}

const bookCommands = [
  on(addOfficer, {
    async allow(tx, input, meta) {
      await needUnit(tx.db, meta, input.unitId)
    },
    async handle(tx, input, meta) {
      needSense(input)
      await needBadgeFree(tx.db, meta, input.officerId, input.badge)
      tx.write(
        tx.db.insertInto('officer').values({
          agency_id: meta.agency.agencyId,
          officer_id: input.officerId,
          badge: input.badge,
          name: input.name.trim(),
          name_sort: nameSort(input.name),
          kind: input.kind,
          sex: input.sex,
          unit_id: input.unitId,
          title: input.title.trim(),
          phone: input.phone,
          home_agency: input.homeAgency?.trim() || null,
          begins_on: input.beginsOn,
          ends_on: input.endsOn,
        }),
      )
      return {}
    },
  }),

  on(changeOfficer, {
    async allow(tx, input, meta) {
      await needOfficer(tx.db, meta.agency.agencyId, input.officerId)
    },
    async handle(tx, input, meta) {
      needSense(input)
      await needBadgeFree(tx.db, meta, input.officerId, input.badge)
      tx.write(
        tx.db
          .updateTable('officer')
          .set({
            badge: input.badge,
            name: input.name.trim(),
            name_sort: nameSort(input.name),
            kind: input.kind,
            sex: input.sex,
            title: input.title.trim(),
            home_agency: input.homeAgency?.trim() || null,
            begins_on: input.beginsOn,
            ends_on: input.endsOn,
            ...(input.phone === undefined ? {} : { phone: input.phone }),
          })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('officer_id', '=', input.officerId),
        { rows: 1, otherwise: peopleProblems.officerMissing() },
      )
      return {}
    },
  }),

  on(transferOfficer, {
    async allow(tx, input, meta) {
      await needUnit(tx.db, meta, input.unitId)
      await needOfficers(tx.db, meta.agency.agencyId, input.officerIds)
    },
    handle(tx, input, meta) {
      const officerIds = [...new Set(input.officerIds)].sort()
      tx.write(
        tx.db
          .updateTable('officer')
          .set({ unit_id: input.unitId })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('officer_id', '=', anyOf(officerIds)),
        { rows: officerIds.length, otherwise: peopleProblems.officerMissing() },
      )
      return {}
    },
  }),

  on(retireOfficer, {
    async handle(tx, input, meta) {
      const row = await needOfficer(tx.db, meta.agency.agencyId, input.officerId)
      if (!row.active) throw peopleProblems.alreadyRetired()
      needSpan(row.begins_on, input.endsOn)
      updateOfficer(tx, meta, input.officerId, { active: false, ends_on: input.endsOn })
      return {}
    },
  }),

  on(reactivateOfficer, {
    async handle(tx, input, meta) {
      const row = await needOfficer(tx.db, meta.agency.agencyId, input.officerId)
      const over = row.ends_on !== null && row.ends_on < todayOf(meta)
      if (row.active && !over) throw peopleProblems.notRetired()
      await needUnit(tx.db, meta, row.unit_id)
      updateOfficer(tx, meta, input.officerId, { active: true, ends_on: null })
      return {}
    },
  }),
]

const skillCommands = [
  on(grantSkill, {
    async allow(tx, input, meta) {
      await needOfficers(tx.db, meta.agency.agencyId, input.officerIds)
    },
    handle(tx, input, meta) {
      needSpan(input.validFrom, input.validUntil)
      const rows = [...new Set(input.officerIds)].sort().map(officerId => ({
        agency_id: meta.agency.agencyId,
        officer_id: officerId,
        skill: input.skill,
        valid_from: input.validFrom,
        valid_until: input.validUntil,
      }))
      // Granting again renews: the new validity takes the place of the old.
      tx.write(
        tx.db
          .insertInto('officer_skill')
          .values(rows)
          .onConflict(clash =>
            clash
              .columns(['agency_id', 'officer_id', 'skill'])
              .doUpdateSet({ valid_from: input.validFrom, valid_until: input.validUntil }),
          ),
      )
      return {}
    },
  }),

  on(withdrawSkill, {
    async allow(tx, input, meta) {
      await needOfficer(tx.db, meta.agency.agencyId, input.officerId)
    },
    handle(tx, input, meta) {
      tx.write(
        tx.db
          .deleteFrom('officer_skill')
          .where('agency_id', '=', meta.agency.agencyId)
          .where('officer_id', '=', input.officerId)
          .where('skill', '=', input.skill),
        { rows: 1, otherwise: peopleProblems.skillMissing() },
      )
      return {}
    },
  }),
]

export const officerCommands = [...bookCommands, ...skillCommands]
