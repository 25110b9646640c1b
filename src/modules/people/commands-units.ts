import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import { addUnit, changeUnit, moveUnit, peopleProblems } from './contracts.ts'
import { type PeopleDb, subtreeIds } from './people-db.ts'
import type { PeopleTables } from './tables.ts'

const on = commandsOn<PeopleTables>()

/** A keeper whose account is limited to some units may arrange those only; null is the top of the tree. */
function needScope(meta: CommandMeta, unitId: string | null): void {
  const { unitIds } = meta.actor.scope
  if (unitIds === '*') return
  if (unitId === null || !unitIds.includes(unitId)) throw peopleProblems.outsideScope()
}

async function unitById(db: PeopleDb, meta: CommandMeta, unitId: string) {
  const unit = await db
    .selectFrom('unit')
    .select(['unit_id', 'parent_id', 'name', 'active'])
    .where('agency_id', '=', meta.agency.agencyId)
    .where('unit_id', '=', unitId)
    .executeTakeFirst()
  if (!unit) throw peopleProblems.unitMissing()
  return unit
}

async function needParent(db: PeopleDb, meta: CommandMeta, parentId: string | null): Promise<void> {
  if (parentId === null) return
  const parent = await unitById(db, meta, parentId)
  if (!parent.active) throw peopleProblems.unitClosed({ name: parent.name })
}

async function needNameFree(db: PeopleDb, meta: CommandMeta, unitId: string, name: string): Promise<void> {
  const same = await db
    .selectFrom('unit')
    .select('unit_id')
    .where('agency_id', '=', meta.agency.agencyId)
    .where('name', '=', name)
    .where('unit_id', '<>', unitId)
    .executeTakeFirst()
  if (same) throw peopleProblems.unitNameTaken()
}

/** A unit is closed only when nobody and nothing is left in it: a roster would otherwise lose people silently. */
async function needEmpty(db: PeopleDb, meta: CommandMeta, unitId: string, name: string): Promise<void> {
  const officers = await db
    .selectFrom('officer')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('agency_id', '=', meta.agency.agencyId)
    .where('unit_id', '=', unitId)
    .where('active', '=', true)
    .executeTakeFirstOrThrow()
  const units = await db
    .selectFrom('unit')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('agency_id', '=', meta.agency.agencyId)
    .where('parent_id', '=', unitId)
    .where('active', '=', true)
    .executeTakeFirstOrThrow()
  if (officers.n + units.n > 0)
    throw peopleProblems.unitNotEmpty({ name, officers: officers.n, units: units.n })
}

export const unitCommands = [
  on(addUnit, {
    allow(_tx, input, meta) {
      needScope(meta, input.parentId)
    },
    async handle(tx, input, meta) {
      await needParent(tx.db, meta, input.parentId)
      await needNameFree(tx.db, meta, input.unitId, input.name.trim())
      tx.write(
        tx.db.insertInto('unit').values({
          agency_id: meta.agency.agencyId,
          unit_id: input.unitId,
          parent_id: input.parentId,
          name: input.name.trim(),
          short_name: input.shortName.trim(),
          kind: input.kind,
          sort: input.sort,
          lendable: input.lendable,
          lng: input.place?.lng ?? null,
          lat: input.place?.lat ?? null,
        }),
      )
      return {}
    },
  }),

  on(changeUnit, {
    allow(_tx, input, meta) {
      needScope(meta, input.unitId)
    },
    async handle(tx, input, meta) {
      const unit = await unitById(tx.db, meta, input.unitId)
      await needNameFree(tx.db, meta, input.unitId, input.name.trim())
      if (unit.active && !input.active) await needEmpty(tx.db, meta, input.unitId, unit.name)
      if (!unit.active && input.active) await needParent(tx.db, meta, unit.parent_id)
      tx.write(
        tx.db
          .updateTable('unit')
          .set({
            name: input.name.trim(),
            short_name: input.shortName.trim(),
            kind: input.kind,
            sort: input.sort,
            lendable: input.lendable,
            lng: input.place?.lng ?? null,
            lat: input.place?.lat ?? null,
            active: input.active,
          })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('unit_id', '=', input.unitId),
        { rows: 1, otherwise: peopleProblems.unitMissing() },
      )
      return {}
    },
  }),

  on(moveUnit, {
    allow(_tx, input, meta) {
      needScope(meta, input.unitId)
      needScope(meta, input.parentId)
    },
    async handle(tx, input, meta) {
      const unit = await unitById(tx.db, meta, input.unitId)
      await needParent(tx.db, meta, input.parentId)
      const below = await subtreeIds(tx.db, meta.agency.agencyId, input.unitId)
      if (input.parentId !== null && below.includes(input.parentId)) {
        throw peopleProblems.unitCycle({ name: unit.name })
      }
      tx.write(
        tx.db
          .updateTable('unit')
          .set({ parent_id: input.parentId })
          .where('agency_id', '=', meta.agency.agencyId)
          .where('unit_id', '=', input.unitId),
        { rows: 1, otherwise: peopleProblems.unitMissing() },
      )
      return {}
    },
  }),
]
