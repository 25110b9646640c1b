import type { z } from 'zod'
import type { OutputOf, QueryContract } from './contract.ts'
import type { ReaderHands } from './module.ts'

type Listing<Row> = QueryContract<z.ZodType, z.ZodType<{ rows: Row[]; total: number }>>

/** Every page of a list: a file is the whole list, however long. */
export async function allRows<Row>(
  hands: ReaderHands,
  contract: Listing<Row>,
  input: Record<string, unknown>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (;;) {
    const page: OutputOf<Listing<Row>> = await hands.ask(contract, {
      ...input,
      offset: rows.length,
      limit: 5_000,
    })
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) return rows
  }
}
