// `fangxian replay chengxi [--json]`
import { parseArguments } from '../arguments.ts'
import { progressLine } from '../progress.ts'
import { replayScenario } from '../replay.ts'
import { scenarios } from '../scenarios.ts'

export async function run(args: string[]): Promise<number> {
  const parsed = parseArguments(args, { json: 'switch' })
  const name = parsed.words[0] ?? ''
  const scenario = scenarios.get(name)
  if (!scenario)
    throw new Error(`There is no scenario ${name}. There are: ${[...scenarios.keys()].join(', ')}.`)
  const say = progressLine()
  const rows = await replayScenario(scenario, say)
  say('')
  if (parsed.flags.has('json')) {
    process.stdout.write(`${JSON.stringify(rows, null, 1)}\n`)
    return 0
  }
  for (const row of rows) {
    const wanted = `${row.atLeast ? '≥ ' : ''}${row.value}`
    const mark = row.met ? '✓' : row.measured === null ? '·' : '✗'
    process.stdout.write(
      `${mark} ${row.key.padEnd(30)} ${wanted.padStart(12)} ${String(row.measured ?? '–').padStart(12)} ${row.unit}\n`,
    )
  }
  const met = rows.filter(row => row.met).length
  process.stdout.write(`${met} of ${rows.length} facts met; · has no measure yet\n`)
  return 0
}
