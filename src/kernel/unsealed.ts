// Looks through the journal for values of class personal or health that stand there in clear: there must be none,
// because the journal is never edited and so could never forget them.
import type pg from 'pg'
import { eachAt, markedPaths } from './input.ts'
import type { Registry } from './module.ts'
import { isSealed } from './seal.ts'

export interface UnsealedValue {
  agencyId: string
  seq: number
  name: string
  path: string
}

const pageRows = 5_000

/** Says how many classed values were looked at, and where one is not sealed. Never the value itself. */
export async function unsealedValues(
  owner: pg.ClientBase,
  registry: Registry,
): Promise<{ looked: number; unsealed: UnsealedValue[] }> {
  const unsealed: UnsealedValue[] = []
  let looked = 0
  let after: [string, number] = ['00000000-0000-0000-0000-000000000000', 0]
  for (;;) {
    const { rows } = await owner.query<{
      agency_id: string
      seq: number
      name: string
      version: number
      input: unknown
    }>(
      `select agency_id, seq, name, version, input from app.journal where (agency_id, seq) > ($1, $2)
       order by agency_id, seq limit ${pageRows}`,
      after,
    )
    for (const { agency_id, seq, name, version, input } of rows) {
      after = [agency_id, seq]
      const handled = registry.command(name, version)
      if (!handled) continue
      for (const { path, mark } of markedPaths(handled.contract.input)) {
        if (mark.class !== 'personal' && mark.class !== 'health') continue
        eachAt(input, path, (holder, key) => {
          looked += 1
          if (!isSealed(holder[key])) unsealed.push({ agencyId: agency_id, seq, name, path: path.join('.') })
        })
      }
    }
    if (rows.length < pageRows) return { looked, unsealed }
  }
}
