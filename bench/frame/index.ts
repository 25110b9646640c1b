// What the frame itself costs. Each subject is a file of its own.
import type { BenchOptions, Row } from '../bench.ts'
import { rows as agencies } from './agencies.ts'
import { rows as bundle } from './bundle.ts'
import { rows as commands } from './commands.ts'
import { rows as imports } from './import.ts'
import { rows as roster } from './roster.ts'
import { rows as start } from './start.ts'

export async function rows(options: BenchOptions): Promise<Row[]> {
  const all: Row[] = []
  for (const subject of [bundle, commands, agencies, imports, roster, start])
    all.push(...(await subject(options)))
  return all
}
