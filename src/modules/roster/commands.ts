// Drafting, changing by hand and acknowledging. Publishing has a file of its own.
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import { daysBetween, dutyDayOf } from '../../kernel/time.ts'
import { leadCommands } from './commands-leads.ts'
import { turnCommands } from './commands-turns.ts'
import { breachesOf, effective, rulesBroken } from './check.ts'
import {
  acknowledge,
  adopt,
  discard,
  editCell,
  lockCell,
  openDraft,
  publish,
  rosterProblems,
  setRestRules,
} from './contracts.ts'
import {
  isKnownDuty,
  json,
  needDraft,
  needKnown,
  needNoStranger,
  needRunning,
  needSound,
  needWholeAgency,
  type RosterTx,
} from './drafting.ts'
import { EditJudge } from './edit-judge.ts'
import { publishedAt, readInputs } from './inputs.ts'
import { PlanCells, packPlan, sameDuty, unpackPlan } from './matrix.ts'
import { editsMost, type Making, needSpan, type StoredPlan, storedEdit } from './plans.ts'
import { buildProblem, cellFor, hasBegun } from './problem.ts'
import { publishPlan } from './publish.ts'
import type { RosterTables } from './tables.ts'

const on = commandsOn<RosterTables>()

function supersede(tx: RosterTx, meta: CommandMeta, planId: string): void {
  tx.write(
    tx.db
      .updateTable('roster_plan')
      .set({ state: 'superseded' })
      .where('agency_id', '=', meta.agency.agencyId)
      .where('plan_id', '=', planId)
      .where('state', '=', 'adopted'),
    { rows: 1, otherwise: rosterProblems.changedMeanwhile() },
  )
}

/** Writes the next revision of a draft, if nobody wrote one meanwhile. */
function revise(
  tx: RosterTx,
  meta: CommandMeta,
  plan: StoredPlan,
  change: { matrix?: unknown; making?: Making; state?: string },
): void {
  tx.write(
    tx.db
      .updateTable('roster_plan')
      .set({
        revision: plan.revision + 1,
        ...(change.matrix ? { matrix: json(change.matrix) } : {}),
        ...(change.making ? { solver: json(change.making) } : {}),
        ...(change.state ? { state: change.state } : {}),
      })
      .where('agency_id', '=', meta.agency.agencyId)
      .where('plan_id', '=', plan.planId)
      .where('state', '=', 'adopted')
      .where('revision', '=', plan.revision),
    { rows: 1, otherwise: rosterProblems.changedMeanwhile() },
  )
}

export const commands = [
  ...leadCommands,
  ...turnCommands,
  on(setRestRules, {
    async handle(tx, input, meta) {
      const last = await tx.db
        .selectFrom('rest_rule')
        .select(({ fn }) => fn.max('rule_set').as('last'))
        .where('agency_id', '=', meta.agency.agencyId)
        .executeTakeFirst()
      const ruleSet = Number(last?.last ?? 0) + 1
      tx.write(
        tx.db.insertInto('rest_rule').values({
          agency_id: meta.agency.agencyId,
          rule_set: ruleSet,
          rules: json(input.rules),
          begins_on: input.beginsOn,
        }),
      )
      return { ruleSet }
    },
  }),

  on(adopt, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    async handle(tx, input, meta) {
      const days = needSpan(input.fromDay, input.untilDay)
      await needRunning(tx, meta, input.operationId)
      const sent = unpackPlan(input.matrix, days)
      const { operationId, fromDay, untilDay } = input
      const inputs = await readInputs(tx.db, meta.agency, operationId, fromDay, untilDay, meta.receivedAt)
      const cells = needKnown(inputs, sent)
      if (inputs.basedOn !== null && (input.basedOn ?? 0) < inputs.basedOn) {
        throw rosterProblems.staleDraft({ version: inputs.basedOn })
      }
      await needNoStranger(tx, meta, input)
      const built = buildProblem(inputs, { cells })
      needSound(built)
      const { roster, late } = effective(built, cells)
      const breaches = breachesOf(built, roster)
      if (breaches.length > 0) throw rulesBroken(built, breaches)
      if (input.replaces) supersede(tx, meta, input.replaces)
      const making: Making = { note: input.solver, edits: [], locks: [] }
      tx.write(
        tx.db.insertInto('roster_plan').values({
          agency_id: meta.agency.agencyId,
          plan_id: input.planId,
          operation_id: operationId,
          name: input.name,
          from_day: fromDay,
          until_day: untilDay,
          state: 'adopted',
          matrix: json(packPlan(cells, built.bandsOf)),
          open: json(input.open),
          solver: json(making),
          based_on: inputs.basedOn,
          adopted_at: meta.receivedAt,
          adopted_by: meta.actor.accountId,
        }),
      )
      return { revision: 1, duties: [...cells.each()].length, late }
    },
  }),

  on(openDraft, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    async handle(tx, input, meta) {
      const days = needSpan(input.fromDay, input.untilDay)
      await needRunning(tx, meta, input.operationId)
      const { operationId, fromDay, untilDay } = input
      const inputs = await readInputs(tx.db, meta.agency, operationId, fromDay, untilDay, meta.receivedAt)
      await needNoStranger(tx, meta, input)
      const cells = new PlanCells(days)
      for (const { officerId } of inputs.officers) {
        cells.addOfficer(officerId)
        for (let day = 0; day < days; day += 1) cells.set(officerId, day, publishedAt(inputs, officerId, day))
      }
      const bandsOf = new Map(
        [...inputs.patterns].map(([id, { bands }]) => [id, bands.map(band => band.key)]),
      )
      if (input.replaces) supersede(tx, meta, input.replaces)
      const making: Making = { note: null, edits: [], locks: [] }
      tx.write(
        tx.db.insertInto('roster_plan').values({
          agency_id: meta.agency.agencyId,
          plan_id: input.planId,
          operation_id: operationId,
          name: input.name,
          from_day: fromDay,
          until_day: untilDay,
          state: 'adopted',
          matrix: json(packPlan(cells, bandsOf)),
          open: json([]),
          solver: json(making),
          based_on: inputs.basedOn,
          adopted_at: meta.receivedAt,
          adopted_by: meta.actor.accountId,
        }),
      )
      return { revision: 1, duties: [...cells.each()].length }
    },
  }),

  on(editCell, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    async handle(tx, input, meta) {
      const plan = await needDraft(tx, meta, input)
      const { operationId, fromDay, untilDay } = plan
      const inputs = await readInputs(tx.db, meta.agency, operationId, fromDay, untilDay, meta.receivedAt)
      const before = plan.cells
      const after = new PlanCells(plan.days)
      for (const officerId of before.officers()) after.addOfficer(officerId)
      for (const { officerId, day, duty } of before.each()) after.set(officerId, day, duty)
      const known = new Set(inputs.officers.map(officer => officer.officerId))
      const edits = input.edits.map(edit => {
        const day = daysBetween(fromDay, edit.day)
        if (day < 0 || day >= plan.days) throw rosterProblems.dayOutside({ day: edit.day })
        if (!known.has(edit.officerId)) throw rosterProblems.unknownOfficer({ count: 1 })
        if (edit.duty && !isKnownDuty(inputs, edit.duty)) throw rosterProblems.unknownPost({ count: 1 })
        after.set(edit.officerId, day, edit.duty)
        return { ...edit, day, on: edit.day }
      })
      const locks = plan.making.locks.map(([officerId, day]) => ({
        officerId,
        day,
        duty: before.get(officerId, day),
      }))
      const built = buildProblem(inputs, { cells: after, fixed: locks })
      needSound(built)
      for (const { officerId, day, on: onDay, was: seen } of edits) {
        const [was, becomes] = [before.get(officerId, day), after.get(officerId, day)]
        const begun =
          hasBegun(built, day, publishedAt(inputs, officerId, day), was) ||
          hasBegun(built, day, null, becomes)
        if (begun) throw rosterProblems.begun({ day: onDay })
        if (seen === undefined || sameDuty(was, seen)) continue
        const { name } = inputs.officers[built.officerAt.get(officerId) ?? -1] ?? { name: '' }
        throw rosterProblems.placeChanged({ name, day: onDay })
      }
      const judge = new EditJudge(built, effective(built, before).roster)
      const broken = judge.newlyBroken(
        edits.map(({ officerId, day }) => ({
          officer: built.officerAt.get(officerId) ?? -1,
          day,
          cell: cellFor(built, after.get(officerId, day)),
        })),
      )
      if (broken.length > 0) throw rulesBroken(built, broken)
      const replaced = new Set(edits.map(({ officerId, day }) => `${officerId} ${day}`))
      const kept = plan.making.edits.filter(([officerId, day]) => !replaced.has(`${officerId} ${day}`))
      const all = [
        ...kept,
        ...edits.map(({ officerId, day }) => storedEdit(officerId, day, after.get(officerId, day))),
      ]
      const fold = all.length > editsMost
      revise(tx, meta, plan, {
        making: { ...plan.making, edits: fold ? [] : all },
        ...(fold ? { matrix: packPlan(after, built.bandsOf) } : {}),
      })
      return { revision: plan.revision + 1 }
    },
  }),

  on(lockCell, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    async handle(tx, input, meta) {
      const plan = await needDraft(tx, meta, input)
      const day = daysBetween(plan.fromDay, input.day)
      if (day < 0 || day >= plan.days) throw rosterProblems.dayOutside({ day: input.day })
      if (!plan.cells.has(input.officerId)) throw rosterProblems.unknownOfficer({ count: 1 })
      const others = plan.making.locks.filter(
        ([officerId, at]) => officerId !== input.officerId || at !== day,
      )
      const locks: Making['locks'] = input.locked ? [...others, [input.officerId, day]] : others
      revise(tx, meta, plan, { making: { ...plan.making, locks } })
      return { revision: plan.revision + 1 }
    },
  }),

  on(discard, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    async handle(tx, input, meta) {
      revise(tx, meta, await needDraft(tx, meta, input), { state: 'discarded' })
      return {}
    },
  }),

  on(publish, {
    allow: (_tx, _input, meta) => needWholeAgency(meta),
    handle: publishPlan,
  }),

  on(acknowledge, {
    async handle(tx, input, meta) {
      const { officerId } = meta.actor
      if (!officerId) throw rosterProblems.noOfficerAccount()
      const today = dutyDayOf(meta.agency, meta.receivedAt)
      const mine = await tx.db
        .selectFrom('assignment')
        .select('assignment_id')
        .where('agency_id', '=', meta.agency.agencyId)
        .where('operation_id', '=', input.operationId)
        .where('officer_id', '=', officerId)
        .where('version', '<=', input.version)
        .where('day', '>=', today)
        .orderBy('assignment_id')
        .limit(1)
        .execute()
      const published = await tx.db
        .selectFrom('roster_version')
        .select('version')
        .where('agency_id', '=', meta.agency.agencyId)
        .where('operation_id', '=', input.operationId)
        .where('version', '=', input.version)
        .executeTakeFirst()
      if (mine.length === 0 || !published) {
        throw rosterProblems.nothingToAcknowledge({ version: input.version })
      }
      tx.write(
        tx.db
          .insertInto('acknowledgement')
          .values({
            agency_id: meta.agency.agencyId,
            officer_id: officerId,
            operation_id: input.operationId,
            version: input.version,
            at: meta.receivedAt,
          })
          .onConflict(conflict => conflict.doNothing()),
      )
      return {}
    },
  }),
]
