// What the roster engine reaches. Each subject is a file of its own.
import { loadavg } from 'node:os'
import { type BenchOptions, type Row, rounded } from '../bench.ts'
import { rows as general } from './general.ts'
import { rows as publicInstances } from './public.ts'
import { rows as whileSolving } from './while-solving.ts'
import { rows as work } from './work.ts'

export async function rows(options: BenchOptions): Promise<Row[]> {
  // What else the machine did, before this bench gave it work.
  const load: Row = {
    name: 'load of the machine before',
    value: rounded(loadavg()[0] ?? 0),
    unit: 'processes',
  }
  const all = [load]
  for (const subject of [work, publicInstances, general, whileSolving]) all.push(...(await subject(options)))
  return all
}
