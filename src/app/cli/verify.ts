// `fangxian verify`: the books against the state. Exit 1 when they differ.
import { type VerifyReport, verifyDatabase } from '../../kernel/verify.ts'
import { parseArguments } from '../arguments.ts'
import { progressLine } from '../progress.ts'
import { withDatabase } from '../with-database.ts'

export async function run(args: string[]): Promise<number> {
  const parsed = parseArguments(args, { json: 'switch' })
  const say = progressLine()
  const report = await withDatabase({ mayBeNew: false }, ({ owner }) =>
    verifyDatabase(owner, {
      onProgress: ({ table, done, total }) => say(`verify 核验 ${table} ${done}/${total}`),
    }),
  ).finally(() => say(''))
  const { problems } = report
  process.stdout.write(parsed.flags.has('json') ? `${JSON.stringify(report, null, 1)}\n` : textOf(report))
  return problems.length === 0 ? 0 : 1
}

function textOf({ tables, rows, changes, commands, problems, seconds }: VerifyReport): string {
  const looked = `looked at ${tables} tables, ${rows} rows, ${changes} changes, ${commands} commands in ${seconds.toFixed(1)} s`
  const lines = problems.map(
    ({ code, table, agencyId, count, examples, zh, en }) =>
      `✗ ${table}  ${count}  ${code}  ${zh} ${en}\n    ${agencyId}  ${examples.join(', ')}`,
  )
  const verdict =
    problems.length === 0
      ? '✓ the fold of all changes equals the state 台账与现状一致'
      : `${problems.length} faults 处不一致`
  return `${[...lines, looked, verdict].join('\n')}\n`
}
