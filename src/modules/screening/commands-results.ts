// Results as they come back, the single re-tests that a positive mixed tube opens, and how those end.
import { type CommandMeta, commandsOn } from '../../kernel/command.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { needCodes } from './codes.ts'
import { closeRetest, recordResults, screeningProblems, type TubeResult, tubeResults } from './contracts.ts'
import { anyId, anyText, hoursLater, rulesNow, someOf, type Tx } from './lower.ts'
import type { ScreeningTables } from './tables.ts'

const on = commandsOn<ScreeningTables>()
/** Rows of a bulk insert go in pieces: a statement may carry 65,535 values. */
const piece = 2_000

interface Known {
  tube_id: string
  code: string
  post_id: string
  unit_id: string
  people: number
  result: string | null
}

export async function tubesByCode(
  db: Tx['db'],
  agencyId: string,
  codes: readonly string[],
): Promise<Map<string, Known>> {
  const rows = await db
    .selectFrom('tube')
    .select(['tube_id', 'code', 'post_id', 'unit_id', 'people', 'result'])
    .where('agency_id', '=', agencyId)
    .where('code', '=', anyText(codes))
    .orderBy('code')
    .execute()
  return new Map(rows.map(row => [row.code, row]))
}

function writeResults(tx: Tx, meta: CommandMeta, result: TubeResult, codes: readonly string[]): void {
  if (codes.length === 0) return
  tx.write(
    tx.db
      .updateTable('tube')
      .set({ result, result_at: meta.receivedAt, result_by: meta.actor.accountId })
      .where('agency_id', '=', meta.agency.agencyId)
      .where('code', '=', anyText(codes)),
    { rows: codes.length, otherwise: screeningProblems.tubesUnknown({ n: 0, codes: '' }) },
  )
}

/** Everybody of a positive mixed tube is sampled alone: a task of the site's unit, with a time. */
async function openRetests(tx: Tx, meta: CommandMeta, positive: readonly Known[]): Promise<number> {
  const mixed = positive.filter(tube => tube.people > 1)
  if (mixed.length === 0) return 0
  const { retestHours } = await rulesNow(tx.db, meta.agency.agencyId)
  const rows = mixed.flatMap(tube =>
    Array.from({ length: tube.people }, (_, index) => ({
      agency_id: meta.agency.agencyId,
      retest_id: meta.id(`${tube.code} ${index + 1}`),
      tube_id: tube.tube_id,
      n: index + 1,
      post_id: tube.post_id,
      unit_id: tube.unit_id,
      opened_at: meta.receivedAt,
      due_at: hoursLater(meta.receivedAt, retestHours),
    })),
  )
  for (let at = 0; at < rows.length; at += piece) {
    tx.write(tx.db.insertInto('retest').values(rows.slice(at, at + piece)))
  }
  return rows.length
}

/** The result of a single tube is the end of its re-test; an invalid one is taken again. */
async function closeByResult(
  tx: Tx,
  meta: CommandMeta,
  result: TubeResult,
  tubes: readonly Known[],
): Promise<number> {
  if (tubes.length === 0) return 0
  const rows = await tx.db
    .selectFrom('retest')
    .select('retest_id')
    .where('agency_id', '=', meta.agency.agencyId)
    .where('single_tube_id', '=', anyId(tubes.map(tube => tube.tube_id)))
    .where('outcome', 'is', null)
    .execute()
  if (rows.length === 0) return 0
  const closed = { outcome: result, closed_at: meta.receivedAt, closed_by: meta.actor.accountId }
  tx.write(
    tx.db
      .updateTable('retest')
      .set(result === 'invalid' ? { single_tube_id: null } : closed)
      .where('agency_id', '=', meta.agency.agencyId)
      .where('retest_id', '=', anyId(rows.map(row => row.retest_id))),
    { rows: rows.length, otherwise: screeningProblems.retestMissing() },
  )
  return result === 'invalid' ? 0 : rows.length
}

/** Of each result, the tubes that did not have it yet. Another result than stands is refused, and nothing is written. */
async function sortOut(tx: Tx, meta: CommandMeta, { results }: InputOf<typeof recordResults>) {
  const codes = needCodes(results.map(one => one.code))
  const known = await tubesByCode(tx.db, meta.agency.agencyId, codes)
  const unknown = codes.filter(code => !known.has(code))
  if (unknown.length > 0) throw screeningProblems.tubesUnknown({ n: unknown.length, codes: someOf(unknown) })
  const fresh: Record<TubeResult, Known[]> = { negative: [], positive: [], invalid: [] }
  const differ: string[] = []
  let same = 0
  codes.forEach((code, n) => {
    const tube = known.get(code)
    const { result } = results[n] ?? {}
    if (!tube || !result) return
    if (tube.result === null) fresh[result].push(tube)
    else if (tube.result === result) same += 1
    else differ.push(code)
  })
  if (differ.length > 0) throw screeningProblems.resultDiffers({ n: differ.length, codes: someOf(differ) })
  return { fresh, same }
}

const record = on(recordResults, {
  async handle(tx, input, meta) {
    const { fresh, same } = await sortOut(tx, meta, input)
    let [recorded, closed] = [0, 0]
    for (const result of tubeResults) {
      const tubes = fresh[result]
      closed += await closeByResult(tx, meta, result, tubes)
      writeResults(
        tx,
        meta,
        result,
        tubes.map(tube => tube.code),
      )
      recorded += tubes.length
    }
    const opened = await openRetests(tx, meta, fresh.positive)
    return { recorded, same, opened, closed }
  },
})

const close = on(closeRetest, {
  async handle(tx, input, meta) {
    const { agencyId } = meta.agency
    const row = await tx.db
      .selectFrom('retest')
      .select(['unit_id'])
      .where('agency_id', '=', agencyId)
      .where('retest_id', '=', input.retestId)
      .where('outcome', 'is', null)
      .executeTakeFirst()
    const { unitIds } = meta.actor.scope
    if (!row || (unitIds !== '*' && !unitIds.includes(row.unit_id))) throw screeningProblems.retestMissing()
    tx.write(
      tx.db
        .updateTable('retest')
        .set({
          outcome: input.outcome,
          note: input.note.trim(),
          closed_at: meta.receivedAt,
          closed_by: meta.actor.accountId,
        })
        .where('agency_id', '=', agencyId)
        .where('retest_id', '=', input.retestId),
      { rows: 1, otherwise: screeningProblems.retestMissing() },
    )
    return {}
  },
})

export const resultCommands = [record, close]
