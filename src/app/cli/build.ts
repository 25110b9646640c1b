// Builds the web pages, when the stamp of the sources says that they changed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { processStart } from '../../kernel/db/launcher-processes.ts'
import { errorCode } from '../../kernel/db/launcher-refused.ts'
import { refused } from '../refused.ts'
import { removeOldPages } from '../web-folders.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const dist = join(root, 'dist')
/** What a build may read. A page that imports anything else fails the build, or its change would go unseen. */
const parts = ['src/app', 'src/ui', 'src/device', 'src/modules', 'src/kernel', 'src/cores', 'web']
const readable = /\.(tsx?|css|html|svg|png|woff2|webmanifest|json)$/

/** Hash over everything the build reads, and over the lock file. */
export function sourceStamp(): string {
  const hash = createHash('sha256')
  const add = (path: string): void => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name))
    } else if (readable.test(path) && !/\.test\.tsx?$/.test(path)) {
      hash.update(path.slice(root.length)).update(readFileSync(path))
    }
  }
  for (const part of [...parts, 'package-lock.json']) {
    if (existsSync(join(root, part))) add(join(root, part))
  }
  return hash.digest('hex')
}

/**
 * Where the pages of these sources are or will be. The folder bears the stamp and gets its name when it is whole:
 * a build that was cut off, or two at once, leave nothing that looks finished.
 */
export function webFolderOf(stamp = sourceStamp()): string {
  return join(dist, `web-${stamp.slice(0, 16)}`)
}

/** What a phone says of its pages: the release, and of which sources it was built. */
function versionOf(stamp: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return `${version}+${stamp.slice(0, 8)}`
}

export async function buildWeb(): Promise<string> {
  const stamp = sourceStamp()
  const folder = webFolderOf(stamp)
  if (existsSync(folder)) return folder
  const making = join(dist, `making-${process.pid}`)
  try {
    mkdirSync(dist, { recursive: true })
    removeLeftOvers()
    await bundle(making, versionOf(stamp))
    if (!existsSync(folder)) renameSync(making, folder)
  } catch (error) {
    throw explained(error)
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
  removeOldPages(dist)
  return folder
}

/**
 * For use, whatever NODE_ENV a shell or a test has left: under another one the bundler takes React's slower build,
 * half as large again, and the stamp would keep it.
 */
async function bundle(folder: string, version: string): Promise<void> {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    const { build } = await import('vite')
    const { webConfig } = await import('../web-config.ts')
    await build({ ...webConfig(root, folder, parts, version), mode: 'production', logLevel: 'error' })
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
}

function removeLeftOvers(): void {
  for (const name of readdirSync(dist)) {
    const [, pid] = /^making-(\d+)$/.exec(name) ?? []
    if (pid && processStart(Number(pid)) === undefined)
      rmSync(join(dist, name), { recursive: true, force: true })
  }
}

function explained(error: unknown): unknown {
  const code = errorCode(error)
  if (['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(code)) {
    return refused(
      `The pages cannot be built, ${dist} cannot be written: ${(error as Error).message}. Run "npm run prepare" once as the user who owns this folder, or make room.`,
      `无法生成页面:${dist} 不可写(${code})。请以该目录的所属用户执行一次 npm run prepare,或清理磁盘空间。`,
      error,
    )
  }
  if (code === 'ERR_MODULE_NOT_FOUND') {
    return refused(
      `The pages cannot be built, a package is missing: ${(error as Error).message}. Run "npm ci" again.`,
      '无法生成页面：缺少 npm 包。请重新执行 npm ci。',
      error,
    )
  }
  return error
}

export async function run(): Promise<number> {
  if (existsSync(webFolderOf())) return 0
  const began = Date.now()
  await buildWeb()
  process.stderr.write(`web built in ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
  return 0
}
