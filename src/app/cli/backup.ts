// `fangxian backup FILE`: a consistent copy of everything, also while the server runs.
import { join, resolve } from 'node:path'
import { backupTo } from '../../kernel/db/backup.ts'
import { parseArguments } from '../arguments.ts'
import { copySteps, fileRefused } from '../copy-steps.ts'
import { withDatabase } from '../with-database.ts'

export async function run(args: string[]): Promise<number> {
  const parsed = parseArguments(args, { json: 'switch' })
  const [file, ...more] = parsed.words
  if (!file || more.length > 0)
    throw new Error('Which file? fangxian backup FILE\n请给出文件名:fangxian backup FILE')
  const steps = copySteps()
  const { report, keyFile } = await withDatabase({ mayBeNew: false }, async (addresses, place) => ({
    report: await backupTo(addresses.owner, resolve(file), {
      masterKey: place.masterKey,
      onProgress: steps.step,
    }).catch((error: unknown) => {
      throw fileRefused(error, file)
    }),
    keyFile: join(place.dataFolder, 'master.key'),
  })).finally(steps.end)
  const { path, bytes, tables, rows, createdAt, seconds } = report
  process.stdout.write(
    parsed.flags.has('json')
      ? `${JSON.stringify(report)}\n`
      : `${path}  ${(bytes / 1e6).toFixed(1)} MB  ${tables} tables  ${rows} rows  ${createdAt}  ${seconds.toFixed(1)} s\n`,
  )
  if (!process.env.FANGXIAN_MASTER_KEY) {
    process.stderr.write(
      `The master key is not in it: keep a copy of ${keyFile} apart.\n主密钥不在备份中:请另行保管 ${keyFile}。\n`,
    )
  }
  return 0
}
