// What the tests of the pipeline share: what verdicts come to, and that the journal has no gap.
import { expect } from 'vitest'
import type { Verdict } from './contract.ts'
import type { World } from './world.ts'

export const rowsOf = async (w: World, sql: string, values: unknown[] = []) =>
  (await w.owner.query(sql, values)).rows

export const kinds = (verdicts: readonly Verdict[]) => verdicts.map(one => one.verdict)
export const codes = (verdicts: readonly Verdict[]) =>
  verdicts.map(one => (one.verdict === 'done' ? 'done' : one.problem.code))

export async function gapless(w: World): Promise<void> {
  const [row] = await rowsOf(
    w,
    'select count(*) as n, min(seq) as first, max(seq) as last from app.journal where agency_id = $1',
    [w.agency.agencyId],
  )
  expect({ first: row.first, last: row.last }).toEqual({ first: 1, last: row.n })
}
