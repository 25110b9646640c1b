// The ledger in the problem: what fell to each officer in the ninety days before the span is weighed with what he gets.
import type { Kysely } from 'kysely'
import type { RosterProblem } from '../../cores/roster/index.ts'
import type { AgencySettings } from '../../kernel/command.ts'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { addDays } from '../../kernel/time.ts'
import { readInputs, type RosterSpan } from './inputs.ts'
import { emptyLedger, type Ledger, ledgerOf } from './ledger.ts'
import { type BuiltProblem, buildProblem } from './problem.ts'

/** The last day before the span: from there on the engine counts by itself. */
export const ledgerUntil = (fromDay: string): string => addDays(fromDay, -1)

type Weighed = NonNullable<NonNullable<RosterProblem['officers'][number]['history']>['ledger']>

export const weighed = ({ nights, weekends, suitDays, minutes }: Ledger): Weighed => ({
  nights,
  weekends,
  heavy: suitDays,
  minutes,
})

/** The same problem with it; what is given is kept for other questions and stays as it is. */
export function withLedger(built: BuiltProblem, ledger: ReadonlyMap<string, Ledger>): BuiltProblem {
  const officers = built.problem.officers.map(officer => ({
    ...officer,
    history: { ...officer.history, ledger: weighed(ledger.get(officer.id) ?? emptyLedger()) },
  }))
  return { ...built, problem: { ...built.problem, officers } }
}

/** What the engine is given for a span without a draft: people, demand, rules, rest that was granted, and the ledger. */
export async function engineProblem(
  db: Kysely<AnyTables>,
  agency: AgencySettings,
  { operationId, fromDay, untilDay }: RosterSpan,
  now: string,
): Promise<RosterProblem> {
  const ask = { untilDay: ledgerUntil(fromDay), now, officerIds: null }
  const [inputs, ledger] = await Promise.all([
    readInputs(db, agency, operationId, fromDay, untilDay, now),
    ledgerOf(db, agency, ask),
  ])
  return withLedger(buildProblem(inputs), ledger).problem
}
