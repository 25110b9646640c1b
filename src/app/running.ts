// One server on a data folder: a second one would load the demonstration twice and hold sign-ins and long tasks
// that the first knows nothing of. Other words of the command line may work beside it.
import { chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { claim, liveClaims, takeLock } from '../kernel/db/launcher-processes.ts'
import { errorCode } from '../kernel/db/launcher-refused.ts'
import { folderRefused } from './place.ts'
import { refused } from './refused.ts'

export interface Running {
  /** Written down for whoever tries to start a second time. */
  servesAt(address: string): void
  release(): void
}

export async function claimRunning(dataFolder: string): Promise<Running> {
  const [locks, servers] = [join(dataFolder, 'running', 'locks'), join(dataFolder, 'running', 'servers')]
  try {
    makeLikeParent(locks)
    makeLikeParent(servers)
    const lock = await takeLock(locks, () => undefined)
    try {
      const [other] = liveClaims(servers)
      if (other) throw alreadyRuns(dataFolder, other, addressIn(join(servers, other)))
      const { name, release } = claim(servers)
      return { release, servesAt: address => writeFileSync(join(servers, name), `${address}\n`) }
    } finally {
      lock.release()
    }
  } catch (error) {
    throw folderRefused(error, dataFolder)
  }
}

/** '' while it starts, when it has just ended, and when it is another user's. */
function addressIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (['EACCES', 'ENOENT'].includes(errorCode(error))) return ''
    throw error
  }
}

/** A folder that root makes in somebody's data folder must stay usable when that person starts the program next. */
function makeLikeParent(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!first || process.getuid?.() !== 0) return
  const { uid, gid } = statSync(dirname(first))
  for (let made = folder; made.length >= first.length; made = dirname(made)) chownSync(made, uid, gid)
}

function alreadyRuns(dataFolder: string, name: string, address: string): Error {
  const pid = name.split('_')[0]
  return refused(
    `Fangxian already runs on ${dataFolder} (process ${pid}): ${address || 'it is still starting'}. To run a second one, give it another folder by FANGXIAN_DATA and another PORT.`,
    `${dataFolder} 上的防线已在运行(进程 ${pid}):${address || '正在启动'}。若要另开一套,请用 FANGXIAN_DATA 指定其他数据目录,并用 PORT 另选端口。`,
  )
}
