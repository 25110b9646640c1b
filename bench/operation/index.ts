// What an operation costs while it runs. Each subject is a file of its own.
import type { BenchOptions, Row } from '../bench.ts'
import { rows as checkIn } from './check-in.ts'
import { rows as leading } from './leading.ts'
import { rows as replacements } from './replacements.ts'

export async function rows(options: BenchOptions): Promise<Row[]> {
  const all: Row[] = []
  for (const subject of [checkIn, replacements, leading]) all.push(...(await subject(options)))
  return all
}
