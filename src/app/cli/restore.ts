// `fangxian restore FILE [--replace]`: a backup becomes the database again, wholly or not at all.
import { resolve } from 'node:path'
import { type RestoreReport, restoreFrom } from '../../kernel/db/restore.ts'
import { parseArguments } from '../arguments.ts'
import { copySteps, fileRefused } from '../copy-steps.ts'
import { withDatabase } from '../with-database.ts'

export async function run(args: string[]): Promise<number> {
  const parsed = parseArguments(args, { replace: 'switch', 'accept-other-key': 'switch', json: 'switch' })
  const [file, ...more] = parsed.words
  if (!file || more.length > 0) {
    throw new Error(
      'Which file? fangxian restore FILE [--replace]\n请给出文件名:fangxian restore FILE [--replace]',
    )
  }
  const steps = copySteps()
  const report = await withDatabase({ mayBeNew: true }, (addresses, place) =>
    restoreFrom(addresses.owner, resolve(file), {
      replace: parsed.flags.has('replace'),
      masterKey: place.masterKey,
      acceptOtherKey: parsed.flags.has('accept-other-key'),
      queue: addresses.jobs,
      onProgress: steps.step,
    }).catch((error: unknown) => {
      throw fileRefused(error, file)
    }),
  ).finally(steps.end)
  process.stdout.write(parsed.flags.has('json') ? `${JSON.stringify(report)}\n` : textOf(report))
  return 0
}

function textOf(report: RestoreReport): string {
  const { createdAt, tables, rows, seconds, masterKey, migratedForward, keysDestroyedAgain } = report
  const lines = [
    `restored 已恢复  ${createdAt}  ${tables} tables  ${rows} rows  ${seconds.toFixed(1)} s`,
    ...(migratedForward.length > 0 ? [`brought forward 已升级  ${migratedForward.join(', ')}`] : []),
    ...(keysDestroyedAgain > 0 ? [`erased people stay erased 已注销者保持注销  ${keysDestroyedAgain}`] : []),
    ...(masterKey === 'other'
      ? ['the master key is another: what is sealed stays closed 主密钥不符，加密内容无法打开']
      : []),
  ]
  return `${lines.join('\n')}\n`
}
