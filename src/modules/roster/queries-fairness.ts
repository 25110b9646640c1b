// Fair shares: an officer's own figures, and how they are spread over a unit.
import { queriesOn } from '../../kernel/query.ts'
import { addDays, dutyDayOf, spanOf } from '../../kernel/time.ts'
import { rosterOfficers, unitSubtree } from '../people/index.ts'
import { fairness, ledgerFigures, ownShare, rosterProblems, spreadLeast } from './contracts.ts'
import { emptyLedger, keptLedger, ledgerDays, ledgerOf } from './ledger.ts'
import { restDebts } from './rest-reads.ts'
import { spreadOf } from './spread.ts'
import { any } from './swap-reads.ts'
import type { RosterTables } from './tables.ts'

const on = queriesOn<RosterTables>()

/** Ninety duty days with the one that runs. */
export function ninetyDays(agency: Parameters<typeof dutyDayOf>[0], now: string) {
  const until = dutyDayOf(agency, now)
  return { from: addDays(until, 1 - ledgerDays), until }
}

const inMinutes = (key: (typeof ledgerFigures)[number]) => key === 'minutes' || key === 'suitMinutes'

export const fairnessQueries = [
  on(ownShare, {
    sees: 'agency',
    async run(db, _input, meta) {
      const { officerId } = meta.actor
      if (!officerId) throw rosterProblems.noOfficerAccount()
      const { from, until } = ninetyDays(meta.agency, meta.now)
      const ask = { untilDay: until, now: meta.now, officerIds: [officerId] }
      const [ledger, debts] = await Promise.all([
        ledgerOf(any(db), meta.agency, ask),
        restDebts(any(db), meta.agency, meta.now, [officerId]),
      ])
      const figures = ledger.get(officerId) ?? emptyLedger()
      return { from, until, figures, rest: debts.map(one => one.view) }
    },
  }),

  on(fairness, {
    sees: 'agency',
    async run(db, { unitId }, meta) {
      const { agency, now } = meta
      const { agencyId } = agency
      const { from, until } = ninetyDays(agency, now)
      const { begins, ends } = spanOf(agency, until, until)
      const [ledger, people, inUnit] = await Promise.all([
        keptLedger(any(db), agency, { untilDay: until, now }),
        rosterOfficers(any(db), agencyId, begins, ends),
        unitId ? unitSubtree(any(db), agencyId, unitId) : null,
      ])
      // Everything is read, because posts of other units count, too; whose figures are told the actor's scope says.
      const { unitIds } = meta.actor.scope
      const asked = people.filter(
        one =>
          (unitIds === '*' || unitIds.includes(one.unitId)) &&
          (inUnit === null || inUnit.includes(one.unitId)),
      )
      const figures = asked.map(one => ledger.get(one.officerId) ?? emptyLedger())
      return {
        from,
        until,
        officers: figures.length,
        spreads:
          figures.length < spreadLeast
            ? []
            : ledgerFigures.map(key => ({
                key,
                ...spreadOf(figures.map(one => (inMinutes(key) ? Math.round(one[key] / 60) : one[key]))),
              })),
      }
    },
  }),
]
