// Questions about what-ifs: those that are kept, what may be supposed, and the same figures of what stands.
import type { Kysely } from 'kysely'
import type { AnyTables } from '../../kernel/db/connection.ts'
import { kernelProblems } from '../../kernel/problem.ts'
import { queriesOn } from '../../kernel/query.ts'
import { keeper } from './cache.ts'
import { type Figures, planFigures, supposables, whatIf, type WhatIfResult, whatIfs } from './contracts.ts'
import { keptInputs } from './inputs.ts'
import { type Judged, judged, keptPlan, planTables, stageWord } from './judged.ts'
import { needSpan } from './plans.ts'
import { buildProblem, fromRoster } from './problem.ts'
import type { RosterTables } from './tables.ts'
import { changesAgainst, figuresOf } from './what-if-figures.ts'
import { namesIn, readSupposables, readWhatIfs } from './what-if-reads.ts'
import { inWorker } from './what-if-task.ts'

const on = queriesOn<RosterTables>()

/** Counting takes a third of a second for a large bureau, on a thread of its own. */
const figuresKept = keeper(12)

/** A roster that stands, counted as a what-if is. */
async function counted({ built, roster }: Judged): Promise<Figures> {
  const { inputs, problem } = built
  const job = { problem, days: inputs.days, cells: roster.cells, seed: 1, seconds: 1 }
  const done = await inWorker(job, null, () => undefined)
  const cells = fromRoster(built, roster.cells)
  const changes = changesAgainst(inputs, officerId => day => cells.get(officerId, day))
  return figuresOf({ built, done, changes, supposed: new Set() })
}

export const whatIfQueries = [
  on(whatIfs, {
    sees: 'agency',
    async run(db, input, meta) {
      const rows = (await readWhatIfs(db, meta.agency, input)).map(one => one.row)
      return { rows, names: await namesIn(db, meta.agency.agencyId, rows) }
    },
  }),

  on(whatIf, {
    sees: 'agency',
    async run(db, input, meta) {
      const [found] = await readWhatIfs(db, meta.agency, input)
      if (!found) throw kernelProblems.missing({ what: '推演' })
      const names = await namesIn(db, meta.agency.agencyId, [found.row])
      return { row: found.row, result: found.result as WhatIfResult, names }
    },
  }),

  on(supposables, {
    sees: 'agency',
    run(db, input, meta) {
      needSpan(input.fromDay, input.untilDay)
      return readSupposables(db, meta.agency, input, meta.now)
    },
  }),

  on(planFigures, {
    sees: 'agency',
    async run(db, input, meta) {
      const { agency, now } = meta
      const { agencyId } = agency
      const any = db as unknown as Kysely<AnyTables>
      const span = input.planId === null ? input : await keptPlan(db, agencyId, input.planId)
      needSpan(span.fromDay, span.untilDay)
      if (span.operationId !== input.operationId) throw kernelProblems.missing({ what: '排班方案' })
      const stage = await stageWord(db, agency, span.fromDay, now)
      const { operationId, fromDay, untilDay } = span
      const about = `figures ${input.planId ?? operationId} ${fromDay} ${untilDay} ${stage}`
      return figuresKept(any, { agencyId, about, tables: planTables }, async () => {
        if (input.planId !== null) return counted(await judged(db, meta, input.planId))
        const built = buildProblem(await keptInputs(any, agency, { operationId, fromDay, untilDay }, now))
        const { previous, officers } = built.problem
        const cells = previous?.cells ?? new Int32Array(officers.length * built.horizon)
        return counted({ built, roster: { days: built.horizon, cells }, late: 0 })
      })
    },
  }),
]
