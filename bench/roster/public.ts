// The public shift-scheduling instances, through the word that anybody can run. Where they are not there, no rows.
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type BenchOptions, type Row, rounded } from '../bench.ts'

const folder = fileURLToPath(new URL('../../../shared/benchmarks/', import.meta.url))
const cli = fileURLToPath(new URL('../../src/app/cli.js', import.meta.url))
const run = promisify(execFile)

interface Instance {
  number: string
  file: string
  best: number
}

/** The table of best known results stands beside the instances. */
export function instances(): Instance[] {
  if (!existsSync(`${folder}ORIGINS.md`)) return []
  const lines = readFileSync(`${folder}ORIGINS.md`, 'utf8').split('\n')
  return lines.flatMap(line => {
    const [number = '', , best = ''] = line
      .split('|')
      .slice(1)
      .map(cell => cell.trim())
    const file = `${folder}shift-scheduling/Instance${number}.txt`
    return /^\d+$/.test(number) && existsSync(file) ? [{ number, file, best: Number(best) }] : []
  })
}

/** Penalty that the search reaches, as anybody would run it. */
export async function solved(file: string, seconds: number, workers: number): Promise<number> {
  const args = ['roster', 'solve', file, '--seconds', String(seconds), '--workers', String(workers), '--json']
  const { stdout } = await run(process.execPath, [cli, ...args])
  return (JSON.parse(stdout) as { cost: number }).cost
}

export async function rows({ quick, say }: BenchOptions): Promise<Row[]> {
  const seconds = quick ? 8 : 60
  const all: Row[] = []
  const found: { cost: number; best: number }[] = []
  for (const { number, file, best } of instances()) {
    say(`roster: public instance ${number}, ${seconds} s`)
    const args = ['roster', 'solve', file, '--seconds', String(seconds), '--workers', '2', '--json']
    const { stdout } = await run(process.execPath, [cli, ...args])
    const { cost, violations } = JSON.parse(stdout) as { cost: number; violations: number }
    const name = `public ${number}, ${seconds} s`
    found.push({ cost, best })
    all.push(
      { name, value: cost, unit: 'penalty', ratio: rounded(cost / best), peer: `best known ${best}` },
      { name: `${name}, broken`, value: violations, unit: 'breaches' },
    )
  }
  if (found.length === 0) return []
  const gap = found.reduce((sum, { cost, best }) => sum + cost / best - 1, 0) / found.length
  return [...all, { name: `public, ${seconds} s, mean gap`, value: rounded(100 * gap), unit: '%' }]
}
