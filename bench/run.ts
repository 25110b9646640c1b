// `npm run bench -- NAME [--quick] [--json]`: runs bench/NAME/index.ts. The table, or with --json the rows, on
// standard output; progress on standard error.
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArguments } from '../src/app/arguments.ts'
import { progressLine } from '../src/app/progress.ts'
import type { Bench, Row } from './bench.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

function names(): string[] {
  return readdirSync(here, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && existsSync(`${here}${entry.name}/index.ts`))
    .map(entry => entry.name)
}

function table(rows: readonly Row[]): string {
  const head = ['', 'value', 'unit', 'ratio', 'against']
  const lines = rows.map(({ name, value, unit, ratio, peer }) => [
    name,
    value.toLocaleString('en-GB'),
    unit,
    ratio === undefined ? '' : ratio.toFixed(2),
    peer ?? '',
  ])
  const width = head.map((text, n) => Math.max(text.length, ...lines.map(line => (line[n] ?? '').length)))
  const right = new Set([1, 3])
  return [head, ...lines]
    .map(line =>
      line
        .map((text, n) => (right.has(n) ? text.padStart(width[n] ?? 0) : text.padEnd(width[n] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

async function main(args: string[]): Promise<number> {
  const parsed = parseArguments(args, { quick: 'switch', json: 'switch' })
  const [name] = parsed.words
  if (!name || !names().includes(name)) {
    process.stderr.write(
      `Which bench? npm run bench -- NAME [--quick] [--json]\nThere are: ${names().join(', ')}\n`,
    )
    return 2
  }
  const say = progressLine()
  const bench = (await import(`./${name}/index.ts`)) as Bench
  const rows = await bench.rows({ quick: parsed.flags.has('quick'), say })
  say('')
  process.stdout.write(`${parsed.flags.has('json') ? JSON.stringify({ rows }) : table(rows)}\n`)
  return 0
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${(error as Error).stack ?? String(error)}\n`)
  process.exitCode = 1
}
